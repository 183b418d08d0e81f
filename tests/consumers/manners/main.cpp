// SPDX-License-Identifier: MIT
// Uses what users use, so that a compiler sees the bodies of the templates too. second.cpp includes
// the same headers.
#include <purecloud/testing.hpp>
#include <purecloud/tokens.hpp>

#include <iostream>

const char* region_of_second_file();
bool second_file_knows_a_fake();

int main() {
  purecloud::testing::FakeTokensServer cloud;
  purecloud::testing::TokenGrant grant;
  grant.permissions = {"oauth:token:delete", "directory:organization:admin"};
  purecloud::Configuration config;
  config.base_url = cloud.base_url();
  config.access_token = cloud.service().issue_token(grant);
  purecloud::testing::TokenGrant other;
  other.user_id = "another-user";
  cloud.service().issue_token(other);
  const purecloud::TokensApi tokens{config};

  cloud.service().fail_next(1, purecloud::testing::Fault::status(503));
  const auto info = tokens.try_get_tokens_me();
  purecloud::IdleTokenTimeout timeout = tokens.get_tokens_timeout();
  timeout.idle_token_timeout_seconds = 600;
  const bool changed = tokens.put_tokens_timeout(timeout) == timeout;
  const bool valid = tokens.head_tokens_me();
  tokens.delete_token(other.user_id);
  tokens.delete_tokens_me();
  try {
    tokens.get_tokens_me();
  } catch (const purecloud::ApiException& failure) {
    std::cout << info.attempts() << ' ' << changed << valid << ' ' << failure.error().status << ' '
              << region_of_second_file() << ' ' << second_file_knows_a_fake() << '\n';
  }
}
