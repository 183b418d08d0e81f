// SPDX-License-Identifier: MIT
// A program with an httplib.h of its own around the bundle, which holds another.
#define CPPHTTPLIB_OPENSSL_SUPPORT
#include <httplib.h>

#include <purecloud/tokens.hpp>

#include <iostream>

int main() {
  httplib::Client theirs("http://127.0.0.1:1");
  const bool refused = theirs.Get("/").error() == httplib::Error::Connection;
  std::cout << (refused ? "Connection" : "another error") << ", ";

  purecloud::Configuration config;
  config.base_url = "http://127.0.0.1:1";
  config.access_token = "a-token-for-nobody";
  config.retry.max_attempts = 1;
  std::cout << purecloud::TokensApi{config}.try_get_tokens_me().error().kind << '\n';
}
