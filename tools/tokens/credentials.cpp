// SPDX-License-Identifier: MIT
#include "credentials.hpp"

#include "failure.hpp"

purecloud::Configuration load_credentials() {
  auto configuration = purecloud::Configuration::from_environment();
  if (configuration.access_token.empty())
    throw Failure(ExitCode::token_not_valid,
                  "GENESYSCLOUD_ACCESS_TOKEN is not set: set it to an access token, or look "
                  "around with --demo");
  return configuration;
}
