// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <exception>
#include <random>
#include <thread>

#include <purecloud/detail/call/request.hpp>
#include <purecloud/detail/text/redaction.hpp>
#include <purecloud/detail/text/text.hpp>
#include <purecloud/detail/text/url.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

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
