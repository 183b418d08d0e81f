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
    // An invalid name is not shown: it may be a complete line, `Authorization: Bearer …`.
    if (!is_header_name(name))
      return member + ": holds a name that is not one of a header; use letters, digits and '-'";
    const std::string which = member + ": " + one_line(redact(name, secret), 60);
    if (is_ours(name)) return which + " is set by this library; leave it out";
    if (!is_header_value(value))
      return which + " has a value with a line break or another control character; remove it";
  }
  return {};
}

/// Checks and parses a URL of the configuration. `secret_name` names the secret that plain http
/// would show.
inline BaseUrl parse_service_url(const std::string& member, const std::string& text,
                                 const Configuration& configuration,
                                 const std::string& secret_name) {
  const BaseUrl url = parse_base_url(member, text);
  if (url.https || configuration.allow_plain_http) return url;
  const std::string problem = "plain http would send " + secret_name + " unencrypted to ";
  if (!is_loopback(url.host))
    refuse(member, problem + "another machine; write https:// instead, or set allow_plain_http");
  if (!configuration.proxy.host.empty())
    refuse(member, problem +
                       "the proxy; write https:// instead, use no proxy for this machine, "
                       "or set allow_plain_http");
  return url;
}

/// Throws for client credentials that the service cannot use, and if the login host is not known.
inline void check_credentials(const Configuration& configuration, Service service) {
  const auto& [id, secret] = configuration.client_credentials;
  const std::string member = "client_credentials.";
  if (std::any_of(id.begin(), id.end(), is_control))
    refuse(member + "client_id", "holds a line break or another control character; remove it");
  const std::string_view text = secret.reveal();
  if (std::any_of(text.begin(), text.end(), is_control))
    refuse(member + "client_secret", "holds a line break or another control character; remove it");
  if (id.empty() && (service == Service::login || !secret.empty()))
    refuse(member + "client_id", "is empty; set it to the OAuth client's id");
  if (service == Service::api && secret.empty() && !id.empty())
    refuse(member + "client_secret", "is empty; set it to the OAuth client's secret");

  if (!configuration.login_url.empty())
    parse_service_url("login_url", configuration.login_url, configuration, "the client secret");
  const bool logs_in =
      service == Service::login || (configuration.access_token.empty() && !id.empty());
  if (logs_in && login_url_of(configuration).empty())
    refuse("login_url",
           "is empty, and cannot be derived from base_url, which is not of the form "
           "https://api.X; set it to where /oauth/token is");
}

PURECLOUD_TOKENS_INLINE ClientSettings make_settings(Configuration configuration, Service service) {
  const auto refuse_unless = [](bool fits, const char* problem) {
    if (!fits) throw ApiException(invalid_argument(problem));
  };
  const auto require_none = [](std::string problem) {
    if (!problem.empty()) throw ApiException(invalid_argument(std::move(problem)));
  };
  const auto positive = [](std::chrono::milliseconds time) { return time.count() > 0; };

  BaseUrl url =
      parse_service_url("base_url", configuration.base_url, configuration, "the access token");
  require_none(token_problem(configuration.access_token.reveal()));
  require_none(headers_problem("default_headers", configuration.default_headers,
                               configuration.access_token.reveal()));
  refuse_unless(is_header_value(configuration.user_agent_suffix),
                "user_agent_suffix: holds a line break or another control character; remove it");

  refuse_unless(positive(configuration.timeouts.connect),
                "timeouts.connect: must be greater than zero");
  refuse_unless(positive(configuration.timeouts.attempt),
                "timeouts.attempt: must be greater than zero");
  refuse_unless(positive(configuration.timeouts.total),
                "timeouts.total: must be greater than zero");
  refuse_unless(configuration.retry.max_attempts >= 1,
                "retry.max_attempts: must be at least 1, which means no retry");
  refuse_unless(configuration.retry.base_delay.count() >= 0,
                "retry.base_delay: must not be negative");
  refuse_unless(configuration.retry.max_delay.count() >= 0,
                "retry.max_delay: must not be negative");
  refuse_unless(configuration.max_response_bytes > 0,
                "max_response_bytes: must be greater than zero");
  refuse_unless(positive(configuration.pool.idle_for), "pool.idle_for: must be greater than zero");
  refuse_unless(configuration.pool.max_connections > 0, "pool.max_connections: must be at least 1");

  const TlsOptions& tls = configuration.tls;
  refuse_unless(tls.client_certificate.empty() == tls.client_key.empty(),
                tls.client_key.empty()
                    ? "tls.client_key: is empty; set it to the certificate's key file"
                    : "tls.client_certificate: is empty; set it to the key's certificate file");
  const ProxyOptions& proxy = configuration.proxy;
  refuse_unless(
      proxy.host.empty() || is_host_name(proxy.host) || is_ip_address(proxy.host),
      "proxy.host: must be a host name or an IP address, without a scheme, a port or brackets");
  refuse_unless(proxy.host.empty() || (proxy.port >= 1 && proxy.port <= 65535),
                "proxy.port: must be 1 to 65535");
  refuse_unless(is_header_value(proxy.username) && is_header_value(proxy.password),
                "proxy.username, proxy.password: hold a line break or another control character");

  check_credentials(configuration, service);

  ClientSettings settings;
  if (service == Service::login) {
    configuration.base_url = login_url_of(configuration);
    url = parse_base_url("login_url", configuration.base_url);
  }
  settings.base_path = url.path;
  settings.headers = {{"Accept", "application/json"},
                      {"User-Agent", "purecloud-tokens/" PURECLOUD_TOKENS_VERSION}};
  if (!configuration.user_agent_suffix.empty())
    settings.headers["User-Agent"] += " " + configuration.user_agent_suffix;
  for (const auto& [name, value] : configuration.default_headers) settings.headers[name] = value;
  configuration.access_token = {};
  configuration.client_credentials = {};
  settings.configuration = std::move(configuration);
  return settings;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
