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

/// The future outcome of an asynchronous call. Destroying a Future does not end its call.
///
/// After its outcome was taken, after a move, and when default-constructed, a Future has no call:
/// valid() is false, cancel() does nothing, and the other members throw std::logic_error. cancel()
/// may be called while another thread waits in a member; otherwise a Future is not thread-safe. On
/// a thread of the call's backend (in a handler, or after a `co_await`) a member that would wait
/// throws std::logic_error, because the call could never end.
template <class T>
class [[nodiscard]] Future {
 public:
  /// A Future without a call.
  Future() noexcept = default;
  /// Used by the clients.
  explicit Future(std::shared_ptr<detail::ResultState<T>> state) noexcept
      : state_(std::move(state)) {}

  Future(Future&&) noexcept = default;
  Future& operator=(Future&&) noexcept = default;

  /// Calls `handler(Result<T>)` exactly once: on a thread of the backend, or before then() returns
  /// if the call has ended already; when called in another handler, after that one. The handler
  /// must not block; an exception from it ends the program. To cancel such a call, use
  /// CallOptions::stop.
  template <class Handler>
  void then(Handler&& handler) && {
    static_assert(std::is_invocable_v<std::decay_t<Handler>&, Result<T>>,
                  "purecloud: the handler of Future<T>::then must be callable with a Result<T>");
    take_state()->then(std::forward<Handler>(handler));
  }

  /// Waits for the end of the call, and returns its value. Throws ApiException if the call failed.
  T get() { return result().value(); }

  /// Waits for the end of the call, and returns its outcome.
  Result<T> result() {
    state().wait();
    // state_ is not reset, because another thread may read it in cancel()
    spent_ = true;
    return state_->take();
  }

  /// Waits for at most `time`, and returns whether the call has ended.
  template <class Rep, class Period>
  bool wait_for(std::chrono::duration<Rep, Period> time) const {
    using namespace std::chrono;
    // as a double, because no duration overflows it
    const auto longest = duration<double>(detail::longest_time);
    const auto bounded = (std::min)(duration<double>(time), longest);
    return wait_until(steady_clock::now() + ceil<milliseconds>((std::max)(bounded, -longest)));
  }

  /// Waits until at most `until`, and returns whether the call has ended.
  bool wait_until(Deadline until) const { return state().wait_until(until); }

  /// Returns whether the call has ended.
  bool is_ready() const { return state().ended(); }

  /// Returns whether there is a call whose outcome was not taken yet.
  bool valid() const noexcept { return state_ && !spent_; }

  /// Ends the call with ErrorKind::cancelled within 50 ms, unless it ends otherwise before. A
  /// request that was sent already may have been carried out. Runs no handler itself (only over
  /// testing::FakeBackend it does). Must not be called in a signal handler.
  void cancel() const noexcept {
    // a copy, because a handler may destroy this future
    if (const auto state = state_) state->request();
  }

  /// Returns an object for `co_await`, which gives the Result<T> instead of throwing.
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

/// What Future::as_result() returns, for `co_await`.
template <class T>
class [[nodiscard]] FutureResult {
 public:
  /// Takes over the call of a Future.
  explicit FutureResult(Future<T> awaited) noexcept : future(std::move(awaited)) {}
  Future<T> future;  ///< the call
};

#if defined(__cpp_impl_coroutine) && defined(__cpp_lib_coroutine)

/// Suspends a coroutine until a call has ended, and resumes it where a handler would run.
template <class T, bool throws>
class FutureAwaiter {
 public:
  explicit FutureAwaiter(Future<T> future) : state_(future.take_state()) {}
  FutureAwaiter(FutureAwaiter&&) = delete;
  // While `waits_`: the suspended coroutine is being destroyed.
  ~FutureAwaiter() {
    if (waits_) state_->forget_handler();
  }

  bool await_ready() const { return state_->ended(); }

  bool await_suspend(std::coroutine_handle<> coroutine) {
    typename detail::ResultState<T>::Handler handler(Resume{this, coroutine});
    waits_ = true;
    // from here on another thread may resume the coroutine, which destroys this object
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
