// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
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
  const auto since_epoch = seconds_since_epoch(utc);
  if (!read.complete() || !since_epoch) return std::nullopt;
  using std::chrono::system_clock, std::chrono::floor, std::chrono::seconds;
  const seconds date(*since_epoch);
  if (date <= floor<seconds>((system_clock::time_point::min)().time_since_epoch()))
    return (system_clock::time_point::min)();
  if (date >= floor<seconds>((system_clock::time_point::max)().time_since_epoch()))
    return (system_clock::time_point::max)();
  return system_clock::time_point(date);
}

/// Reads `299` or `299.997`, and rounds up. Returns nothing for any other form.
inline std::optional<std::chrono::seconds> parse_seconds(std::string_view text) {
  constexpr std::string_view digits = "0123456789";
  constexpr std::chrono::seconds longest =
      std::chrono::duration_cast<std::chrono::seconds>(longest_retry_after);
  const std::string_view whole =
      text.substr(0, (std::min)(text.find_first_not_of(digits), text.size()));
  std::string_view fraction = text.substr(whole.size());
  const bool has_fraction = fraction.size() > 1 && fraction.front() == '.';
  if (has_fraction) fraction.remove_prefix(1);
  if (whole.empty() || fraction.find_first_not_of(digits) != std::string_view::npos)
    return std::nullopt;

  std::chrono::seconds delay{0};
  for (const char digit : whole)
    delay = (std::min)(delay * 10 + std::chrono::seconds(digit - '0'), longest);
  const bool rounds_up = fraction.find_first_not_of('0') != std::string_view::npos;
  return (std::min)(delay + std::chrono::seconds(rounds_up ? 1 : 0), longest);
}

PURECLOUD_TOKENS_INLINE std::optional<std::chrono::milliseconds> parse_retry_after(
    std::string_view text, std::chrono::system_clock::time_point now) {
  if (const auto date = parse_http_date(text)) {
    // in milliseconds, because nanoseconds overflow beyond 292 years
    using std::chrono::floor, std::chrono::milliseconds;
    const milliseconds delay = floor<milliseconds>(*date) - floor<milliseconds>(now);
    if (delay.count() < 0) return std::nullopt;
    return (std::min)(delay, longest_retry_after);
  }
  return parse_seconds(text);
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
