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
/// no I/O and reads no clock: a driver asks what to do, and reports what the login host did. Safe
/// to use from many threads.
///
/// One request to the login host is in flight at a time. A token is renewed when the smaller of 60
/// s and a tenth of its lifetime is left; it is used until it has expired when that fails. After a
/// failure all calls get the same error, until a backoff has passed.
class TokenSource {
 public:
  enum class Action {
    use,    ///< the token
    none,   ///< there is no token, and need not be one
    fail,   ///< with the error
    wait,   ///< until the stop of `wake` is requested, and ask again
    fetch,  ///< get a token, report it by fetched(), and ask again
  };

  /// The end of a fetching, for one that waits for it.
  struct Wake : StopState {
    bool failed = false;  ///< before the stop is requested
  };

  struct Decision {
    Action action;
    std::shared_ptr<const AccessToken> token = nullptr;
    std::optional<Error> error = std::nullopt;
    std::shared_ptr<Wake> wake = nullptr;  ///< of wait, and of fetch: it has ended
    bool is_early = false;  ///< of fetch: the old token is still good, so it should not take long
  };

  TokenSource(const RetryPolicy& retry) : retry_(retry) {}

  /// What a call with this need has to do. One that `waited` for a fetching gets its failure, even
  /// when the backoff has passed by then.
  Decision ask(const TokenNeed& need, Deadline now, const Wake* waited = nullptr);

  /// How the fetching went. Without a result the one who was to fetch gave up, and another has to.
  void fetched(std::optional<Result<OAuthToken>> result, Deadline now) noexcept;

  /// The token was rejected, or deleted: it is not used again.
  void drop(const std::shared_ptr<const AccessToken>& token);

 private:
  Decision fetch(bool is_early);
  bool is_good(Deadline now) const;

  const RetryPolicy retry_;
  std::mutex mutex_;
  std::shared_ptr<const AccessToken> token_;
  std::optional<Deadline> expires_;
  std::optional<Deadline> renew_;  ///< from when on
  bool fetching_ = false;
  std::vector<std::shared_ptr<Wake>> waiting_;  ///< to be told that fetching has ended
  std::optional<Error> failure_;                ///< of the last fetching
  int failures_ = 0;                            ///< in a row
  Deadline retry_at_{};                         ///< after a failure
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/oauth/token_source.ipp>
#endif
