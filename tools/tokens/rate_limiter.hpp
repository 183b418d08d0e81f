// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <chrono>

/// Spaces calls evenly. Time that was not used is not made up for, so that no burst follows a
/// pause. Reads no clock.
class RateLimiter {
 public:
  using Clock = std::chrono::steady_clock;

  explicit RateLimiter(double per_minute)
      : interval_(std::chrono::duration_cast<Clock::duration>(
            std::chrono::duration<double>(60.0 / per_minute))) {}

  /// When the next call may begin.
  Clock::time_point reserve(Clock::time_point now) {
    const auto slot = (std::max)(now, next_);
    next_ = slot + interval_;
    return slot;
  }

 private:
  Clock::duration interval_;
  Clock::time_point next_{};
};
