// SPDX-License-Identifier: MIT

// Runs a command against a stand-in for the cloud, which lives as long as the command does:
//
//   with_fake_cloud ./whoami
//
// Its token may do everything. The user 11111111-aaaa-4bbb-8ccc-000000000001 has a token as well.
// With --log-in the command gets client credentials instead of a token. Users may log in through
// the OAuth client `fake-public-client`.

#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <iostream>
#include <string>

#include <purecloud/testing.hpp>

extern char** environ;

int main(int argc, char** argv) {
  const bool logs_in = argc > 1 && std::string(argv[1]) == "--log-in";
  if (logs_in) --argc, ++argv;
  if (argc < 2) {
    std::cerr << "usage: with_fake_cloud [--log-in] COMMAND [ARGUMENT]...\n";
    return 2;
  }

  purecloud::testing::FakeTokensServer cloud;
  cloud.service().issue_token();
  purecloud::testing::TokenGrant grant;
  grant.user_id = "11111111-aaaa-4bbb-8ccc-000000000002";
  grant.permissions = {"directory:organization:admin", "oauth:token:delete"};
  grant.scopes = {"organization", "users:readonly"};
  const std::string token = cloud.service().issue_token(grant);
  const std::string url = cloud.base_url();

  purecloud::testing::FakeClient everybody;
  everybody.id = "fake-public-client";
  everybody.secret.clear();
  everybody.grant.grant_type = purecloud::AuthorizedGrantType::code;
  cloud.service().register_client(everybody);
  if (logs_in) {
    const auto credentials = cloud.service().register_client();
    unsetenv("GENESYSCLOUD_ACCESS_TOKEN");
    setenv("GENESYSCLOUD_OAUTHCLIENT_ID", credentials.client_id.c_str(), 1);
    setenv("GENESYSCLOUD_OAUTHCLIENT_SECRET",
           std::string(credentials.client_secret.reveal()).c_str(), 1);
  } else {
    setenv("GENESYSCLOUD_ACCESS_TOKEN", token.c_str(), 1);
  }
  setenv("GENESYSCLOUD_GATEWAY_PROTOCOL", "http", 1);
  setenv("GENESYSCLOUD_GATEWAY_HOST", "127.0.0.1", 1);
  setenv("GENESYSCLOUD_GATEWAY_PORT", url.substr(url.rfind(':') + 1).c_str(), 1);

  pid_t child = 0;
  int status = 0;
  if (posix_spawnp(&child, argv[1], nullptr, nullptr, argv + 1, environ) != 0 ||
      waitpid(child, &status, 0) != child) {
    std::cerr << "with_fake_cloud: cannot run " << argv[1] << '\n';
    return 127;
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* Output:
organization: Fake Org
client:       Fake client
grant type:   CODE
scope:        organization
scope:        users:readonly
idles at:     2026-01-01T08:00:00.000Z
*/
