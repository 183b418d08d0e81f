// SPDX-License-Identifier: MIT
// A program for Windows whose author includes <windows.h> where it suits.
#if defined(WINDOWS_FIRST)
#include <windows.h>
#endif

#include <purecloud/async_tokens.hpp>
#include <purecloud/testing.hpp>
#include <purecloud/tokens.hpp>

#include <iostream>

#if defined(WINDOWS_LAST)
#include <windows.h>
#endif

int main() {
  purecloud::Configuration config;
  config.base_url = "http://127.0.0.1:1";  // nobody listens there
  config.access_token = "a-token-for-nobody";
  config.retry.max_attempts = 1;
  const purecloud::TokensApi tokens{config};
  const DWORD start = GetTickCount();
  const auto result = tokens.try_get_tokens_me();
  std::cout << (result ? "found somebody" : purecloud::to_string(result.error().kind));
  if (GetTickCount() - start > 4000) std::cout << ", too late";
  std::cout << '\n';
}
