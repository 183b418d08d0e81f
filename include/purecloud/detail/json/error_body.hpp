// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>

#include <purecloud/model/error_body.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Decodes the body of an error response. It is lenient, so that a decoding error does not hide the
/// API's error: a value of another type than its member's, or an array with too many elements, is
/// kept as text in the additional properties of its model. If the body has no message, it gets that
/// of its first error. Returns nothing when the text is not a JSON object.
std::optional<ErrorBody> decode_error_body(std::string_view text);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/json/error_body.ipp>
#endif
