// SPDX-License-Identifier: MIT
#pragma once

// Everything that depends on the version of libcurl, 7.80 to 8.23, and on its TLS library.

#if defined(__has_include)
#if !__has_include(<curl/curl.h>)
#error \
    "purecloud's backends over libcurl require it: install libcurl4-openssl-dev (Debian), libcurl-devel (Fedora) or curl (Homebrew)"
#endif
#endif
#include <curl/curl.h>

#if LIBCURL_VERSION_NUM < 0x075000
#error "purecloud's backends over libcurl require libcurl 7.80 or newer"
#endif

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>

#include <openssl/crypto.h>

#include <purecloud/detail/net/socket_system.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {
namespace curl_compat {

inline unsigned version() { return curl_version_info(CURLVERSION_NOW)->version_num; }

inline std::string version_text() { return curl_version_info(CURLVERSION_NOW)->version; }

inline bool has_http2() {
  return (curl_version_info(CURLVERSION_NOW)->features & CURL_VERSION_HTTP2) != 0;
}

/// Returns whether libcurl uses the OpenSSL with which this program is linked. Only then can its
/// SSL_CTX be changed here.
inline bool shares_openssl() {
  const char* const theirs = curl_version_info(CURLVERSION_NOW)->ssl_version;  // OpenSSL/3.0.15
  std::string ours = OpenSSL_version(OPENSSL_VERSION);  // OpenSSL 3.0.15 3 Sep 2024
  ours.resize((std::min)(ours.find(' ', ours.find(' ') + 1), ours.size()));
  std::replace(ours.begin(), ours.end(), ' ', '/');
  return theirs && ours == theirs;
}

/// Returns whether writing through TLS may raise SIGPIPE. It does not if libcurl itself writes to
/// the socket.
inline bool tls_writes_may_signal() { return !shares_openssl() || version() < 0x075800; }

/// Returns whether libcurl drops bytes that follow a response without a body, and keeps the
/// connection. It reports that only in its log. Since 8.7 it closes such a connection, as it always
/// did if bytes follow a body with a length.
inline bool hides_bytes_after_empty_body() { return version() < 0x080700; }

/// For how many milliseconds to wait for a socket, at most, while there are transfers. libcurl may
/// miss an event: that a socket accepts data again (seen with 7.88 under wine), or that GOAWAY has
/// ended a stream (seen with 8.23).
constexpr int longest_poll = 100;

/// Returns the same while there are requests over HTTP/2. An older libcurl (seen with 7.88, not
/// with 8.14) may have read the response to one request together with another one, and would then
/// wait for more data before it processes it.
inline int longest_poll_over_http2() { return version() < 0x080e00 ? 5 : longest_poll; }

/// Returns whether a code of libcurl means that a line exceeds libcurl's bounds. Before 8.6 there
/// was no separate code for that.
inline bool is_line_too_long(CURLcode code) {
  constexpr int too_large = 100;  // CURLE_TOO_LARGE
  return code == CURLE_OUT_OF_MEMORY ? version() < 0x080600 : static_cast<int>(code) == too_large;
}

/// Allows HTTP only. `set` sets an option of an easy handle.
template <class Set>
void set_protocols(Set set) {
#if LIBCURL_VERSION_NUM >= 0x075500
  set(CURLOPT_PROTOCOLS_STR, "http,https");
#else
  set(CURLOPT_PROTOCOLS, static_cast<long>(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
}

/// Returns how many bytes were received on a TCP connection; nothing if the system does not tell.
inline std::optional<std::uint64_t> bytes_received([[maybe_unused]] curl_socket_t socket) {
#if defined(__linux__) && defined(TCP_INFO)
  // tcpi_bytes_received (Linux 4.1), which the C library's tcp_info does not have
  constexpr std::size_t offset = 128;
  unsigned char info[offset + sizeof(std::uint64_t)];
  socklen_t size = sizeof info;
  if (::getsockopt(socket, IPPROTO_TCP, TCP_INFO, info, &size) != 0 || size < sizeof info)
    return std::nullopt;
  std::uint64_t bytes;
  std::memcpy(&bytes, info + offset, sizeof bytes);
  return bytes;
#else
  return std::nullopt;
#endif
}

/// Shuts a connection down in both directions. Its socket stays open until libcurl closes it.
inline void shut_down(curl_socket_t socket) {
#if defined(_WIN32)
  ::shutdown(socket, SD_BOTH);
#else
  ::shutdown(socket, SHUT_RDWR);
#endif
}

/// Returns the local port of a connected socket; 0 if it is not connected.
inline int local_port(curl_socket_t socket) {
  sockaddr_storage address = {};
  socklen_t size = sizeof address;
  if (::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) return 0;
  if (address.ss_family == AF_INET)
    return ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port);
  if (address.ss_family == AF_INET6)
    return ntohs(reinterpret_cast<const sockaddr_in6&>(address).sin6_port);
  return 0;
}

/// Returns whether there is something to read now: bytes, or the end of the connection.
inline bool has_input(curl_socket_t socket) {
  pollfd which = {};
  which.fd = socket;
  which.events = POLLIN;
  return socket_system::poll(&which, 1, 0) != 0;
}

}  // namespace curl_compat
}  // namespace detail
}  // namespace v1
}  // namespace purecloud
