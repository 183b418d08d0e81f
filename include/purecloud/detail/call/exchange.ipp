// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iterator>
#include <random>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

#include <purecloud/detail/call/call_error.hpp>
#include <purecloud/detail/call/exchange.hpp>
#include <purecloud/detail/call/request.hpp>
#include <purecloud/detail/call/retry_after.hpp>
#include <purecloud/detail/instantiations.hpp>
#include <purecloud/detail/json/decoder.hpp>
#include <purecloud/detail/json/type.hpp>
#include <purecloud/detail/longest_time.hpp>
#include <purecloud/detail/net/thread.hpp>
#include <purecloud/detail/oauth/token_response.hpp>
#include <purecloud/detail/text/redaction.hpp>
#include <purecloud/detail/text/text.hpp>
#include <purecloud/detail/text/url.hpp>
#include <purecloud/json.hpp>
#include <purecloud/model/idle_token_timeout.hpp>
#include <purecloud/model/oauth_token.hpp>
#include <purecloud/model/token_info.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

PURECLOUD_TOKENS_INLINE double random_fraction() noexcept {
  const auto seed = []() noexcept -> unsigned {
    try {
      return std::random_device{}();
    } catch (...) {  // a call must not fail because it has no random number
      return static_cast<unsigned>(std::chrono::steady_clock::now().time_since_epoch().count());
    }
  };
  using Generator = std::minstd_rand;
  thread_local Generator generator{seed()};
  constexpr double count = (Generator::max)() - (Generator::min)() + 1.0;
  return static_cast<double>(generator() - (Generator::min)()) / count;
}

PURECLOUD_TOKENS_INLINE Exchange::Exchange(std::shared_ptr<const ClientSettings> settings,
                                           OperationCall call,
                                           std::shared_ptr<const AccessToken> token, Deadline now)
    : settings_(std::move(settings)),
      operation_(call.operation),
      stop_(call.options.stop),
      total_((std::clamp)(call.options.deadline.value_or(settings_->configuration.timeouts.total),
                          std::chrono::milliseconds(0), longest_time)),
      deadline_(now + total_),
      token_is_renewable_(!token && call.operation.authentication == Authentication::token),
      secrets_(std::move(call.secrets)),
      target_has_arguments_(call.target.substr(0, call.target.find('?')) != call.operation.path) {
  const std::string_view secret = token ? token->reveal() : std::string_view();
  const std::string problem = call_problem(call, secret);
  request_ = make_request(*settings_, call);
  if (!problem.empty())
    refuse(problem);
  else if (token)
    use_token(std::move(token), now);
  else if (!call.basic_credentials.empty())
    authorize(request_, "Basic", call.basic_credentials.reveal());
}

PURECLOUD_TOKENS_INLINE Exchange::~Exchange() { wipe_secrets(request_); }

PURECLOUD_TOKENS_INLINE void Exchange::refuse(const std::string& problem) {
  Error error;
  error.message = std::string(operation_.method) + " " + std::string(operation_.path) + ": " +
                  redactor().redact(problem);
  error.login_failed = is_login();
  error_.emplace(std::move(error));
}

PURECLOUD_TOKENS_INLINE Exchange::Step Exchange::next(Deadline now) {
  if (error_) return {Action::done, now};
  if (stop_.stop_requested() || now >= deadline_) return give_up(now);
  if (!token_ && token_is_renewable_) return {Action::get_token, deadline_};
  return send(now);
}

PURECLOUD_TOKENS_INLINE Exchange::Step Exchange::send(Deadline now) {
  sent_ = now;
  const auto attempt = (std::min)(settings_->configuration.timeouts.attempt, longest_time);
  return {Action::send, (std::min)(deadline_, now + attempt)};
}

PURECLOUD_TOKENS_INLINE Exchange::Step Exchange::use_token(std::shared_ptr<const AccessToken> token,
                                                           Deadline now) {
  token_ = std::move(token);
  redactor_.reset();
  const std::string problem = token_->empty()
                                  ? "access_token: is empty; set Configuration::access_token, or "
                                    "GENESYSCLOUD_ACCESS_TOKEN for from_environment()"
                                  : token_problem(token_->reveal());
  if (problem.empty())
    authorize(request_, "Bearer", token_->reveal());
  else
    refuse(problem);
  return next(now);
}

PURECLOUD_TOKENS_INLINE Exchange::Step Exchange::no_token(std::optional<Error> reason,
                                                          Deadline now) {
  if (reason) {
    reason->attempts = attempts_;
    return end(*std::move(reason), now);
  }
  last_ = HttpResponse{204, {}, {}};
  return {Action::done, now};
}

PURECLOUD_TOKENS_INLINE TokenNeed Exchange::token_need() const {
  return {rejected_, operation_.unauthorized == Unauthorized::is_success_of_retry};
}

PURECLOUD_TOKENS_INLINE std::shared_ptr<const AccessToken> Exchange::lost_token() const {
  const auto* response = std::get_if<HttpResponse>(&last_);
  if (!token_is_renewable_ || !response || attempts_ == 0) return nullptr;
  // here the API has rejected a token that was just renewed: it would reject the next one, too
  if (operation_.unauthorized == Unauthorized::is_error) return nullptr;
  const bool deleted = operation_.unauthorized == Unauthorized::is_success_of_retry && !error_;
  return deleted || response->status == 401 ? token_ : nullptr;
}

PURECLOUD_TOKENS_INLINE Exchange::Step Exchange::received(HttpResult result, Moment now,
                                                          double random) {
  ++attempts_;
  observe(result, now.steady - sent_);
  last_ = std::move(result);
  delay_.reset();
  if (auto* response = std::get_if<HttpResponse>(&last_)) clean(*response);
  if (succeeded()) return {Action::done, now.steady};
  if (may_renew()) {
    rejected_ = std::move(token_);
    token_ = nullptr;
    return next(now.steady);
  }

  delay_ = requested_delay(now);
  const RetryPolicy& retry = settings_->configuration.retry;
  // the repetition with a new token does not count towards max_attempts
  if (!may_retry() || attempts_ - (rejected_ ? 1 : 0) >= retry.max_attempts)
    return give_up(now.steady);
  if (!delay_) {
    const double doubled =
        std::ldexp(static_cast<double>(retry.base_delay.count()), (std::min)(attempts_ - 1, 60));
    const auto max_delay = (std::min)(retry.max_delay, longest_time);
    const double bound = (std::min)(doubled, static_cast<double>(max_delay.count()));
    delay_ = std::chrono::milliseconds(static_cast<std::chrono::milliseconds::rep>(bound * random));
  }
  if (*delay_ >= deadline_ - now.steady) return give_up(now.steady);
  return {Action::wait, now.steady + *delay_};
}

PURECLOUD_TOKENS_INLINE const Redactor& Exchange::redactor() const {
  if (redactor_) return *redactor_;
  Redactor complete;  // stored only when it knows all secrets, because memory may run out
  if (token_) complete.add(*token_);
  if (rejected_) complete.add(*rejected_);
  for (const Secret& secret : secrets_) complete.add(secret);
  return redactor_.emplace(std::move(complete));
}

PURECLOUD_TOKENS_INLINE CallDescription Exchange::describe() const {
  return {request_, redactor(),
          is_login() ? parse_base_url("login_url", settings_->configuration.base_url).host : ""};
}

PURECLOUD_TOKENS_INLINE void Exchange::clean(HttpResponse& response) const {
  for (auto& [name, value] : response.headers)
    // A header may contain an encoded line break, which some HTTP libraries decode.
    std::replace_if(value.begin(), value.end(), is_control, ' ');
  if (response.status / 100 != 2 || is_login()) {
    for (auto& [name, value] : response.headers) value = redactor().redact(std::move(value));
  } else if (const auto id = response.headers.find("ININ-Correlation-Id");
             id != response.headers.end()) {
    // because users log it, from the Result
    id->second = shown_correlation_id(std::move(id->second));
  }
}

/// Returns how many characters around `a_at` in `a` are the same as those around `b_at` in `b`.
inline std::size_t common_run(std::string_view a, std::size_t a_at, std::string_view b,
                              std::size_t b_at) {
  std::size_t begin = 0, end = 0;
  while (begin < a_at && begin < b_at && a[a_at - begin - 1] == b[b_at - begin - 1]) ++begin;
  while (a_at + end < a.size() && b_at + end < b.size() && a[a_at + end] == b[b_at + end]) ++end;
  return begin + end;
}

/// Returns whether a text is a UUID without any run of 16 characters of a secret, and false if the
/// secret has characters that a Redactor decodes. True for most correlation ids: that saves the
/// making of a Redactor.
inline bool is_other_uuid(std::string_view text, std::string_view secret) {
  constexpr std::size_t size = 36, run = 16, dashes[] = {8, 13, 18, 23};
  if (text.size() != size || secret.size() < run) return false;
  if (secret.find_first_of("%+ ") != secret.npos) return false;
  for (std::size_t i = 0; i < size; ++i) {
    const bool is_dash = std::find(std::begin(dashes), std::end(dashes), i) != std::end(dashes);
    if (is_dash ? text[i] != '-' : hex_digit(text[i]) < 0) return false;
  }
  // each run of 16 characters of a UUID has a dash
  for (auto at = secret.find('-'); at != secret.npos; at = secret.find('-', at + 1))
    for (const std::size_t dash : dashes)
      if (common_run(text, dash, secret, at) >= run) return false;
  return true;
}

PURECLOUD_TOKENS_INLINE std::string Exchange::shown_correlation_id(std::string id) const {
  if (id.empty() || (token_ && !rejected_ && is_other_uuid(id, token_->reveal()))) return id;
  return redactor().redact(std::move(id));
}

PURECLOUD_TOKENS_INLINE bool Exchange::succeeded() const {
  const auto* response = std::get_if<HttpResponse>(&last_);
  if (!response) return false;
  if (response->status / 100 == 2) return true;
  if (response->status != 401) return false;
  return operation_.unauthorized == Unauthorized::is_result ||
         (operation_.unauthorized == Unauthorized::is_success_of_retry && attempts_ > 1);
}

PURECLOUD_TOKENS_INLINE bool Exchange::may_renew() const {
  const auto* response = std::get_if<HttpResponse>(&last_);
  return token_is_renewable_ && !rejected_ && response && response->status == 401 &&
         operation_.unauthorized == Unauthorized::is_error;
}

PURECLOUD_TOKENS_INLINE bool Exchange::may_retry() const {
  if (operation_.repeat == Repeat::never) return false;
  const auto* failure = std::get_if<HttpFailure>(&last_);
  if (failure && failure->kind == ErrorKind::timeout) return true;
  if (failure && failure->kind != ErrorKind::connection) return false;
  // if a proxy refused the connection, its status decides
  const int status = failure ? failure->proxy_status : std::get<HttpResponse>(last_).status;
  switch (status) {
    case 0:
    case 502:
    case 503:
    case 504: return true;
    case 429: return !failure;
    default: return false;
  }
}

PURECLOUD_TOKENS_INLINE std::optional<std::chrono::milliseconds> Exchange::requested_delay(
    Moment now) const {
  const auto* response = std::get_if<HttpResponse>(&last_);
  if (!response) return std::nullopt;
  // A date is compared with the response's `Date` if it has one: this machine's clock may be wrong.
  const auto date = parse_http_date(header(*response, "Date"));
  return parse_retry_after(header(*response, "Retry-After"), date.value_or(now.utc));
}

PURECLOUD_TOKENS_INLINE Exchange::Step Exchange::give_up(Deadline now) {
  CallRecord record;
  record.attempts = attempts_;
  const auto fail = [&](ErrorKind kind, std::string problem) {
    return end(failure_error(kind, describe(), record, std::move(problem)), now);
  };
  const auto* failure = attempts_ > 0 ? std::get_if<HttpFailure>(&last_) : nullptr;
  std::string problem;
  if (failure) {
    problem = failure->message;
    if (!operation_.if_lost.empty()) problem.append("; ").append(operation_.if_lost);
  }
  if (failure && failure->kind == ErrorKind::cancelled) return fail(failure->kind, problem);
  if (stop_.stop_requested())
    return fail(ErrorKind::cancelled,
                attempts_ == 0 ? "cancelled before anything was sent"
                : failure      ? "cancelled; an earlier attempt may have been carried out"
                               : "cancelled while waiting to retry");
  if (attempts_ == 0 || (failure && failure->kind == ErrorKind::timeout && now >= deadline_)) {
    const std::string deadline =
        "no response within the call's deadline of " + std::to_string(total_.count()) + " ms";
    return fail(ErrorKind::timeout, failure ? deadline + ": " + problem
                                    : token_is_renewable_ && !token_
                                        ? deadline +
                                              ": it waited for a "
                                              "token from " +
                                              login_url_of(settings_->configuration)
                                        : deadline);
  }
  if (failure) return fail(failure->kind, problem);
  record.response = std::get<HttpResponse>(std::move(last_));
  Error error = status_error(describe(), record);
  last_ = *std::move(record.response);
  return end(std::move(error), now);
}

PURECLOUD_TOKENS_INLINE Exchange::Step Exchange::end(Error error, Deadline now) {
  if (delay_) error.retry_after = std::chrono::ceil<std::chrono::seconds>(*delay_);
  if (token_is_renewable_ && !token_) error.login_failed = true;
  error_.emplace(std::move(error));
  return {Action::done, now};
}

PURECLOUD_TOKENS_INLINE void Exchange::observe(const HttpResult& result,
                                               std::chrono::nanoseconds duration) const {
  const auto& observer = settings_->configuration.observer;
  if (!observer) return;
  AttemptEvent event;
  event.method = request_.method;
  event.path = request_.target.substr(0, request_.target.find('?'));
  if (target_has_arguments_) event.path = redactor().redact(std::move(event.path));
  event.attempt = attempts_;
  event.duration = duration;
  if (const auto* response = std::get_if<HttpResponse>(&result)) {
    event.status = response->status;
    event.bytes = response->body.size();
    event.correlation_id = ascii_line(
        shown_correlation_id(std::string(header(*response, "ININ-Correlation-Id"))), 128);
  } else {
    event.error = std::get<HttpFailure>(result).kind;
  }
  const NoCancellation uninterrupted;  // a cancellation is an exception that must not be caught
  try {
    observer(event);
  } catch (...) {
    // an observer must not change what the call returns
  }
}

PURECLOUD_TOKENS_INLINE Outcome Exchange::outcome() {
  Outcome outcome{std::move(error_), {std::nullopt, attempts_}};
  if (auto* response = std::get_if<HttpResponse>(&last_); response && attempts_ > 0)
    outcome.record.response = std::move(*response);
  return outcome;
}

/// Decodes a response's body, which is a model or a token. Returns what is wrong with it.
template <class T>
std::string decode_body(const std::string& body, T& value) {
  if constexpr (std::is_same_v<T, OAuthToken>)
    return decode_oauth_token(body, value);
  else
    return decode_json(body, {&value, &json_type<T>, {}});
}

template <class T>
Result<T> result_of(Exchange& exchange) {
  Outcome outcome = exchange.outcome();
  CallRecord& record = outcome.record;
  if (outcome.error) return Result<T>(*std::move(outcome.error), std::move(record));
  const auto undecodable = [&](const std::string& problem) {
    Error error = decode_error(exchange.describe(), record, problem);
    return Result<T>(std::move(error), std::move(record));
  };
  constexpr bool is_model = !std::is_void_v<T> && !std::is_same_v<T, bool>;
  // Also if the operation returns no model: a gateway or a captive portal responds 2xx to anything.
  if (const auto& response = record.response; !is_model && response && response->status != 401) {
    const std::string type = lower_case(header(*response, "Content-Type"));
    if (!response->body.empty()) {
      if (const auto problem = json_problem(response->body); !problem.empty())
        return undecodable(problem);
    } else if (std::is_same_v<T, bool> && !type.empty() && type.find("json") == type.npos) {
      return undecodable("not JSON");
    }
  }
  if constexpr (std::is_void_v<T>) {
    return Result<void>(std::move(record));
  } else if constexpr (std::is_same_v<T, bool>) {
    const bool valid = record.response->status / 100 == 2;
    return Result<bool>(valid, std::move(record));
  } else {
    T value;
    const std::string problem = decode_body(record.response->body, value);
    if (!problem.empty()) return undecodable(problem);
    return Result<T>(std::move(value), std::move(record));
  }
}

template <class T>
Result<T> finish(Exchange& exchange) {
  Result<T> result = result_of<T>(exchange);
  if (exchange.is_login()) forget_body(result);
  return result;
}

#if defined(PURECLOUD_TOKENS_SEPARATE)
#define PURECLOUD_TOKENS_INSTANTIATE(T) template Result<T> finish<T>(Exchange & exchange);
PURECLOUD_TOKENS_EACH_RESULT(PURECLOUD_TOKENS_INSTANTIATE)
#undef PURECLOUD_TOKENS_INSTANTIATE
#endif

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
