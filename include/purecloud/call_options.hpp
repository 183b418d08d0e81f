// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>

#include <purecloud/http.hpp>
#include <purecloud/stop_token.hpp>

namespace purecloud {
inline namespace v1 {

/// Options of one call, which take precedence over the Configuration.
struct CallOptions {
  HttpHeaders headers;  ///< added to Configuration::default_headers; replaces those of one name
  /// Replaces Timeouts::total: the time for this call, retries and waits included.
  std::optional<std::chrono::milliseconds> deadline;
  /// When its stop is requested, the call ends with ErrorKind::cancelled, whatever it is doing.
  StopToken stop;
};

/// Options of getTokensMe.
struct GetTokensMeOptions {
  /// True: the call does not reset the token's idle timer. Unset or false: it does.
  std::optional<bool> preserve_idle_ttl;
  CallOptions call;  ///< the options of every call
};

}  // namespace v1
}  // namespace purecloud
