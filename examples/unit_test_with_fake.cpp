// SPDX-License-Identifier: MIT

// How to test code that uses this library: FakeBackend has no sockets, and a clock that only the
// test moves. Use any test framework; this example has its own, of ten lines.

#include <chrono>
#include <iostream>
#include <memory>

#include <purecloud/testing.hpp>
#include <purecloud/tokens.hpp>

// The code under test. A template, so that it accepts the fake client and TokensApi.

enum class Access { granted, log_in_first, try_again_later };

template <class Tokens>
Access check_access(const Tokens& tokens) {
  const auto valid = tokens.try_head_tokens_me();
  if (!valid.has_value()) return Access::try_again_later;
  return *valid ? Access::granted : Access::log_in_first;
}

using purecloud::testing::FakeBackend;
using purecloud::testing::Fault;

int failures = 0;

void check(bool holds, const char* sentence) {
  std::cout << (holds ? "ok     " : "FAILED ") << sentence << '\n';
  if (!holds) ++failures;
}

/// A client with a valid token, and its cloud.
struct Fixture {
  std::shared_ptr<FakeBackend> backend = std::make_shared<FakeBackend>();
  purecloud::testing::FakeTokensService& cloud = backend->service();
  purecloud::BasicTokensApi<FakeBackend> tokens =
      purecloud::BasicTokensApi<FakeBackend>(purecloud::Configuration{}, backend)
          .with_access_token(cloud.issue_token());
};

void test_short_outage() {
  Fixture f;
  const auto start = f.cloud.now();
  f.cloud.fail_next(2, Fault::retry_after(503, "20"));
  check(check_access(f.tokens) == Access::granted, "a short outage is sat out");
  check(f.cloud.requests().size() == 3, "by asking three times");
  check(f.cloud.now() - start == std::chrono::seconds(40), "in 40 s, which take no time here");
}

void test_long_outage() {
  Fixture f;
  f.cloud.fail_next(100, Fault::failure(purecloud::ErrorKind::connection));
  check(check_access(f.tokens) == Access::try_again_later, "a long outage logs nobody out");
}

void test_idle_token() {
  Fixture f;
  check(check_access(f.tokens) == Access::granted, "a token in use is granted access");
  f.cloud.advance(std::chrono::hours(8));
  check(check_access(f.tokens) == Access::log_in_first, "a token left idle needs a new login");
}

int main() {
  test_short_outage();
  test_long_outage();
  test_idle_token();
  return failures == 0 ? 0 : 1;
}

/* Output:
ok     a short outage is sat out
ok     by asking three times
ok     in 40 s, which take no time here
ok     a long outage logs nobody out
ok     a token in use is granted access
ok     a token left idle needs a new login
*/
