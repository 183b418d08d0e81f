// SPDX-License-Identifier: MIT
// A program whose author copied one header: tokens.hpp lies beside it.
#include "tokens.hpp"

#include <iostream>

const char* region_of_second_file();

int main(int, char** arguments) {
  purecloud::Configuration config;
  config.base_url = arguments[1];
  config.access_token = "a-token-for-nobody";
  config.retry.max_attempts = 1;
  const purecloud::TokensApi tokens{config};
  const auto result = tokens.try_get_tokens_me();
  std::cout << (result ? "found somebody" : purecloud::to_string(result.error().kind)) << ' '
            << region_of_second_file() << '\n';
}
