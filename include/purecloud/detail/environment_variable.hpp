// SPDX-License-Identifier: MIT
#pragma once

#include <cstdlib>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Returns the value of an environment variable; null if it is not set.
inline const char* environment_variable(const char* name) {
#if defined(_MSC_VER)
#pragma warning(push)
#pragma warning(disable : 4996)  // asks for a function that is not part of C++
#endif
  return std::getenv(name);
#if defined(_MSC_VER)
#pragma warning(pop)
#endif
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
