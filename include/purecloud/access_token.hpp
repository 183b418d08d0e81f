// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include <purecloud/secret.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

struct AccessTokenKind {
  static constexpr std::string_view mark = "<access token>";
};

}  // namespace detail

/// An OAuth 2.0 access token (RFC 6750). Prints `<access token>`. A call with an empty one is
/// refused (ErrorKind::invalid_argument).
using AccessToken = BasicSecret<detail::AccessTokenKind>;

}  // namespace v1
}  // namespace purecloud
