// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <vector>

#include <purecloud/detail/text/text.hpp>

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

/// How many bytes at the beginning of `text` break a line or steer a terminal: a C0 or C1 control,
/// U+2028 or U+2029. 0 when they do not.
inline std::size_t control_size(std::string_view text) {
  if (is_control(text[0])) return 1;
  if (text[0] == '\xc2' && text.size() > 1 && static_cast<unsigned char>(text[1]) < 0xa0) return 2;
  text = text.substr(0, 3);
  return text == "\xe2\x80\xa8" || text == "\xe2\x80\xa9" ? 3 : 0;
}

PURECLOUD_TOKENS_INLINE std::string one_line(std::string_view text, std::size_t limit) {
  std::size_t size = (std::min)(text.size(), limit);
  // do not cut a UTF-8 sequence in two: its later bytes are 10xxxxxx
  while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80)
    --size;
  std::string line(text.substr(0, size));
  for (std::size_t at = 0; at < line.size(); ++at)
    std::fill_n(line.begin() + static_cast<std::ptrdiff_t>(at),
                control_size(std::string_view(line).substr(at)), ' ');
  if (size < text.size()) line += "…";
  return line;
}

PURECLOUD_TOKENS_INLINE std::string ascii_line(std::string_view text, std::size_t limit) {
  std::string ascii(text.substr(0, limit + 1));
  std::replace_if(
      ascii.begin(), ascii.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; },
      '?');
  return one_line(ascii, limit);
}

/// How many bytes at the beginning of `text` spell `c`: as itself, as `%2B`, or as JSON's `\u002B`
/// or `\+`. 0 when they do not.
inline std::size_t spelled_size(std::string_view text, char c) {
  static constexpr char hex[] = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  const char code[] = {hex[byte >> 4], hex[byte & 15]};
  const auto spells = [&](std::string_view prefix) {
    return text.substr(0, prefix.size()) == prefix &&
           lower_case(text.substr(prefix.size(), 2)) == std::string_view(code, 2);
  };
  if (spells("%")) return 3;
  if (spells("\\u00")) return 6;
  if (text.size() > 1 && text[0] == '\\' && text[1] == c) return 2;
  return !text.empty() && text[0] == c ? 1 : 0;
}

/// The same for a whole word.
inline std::size_t spelled_size(std::string_view text, std::string_view word) {
  std::size_t size = 0;
  for (const char c : word) {
    const std::size_t step = spelled_size(text.substr(size), c);
    if (step == 0) return 0;
    size += step;
  }
  return size;
}

/// The part of a base64 text that the secret alone decides, where `before` bytes stand before it,
/// modulo 3.
inline std::string base64_core(std::string_view secret, std::size_t before,
                               std::string_view last_two) {
  static constexpr std::string_view first_62 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  const auto byte = [&](std::size_t at) {
    return at < secret.size() ? static_cast<unsigned char>(secret[at]) : 0u;
  };
  std::string core;
  for (std::size_t bit = before * 4 % 6; bit + 6 <= secret.size() * 8; bit += 6) {
    const unsigned two_bytes = byte(bit / 8) << 8 | byte(bit / 8 + 1);
    const unsigned digit = two_bytes >> (10 - bit % 8) & 63;
    core += digit < 62 ? first_62[digit] : last_two[digit - 62];
  }
  return core;
}

PURECLOUD_TOKENS_INLINE std::string redact(std::string text, std::string_view secret) {
  // no form of it is shorter than the secret
  if (secret.size() < 6 || text.size() < secret.size()) return text;
  std::vector<std::string> forms{std::string(secret)};
  for (const std::string_view last_two : {"+/", "-_"})
    for (std::size_t before = 0; before < 3; ++before)
      forms.push_back(base64_core(secret, before, last_two));
  const auto secret_size = [&](std::string_view rest) {
    // first as it is: in `\\` or `%25`, spelled_size sees one character
    if (rest.substr(0, secret.size()) == secret) return secret.size();
    for (const std::string& form : forms)
      if (const std::size_t size = spelled_size(rest, form)) return size;
    return std::size_t{0};
  };
  constexpr std::string_view marker = "<access token>";
  std::string redacted;
  redacted.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = std::string_view(text).substr(at);
    const bool was_redacted = rest.substr(0, marker.size()) == marker;
    if (const std::size_t size = was_redacted ? marker.size() : secret_size(rest)) {
      redacted += marker;
      at += size;
    } else {
      redacted += text[at++];
    }
  }
  return redacted;
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
