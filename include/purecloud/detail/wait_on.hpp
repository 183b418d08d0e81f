// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>

#include <purecloud/detail/longest_time.hpp>
#include <purecloud/http.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

#if defined(__GLIBC__)
constexpr std::chrono::milliseconds longest_wait = longest_time;
#else
// Elsewhere std::condition_variable may wait by the clock on the wall, which somebody may set back.
constexpr std::chrono::milliseconds longest_wait = std::chrono::seconds(1);
#endif

/// Like std::condition_variable::wait_until(), but for any time, which would overflow there. May
/// return early.
inline void wait_on(std::condition_variable& condition, std::unique_lock<std::mutex>& lock,
                    Deadline until) {
  condition.wait_until(lock, (std::min)(until, std::chrono::steady_clock::now() + longest_wait));
}

/// Waits for `done()`, at most until a time, and returns whether it came true.
template <class Predicate>
bool wait_on(std::condition_variable& condition, std::unique_lock<std::mutex>& lock, Deadline until,
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
