// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <utility>

#include <purecloud/detail/call/call_error.hpp>
#include <purecloud/detail/call/request.hpp>
#include <purecloud/detail/text/text.hpp>
#include <purecloud/json.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

PURECLOUD_TOKENS_INLINE std::string_view header(const HttpResponse& response,
                                                std::string_view name) {
  const auto found = response.headers.find(name);
  return found == response.headers.end() ? std::string_view() : std::string_view(found->second);
}

/// `text/html, beginning with "<html>"`: a body that is not what was expected.
inline std::string describe_body(const HttpResponse& response) {
  if (response.body.empty()) return "an empty body";
  const std::string_view type = header(response, "Content-Type");
  const std::string_view encoding = header(response, "Content-Encoding");
  std::string text = type.empty() ? "a body without Content-Type" : ascii_line(type, 80);
  if (!encoding.empty()) text += " in the encoding " + ascii_line(encoding, 40);
  return text + ", beginning with \"" + ascii_line(response.body, 80) + "\"";
}

/// What stands after the status in the message of a response that is an error.
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

/// A response that may be shown.
inline HttpResponse redact(HttpResponse response, const Redactor& redactor) {
  constexpr std::size_t longest_body = 1024 * 1024;
  // to look for a secret in a body without bound would outlast the deadline
  if (response.body.size() > longest_body) response.body.resize(longest_body);
  return redactor.redact(std::move(response));
}

/// Whatever an Error takes from its request and its redacted response.
inline Error call_error(ErrorKind kind, const HttpRequest& request, const CallRecord& record,
                        const Redactor& redactor, std::string message) {
  Error error;
  error.kind = kind;
  error.attempts = record.attempts;
  if (record.attempts > 1) message += " (after " + std::to_string(record.attempts) + " attempts)";
  error.message = redactor.redact(name_of(request) + ": " + std::move(message));
  return error;
}

/// The same for an error with a response, whose correlation id it ends with.
inline Error response_error(ErrorKind kind, const HttpRequest& request, const CallRecord& record,
                            const HttpResponse& shown, const Redactor& redactor,
                            std::string message, std::optional<ErrorBody> body) {
  Error error = call_error(kind, request, record, redactor, std::move(message));
  error.status = shown.status;
  error.correlation_id = ascii_line(header(shown, "ININ-Correlation-Id"), 128);
  if (error.correlation_id.empty() && body && body->context_id)
    error.correlation_id = one_line(*body->context_id, 128);
  if (!error.correlation_id.empty())
    error.message += " (correlation id " + error.correlation_id + ")";
  error.body = std::move(body);
  return error;
}

PURECLOUD_TOKENS_INLINE Error failure_error(ErrorKind kind, const HttpRequest& request,
                                            const CallRecord& record, const Redactor& redactor,
                                            std::string problem) {
  return call_error(kind, request, record, redactor,
                    one_line(redactor.redact(std::move(problem)), 500));
}

PURECLOUD_TOKENS_INLINE Error status_error(const HttpRequest& request, const CallRecord& record,
                                           const Redactor& redactor) {
  const HttpResponse shown = redact(*record.response, redactor);
  std::optional<ErrorBody> body;
  if (auto parsed = from_json<ErrorBody>(shown.body)) body = *std::move(parsed);
  std::string message = std::to_string(shown.status) + describe_status(shown, body);
  return response_error(ErrorKind::http_status, request, record, shown, redactor,
                        std::move(message), std::move(body));
}

PURECLOUD_TOKENS_INLINE Error decode_error(const HttpRequest& request, const CallRecord& record,
                                           const Redactor& redactor, const std::string& problem) {
  const HttpResponse shown = redact(*record.response, redactor);
  return response_error(ErrorKind::decode, request, record, shown, redactor,
                        std::to_string(shown.status) +
                            ", but the body is not what the operation returns: " + problem +
                            "; it is " + describe_body(shown),
                        std::nullopt);
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
