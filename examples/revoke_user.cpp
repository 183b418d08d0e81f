// SPDX-License-Identifier: MIT

// Deletes all tokens of a user, those of the API and those of the UI. Uses the token in
// GENESYSCLOUD_ACCESS_TOKEN, or gets one for the OAuth client in GENESYSCLOUD_OAUTHCLIENT_ID and
// GENESYSCLOUD_OAUTHCLIENT_SECRET. Requires the permission oauth:token:delete.

#include <exception>
#include <iostream>
#include <string_view>

#include <purecloud/tokens.hpp>

int main(int argc, char** argv) try {
  const std::string_view user_id = argc == 2 ? argv[1] : "";
  if (user_id.empty() || user_id.front() == '-') {
    std::cerr << "usage: revoke_user USER_ID\n";
    return 2;
  }

  const purecloud::TokensApi tokens{purecloud::Configuration::from_environment()};
  const auto revoked = tokens.try_delete_token(user_id);
  if (revoked) {
    std::cout << "revoked all tokens of " << user_id << '\n';
    return 0;
  }
  std::cerr << "revoke_user: " << revoked.error() << '\n';
  if (revoked.error().status == 404) std::cerr << "The organization has no such user.\n";
  return 1;
} catch (const std::exception& error) {  // the configuration in the environment is not valid
  std::cerr << "revoke_user: " << error.what() << '\n';
  return 1;
}

/* Output:
revoked all tokens of 11111111-aaaa-4bbb-8ccc-000000000001
*/
