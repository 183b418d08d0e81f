// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <new>
#include <string>
#include <utility>

#include <purecloud/configuration.hpp>
#include <purecloud/detail/text/url.hpp>
#include <purecloud/http.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Returns the failure that `make` returns or, without memory for its message, one with a short
/// message. For places that must not throw.
template <class Make>
HttpFailure failure_without_throw(ErrorKind kind, Make make) noexcept {
  try {
    return make();
  } catch (const std::bad_alloc&) {
    return {kind, "out of memory"};
  }
}

/// The names of a backend's server and proxy, and the failures that all backends report.
class Destination {
 public:
  Destination(const BaseUrl& url, const ProxyOptions& proxy)
      : origin_(bracketed(url.host) + ":" + std::to_string(url.port)),
        proxy_(proxy.host.empty()
                   ? std::string()
                   : "the proxy " + bracketed(proxy.host) + ":" + std::to_string(proxy.port)) {}

  /// The server: `host:port`.
  const std::string& origin() const { return origin_; }
  /// `the proxy host:port`; empty without a proxy.
  const std::string& proxy() const { return proxy_; }
  /// The host that TCP connects to: the proxy or the server.
  const std::string& next_hop() const { return proxy_.empty() ? origin_ : proxy_; }

  /// `sent`: whether any byte of the request may have reached the server.
  static HttpFailure cancelled(bool sent) noexcept {
    return failure_without_throw(ErrorKind::cancelled, [sent]() -> HttpFailure {
      return {ErrorKind::cancelled, sent ? "cancelled; the request may have been carried out"
                                         : "cancelled before the request was sent"};
    });
  }

  /// The failure of a request that could not be started.
  static HttpFailure not_begun() noexcept {
    return failure_without_throw(ErrorKind::connection, []() -> HttpFailure {
      return {ErrorKind::connection, "no memory, or no thread could be started"};
    });
  }

  /// The failure of a request that ran out of time in a backend's queue.
  static HttpFailure waited_for_connection(std::size_t max_connections) noexcept {
    return failure_without_throw(ErrorKind::timeout, [=]() -> HttpFailure {
      return {ErrorKind::timeout, "it waited for one of the " + std::to_string(max_connections) +
                                      " connections of pool.max_connections"};
    });
  }

  HttpFailure no_response_in_time() const {
    return {ErrorKind::timeout, "no response from " + origin_ + " in the time for an attempt"};
  }

  HttpFailure not_connected_in_time(std::chrono::milliseconds connect_timeout) const {
    return {ErrorKind::timeout, "no connection to " + next_hop() + " within timeouts.connect, " +
                                    std::to_string(connect_timeout.count()) + " ms"};
  }

  HttpFailure not_connected() const {
    return {ErrorKind::connection, "cannot connect to " + next_hop() + "; check " +
                                       (proxy_.empty() ? "base_url" : "proxy") +
                                       " and the network"};
  }

  static HttpFailure no_address(const std::string& host) {
    return {ErrorKind::connection,
            "the host name " + host + " has no address; check it and the name server"};
  }

  HttpFailure broken() const {
    return {ErrorKind::connection,
            "the connection to " + origin_ + " broke before the response was complete"};
  }

  /// `problem` is the end of a sentence about the response: `its head is longer than 64 KiB`.
  HttpFailure not_understood(const std::string& problem) const {
    return {ErrorKind::protocol, "the response from " + origin_ + " is not understood: " + problem};
  }

  /// `status` is the proxy's; 0 if it closed the connection without a response.
  HttpFailure refused_by_proxy(long status) const {
    std::string message = proxy_ + " refused the connection to " + origin_;
    if (status > 0) message += " with status " + std::to_string(status);
    message += status == 407 ? "; check proxy.username and proxy.password" : "; check proxy";
    return {ErrorKind::connection, std::move(message), static_cast<int>(status)};
  }

  static HttpFailure too_large(std::size_t max_response_bytes) {
    return {ErrorKind::too_large, "the response is larger than max_response_bytes, " +
                                      std::to_string(max_response_bytes)};
  }

 private:
  const std::string origin_;
  const std::string proxy_;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
