// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>

#include <purecloud/detail/call/retry_after.hpp>
#include <purecloud/detail/text/calendar.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

PURECLOUD_TOKENS_INLINE std::optional<std::chrono::system_clock::time_point> parse_http_date(
    std::string_view text) {
  static constexpr std::string_view months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  static constexpr std::string_view days[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                              "Thursday", "Friday", "Saturday"};
  const auto month_number = [](std::string_view name) {
    for (std::size_t i = 0; i < std::size(months); ++i)
      if (months[i] == name) return static_cast<int>(i) + 1;
    return 0;
  };

  DigitReader read(text);
  UtcTime utc;
  const auto read_time = [&] {
    utc.hour = read.number(2);
    read.literal(':');
    utc.minute = read.number(2);
    read.literal(':');
    utc.second = read.number(2);
  };

  const std::string_view day_name = read.word();
  bool is_day = false, is_long_day = false;
  for (const std::string_view day : days) {
    is_day = is_day || day_name == day.substr(0, 3);
    is_long_day = is_long_day || day_name == day;
  }
  if (is_day && read.next() == ',') {  // Sun, 06 Nov 1994 08:49:37 GMT
    read.literal(", ");
    utc.day = read.number(2);
    read.literal(' ');
    utc.month = month_number(read.word());
    read.literal(' ');
    utc.year = read.number(4);
    read.literal(' ');
    read_time();
    read.literal(" GMT");
  } else if (is_long_day) {  // Sunday, 06-Nov-94 08:49:37 GMT
    read.literal(", ");
    utc.day = read.number(2);
    read.literal('-');
    utc.month = month_number(read.word());
    read.literal('-');
    utc.year = read.number(2);
    utc.year += utc.year < 70 ? 2000 : 1900;
    read.literal(' ');
    read_time();
    read.literal(" GMT");
  } else if (is_day) {  // Sun Nov  6 08:49:37 1994
    read.literal(' ');
    utc.month = month_number(read.word());
    read.literal(' ');
    if (read.next() == ' ') {
      read.literal(' ');
      utc.day = read.number(1);
    } else {
      utc.day = read.number(2);
    }
    read.literal(' ');
    read_time();
    read.literal(' ');
    utc.year = read.number(4);
  }
  // a leap second is legal here; as in POSIX time, it is the next day's first
  const bool leap_second = utc.hour == 23 && utc.minute == 59 && utc.second == 60;
  if (leap_second) utc.second = 59;
  const auto seconds = seconds_since_epoch(utc);
  if (!read.complete() || !seconds) return std::nullopt;
  // system_clock counts nanoseconds in 64 bits here and there: years 1678 to 2262
  if (utc.year < 1700 || utc.year > 2200) return std::nullopt;
  return std::chrono::system_clock::time_point(
      std::chrono::seconds(*seconds + (leap_second ? 1 : 0)));
}

PURECLOUD_TOKENS_INLINE std::optional<std::chrono::milliseconds> parse_retry_after(
    std::string_view text, std::chrono::system_clock::time_point now) {
  constexpr std::chrono::milliseconds longest = std::chrono::hours(7 * 24);
  std::chrono::milliseconds delay{-1};
  if (const auto date = parse_http_date(text)) {
    // in milliseconds, because nanoseconds overflow beyond 292 years
    using std::chrono::floor, std::chrono::milliseconds;
    delay = floor<milliseconds>(*date) - floor<milliseconds>(now);
  } else if (!text.empty() && text.size() <= 9 &&
             text.find_first_not_of("0123456789") == std::string_view::npos) {
    DigitReader read(text);
    delay = std::chrono::seconds(read.number(text.size()));
  }
  if (delay.count() < 0 || delay > longest) return std::nullopt;
  return delay;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
