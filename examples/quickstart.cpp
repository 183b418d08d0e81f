// SPDX-License-Identifier: MIT

// The life of an access token: verify it, inspect it, change how long it may idle, log out.
//
// Set GENESYSCLOUD_ACCESS_TOKEN (and GENESYSCLOUD_REGION) to look at a token of yours in the cloud,
// without changing anything. Otherwise a stand-in for the cloud serves on 127.0.0.1.

#include <exception>
#include <iostream>

#include <purecloud/testing.hpp>
#include <purecloud/tokens.hpp>

namespace {

void look(const purecloud::TokensApi& tokens) {
  std::cout << "valid:        " << (tokens.head_tokens_me() ? "yes" : "no") << '\n';

  purecloud::GetTokensMeOptions options;
  options.preserve_idle_ttl = true;  // this call leaves the idle timer alone
  const purecloud::TokenInfo info = tokens.get_tokens_me(options);
  if (info.organization)
    std::cout << "organization: " << info.organization->name.value_or("?") << '\n';
  if (info.date_token_idles)
    std::cout << "idles at:     "
              << purecloud::format_timestamp(*info.date_token_idles).value_or("?") << '\n';

  const purecloud::IdleTokenTimeout timeout = tokens.get_tokens_timeout();
  std::cout << "idle timeout: " << timeout.idle_token_timeout_seconds.value_or(0) << " s\n";
}

void change(const purecloud::TokensApi& tokens) {
  purecloud::IdleTokenTimeout timeout = tokens.get_tokens_timeout();
  timeout.idle_token_timeout_seconds = 900;
  timeout.inactivity_timeout_unit = purecloud::InactivityTimeoutUnit::minutes;
  timeout = tokens.put_tokens_timeout(timeout);
  std::cout << "changed to:   " << timeout.idle_token_timeout_seconds.value_or(0) << " s\n";
}

void log_out(const purecloud::TokensApi& tokens) {
  tokens.delete_tokens_me();
  const purecloud::Error error = tokens.try_get_tokens_me().error();
  std::cout << "logged out:   " << error.status << ", correlation id " << error.correlation_id
            << '\n';
}

void whole_life_of_a_token() {
  purecloud::testing::FakeTokensServer cloud;
  purecloud::testing::TokenGrant grant;
  grant.permissions = {"directory:organization:admin"};
  purecloud::Configuration config;
  config.base_url = cloud.base_url();
  config.access_token = cloud.service().issue_token(grant);
  const purecloud::TokensApi tokens{config};
  look(tokens);
  change(tokens);
  log_out(tokens);
}

}  // namespace

int main() try {
  const auto config = purecloud::Configuration::from_environment();
  if (config.access_token.empty())
    whole_life_of_a_token();
  else
    look(purecloud::TokensApi{config});
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}

/* Output:
valid:        yes
organization: Fake Org
idles at:     2026-01-01T08:00:00.000Z
idle timeout: 28800 s
changed to:   900 s
logged out:   401, correlation id fa4e0000-0000-4000-8000-000000000007
*/
