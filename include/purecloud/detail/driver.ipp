// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <mutex>
#include <thread>

#include <purecloud/detail/condition.hpp>
#include <purecloud/detail/driver.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

PURECLOUD_TOKENS_INLINE Moment current_moment() {
  return {std::chrono::steady_clock::now(), std::chrono::system_clock::now()};
}

PURECLOUD_TOKENS_INLINE void sleep_until(Deadline until, const StopToken& stop) {
  if (!stop.stop_possible()) return std::this_thread::sleep_until(until);
  std::mutex mutex;
  Condition stopped;
  const StopCallback wake(stop, [&] {
    const std::lock_guard<std::mutex> lock(mutex);
    stopped.notify_one();
  });
  std::unique_lock<std::mutex> lock(mutex);
  wait_on(stopped, lock, until, [&] { return stop.stop_requested(); });
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
