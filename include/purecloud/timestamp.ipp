// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>

#include <purecloud/detail/text/calendar.hpp>
#include <purecloud/timestamp.hpp>

namespace purecloud {
inline namespace v1 {

PURECLOUD_TOKENS_INLINE std::optional<Timestamp> parse_timestamp(std::string_view text) {
  detail::DigitReader read(text);
  detail::UtcTime time;
  time.year = read.number(4);
  read.literal('-');
  time.month = read.number(2);
  read.literal('-');
  time.day = read.number(2);
  read.one_of("Tt");
  time.hour = read.number(2);
  read.literal(':');
  time.minute = read.number(2);
  read.literal(':');
  time.second = read.number(2);
  int milliseconds = 0;
  if (read.next() == '.') {
    read.literal('.');
    milliseconds = read.fraction_in_thousandths();
  }
  int offset = 0;  // in minutes
  if (const char zone = read.one_of("Zz+-"); zone == '+' || zone == '-') {
    const int hours = read.number(2);
    read.literal(':');
    const int minutes = read.number(2);
    if (hours > 23 || minutes > 59) return std::nullopt;
    offset = (zone == '-' ? -1 : 1) * (hours * 60 + minutes);
  }
  const auto seconds = detail::seconds_since_epoch(time, offset * 60);
  if (!read.complete() || !seconds) return std::nullopt;
  return Timestamp(std::chrono::seconds(*seconds) + std::chrono::milliseconds(milliseconds));
}

PURECLOUD_TOKENS_INLINE std::optional<std::string> format_timestamp(Timestamp time) {
  const std::int64_t count = time.time_since_epoch().count();
  std::int64_t seconds = count / 1000;
  std::int64_t milliseconds = count % 1000;
  if (milliseconds < 0) {
    milliseconds += 1000;
    --seconds;
  }
  const auto utc = detail::utc_time(seconds);
  if (!utc) return std::nullopt;
  char text[64];
  std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", utc->year, utc->month,
                utc->day, utc->hour, utc->minute, utc->second, static_cast<int>(milliseconds));
  return std::string(text);
}

}  // namespace v1
}  // namespace purecloud
