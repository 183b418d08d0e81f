// SPDX-License-Identifier: MIT
#include <purecloud/testing.hpp>

int main() {
  using purecloud::testing::FakeBackend;
  const auto backend = std::make_shared<FakeBackend>();
  purecloud::Configuration config;
  config.access_token = backend->service().issue_token();
  const purecloud::BasicTokensApi<FakeBackend> tokens{config, backend};
  return tokens.head_tokens_me() ? 0 : 1;
}
