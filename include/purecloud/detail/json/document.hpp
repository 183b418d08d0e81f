// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <utility>

#include <purecloud/detail/json/limits.hpp>
#include <purecloud/error.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

inline Error json_error(ErrorKind kind, std::string message) {
  Error error;
  error.kind = kind;
  error.message = std::move(message);
  return error;
}

/// Writes a document of nlohmann/json as text, with at most json_depth_limit levels. Not by its
/// dump(), whose recursion has no bound: the document may come from a peer.
template <class Json>
void write_document(const Json& value, std::string& text, std::size_t depth = 0) {
  if (!value.is_structured()) {
    text += value.dump();
    return;
  }
  if (depth == json_depth_limit) raise(json_error(ErrorKind::decode, json_too_deep));
  const char* before = value.is_array() ? "[" : "{";
  if (value.empty()) text += before;
  for (const auto& item : value.items()) {
    text += before;
    before = ",";
    if (value.is_object()) (text += Json(item.key()).dump()) += ':';
    write_document(item.value(), text, depth + 1);
  }
  text += value.is_array() ? ']' : '}';
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
