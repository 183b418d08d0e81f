// SPDX-License-Identifier: MIT

// Prints what the cloud knows about the token in GENESYSCLOUD_ACCESS_TOKEN, or about one that it
// gets for the OAuth client in GENESYSCLOUD_OAUTHCLIENT_ID and GENESYSCLOUD_OAUTHCLIENT_SECRET, in
// the region GENESYSCLOUD_REGION. Does not reset the token's idle timer.

#include <exception>
#include <iostream>
#include <string>

#include <purecloud/tokens.hpp>

namespace {

void print(const char* label, const std::string& value) { std::cout << label << value << '\n'; }

}  // namespace

int main() try {
  const purecloud::TokensApi tokens{purecloud::Configuration::from_environment()};
  purecloud::GetTokensMeOptions options;
  options.preserve_idle_ttl = true;
  const purecloud::TokenInfo info = tokens.get_tokens_me(options);

  // any member may be absent
  if (info.organization) print("organization: ", info.organization->name.value_or("?"));
  if (info.home_organization && info.home_organization != info.organization)
    print("home:         ", info.home_organization->name.value_or("?"));
  if (info.oauth_client) {
    print("client:       ", info.oauth_client->name.value_or("?"));
    if (info.oauth_client->authorized_grant_type)
      print("grant type:   ", std::string(info.oauth_client->authorized_grant_type->text()));
  }
  if (info.authorized_scope)
    for (const std::string& scope : *info.authorized_scope) print("scope:        ", scope);
  if (info.date_token_idles)
    print("idles at:     ", purecloud::format_timestamp(*info.date_token_idles).value_or("?"));
} catch (const std::exception& error) {
  std::cerr << "whoami: " << error.what() << '\n';
  return 1;
}

/* Output:
organization: Fake Org
client:       Fake client
grant type:   CLIENT-CREDENTIALS
scope:        organization
scope:        users:readonly
idles at:     2026-01-01T08:00:00.000Z
*/
