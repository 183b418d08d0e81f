// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace support {

/// RFC 4648, with the last two of the 64 digits.
inline std::string base64(std::string_view text, std::string_view last_two = "+/") {
  const std::string digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + std::string(last_two);
  std::string bits;
  for (const char c : text)
    for (int bit = 7; bit >= 0; --bit)
      bits += (static_cast<unsigned char>(c) >> bit & 1) ? '1' : '0';
  while (bits.size() % 6 != 0) bits += '0';
  std::string encoded;
  for (std::size_t at = 0; at < bits.size(); at += 6)
    encoded += digits[std::stoul(bits.substr(at, 6), nullptr, 2)];
  while (encoded.size() % 4 != 0) encoded += '=';
  return encoded;
}

/// The characters of `only`, or all, as a prefix and two digits.
inline std::string escaped(std::string_view text, const std::string& prefix, const char* digits,
                           std::string_view only = {}) {
  std::string escaped;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (only.empty() || only.find(c) != only.npos)
      escaped += prefix + digits[byte >> 4] + digits[byte & 15];
    else
      escaped += c;
  }
  return escaped;
}

}  // namespace support
