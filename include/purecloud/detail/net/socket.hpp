// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <limits>
#include <utility>

#if defined(_WIN32)
#include <winsock2.h>
#include <ws2tcpip.h>
#else
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

#include <purecloud/http.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// How an operation on a connection ended.
enum class IoStatus {
  done,
  timed_out,
  closed,  ///< the peer will send no more, and said so
  broken,
  tls_failure,
};

struct SocketAddress {
  sockaddr_storage storage;
  socklen_t size;
};

/// A TCP connection whose every operation ends by a deadline. It never blocks in the kernel but in
/// poll(), and writing to a peer that is gone is an error, not a SIGPIPE.
class Socket {
 public:
  Socket() = default;
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  ~Socket() { close(); }

  IoStatus connect(const SocketAddress& address, Deadline deadline) {
    close();
    handle_ = ::socket(address.storage.ss_family, SOCK_STREAM | close_on_exec, 0);
    if (handle_ == none || !prepare()) return IoStatus::broken;
    if (::connect(handle_, reinterpret_cast<const sockaddr*>(&address.storage), address.size) == 0)
      return IoStatus::done;
    if (!in_progress()) return IoStatus::broken;
    if (wait(POLLOUT, deadline) == 0) return IoStatus::timed_out;
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(handle_, SOL_SOCKET, SO_ERROR, reinterpret_cast<char*>(&error), &size);
    return error == 0 ? IoStatus::done : IoStatus::broken;
  }

  /// Reads what there is, at least one byte; `count` is the number.
  IoStatus read(char* data, std::size_t size, Deadline deadline, std::size_t& count) {
    // the answer to what was just written is hardly there yet: to ask for it would be in vain
    if (std::exchange(wrote_, false) && wait(POLLIN, deadline) == 0) return IoStatus::timed_out;
    for (;;) {
      const auto received = ::recv(handle_, data, length(size), 0);
      if (received == 0) return IoStatus::closed;
      if (received > 0) {
        count = static_cast<std::size_t>(received);
        return IoStatus::done;
      }
      if (!would_block()) return IoStatus::broken;
      if (wait(POLLIN, deadline) == 0) return IoStatus::timed_out;
    }
  }

  /// Writes what the peer takes, at least one byte; `count` is the number. `heed_input` gives up
  /// with `closed` when the peer takes nothing more and has its answer, or its end, to be read
  /// already.
  IoStatus write(const char* data, std::size_t size, Deadline deadline, std::size_t& count,
                 bool heed_input) {
    for (;;) {
      const auto sent = ::send(handle_, data, length(size), no_signal);
      if (sent >= 0) {
        count = static_cast<std::size_t>(sent);
        wrote_ = true;
        return IoStatus::done;
      }
      if (!would_block()) return IoStatus::broken;
      const short events = wait(heed_input ? POLLIN | POLLOUT : POLLOUT, deadline);
      if (events == 0) return IoStatus::timed_out;
      if (heed_input && (events & POLLOUT) == 0) return IoStatus::closed;
    }
  }

  /// Whether there is something to read at this moment: bytes, or the end of the connection.
  bool has_input() const { return wait(POLLIN, Deadline()) != 0; }

 private:
#if defined(_WIN32)
  using Handle = SOCKET;
  static constexpr Handle none = INVALID_SOCKET;
  static constexpr int close_on_exec = 0;
  static constexpr int no_signal = 0;
  static int length(std::size_t size) {
    return static_cast<int>((std::min)(size, std::size_t{1} << 30));
  }
  static bool would_block() { return WSAGetLastError() == WSAEWOULDBLOCK; }
  static bool in_progress() { return would_block(); }
  static int poll(pollfd* which, int milliseconds) { return ::WSAPoll(which, 1, milliseconds); }
  bool set_non_blocking() {
    u_long yes = 1;
    return ::ioctlsocket(handle_, static_cast<long>(FIONBIO), &yes) == 0;
  }
  void close() {
    if (handle_ != none) ::closesocket(handle_);
    handle_ = none;
  }
#else
  using Handle = int;
  static constexpr Handle none = -1;
#if defined(SOCK_CLOEXEC)
  static constexpr int close_on_exec = SOCK_CLOEXEC;
#else
  static constexpr int close_on_exec = 0;
#endif
#if defined(MSG_NOSIGNAL)
  static constexpr int no_signal = MSG_NOSIGNAL;
#else
  static constexpr int no_signal = 0;  // SO_NOSIGPIPE instead
#endif
  static std::size_t length(std::size_t size) { return size; }
  static bool would_block() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }
  static bool in_progress() { return errno == EINPROGRESS || errno == EINTR; }
  static int poll(pollfd* which, int milliseconds) { return ::poll(which, 1, milliseconds); }
  bool set_non_blocking() {
    const int flags = ::fcntl(handle_, F_GETFL);
    return flags >= 0 && ::fcntl(handle_, F_SETFL, flags | O_NONBLOCK) == 0;
  }
  void close() {
    if (handle_ != none) ::close(handle_);
    handle_ = none;
  }
#endif

  bool prepare() {
    const int yes = 1;
    const auto* const value = reinterpret_cast<const char*>(&yes);
    // or a request with a body waits 40 ms for the ACK of its head
    ::setsockopt(handle_, IPPROTO_TCP, TCP_NODELAY, value, sizeof yes);
#if defined(SO_NOSIGPIPE)
    ::setsockopt(handle_, SOL_SOCKET, SO_NOSIGPIPE, value, sizeof yes);
#endif
    return set_non_blocking();
  }

  /// The events that came by the deadline, POLLHUP and POLLERR included; 0 when none did.
  short wait(short events, Deadline deadline) const {
    for (;;) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(
                            deadline - (std::min)(deadline, std::chrono::steady_clock::now()))
                            .count();
      constexpr auto longest = (std::numeric_limits<int>::max)();
      pollfd which = {};
      which.fd = handle_;
      which.events = events;
      const int ready = poll(&which, left < longest ? static_cast<int>(left) : longest);
      if (ready > 0) return which.revents;
      if (ready == 0 && left < longest) return 0;
      if (ready < 0 && !would_block()) return POLLERR;
    }
  }

  Handle handle_ = none;
  bool wrote_ = false;  ///< and has not read since
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
