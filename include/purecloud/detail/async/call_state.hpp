// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include <purecloud/detail/once_function.hpp>
#include <purecloud/http.hpp>
#include <purecloud/result.hpp>
#include <purecloud/stop_token.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// For a Future without an outcome: throws std::logic_error.
[[noreturn]] void raise_no_outcome();

/// Runs `work`; false when that threw std::bad_alloc. See error_of().
bool has_memory(void (*work)(void*), void* context);

/// While it lives, this thread is one of a backend's: it runs what the backend calls.
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

/// What a call in flight and its Future share, whatever the call returns. Its stop is the call's.
class CallState : public StopState, public std::enable_shared_from_this<CallState> {
 public:
  /// `backend` is compared, never used.
  explicit CallState(const void* backend) : backend_(backend) { sources = 1; }
  virtual ~CallState() = default;
  CallState(const CallState&) = delete;
  CallState& operator=(const CallState&) = delete;

  StopToken stop_token() { return StopToken(shared_from_this()); }

  bool ended() const;
  /// Whether the call ended by then. Throws std::logic_error where waiting would be a deadlock.
  bool wait_until(Deadline until);
  void wait();

 protected:
  /// Stores the outcome by `store`, and hands it to the handler if there is one.
  template <class Store>
  void end(Store store) noexcept {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      store();
      ended_ = true;
      if (!has_handler_) return changed_.notify_all();
    }
    run_handler();
  }

  /// `set` stores a handler, unless the call has ended. Returns whether it did.
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

  /// Calls the handler now, or after the one that runs on this thread: handlers never nest.
  void run_handler() noexcept;

 private:
  virtual void call_handler() noexcept = 0;
  void check_thread() const;

  const void* const backend_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool ended_ = false;
  bool has_handler_ = false;
  std::shared_ptr<CallState> next_;  ///< whose handler runs after this one's
};

/// The same for a call that returns a T.
template <class T>
class ResultState : public CallState {
 public:
  using CallState::CallState;
  using Handler = OnceFunction<Result<T>>;

  /// Hands the outcome to this, at once, instead of to a future. Before the call begins.
  void set_receiver(Handler receiver) { receiver_ = std::move(receiver); }

  /// Once, by the driver.
  void end_with(Result<T> result) noexcept {
    if (receiver_) return receiver_(std::move(result));
    this->end([&] { result_.emplace(std::move(result)); });
  }

  /// The outcome of a call that has ended.
  Result<T> take() { return *std::exchange(result_, std::nullopt); }

  /// Calls `handler` when the call ends, or now when it has.
  void then(Handler handler) {
    if (try_then(handler)) return;
    handler_ = std::move(handler);
    this->run_handler();
  }

  /// Leaves the handler alone, and returns false, when the call has ended.
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
    if (handler) handler(take());  // else it was forgotten while it waited for another one to end
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
