// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include <purecloud/model/oauth_token.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Decodes the login host's response to a grant (RFC 6749, 5.1). Returns what is wrong with it,
/// with the place as a JSON pointer; empty if nothing is.
std::string decode_oauth_token(std::string_view body, OAuthToken& granted);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/oauth/token_response.ipp>
#endif
