// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

#include <purecloud/detail/net/response_parser.hpp>
#include <purecloud/detail/net/socket.hpp>
#include <purecloud/detail/net/time_limit.hpp>
#include <purecloud/detail/net/tls_session.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// A connection to a server, with or without TLS.
struct Channel {
  Socket socket;
  std::optional<TlsSession> tls;
  bool found_silent = false;  ///< reusable() found no input, and nothing was written since

  bool has_input() { return tls ? tls->has_input() : socket.has_input(); }
  /// Returns whether another request may be sent over it.
  bool reusable() { return found_silent = !has_input(); }

  IoStatus read(char* data, std::size_t size, const TimeLimit& limit, std::size_t& count) {
    return tls ? tls->read(data, size, limit, count) : socket.read(data, size, limit, count);
  }
  IoStatus write(const char* data, std::size_t size, const TimeLimit& limit, std::size_t& count) {
    return tls ? tls->write(data, size, limit, count)
               : socket.write(data, size, limit, count, /*heed_input=*/true);
  }
};

/// Sends one request over a channel, and reads the response.
class WireExchange {
 public:
  WireExchange(Channel& channel, const TimeLimit& limit) : channel_(channel), limit_(limit) {}

  /// Sends a part of the request. If the server responds early and stops reading, the rest is not
  /// sent.
  void write(std::string_view bytes) {
    if (!std::exchange(channel_.found_silent, false) && channel_.has_input()) in_turn_ = false;
    while (!bytes.empty() && status_ == IoStatus::done) {
      std::size_t count = 0;
      status_ = channel_.write(bytes.data(), bytes.size(), limit_, count);
      sent_ = sent_ || count > 0;
      bytes.remove_prefix(count);
    }
    if (status_ != IoStatus::done) in_turn_ = false;
  }

  /// Reads until `enough` returns true for the parser's state, or reading fails.
  template <class Enough>
  void read(ResponseParser& parser, Enough enough) {
    if (status_ == IoStatus::timed_out) return;
    status_ = IoStatus::done;
    while (status_ == IoStatus::done && !enough(parser.state())) {
      char received[16 * 1024];  // a TLS record
      std::size_t count = 0;
      status_ = channel_.read(received, sizeof received, limit_, count);
      if (status_ == IoStatus::done) parser.take({received, count});
      if (status_ == IoStatus::closed) parser.end();
    }
  }

  /// Returns how the last operation on the channel ended.
  IoStatus status() const { return status_; }
  /// Returns whether any byte of the request may have reached the server.
  bool sent() const { return sent_; }
  /// Returns whether the complete request was sent, and no input was there before.
  bool in_turn() const { return in_turn_; }

 private:
  Channel& channel_;
  const TimeLimit& limit_;
  IoStatus status_ = IoStatus::done;
  bool sent_ = false;
  bool in_turn_ = true;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
