// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include <purecloud/detail/condition.hpp>
#include <purecloud/detail/once_function.hpp>
#include <purecloud/http.hpp>
#include <purecloud/result.hpp>
#include <purecloud/stop_token.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Throws the std::logic_error of a Future that has no call.
[[noreturn]] void raise_no_outcome();

/// Calls `work`. Returns false if it threw std::bad_alloc. A body for the reason given at
/// error_of().
bool has_memory(void (*work)(void*), void* context);

/// Marks this thread, during the scope's lifetime, as a thread of a backend.
class BackendScope {
 public:
  explicit BackendScope(const void* backend) : backend_(backend), outer_(innermost()) {
    innermost() = this;
  }
  ~BackendScope() { innermost() = outer_; }
  BackendScope(const BackendScope&) = delete;
  BackendScope& operator=(const BackendScope&) = delete;

  static bool is_thread_of(const void* backend);

 private:
  static const BackendScope*& innermost();

  const void* const backend_;
  const BackendScope* const outer_;
};

/// The state that a call in flight and its Future share: the part that does not depend on the type
/// of the result. Its stop cancels the call.
class CallState : public StopState, public std::enable_shared_from_this<CallState> {
 public:
  /// `backend` is only compared with other addresses.
  explicit CallState(const void* backend) : backend_(backend) { sources = 1; }
  virtual ~CallState() = default;
  CallState(const CallState&) = delete;
  CallState& operator=(const CallState&) = delete;

  StopToken stop_token() { return StopToken(shared_from_this()); }

  bool ended() const;
  /// Waits until at most `until`, and returns whether the call has ended. Throws std::logic_error
  /// if waiting would be a deadlock.
  bool wait_until(Deadline until);
  void wait();

 protected:
  /// Ends the call: `store` stores the outcome. Calls the handler if there is one. The caller keeps
  /// the state alive.
  template <class Store>
  void end(Store store) noexcept {
    std::unique_lock<std::mutex> lock(mutex_);
    store();
    ended_ = true;
    const bool has_handler = has_handler_;
    lock.unlock();  // before the notification, or a thread that wakes would wait for the lock
    if (has_handler)
      run_handler();
    else
      changed_.notify_all();
  }

  /// If the call has not ended, calls `set`, which stores a handler, and returns true.
  template <class Set>
  bool set_handler(Set set) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (ended_) return false;
    set();
    has_handler_ = true;
    return true;
  }

  /// Forgets the handler.
  void drop_handler() {
    const std::lock_guard<std::mutex> lock(mutex_);
    has_handler_ = false;
  }

  /// Calls the handler now; if another handler is running on this thread, after that one.
  void run_handler() noexcept;

 private:
  virtual void call_handler() noexcept = 0;
  void check_thread() const;

  const void* const backend_;
  mutable std::mutex mutex_;
  Condition changed_;
  bool ended_ = false;
  bool has_handler_ = false;
  std::shared_ptr<CallState> next_;  ///< the call whose handler runs after this one's
};

/// The state that a call in flight and its Future<T> share.
template <class T>
class ResultState : public CallState {
 public:
  using CallState::CallState;
  using Handler = OnceFunction<Result<T>>;

  /// Sets a function that gets the outcome at once; then there is no Future. To be called before
  /// the call begins.
  void set_receiver(Handler receiver) { receiver_ = std::move(receiver); }

  /// Ends the call. The driver calls this exactly once.
  void end_with(Result<T> result) noexcept {
    if (receiver_) return receiver_(std::move(result));
    this->end([&] { result_.emplace(std::move(result)); });
  }

  /// Returns the outcome of a call that has ended, and forgets it.
  Result<T> take() { return *std::exchange(result_, std::nullopt); }

  /// Calls `handler` when the call ends; now, if it has ended.
  void then(Handler handler) {
    if (try_then(handler)) return;
    handler_ = std::move(handler);
    this->run_handler();
  }

  /// Stores the handler and returns true; if the call has ended, returns false, and `handler` stays
  /// with the caller.
  bool try_then(Handler& handler) {
    return this->set_handler([&] { handler_ = std::move(handler); });
  }

  /// Forgets the handler of a call that has not ended.
  void forget_handler() {
    this->drop_handler();
    handler_ = Handler();
  }

 private:
  void call_handler() noexcept override {
    Handler handler = std::move(handler_);
    if (handler) handler(take());  // else it was forgotten while another handler ran
  }

  std::optional<Result<T>> result_;
  Handler handler_;
  Handler receiver_;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/async/call_state.ipp>
#endif
