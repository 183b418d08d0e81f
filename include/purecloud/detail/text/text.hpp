// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Returns whether a character is a C0 control or DEL.
constexpr bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

/// Returns the text without spaces, tabs and line breaks around it.
std::string_view trimmed(std::string_view text);

/// Returns the text with ASCII letters in lower case, whatever the locale.
std::string lower_case(std::string_view text);

/// Returns the value of a hexadecimal digit; -1 for any other character.
int hex_digit(char c);

/// Decodes each `%XX`. Leaves everything else unchanged.
std::string percent_decode(std::string_view text);

/// Encodes a text as one path segment: all but RFC 3986's unreserved characters as %XX.
std::string percent_encode(std::string_view text);

/// Makes untrusted text fit for a message of one line: controls and line breaks become spaces, and
/// the part beyond `limit` bytes becomes `…`.
std::string one_line(std::string_view text, std::size_t limit);

/// Like one_line(), but other characters than ASCII become `?`. For headers, whose encoding is not
/// known.
std::string ascii_line(std::string_view text, std::size_t limit);

/// Returns whether a text is valid as a header value in a request: no controls but tabs (RFC 9110,
/// 5.5).
bool is_header_value(std::string_view text);

/// Returns whether a text is valid as a header name: a `token` of RFC 9110, 5.6.2.
bool is_header_name(std::string_view text);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/text/text.ipp>
#endif
