// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include <purecloud/http.hpp>

namespace purecloud {
inline namespace v1 {
namespace testing {

/// One thing that goes wrong, once. Made by the functions below.
struct Fault {
  /// An error response: in the API's own form, with the code and message that it has for the
  /// status.
  static Fault status(int status);
  /// 429 or 503 that asks for a wait: seconds or an HTTP-date.
  static Fault retry_after(int status, std::string value);
  /// Any response: a captive portal's page, a truncated body.
  static Fault answer(HttpResponse response);
  /// No response. With ErrorKind::timeout, FakeBackend's clock moves to the attempt's deadline. A
  /// mounted service breaks the connection off instead, whatever the kind; a HEAD, whose response
  /// has no body to break off in, gets a 503.
  static Fault failure(ErrorKind kind);
  /// The request is carried out, but its response is lost on the way.
  static Fault lost_answer();

  std::optional<HttpResponse> response;  ///< the response; none for a failure
  std::optional<ErrorKind> kind;         ///< of a failure
  bool carry_out = false;                ///< whether the request takes effect all the same
};

}  // namespace testing
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_TESTING_BODIES
#include <purecloud/testing/fault.ipp>
#endif
