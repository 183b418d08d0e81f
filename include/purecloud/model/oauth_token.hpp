// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include <purecloud/access_token.hpp>
#include <purecloud/secret.hpp>

namespace purecloud {
inline namespace v1 {

/// What the login host grants (RFC 6749, 5.1). It has no to_json: it is secret.
struct OAuthToken {
  AccessToken access_token;             ///< for Configuration::access_token, or with_access_token()
  std::optional<Secret> refresh_token;  ///< of the authorization code grant: for OAuthApi::refresh()
  std::string token_type;               ///< `bearer`; empty when the host did not say
  std::optional<std::chrono::seconds> expires_in;  ///< greater than zero; none: not said
};

}  // namespace v1
}  // namespace purecloud
