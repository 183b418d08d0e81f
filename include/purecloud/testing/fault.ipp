// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include <purecloud/json.hpp>
#include <purecloud/model/error_body.hpp>
#include <purecloud/testing/fault.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// The cloud's code and message for a status.
struct FakeErrorText {
  int status;
  const char* code;
  const char* message;
};

inline const FakeErrorText& fake_error_text(int status) {
  static const FakeErrorText texts[] = {
      {400, "bad.request",
       "The request could not be understood by the server due to malformed syntax."},
      {401, "bad.credentials", "Invalid login credentials."},
      {403, "not.authorized", "You are not authorized to perform the requested action."},
      {404, "not.found", "The requested resource was not found."},
      {415, "unsupported.media.type", "The media type of the request is not supported."},
      {429, "too.many.requests",
       "Rate limit exceeded the maximum. Retry the request in [1] seconds"},
      {500, "internal.server.error", "The server encountered an unexpected condition."},
      {503, "service.unavailable", "The service is temporarily unavailable."},
      {504, "authentication.request.timeout", "The request timed out."},
  };
  static const FakeErrorText other{0, "error", "The request failed."};
  const auto* found =
      std::find_if(std::begin(texts), std::end(texts),
                   [status](const FakeErrorText& text) { return text.status == status; });
  return found == std::end(texts) ? other : *found;
}

inline HttpResponse fake_response(int status, std::string body) {
  return {status, {{"Content-Type", "application/json"}}, std::move(body)};
}

inline HttpResponse fake_error(int status, const std::string& code, const std::string& message) {
  ErrorBody body;
  body.message = message;
  body.code = code;
  body.status = status;
  return fake_response(status, to_json(body));
}

inline HttpResponse fake_error(int status) {
  const FakeErrorText& text = fake_error_text(status);
  return fake_error(status, text.code, text.message);
}

inline HttpResponse method_not_allowed() {
  return fake_error(405, "method.not.allowed", "The method is not allowed for the resource.");
}

}  // namespace detail

namespace testing {

PURECLOUD_TOKENS_INLINE Fault Fault::status(int status) {
  return answer(detail::fake_error(status));
}

PURECLOUD_TOKENS_INLINE Fault Fault::retry_after(int status, std::string value) {
  Fault fault = Fault::status(status);
  fault.response->headers["Retry-After"] = std::move(value);
  return fault;
}

PURECLOUD_TOKENS_INLINE Fault Fault::answer(HttpResponse response) {
  Fault fault;
  fault.response = std::move(response);
  return fault;
}

PURECLOUD_TOKENS_INLINE Fault Fault::failure(ErrorKind kind) {
  Fault fault;
  fault.kind = kind;
  return fault;
}

PURECLOUD_TOKENS_INLINE Fault Fault::lost_answer() {
  Fault fault = failure(ErrorKind::connection);
  fault.carry_out = true;
  return fault;
}

}  // namespace testing
}  // namespace v1
}  // namespace purecloud
