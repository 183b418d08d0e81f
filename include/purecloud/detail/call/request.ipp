// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <exception>
#include <random>
#include <thread>

#include <purecloud/detail/text/url.hpp>
#include <purecloud/detail/call/request.hpp>
#include <purecloud/detail/text/text.hpp>
#include <purecloud/version.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// What is wrong with a token that goes into a header; empty when nothing is.
inline std::string token_problem(std::string_view token) {
  if (token.find(' ') != std::string_view::npos)
    return "access_token: holds a space; pass the token alone, without `Bearer`";
  const bool visible =
      std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < 0x7f; });
  if (!visible)
    return "access_token: holds a line break, a control or a non-ASCII character; pass the token "
           "alone";
  return {};
}

/// What is wrong with headers that the user adds; empty when nothing is.
inline std::string headers_problem(const std::string& member, const HttpHeaders& headers,
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

/// Why an id cannot be the last segment of `/api/v2/tokens/{userId}`; empty when it can.
inline std::string user_id_problem(std::string_view user_id) {
  if (user_id.empty()) return "is empty";
  if (user_id == "me")
    return "is `me`, which would delete the caller's own token; that is delete_tokens_me";
  if (user_id == "timeout" || user_id == "." || user_id == "..")
    return "is `" + std::string(user_id) + "`, which would address another resource";
  if (user_id.size() > 255) return "is longer than 255 bytes";
  if (std::any_of(user_id.begin(), user_id.end(), is_control)) return "holds a control character";
  return {};
}

PURECLOUD_TOKENS_INLINE std::variant<HttpRequest, Error> make_request(
    const ClientSettings& settings, const AccessToken& token, Call call,
    const CallOptions& options) {
  const std::string_view secret = token.reveal();
  const auto refuse = [&](const std::string& problem) {
    std::string message(call.method);
    message += " " + call.target + (call.user_id ? "{userId}" : "") + ": " + problem;
    return invalid_argument(redact(std::move(message), secret));
  };

  if (token.empty())
    return refuse(
        "access_token: is empty; set Configuration::access_token, or "
        "GENESYSCLOUD_ACCESS_TOKEN for from_environment()");
  if (const auto problem = token_problem(secret); !problem.empty()) return refuse(problem);
  if (const auto problem = headers_problem("headers", options.headers, secret); !problem.empty())
    return refuse(problem);
  if (options.deadline && options.deadline->count() <= 0)
    return refuse("deadline: must be greater than zero");
  if (call.user_id) {
    if (const auto problem = user_id_problem(*call.user_id); !problem.empty())
      return refuse("user_id: " + problem + "; pass the id of a user");
    call.target += percent_encode(*call.user_id);
  }

  HttpRequest request;
  request.method = call.method;
  request.target =
      settings.base_path.empty() ? std::move(call.target) : settings.base_path + call.target;
  request.headers = settings.headers;
  std::string& authorization = request.headers["Authorization"];
  authorization.reserve(7 + secret.size());
  authorization.append("Bearer ").append(secret);
  if (!call.body.empty()) request.headers["Content-Type"] = "application/json";
  for (const auto& [name, value] : options.headers) request.headers[name] = value;
  request.body = std::move(call.body);
  return request;
}

PURECLOUD_TOKENS_INLINE double random_fraction() {
  thread_local std::minstd_rand generator{std::random_device{}()};
  return std::uniform_real_distribution<double>(0.0, 1.0)(generator);
}

PURECLOUD_TOKENS_INLINE Moment current_moment() {
  return {std::chrono::steady_clock::now(), std::chrono::system_clock::now()};
}

PURECLOUD_TOKENS_INLINE void sleep_until(Deadline until) { std::this_thread::sleep_until(until); }

PURECLOUD_TOKENS_INLINE void notify(const ClientSettings& settings, const Exchange& exchange,
                                    const HttpResult& result, std::chrono::nanoseconds duration) {
  const HttpRequest& request = exchange.request();
  const std::string_view secret = bearer_of(request);
  AttemptEvent event;
  event.method = request.method;
  event.path = redact(request.target.substr(0, request.target.find('?')), secret);
  event.attempt = exchange.attempts() + 1;
  event.duration = duration;
  if (const auto* response = std::get_if<HttpResponse>(&result)) {
    event.status = response->status;
    event.bytes = response->body.size();
    const auto id = response->headers.find("ININ-Correlation-Id");
    if (id != response->headers.end())
      event.correlation_id = ascii_line(redact(id->second, secret), 128);
  } else {
    event.error = std::get<HttpFailure>(result).kind;
  }
  try {
    settings.configuration.observer(event);
  } catch (...) {
    // an observer must not change what the call returns
  }
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
