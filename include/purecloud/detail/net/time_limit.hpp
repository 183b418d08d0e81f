// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <chrono>
#include <utility>

#include <purecloud/http.hpp>
#include <purecloud/stop_token.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// When an operation must end: at a deadline, or soon after a stop is requested.
class TimeLimit {
 public:
  TimeLimit(Deadline deadline, StopToken stop = {}) : deadline_(deadline), stop_(std::move(stop)) {}

  Deadline deadline() const { return deadline_; }
  const StopToken& stop() const { return stop_; }

  bool stopped() const { return stop_.stop_requested(); }
  /// Returns whether the operation must end now.
  bool reached() const { return stopped() || std::chrono::steady_clock::now() >= deadline_; }

  /// Returns until when to block, at most, before the next check of reached().
  Deadline next_look() const { return next_look(std::chrono::steady_clock::now()); }
  Deadline next_look(Deadline now) const {
    return stop_.stop_possible() ? (std::min)(deadline_, now + slice) : deadline_;
  }

  /// Returns a limit with the same stop and an earlier deadline.
  TimeLimit by(Deadline earlier) const { return {(std::min)(deadline_, earlier), stop_}; }

  /// The interval between checks for a stop, so that a stopped call ends within 50 ms.
  static constexpr std::chrono::milliseconds slice{20};

 private:
  Deadline deadline_;
  StopToken stop_;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
