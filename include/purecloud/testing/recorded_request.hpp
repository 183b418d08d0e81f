// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <purecloud/http.hpp>

namespace purecloud {
inline namespace v1 {
namespace testing {

/// A request that a FakeTokensService received, without its secrets: `<access token>` replaces the
/// token; `<secret>` replaces a client's secret and the members `code`, `code_verifier`,
/// `refresh_token`, `assertion` and `client_secret` of a form.
struct RecordedRequest {
  std::string method;          ///< `GET`, `HEAD`, `PUT`, `DELETE` or `POST`
  std::string target;          ///< path and query
  HttpHeaders headers;         ///< the value of `Authorization` is `Bearer <access token>` or
                               ///< `Basic <secret>`
  std::string body;            ///< `<secret>` for a token request that is not a form
  int status = 0;              ///< the status of the response; 0 without one
  std::string correlation_id;  ///< of the response; empty without one
};

}  // namespace testing

namespace detail {

/// Returns the record of a request, without its secrets.
testing::RecordedRequest fake_record(const HttpRequest& request, int status,
                                     std::string correlation_id);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_TESTING_BODIES
#include <purecloud/testing/recorded_request.ipp>
#endif
