// SPDX-License-Identifier: MIT
#pragma once

#include <type_traits>
#include <utility>

#include <purecloud/detail/once_function.hpp>
#include <purecloud/http.hpp>
#include <purecloud/stop_token.hpp>

namespace purecloud {
inline namespace v1 {

/// What an asynchronous backend calls when an exchange has ended: exactly once, on any thread, also
/// before `start` returns. Can be moved, not copied.
using Completion = detail::OnceFunction<HttpResult>;

/// What an asynchronous backend calls when a time has come, or a stop was requested before: as
/// Completion.
using Timer = detail::OnceFunction<>;

namespace detail {

template <class Backend, class = void>
struct HasStart : std::false_type {};
template <class Backend>
struct HasStart<Backend, std::void_t<decltype(std::declval<Backend&>().start(
                             std::declval<HttpRequest>(), std::declval<Deadline>(),
                             std::declval<StopToken>(), std::declval<Completion>()))>>
    : std::true_type {};

template <class Backend, class = void>
struct HasCallAt : std::false_type {};
template <class Backend>
struct HasCallAt<Backend,
                 std::void_t<decltype(std::declval<Backend&>().call_at(
                     std::declval<Deadline>(), std::declval<StopToken>(), std::declval<Timer>()))>>
    : std::true_type {};

template <class Backend>
constexpr bool check_async_backend() {
  static_assert(std::is_class_v<Backend>,
                "purecloud: the backend of BasicAsyncTokensApi must be a class with the members "
                "start(HttpRequest, Deadline, StopToken, Completion) and "
                "call_at(Deadline, StopToken, Timer)");
  static_assert(HasStart<Backend>::value,
                "purecloud: the asynchronous backend lacks a member that can be called as "
                "start(purecloud::HttpRequest, purecloud::Deadline, purecloud::StopToken, "
                "purecloud::Completion)");
  static_assert(HasCallAt<Backend>::value,
                "purecloud: the asynchronous backend lacks a member that can be called as "
                "call_at(purecloud::Deadline, purecloud::StopToken, purecloud::Timer)");
  return true;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
