// SPDX-License-Identifier: MIT
#pragma once

#include <type_traits>
#include <utility>

#include <purecloud/configuration.hpp>
#include <purecloud/http.hpp>
#include <purecloud/stop_token.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

template <class Backend, class = void>
struct HasSend : std::false_type {};
template <class Backend>
struct HasSend<Backend, std::void_t<decltype(std::declval<Backend&>().send(
                            std::declval<const HttpRequest&>(), std::declval<Deadline>()))>>
    : std::true_type {
  using Returned = decltype(std::declval<Backend&>().send(std::declval<const HttpRequest&>(),
                                                          std::declval<Deadline>()));
};

/// True for a backend whose `send` also accepts a stop token, and ends when the stop is requested.
template <class Backend, class = void>
struct HasStoppableSend : std::false_type {};
template <class Backend>
struct HasStoppableSend<Backend, std::void_t<decltype(std::declval<Backend&>().send(
                                     std::declval<const HttpRequest&>(), std::declval<Deadline>(),
                                     std::declval<const StopToken&>()))>> : std::true_type {
  using Returned = decltype(std::declval<Backend&>().send(std::declval<const HttpRequest&>(),
                                                          std::declval<Deadline>(),
                                                          std::declval<const StopToken&>()));
};

template <class Has, class = void>
struct ReturnsResult : std::true_type {};
template <class Has>
struct ReturnsResult<Has, std::void_t<typename Has::Returned>>
    : std::is_convertible<typename Has::Returned, HttpResult> {};

template <class Backend>
HttpResult send(Backend& backend, const HttpRequest& request, Deadline deadline,
                const StopToken& stop) {
  if constexpr (HasStoppableSend<Backend>::value)
    return backend.send(request, deadline, stop);
  else
    return backend.send(request, deadline);
}

/// True for a backend with its own clock. Calls then wait by that clock, so that tests take no real
/// time.
template <class Backend, class = void>
struct HasClock : std::false_type {};
template <class Backend>
struct HasClock<Backend, std::void_t<decltype(Moment(std::declval<Backend&>().now())),
                                     decltype(std::declval<Backend&>().wait_until(Deadline()))>>
    : std::true_type {};

template <class Backend>
constexpr bool check_backend() {
  static_assert(std::is_class_v<Backend>,
                "purecloud: the backend of BasicTokensApi must be a class with a member "
                "send(const HttpRequest&, Deadline)");
  static_assert(HasSend<Backend>::value || HasStoppableSend<Backend>::value,
                "purecloud: the backend lacks a member that can be called as "
                "send(const purecloud::HttpRequest&, purecloud::Deadline)");
  static_assert(
      ReturnsResult<HasSend<Backend>>::value && ReturnsResult<HasStoppableSend<Backend>>::value,
      "purecloud: the backend's send(request, deadline) must return a "
      "purecloud::HttpResult (or an HttpResponse, or an HttpFailure)");
  return true;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
