// SPDX-License-Identifier: MIT
#include "support.hpp"

#if __has_include(<purecloud/detail/text/text.hpp>)  // else a single header has them
#include <purecloud/detail/oauth/token_source.hpp>
#endif

namespace {

using namespace purecloud;
using namespace std::chrono_literals;
using detail::TokenSource;
using Action = TokenSource::Action;

const Deadline begin{std::chrono::hours(1)};

OAuthToken token(std::string_view text, std::optional<std::chrono::seconds> lifetime = 1000s) {
  OAuthToken granted;
  granted.access_token = AccessToken(text);
  granted.expires_in = lifetime;
  return granted;
}

Error failure(std::string message, std::optional<std::chrono::seconds> retry_after = {}) {
  Error error;
  error.kind = ErrorKind::http_status;
  error.message = std::move(message);
  error.retry_after = retry_after;
  return error;
}

struct Source : TokenSource {
  Source() : TokenSource(RetryPolicy{}) {}

  Decision at(Deadline::duration elapsed, detail::TokenNeed need = {}) {
    return ask(need, begin + elapsed);
  }
  void get(std::string_view text, std::optional<std::chrono::seconds> lifetime = 1000s) {
    REQUIRE(at(0s).action == Action::fetch);
    report(Result<OAuthToken>(token(text, lifetime)), begin);
  }
};

}  // namespace

TEST_CASE("one call gets the token, the others wait for it, and all use it") {
  Source source;
  CHECK(source.at(0s).action == Action::fetch);
  const auto waiting = source.at(0s);
  CHECK(waiting.action == Action::wait);
  CHECK_FALSE(waiting.wake->requested());
  source.report(Result<OAuthToken>(token("first")), begin + 1s);
  CHECK(waiting.wake->requested());
  const auto used = source.at(1s);
  REQUIRE(used.action == Action::use);
  CHECK(used.token->reveal() == "first");
}

TEST_CASE("calls that stop waiting for a token leave nothing behind") {
  Source source;
  const auto own = source.at(0s);
  const std::weak_ptr<TokenSource::Wake> left = source.at(0s).wake;
  for (int i = 0; i < 100; ++i) CHECK(source.at(1s).action == Action::wait);
  CHECK(left.expired());
  const auto waiting = source.at(2s);
  source.report(Result<OAuthToken>(token("first")), begin + 3s);
  CHECK(own.wake->requested());
  CHECK(waiting.wake->requested());
}

TEST_CASE("when the call that gets the token gives up, another takes over") {
  Source source;
  CHECK(source.at(0s).action == Action::fetch);
  const auto waiting = source.at(0s);
  source.report(std::nullopt, begin + 1s);
  CHECK(waiting.wake->requested());
  CHECK(source.at(1s).action == Action::fetch);
  CHECK(source.at(1s).action == Action::wait);
}

TEST_CASE("a token is renewed when a tenth of its lifetime is left, at most a minute") {
  const struct {
    std::chrono::seconds lifetime, renewed;
  } rows[] = {{100s, 90s}, {600s, 540s}, {1000s, 940s}, {86'400s, 86'340s}};
  for (const auto& row : rows) {
    const auto lifetime = row.lifetime, renewed = row.renewed;
    CAPTURE(lifetime.count());
    Source source;
    source.get("first", lifetime);
    CHECK(source.at(renewed - 1ms).action == Action::use);
    const auto early = source.at(renewed);
    CHECK(early.action == Action::fetch);
    CHECK(early.is_early);
    // the others go on with the old one meanwhile
    CHECK(source.at(renewed).action == Action::use);
    source.report(Result<OAuthToken>(token("second")), begin + renewed);
    CHECK(source.at(renewed).token->reveal() == "second");
  }
}

TEST_CASE("when an early renewal fails, the old token is used until it has expired") {
  Source source;
  source.get("first", 100s);
  CHECK(source.at(90s).is_early);
  source.report(Result<OAuthToken>(failure("down")), begin + 90s);
  CHECK(source.at(90s).action == Action::use);
  CHECK(source.at(90s).action == Action::use);
  CHECK(source.at(95s).is_early);  // the backoff has passed
  source.report(Result<OAuthToken>(failure("down", 20s)), begin + 95s);
  CHECK(source.at(99'999ms).action == Action::use);
  const auto expired = source.at(100s);
  CHECK(expired.action == Action::fail);
  CHECK(expired.error->message == "down");
  CHECK(expired.error->retry_after == 15s);
}

TEST_CASE("an early renewal that was given up is not begun again at once") {
  Source source;
  source.get("first", 1000s);
  const auto given_up = source.at(940s);
  CHECK(given_up.is_early);
  source.report(std::nullopt, begin + 941s);
  CHECK(given_up.wake->requested());
  CHECK(source.at(948'999ms).action == Action::use);
  CHECK(source.at(949s).is_early);
  source.report(std::nullopt, begin + 999s);
  CHECK(source.at(1000s).action == Action::fetch);  // no error of it is kept
}

TEST_CASE("a token without a lifetime is used until it is rejected") {
  Source source;
  source.get("first", std::nullopt);
  const auto used = source.at(std::chrono::hours(24 * 300));
  REQUIRE(used.action == Action::use);
  CHECK(source.at(std::chrono::hours(24 * 300), {used.token, false}).action == Action::fetch);
}

TEST_CASE("a rejected token is renewed only while it is the current one") {
  Source source;
  source.get("first");
  const auto first = source.at(0s).token;
  CHECK(source.at(1s, {first, false}).action == Action::fetch);
  CHECK(source.at(1s, {first, false}).action == Action::wait);
  source.report(Result<OAuthToken>(token("second")), begin + 1s);
  const auto late = source.at(2s, {first, false});
  REQUIRE(late.action == Action::use);
  CHECK(late.token->reveal() == "second");
}

TEST_CASE("after a failure all get the same error at once, until the backoff has passed") {
  Source source;
  CHECK(source.at(0s).action == Action::fetch);
  source.report(Result<OAuthToken>(failure("invalid_client")), begin);
  for (int i = 0; i < 100; ++i) {
    const auto refused = source.at(499ms);
    REQUIRE(refused.action == Action::fail);
    CHECK(refused.error->message == "invalid_client");
    CHECK(refused.error->retry_after == 1s);
  }
  CHECK(source.at(500ms).action == Action::fetch);
  source.report(Result<OAuthToken>(failure("invalid_client")), begin + 500ms);
  CHECK(source.at(1'499ms).action == Action::fail);
  CHECK(source.at(1'500ms).action == Action::fetch);
  // however often it fails, it is asked again after max_delay at the latest
  for (int i = 0; i < 100; ++i) source.report(Result<OAuthToken>(failure("down")), begin + 2s);
  CHECK(source.at(9'999ms).action == Action::fail);
  CHECK(source.at(10s).action == Action::fetch);
}

TEST_CASE("a login host that asks for a wait gets it") {
  Source source;
  CHECK(source.at(0s).action == Action::fetch);
  source.report(Result<OAuthToken>(failure("slow down", 30s)), begin);
  const auto refused = source.at(10s);
  REQUIRE(refused.action == Action::fail);
  CHECK(refused.error->retry_after == 20s);
  CHECK(source.at(30s).action == Action::fetch);
}

TEST_CASE("a logout takes the token there is, and gets none") {
  Source source;
  CHECK(source.at(0s, {nullptr, true}).action == Action::none);
  source.get("first", 100s);
  const auto used = source.at(99s, {nullptr, true});
  REQUIRE(used.action == Action::use);
  source.forget(used.token);
  CHECK(source.at(99s, {nullptr, true}).action == Action::none);
  CHECK(source.at(99s).action == Action::fetch);
}

TEST_CASE("dropping a token that was renewed meanwhile changes nothing") {
  Source source;
  source.get("first");
  const auto first = source.at(0s).token;
  CHECK(source.at(0s, {first, false}).action == Action::fetch);
  source.report(Result<OAuthToken>(token("second")), begin);
  source.forget(first);
  CHECK(source.at(0s).token->reveal() == "second");
}

TEST_CASE("lifetimes of any length do not overflow the clock") {
  Source source;
  source.get("first", (std::chrono::seconds::max)());
  CHECK(source.at(std::chrono::hours(24 * 300)).action == Action::use);
}

TEST_CASE("whoever waited for a fetching gets its failure, even when the backoff has passed") {
  Source source;
  const auto own = source.at(0s);
  const auto waiting = source.at(0s);
  source.report(Result<OAuthToken>(failure("down")), begin);
  for (const auto& each : {own, waiting}) {
    const auto late = source.ask({}, begin + 1h, each.wake.get());
    REQUIRE(late.action == Action::fail);
    CHECK(late.error->message == "down");
    CHECK(late.error->retry_after == 0s);
  }
  CHECK(source.at(1h).action == Action::fetch);
}
