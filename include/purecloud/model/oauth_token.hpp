// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include <purecloud/access_token.hpp>
#include <purecloud/secret.hpp>

namespace purecloud {
inline namespace v1 {

/// The login host's response to a grant (RFC 6749, 5.1). It has no to_json, because it is secret.
struct OAuthToken {
  AccessToken access_token;             ///< for Configuration::access_token, or with_access_token()
  std::optional<Secret> refresh_token;  ///< from an authorization code; for OAuthApi::refresh()
  std::string token_type;               ///< `bearer`; empty if the response has none
  std::optional<std::chrono::seconds> expires_in;  ///< greater than zero, if the response has it
};

}  // namespace v1
}  // namespace purecloud
