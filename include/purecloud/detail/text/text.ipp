// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>

#include <purecloud/detail/text/text.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

PURECLOUD_TOKENS_INLINE std::string_view trimmed(std::string_view text) {
  constexpr std::string_view space = " \t\r\n";
  text.remove_prefix((std::min)(text.find_first_not_of(space), text.size()));
  return text.substr(0, text.find_last_not_of(space) + 1);
}

PURECLOUD_TOKENS_INLINE std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

PURECLOUD_TOKENS_INLINE int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

PURECLOUD_TOKENS_INLINE std::string percent_decode(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool encoded = text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
                         hex_digit(text[i + 2]) >= 0;
    decoded +=
        encoded ? static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2])) : text[i];
    if (encoded) i += 2;
  }
  return decoded;
}

PURECLOUD_TOKENS_INLINE std::string percent_encode(std::string_view text) {
  static constexpr char hex[] = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size());
  for (const char c : text) {
    const bool unreserved = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                            (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
    if (unreserved) {
      encoded += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      encoded += {'%', hex[byte >> 4], hex[byte & 15]};
    }
  }
  return encoded;
}

/// Returns the size of the character at the beginning of `text` if it breaks a line or controls a
/// terminal (a C0 or C1 control, U+2028 or U+2029), else 0.
inline std::size_t control_size(std::string_view text) {
  if (is_control(text[0])) return 1;
  if (text[0] == '\xc2' && text.size() > 1 && static_cast<unsigned char>(text[1]) < 0xa0) return 2;
  text = text.substr(0, 3);
  return text == "\xe2\x80\xa8" || text == "\xe2\x80\xa9" ? 3 : 0;
}

PURECLOUD_TOKENS_INLINE std::string one_line(std::string_view text, std::size_t limit) {
  std::size_t size = (std::min)(text.size(), limit);
  // do not cut within a UTF-8 sequence, whose later bytes are 10xxxxxx
  while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80)
    --size;
  std::string line(text.substr(0, size));
  for (std::size_t at = 0; at < line.size(); ++at)
    std::fill_n(line.begin() + static_cast<std::ptrdiff_t>(at),
                control_size(std::string_view(line).substr(at)), ' ');
  if (size < text.size()) line += "\xe2\x80\xa6";  // an ellipsis in UTF-8
  return line;
}

PURECLOUD_TOKENS_INLINE std::string ascii_line(std::string_view text, std::size_t limit) {
  std::string ascii(text.substr(0, limit + 1));
  std::replace_if(
      ascii.begin(), ascii.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; },
      '?');
  return one_line(ascii, limit);
}

PURECLOUD_TOKENS_INLINE bool is_header_value(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return is_control(c) && c != '\t'; });
}

PURECLOUD_TOKENS_INLINE bool is_header_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return c > ' ' && c < 0x7f &&
           std::string_view("\"(),/:;<=>?@[\\]{}").find(c) == std::string_view::npos;
  });
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
