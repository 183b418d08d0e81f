// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>

namespace purecloud {
inline namespace v1 {
namespace detail {

constexpr std::size_t json_depth_limit = 100;
constexpr const char* json_too_deep = "nested deeper than 100 levels";

/// Returns how much memory the elements of arrays may take. Without a bound, `[{},{},…]` would take
/// 500 bytes for each byte of text. Everything else takes at most 16: the shortest unknown member
/// has 8 bytes of text, and takes 112 of memory.
constexpr std::uint64_t json_elements_limit(std::size_t text_size) {
  return 256 * 1024 + std::uint64_t{16} * text_size;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
