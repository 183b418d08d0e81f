// SPDX-License-Identifier: MIT
#pragma once

#if !defined(_WIN32) && !defined(__APPLE__)
#include <pthread.h>
#include <time.h>
#endif

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <new>

#include <purecloud/detail/longest_time.hpp>
#include <purecloud/http.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

#if defined(_WIN32) || defined(__APPLE__)  // where the system itself waits for a span of time

using Condition = std::condition_variable;

#else

/// A std::condition_variable that always waits by the steady clock. Where the C library has no
/// pthread_cond_clockwait() (musl, FreeBSD, glibc before 2.30), the standard one waits by the clock
/// on the wall, and if somebody set that back by an hour, a wait would last an hour longer.
class MonotonicCondition {
 public:
  MonotonicCondition() {
    pthread_condattr_t attributes;
    if (::pthread_condattr_init(&attributes) != 0) throw std::bad_alloc();
    const bool made = ::pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0 &&
                      ::pthread_cond_init(&condition_, &attributes) == 0;
    ::pthread_condattr_destroy(&attributes);
    if (!made) throw std::bad_alloc();
  }
  ~MonotonicCondition() { ::pthread_cond_destroy(&condition_); }
  MonotonicCondition(const MonotonicCondition&) = delete;
  MonotonicCondition& operator=(const MonotonicCondition&) = delete;

  void notify_one() noexcept { ::pthread_cond_signal(&condition_); }
  void notify_all() noexcept { ::pthread_cond_broadcast(&condition_); }

  void wait(std::unique_lock<std::mutex>& lock) {
    ::pthread_cond_wait(&condition_, lock.mutex()->native_handle());
  }

  template <class Predicate>
  void wait(std::unique_lock<std::mutex>& lock, Predicate done) {
    while (!done()) wait(lock);
  }

  void wait_until(std::unique_lock<std::mutex>& lock, Deadline until) {
    using namespace std::chrono;
    // whatever std::chrono::steady_clock counts from
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    const nanoseconds left = until - steady_clock::now();
    const nanoseconds at =
        (std::max)(left, nanoseconds(0)) + seconds(now.tv_sec) + nanoseconds(now.tv_nsec);
    timespec time{};
    time.tv_sec = static_cast<decltype(time.tv_sec)>(duration_cast<seconds>(at).count());
    time.tv_nsec = static_cast<decltype(time.tv_nsec)>((at % seconds(1)).count());
    ::pthread_cond_timedwait(&condition_, lock.mutex()->native_handle(), &time);
  }

 private:
  pthread_cond_t condition_;
};

#if defined(_GLIBCXX_USE_PTHREAD_COND_CLOCKWAIT)
using Condition = std::condition_variable;
#else
using Condition = MonotonicCondition;
#endif

#endif

/// Like Condition::wait_until(), but for any time, which would overflow there. May return early.
inline void wait_on(Condition& condition, std::unique_lock<std::mutex>& lock, Deadline until) {
  condition.wait_until(lock, (std::min)(until, std::chrono::steady_clock::now() + longest_time));
}

/// Waits for `done()`, at most until a time, and returns whether it came true.
template <class Predicate>
bool wait_on(Condition& condition, std::unique_lock<std::mutex>& lock, Deadline until,
             Predicate done) {
  while (!done()) {
    if (std::chrono::steady_clock::now() >= until) return false;
    wait_on(condition, lock, until);
  }
  return true;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
