// SPDX-License-Identifier: MIT
#pragma once

#if !defined(_WIN32) && !defined(__APPLE__)
#include <pthread.h>
#endif

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>

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
  MonotonicCondition();  ///< throws std::bad_alloc if the system has no more of them
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

  void wait_until(std::unique_lock<std::mutex>& lock, Deadline until);

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
