// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/detail/httplib/request_writer.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <purecloud/backend/httplib.hpp>
#include <purecloud/detail/httplib/channel.hpp>
#include <purecloud/detail/net/connect.hpp>
#include <purecloud/detail/net/connection_pool.hpp>
#include <purecloud/detail/net/destination.hpp>
#include <purecloud/detail/net/resolver.hpp>
#include <purecloud/detail/net/response_parser.hpp>
#include <purecloud/detail/net/thread.hpp>
#include <purecloud/detail/net/time_limit.hpp>
#include <purecloud/detail/net/tls_trust.hpp>
#include <purecloud/detail/text/url.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Sends cpp-httplib's requests over this library's Channel, because cpp-httplib's sockets have no
/// deadline, and its TLS connections cannot share CAs. ResponseParser reads the responses.
struct HttplibConnection {
  HttplibConnection(const std::string& host, int port) : writer(host, port) {}

  bool reusable() { return channel.reusable(); }

  Channel channel;
  RequestWriter writer;
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
        resolver_(through_proxy() ? proxy_.host : url_.host,
                  through_proxy() ? proxy_.port : url_.port),
        pool_(configuration.pool) {
    if (proxy_.scheme != ProxyScheme::http)
      detail::refuse("proxy.scheme", "must be http; for SOCKS use CurlBackend");
    if (url_.https) trust_.emplace(configuration.tls);
    const bool default_port = url_.port == (url_.https ? 443 : 80);
    host_header_ = default_port ? detail::bracketed(url_.host) : destination_.origin();
    if (!proxy_.username.empty() || !proxy_.password.empty())
      proxy_authorization_ =
          httplib::make_basic_authentication_header(proxy_.username, proxy_.password, true).second;
  }

  HttpResult send(const HttpRequest& request, const detail::TimeLimit& limit) {
    bool sent = false;
    if (limit.reached()) return out_of_time(limit, sent);
    if (auto connection = pool_.take()) {
      Attempt attempt = exchange(*connection, request, limit, sent);
      // the server closed the kept-alive connection just before this request: not a failure, so the
      // request goes over a new connection
      if (!attempt.unheard || !request.may_be_resent)
        return finish(std::move(connection), std::move(attempt));
    }
    auto connection = std::make_unique<Connection>(url_.host, url_.port);
    if (auto failure = open(*connection, limit, sent)) return *std::move(failure);
    Attempt attempt = exchange(*connection, request, limit, sent);
    return finish(std::move(connection), std::move(attempt));
  }

 private:
  using Connection = detail::HttplibConnection;
  using IoStatus = detail::IoStatus;
  using State = detail::ResponseParser::State;
  using TimeLimit = detail::TimeLimit;

  struct Attempt {
    HttpResult result;
    bool reusable = false;
    bool unheard = false;  ///< the connection broke before any byte of a response came
  };

  bool through_proxy() const { return !proxy_.host.empty(); }

  HttpResult finish(std::unique_ptr<Connection> connection, Attempt attempt) {
    if (attempt.reusable) pool_.give_back(std::move(connection));
    return std::move(attempt.result);
  }

  /// In this function and those below, `sent` tells whether the server may have got any byte of the
  /// request.
  HttpFailure out_of_time(const TimeLimit& limit, bool sent) const {
    return limit.stopped() ? destination_.cancelled(sent) : destination_.no_response_in_time();
  }

  std::optional<HttpFailure> open(Connection& connection, const TimeLimit& limit, bool sent) {
    detail::Channel& channel = connection.channel;
    auto failure = connect(channel.socket, limit, sent);
    if (failure || !url_.https) return failure;
    if (through_proxy()) failure = open_tunnel(connection, limit, sent);
    if (failure) return failure;
    channel.tls.emplace(*trust_, channel.socket, url_.host);
    const IoStatus status = channel.tls->handshake(limit);
    if (status != IoStatus::done) return explain(status, channel, limit, sent);
    return std::nullopt;
  }

  std::optional<HttpFailure> connect(detail::Socket& socket, const TimeLimit& limit, bool sent) {
    detail::SocketAddresses addresses;
    if (auto failure = resolver_.resolve(limit, addresses))
      return limit.stopped() ? destination_.cancelled(sent) : std::move(failure);
    detail::ConnectionRace race(addresses, connect_timeout_, limit);
    const IoStatus status = race.run(socket);
    if (status == IoStatus::done) return std::nullopt;
    if (limit.reached()) return out_of_time(limit, sent);
    return status == IoStatus::timed_out ? destination_.not_connected_in_time(connect_timeout_)
                                         : destination_.not_connected();
  }

  std::optional<HttpFailure> open_tunnel(Connection& connection, const TimeLimit& limit,
                                         bool sent) const {
    httplib::Request wire;
    wire.method = "CONNECT";
    wire.path = destination_.origin();
    wire.headers.emplace("Host", destination_.origin());
    auto head = connection.writer.head(std::move(wire), 0);
    add_secret(head, "Proxy-Authorization", proxy_authorization_);
    detail::WireExchange exchange(connection.channel, limit);
    detail::ResponseParser parser("CONNECT", max_response_bytes_);
    exchange.write(head);
    exchange.read(parser, [](State state) { return state != State::head; });
    if (parser.state() == State::complete && parser.status() / 100 == 2 && exchange.in_turn() &&
        !parser.more_followed())
      return std::nullopt;
    if (!parser.has_head() && exchange.status() == IoStatus::timed_out)
      return out_of_time(limit, sent);
    return destination_.refused_by_proxy(parser.status());
  }

  Attempt exchange(Connection& connection, const HttpRequest& request, const TimeLimit& limit,
                   bool& sent) const {
    Attempt attempt;
    auto head = write_head(connection.writer, request);
    if (head.empty()) {
      attempt.result =
          HttpFailure{ErrorKind::protocol, "cpp-httplib does not write such a request"};
      return attempt;
    }
    const bool in_one = request.body.size() <= most_in_one;
    if (in_one) head.append(request.body);
    detail::WireExchange exchange(connection.channel, limit);
    detail::ResponseParser parser(request.method, max_response_bytes_);
    exchange.write(head);
    if (!in_one) exchange.write(request.body);
    exchange.read(parser, [](State state) { return state > State::body; });
    sent = sent || exchange.sent();
    attempt.unheard = !parser.heard() && (exchange.status() == IoStatus::broken ||
                                          exchange.status() == IoStatus::closed);
    switch (parser.state()) {
      case State::complete: break;
      case State::broken: attempt.result = destination_.not_understood(parser.problem()); break;
      case State::too_large: attempt.result = destination_.too_large(max_response_bytes_); break;
      case State::head:
      case State::body:
        attempt.result = explain(exchange.status(), connection.channel, limit, sent);
        break;
    }
    if (parser.state() != State::complete) return attempt;
    attempt.reusable = exchange.in_turn() && parser.keeps_alive();
    if (parser.status() == 407 && through_proxy())
      attempt.result = destination_.refused_by_proxy(parser.status());
    else
      attempt.result = std::move(parser).take_response();
    return attempt;
  }

  /// Adds the token without cpp-httplib, which would leave copies of it in memory.
  detail::WipedString write_head(detail::RequestWriter& writer, const HttpRequest& request) const {
    httplib::Request wire;
    wire.method = request.method;
    wire.path = request.target;
    const auto authorization = request.headers.find("Authorization");
    for (auto each = request.headers.begin(); each != request.headers.end(); ++each)
      if (each != authorization) wire.headers.emplace(each->first, each->second);
    wire.headers.emplace("Host", host_header_);
    const bool whole_url = through_proxy() && !url_.https;
    if (whole_url) wire.path = "http://" + host_header_ + request.target;
    auto head = writer.head(std::move(wire), request.body.size());
    if (authorization != request.headers.end())
      add_secret(head, authorization->first, authorization->second);
    if (whole_url) add_secret(head, "Proxy-Authorization", proxy_authorization_);
    return head;
  }

  /// Adds a field to a complete head. Does nothing if the head or the value is empty.
  static void add_secret(detail::WipedString& head, std::string_view name, std::string_view value) {
    if (head.empty() || value.empty()) return;
    head.resize(head.size() - 2);  // the empty line
    head.append(name).append(": ").append(value).append("\r\n\r\n");
  }

  HttpFailure explain(IoStatus status, const detail::Channel& channel, const TimeLimit& limit,
                      bool sent) const {
    switch (status) {
      case IoStatus::timed_out: return out_of_time(limit, sent);
      case IoStatus::tls_failure: return {ErrorKind::tls, channel.tls->failure()};
      case IoStatus::done:
      case IoStatus::broken:
      case IoStatus::closed: break;
    }
    return destination_.broken();
  }

  static constexpr std::size_t most_in_one = 16 * 1024;  ///< a TLS record

  const detail::BaseUrl url_;
  const detail::Destination destination_;
  std::string host_header_;
  const std::chrono::milliseconds connect_timeout_;
  const ProxyOptions proxy_;
  std::string proxy_authorization_;  ///< empty without authentication
  const std::size_t max_response_bytes_;
  std::optional<detail::TlsTrust> trust_;  // before the pool, whose connections use it
  detail::Resolver resolver_;
  detail::ConnectionPool<Connection> pool_;
};

PURECLOUD_TOKENS_INLINE HttplibBackend::HttplibBackend(const Configuration& configuration)
    : impl_(std::make_unique<Impl>(configuration)) {}

PURECLOUD_TOKENS_INLINE HttplibBackend::~HttplibBackend() = default;

PURECLOUD_TOKENS_INLINE HttpResult HttplibBackend::send(const HttpRequest& request,
                                                        Deadline deadline, const StopToken& stop) {
  const detail::NoCancellation whole;
  return impl_->send(request, detail::TimeLimit(deadline, stop));
}

}  // namespace v1
}  // namespace purecloud
