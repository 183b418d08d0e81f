// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <purecloud/tokens.hpp>

/// An access token or client credentials, and the host and proxy that go with them.
struct Credentials {
  purecloud::Configuration configuration;
  std::string source;  ///< where they came from, for people
};

/// Reads credentials from the environment and from a profile of the official command-line tool,
/// `[DEFAULT]` if `profile_name` is empty. A variable takes precedence over the profile's key.
/// Throws Failure: token_not_valid if there are no credentials, usage for a profile that cannot be
/// used. Throws ApiException for a variable that cannot be used.
Credentials load_credentials(const std::string& profile_name);
