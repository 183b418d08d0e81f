// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// The upper bound of every time limit: a year, which overflows no clock that counts nanoseconds.
constexpr std::chrono::milliseconds longest_time = std::chrono::hours(24 * 365);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
