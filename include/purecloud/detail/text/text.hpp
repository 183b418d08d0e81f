// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// A C0 control or DEL.
constexpr bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

/// The text without spaces, tabs and line breaks around it.
std::string_view trimmed(std::string_view text);

/// ASCII letters in lower case, whatever the locale.
std::string lower_case(std::string_view text);

/// The value of a hexadecimal digit; -1 when it is none.
int hex_digit(char c);

/// `%XX` as the byte that it stands for; what has not that form stays as it is.
std::string percent_decode(std::string_view text);

/// A string as exactly one path segment: all but RFC 3986's unreserved characters as %XX.
std::string percent_encode(std::string_view text);

/// Untrusted text as part of a one-line message: controls and line breaks become spaces, and what
/// is beyond `limit` bytes becomes `…`.
std::string one_line(std::string_view text, std::size_t limit);

/// The same with `?` for what is not ASCII: for headers, whose encoding nobody says.
std::string ascii_line(std::string_view text, std::size_t limit);

/// The character of a request's header value: visible, space or tab (RFC 9110, 5.5).
bool is_header_value(std::string_view text);

/// RFC 9110's token, which names headers.
bool is_header_name(std::string_view text);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/text/text.ipp>
#endif
