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

/// Appends one name or value as application/x-www-form-urlencoded has it (URL standard, 5.2): a
/// space as `+`, all but letters, digits and `*-._` as %XX. It takes up to three times the room,
/// which is to be there for what is secret: growing leaves a copy behind, which nobody wipes.
void append_form_component(std::string& form, std::string_view text);

/// The text of such a name or value. Empty when a `%` is not followed by two hexadecimal digits.
std::optional<std::string> parse_form_component(std::string_view component);

/// Names and values as a form: `a=1&b=2`.
std::string form_encode(const std::vector<std::pair<std::string_view, std::string_view>>& members);

/// The names and values of a form, in order, as often as they came (URL standard, 5.1). Empty when
/// a `%` is not followed by two hexadecimal digits.
std::optional<std::vector<std::pair<std::string, std::string>>> parse_form(std::string_view text);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/oauth/form.ipp>
#endif
