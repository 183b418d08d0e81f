// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>

#include <purecloud/configuration.hpp>
#include <purecloud/detail/text/url.hpp>
#include <purecloud/http.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Where a backend's requests go, by name, and what every backend says when nothing comes back.
class Destination {
 public:
  Destination(const BaseUrl& url, const ProxyOptions& proxy)
      : origin_(bracketed(url.host) + ":" + std::to_string(url.port)),
        proxy_("the proxy " + bracketed(proxy.host) + ":" + std::to_string(proxy.port)) {}

  /// `host:port`
  const std::string& origin() const { return origin_; }
  /// `the proxy host:port`
  const std::string& proxy() const { return proxy_; }

  HttpFailure no_answer_in_time() const {
    return {ErrorKind::timeout, "no answer from " + origin_ + " in the time for an attempt"};
  }

  HttpFailure broken() const {
    return {ErrorKind::connection,
            "the connection to " + origin_ + " broke before the answer was complete"};
  }

  /// `status` is the proxy's; 0 when it hung up without one.
  HttpFailure refused_by_proxy(long status) const {
    return {ErrorKind::connection,
            proxy_ + " refused the connection to " + origin_ +
                (status > 0 ? " with status " + std::to_string(status) : "") + "; check proxy"};
  }

  static HttpFailure too_large(std::size_t max_response_bytes) {
    return {ErrorKind::too_large,
            "the answer is larger than max_response_bytes, " + std::to_string(max_response_bytes)};
  }

 private:
  const std::string origin_;
  const std::string proxy_;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
