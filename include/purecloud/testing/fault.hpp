// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include <purecloud/http.hpp>

namespace purecloud {
inline namespace v1 {
namespace testing {

/// A fault that a FakeTokensService shows in one request. Made by the functions below.
struct Fault {
  /// An error response with the API's code and message for this status.
  static Fault status(int status);
  /// 429 or 503 with `Retry-After`; `value` is in seconds or an HTTP-date.
  static Fault retry_after(int status, std::string value);
  /// Any response, for example a captive portal's page.
  static Fault answer(HttpResponse response);
  /// No response. With ErrorKind::timeout, FakeBackend moves the service's clock to the attempt's
  /// deadline. Over HTTP (FakeTokensServer, mount()) the connection breaks within the response's
  /// body, for any kind; the response to HEAD has no body, and is 503 instead.
  static Fault failure(ErrorKind kind);
  /// The request is carried out, but its response is lost.
  static Fault lost_answer();

  std::optional<HttpResponse> response;  ///< the response; nothing for a failure
  std::optional<ErrorKind> kind;         ///< the kind of a failure
  bool carry_out = false;                ///< whether the request is carried out
};

}  // namespace testing
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_TESTING_BODIES
#include <purecloud/testing/fault.ipp>
#endif
