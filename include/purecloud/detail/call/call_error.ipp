// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include <purecloud/detail/call/call_error.hpp>
#include <purecloud/detail/call/request.hpp>
#include <purecloud/detail/json/decoder.hpp>
#include <purecloud/detail/json/error_body.hpp>
#include <purecloud/detail/json/type.hpp>
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

/// Describes an unexpected body for a message: `text/html, beginning with "<html>"`.
inline std::string describe_body(const CallDescription& call, const HttpResponse& response) {
  if (response.body.empty()) return "an empty body";
  const std::string_view type = header(response, "Content-Type");
  const std::string_view encoding = header(response, "Content-Encoding");
  std::string text = type.empty() ? "a body without Content-Type" : ascii_line(type, 80);
  if (!encoding.empty()) text += " in the encoding " + ascii_line(encoding, 40);
  if (!call.login_host.empty()) return text;  // the body may be a new token
  return text + ", beginning with \"" + ascii_line(response.body, 80) + "\"";
}

/// Returns the part of an error's message that follows the status.
inline std::string describe_status(const CallDescription& call, const HttpResponse& response,
                                   const std::optional<ErrorBody>& body) {
  if (response.status / 100 == 3) {
    std::string_view location = header(response, "Location");
    location = location.substr(0, location.find_first_of("?#"));
    return " redirect to " + (location.empty() ? "nowhere" : ascii_line(location, 200)) +
           (call.login_host.empty()
                ? ", not followed, because the access token would travel there; check base_url"
                : ", not followed, because the client's secret would travel there; check "
                  "login_url");
  }
  if (body && (body->code || body->message)) {
    std::string text;
    if (body->code) text += " " + one_line(*body->code, 100);
    if (body->message) text += (body->code ? ": " : " ") + one_line(*body->message, 500);
    return text;
  }
  if (response.body.empty()) return " without a body";
  return ", not in the API's own form, but " + describe_body(call, response);
}

/// Returns a response without its secrets. Its body is cut to `body_size` bytes, because the search
/// for secrets in a very large body would outlast the deadline.
inline HttpResponse redact(const HttpResponse& response, const Redactor& redactor,
                           std::size_t body_size) {
  HttpResponse shown = redactor.redact(
      HttpResponse{response.status, response.headers, response.body.substr(0, body_size)});
  // the cut body may end with a part of a secret that is too short to be found
  constexpr std::size_t longest_piece = 160;
  if (response.body.size() > body_size)
    shown.body.resize(shown.body.size() - (std::min)(shown.body.size(), longest_piece));
  return shown;
}

/// Returns an error without a response.
inline Error call_error(ErrorKind kind, const CallDescription& call, const CallRecord& record,
                        std::string message) {
  Error error;
  error.kind = kind;
  error.attempts = record.attempts;
  error.login_failed = !call.login_host.empty();
  if (record.attempts > 1) message += " (after " + std::to_string(record.attempts) + " attempts)";
  error.message = call.redactor.redact(name_of(call.request) + ": " + std::move(message));
  return error;
}

/// Returns an error with a response. Its message ends with the correlation id.
inline Error response_error(ErrorKind kind, const CallDescription& call, const CallRecord& record,
                            const HttpResponse& shown, std::string message,
                            std::optional<ErrorBody> body) {
  Error error = call_error(kind, call, record, std::move(message));
  error.status = shown.status;
  error.correlation_id = ascii_line(header(shown, "ININ-Correlation-Id"), 128);
  if (error.correlation_id.empty() && body && body->context_id)
    error.correlation_id = one_line(*body->context_id, 128);
  if (!error.correlation_id.empty())
    error.message += " (correlation id " + error.correlation_id + ")";
  if (body) error.body.emplace(*std::move(body));
  return error;
}

/// Returns the string in a member that ErrorBody does not have.
inline std::optional<std::string> text_of(const ErrorBody& body, const char* member) {
  const auto found = body.additional_properties.find(member);
  if (found == body.additional_properties.end()) return std::nullopt;
  std::string text;
  if (!decode_json(found->second, {&text, &json_type<std::string>, {}}).empty())
    return std::nullopt;
  return text;
}

/// Converts an error body of OAuth (RFC 6749, 5.2) to the form of the API.
inline ErrorBody oauth_error_body(const ErrorBody& body) {
  ErrorBody error;
  error.code = body.code ? body.code : text_of(body, "error");
  error.message = text_of(body, "error_description");
  if (!error.message) error.message = text_of(body, "description");
  if (!error.message) error.message = body.message;
  error.context_id = body.context_id;
  return error;
}

PURECLOUD_TOKENS_INLINE Error failure_error(ErrorKind kind, const CallDescription& call,
                                            const CallRecord& record, std::string problem) {
  return call_error(kind, call, record, one_line(call.redactor.redact(std::move(problem)), 500));
}

PURECLOUD_TOKENS_INLINE Error status_error(const CallDescription& call, const CallRecord& record) {
  const HttpResponse shown = redact(*record.response, call.redactor, 1024 * 1024);
  std::optional<ErrorBody> body = decode_error_body(shown.body);
  if (body && !call.login_host.empty()) body.emplace(oauth_error_body(*body));
  std::string message = std::to_string(shown.status) + describe_status(call, shown, body);
  if (!call.login_host.empty())
    message += body && body->code == "invalid_client"
                   ? "; check the client id and secret, and that " + call.login_host +
                         " is the region of your organization"
                   : "; from " + call.login_host;
  return response_error(ErrorKind::http_status, call, record, shown, std::move(message),
                        std::move(body));
}

PURECLOUD_TOKENS_INLINE Error decode_error(const CallDescription& call, const CallRecord& record,
                                           const std::string& problem) {
  const HttpResponse shown = redact(*record.response, call.redactor, 1024);
  std::string message = std::to_string(shown.status) +
                        ", but the body is not what the operation returns: " + problem +
                        "; it is " + describe_body(call, shown);
  if (!call.login_host.empty()) message += "; from " + call.login_host;
  return response_error(ErrorKind::decode, call, record, shown, std::move(message), std::nullopt);
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
