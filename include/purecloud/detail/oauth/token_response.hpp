// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include <purecloud/model/oauth_token.hpp>
#include <purecloud/result.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Decodes the login host's response to a grant (RFC 6749, 5.1). An error is ErrorKind::decode, and
/// its message gives the place as a JSON pointer.
Result<OAuthToken> decode_oauth_token(std::string_view body);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/oauth/token_response.ipp>
#endif
