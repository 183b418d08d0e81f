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

/// A uniformly distributed number from [0, 1).
double random_fraction() noexcept;

/// The error is empty when the call succeeded.
struct Outcome {
  std::optional<Error> error;
  CallRecord record;
};

/// What a call requires of the source of its token.
struct TokenNeed {
  std::shared_ptr<const AccessToken> rejected;  ///< by the API; null when none was
  bool only_existing = false;                   ///< deleteTokensMe does not get one to delete it
};

/// The rules of one call: what to send, how long to wait, when to stop, and what a response means.
/// It does no I/O, reads no clock and knows no thread: its driver does what a Step says and reports
/// back. It owns all that it needs.
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
    Deadline until;  ///< send: the attempt must have ended by then; wait: until then
  };

  /// Without a `token`, the exchange requires one of its driver. `call.options.stop` ends it.
  Exchange(std::shared_ptr<const ClientSettings> settings, OperationCall call,
           std::shared_ptr<const AccessToken> token, Deadline now);
  ~Exchange();
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  Step next(Deadline now);
  /// Tells the observer. `random` spreads the waits of many clients.
  Step received(HttpResult result, Moment now, double random = random_fraction());
  /// A token to send, in response to get_token.
  Step use_token(std::shared_ptr<const AccessToken> token, Deadline now);
  /// There is none, and why; no reason: there need not be one (TokenNeed::only_existing).
  Step no_token(std::optional<Error> reason, Deadline now);

  const HttpRequest& request() const { return request_; }
  /// For its errors.
  CallDescription describe() const;
  bool is_login() const { return operation_.authentication == Authentication::client; }
  int attempts() const { return attempts_; }
  /// The end of the call, whatever happens.
  Deadline deadline() const { return deadline_; }
  const StopToken& stop() const { return stop_; }
  TokenNeed token_need() const;

  /// The token that the API rejected, or deleted, at the end; null when it is still good.
  std::shared_ptr<const AccessToken> lost_token() const;

  /// Once a step was `done`.
  Outcome outcome();

 private:
  bool succeeded() const;
  bool may_renew() const;
  bool may_retry() const;
  Step send(Deadline now);
  Step give_up(Deadline now);
  Redactor redactor() const;
  Step end(Error error, Deadline now);
  void refuse(const std::string& problem);
  void observe(const HttpResult& result, std::chrono::nanoseconds duration) const;
  void clean(HttpResponse& response) const;
  std::string shown_correlation_id(const HttpResponse& response) const;
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
  std::shared_ptr<const AccessToken> rejected_;     ///< for which the call was repeated once
  std::optional<std::chrono::milliseconds> delay_;  ///< that a next attempt would begin with
  std::optional<Error> error_;
};

/// What a call returned, once its exchange is done.
template <class T>
Result<T> finish(Exchange& exchange);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/call/exchange.ipp>
#endif
