// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace purecloud {
inline namespace v1 {

/// A date-time of the API: in UTC, with milliseconds.
using Timestamp = std::chrono::time_point<std::chrono::system_clock, std::chrono::milliseconds>;

/// Reads a date-time of RFC 3339, 5.6: `yyyy-MM-ddTHH:mm:ss`, optionally a fraction, and `Z` or an
/// offset from UTC such as `+01:00`. Digits beyond milliseconds are dropped; a leap second is read
/// as the next second. Returns nothing for another form, a date that does not exist, or a year in
/// UTC outside 0000 to 9999.
std::optional<Timestamp> parse_timestamp(std::string_view text);

/// Writes `yyyy-MM-ddTHH:mm:ss.mmmZ`. Returns nothing for a year outside 0000 to 9999, for which
/// this form has no place.
std::optional<std::string> format_timestamp(Timestamp time);

}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/timestamp.ipp>
#endif
