// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>

#if defined(__has_include) && __cplusplus >= 202002L
#if __has_include(<stop_token>)
#include <stop_token>
#endif
#endif

namespace purecloud {
inline namespace v1 {

namespace detail {

/// What the sources, the tokens and the callbacks of one stop share.
class StopState {
 public:
  /// A callback in the list of those to run. `run` may destroy the registration.
  struct Registration {
    void (*run)(Registration&) noexcept = nullptr;
    Registration* next = nullptr;
    Registration* previous = nullptr;
    bool listed = false;
  };

  bool requested() const noexcept { return requested_.load(std::memory_order_acquire); }

  /// Runs the callbacks on this thread. False when somebody was first.
  bool request() noexcept {
    std::unique_lock<std::mutex> lock(mutex_);
    if (requested_.exchange(true)) return false;
    runner_ = std::this_thread::get_id();
    while (first_) {
      Registration& registration = *first_;
      unlink(registration);
      running_ = &registration;
      lock.unlock();
      registration.run(registration);
      lock.lock();
      running_ = nullptr;
      ended_.notify_all();
    }
    return true;
  }

  /// False when the stop was requested already: then the callback is the caller's to run.
  bool add(Registration& registration) noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (requested_) return false;
    registration.next = first_;
    if (first_) first_->previous = &registration;
    first_ = &registration;
    registration.listed = true;
    return true;
  }

  /// Returns when the callback neither runs, but for on this thread, nor will.
  void remove(Registration& registration) noexcept {
    std::unique_lock<std::mutex> lock(mutex_);
    if (registration.listed) return unlink(registration);
    if (runner_ != std::this_thread::get_id())
      ended_.wait(lock, [&] { return running_ != &registration; });
  }

  std::atomic<int> sources{0};  ///< that can still request the stop

 private:
  void unlink(Registration& registration) noexcept {
    (registration.previous ? registration.previous->next : first_) = registration.next;
    if (registration.next) registration.next->previous = registration.previous;
    registration.listed = false;
  }

  std::atomic<bool> requested_{false};
  std::mutex mutex_;
  std::condition_variable ended_;
  Registration* first_ = nullptr;
  Registration* running_ = nullptr;
  std::thread::id runner_;
};

/// How another library's stop tokens become ours: `Callback<F>` is its stop_callback. Specialised
/// for std::stop_token where there is one.
template <class Token>
struct StopTokenTraits;

#if defined(__cpp_lib_jthread)
template <>
struct StopTokenTraits<std::stop_token> {
  template <class F>
  using Callback = std::stop_callback<F>;
};
#endif

}  // namespace detail

template <class F>
class StopCallback;

/// Whether a stop was requested of a StopSource, as C++20's std::stop_token, which converts to it.
/// Cheap to copy; any number of threads may use copies of one.
class StopToken {
 public:
  /// One that never stops anything.
  StopToken() noexcept = default;

  /// From a std::stop_token (C++20): stopped when that one is. Allocates.
  template <class Token, class = decltype(sizeof(detail::StopTokenTraits<Token>))>
  StopToken(const Token& other) {
    if (!other.stop_possible()) return;
    struct Forward {
      std::weak_ptr<detail::StopState> state;
      void operator()() const noexcept {
        if (const auto target = state.lock()) target->request();
      }
    };
    using Callback = typename detail::StopTokenTraits<Token>::template Callback<Forward>;
    struct Linked : detail::StopState {
      std::optional<Callback> callback;
    };
    const auto linked = std::make_shared<Linked>();
    linked->sources = 1;
    linked->callback.emplace(other, Forward{linked});
    state_ = linked;
  }

  /// The stop of a state that is part of something else, and has a source.
  explicit StopToken(std::shared_ptr<detail::StopState> state) noexcept
      : state_(std::move(state)) {}

  /// Whether the stop was requested.
  bool stop_requested() const noexcept { return state_ && state_->requested(); }
  /// Whether it was, or there is still a source that can.
  bool stop_possible() const noexcept {
    return state_ && (state_->requested() || state_->sources > 0);
  }

 private:
  template <class F>
  friend class StopCallback;

  std::shared_ptr<detail::StopState> state_;
};

/// Requests a stop, as C++20's std::stop_source. Copies share one stop.
class StopSource {
 public:
  /// Throws std::bad_alloc.
  StopSource() : state_(std::make_shared<detail::StopState>()) { state_->sources = 1; }
  /// Shares the other's stop.
  StopSource(const StopSource& other) noexcept : state_(other.state_) {
    if (state_) ++state_->sources;
  }
  /// Leaves the other without one.
  StopSource(StopSource&& other) noexcept = default;
  /// Shares the other's stop instead of its own.
  StopSource& operator=(StopSource other) noexcept {
    state_.swap(other.state_);
    return *this;
  }
  ~StopSource() {
    if (state_) --state_->sources;
  }

  /// A token of this stop.
  StopToken get_token() const noexcept { return StopToken(state_); }
  /// Whether the stop was requested.
  bool stop_requested() const noexcept { return state_ && state_->requested(); }
  /// Whether there is a stop to request.
  bool stop_possible() const noexcept { return state_ != nullptr; }
  /// Requests the stop, and runs the callbacks on this thread. False when somebody was first. Not
  /// for signal handlers: it takes a lock.
  bool request_stop() noexcept { return state_ && state_->request(); }

 private:
  std::shared_ptr<detail::StopState> state_;
};

/// Calls a function when a stop is requested, on that thread, or in the constructor when it was
/// already; as C++20's std::stop_callback. The destructor waits for a call on another thread to
/// end. The function must not throw.
template <class F>
class StopCallback : detail::StopState::Registration {
 public:
  /// Calls `function` once the token's stop is requested.
  template <class Function, std::enable_if_t<std::is_constructible_v<F, Function>, int> = 0>
  explicit StopCallback(StopToken token, Function&& function)
      : function_(std::forward<Function>(function)), state_(std::move(token.state_)) {
    run = [](Registration& self) noexcept { static_cast<StopCallback&>(self).function_(); };
    if (state_ && !state_->add(*this)) {
      state_.reset();
      function_();
    }
  }
  ~StopCallback() {
    if (state_) state_->remove(*this);
  }
  StopCallback(const StopCallback&) = delete;
  StopCallback& operator=(const StopCallback&) = delete;

 private:
  F function_;
  std::shared_ptr<detail::StopState> state_;
};

template <class Function>
StopCallback(StopToken, Function) -> StopCallback<Function>;

}  // namespace v1
}  // namespace purecloud
