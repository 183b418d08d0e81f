// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace purecloud {
inline namespace v1 {

/// A date-time of the API: UTC, in milliseconds.
using Timestamp = std::chrono::time_point<std::chrono::system_clock, std::chrono::milliseconds>;

/// Reads a date-time as RFC 3339, 5.6, has it: `yyyy-MM-ddTHH:mm:ss`, a fraction or none, and `Z`
/// or an offset from UTC such as `+01:00`. Digits beyond the millisecond are cut; a leap second is
/// the second after it. Empty when the text has another form, names no real date, or lies outside
/// the years 0000 to 9999 in UTC.
std::optional<Timestamp> parse_timestamp(std::string_view text);

/// Writes `yyyy-MM-ddTHH:mm:ss.mmmZ`. Empty for a year outside 0000 to 9999, which that form
/// cannot hold.
std::optional<std::string> format_timestamp(Timestamp time);

}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/timestamp.ipp>
#endif
