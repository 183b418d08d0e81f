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

/// Returns what is wrong with a call's arguments and options; empty if nothing is.
std::string call_problem(const OperationCall& call, std::string_view secret);

/// Returns the request of a call, without `Authorization`. Moves the target and the body out of it.
HttpRequest make_request(const ClientSettings& settings, OperationCall& call);

/// Sets the `Authorization` of a request (RFC 9110, 11.6.2).
void authorize(HttpRequest& request, std::string_view scheme, std::string_view credentials);

/// Overwrites the `Authorization` and the body of a request that is about to be freed.
void wipe_secrets(HttpRequest& request);
/// Overwrites the `Authorization` of a request.
void wipe_authorization(HttpRequest& request);

/// Returns the token of a request; empty if its `Authorization` is not `Bearer`.
std::string_view bearer_token_of(const HttpRequest& request);

/// Returns a request's name for messages, without the query: `GET /api/v2/tokens/me`.
std::string name_of(const HttpRequest& request);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/call/request.ipp>
#endif
