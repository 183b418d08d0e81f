// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// The instant that an HTTP-date names, in any of its three forms (RFC 9110, 5.6.7). Empty when the
/// text is none.
std::optional<std::chrono::system_clock::time_point> parse_http_date(std::string_view text);

/// The delay that `Retry-After` asks for (RFC 9110, 10.2.3), in seconds or as an HTTP-date seen at
/// `now`. Empty when it is unreadable, in the past, or more than 7 days away: no wait that a
/// server can mean.
std::optional<std::chrono::milliseconds> parse_retry_after(
    std::string_view text, std::chrono::system_clock::time_point now);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/call/retry_after.ipp>
#endif
