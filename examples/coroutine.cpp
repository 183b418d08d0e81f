// SPDX-License-Identifier: MIT

// Calls in a C++20 coroutine. Against a cloud in memory.

#include <coroutine>
#include <exception>
#include <future>
#include <iostream>

#include <purecloud/async_tokens.hpp>
#include <purecloud/testing.hpp>

namespace {

/// A minimal coroutine type: it starts at once, and its end can be waited for.
struct Task {
  struct promise_type {
    Task get_return_object() { return {ended.get_future()}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() { ended.set_value(); }
    void unhandled_exception() { ended.set_exception(std::current_exception()); }
    std::promise<void> ended;
  };
  std::future<void> ended;
};

Task life_of(purecloud::AsyncTokensApi tokens) {
  const purecloud::TokenInfo info = co_await tokens.get_tokens_me();
  std::cout << "organization: " << info.organization->name.value_or("?") << '\n';

  co_await tokens.delete_tokens_me();
  std::cout << "logged out\n";

  const auto valid = co_await tokens.head_tokens_me().as_result();  // does not throw
  std::cout << "valid:        " << (*valid ? "yes" : "no") << '\n';

  try {
    co_await tokens.get_tokens_me();
  } catch (const purecloud::ApiException& error) {
    std::cout << "then:         " << error.error().status << '\n';
  }
}

}  // namespace

int main() {
  purecloud::testing::FakeTokensServer cloud;
  purecloud::Configuration config;
  config.base_url = cloud.base_url();
  config.access_token = cloud.service().issue_token();
  const purecloud::AsyncTokensApi tokens{config};
  life_of(tokens).ended.get();
}

/* Output:
organization: Fake Org
logged out
valid:        no
then:         401
*/
