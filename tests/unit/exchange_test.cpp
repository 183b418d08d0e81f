// SPDX-License-Identifier: MIT
#include "support.hpp"

#include <limits>

namespace {

using namespace purecloud;
using namespace std::chrono_literals;
using detail::Exchange;
using detail::Unauthorized;
using std::chrono::milliseconds;
using Action = Exchange::Action;

const Deadline begin{std::chrono::hours(1)};

Moment at(std::chrono::microseconds elapsed) {
  return {begin + elapsed, *parse_timestamp("2026-03-01T12:00:00Z") + elapsed};
}

std::shared_ptr<const detail::ClientSettings> settings(RetryPolicy retry, Timeouts timeouts) {
  Configuration configuration;
  configuration.retry = retry;
  configuration.timeouts = timeouts;
  return std::make_shared<detail::ClientSettings>(detail::make_settings(configuration));
}

/// An exchange, and the time that it is told.
struct Call {
  explicit Call(Unauthorized unauthorized = Unauthorized::is_error, RetryPolicy retry = {},
                Timeouts timeouts = {})
      : exchange(settings(retry, timeouts),
                 {{"GET", "/api/v2/tokens/me", unauthorized},
                  {},
                  "/api/v2/tokens/me?preserveIdleTTL=true"},
                 std::make_shared<AccessToken>("a-token"), begin) {
    step = exchange.next(begin);
  }

  /// One response, `elapsed` after the begin.
  void receive(HttpResult result, std::chrono::microseconds elapsed = 0ms, double random = 0.5) {
    now = at(elapsed);
    step = exchange.received(std::move(result), now, random);
  }

  void wait() {
    REQUIRE(step.action == Action::wait);
    now = at(std::chrono::duration_cast<std::chrono::microseconds>(step.until - begin));
    step = exchange.next(now.steady);
  }

  Deadline::duration waiting() const { return step.until - now.steady; }

  Error error() {
    REQUIRE(step.action == Action::done);
    auto outcome = exchange.outcome();
    REQUIRE(outcome.error);
    return *outcome.error;
  }

  Exchange exchange;
  Exchange::Step step{};
  Moment now = at(0ms);
};

HttpResponse status(int code, HttpHeaders headers = {}) { return {code, std::move(headers), {}}; }

HttpResponse slow_down(std::string retry_after) {
  return status(429, {{"Retry-After", std::move(retry_after)}});
}

RetryPolicy many_attempts() {
  RetryPolicy policy;
  policy.max_attempts = 1'000;
  return policy;
}

}  // namespace

TEST_CASE("an exchange begins with one request that may take the attempt's time") {
  Call call;
  CHECK(call.step.action == Action::send);
  CHECK(call.step.until == begin + 16s);
  CHECK(call.exchange.attempts() == 0);
}

TEST_CASE("429, 502, 503 and 504 are retried, and no other status") {
  for (int code = 100; code < 600; ++code) {
    CAPTURE(code);
    Call call;
    call.receive(status(code));
    const bool retried = code == 429 || code == 502 || code == 503 || code == 504;
    CHECK((call.step.action == Action::wait) == retried);
    if (retried) continue;
    auto outcome = call.exchange.outcome();
    const bool success = code >= 200 && code < 300;
    CHECK(outcome.error.has_value() != success);
    if (!success) CHECK(outcome.error->kind == ErrorKind::http_status);
    if (!success) CHECK(outcome.error->status == code);
    CHECK(outcome.record.attempts == 1);
    REQUIRE(outcome.record.response);
    CHECK(outcome.record.response->status == code);
  }
}

TEST_CASE("a failure of the connection and a timeout are retried, and no other failure") {
  for (const auto kind : {ErrorKind::invalid_argument, ErrorKind::connection, ErrorKind::timeout,
                          ErrorKind::tls, ErrorKind::protocol, ErrorKind::too_large}) {
    CAPTURE(kind);
    Call call;
    call.receive(HttpFailure{kind, "no luck"}, 10ms);
    const bool retried = kind == ErrorKind::connection || kind == ErrorKind::timeout;
    CHECK((call.step.action == Action::wait) == retried);
    if (retried) continue;
    const Error error = call.error();
    CHECK(error.kind == kind);
    CHECK(error.message == "GET /api/v2/tokens/me: no luck");
    CHECK(error.status == 0);
    CHECK(error.attempts == 1);
  }
}

TEST_CASE("the backoff is a random part of a bound that doubles up to max_delay") {
  const milliseconds bounds[] = {250ms, 500ms, 1s, 2s, 4s, 8s, 8s, 8s};
  Call least(Unauthorized::is_error, many_attempts());
  Call most(Unauthorized::is_error, many_attempts());
  milliseconds elapsed = 0ms;
  for (const milliseconds bound : bounds) {
    least.receive(status(503), 0ms, 0.0);
    CHECK(least.waiting() == 0ms);
    least.wait();

    most.receive(status(503), elapsed, 0.999);
    CHECK(most.waiting() < bound);
    CHECK(most.waiting() >= bound - bound / 500 - 1ms);
    elapsed += bound;
    most.wait();
    CHECK(most.step.action == Action::send);
  }
}

TEST_CASE("the random part of the backoff is in proportion to the random number") {
  Call call;
  call.receive(status(502), 0ms, 0.5);
  CHECK(call.waiting() == 125ms);
}

TEST_CASE("however often it doubles, the backoff neither overflows nor exceeds max_delay") {
  Timeouts patient;
  patient.total = std::chrono::hours(24 * 300);
  RetryPolicy policy = many_attempts();
  policy.max_delay = 3s;
  Call call(Unauthorized::is_error, policy, patient);
  for (int i = 0; i < 999; ++i) {
    call.receive(status(503), 1ms, 0.999'999);
    CHECK(call.waiting() <= 3s);
    CHECK(call.waiting() >= 0s);
    call.wait();
  }
}

TEST_CASE("delays and timeouts of any length do not overflow the clock") {
  RetryPolicy policy;
  policy.base_delay = (milliseconds::max)();
  policy.max_delay = (milliseconds::max)();
  Timeouts endless;
  endless.attempt = (milliseconds::max)();
  endless.total = (milliseconds::max)();
  CHECK(Call(Unauthorized::is_error, policy, endless).step.until >
        begin + std::chrono::hours(7'000));

  endless.total = std::chrono::hours(1);
  Call call(Unauthorized::is_error, policy, endless);
  CHECK(call.step.until == begin + std::chrono::hours(1));
  call.receive(status(503), 1ms, 0.999);
  CHECK(call.error().status == 503);
}

TEST_CASE("Retry-After in seconds is waited for to the millisecond") {
  Call call;
  call.receive(slow_down("7"), 3ms, 0.999);
  CHECK(call.waiting() == 7s);
  call.wait();
  CHECK(call.step.action == Action::send);
  call.receive(slow_down("0"), 8s, 0.999);
  CHECK(call.waiting() == 0s);
}

TEST_CASE("Retry-After may exceed max_delay, which bounds only the backoff") {
  Call call;
  call.receive(slow_down("59"), 0ms);
  CHECK(call.waiting() == 59s);
}

TEST_CASE("Retry-After as an HTTP-date is waited for, in each of its three forms") {
  for (const char* date : {"Sun, 01 Mar 2026 12:00:07 GMT", "Sunday, 01-Mar-26 12:00:07 GMT",
                           "Sun Mar  1 12:00:07 2026"}) {
    CAPTURE(date);
    Call call;
    call.receive(slow_down(date), 1s);
    CHECK(call.waiting() == 6s);
  }
}

TEST_CASE("no retry is sent before the date that Retry-After names") {
  Call call;
  call.receive(slow_down("Sun, 01 Mar 2026 12:00:07 GMT"), 500us);
  CHECK(call.step.until >= begin + 7s);
  CHECK(call.step.until < begin + 7s + 1ms);
}

TEST_CASE("a date is measured on the server's clock where the server says its time") {
  Call call;
  call.receive(status(503, {{"Retry-After", "Sun, 01 Mar 2026 03:00:09 GMT"},
                            {"Date", "Sun, 01 Mar 2026 03:00:00 GMT"}}));
  CHECK(call.waiting() == 9s);
}

TEST_CASE("a Retry-After that is negative, past or unreadable falls back to backoff") {
  for (const char* text :
       {"-1", "+5", "5s", "0x10", "", " ", "soon", "Sun, 01 Mar 2026 11:59:59 GMT",
        "Sun, 01 Mar 2026 12:00:07", "Sun, 01 Mar 2026 12:00:07 CET",
        "Sun, 31 Feb 2026 12:00:07 GMT", "Sun, 01 Mar 2026 25:00:07 GMT",
        "Fri, 01 Jan 1700 00:00:00 GMT", "Sun, 01 Abc 2026 12:00:07 GMT", "Sun Mar 1 12:00:07 2026",
        "2026-03-01T12:00:07Z", "7, 8"}) {
    CAPTURE(text);
    Call call;
    call.receive(slow_down(text), 0ms, 0.5);
    CHECK(call.step.action == Action::wait);
    CHECK(call.waiting() == 125ms);
  }
}

TEST_CASE("a date in a leap second is legal (RFC 9110, 5.6.7)") {
  const auto leap = detail::parse_http_date("Sat, 31 Dec 2016 23:59:60 GMT");
  REQUIRE(leap);
  CHECK(*leap == *parse_timestamp("2017-01-01T00:00:00Z"));
  CHECK_FALSE(detail::parse_http_date("Sat, 31 Dec 2016 22:59:60 GMT"));
  CHECK_FALSE(detail::parse_http_date("Sat, 31 Dec 2016 23:59:61 GMT"));
}

TEST_CASE("a Retry-After that would pass the deadline ends the call at once") {
  Call call;
  call.receive(slow_down("3600"), 1s);
  const Error error = call.error();
  CHECK(error.kind == ErrorKind::http_status);
  CHECK(error.status == 429);
  CHECK(error.attempts == 1);
  CHECK(error.retry_after == 3600s);
}

TEST_CASE("a wait that ends at the deadline itself is useless, a millisecond less is not") {
  Call too_long;
  too_long.receive(slow_down("60"), 0ms);
  CHECK(too_long.error().retry_after == 60s);

  Call fits;
  fits.receive(slow_down("59"), 999ms);
  CHECK(fits.step.action == Action::wait);
  fits.wait();
  CHECK(fits.step.action == Action::send);
  CHECK(fits.step.until == begin + 60s);
}

TEST_CASE("a backoff that would pass the deadline ends the call at once, too") {
  Timeouts short_call;
  short_call.total = 200ms;
  Call call(Unauthorized::is_error, {}, short_call);
  call.receive(HttpFailure{ErrorKind::connection, "refused"}, 10ms, 0.999);
  const Error error = call.error();
  CHECK(error.kind == ErrorKind::connection);
  CHECK(error.retry_after == 1s);  // 249 ms, rounded up
}

TEST_CASE("retry_after is set when the attempts are spent and the server asked for a wait") {
  RetryPolicy once;
  once.max_attempts = 1;
  Call call(Unauthorized::is_error, once);
  call.receive(slow_down("5"), 0ms);
  CHECK(call.error().retry_after == 5s);
}

TEST_CASE("retry_after stays empty when nobody asked for a wait") {
  Call call;
  call.receive(status(404));
  CHECK_FALSE(call.error().retry_after);
}

TEST_CASE("an attempt never gets more time than is left of the call") {
  Call call;
  call.receive(HttpFailure{ErrorKind::timeout, "slow"}, 16s, 0.0);
  call.wait();
  CHECK(call.step.until == begin + 32s);
  call.receive(HttpFailure{ErrorKind::timeout, "slow"}, 50s, 0.0);
  call.wait();
  CHECK(call.step.action == Action::send);
  CHECK(call.step.until == begin + 60s);
}

TEST_CASE("a timeout at the deadline is an error that names the deadline") {
  Timeouts short_call;
  short_call.total = 5s;
  Call call(Unauthorized::is_error, {}, short_call);
  CHECK(call.step.until == begin + 5s);
  call.receive(HttpFailure{ErrorKind::timeout, "slow"}, 5s);
  const Error error = call.error();
  CHECK(error.kind == ErrorKind::timeout);
  CHECK(error.status == 0);
  CHECK(support::contains(error.message, "5000 ms"));
}

TEST_CASE("a driver that wakes up after the deadline gets the error in hand") {
  Call call;
  call.receive(status(503), 59s, 0.999);
  REQUIRE(call.step.action == Action::wait);
  call.step = call.exchange.next(begin + 60s);
  const Error error = call.error();
  CHECK(error.kind == ErrorKind::http_status);
  CHECK(error.status == 503);
  CHECK(error.attempts == 1);
}

TEST_CASE("there are never more than max_attempts requests") {
  for (const int most : {1, 2, 4, 9}) {
    RetryPolicy policy;
    policy.max_attempts = most;
    Call call(Unauthorized::is_error, policy);
    int sent = 0;
    while (call.step.action == Action::send) {
      ++sent;
      call.receive(status(503), 0ms, 0.0);
      if (call.step.action == Action::wait) call.wait();
    }
    CHECK(sent == most);
    const Error error = call.error();
    CHECK(error.attempts == most);
    CHECK(error.status == 503);
  }
}

TEST_CASE("a success after failures is a success, and counts its attempts") {
  Call call;
  call.receive(HttpFailure{ErrorKind::connection, "reset"}, 0ms);
  call.wait();
  call.receive(status(204), 1s);
  REQUIRE(call.step.action == Action::done);
  const auto outcome = call.exchange.outcome();
  CHECK_FALSE(outcome.error);
  CHECK(outcome.record.attempts == 2);
}

TEST_CASE("a 401 to the first logout is an error, a 401 to a retry of it is success") {
  Call first(Unauthorized::is_success_of_retry);
  first.receive(status(401));
  CHECK(first.error().status == 401);

  Call retried(Unauthorized::is_success_of_retry);
  retried.receive(HttpFailure{ErrorKind::connection, "reset"}, 0ms);
  retried.wait();
  retried.receive(status(401), 1s);
  CHECK(retried.step.action == Action::done);
  CHECK_FALSE(retried.exchange.outcome().error);

  Call forbidden(Unauthorized::is_success_of_retry);
  forbidden.receive(status(503), 0ms);
  forbidden.wait();
  forbidden.receive(status(403), 1s);
  CHECK(forbidden.error().status == 403);
}

TEST_CASE("for HEAD a 401 is a result, and a 403 is an error") {
  Call unauthorized(Unauthorized::is_result);
  unauthorized.receive(status(401));
  CHECK_FALSE(unauthorized.exchange.outcome().error);

  Call forbidden(Unauthorized::is_result);
  forbidden.receive(status(403));
  CHECK(forbidden.error().status == 403);
}

TEST_CASE("a 401 to anything else is an error, on a retry as well") {
  Call call;
  call.receive(status(503), 0ms);
  call.wait();
  call.receive(status(401), 1s);
  CHECK(call.error().status == 401);
}

TEST_CASE("line breaks in received headers are removed from the response") {
  Call call;
  call.receive(status(200, {{"X-Evil", "a\r\nSet-Cookie: b"}}));
  const auto outcome = call.exchange.outcome();
  CHECK(outcome.record.response->headers.at("x-evil") == "a  Set-Cookie: b");
}
