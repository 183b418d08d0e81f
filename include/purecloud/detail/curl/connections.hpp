// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/detail/curl/compat.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include <purecloud/http.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// A connection of libcurl. This library opens its socket, and records here what libcurl does not
/// tell.
struct CurlConnection {
  explicit CurlConnection(curl_socket_t opened, const void* opener)
      : socket(opened), opened_for(opener) {}

  /// What happened in TLS. Only recorded if libcurl uses the program's OpenSSL.
  struct Tls {
    SSL* session = nullptr;
    int alert = -1;              ///< the last alert from the server
    unsigned long error = 0;     ///< the error of OpenSSL, if a step failed
    long verified = X509_V_OK;   ///< the result for the server's certificate
    bool flooded = false;        ///< ended, because the server sent too many records without data
    std::size_t idle_bytes = 0;  ///< of records since the last one with data
    std::size_t record_size = 0;
    bool too_much_without_response =
        false;  ///< ended, because what the server sent was for no response
    std::size_t bytes_without_response = 0;  ///< of records, since the last byte of a response
    std::uint64_t carried = 0;               ///< how many bytes of data came, without those of TLS
    bool countable = true;                   ///< whether `carried` is right
  };

  curl_socket_t socket;    ///< CURL_SOCKET_BAD once it is closed
  const void* opened_for;  ///< the transfer that connects; null once it is connected
  int port = 0;            ///< the local port
  std::size_t users = 0;   ///< how many requests are under way on it
  bool used = false;       ///< whether it has had a request
  bool http2 = false;
  bool retired = false;      ///< whether no more requests may be sent over it
  bool ended = false;        ///< whether end() was called
  bool passed_over = false;  ///< whether libcurl chose it although it was retired
  std::chrono::steady_clock::time_point idle_since;
  std::optional<std::uint64_t> accounted_for;  ///< how many of the bytes received() are known
  Tls tls;

  bool open() const { return socket != CURL_SOCKET_BAD; }
  bool idle() const { return open() && !retired && used && users == 0; }

  /// Finds out whether the connection uses HTTP/2. To be called before a request is sent over it.
  void note_http2() {
    // only over HTTP/2 does libcurl send a request while another one waits for its response
    http2 = http2 || users > 0;
    if (!tls.session) return;
    const unsigned char* name = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(tls.session, &name, &size);
    http2 = http2 || (size == 2 && std::memcmp(name, "h2", 2) == 0);
  }

  /// Returns whether there is input that would be read as the response to the next request. Over
  /// HTTP/2 that cannot happen, because libcurl assigns each response to its request.
  bool has_input() const {
    return !http2 && (curl_compat::has_input(socket) ||
                      (tls.session != nullptr && SSL_has_pending(tls.session) == 1));
  }

  /// Returns how many bytes the server has sent, without those of TLS itself; nothing if that is
  /// not known.
  std::optional<std::uint64_t> received(bool through_tls) const {
    if (!through_tls) return curl_compat::bytes_received(socket);
    if (!tls.session || !tls.countable) return std::nullopt;
    return tls.carried;
  }

  /// Shuts the connection down, so that it is not used again.
  void end() {
    if (open() && !ended) curl_compat::shut_down(socket);
    retired = ended = true;
  }

  /// Lets no more requests use the connection, and ends it when the last one has ended.
  void retire() {
    retired = true;
    if (users == 0) end();
  }

  /// To be called when a request on the connection has ended.
  void leave(std::chrono::steady_clock::time_point now) {
    idle_since = now;
    if (--users == 0 && retired) end();
  }
};

/// The connections of one multi handle. It must outlive the multi handle.
class CurlConnections {
 public:
  using List = std::vector<std::shared_ptr<CurlConnection>>;

  const List& all() const { return all_; }

  /// Opens a socket for libcurl, not inherited by child processes. Returns CURL_SOCKET_BAD if it
  /// cannot.
  curl_socket_t open(const curl_sockaddr& address, const void* transfer) noexcept {
    const auto socket = socket_system::open(address.family);
    if (socket == CURL_SOCKET_BAD) return socket;
    try {
      forget(socket);
      all_.push_back(std::make_shared<CurlConnection>(socket, transfer));
    } catch (...) {
      socket_system::close(socket);
      return CURL_SOCKET_BAD;
    }
    return socket;
  }

  /// For CURLOPT_CLOSESOCKETFUNCTION.
  static int on_close(void* self, curl_socket_t socket) {
    static_cast<CurlConnections*>(self)->forget(socket);
    socket_system::close(socket);
    return 0;
  }

  /// Returns the newest connection that is being opened for a transfer.
  std::shared_ptr<CurlConnection> opened_for(const void* transfer) const {
    const auto found = std::find_if(all_.rbegin(), all_.rend(),
                                    [&](const auto& each) { return each->opened_for == transfer; });
    return found == all_.rend() ? nullptr : *found;
  }

  /// Returns the connection with a local port; null if there is none.
  std::shared_ptr<CurlConnection> at_port(int port) const {
    for (const auto& each : all_) {
      if (each->port == 0) each->port = curl_compat::local_port(each->socket);
      if (each->port == port) return each;
    }
    return nullptr;
  }

  /// Returns whether there is a connection that the next request can use.
  bool has_idle() const {
    return std::any_of(all_.begin(), all_.end(), [](const auto& each) { return each->idle(); });
  }

  /// Ends connections that have been idle for too long, and those beyond `max_idle`. Returns when
  /// the next one is due.
  Deadline close_idle(std::size_t max_idle, std::chrono::milliseconds idle_for, Deadline now) {
    Deadline next = (Deadline::max)();
    std::size_t idle = 0;
    for (auto each = all_.rbegin(); each != all_.rend(); ++each) {
      CurlConnection& connection = **each;
      if (!connection.idle()) continue;
      const Deadline close_at = connection.idle_since + idle_for;
      if (++idle > max_idle || close_at <= now)
        connection.end();
      else
        next = (std::min)(next, close_at);
    }
    return next;
  }

  /// How the connections are used.
  struct Use {
    std::size_t connections = 0;  ///< how many are open
    std::size_t requests = 0;     ///< how many are under way
    bool http2 = false;           ///< whether some are over HTTP/2
    bool connecting = false;      ///< whether one has had no request yet
  };
  Use use() const {
    Use all;
    for (const auto& each : all_) {
      if (!each->ended) ++all.connections;
      all.requests += each->users;
      all.http2 = all.http2 || (each->http2 && each->users > 0);
      all.connecting = all.connecting || !each->used;
    }
    return all;
  }

  /// Ends the connections that are being opened for a transfer that has run out of time. libcurl
  /// closes them, and would read from them first.
  void end_opening(const void* transfer) {
    for (const auto& each : all_)
      if (each->opened_for == transfer) each->end();
  }

  /// To be called when a transfer has ended.
  void release(const void* transfer) {
    for (const auto& each : all_)
      if (each->opened_for == transfer) each->opened_for = nullptr;
  }

 private:
  void forget(curl_socket_t socket) noexcept {
    for (auto& each : all_) {
      if (each->socket != socket) continue;
      each->socket = CURL_SOCKET_BAD;
      each->tls.session = nullptr;
      std::swap(each, all_.back());
      all_.pop_back();
      return;
    }
  }

  List all_;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
