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

/// The state that the sources, tokens and callbacks of one stop share.
class StopState {
 public:
  /// A registered callback, in a linked list. `run` may destroy the registration.
  struct Registration {
    void (*run)(Registration&) noexcept = nullptr;
    Registration* next = nullptr;
    Registration* previous = nullptr;
    bool listed = false;
  };

  bool requested() const noexcept { return requested_.load(std::memory_order_acquire); }

  /// Requests the stop, and runs the callbacks on this thread. Returns false when the stop was
  /// requested before.
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

  /// Registers a callback. Returns false when the stop was requested already: then the caller runs
  /// the callback.
  bool add(Registration& registration) noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (requested_) return false;
    registration.next = first_;
    if (first_) first_->previous = &registration;
    first_ = &registration;
    registration.listed = true;
    return true;
  }

  /// Removes a callback. If it is running on another thread, waits for its end.
  void remove(Registration& registration) noexcept {
    std::unique_lock<std::mutex> lock(mutex_);
    if (registration.listed) return unlink(registration);
    if (runner_ != std::this_thread::get_id())
      ended_.wait(lock, [&] { return running_ != &registration; });
  }

  std::atomic<int> sources{0};  ///< how many sources can still request the stop

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

/// Lets a StopToken be made from another library's stop token: `Callback<F>` is that library's
/// stop_callback. Specialised for std::stop_token if the standard library has it.
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

/// Tells whether a StopSource was asked to stop. Like C++20's std::stop_token, which converts to
/// it. Cheap to copy; copies may be used on several threads.
class StopToken {
 public:
  /// A token whose stop is never requested.
  StopToken() noexcept = default;

  /// Converts a std::stop_token (C++20): its stop is also this token's. Throws std::bad_alloc.
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

  /// Used by StopSource, and by calls.
  explicit StopToken(std::shared_ptr<detail::StopState> state) noexcept
      : state_(std::move(state)) {}

  /// Returns whether the stop was requested.
  bool stop_requested() const noexcept { return state_ && state_->requested(); }
  /// Returns whether the stop was requested, or a source can still request it.
  bool stop_possible() const noexcept {
    return state_ && (state_->requested() || state_->sources > 0);
  }

 private:
  template <class F>
  friend class StopCallback;

  std::shared_ptr<detail::StopState> state_;
};

/// Requests a stop. Like C++20's std::stop_source. Copies share one stop.
class StopSource {
 public:
  /// A source of a new stop. Throws std::bad_alloc.
  StopSource() : state_(std::make_shared<detail::StopState>()) { state_->sources = 1; }
  /// Shares the stop of `other`.
  StopSource(const StopSource& other) noexcept : state_(other.state_) {
    if (state_) ++state_->sources;
  }
  /// Takes over the stop of `other`, which then has none.
  StopSource(StopSource&& other) noexcept = default;
  /// Shares the stop of `other`, and gives up its own.
  StopSource& operator=(StopSource other) noexcept {
    state_.swap(other.state_);
    return *this;
  }
  ~StopSource() {
    if (state_) --state_->sources;
  }

  /// Returns a token of this stop.
  StopToken get_token() const noexcept { return StopToken(state_); }
  /// Returns whether the stop was requested.
  bool stop_requested() const noexcept { return state_ && state_->requested(); }
  /// Returns false after a move, else true.
  bool stop_possible() const noexcept { return state_ != nullptr; }
  /// Requests the stop, and runs the callbacks on this thread. Returns false when the stop was
  /// requested before. Must not be called in a signal handler: it locks a mutex.
  bool request_stop() noexcept {
    // a copy, because a callback may destroy this object
    const std::shared_ptr<detail::StopState> kept = state_;
    return kept && kept->request();
  }

 private:
  std::shared_ptr<detail::StopState> state_;
};

/// Calls a function when a stop is requested, on the requesting thread; in the constructor, if the
/// stop was requested before. Like C++20's std::stop_callback. If the function is running on
/// another thread, the destructor waits for its end. The function must not throw.
template <class F>
class StopCallback : detail::StopState::Registration {
 public:
  /// Registers `function`.
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
