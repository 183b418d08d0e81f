// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Reads an HTTP-date in any of its three forms (RFC 9110, 5.6.7). A date outside the clock's range
/// (a clock that counts nanoseconds ends in 2262) becomes the nearest one in it. Returns nothing if
/// the text is not an HTTP-date.
std::optional<std::chrono::system_clock::time_point> parse_http_date(std::string_view text);

/// The greatest delay that parse_retry_after returns. It is longer than any call, and overflows no
/// clock that counts nanoseconds.
constexpr std::chrono::milliseconds longest_retry_after = std::chrono::hours(100 * 365 * 24);

/// Reads the value of `Retry-After` (RFC 9110, 10.2.3): seconds, or an HTTP-date, of which it
/// returns the time from `now` on. A longer delay becomes longest_retry_after. A fraction of a
/// second, which some servers send, is rounded up. Returns nothing if the text has neither form. So
/// it does for a date in the past, which must not cause a retry without a wait.
std::optional<std::chrono::milliseconds> parse_retry_after(
    std::string_view text, std::chrono::system_clock::time_point now);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/call/retry_after.ipp>
#endif
