// SPDX-License-Identifier: MIT

// Checks 10,000 tokens over a few connections. Against a cloud in memory.

#include <atomic>
#include <chrono>
#include <cstddef>
#include <future>
#include <iostream>
#include <string>

#include <purecloud/async_tokens.hpp>
#include <purecloud/testing.hpp>

#if defined(EXAMPLE_HAS_LIBCURL)  // one thread for all calls
#include <purecloud/backend/curl_multi.hpp>
using Client = purecloud::CurlAsyncTokensApi;
#else  // a thread for each connection
using Client = purecloud::AsyncTokensApi;
#endif

int main() {
  constexpr std::size_t count = 10'000;
  purecloud::testing::FakeTokensServer cloud;
  purecloud::Configuration config;
  config.base_url = cloud.base_url();
  config.pool.max_connections = 8;
  config.timeouts.total = std::chrono::minutes(10);  // includes the time in the queue

  // these outlive the client, because the handlers use them
  std::atomic<std::size_t> valid{0}, invalid{0}, unknown{0}, left{count};
  std::promise<void> all_ended;
  const Client tokens{config};

  const std::string good = cloud.service().issue_token();
  for (std::size_t i = 0; i < count; ++i) {
    const std::string token = i % 4 == 0 ? "expired-token-" + std::to_string(i) : good;
    tokens.with_access_token(token).head_tokens_me().then([&](purecloud::Result<bool> result) {
      ++(!result.has_value() ? unknown : *result ? valid : invalid);
      if (--left == 0) all_ended.set_value();
    });
  }
  all_ended.get_future().wait();
  std::cout << valid << " valid, " << invalid << " not, " << unknown << " unknown\n";
}

/* Output:
7500 valid, 2500 not, 0 unknown
*/
