// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <utility>

#include <purecloud/detail/net/socket_system.hpp>
#include <purecloud/detail/net/time_limit.hpp>
#include <purecloud/http.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// How an operation on a connection ended.
enum class IoStatus {
  done,
  timed_out,  ///< its time limit was reached, or it would have had to wait
  closed,     ///< the peer has closed the connection properly
  broken,
  tls_failure,
};

struct SocketAddress {
  sockaddr_storage storage;
  socklen_t size;
};

/// A TCP connection. Every operation has a time limit, and blocks only in poll(). Writing to a peer
/// that is gone is an error, and raises no SIGPIPE.
class Socket {
 public:
  Socket() = default;
  Socket(Socket&& other) noexcept
      : handle_(std::exchange(other.handle_, socket_system::none)),
        wrote_(std::exchange(other.wrote_, false)) {}
  Socket& operator=(Socket&& other) noexcept {
    std::swap(handle_, other.handle_);
    std::swap(wrote_, other.wrote_);
    return *this;
  }
  ~Socket() {
    if (handle_ != socket_system::none) socket_system::close(handle_);
  }

  socket_system::Handle handle() const { return handle_; }

  /// Begins to connect. Returns `timed_out` if the attempt goes on.
  IoStatus begin_connect(const SocketAddress& address) {
    *this = Socket(socket_system::open(address.storage.ss_family));
    if (handle_ == socket_system::none) return IoStatus::broken;
    // otherwise a request's body waits 40 ms for the ACK of its head
    switch_on(IPPROTO_TCP, TCP_NODELAY);
#if defined(SO_NOSIGPIPE)
    switch_on(SOL_SOCKET, SO_NOSIGPIPE);
#endif
    if (::connect(handle_, reinterpret_cast<const sockaddr*>(&address.storage), address.size) == 0)
      return IoStatus::done;
    return socket_system::in_progress() ? IoStatus::timed_out : IoStatus::broken;
  }

  /// Returns the outcome of begin_connect(), after poll_connecting() has reported one.
  IoStatus end_connect() {
    int error = 0;
    socklen_t size = sizeof error;
    const int told =
        ::getsockopt(handle_, SOL_SOCKET, SO_ERROR, reinterpret_cast<char*>(&error), &size);
    return told == 0 && error == 0 ? IoStatus::done : IoStatus::broken;
  }

  /// Waits for data, and reads what there is, at least one byte; `count` is the number.
  IoStatus read(char* data, std::size_t size, const TimeLimit& limit, std::size_t& count) {
    // after a write the response is not there yet: the first try_read() would be in vain
    bool in_vain = std::exchange(wrote_, false);
    for (;;) {
      if (limit.reached()) return IoStatus::timed_out;
      const IoStatus status =
          std::exchange(in_vain, false) ? IoStatus::timed_out : try_read(data, size, count);
      if (status != IoStatus::timed_out) return status;
      if (wait(POLLIN, limit) == 0) return IoStatus::timed_out;
    }
  }

  /// Like read(), but returns `timed_out` instead of waiting.
  IoStatus try_read(char* data, std::size_t size, std::size_t& count) {
    const auto received = ::recv(handle_, data, socket_system::length(size), 0);
    if (received == 0) return IoStatus::closed;
    if (received < 0) return failure();
    count = static_cast<std::size_t>(received);
    return IoStatus::done;
  }

  /// Waits until the peer accepts data, and writes at least one byte; `count` is the number. With
  /// `heed_input` it returns `closed` if the peer accepts nothing more, but there is something to
  /// read: a response, or the end of the connection.
  IoStatus write(const char* data, std::size_t size, const TimeLimit& limit, std::size_t& count,
                 bool heed_input) {
    for (;;) {
      if (limit.reached()) return IoStatus::timed_out;
      const IoStatus status = try_write(data, size, count);
      if (status != IoStatus::timed_out) return status;
      const short events = wait(heed_input ? POLLIN | POLLOUT : POLLOUT, limit);
      if (events == 0) return IoStatus::timed_out;
      if (heed_input && (events & POLLOUT) == 0) return IoStatus::closed;
    }
  }

  /// Like write(), but returns `timed_out` instead of waiting.
  IoStatus try_write(const char* data, std::size_t size, std::size_t& count) {
    const auto sent = ::send(handle_, data, socket_system::length(size), socket_system::no_signal);
    if (sent < 0) return failure();
    count = static_cast<std::size_t>(sent);
    wrote_ = true;
    return IoStatus::done;
  }

  /// Returns whether there is something to read now: bytes, or the end of the connection.
  bool has_input() const {
    pollfd which = {};
    which.fd = handle_;
    which.events = POLLIN;
    return socket_system::poll(&which, 1, 0) != 0;
  }

 private:
  explicit Socket(socket_system::Handle handle) : handle_(handle) {}

  static IoStatus failure() {
    return socket_system::would_block() ? IoStatus::timed_out : IoStatus::broken;
  }

  void switch_on(int level, int option) {
    const int yes = 1;
    ::setsockopt(handle_, level, option, reinterpret_cast<const char*>(&yes), sizeof yes);
  }

  /// Waits for events, and returns them, POLLHUP and POLLERR included; 0 if the limit was reached.
  short wait(short events, const TimeLimit& limit) const {
    for (;;) {
      const auto now = std::chrono::steady_clock::now();
      pollfd which = {};
      which.fd = handle_;
      which.events = events;
      const int ready = socket_system::poll(
          &which, 1, socket_system::milliseconds_until(limit.next_look(now), now));
      if (ready > 0) return which.revents;
      if (ready < 0 && !socket_system::interrupted()) return POLLERR;
      if (limit.reached()) return 0;
    }
  }

  socket_system::Handle handle_ = socket_system::none;
  bool wrote_ = false;  ///< whether the last operation was a write
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
