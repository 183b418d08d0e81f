// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>

#include <purecloud/http.hpp>
#include <purecloud/stop_token.hpp>

namespace purecloud {
inline namespace v1 {

/// What one call does differently.
struct CallOptions {
  HttpHeaders headers;  ///< sent in addition to, or instead of, Configuration::default_headers
  /// Total time for this call, retries and waits included; instead of Timeouts::total.
  std::optional<std::chrono::milliseconds> deadline;
  /// Ends the call with ErrorKind::cancelled, wherever it is, when its stop is requested.
  StopToken stop;
};

/// For getTokensMe.
struct GetTokensMeOptions {
  /// True looks at the token without resetting its idle timer; unset or false resets it.
  std::optional<bool> preserve_idle_ttl;
  CallOptions call;  ///< as for any other call
};

}  // namespace v1
}  // namespace purecloud
