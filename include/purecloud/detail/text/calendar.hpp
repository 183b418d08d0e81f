// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// A second of the proleptic Gregorian calendar, years 0 to 9999.
struct UtcTime {
  int year = 0;
  int month = 0;  ///< 1 to 12
  int day = 0;    ///< 1 to 31
  int hour = 0;
  int minute = 0;
  int second = 0;  ///< 0 to 59; 60 in a leap second
};

/// The second of a time that is `offset` seconds ahead of UTC; of a leap second, which POSIX time
/// does not count, the one after it. Empty when a field is out of range, the month has no such day,
/// or the year is outside 0 to 9999 in UTC.
std::optional<std::int64_t> seconds_since_epoch(const UtcTime& time, int offset = 0);

/// Empty for a year outside 0 to 9999.
std::optional<UtcTime> utc_time(std::int64_t seconds_since_epoch);

/// Reads text of a fixed form from the left. The first thing that does not fit is remembered, so
/// that a caller asks once, at the end.
class DigitReader {
 public:
  explicit DigitReader(std::string_view text) : rest_(text) {}

  /// Exactly `digits` digits.
  int number(std::size_t digits);
  /// One digit or more; those after the third are cut.
  int fraction_in_thousandths();
  void literal(char c);
  void literal(std::string_view text);
  /// The next character, which must be one of these.
  char one_of(std::string_view characters);
  /// Letters up to the next character that is none.
  std::string_view word();
  char next() const { return rest_.empty() ? '\0' : rest_.front(); }

  /// Whether everything was read and everything fitted.
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
