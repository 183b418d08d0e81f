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

/// One name or value as application/x-www-form-urlencoded has it (URL standard, 5.2): a space as
/// `+`, all but letters, digits and `*-._` as %XX. RFC 6749, 2.3.1, encodes a client's id and
/// secret so.
std::string form_component(std::string_view text);

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
