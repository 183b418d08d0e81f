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

/// One connection of libcurl's, whose socket is ours: what we see of it that libcurl does not tell.
struct CurlConnection {
  explicit CurlConnection(curl_socket_t opened, const void* opener)
      : socket(opened), opened_for(opener) {}

  /// What came of TLS, for whom our OpenSSL is libcurl's.
  struct Tls {
    SSL* session = nullptr;
    int alert = -1;              ///< the last that the server sent
    unsigned long error = 0;     ///< OpenSSL's, when a step failed
    long verified = X509_V_OK;   ///< of the server's certificate
    bool flooded = false;        ///< ended by us: it sent records without end that carry nothing
    std::size_t idle_bytes = 0;  ///< of records since the last that carried something
    std::size_t record_size = 0;
    bool unheard_of = false;        ///< ended by us: what it sent was for no response
    std::size_t unheard_bytes = 0;  ///< of records, since the last byte of a response
    std::uint64_t carried = 0;      ///< bytes of the server's, TLS's own left out
    bool countable = true;          ///< whether `carried` is right
  };

  curl_socket_t socket;    ///< CURL_SOCKET_BAD once it is closed
  const void* opened_for;  ///< the transfer that connects; null once it is connected
  int port = 0;            ///< ours
  std::size_t users = 0;   ///< requests under way on it
  bool used = false;       ///< had a request before
  bool http2 = false;
  bool ended = false;  ///< by us: not to be used again
  std::chrono::steady_clock::time_point idle_since;
  Tls tls;

  bool open() const { return socket != CURL_SOCKET_BAD; }
  bool idle() const { return open() && !ended && used && users == 0; }

  /// To be called before a request goes out: whether it may share the connection with others.
  void note_http2() {
    // only over HTTP/2 does libcurl send while another waits for its response
    http2 = http2 || users > 0;
    if (!tls.session) return;
    const unsigned char* name = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(tls.session, &name, &size);
    http2 = http2 || (size == 2 && std::memcmp(name, "h2", 2) == 0);
  }

  /// Whether something lies there that would be taken for the response to the next request. In
  /// HTTP/2 it cannot be, and libcurl looks at it.
  bool has_input() const {
    return !http2 && (curl_compat::has_input(socket) ||
                      (tls.session != nullptr && SSL_has_pending(tls.session) == 1));
  }

  /// How many bytes the server has sent, those of TLS itself left out; nothing where that is not
  /// known.
  std::optional<std::uint64_t> received(bool through_tls) const {
    if (!through_tls) return curl_compat::bytes_received(socket);
    if (!tls.session || !tls.countable) return std::nullopt;
    return tls.carried;
  }

  /// Sends nothing more and hears nothing more on it.
  void end() {
    if (open() && !ended) curl_compat::shut_down(socket);
    ended = true;
  }
};

/// The connections of one multi handle, which it outlives.
class CurlConnections {
 public:
  using List = std::vector<std::shared_ptr<CurlConnection>>;

  const List& all() const { return all_; }

  /// A socket for libcurl to connect, which no child process inherits; CURL_SOCKET_BAD without one.
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

  /// CURLOPT_CLOSESOCKETFUNCTION
  static int on_close(void* self, curl_socket_t socket) {
    static_cast<CurlConnections*>(self)->forget(socket);
    socket_system::close(socket);
    return 0;
  }

  /// The newest connection that is being made for a transfer.
  std::shared_ptr<CurlConnection> opened_for(const void* transfer) const {
    const auto found = std::find_if(all_.rbegin(), all_.rend(),
                                    [&](const auto& each) { return each->opened_for == transfer; });
    return found == all_.rend() ? nullptr : *found;
  }

  /// The connection of a local port.
  std::shared_ptr<CurlConnection> at_port(int port) const {
    for (const auto& each : all_) {
      if (each->port == 0) each->port = curl_compat::local_port(each->socket);
      if (each->port == port) return each;
    }
    return nullptr;
  }

  /// Closes those that are idle for too long, or too many. When the next is due.
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

  /// What the connections are doing.
  struct Use {
    std::size_t connections = 0;  ///< that may be used
    std::size_t requests = 0;     ///< under way
    bool http2 = false;           ///< some of them over HTTP/2
    bool connecting = false;      ///< one that has had no request yet
  };
  Use use() const {
    Use all;
    for (const auto& each : all_) {
      all.connections += each->ended ? 0 : 1;
      all.requests += each->users;
      all.http2 = all.http2 || (each->http2 && each->users > 0);
      all.connecting = all.connecting || !each->used;
    }
    return all;
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
