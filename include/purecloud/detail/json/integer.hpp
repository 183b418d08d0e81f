// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

#include <purecloud/detail/separate.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Whether a JSON number is an integer that fits into 64 bits.
enum class JsonInteger { fits, out_of_range, has_fraction };

/// Reads an integer from a JSON number in any form: `1800`, `1800.0` and `1.8e3` are the same. It
/// calculates in decimal, because a `double` would round.
PURECLOUD_TOKENS_INLINE JsonInteger json_integer(std::string_view spelling, std::int64_t& value) {
  const bool negative = spelling[0] == '-';
  if (negative) spelling.remove_prefix(1);
  const std::size_t e = (std::min)(spelling.find_first_of("eE"), spelling.size());
  const std::string_view digits = spelling.substr(0, e);

  // greater than the number of digits in any text, so that the sum below is right, and does not
  // overflow
  constexpr std::int64_t greatest_exponent = 1'000'000'000'000'000;
  std::int64_t exponent = 0;
  for (const char c : spelling.substr(e))
    if (c >= '0' && c <= '9') exponent = (std::min)(exponent * 10 + (c - '0'), greatest_exponent);
  if (e + 1 < spelling.size() && spelling[e + 1] == '-') exponent = -exponent;

  // the power of ten of the current digit
  std::int64_t power =
      static_cast<std::int64_t>((std::min)(digits.find('.'), digits.size())) + exponent;
  std::uint64_t magnitude = 0;
  for (const char c : digits) {
    if (c == '.') continue;
    --power;
    if (c == '0') continue;
    if (power < 0) return JsonInteger::has_fraction;
    if (power > 18) return JsonInteger::out_of_range;  // 10^19 is beyond 64 bits with a sign
    std::uint64_t counts = static_cast<std::uint64_t>(c - '0');
    for (std::int64_t i = 0; i < power; ++i) counts *= 10;
    magnitude += counts;
  }
  constexpr auto greatest = std::uint64_t{(std::numeric_limits<std::int64_t>::max)()};
  if (magnitude > greatest + (negative ? 1 : 0)) return JsonInteger::out_of_range;
  // the least integer has no positive counterpart
  value = magnitude > greatest ? (std::numeric_limits<std::int64_t>::min)()
          : negative           ? -static_cast<std::int64_t>(magnitude)
                               : static_cast<std::int64_t>(magnitude);
  return JsonInteger::fits;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
