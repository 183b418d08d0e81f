// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <limits>
#include <vector>

#if !defined(_WIN32)
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

#include <purecloud/detail/windows.hpp>
#include <purecloud/http.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// What differs between POSIX and Windows. Sockets are not inherited by child processes.
namespace socket_system {

/// Returns the milliseconds until `time`, for poll(). Rounded up, so that poll() does not return
/// before it.
inline int milliseconds_until(Deadline time, Deadline now) {
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(time - (std::min)(time, now)).count();
  constexpr auto longest = (std::numeric_limits<int>::max)();
  return left < longest ? static_cast<int>(left) : longest;
}

#if defined(_WIN32)

using Handle = SOCKET;
constexpr Handle none = INVALID_SOCKET;
constexpr int no_signal = 0;

inline int length(std::size_t size) {
  return static_cast<int>((std::min)(size, std::size_t{1} << 30));
}
inline bool would_block() { return WSAGetLastError() == WSAEWOULDBLOCK; }
inline bool in_progress() { return would_block(); }
inline bool interrupted() { return false; }
inline void close(Handle handle) { ::closesocket(handle); }
inline int poll(pollfd* which, std::size_t count, int milliseconds) {
  return ::WSAPoll(which, static_cast<ULONG>(count), milliseconds);
}
inline Handle open(int family) {
#if !defined(WSA_FLAG_NO_HANDLE_INHERIT)
#define WSA_FLAG_NO_HANDLE_INHERIT 0x80
#endif
  const Handle handle = ::WSASocketW(family, SOCK_STREAM, 0, nullptr, 0,
                                     WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT);
  u_long yes = 1;
  if (handle != none) ::ioctlsocket(handle, static_cast<long>(FIONBIO), &yes);
  return handle;
}

/// Waits for the outcome of connection attempts, and sets `revents` of those that have one. Uses
/// select(), because WSAPoll reports a refused connection only since Windows 10, version 2004.
inline int poll_connecting(std::vector<pollfd>& which, int milliseconds) {
  fd_set connected, refused;
  FD_ZERO(&connected);
  FD_ZERO(&refused);
  for (const pollfd& each : which) {
    FD_SET(each.fd, &connected);
    FD_SET(each.fd, &refused);
  }
  timeval time = {milliseconds / 1000, milliseconds % 1000 * 1000};
  const int ready = ::select(0, nullptr, &connected, &refused, &time);
  for (pollfd& each : which)
    each.revents = ready > 0 && (FD_ISSET(each.fd, &connected) || FD_ISSET(each.fd, &refused));
  return ready;
}

#else

using Handle = int;
constexpr Handle none = -1;
#if defined(MSG_NOSIGNAL)
constexpr int no_signal = MSG_NOSIGNAL;
#else
constexpr int no_signal = 0;  // SO_NOSIGPIPE is used instead
#endif

inline std::size_t length(std::size_t size) { return size; }
inline bool interrupted() { return errno == EINTR; }
inline bool would_block() { return errno == EAGAIN || errno == EWOULDBLOCK || interrupted(); }
inline bool in_progress() { return errno == EINPROGRESS || interrupted(); }
inline void close(Handle handle) { ::close(handle); }
inline int poll(pollfd* which, std::size_t count, int milliseconds) {
  return ::poll(which, static_cast<nfds_t>(count), milliseconds);
}
inline Handle open(int family) {
#if defined(SOCK_CLOEXEC) && defined(SOCK_NONBLOCK)
  return ::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
#else
  const Handle handle = ::socket(family, SOCK_STREAM, 0);
  if (handle == none) return none;
  ::fcntl(handle, F_SETFD, FD_CLOEXEC);
  ::fcntl(handle, F_SETFL, ::fcntl(handle, F_GETFL) | O_NONBLOCK);
  return handle;
#endif
}
inline int poll_connecting(std::vector<pollfd>& which, int milliseconds) {
  return ::poll(which.data(), static_cast<nfds_t>(which.size()), milliseconds);
}

#endif

}  // namespace socket_system
}  // namespace detail
}  // namespace v1
}  // namespace purecloud
