// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// A date and time of the proleptic Gregorian calendar, years 0 to 9999.
struct UtcTime {
  int year = 0;
  int month = 0;  ///< 1 to 12
  int day = 0;    ///< 1 to 31
  int hour = 0;
  int minute = 0;
  int second = 0;  ///< 0 to 59; 60 in a leap second
};

/// Returns the POSIX time of a local time that is `offset` seconds ahead of UTC. A leap second,
/// which POSIX time does not count, becomes the next second. Returns nothing when a field is out of
/// range, the month does not have the day, or the year in UTC is outside 0 to 9999.
std::optional<std::int64_t> seconds_since_epoch(const UtcTime& time, int offset = 0);

/// Converts a POSIX time to a date and time. Returns nothing for a year outside 0 to 9999.
std::optional<UtcTime> utc_time(std::int64_t seconds_since_epoch);

/// Reads text of a fixed form from left to right. It remembers if something did not fit, so that
/// the caller checks only once, by complete().
class DigitReader {
 public:
  explicit DigitReader(std::string_view text) : rest_(text) {}

  /// Reads exactly `digits` digits.
  int number(std::size_t digits);
  /// Reads one or more digits; drops those after the third.
  int fraction_in_thousandths();
  void literal(char c);
  void literal(std::string_view text);
  /// Reads the next character, which must be one of `characters`.
  char one_of(std::string_view characters);
  /// Reads letters up to the next character that is not a letter.
  std::string_view word();
  char next() const { return rest_.empty() ? '\0' : rest_.front(); }

  /// Returns whether the text was read to its end, and everything fitted.
  bool complete() const { return fits_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool fits_ = true;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/text/calendar.ipp>
#endif
