// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/backend/httplib_compat.hpp>

#include <chrono>
#include <cstddef>
#include <exception>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#if !defined(_WIN32)
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

#include <purecloud/backend/httplib.hpp>
#include <purecloud/detail/base_url.hpp>
#include <purecloud/impl/connection_pool.hpp>
#include <purecloud/impl/resolver.hpp>
#include <purecloud/impl/sigpipe_guard.hpp>
#include <purecloud/impl/tls_trust.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// One cpp-httplib client, which is one socket, and what we keep beside it.
class HttplibConnection {
 public:
  HttplibConnection() = default;
  HttplibConnection(const HttplibConnection&) = delete;
  HttplibConnection& operator=(const HttplibConnection&) = delete;
  ~HttplibConnection() {
    const SigpipeGuard guard;  // TLS says goodbye to a peer that may be gone
    client.reset();
    hold(no_socket);
  }

  /// Remembers the socket that the client has just opened. We hold a descriptor of our own, because
  /// the client may close its at any time, and the number then be another file's.
  void hold(socket_t socket) {
#if defined(_WIN32)
    socket_ = socket;
#else
    if (socket_ != no_socket) ::close(socket_);
    socket_ = socket == no_socket ? no_socket : ::fcntl(socket, F_DUPFD_CLOEXEC, 0);
#endif
    if (interrupted) interrupt();
  }

  /// Makes whatever waits for this socket fail.
  void interrupt() {
    interrupted = true;
#if defined(_WIN32)
    if (socket_ != no_socket) ::shutdown(socket_, SD_BOTH);
#else
    if (socket_ != no_socket) ::shutdown(socket_, SHUT_RDWR);
#endif
  }

  /// Whether another request may be sent: the connection is open, and the server has sent nothing
  /// since its last answer. What lies there now would be taken for the answer to another call.
  bool reusable() const {
    if (interrupted || !client->is_socket_open()) return false;
#if defined(_WIN32)
    WSAPOLLFD readable = {socket_, POLLRDNORM, 0};
    return ::WSAPoll(&readable, 1, 0) == 0;
#else
    pollfd readable = {socket_, POLLIN, 0};
    return ::poll(&readable, 1, 0) == 0;
#endif
  }

  std::unique_ptr<httplib::ClientImpl> client;
  TlsTrust::Peer peer;
  bool interrupted = false;

 private:
  static constexpr socket_t no_socket = INVALID_SOCKET;
  socket_t socket_ = no_socket;
};

}  // namespace detail

class HttplibBackend::Impl {
 public:
  explicit Impl(const Configuration& configuration)
      : url_(detail::parse_base_url("base_url", configuration.base_url)),
        origin_(url_.host + ":" + std::to_string(url_.port)),
        connect_timeout_(configuration.timeouts.connect),
        proxy_(configuration.proxy),
        max_response_bytes_(configuration.max_response_bytes),
        pool_(configuration.pool) {
    if (url_.https) trust_.emplace(configuration.tls, url_.host);
  }

  HttpResult send(const HttpRequest& request, Deadline deadline) {
    const detail::SigpipeGuard guard;
    if (auto connection = pool_.take()) {
      Attempt attempt = exchange(*connection, request, deadline);
      // closed by the server while it was idle: nobody's failure, so try a new connection
      if (!attempt.connection_lost) return finish(std::move(connection), std::move(attempt));
    }

    auto addresses = detail::resolve(proxy_.host.empty() ? url_.host : proxy_.host, deadline);
    if (auto* failure = std::get_if<HttpFailure>(&addresses)) return std::move(*failure);
    Attempt attempt;
    for (const std::string& address : std::get<std::vector<std::string>>(addresses)) {
      auto connection = open(address);
      attempt = exchange(*connection, request, deadline);
      if (!attempt.not_connected || Clock::now() >= deadline)
        return finish(std::move(connection), std::move(attempt));
    }
    return std::move(attempt.result);
  }

 private:
  using Clock = std::chrono::steady_clock;
  using Connection = detail::HttplibConnection;

  struct Attempt {
    HttpResult result;
    bool not_connected = false;    ///< another address may do better
    bool connection_lost = false;  ///< before any of the answer came
  };

  bool through_proxy() const { return !proxy_.host.empty(); }

  HttpResult finish(std::unique_ptr<Connection> connection, Attempt attempt) {
    const auto* response = std::get_if<HttpResponse>(&attempt.result);
    // after an interim answer the final one is still to come, on the same connection
    if (response && response->status >= 200) pool_.give_back(std::move(connection));
    return std::move(attempt.result);
  }

  std::unique_ptr<Connection> open(const std::string& address) {
    namespace compat = detail::httplib_compat;
    auto connection = std::make_unique<Connection>();
    if (url_.https) {
      auto client = std::make_unique<httplib::SSLClient>(url_.host, url_.port);
      trust_->apply(compat::tls_context(*client, compat::Prefer<1>{}), connection->peer);
      // TlsTrust verifies with CAs of its own; naming a directory keeps the client from reading the
      // system's for every connection, which takes some 30 ms
      client->set_ca_cert_path({}, "/");
      connection->client = std::move(client);
    } else {
      connection->client = std::make_unique<httplib::ClientImpl>(url_.host, url_.port);
    }
    httplib::ClientImpl& client = *connection->client;
    compat::disable_path_encoding(client, compat::Prefer<1>{});
    client.set_keep_alive(true);
    client.set_follow_location(false);
    client.set_decompress(false);
    client.set_tcp_nodelay(true);
    client.set_socket_options([this, held = connection.get()](socket_t socket) {
      const std::lock_guard<std::mutex> lock(pool_.mutex());
      held->hold(socket);
    });
    if (through_proxy()) {
      client.set_proxy(address, proxy_.port);
      if (!proxy_.username.empty()) client.set_proxy_basic_auth(proxy_.username, proxy_.password);
    } else {
      client.set_hostname_addr_map({{url_.host, address}});
    }
    return connection;
  }

  Attempt exchange(Connection& connection, const HttpRequest& request, Deadline deadline) {
    httplib::Request wire;
    wire.method = request.method;
    wire.path = request.target;
    wire.body = request.body;
    for (const auto& [name, value] : request.headers) wire.headers.emplace(name, value);
    // in a tunnel the proxy's password is no business of the server's
    if (through_proxy() && url_.https) wire.headers.emplace("Proxy-Authorization", "");

    std::string body;
    bool too_large = false;
    wire.content_receiver = [&](const char* data, std::size_t size, auto, auto) {
      too_large = size > max_response_bytes_ - body.size();
      if (!too_large) body.append(data, size);
      return !too_large && Clock::now() < deadline;
    };

    const auto started = Clock::now();
    const auto left = std::chrono::duration_cast<std::chrono::microseconds>(deadline - started) +
                      std::chrono::milliseconds(1);
    httplib::ClientImpl& client = *connection.client;
    client.set_connection_timeout((std::min<std::chrono::microseconds>)(connect_timeout_, left));
    client.set_read_timeout(left);
    client.set_write_timeout(left);

    httplib::Response answer;
    httplib::Error error = httplib::Error::Success;
    bool answered = false;
    std::string exception;
    ERR_clear_error();
    {
      const typename detail::ConnectionPool<Connection>::Watch watch(pool_, connection, deadline);
      try {
        answered = client.send(wire, answer, error);
      } catch (const std::exception&) {
        exception = "cpp-httplib could not read the answer";
      }
    }

    Attempt attempt;
    if (answered && !(answer.status == 407 && through_proxy())) {
      HttpResponse response;
      response.status = answer.status;
      response.body = std::move(body);
      for (const auto& [name, value] : answer.headers) {
        auto [field, first] = response.headers.emplace(name, value);
        if (!first) field->second += ", " + value;
      }
      attempt.result = std::move(response);
      return attempt;
    }

    HttpFailure failure;
    if (too_large)
      failure = {ErrorKind::too_large, "the answer is larger than max_response_bytes, " +
                                           std::to_string(max_response_bytes_)};
    else if (Clock::now() >= deadline)
      failure = {ErrorKind::timeout, "no answer from " + origin_ + " in the time for an attempt"};
    else if (!exception.empty())
      failure = {ErrorKind::protocol, std::move(exception)};
    else
      failure = explain(connection, error, answer.status, Clock::now() - started);
    using httplib::Error;
    attempt.not_connected = error == Error::Connection || error == Error::ConnectionTimeout;
    attempt.connection_lost = failure.kind == ErrorKind::connection && answer.status < 100;
    attempt.result = std::move(failure);
    return attempt;
  }

  HttpFailure explain(const Connection& connection, httplib::Error error, int status,
                      Clock::duration elapsed) const {
    namespace compat = detail::httplib_compat;
    using httplib::Error;
    const TlsReason tls = tls_reason();
    if (status == 407 || compat::is_proxy_error(error, compat::Prefer<1>{}) ||
        (error == Error::SSLConnection && through_proxy() && !connection.peer.certificate_seen))
      return {ErrorKind::connection,
              "the proxy " + proxy_.host + ":" + std::to_string(proxy_.port) +
                  " refused the connection to " + origin_ +
                  (status >= 100 ? " with status " + std::to_string(status) : "") +
                  "; check proxy"};
    if (error == Error::SSLServerVerification ||
        compat::is_host_name_error(error, compat::Prefer<1>{}))
      return {ErrorKind::tls, trust_->explain(connection.peer)};
    if (tls.is_failure) return {ErrorKind::tls, "TLS with " + origin_ + " failed: " + tls.text};
    if (error == Error::ConnectionTimeout ||
        (error == Error::SSLConnection && elapsed >= connect_timeout_))
      return {ErrorKind::timeout, "no connection to " + origin_ + " within timeouts.connect, " +
                                      std::to_string(connect_timeout_.count()) + " ms"};
    if (error == Error::Connection)
      return {ErrorKind::connection,
              "cannot connect to " + origin_ + "; check base_url and the network"};
    if (error == Error::Read || error == Error::Write || error == Error::SSLConnection)
      return {ErrorKind::connection,
              "the connection to " + origin_ + " broke before the answer was complete"};
    return {ErrorKind::protocol,
            "the answer of " + origin_ + " is not understood: " + httplib::to_string(error)};
  }

  struct TlsReason {
    bool is_failure = false;
    std::string text;
  };

  /// What OpenSSL says of a failed call. That the peer closed the connection is not TLS's failure.
  static TlsReason tls_reason() {
    const unsigned long code = ERR_peek_last_error();
    if (ERR_GET_LIB(code) != ERR_LIB_SSL) return {};
#if defined(SSL_R_UNEXPECTED_EOF_WHILE_READING)
    if (ERR_GET_REASON(code) == SSL_R_UNEXPECTED_EOF_WHILE_READING) return {};
#endif
    const char* const reason = ERR_reason_error_string(code);
    return {true, reason ? reason : "unknown reason"};
  }

  const detail::BaseUrl url_;
  const std::string origin_;
  const std::chrono::milliseconds connect_timeout_;
  const ProxyOptions proxy_;
  const std::size_t max_response_bytes_;
  std::optional<detail::TlsTrust> trust_;  // outlives the connections in the pool
  detail::ConnectionPool<Connection> pool_;
};

PURECLOUD_TOKENS_INLINE HttplibBackend::HttplibBackend(const Configuration& configuration)
    : impl_(std::make_unique<Impl>(configuration)) {}

PURECLOUD_TOKENS_INLINE HttplibBackend::~HttplibBackend() = default;

PURECLOUD_TOKENS_INLINE HttpResult HttplibBackend::send(const HttpRequest& request,
                                                        Deadline deadline) {
  return impl_->send(request, deadline);
}

}  // namespace v1
}  // namespace purecloud
