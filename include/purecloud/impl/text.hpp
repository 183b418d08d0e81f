// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>

#include <purecloud/detail/text.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

PURECLOUD_TOKENS_INLINE std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
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

PURECLOUD_TOKENS_INLINE std::string one_line(std::string_view text, std::size_t limit) {
  std::size_t size = (std::min)(text.size(), limit);
  // do not cut a UTF-8 sequence in two: its later bytes are 10xxxxxx
  while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80)
    --size;
  std::string line(text.substr(0, size));
  std::replace_if(line.begin(), line.end(), is_control, ' ');
  if (size < text.size()) line += "…";
  return line;
}

PURECLOUD_TOKENS_INLINE std::string redact(std::string text, std::string_view secret) {
  if (secret.size() < 6) return text;
  for (const std::string& form : {std::string(secret), percent_encode(secret)}) {
    for (std::size_t at = 0; (at = text.find(form, at)) != std::string::npos;)
      text.replace(at, form.size(), "<access token>");
  }
  return text;
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
