// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include <purecloud/access_token.hpp>
#include <purecloud/detail/call/operation.hpp>
#include <purecloud/detail/call/settings.hpp>
#include <purecloud/http.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// What is wrong with a call before anything of it is sent; empty when nothing is.
std::string call_problem(const OperationCall& call, std::string_view secret);

/// The request of a call, but for its Authorization.
HttpRequest make_request(const ClientSettings& settings, OperationCall& call);

/// Gives a request an Authorization of `scheme` (RFC 9110, 11.6.2).
void authorize(HttpRequest& request, std::string_view scheme, std::string_view credentials);

/// Overwrites what may be secret in a request that is about to be freed.
void wipe_secrets(HttpRequest& request);
/// The same for its Authorization alone.
void wipe_authorization(HttpRequest& request);

/// The token of a request with a Bearer Authorization; empty when it has none.
std::string_view bearer_token_of(const HttpRequest& request);

/// `GET /api/v2/tokens/me`: a request in a message, without the query.
std::string name_of(const HttpRequest& request);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/call/request.ipp>
#endif
