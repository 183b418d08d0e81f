// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// A year: as good as for ever, and no clock of nanoseconds overflows.
constexpr std::chrono::milliseconds longest_time = std::chrono::hours(24 * 365);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
