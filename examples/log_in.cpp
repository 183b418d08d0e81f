// SPDX-License-Identifier: MIT

// A service that logs in with client credentials. It gets a token at its first call, and renews it
// before it expires.
//
// Set GENESYSCLOUD_OAUTHCLIENT_ID, GENESYSCLOUD_OAUTHCLIENT_SECRET and GENESYSCLOUD_REGION for the
// real cloud; otherwise a stand-in serves on 127.0.0.1.

#include <chrono>
#include <exception>
#include <iostream>

#include <purecloud/testing.hpp>
#include <purecloud/tokens.hpp>

namespace {

void call(const purecloud::TokensApi& tokens) {
  const auto info = tokens.try_get_tokens_me();
  if (!info) throw purecloud::ApiException(info.error());
  std::cout << (info->organization ? info->organization->name.value_or("?") : "?") << ", after "
            << info.attempts() << " attempt(s)\n";
}

}  // namespace

int main() try {
  auto config = purecloud::Configuration::from_environment();
  if (!config.client_credentials.client_id.empty()) {
    call(purecloud::TokensApi{config});
    return 0;
  }
  purecloud::testing::FakeTokensServer cloud;
  config.base_url = config.login_url = cloud.base_url();
  config.client_credentials = cloud.service().register_client();
  const purecloud::TokensApi tokens{config};
  call(tokens);
  cloud.service().advance(std::chrono::hours(9));  // idle for too long: the cloud responds with 401
  call(tokens);
  tokens.delete_tokens_me();
  std::cout << "logged out; the next call logs in again\n";
  call(tokens);
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}

/* Output:
Fake Org, after 1 attempt(s)
Fake Org, after 2 attempt(s)
logged out; the next call logs in again
Fake Org, after 1 attempt(s)
*/
