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
  detail::UtcTime utc;
  utc.year = read.number(4);
  read.literal('-');
  utc.month = read.number(2);
  read.literal('-');
  utc.day = read.number(2);
  read.literal('T');
  utc.hour = read.number(2);
  read.literal(':');
  utc.minute = read.number(2);
  read.literal(':');
  utc.second = read.number(2);
  int milliseconds = 0;
  if (read.next() == '.') {
    read.literal('.');
    milliseconds = read.fraction_in_thousandths();
  }
  read.literal('Z');
  const auto seconds = detail::seconds_since_epoch(utc);
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
