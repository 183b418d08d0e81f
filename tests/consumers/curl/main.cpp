// SPDX-License-Identifier: MIT
// A program over libcurl alone: cpp-httplib is neither included nor linked.
#include <purecloud/backend/curl.hpp>

#include <iostream>

#if defined(CPPHTTPLIB_HTTPLIB_H)
#error "cpp-httplib was included"
#endif

int main(int, char** arguments) {
  purecloud::Configuration config;
  config.base_url = arguments[1];
  config.access_token = "a-token-for-nobody";
  config.retry.max_attempts = 1;
  std::cout << purecloud::CurlTokensApi{config}.try_get_tokens_me().error().kind << '\n';
}
