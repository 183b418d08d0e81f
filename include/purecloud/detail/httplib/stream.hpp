// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/detail/httplib/compat.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <purecloud/detail/net/chunked_body.hpp>
#include <purecloud/detail/net/socket.hpp>
#include <purecloud/detail/net/tls_session.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// A connection to a server, plain or through TLS.
struct Channel {
  Socket socket;
  std::optional<TlsSession> tls;
  bool found_silent = false;  ///< at the last look, with nothing written since

  bool has_input() { return tls ? tls->has_input() : socket.has_input(); }
};

/// What cpp-httplib reads and writes one exchange through. It bounds what a server may deliver that
/// is not body, keeps interim answers from cpp-httplib, and knows how the exchange ended.
class HttplibStream : public httplib::Stream {
 public:
  HttplibStream(Channel& channel, Deadline deadline) : channel_(channel), deadline_(deadline) {}

  // Each cpp-httplib asks for some of these, so none can say `override`.
  ssize_t read(char* data, std::size_t size) {
    if (size == 1 && read_from_ < input_.size() && head_complete_ && !chunks_) {
      *data = input_[read_from_++];  // as cpp-httplib reads a head
      return 1;
    }
    if (!head_complete_ && !read_head()) return -1;
    if (read_from_ == input_.size() && !fill()) return status_ == IoStatus::closed ? 0 : -1;
    const std::size_t count = (std::min)(size, input_.size() - read_from_);
    const char* const begin = input_.data() + read_from_;
    if (chunks_ && !follow_chunks({begin, count})) return -1;
    std::copy(begin, begin + count, data);
    read_from_ += count;
    return static_cast<ssize_t>(count);
  }

  /// Takes everything: a server that has stopped listening may still have answered.
  ssize_t write(const char* data, std::size_t size) {
    const auto all = static_cast<ssize_t>(size);
    if (!std::exchange(channel_.found_silent, false) && channel_.has_input())
      answered_early_ = true;
    while (size > 0 && !stopped_listening_) {
      std::size_t count = 0;
      const IoStatus status = channel_.tls ? channel_.tls->write(data, size, deadline_, count)
                                           : channel_.socket.write(data, size, deadline_, count,
                                                                   /*heed_input=*/true);
      stopped_listening_ = status != IoStatus::done;
      if (status == IoStatus::timed_out) status_ = status;
      data += count;
      size -= count;
    }
    return status_ == IoStatus::timed_out ? -1 : all;
  }

  bool is_readable() const { return true; }
  bool is_writable() const { return true; }
  bool wait_readable() const { return true; }
  bool wait_writable() const { return true; }
  bool is_peer_alive() const { return true; }
  socket_t socket() const { return INVALID_SOCKET; }
  time_t duration() const { return 0; }
  void get_remote_ip_and_port(std::string&, int&) const {}
  void get_local_ip_and_port(std::string&, int&) const {}

  /// To be called before the body of an answer in chunks.
  void chunks_begin() { chunks_.emplace(); }
  /// Whether an answer in chunks came to its end.
  bool chunks_ended() const { return chunks_ && chunks_->complete(); }

  /// How reading ended; `done` while nothing was wrong with it.
  IoStatus status() const { return status_; }
  /// Whether all that was read was there to be read, the end of the connection included.
  bool sound() const { return status_ == IoStatus::done || status_ == IoStatus::closed; }
  /// Whether the server sent anything at all.
  bool heard() const { return heard_; }
  /// Whether request and answer were whole, in this order, with nothing left over.
  bool in_step() const {
    return !answered_early_ && !stopped_listening_ && read_from_ == input_.size();
  }

 private:
  // servers themselves refuse heads of more than 8 to 64 KiB
  static constexpr std::size_t max_head = 64 * 1024;
  static constexpr std::size_t at_once = 16 * 1024;  ///< a TLS record

  /// cpp-httplib takes the chunks apart, but of its versions some take `-1` and `2x` for sizes,
  /// some a body for whole that is not, and some keep an endless line.
  bool follow_chunks(std::string_view bytes) {
    return chunks_->take(bytes, [](std::string_view) { return true; });
  }

  /// Reads up to the empty line that ends the head of the final answer.
  bool read_head() {
    static constexpr std::string_view version = "HTTP/1.";
    std::size_t discarded = 0;
    std::size_t searched = 0;
    for (;;) {
      const std::size_t known = (std::min)(input_.size(), version.size());
      if (std::string_view(input_).substr(0, known) != version.substr(0, known)) return false;
      const std::size_t end = input_.find("\r\n\r\n", searched);
      if (end == std::string::npos) {
        searched = input_.size() - (std::min)(input_.size(), std::size_t{3});
        if (discarded + input_.size() > max_head || !fill()) return false;
      } else if (input_.compare(8, 2, " 1") == 0) {  // 1xx: not the answer yet (RFC 9110, 15.2)
        discarded += end + 4;
        input_.erase(0, end + 4);
        searched = 0;
      } else {
        unfold(end);
        return head_complete_ = true;
      }
    }
  }

  /// Makes one line of a header that was folded into several (RFC 9112, 5.2), which cpp-httplib
  /// takes for headers of their own.
  void unfold(std::size_t head_end) {
    for (std::size_t at = 0; (at = input_.find("\r\n", at)) < head_end; at += 2)
      if (input_[at + 2] == ' ' || input_[at + 2] == '\t') input_.replace(at, 3, "   ");
  }

  /// Reads more from the connection.
  bool fill() {
    if (head_complete_) {
      input_.clear();
      read_from_ = 0;
    }
    if (std::chrono::steady_clock::now() >= deadline_) {
      status_ = IoStatus::timed_out;
      return false;
    }
    char received[at_once];
    std::size_t count = 0;
    status_ = channel_.tls ? channel_.tls->read(received, at_once, deadline_, count)
                           : channel_.socket.read(received, at_once, deadline_, count);
    input_.append(received, count);
    heard_ = heard_ || count > 0;
    return status_ == IoStatus::done;
  }

  Channel& channel_;
  const Deadline deadline_;
  std::string input_;  ///< read from the connection; cpp-httplib has had it up to read_from_
  std::size_t read_from_ = 0;
  std::optional<ChunkedBody> chunks_;
  IoStatus status_ = IoStatus::done;
  bool head_complete_ = false;
  bool heard_ = false;
  bool answered_early_ = false;
  bool stopped_listening_ = false;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
