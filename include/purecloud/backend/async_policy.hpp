// SPDX-License-Identifier: MIT
#pragma once

#include <type_traits>
#include <utility>

#include <purecloud/detail/once_function.hpp>
#include <purecloud/http.hpp>
#include <purecloud/stop_token.hpp>

namespace purecloud {
inline namespace v1 {

/// The callback of an exchange. An asynchronous backend calls it exactly once, when the exchange
/// has ended, on any thread, possibly before `start` returns. Can be moved, not copied.
using Completion = detail::OnceFunction<HttpResult>;

/// The callback of a timer. An asynchronous backend calls it exactly once, at the given time or
/// when a stop is requested, on any thread, possibly before `call_at` returns. Can be moved, not
/// copied.
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

/// The part of a backend that its calls keep alive. It outlives a backend that is destroyed on one
/// of its own threads. After that it ends each new request and timer at once.
class AsyncEngine {
 public:
  virtual ~AsyncEngine() = default;
  virtual void start(HttpRequest request, Deadline deadline, StopToken stop,
                     Completion done) noexcept = 0;
  virtual void call_at(Deadline until, StopToken stop, Timer due) noexcept = 0;
};

/// True for a backend that has an engine. False for a class derived from one: it may override
/// `start` and `call_at`.
template <class Backend, class = void>
struct HasEngine : std::false_type {};
template <class Backend>
struct HasEngine<Backend, std::void_t<typename Backend::EngineOwner>>
    : std::is_same<typename Backend::EngineOwner, Backend> {};

/// Returns what calls keep of a backend: its engine, or a pointer to the backend if it has none.
template <class Backend>
auto engine_of(Backend& backend) {
  if constexpr (HasEngine<Backend>::value)
    return backend.engine();
  else
    return &backend;
}

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
