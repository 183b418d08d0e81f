// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// The instant that an HTTP-date names, in any of its three forms (RFC 9110, 5.6.7); the nearest
/// that the clock can hold, where it counts nanoseconds and so ends in 2262. Empty when the text is
/// none.
std::optional<std::chrono::system_clock::time_point> parse_http_date(std::string_view text);

/// The greatest delay that parse_retry_after returns: longer than any call may last, and no clock
/// of nanoseconds overflows.
constexpr std::chrono::milliseconds longest_retry_after = std::chrono::hours(100 * 365 * 24);

/// The delay that `Retry-After` asks for (RFC 9110, 10.2.3), in seconds or as an HTTP-date seen at
/// `now`; longest_retry_after for a longer one. A fraction of a second, which some servers send, is
/// rounded up to a whole one. Empty when the text has neither form, or is a date in the past, which
/// is no reason to repeat a request at once.
std::optional<std::chrono::milliseconds> parse_retry_after(
    std::string_view text, std::chrono::system_clock::time_point now);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/call/retry_after.ipp>
#endif
