// SPDX-License-Identifier: MIT
// A plugin that makes one call, whose host name is looked up for longer than the call may take.
#include "tokens.hpp"

extern "C" bool call() {
  purecloud::Configuration configuration;
  configuration.base_url = "https://somewhere.example";
  configuration.access_token = "cwRto9ScT-of-the-plugin";
  configuration.timeouts.total = std::chrono::milliseconds(20);
  const auto result = purecloud::TokensApi(configuration).try_get_tokens_me();
  return !result && result.error().kind == purecloud::ErrorKind::timeout;
}
