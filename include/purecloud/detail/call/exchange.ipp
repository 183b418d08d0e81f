// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <utility>
#include <variant>

#include <purecloud/detail/call/exchange.hpp>
#include <purecloud/detail/longest_time.hpp>
#include <purecloud/detail/call/retry_after.hpp>
#include <purecloud/detail/text/redaction.hpp>
#include <purecloud/detail/text/text.hpp>
#include <purecloud/json.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// A header's value; empty without one.
inline std::string_view header(const HttpResponse& response, std::string_view name) {
  const auto found = response.headers.find(name);
  return found == response.headers.end() ? std::string_view() : std::string_view(found->second);
}

PURECLOUD_TOKENS_INLINE std::string_view bearer_of(const HttpRequest& request) {
  const auto found = request.headers.find("Authorization");
  if (found == request.headers.end()) return {};
  constexpr std::string_view scheme = "Bearer ";
  const std::string_view value = found->second;
  return value.substr(0, scheme.size()) == scheme ? value.substr(scheme.size())
                                                  : std::string_view();
}

PURECLOUD_TOKENS_INLINE std::string name_of(const HttpRequest& request) {
  return request.method + " " + request.target.substr(0, request.target.find('?'));
}

constexpr std::size_t longest_error_body = 1024 * 1024;

/// `text/html, beginning with "<html>"`: a body that is not what was expected.
inline std::string describe_body(const HttpResponse& response) {
  if (response.body.empty()) return "an empty body";
  const std::string_view type = header(response, "Content-Type");
  const std::string_view encoding = header(response, "Content-Encoding");
  std::string text = type.empty() ? "a body without Content-Type" : ascii_line(type, 80);
  if (!encoding.empty()) text += " in the encoding " + ascii_line(encoding, 40);
  return text + ", beginning with \"" + ascii_line(response.body, 80) + "\"";
}

/// What stands after the status in the message of an answer that is an error.
inline std::string describe_status(const HttpResponse& response,
                                   const std::optional<ErrorBody>& body) {
  if (response.status / 100 == 3) {
    std::string_view location = header(response, "Location");
    location = location.substr(0, location.find_first_of("?#"));
    return " redirect to " + (location.empty() ? "nowhere" : ascii_line(location, 200)) +
           ", not followed, because the access token would travel there; check base_url";
  }
  if (body && (body->code || body->message)) {
    std::string text;
    if (body->code) text += " " + one_line(*body->code, 100);
    if (body->message) text += (body->code ? ": " : " ") + one_line(*body->message, 500);
    return text;
  }
  if (response.body.empty()) return " without a body";
  return ", not in the API's own form, but " + describe_body(response);
}

/// A record whose answer may be shown. To redact what was cut short would leave most of a secret.
inline CallRecord redact(CallRecord record, std::string_view secret) {
  for (auto& [name, value] : record.response->headers) value = redact(std::move(value), secret);
  // to look for a secret in a body without bound would outlast the deadline
  std::string& body = record.response->body;
  if (body.size() > longest_error_body) body.resize(longest_error_body);
  body = redact(std::move(body), secret);
  return record;
}

/// Whatever an Error takes from its request and its redacted answer. The message is the caller's.
inline Error error_of(ErrorKind kind, const HttpRequest& request, const CallRecord& record,
                      std::string message) {
  Error error;
  error.kind = kind;
  error.attempts = record.attempts;
  const std::string_view secret = bearer_of(request);
  if (record.response) {
    error.status = record.response->status;
    error.correlation_id = ascii_line(header(*record.response, "ININ-Correlation-Id"), 128);
  }
  if (record.attempts > 1) message += " (after " + std::to_string(record.attempts) + " attempts)";
  error.message = redact(name_of(request) + ": " + std::move(message), secret);
  return error;
}

inline void append_correlation_id(Error& error) {
  if (!error.correlation_id.empty())
    error.message += " (correlation id " + error.correlation_id + ")";
}

PURECLOUD_TOKENS_INLINE Error decode_error(const HttpRequest& request, const CallRecord& record,
                                           const Error& problem) {
  const CallRecord shown = redact(record, bearer_of(request));
  const HttpResponse& response = *shown.response;
  Error error = error_of(ErrorKind::decode, request, shown,
                         std::to_string(response.status) + ", but the body is not what is due: " +
                             problem.message + "; it is " + describe_body(response));
  append_correlation_id(error);
  return error;
}

inline Error status_error(const HttpRequest& request, const CallRecord& record) {
  const CallRecord shown = redact(record, bearer_of(request));
  const HttpResponse& response = *shown.response;
  std::optional<ErrorBody> body;
  if (auto parsed = from_json<ErrorBody>(response.body)) body = *std::move(parsed);

  Error error = error_of(ErrorKind::http_status, request, shown,
                         std::to_string(response.status) + describe_status(response, body));
  if (error.correlation_id.empty() && body && body->context_id)
    error.correlation_id = one_line(*body->context_id, 128);
  append_correlation_id(error);
  error.body = std::move(body);
  return error;
}

PURECLOUD_TOKENS_INLINE Exchange::Exchange(HttpRequest request, Unauthorized unauthorized,
                                           const RetryPolicy& retry, const Timeouts& timeouts,
                                           std::chrono::milliseconds total, Deadline now)
    : request_(std::move(request)),
      unauthorized_(unauthorized),
      retry_(retry),
      timeouts_(timeouts),
      total_((std::min)(total, longest_time)),
      deadline_(now + total_) {}

PURECLOUD_TOKENS_INLINE Exchange::Step Exchange::start(Deadline now) {
  return send_or_give_up(now);
}

PURECLOUD_TOKENS_INLINE Exchange::Step Exchange::waited(Deadline now) {
  return send_or_give_up(now);
}

PURECLOUD_TOKENS_INLINE Exchange::Step Exchange::send_or_give_up(Deadline now) {
  if (now >= deadline_) return give_up(now);
  return {Action::send, (std::min)(deadline_, now + (std::min)(timeouts_.attempt, longest_time))};
}

PURECLOUD_TOKENS_INLINE Exchange::Step Exchange::received(HttpResult result, Moment now,
                                                          double random) {
  ++attempts_;
  last_ = std::move(result);
  delay_.reset();
  if (auto* response = std::get_if<HttpResponse>(&last_)) {
    // A header may carry an encoded line break, which some HTTP libraries decode.
    for (auto& [name, value] : response->headers)
      std::replace_if(value.begin(), value.end(), is_control, ' ');
    // Users log it, straight from the Result.
    const auto id = response->headers.find("ININ-Correlation-Id");
    if (id != response->headers.end())
      id->second = redact(std::move(id->second), bearer_of(request_));
  }
  if (succeeded()) return {Action::done, now.steady};

  delay_ = requested_delay(now);
  if (!may_retry() || attempts_ >= retry_.max_attempts) return give_up(now.steady);
  if (!delay_) {
    const double doubled =
        std::ldexp(static_cast<double>(retry_.base_delay.count()), (std::min)(attempts_ - 1, 60));
    const auto max_delay = (std::min)(retry_.max_delay, longest_time);
    const double bound = (std::min)(doubled, static_cast<double>(max_delay.count()));
    delay_ = std::chrono::milliseconds(static_cast<std::chrono::milliseconds::rep>(bound * random));
  }
  if (*delay_ >= deadline_ - now.steady) return give_up(now.steady);
  return {Action::wait, now.steady + *delay_};
}

PURECLOUD_TOKENS_INLINE bool Exchange::succeeded() const {
  const auto* response = std::get_if<HttpResponse>(&last_);
  if (!response) return false;
  if (response->status / 100 == 2) return true;
  if (response->status != 401) return false;
  return unauthorized_ == Unauthorized::is_answer ||
         (unauthorized_ == Unauthorized::is_success_of_retry && attempts_ > 1);
}

PURECLOUD_TOKENS_INLINE bool Exchange::may_retry() const {
  if (const auto* failure = std::get_if<HttpFailure>(&last_))
    return failure->kind == ErrorKind::connection || failure->kind == ErrorKind::timeout;
  switch (std::get<HttpResponse>(last_).status) {
    case 429:
    case 502:
    case 503:
    case 504: return true;
    default: return false;
  }
}

PURECLOUD_TOKENS_INLINE std::optional<std::chrono::milliseconds> Exchange::requested_delay(
    Moment now) const {
  const auto* response = std::get_if<HttpResponse>(&last_);
  if (!response) return std::nullopt;
  // A date is measured against the server's own clock where it says it: ours may be wrong.
  const auto date = parse_http_date(header(*response, "Date"));
  return parse_retry_after(header(*response, "Retry-After"), date.value_or(now.utc));
}

PURECLOUD_TOKENS_INLINE Exchange::Step Exchange::give_up(Deadline now) {
  CallRecord record;
  record.attempts = attempts_;
  const auto* failure = std::get_if<HttpFailure>(&last_);
  if (attempts_ == 0 || (failure && failure->kind == ErrorKind::timeout && now >= deadline_)) {
    error_ = error_of(
        ErrorKind::timeout, request_, record,
        "no answer within the call's deadline of " + std::to_string(total_.count()) + " ms");
  } else if (failure) {
    error_ = error_of(failure->kind, request_, record,
                      one_line(redact(failure->message, bearer_of(request_)), 500));
  } else {
    record.response = std::get<HttpResponse>(std::move(last_));
    error_ = status_error(request_, record);
    last_ = *std::move(record.response);
  }
  if (delay_) error_->retry_after = std::chrono::ceil<std::chrono::seconds>(*delay_);
  return {Action::done, now};
}

PURECLOUD_TOKENS_INLINE Outcome Exchange::outcome() && {
  Outcome outcome;
  outcome.error = std::move(error_);
  outcome.record.attempts = attempts_;
  if (auto* response = std::get_if<HttpResponse>(&last_); response && attempts_ > 0)
    outcome.record.response = std::move(*response);
  return outcome;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
