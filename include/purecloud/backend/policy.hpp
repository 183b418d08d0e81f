// SPDX-License-Identifier: MIT
#pragma once

#include <type_traits>
#include <utility>

#include <purecloud/configuration.hpp>
#include <purecloud/http.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

template <class Backend, class = void>
struct HasSend : std::false_type {};
template <class Backend>
struct HasSend<Backend, std::void_t<decltype(std::declval<Backend&>().send(
                            std::declval<const HttpRequest&>(), std::declval<Deadline>()))>>
    : std::true_type {};

template <class Backend, class = void>
struct SendReturnsResult : std::false_type {};
template <class Backend>
struct SendReturnsResult<Backend,
                         std::void_t<decltype(std::declval<Backend&>().send(
                             std::declval<const HttpRequest&>(), std::declval<Deadline>()))>>
    : std::is_convertible<decltype(std::declval<Backend&>().send(std::declval<const HttpRequest&>(),
                                                                 std::declval<Deadline>())),
                          HttpResult> {};

/// A backend may bring a clock of its own: then calls wait on it, and a test needs no real time.
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
  static_assert(HasSend<Backend>::value,
                "purecloud: the backend lacks a member that can be called as "
                "send(const purecloud::HttpRequest&, purecloud::Deadline)");
  static_assert(!HasSend<Backend>::value || SendReturnsResult<Backend>::value,
                "purecloud: the backend's send(request, deadline) must return a "
                "purecloud::HttpResult (or an HttpResponse, or an HttpFailure)");
  return true;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
