// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/detail/text/calendar.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

// Years are counted from March, so that the leap day is a year's last; a cycle of 400 years has
// 146,097 days, and March 1st of year 0 lies 719,468 days before 1970.
constexpr std::int64_t days_before_epoch = 719'468;
constexpr std::int64_t days_in_400_years = 146'097;

constexpr std::int64_t days_since_march_of_year_0(int year, int month, int day) {
  const int march_year = month > 2 ? year : year - 1;
  const int march_month = month > 2 ? month - 3 : month + 9;
  // January of year 0 belongs to the march year -1: shift by a cycle to stay positive
  const std::int64_t shifted = march_year + 400;
  return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + (153 * march_month + 2) / 5 +
         day - 1 - days_in_400_years;
}

PURECLOUD_TOKENS_INLINE std::optional<std::int64_t> seconds_since_epoch(const UtcTime& time,
                                                                        int offset) {
  constexpr int days_in_month[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap_year = (time.year % 4 == 0 && time.year % 100 != 0) || time.year % 400 == 0;
  const bool leap_second = time.second == 60;
  const auto within = [](int value, int low, int high) { return value >= low && value <= high; };
  if (!within(time.year, 0, 9999) || !within(time.month, 1, 12) || !within(time.hour, 0, 23) ||
      !within(time.minute, 0, 59) || !within(time.second, 0, 60))
    return std::nullopt;
  const int days = days_in_month[time.month - 1] + (leap_year && time.month == 2 ? 1 : 0);
  if (!within(time.day, 1, days)) return std::nullopt;
  const auto day = days_since_march_of_year_0(time.year, time.month, time.day) - days_before_epoch;
  const auto seconds = ((day * 24 + time.hour) * 60 + time.minute) * 60 + time.second - offset;
  const auto utc = utc_time(seconds);
  if (!utc) return std::nullopt;
  // a leap second can only follow the last second of a day
  if (leap_second && (utc->hour != 0 || utc->minute != 0 || utc->second != 0)) return std::nullopt;
  return seconds;
}

PURECLOUD_TOKENS_INLINE std::optional<UtcTime> utc_time(std::int64_t seconds) {
  constexpr std::int64_t day_length = 86'400;
  std::int64_t day = seconds / day_length;
  std::int64_t second = seconds % day_length;
  if (second < 0) {
    second += day_length;
    --day;
  }
  const std::int64_t first_day = days_since_march_of_year_0(0, 1, 1) - days_before_epoch;
  const std::int64_t last_day = days_since_march_of_year_0(9999, 12, 31) - days_before_epoch;
  if (day < first_day || day > last_day) return std::nullopt;

  // the cycle and the day in it, then the year in the cycle, then the month
  day += days_before_epoch + days_in_400_years;
  const std::int64_t cycle = day / days_in_400_years;
  const std::int64_t in_cycle = day % days_in_400_years;
  const std::int64_t year_in_cycle =
      (in_cycle - in_cycle / 1'460 + in_cycle / 36'524 - in_cycle / 146'096) / 365;
  const std::int64_t day_of_year =
      in_cycle - (365 * year_in_cycle + year_in_cycle / 4 - year_in_cycle / 100);
  const std::int64_t march_month = (5 * day_of_year + 2) / 153;

  UtcTime utc;
  utc.day = static_cast<int>(day_of_year - (153 * march_month + 2) / 5 + 1);
  utc.month = static_cast<int>(march_month < 10 ? march_month + 3 : march_month - 9);
  utc.year = static_cast<int>(cycle * 400 + year_in_cycle - 400 + (utc.month <= 2 ? 1 : 0));
  utc.hour = static_cast<int>(second / 3'600);
  utc.minute = static_cast<int>(second / 60 % 60);
  utc.second = static_cast<int>(second % 60);
  return utc;
}

PURECLOUD_TOKENS_INLINE int DigitReader::number(std::size_t digits) {
  int value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const char c = next();
    if (c < '0' || c > '9') {
      fits_ = false;
      return 0;
    }
    value = value * 10 + (c - '0');
    rest_.remove_prefix(1);
  }
  return value;
}

PURECLOUD_TOKENS_INLINE int DigitReader::fraction_in_thousandths() {
  int value = number(1) * 100;
  for (int scale = 10; next() >= '0' && next() <= '9'; scale /= 10) value += number(1) * scale;
  return value;
}

PURECLOUD_TOKENS_INLINE void DigitReader::literal(char c) { literal(std::string_view(&c, 1)); }

PURECLOUD_TOKENS_INLINE void DigitReader::literal(std::string_view text) {
  if (rest_.substr(0, text.size()) == text)
    rest_.remove_prefix(text.size());
  else
    fits_ = false;
}

PURECLOUD_TOKENS_INLINE char DigitReader::one_of(std::string_view characters) {
  const char c = next();
  if (characters.find(c) == std::string_view::npos)
    fits_ = false;
  else
    rest_.remove_prefix(1);
  return c;
}

PURECLOUD_TOKENS_INLINE std::string_view DigitReader::word() {
  std::size_t size = 0;
  while (size < rest_.size() &&
         ((rest_[size] >= 'a' && rest_[size] <= 'z') || (rest_[size] >= 'A' && rest_[size] <= 'Z')))
    ++size;
  const std::string_view word = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return word;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
