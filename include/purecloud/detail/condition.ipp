// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/detail/condition.hpp>

#if !defined(_WIN32) && !defined(__APPLE__)

#include <new>

#include <time.h>

namespace purecloud {
inline namespace v1 {
namespace detail {

PURECLOUD_TOKENS_INLINE MonotonicCondition::MonotonicCondition() {
  pthread_condattr_t attributes;
  if (::pthread_condattr_init(&attributes) != 0) throw std::bad_alloc();
  const bool made = ::pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0 &&
                    ::pthread_cond_init(&condition_, &attributes) == 0;
  ::pthread_condattr_destroy(&attributes);
  if (!made) throw std::bad_alloc();
}

PURECLOUD_TOKENS_INLINE void MonotonicCondition::wait_until(std::unique_lock<std::mutex>& lock,
                                                            Deadline until) {
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

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif
