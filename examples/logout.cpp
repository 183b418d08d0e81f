// SPDX-License-Identifier: MIT

// Deletes the token in GENESYSCLOUD_ACCESS_TOKEN, in the region GENESYSCLOUD_REGION.

#include <exception>
#include <iostream>

#include <purecloud/tokens.hpp>

int main() try {
  const purecloud::TokensApi tokens{purecloud::Configuration::from_environment()};
  tokens.delete_tokens_me();
  std::cout << "logged out\n";
} catch (const std::exception& error) {
  std::cerr << "logout: " << error.what() << '\n';
  return 1;
}

/* Output:
logged out
*/
