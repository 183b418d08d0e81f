// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include <purecloud/detail/call/settings.hpp>
#include <purecloud/detail/text/redaction.hpp>
#include <purecloud/detail/text/text.hpp>
#include <purecloud/detail/text/url.hpp>
#include <purecloud/version.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

PURECLOUD_TOKENS_INLINE std::string token_problem(std::string_view token) {
  if (token.find(' ') != std::string_view::npos)
    return "access_token: holds a space; pass the token alone, without `Bearer`";
  const bool visible =
      std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < 0x7f; });
  if (!visible)
    return "access_token: holds a line break, a control or a non-ASCII character; pass the token "
           "alone";
  return {};
}

PURECLOUD_TOKENS_INLINE std::string headers_problem(const std::string& member,
                                                    const HttpHeaders& headers,
                                                    std::string_view secret) {
  static constexpr std::array<std::string_view, 6> ours = {
      "Authorization", "Connection", "Content-Length", "Expect", "Host", "Transfer-Encoding"};
  const auto is_ours = [](std::string_view name) {
    const auto same = [&](std::string_view our) { return lower_case(our) == lower_case(name); };
    return std::any_of(ours.begin(), ours.end(), same);
  };
  for (const auto& [name, value] : headers) {
    // Shown only when it is a name: it may be a whole line, `Authorization: Bearer …`.
    if (!is_header_name(name))
      return member + ": holds a name that is not one of a header; use letters, digits and '-'";
    const std::string which = member + ": " + one_line(redact(name, secret), 60);
    if (is_ours(name)) return which + " is set by this library; leave it out";
    if (!is_header_value(value))
      return which + " has a value with a line break or another control character; remove it";
  }
  return {};
}

PURECLOUD_TOKENS_INLINE ClientSettings make_settings(Configuration configuration) {
  const auto require = [](bool fits, const char* problem) {
    if (!fits) throw ApiException(invalid_argument(problem));
  };
  const auto require_none = [](std::string problem) {
    if (!problem.empty()) throw ApiException(invalid_argument(std::move(problem)));
  };
  const auto positive = [](std::chrono::milliseconds time) { return time.count() > 0; };

  const BaseUrl url = parse_base_url("base_url", configuration.base_url);
  require(url.https || configuration.allow_plain_http || is_loopback(url.host),
          "base_url: plain http would send the token unencrypted to another machine; write "
          "https:// instead, or set allow_plain_http");

  require_none(token_problem(configuration.access_token.reveal()));
  require_none(headers_problem("default_headers", configuration.default_headers,
                               configuration.access_token.reveal()));
  require(is_header_value(configuration.user_agent_suffix),
          "user_agent_suffix: holds a line break or another control character; remove it");

  require(positive(configuration.timeouts.connect), "timeouts.connect: must be greater than zero");
  require(positive(configuration.timeouts.attempt), "timeouts.attempt: must be greater than zero");
  require(positive(configuration.timeouts.total), "timeouts.total: must be greater than zero");
  require(configuration.retry.max_attempts >= 1,
          "retry.max_attempts: must be at least 1, which means no retry");
  require(configuration.retry.base_delay.count() >= 0, "retry.base_delay: must not be negative");
  require(configuration.retry.max_delay.count() >= 0, "retry.max_delay: must not be negative");
  require(configuration.max_response_bytes > 0, "max_response_bytes: must be greater than zero");
  require(positive(configuration.pool.idle_for), "pool.idle_for: must be greater than zero");

  const TlsOptions& tls = configuration.tls;
  require(tls.client_certificate.empty() == tls.client_key.empty(),
          tls.client_key.empty()
              ? "tls.client_key: is empty; set it to the certificate's key file"
              : "tls.client_certificate: is empty; set it to the key's certificate file");
  const ProxyOptions& proxy = configuration.proxy;
  require(std::all_of(proxy.host.begin(), proxy.host.end(),
                      [](char c) { return c > ' ' && c < 0x7f && c != '/' && c != '@'; }),
          "proxy.host: must be a host name or an IP address, without a scheme or a port");
  require(proxy.host.empty() || (proxy.port >= 1 && proxy.port <= 65535),
          "proxy.port: must be 1 to 65535");
  require(is_header_value(proxy.username) && is_header_value(proxy.password),
          "proxy.username, proxy.password: hold a line break or another control character");

  ClientSettings settings;
  settings.base_path = url.path;
  settings.headers = {{"Accept", "application/json"},
                      {"User-Agent", "purecloud-tokens/" PURECLOUD_TOKENS_VERSION}};
  if (!configuration.user_agent_suffix.empty())
    settings.headers["User-Agent"] += " " + configuration.user_agent_suffix;
  for (const auto& [name, value] : configuration.default_headers) settings.headers[name] = value;
  configuration.access_token = {};
  settings.configuration = std::move(configuration);
  return settings;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
