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

/// Reads `yyyy-MM-ddTHH:mm:ss[.fraction]Z`; digits beyond the millisecond are cut. Empty when the
/// text has another form or names no real date.
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
