// SPDX-License-Identifier: MIT
// A program of which one file uses upstream's single-file httplib.h for itself, without TLS.
#include <iostream>

#include "tokens.hpp"

std::string error_of_other_file();

int main() {
  purecloud::Configuration configuration;
  configuration.base_url = "http://127.0.0.1:1";
  configuration.access_token = "cwRto9ScT-of-the-mixed-program";
  configuration.retry.max_attempts = 1;
  std::cout << error_of_other_file() << ", "
            << purecloud::TokensApi(configuration).try_get_tokens_me().error().kind << '\n';
}
