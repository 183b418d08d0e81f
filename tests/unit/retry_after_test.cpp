// SPDX-License-Identifier: MIT
#include "support.hpp"

namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds, std::chrono::system_clock;

std::optional<milliseconds> at_noon(std::string_view text) {
  return purecloud::detail::parse_retry_after(text,
                                              *purecloud::parse_timestamp("2026-03-01T12:00:00Z"));
}

}  // namespace

TEST_CASE("a Retry-After with a fraction is rounded up to a whole second") {
  CHECK(at_noon("299.997") == 300s);
  CHECK(at_noon("3.0") == 3s);
  CHECK(at_noon("3.000000000000000000000000001") == 4s);
  CHECK(at_noon("0.0") == 0s);
  CHECK(at_noon("0.001") == 1s);
  CHECK(at_noon("007") == 7s);
}

TEST_CASE("a Retry-After is honoured however far away it is") {
  constexpr auto longest = purecloud::detail::longest_retry_after;
  CHECK(at_noon("604801") == 604'801s);
  CHECK(at_noon("999999999") == 999'999'999s);
  CHECK(at_noon("Mon, 08 Mar 2027 12:00:01 GMT") == 372 * 24h + 1s);
  for (const char* text : {"9999999999", "3153600000", "3153600000.5", "18446744073709551617",
                           "99999999999999999999999999999999", "9223372036854775807",
                           "Sat, 01 Mar 9999 12:00:07 GMT", "Fri, 31 Dec 9999 23:59:59 GMT",
                           "Sat, 01 Jan 2261 00:00:00 GMT", "Sun, 01 Jan 2300 00:00:00 GMT"}) {
    CAPTURE(text);
    CHECK(at_noon(text) == longest);
  }
  // a caller compares it with time points and durations of nanoseconds
  CHECK(std::chrono::nanoseconds(longest) > 0ns);
}

TEST_CASE("a Retry-After that is malformed, negative or in the past is ignored") {
  for (const char* text : {"",
                           " ",
                           "-1",
                           "+5",
                           "-0.5",
                           ".5",
                           "3.",
                           "1.5.5",
                           "1,5",
                           "1.5s",
                           "1e3",
                           "0x10",
                           "soon",
                           "5 ",
                           "1 000",
                           "Sun, 01 Mar 2026 11:59:59 GMT",
                           "Fri, 01 Jan 1600 00:00:00 GMT",
                           "Sat, 01 Jan 0000 00:00:00 GMT",
                           "Fri, 31 Dec 9999 23:59:60 GMT",
                           "Sat, 01 Jan 10000 00:00:00 GMT"}) {
    CAPTURE(text);
    CHECK_FALSE(at_noon(text));
  }
}

TEST_CASE("a date is measured from any clock without overflow") {
  for (const system_clock::time_point now :
       {(system_clock::time_point::min)(), (system_clock::time_point::max)()}) {
    const auto first = purecloud::detail::parse_retry_after("Sat, 01 Jan 0000 00:00:00 GMT", now);
    const auto last = purecloud::detail::parse_retry_after("Fri, 31 Dec 9999 23:59:59 GMT", now);
    CHECK(first.value_or(0ms) >= 0ms);
    CHECK(last.value_or(0ms) <= purecloud::detail::longest_retry_after);
  }
}
