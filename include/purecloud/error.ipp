// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/error.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

PURECLOUD_TOKENS_INLINE void raise(const Error& error) { throw ApiException(error); }

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
