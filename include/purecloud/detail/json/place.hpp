// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <purecloud/detail/separate.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// One step of a JSON pointer: a member's name, or, if the name is null, an element's index.
struct JsonStep {
  std::string_view name;
  std::size_t index;
};

/// Appends a step to a JSON pointer (RFC 6901).
PURECLOUD_TOKENS_INLINE void append_step(std::string& pointer, const JsonStep& step) {
  pointer += '/';
  if (!step.name.data()) pointer += std::to_string(step.index);
  for (const char c : step.name) {
    if (c == '~')
      pointer += "~0";
    else if (c == '/')
      pointer += "~1";
    else
      pointer += c;
  }
}

/// A place in a document: the steps from the root, as a linked list on the stack. The pointer's
/// text is only made for an error.
struct JsonPlace {
  const JsonPlace* parent = nullptr;
  JsonStep step = {};
};

/// Returns a place as a JSON pointer (RFC 6901).
PURECLOUD_TOKENS_INLINE std::string to_pointer(const JsonPlace& place) {
  if (!place.parent) return {};
  std::string pointer = to_pointer(*place.parent);
  append_step(pointer, place.step);
  return pointer;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
