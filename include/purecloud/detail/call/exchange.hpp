// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include <purecloud/configuration.hpp>
#include <purecloud/http.hpp>
#include <purecloud/result.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// What a 401 is to an operation.
enum class Unauthorized {
  is_error,
  is_answer,            ///< headTokensMe: the token is not valid
  is_success_of_retry,  ///< deleteTokensMe: the first attempt did delete it, its answer was lost
};

/// The error is empty when the call succeeded.
struct Outcome {
  std::optional<Error> error;
  CallRecord record;
};

/// The rules of one call: what to send, how long to wait, when to stop, and what the answer means.
/// It does no I/O and reads no clock: its driver does what the Step says and reports back.
class Exchange {
 public:
  enum class Action { send, wait, done };

  struct Step {
    Action action;
    Deadline until;  ///< send: the attempt must have ended by then; wait: until then
  };

  /// `retry` and `timeouts` must outlive the exchange; `total` is counted from `now`.
  Exchange(HttpRequest request, Unauthorized unauthorized, const RetryPolicy& retry,
           const Timeouts& timeouts, std::chrono::milliseconds total, Deadline now);

  Step start(Deadline now);
  /// `random` is from [0, 1) and spreads the waits of many clients.
  Step received(HttpResult result, Moment now, double random);
  Step waited(Deadline now);

  const HttpRequest& request() const { return request_; }
  int attempts() const { return attempts_; }

  /// Once a step was `done`.
  Outcome outcome() &&;

 private:
  bool succeeded() const;
  bool may_retry() const;
  Step send_or_give_up(Deadline now);
  Step give_up(Deadline now);
  std::optional<std::chrono::milliseconds> requested_delay(Moment now) const;

  HttpRequest request_;
  Unauthorized unauthorized_;
  const RetryPolicy& retry_;
  const Timeouts& timeouts_;
  std::chrono::milliseconds total_;
  Deadline deadline_;

  int attempts_ = 0;
  HttpResult last_;
  std::optional<std::chrono::milliseconds>
      delay_;  ///< the wait that a next attempt would begin with
  std::optional<Error> error_;
};

/// The Error for a 2xx whose body is not the model that is due. `problem` says why.
Error decode_error(const HttpRequest& request, const CallRecord& record, const Error& problem);

/// The bearer of a request, for redaction; empty when it has none.
std::string_view bearer_of(const HttpRequest& request);

/// `GET /api/v2/tokens/me`: a request in a message. Without the query.
std::string name_of(const HttpRequest& request);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/call/exchange.ipp>
#endif
