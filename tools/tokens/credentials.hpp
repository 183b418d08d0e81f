// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <purecloud/tokens.hpp>

/// An access token or client credentials, and the host and proxy that go with them.
struct Credentials {
  purecloud::Configuration configuration;
  std::string source;  ///< where they came from, for people
};

/// From the environment and a profile of the official command-line tool, `[DEFAULT]` when no name
/// is given; a variable that is set goes before the profile's key. Throws Failure (token_not_valid)
/// where there are none, Failure (usage) for a profile and ApiException for a variable that cannot
/// be used.
Credentials load_credentials(const std::string& profile_name);
