// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include <purecloud/access_token.hpp>
#include <purecloud/configuration.hpp>
#include <purecloud/detail/call/exchange.hpp>
#include <purecloud/error.hpp>
#include <purecloud/model/oauth_token.hpp>
#include <purecloud/stop_token.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// The token that the copies of a client share, and the rules for getting and renewing it. It does
/// no I/O and reads no clock: a driver asks what to do, and reports the login host's response.
/// Thread-safe.
///
/// At most one request to the login host is in flight. A token is renewed when the smaller of 60 s
/// and a tenth of its lifetime is left; if the renewal fails, the token is used until it expires.
/// After a failure all calls get the same error, until a backoff has passed.
class TokenSource {
 public:
  enum class Action {
    use,    ///< use the token
    none,   ///< there is no token, and the call does not require one
    fail,   ///< the call fails with the error
    wait,   ///< wait until the stop of `wake` is requested, and ask again
    fetch,  ///< request a token, report the result by report(), and ask again
  };

  /// Its stop is requested when the request for a token has ended.
  struct Wake : StopState {
    bool failed = false;  ///< whether it failed; set before the stop is requested
  };

  struct Decision {
    Action action;
    std::shared_ptr<const AccessToken> token = nullptr;
    std::optional<Error> error = std::nullopt;
    std::shared_ptr<Wake> wake = nullptr;  ///< for `wait` and `fetch`
    bool is_early = false;  ///< for `fetch`: the old token is still valid, so do not wait for long
  };

  TokenSource(const RetryPolicy& retry) : retry_(retry) {}

  /// Returns what a call with this need has to do. `waited` is the Wake for which the call waited:
  /// if that request failed, the call gets its error, even if the backoff has passed.
  Decision ask(const TokenNeed& need, Deadline now, const Wake* waited = nullptr);

  /// Reports the result of a `fetch`; no result if the call gave up, and another one has to fetch.
  void report(std::optional<Result<OAuthToken>> result, Deadline now) noexcept;

  /// Stops the use of a token that was rejected or deleted.
  void forget(const std::shared_ptr<const AccessToken>& token);

 private:
  Decision fetch(bool is_early);
  bool is_good(Deadline now) const;

  const RetryPolicy retry_;
  std::mutex mutex_;
  std::shared_ptr<const AccessToken> token_;
  std::optional<Deadline> expires_;
  std::optional<Deadline> renew_;  ///< when the token is renewed
  bool fetching_ = false;
  std::vector<std::shared_ptr<Wake>> waiting_;  ///< for the calls that wait
  std::optional<Error> failure_;                ///< of the last request for a token
  int failures_ = 0;                            ///< how many in a row
  Deadline retry_at_{};                         ///< the end of the backoff
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/oauth/token_source.ipp>
#endif
