// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>

#include <purecloud/model/error_body.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// What an error response's body says, read leniently, because an error must not hide another: a
/// value of another type than its member's, and an array of too many elements, is kept as text in
/// the additional properties of its model. Without a message of its own the body gets that of the
/// first of its errors. Empty when the text is not JSON, or not an object.
std::optional<ErrorBody> decode_error_body(std::string_view text);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/json/error_body.ipp>
#endif
