// SPDX-License-Identifier: MIT

// Asynchronous calls: with a callback, as futures, and cancelled. Against a cloud in memory.

#include <chrono>
#include <future>
#include <iostream>

#include <purecloud/async_tokens.hpp>
#include <purecloud/testing.hpp>

int main() {
  purecloud::testing::FakeTokensServer cloud;
  purecloud::Configuration config;
  config.base_url = cloud.base_url();
  config.access_token = cloud.service().issue_token();
  std::promise<void> called;  // outlives the client, because the callback uses it
  const purecloud::AsyncTokensApi tokens{config};

  // A callback. It runs on a thread of the client, and must not block.
  tokens.get_tokens_me().then([&](purecloud::Result<purecloud::TokenInfo> info) {
    std::cout << "callback:  " << (info ? info->organization->name.value_or("?") : "failed")
              << '\n';
    called.set_value();
  });
  called.get_future().wait();

  // Futures: both calls are in flight at once.
  auto me = tokens.get_tokens_me();
  auto idle = tokens.get_tokens_timeout();
  std::cout << "futures:   " << me.get().organization->name.value_or("?") << ", idle for "
            << idle.get().idle_token_timeout_seconds.value_or(0) << " s\n";

  // A call that takes too long is cancelled.
  config.base_url = "http://127.0.0.1:1";  // no server listens there, so the call waits to retry
  config.retry.base_delay = config.retry.max_delay = std::chrono::hours(1);
  config.timeouts.total = std::chrono::hours(24);
  auto slow = purecloud::AsyncTokensApi{config}.head_tokens_me();
  if (!slow.wait_for(std::chrono::milliseconds(20))) slow.cancel();
  std::cout << "cancelled: " << to_string(slow.result().error().kind) << '\n';
}

/* Output:
callback:  Fake Org
futures:   Fake Org, idle for 28800 s
cancelled: cancelled
*/
