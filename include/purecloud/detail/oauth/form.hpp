// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Appends a name or a value encoded for application/x-www-form-urlencoded (URL standard, 5.2): a
/// space as `+`, everything but letters, digits and `*-._` as %XX. RFC 6749, 2.3.1, requires this
/// for a client's id and secret. The result has up to three times the size. For a secret, reserve
/// that first, because a string that grows leaves a copy in freed memory.
void append_form_component(std::string& form, std::string_view text);

/// Decodes what append_form_component() appends. Returns nothing if a `%` is not followed by two
/// hexadecimal digits.
std::optional<std::string> parse_form_component(std::string_view component);

/// Encodes names and values as a form: `a=1&b=2`.
std::string form_encode(const std::vector<std::pair<std::string_view, std::string_view>>& members);

/// Decodes a form (URL standard, 5.1). Returns its names and values in order, repeated names
/// included; nothing if a `%` is not followed by two hexadecimal digits.
std::optional<std::vector<std::pair<std::string, std::string>>> parse_form(std::string_view text);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/oauth/form.ipp>
#endif
