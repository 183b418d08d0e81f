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

/// Returns the value of a header field; empty if the response does not have it.
std::string_view header(const HttpResponse& response, std::string_view name);

/// The request of a call, and the secrets that its errors must not show.
struct CallDescription {
  const HttpRequest& request;
  const Redactor& redactor;
  std::string login_host;  ///< for token requests, whose response is secret; else empty
};

/// Returns the error of a call that ended without a usable response. `problem` may contain text
/// from the peer.
Error failure_error(ErrorKind kind, const CallDescription& call, const CallRecord& record,
                    std::string problem);

/// Returns the error for a status that is neither 2xx nor expected.
Error status_error(const CallDescription& call, const CallRecord& record);

/// Returns the error for a 2xx whose body is not what the operation returns. `problem` says why.
Error decode_error(const CallDescription& call, const CallRecord& record,
                   const std::string& problem);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/call/call_error.ipp>
#endif
