// SPDX-License-Identifier: MIT

// The life of an access token: log in, verify it, inspect it, let it expire and be renewed, log
// out.
//
// Set GENESYSCLOUD_ACCESS_TOKEN, or GENESYSCLOUD_OAUTHCLIENT_ID and GENESYSCLOUD_OAUTHCLIENT_SECRET
// (and GENESYSCLOUD_REGION) to inspect your own token in the cloud, without changing anything.
// Otherwise a stand-in for the cloud serves on 127.0.0.1.

#include <chrono>
#include <exception>
#include <iostream>

#include <purecloud/testing.hpp>
#include <purecloud/tokens.hpp>

namespace {

void look(const purecloud::TokensApi& tokens) {
  std::cout << "valid:        " << (tokens.head_tokens_me() ? "yes" : "no") << '\n';

  purecloud::GetTokensMeOptions options;
  options.preserve_idle_ttl = true;  // this call does not reset the idle timer
  const purecloud::TokenInfo info = tokens.get_tokens_me(options);
  if (info.organization)
    std::cout << "organization: " << info.organization->name.value_or("?") << '\n';
  if (info.date_token_idles)
    std::cout << "idles at:     "
              << purecloud::format_timestamp(*info.date_token_idles).value_or("?") << '\n';

  const purecloud::IdleTokenTimeout timeout = tokens.get_tokens_timeout();
  std::cout << "idle timeout: " << timeout.idle_token_timeout_seconds.value_or(0) << " s\n";
}

void log_out(const purecloud::TokensApi& tokens) {
  tokens.delete_tokens_me();
  std::cout << "logged out\n";
}

void whole_life_of_a_token() {
  purecloud::testing::FakeTokensServer cloud;
  purecloud::Configuration config;
  config.base_url = config.login_url = cloud.base_url();
  config.client_credentials = cloud.service().register_client();
  const purecloud::TokensApi tokens{config};
  tokens.get_tokens_me();  // gets a token first
  std::cout << "logged in\n";
  look(tokens);

  cloud.service().advance(std::chrono::hours(9));
  std::cout << "nine hours later: renewed with " << tokens.try_get_tokens_me().attempts()
            << " attempts\n";
  log_out(tokens);
}

}  // namespace

int main() try {
  const auto config = purecloud::Configuration::from_environment();
  if (config.access_token.empty() && config.client_credentials.client_id.empty())
    whole_life_of_a_token();
  else
    look(purecloud::TokensApi{config});
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}

/* Output:
logged in
valid:        yes
organization: Fake Org
idles at:     2026-01-01T08:00:00.000Z
idle timeout: 28800 s
nine hours later: renewed with 2 attempts
logged out
*/
