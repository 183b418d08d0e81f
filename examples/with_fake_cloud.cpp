// SPDX-License-Identifier: MIT

// Runs a command against a fake cloud, which runs as long as the command does:
//
//   with_fake_cloud ./whoami
//
// The command gets client credentials in its environment, whose tokens have all permissions; with
// --token it gets an access token instead. The user 11111111-aaaa-4bbb-8ccc-000000000001 has a
// token, too. Users may log in through the OAuth client `fake-code-client`, with PKCE or the same
// secret.

#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <iostream>
#include <string>

#include <purecloud/testing.hpp>

extern char** environ;

int main(int argc, char** argv) {
  const bool gives_token = argc > 1 && std::string(argv[1]) == "--token";
  char** command = argv + (gives_token ? 2 : 1);
  if (argc < (gives_token ? 3 : 2)) {
    std::cerr << "usage: with_fake_cloud [--token] COMMAND [ARGUMENT]...\n";
    return 2;
  }

  purecloud::testing::FakeTokensServer cloud;
  const std::string url = cloud.base_url();
  cloud.service().issue_token();
  purecloud::testing::FakeClient client;
  client.grant.user_id = "11111111-aaaa-4bbb-8ccc-000000000002";
  client.grant.permissions = {"directory:organization:admin", "oauth:token:delete"};
  client.grant.scopes = {"organization", "users:readonly"};
  const auto credentials = cloud.service().register_client(client);
  purecloud::testing::FakeClient code_client;
  code_client.id = "fake-code-client";
  code_client.grant.grant_type = purecloud::AuthorizedGrantType::code;
  cloud.service().register_client(code_client);

  if (gives_token)
    setenv("GENESYSCLOUD_ACCESS_TOKEN", cloud.service().issue_token(client.grant).c_str(), 1);
  else
    unsetenv("GENESYSCLOUD_ACCESS_TOKEN");
  setenv("GENESYSCLOUD_OAUTHCLIENT_ID", credentials.client_id.c_str(), 1);
  setenv("GENESYSCLOUD_OAUTHCLIENT_SECRET", std::string(credentials.client_secret.reveal()).c_str(),
         1);
  setenv("GENESYSCLOUD_GATEWAY_PROTOCOL", "http", 1);
  setenv("GENESYSCLOUD_GATEWAY_HOST", "127.0.0.1", 1);
  setenv("GENESYSCLOUD_GATEWAY_PORT", url.substr(url.rfind(':') + 1).c_str(), 1);

  pid_t child = 0;
  int status = 0;
  if (posix_spawnp(&child, *command, nullptr, nullptr, command, environ) != 0 ||
      waitpid(child, &status, 0) != child) {
    std::cerr << "with_fake_cloud: cannot run " << *command << '\n';
    return 127;
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* Output:
organization: Fake Org
client:       Fake client
grant type:   CLIENT-CREDENTIALS
scope:        organization
scope:        users:readonly
idles at:     2026-01-01T08:00:00.000Z
*/
