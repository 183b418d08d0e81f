// SPDX-License-Identifier: MIT

// Any bytes as a date-time, an HTTP-date and a Retry-After, checked against the C library.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>

#include <fuzzer/FuzzedDataProvider.h>
#include <purecloud/tokens.hpp>

#include "require.hpp"

using namespace purecloud;
using std::chrono::system_clock;

namespace {

void check_timestamp(const std::string& text) {
  const auto time = parse_timestamp(text);
  if (!time) return;
  const auto formatted = format_timestamp(*time);
  require(formatted && parse_timestamp(*formatted) == time, "a timestamp survives a round trip");

  std::tm utc = {};
  require(std::sscanf(text.c_str(), "%4d-%2d-%2d%*[Tt]%2d:%2d:%2d", &utc.tm_year, &utc.tm_mon,
                      &utc.tm_mday, &utc.tm_hour, &utc.tm_min, &utc.tm_sec) == 6,
          "a timestamp has six numbers");
  const bool leap_second = utc.tm_sec == 60;
  utc.tm_year -= 1900;
  utc.tm_mon -= 1;
  std::time_t offset = 0;
  if (text.back() != 'Z' && text.back() != 'z') {
    int hours = 0, minutes = 0;
    const std::string zone = text.substr(text.size() - 6);
    require(std::sscanf(zone.c_str() + 1, "%2d:%2d", &hours, &minutes) == 2 &&
                (zone[0] == '+' || zone[0] == '-'),
            "an offset has two numbers");
    offset = (zone[0] == '+' ? 60 : -60) * (hours * 60 + minutes);
  }
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time->time_since_epoch());
  require(seconds.count() == timegm(&utc) - offset, "a timestamp is what timegm makes of it");
  require(!leap_second || seconds.count() % 86'400 == 0, "a leap second ends a day");
  if (offset != 0 || leap_second) return;
  // the second as far as the fraction, or the Z
  require(
      formatted->compare(0, 10, text, 0, 10) == 0 && formatted->compare(11, 8, text, 11, 8) == 0,
      "no part of a timestamp changes");
}

void check_format(std::int64_t milliseconds) {
  const Timestamp time{std::chrono::milliseconds(milliseconds)};
  const auto text = format_timestamp(time);
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count();
  std::tm utc = {};
  const bool within = gmtime_r(&seconds, &utc) && utc.tm_year >= -1900 && utc.tm_year <= 8099;
  require(text.has_value() == within, "the years 0 to 9999 have a form, and no others");
  if (text) require(parse_timestamp(*text) == time, "what was formatted can be read");
}

void check_http_date(const std::string& text) {
  const auto time = detail::parse_http_date(text);
  if (!time) return;
  if (*time == (system_clock::time_point::min)() || *time == (system_clock::time_point::max)())
    return;  // it lies outside what the clock can hold
  const std::time_t seconds = system_clock::to_time_t(*time);
  std::tm utc = {};
  char formatted[64];
  gmtime_r(&seconds, &utc);
  std::strftime(formatted, sizeof formatted, "%a, %d %b %Y %H:%M:%S GMT", &utc);
  require(detail::parse_http_date(formatted) == time, "an HTTP-date survives a round trip");
}

void check_retry_after(const std::string& text, system_clock::time_point now) {
  const auto delay = detail::parse_retry_after(text, now);
  if (!delay) return;
  require(delay->count() >= 0 && *delay <= detail::longest_retry_after, "a wait has bounds");
  const auto date = detail::parse_http_date(text);
  if (!date) {
    const unsigned long long whole = std::strtoull(text.c_str(), nullptr, 10);
    const bool has_fraction =
        text.find_first_not_of('0', (std::min)(text.find('.'), text.size() - 1) + 1) !=
        std::string::npos;
    const auto longest = static_cast<unsigned long long>(
        std::chrono::duration_cast<std::chrono::seconds>(detail::longest_retry_after).count());
    const auto rounded = (std::min)(whole, longest - 1) + (has_fraction || whole >= longest);
    require(std::chrono::seconds(rounded) == *delay, "a number counts seconds, rounded up");
    return;
  }
  if (*delay == detail::longest_retry_after) return;
  using std::chrono::floor, std::chrono::seconds;
  const auto difference = floor<seconds>(*date) - floor<seconds>(now) - floor<seconds>(*delay);
  require(difference.count() == 0 || difference.count() == 1, "a date is when the wait ends");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FuzzedDataProvider input(data, size);
  const auto number = input.ConsumeIntegral<std::int64_t>();
  const std::string text = input.ConsumeRemainingBytesAsString();
  check_timestamp(text);
  check_http_date(text);
  check_retry_after(text, system_clock::time_point(system_clock::duration(number)));
  // within two months of the seeds' dates
  const std::chrono::seconds offset(number % (60 * 86'400));
  check_retry_after(text, system_clock::from_time_t(1'767'225'600) + offset);
  check_format(number);
  check_format(number % (std::int64_t{1} << 50));  // most of these have a form
  return 0;
}
