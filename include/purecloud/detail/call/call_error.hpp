// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include <purecloud/detail/text/redaction.hpp>
#include <purecloud/error.hpp>
#include <purecloud/http.hpp>
#include <purecloud/result.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// A header's value; empty without one.
std::string_view header(const HttpResponse& response, std::string_view name);

/// What the errors of one call have in common.
struct CallDescription {
  const HttpRequest& request;
  Redactor redactor;
  std::string login_host;  ///< of a request for a token, whose response is secret; else empty
};

/// The error of a call that ended without a response that could be used. `problem` may hold text of
/// the peer's.
Error failure_error(ErrorKind kind, const CallDescription& call, const CallRecord& record,
                    std::string problem);

/// The error for a status that is neither 2xx nor expected.
Error status_error(const CallDescription& call, const CallRecord& record);

/// The error for a 2xx whose body is not what the operation returns. `problem` says why.
Error decode_error(const CallDescription& call, const CallRecord& record,
                   const std::string& problem);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/call/call_error.ipp>
#endif
