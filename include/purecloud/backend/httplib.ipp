// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/detail/httplib/compat.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include <purecloud/backend/httplib.hpp>
#include <purecloud/detail/text/url.hpp>
#include <purecloud/detail/text/text.hpp>
#include <purecloud/detail/net/connection_pool.hpp>
#include <purecloud/detail/net/destination.hpp>
#include <purecloud/detail/httplib/stream.hpp>
#include <purecloud/detail/net/resolver.hpp>
#include <purecloud/detail/httplib/framing.hpp>
#include <purecloud/detail/net/tls_trust.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// cpp-httplib's HTTP/1.1 over a stream of ours: its own socket has no deadline, its TLS no
/// shareable CAs, and neither a bound on what is not body.
class HttplibParser : public httplib::ClientImpl {
 public:
  HttplibParser(const std::string& host, int port) : ClientImpl(host, port) {
    httplib_compat::disable_path_encoding(*this, httplib_compat::Prefer<1>{});
    httplib_compat::lift_payload_limit(*this, httplib_compat::Prefer<1>{});
    set_decompress(false);
  }

  /// False when the answer could not be read to its end.
  bool exchange(httplib::Stream& stream, httplib::Request& request, httplib::Response& response) {
    auto error = httplib::Error::Success;
    try {
      return process_request(stream, request, response, /*close_connection=*/false, error);
    } catch (const std::exception&) {
      return false;  // of some versions, for a status or a length that is no number
    }
  }
};

struct HttplibConnection {
  HttplibConnection(const std::string& host, int port) : parser(host, port) {}

  bool reusable() { return channel.found_silent = !channel.has_input(); }

  Channel channel;
  HttplibParser parser;
};

}  // namespace detail

class HttplibBackend::Impl {
 public:
  explicit Impl(const Configuration& configuration)
      : url_(detail::parse_base_url("base_url", configuration.base_url)),
        destination_(url_, configuration.proxy),
        connect_timeout_(configuration.timeouts.connect),
        proxy_(configuration.proxy),
        max_response_bytes_(configuration.max_response_bytes),
        pool_(configuration.pool) {
    if (proxy_.scheme != ProxyScheme::http)
      detail::refuse("proxy.scheme", "must be http; for SOCKS use CurlBackend");
    if (url_.https) trust_.emplace(configuration.tls);
    const bool default_port = url_.port == (url_.https ? 443 : 80);
    host_header_ = default_port ? detail::bracketed(url_.host) : destination_.origin();
  }

  HttpResult send(const HttpRequest& request, Deadline deadline) {
    if (auto connection = pool_.take()) {
      Attempt attempt = exchange(*connection, request, deadline);
      // Closed by the server just when it was to be used again: nobody's failure, so a new one. A
      // DELETE may have been carried out, and then its repetition is answered otherwise; what that
      // means the rules of a call know.
      if (!attempt.unheard || request.method == "DELETE")
        return finish(std::move(connection), std::move(attempt));
    }
    auto opened = open(deadline);
    if (auto* failure = std::get_if<HttpFailure>(&opened)) return std::move(*failure);
    auto& connection = std::get<std::unique_ptr<Connection>>(opened);
    Attempt attempt = exchange(*connection, request, deadline);
    return finish(std::move(connection), std::move(attempt));
  }

 private:
  using Clock = std::chrono::steady_clock;
  using Connection = detail::HttplibConnection;
  using IoStatus = detail::IoStatus;

  struct Attempt {
    HttpResult result;
    bool reusable = false;
    bool unheard = false;  ///< the connection broke before anything of an answer came
  };

  bool through_proxy() const { return !proxy_.host.empty(); }

  HttpResult finish(std::unique_ptr<Connection> connection, Attempt attempt) {
    if (attempt.reusable) pool_.give_back(std::move(connection));
    return std::move(attempt.result);
  }

  std::variant<std::unique_ptr<Connection>, HttpFailure> open(Deadline deadline) {
    auto connection = std::make_unique<Connection>(url_.host, url_.port);
    if (auto failure = connect(connection->channel.socket, deadline)) return *std::move(failure);
    if (!url_.https) return connection;
    if (through_proxy())
      if (auto failure = open_tunnel(*connection, deadline)) return *std::move(failure);
    auto& channel = connection->channel;
    channel.tls.emplace(trust_->context(), channel.socket, url_.host);
    const IoStatus status = channel.tls->handshake(deadline);
    if (status != IoStatus::done) return explain(status, channel);
    return connection;
  }

  std::optional<HttpFailure> connect(detail::Socket& socket, Deadline deadline) const {
    const auto addresses = detail::resolve(through_proxy() ? proxy_.host : url_.host,
                                           through_proxy() ? proxy_.port : url_.port, deadline);
    if (auto* failure = std::get_if<HttpFailure>(&addresses)) return *failure;
    IoStatus status = IoStatus::broken;
    for (const auto& address : std::get<detail::SocketAddresses>(addresses)) {
      const auto now = Clock::now();
      if (now >= deadline) break;
      status = socket.connect(
          address, deadline - now < connect_timeout_ ? deadline : now + connect_timeout_);
      if (status == IoStatus::done) return std::nullopt;
    }
    const std::string& to = through_proxy() ? destination_.proxy() : destination_.origin();
    if (Clock::now() >= deadline) return destination_.no_response_in_time();
    if (status == IoStatus::timed_out)
      return HttpFailure{ErrorKind::timeout, "no connection to " + to +
                                                 " within timeouts.connect, " +
                                                 std::to_string(connect_timeout_.count()) + " ms"};
    return HttpFailure{ErrorKind::connection, "cannot connect to " + to + "; check " +
                                                  (through_proxy() ? "proxy" : "base_url") +
                                                  " and the network"};
  }

  void authorize_to_proxy(httplib::Request& wire) const {
    if (!proxy_.username.empty() || !proxy_.password.empty())
      wire.headers.insert(
          httplib::make_basic_authentication_header(proxy_.username, proxy_.password, true));
  }

  std::optional<HttpFailure> open_tunnel(Connection& connection, Deadline deadline) const {
    httplib::Request wire;
    wire.method = "CONNECT";
    wire.path = destination_.origin();
    wire.headers.emplace("Host", destination_.origin());
    authorize_to_proxy(wire);
    wire.content_receiver = [](const char*, std::size_t, auto, auto) { return false; };
    detail::HttplibStream stream(connection.channel, deadline);
    httplib::Response answer;
    const bool answered = connection.parser.exchange(stream, wire, answer);
    if (answered && answer.status / 100 == 2 && stream.in_step()) return std::nullopt;
    if (stream.status() == IoStatus::timed_out) return destination_.no_response_in_time();
    return destination_.refused_by_proxy(answered ? answer.status : 0);
  }

  Attempt exchange(Connection& connection, const HttpRequest& request, Deadline deadline) const {
    httplib::Request wire;
    wire.method = request.method;
    wire.path = request.target;
    wire.body = request.body;
    for (const auto& [name, value] : request.headers) wire.headers.emplace(name, value);
    wire.headers.emplace("Host", host_header_);
    if (through_proxy() && !url_.https) {
      wire.path = "http://" + host_header_ + request.target;
      authorize_to_proxy(wire);
    }

    detail::HttplibStream stream(connection.channel, deadline);
    detail::ResponseFraming framing;
    std::string body;
    bool too_large = false;
    wire.response_handler = [&](const httplib::Response& head) {
      framing = detail::response_framing(head);
      if (framing.chunked) stream.chunks_begin();
      return framing.sound && !framing.bodiless;
    };
    wire.content_receiver = [&](const char* data, std::size_t size, auto, auto) {
      too_large = size > max_response_bytes_ - body.size();
      if (!too_large) body.append(data, size);
      return !too_large;
    };

    httplib::Response answer;
    bool answered = connection.parser.exchange(stream, wire, answer);
    // some versions take a failure to read more for the end of a body
    answered = answered && stream.sound() && (!framing.chunked || stream.chunks_ended());
    answered = answered || framing.bodiless;

    Attempt attempt;
    if (!answered) {
      attempt.unheard = !stream.heard() && (stream.status() == IoStatus::broken ||
                                            stream.status() == IoStatus::closed);
      attempt.result = too_large ? destination_.too_large(max_response_bytes_)
                                 : explain(stream.status(), connection.channel);
    } else if (answer.status == 407 && through_proxy()) {
      attempt.result = destination_.refused_by_proxy(answer.status);
    } else {
      attempt.reusable = stream.in_step() && detail::keeps_alive(answer);
      attempt.result = detail::to_http_response(std::move(answer), std::move(body));
    }
    return attempt;
  }

  HttpFailure explain(IoStatus status, const detail::Channel& channel) const {
    switch (status) {
      case IoStatus::timed_out: return destination_.no_response_in_time();
      case IoStatus::tls_failure: return {ErrorKind::tls, channel.tls->failure()};
      case IoStatus::broken:
      case IoStatus::closed: return destination_.broken();
      case IoStatus::done: break;
    }
    return {ErrorKind::protocol,
            "the answer of " + destination_.origin() + " is not HTTP/1.1 as it should be"};
  }

  const detail::BaseUrl url_;
  const detail::Destination destination_;
  std::string host_header_;
  const std::chrono::milliseconds connect_timeout_;
  const ProxyOptions proxy_;
  const std::size_t max_response_bytes_;
  std::optional<detail::TlsTrust> trust_;
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
