// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/error.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

PURECLOUD_TOKENS_INLINE void raise(const Error& error) { throw ApiException(error); }

PURECLOUD_TOKENS_INLINE std::optional<Error> error_of(void (*work)(void*), void* context) {
  try {
    work(context);
    return std::nullopt;
  } catch (const ApiException& thrown) {
    return (thrown.error)();
  }
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
