// SPDX-License-Identifier: MIT

// Checks the tokens of many users. All clients from with_access_token() share one pool of
// connections, so 8 threads open 8 connections for all tokens.

#include <cstddef>
#include <future>
#include <iostream>
#include <string>
#include <vector>

#include <purecloud/testing.hpp>
#include <purecloud/tokens.hpp>

struct Tally {
  int valid = 0;
  int invalid = 0;
  int unknown = 0;  ///< the check failed
};

/// Checks every `stride`th token, from `first` on.
Tally verify(const purecloud::TokensApi& cloud, const std::vector<std::string>& access_tokens,
             std::size_t first, std::size_t stride) {
  Tally tally;
  for (std::size_t i = first; i < access_tokens.size(); i += stride) {
    const auto valid = cloud.with_access_token(access_tokens[i]).try_head_tokens_me();
    ++(!valid.has_value() ? tally.unknown : *valid ? tally.valid : tally.invalid);
  }
  return tally;
}

int main() {
  purecloud::testing::FakeTokensServer server;
  std::vector<std::string> access_tokens;
  for (int user = 1; user <= 1000; ++user) {
    purecloud::testing::TokenGrant grant;
    grant.user_id = "user-" + std::to_string(user);
    access_tokens.push_back(server.service().issue_token(grant));
    if (user % 10 == 0) server.service().revoke_token(access_tokens.back());
  }

  purecloud::Configuration config;  // without a token: each check uses another one
  config.base_url = server.base_url();
  const purecloud::TokensApi cloud{config};

  constexpr std::size_t threads = 8;
  std::vector<std::future<Tally>> parts;
  for (std::size_t i = 0; i < threads; ++i)
    parts.push_back(std::async(std::launch::async,
                               [&, i] { return verify(cloud, access_tokens, i, threads); }));

  Tally total;
  for (auto& part : parts) {
    const Tally tally = part.get();
    total.valid += tally.valid;
    total.invalid += tally.invalid;
    total.unknown += tally.unknown;
  }
  std::cout << access_tokens.size() << " tokens: " << total.valid << " valid, " << total.invalid
            << " invalid, " << total.unknown << " unknown\n";
}

/* Output:
1000 tokens: 900 valid, 100 invalid, 0 unknown
*/
