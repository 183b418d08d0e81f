// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <purecloud/access_token.hpp>
#include <purecloud/detail/call/call_error.hpp>
#include <purecloud/detail/call/operation.hpp>
#include <purecloud/detail/call/settings.hpp>
#include <purecloud/detail/text/redaction.hpp>
#include <purecloud/http.hpp>
#include <purecloud/result.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Returns a uniformly distributed random number in [0, 1).
double random_fraction() noexcept;

/// The outcome of a call, apart from its value. `error` is empty when the call succeeded.
struct Outcome {
  std::optional<Error> error;
  CallRecord record;
};

/// Which token a call requires.
struct TokenNeed {
  std::shared_ptr<const AccessToken> rejected;  ///< the token that the API rejected, or null
  bool only_existing = false;                   ///< deleteTokensMe: no new token is fetched
};

/// The rules of one call: what to send, how long to wait, when to stop, and what a response means.
/// It does no I/O, reads no clock and uses no thread: its driver carries out each Step and reports
/// the result. It holds no reference to anything that it does not own.
///
///     (constructed) ── next() ──┬─→ send ────── received() ──┐
///          ┌────────────────────┤                            ├─→ send, wait, get_token or done
///          │                    ├─→ get_token ─ use_token(), │
///        next() ←──── wait ←────┤               no_token() ──┘
///                               │
///                               └─→ done ────── outcome()
///
/// next() may also be called instead of use_token() or no_token(), when the token did not come by
/// the deadline or before a stop.
class Exchange {
 public:
  enum class Action { send, wait, get_token, done };

  struct Step {
    Action action;
    Deadline until;  ///< send: the attempt's deadline; wait: the end of the wait
  };

  /// If `token` is null, the exchange asks the driver for one. `call.options.stop` cancels the
  /// call.
  Exchange(std::shared_ptr<const ClientSettings> settings, OperationCall call,
           std::shared_ptr<const AccessToken> token, Deadline now);
  ~Exchange();
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  Step next(Deadline now);
  /// Reports the result of a `send`. Calls the observer. `random` spreads the waits of many
  /// clients.
  Step received(HttpResult result, Moment now, double random = random_fraction());
  /// Reports the token after a `get_token`.
  Step use_token(std::shared_ptr<const AccessToken> token, Deadline now);
  /// Reports after a `get_token` that there is no token, and why. Without a reason the call
  /// succeeds (TokenNeed::only_existing).
  Step no_token(std::optional<Error> reason, Deadline now);

  const HttpRequest& request() const { return request_; }
  /// Returns what an error of this call requires.
  CallDescription describe() const;
  bool is_login() const { return operation_.authentication == Authentication::client; }
  int attempts() const { return attempts_; }
  /// Returns the deadline of the call.
  Deadline deadline() const { return deadline_; }
  const StopToken& stop() const { return stop_; }
  TokenNeed token_need() const;

  /// Returns the token if the call's last response rejected or deleted it, else null.
  std::shared_ptr<const AccessToken> lost_token() const;

  /// Returns the outcome, once, after a step that is `done`.
  Outcome outcome();

 private:
  bool succeeded() const;
  bool may_renew() const;
  bool may_retry() const;
  Step send(Deadline now);
  Step give_up(Deadline now);
  const Redactor& redactor() const;
  Step end(Error error, Deadline now);
  void refuse(const std::string& problem);
  void observe(const HttpResult& result, std::chrono::nanoseconds duration) const;
  void clean(HttpResponse& response) const;
  std::string shown_correlation_id(std::string id) const;
  std::optional<std::chrono::milliseconds> requested_delay(Moment now) const;

  std::shared_ptr<const ClientSettings> settings_;
  const Operation operation_;
  const StopToken stop_;
  const std::chrono::milliseconds total_;
  const Deadline deadline_;
  const bool token_is_renewable_;
  const std::vector<Secret> secrets_;
  const bool target_has_arguments_;
  std::shared_ptr<const AccessToken> token_;
  HttpRequest request_;

  int attempts_ = 0;
  Deadline sent_{};
  HttpResult last_;
  std::shared_ptr<const AccessToken> rejected_;     ///< the token before the renewal
  std::optional<std::chrono::milliseconds> delay_;  ///< the wait before the next attempt
  std::optional<Error> error_;
  mutable std::optional<Redactor> redactor_;  ///< made when it is needed, for most calls never
};

/// Returns the result of a call whose exchange is done.
template <class T>
Result<T> finish(Exchange& exchange);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/call/exchange.ipp>
#endif
