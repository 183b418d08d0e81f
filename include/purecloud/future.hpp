// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <chrono>
#include <memory>
#include <type_traits>
#include <utility>

#if defined(__cpp_impl_coroutine) && defined(__has_include)
#if __has_include(<coroutine>)
#include <coroutine>
#endif
#endif

#include <purecloud/detail/async/call_state.hpp>
#include <purecloud/detail/longest_time.hpp>

namespace purecloud {
inline namespace v1 {

template <class T>
class FutureResult;

/// The outcome of an asynchronous call, once there is one. Its call goes on when it is dropped.
///
/// Spent, moved-from or default-constructed, valid() is false, cancel() does nothing, and the other
/// members throw std::logic_error. cancel() may run at the same time as a member that waits;
/// nothing else may. On a thread of the call's own backend, in a handler or after a `co_await`,
/// waiting for a call that has not ended throws std::logic_error: it would be a deadlock.
template <class T>
class [[nodiscard]] Future {
 public:
  /// Without a call.
  Future() noexcept = default;
  /// For the clients.
  explicit Future(std::shared_ptr<detail::ResultState<T>> state) noexcept
      : state_(std::move(state)) {}

  Future(Future&&) noexcept = default;
  Future& operator=(Future&&) noexcept = default;

  /// Calls `handler(Result<T>)` once, on a thread of the backend, or here when the call has ended;
  /// within another handler, after that one. It must not block; what it throws ends the program.
  /// Such a call is cancelled by CallOptions::stop.
  template <class Handler>
  void then(Handler&& handler) && {
    static_assert(std::is_invocable_v<std::decay_t<Handler>&, Result<T>>,
                  "purecloud: the handler of Future<T>::then must be callable with a Result<T>");
    take_state()->then(std::forward<Handler>(handler));
  }

  /// Waits, and returns the value. Throws ApiException.
  T get() { return result().value(); }

  /// Waits, and returns the outcome.
  Result<T> result() {
    state().wait();
    // the state stays, for cancel() may be looking at it
    spent_ = true;
    return state_->take();
  }

  /// Whether the call ended within that time.
  template <class Rep, class Period>
  bool wait_for(std::chrono::duration<Rep, Period> time) const {
    using namespace std::chrono;
    // in double, in which no duration overflows
    const auto longest = duration<double>(detail::longest_time);
    const auto bounded = (std::min)(duration<double>(time), longest);
    return wait_until(steady_clock::now() + ceil<milliseconds>((std::max)(bounded, -longest)));
  }

  /// Whether the call ended by then.
  bool wait_until(Deadline until) const { return state().wait_until(until); }

  /// Whether the call has ended.
  bool is_ready() const { return state().ended(); }

  /// Whether there is a call, whose outcome was not taken yet.
  bool valid() const noexcept { return state_ && !spent_; }

  /// Ends the call with ErrorKind::cancelled within 50 ms, wherever it is, unless it ends otherwise
  /// before. What was on the wire may have been carried out. Runs no handler (over
  /// testing::FakeBackend it does). Not for signal handlers.
  void cancel() const noexcept {
    // a copy: a handler may destroy this future
    if (const auto state = state_) state->request();
  }

  /// For `co_await`: gives the Result<T> instead of throwing.
  FutureResult<T> as_result() && { return FutureResult<T>(std::move(*this)); }

 private:
  template <class>
  friend class FutureResult;
  template <class, bool>
  friend class FutureAwaiter;

  detail::ResultState<T>& state() const {
    if (!valid()) detail::raise_no_outcome();
    return *state_;
  }
  std::shared_ptr<detail::ResultState<T>> take_state() {
    state();
    return std::move(state_);
  }

  std::shared_ptr<detail::ResultState<T>> state_;
  bool spent_ = false;
};

/// What Future::as_result() returns, to be awaited.
template <class T>
class [[nodiscard]] FutureResult {
 public:
  /// Takes the future's call.
  explicit FutureResult(Future<T> awaited) noexcept : future(std::move(awaited)) {}
  Future<T> future;  ///< whose outcome is awaited
};

#if defined(__cpp_impl_coroutine) && defined(__cpp_lib_coroutine)

/// Suspends a coroutine until a call has ended, and resumes it as a handler is called.
template <class T, bool throws>
class FutureAwaiter {
 public:
  explicit FutureAwaiter(Future<T> future) : state_(future.take_state()) {}
  FutureAwaiter(FutureAwaiter&&) = delete;
  // a coroutine that is destroyed while it waits
  ~FutureAwaiter() {
    if (waits_) state_->forget_handler();
  }

  bool await_ready() const { return state_->ended(); }

  bool await_suspend(std::coroutine_handle<> coroutine) {
    typename detail::ResultState<T>::Handler handler(Resume{this, coroutine});
    waits_ = true;
    // from here on another thread may resume the coroutine, which destroys this
    if (state_->try_then(handler)) return true;
    waits_ = false;
    return false;
  }

  auto await_resume() {
    Result<T> result = result_ ? *std::move(result_) : state_->take();
    if constexpr (throws)
      return std::move(result).value();
    else
      return result;
  }

 private:
  struct Resume {
    FutureAwaiter* awaiter;
    std::coroutine_handle<> coroutine;
    void operator()(Result<T> result) {
      awaiter->waits_ = false;
      awaiter->result_.emplace(std::move(result));
      coroutine.resume();
    }
  };

  std::shared_ptr<detail::ResultState<T>> state_;
  std::optional<Result<T>> result_;
  bool waits_ = false;
};

/// `co_await tokens.get_tokens_me()` gives the value, or throws ApiException.
template <class T>
FutureAwaiter<T, true> operator co_await(Future<T>&& future) {
  return FutureAwaiter<T, true>(std::move(future));
}

/// `co_await tokens.get_tokens_me().as_result()` gives the Result, and throws nothing.
template <class T>
FutureAwaiter<T, false> operator co_await(FutureResult<T>&& future) {
  return FutureAwaiter<T, false>(std::move(future.future));
}

#endif

}  // namespace v1
}  // namespace purecloud
