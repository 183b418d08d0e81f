// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <utility>
#include <vector>

#include <purecloud/detail/longest_time.hpp>
#include <purecloud/detail/net/socket.hpp>
#include <purecloud/detail/net/time_limit.hpp>
#include <purecloud/http.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

using SocketAddresses = std::vector<SocketAddress>;

/// Returns addresses in the order in which to try them: IPv4 and IPv6 by turns, beginning with the
/// family of the first (RFC 8305, 4).
inline SocketAddresses interleaved(const SocketAddresses& addresses) {
  SocketAddresses of_first, others, result;
  for (const SocketAddress& each : addresses)
    (each.storage.ss_family == addresses.front().storage.ss_family ? of_first : others)
        .push_back(each);
  for (std::size_t i = 0; result.size() < addresses.size(); ++i) {
    if (i < of_first.size()) result.push_back(of_first[i]);
    if (i < others.size()) result.push_back(others[i]);
  }
  return result;
}

/// Connects to the first address that responds (RFC 8305, 5). An attempt begins when the one before
/// has failed, or after 250 ms; sooner if `connect_timeout`, which is for all attempts together,
/// would otherwise leave no time for the last address. The first success ends the other attempts.
class ConnectionRace {
 public:
  ConnectionRace(const SocketAddresses& addresses, std::chrono::milliseconds connect_timeout,
                 const TimeLimit& limit)
      : addresses_(interleaved(addresses)),
        limit_(limit.by(Clock::now() + (std::min)(connect_timeout, longest_time))) {}

  /// Returns `done` with a connected socket in `winner`, `broken` if all attempts failed, or
  /// `timed_out`.
  IoStatus run(Socket& winner) {
    std::size_t begun = 0;
    Deadline next_begin = Clock::now();
    while (!limit_.reached()) {
      const bool more = begun < addresses_.size();
      if (!more && under_way_.empty()) return IoStatus::broken;
      const Deadline now = Clock::now();
      if (more && (now >= next_begin || under_way_.empty())) {
        Socket socket;
        const IoStatus status = socket.begin_connect(addresses_[begun++]);
        next_begin = now;
        if (status != IoStatus::broken) next_begin += interval(now, addresses_.size() - begun);
        // the oldest attempt has had enough time
        if (under_way_.size() == most_at_once) under_way_.erase(under_way_.begin());
        if (status == IoStatus::timed_out) under_way_.push_back(std::move(socket));
        if (status == IoStatus::done) winner = std::move(socket);
        if (status == IoStatus::done) return status;
        continue;
      }
      const Deadline look = limit_.next_look(now);
      if (has_winner(more ? (std::min)(look, next_begin) : look, now, winner))
        return IoStatus::done;
      if (one_failed_) next_begin = now;
    }
    return IoStatus::timed_out;
  }

 private:
  using Clock = std::chrono::steady_clock;

  static constexpr std::size_t most_at_once = 32;  ///< select() of Windows accepts 64

  /// Returns the time until the next attempt, if `left` attempts remain. It depends on the
  /// remaining time, so that after a delay there is still time for the last attempt.
  Clock::duration interval(Deadline now, std::size_t left) const {
    using std::chrono::milliseconds;
    return std::clamp<Clock::duration>((limit_.deadline() - now) / static_cast<int>(left + 2),
                                       milliseconds(10), milliseconds(250));
  }

  /// Waits until an attempt has an outcome. Removes attempts that failed. Returns true for a
  /// success.
  bool has_winner(Deadline until, Deadline now, Socket& winner) {
    polled_.clear();
    for (const Socket& each : under_way_) {
      polled_.emplace_back();
      polled_.back().fd = each.handle();
      polled_.back().events = POLLOUT;
    }
    one_failed_ = false;
    if (socket_system::poll_connecting(polled_, socket_system::milliseconds_until(until, now)) <= 0)
      return false;
    for (std::size_t i = polled_.size(); i-- > 0;) {
      if (polled_[i].revents == 0) continue;
      if (under_way_[i].end_connect() == IoStatus::done) {
        winner = std::move(under_way_[i]);
        return true;
      }
      under_way_.erase(under_way_.begin() + static_cast<std::ptrdiff_t>(i));
      one_failed_ = true;
    }
    return false;
  }

  const SocketAddresses addresses_;
  const TimeLimit limit_;
  std::vector<Socket> under_way_;
  std::vector<pollfd> polled_;
  bool one_failed_ = false;  ///< in the last has_winner()
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
