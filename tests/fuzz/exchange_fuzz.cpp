// SPDX-License-Identifier: MIT

// A whole call against a service that responds anything at any time, and repeats the token.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <fuzzer/FuzzedDataProvider.h>
#include <purecloud/tokens.hpp>

#include "require.hpp"

using namespace purecloud;
using detail::Exchange;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;

namespace {

/// A token that no input can hold, because it is made from the input. Every fourth character is
/// one that JSON or a URL may write in another way.
std::string make_token(const std::uint8_t* data, std::size_t size) {
  static constexpr char letters[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  std::uint64_t state = 0xcbf29ce484222325;
  for (std::size_t i = 0; i < size; ++i) state = (state ^ data[i]) * 0x100000001b3;
  std::string token;
  for (int i = 0; i < 86; ++i) {
    state = state * 6364136223846793005 + 1442695040888963407;
    token += i % 4 == 3 ? "+/=~"[state >> 62] : letters[(state >> 32) % (sizeof letters - 1)];
  }
  return token;
}

/// The token as JSON may write it, with `\/` and `\u002B`.
std::string json_escape(const std::string& token) {
  std::string escaped;
  for (const char c : token)
    escaped += c == '/' ? "\\/" : c == '+' ? "\\u002B" : c == '=' ? "\\u003d" : std::string(1, c);
  return escaped;
}

/// The token in base64, after `before` other bytes: for example `user:token` in a basic
/// authorization.
std::string base64(std::size_t before, std::string_view token) {
  static constexpr char digits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text = std::string(before, ':').append(token);
  text.resize((text.size() + 2) / 3 * 3);  // zeros instead of '=', which count for nothing here
  std::string encoded;
  for (std::size_t i = 0; i < text.size(); i += 3) {
    const auto byte = [&](std::size_t j) { return static_cast<unsigned char>(text[i + j]); };
    const unsigned bits = unsigned{byte(0)} << 16 | unsigned{byte(1)} << 8 | byte(2);
    for (const int shift : {18, 12, 6, 0}) encoded += digits[bits >> shift & 63];
  }
  return encoded;
}

/// The ways in which the service repeats a token.
std::vector<std::string> spellings(const std::string& token) {
  return {token,
          detail::percent_encode(token),
          json_escape(token),
          base64(0, token),
          base64(1, token),
          base64(2, token)};
}

class Call {
 public:
  Call(const std::uint8_t* data, std::size_t size)
      : token_(make_token(data, size)), spellings_(spellings(token_)), input_(data, size) {}

  void run() {
    configure();
    try {
      settings_ = std::make_shared<detail::ClientSettings>(detail::make_settings(configuration_));
    } catch (const ApiException& refusal) {
      require(refusal.error().kind == ErrorKind::invalid_argument, "settings are checked");
      return;
    }
    static constexpr detail::Unauthorized meanings[] = {detail::Unauthorized::is_error,
                                                        detail::Unauthorized::is_result,
                                                        detail::Unauthorized::is_success_of_retry};
    static constexpr detail::Repeat repeats[] = {detail::Repeat::freely, detail::Repeat::by_rules,
                                                 detail::Repeat::never};
    renewable_ = input_.ConsumeBool();
    // a token that the call does not have yet cannot be known for a secret
    const bool id_is_token = input_.ConsumeBool() && !renewable_;
    const std::string user_id = id_is_token ? token_ : input_.ConsumeRandomLengthString(300);
    CallOptions options;
    if (input_.ConsumeBool()) options.deadline = duration();
    stop_after_ = input_.ConsumeIntegralInRange(0, 40);
    options.stop = stop_.get_token();
    detail::OperationCall call = detail::operations::delete_token(user_id, options);
    call.operation.unauthorized = unauthorized_ = input_.PickValueInArray(meanings);
    call.operation.repeat = repeat_ = input_.PickValueInArray(repeats);
    drive(std::move(call));
  }

 private:
  /// Anything from none to for ever.
  milliseconds duration() {
    static constexpr milliseconds::rep longest = (milliseconds::max)().count();
    static constexpr milliseconds::rep likely[] = {0, 1, 250, 8'000, 16'000, 60'000, longest};
    return milliseconds(input_.ConsumeBool()
                            ? input_.PickValueInArray(likely)
                            : input_.ConsumeIntegralInRange<milliseconds::rep>(0, longest));
  }

  /// Any bytes, with a spelling of the token for each byte from 1 to 6.
  std::string text() {
    std::string text;
    for (const char c : input_.ConsumeRandomLengthString(1'000)) {
      if (c >= 1 && static_cast<std::size_t>(c) <= spellings_.size())
        text += spellings_[static_cast<std::size_t>(c) - 1];
      else
        text += c;
    }
    return text;
  }

  /// Whether a text holds the token or a telling part of it.
  bool reveals(std::string_view text) const {
    constexpr std::size_t part = 12;
    for (const std::string& spelling : spellings_)
      for (std::size_t i = 0; i + part <= spelling.size(); i += part / 2)
        if (text.find(spelling.data() + i, 0, part) != std::string_view::npos) return true;
    return false;
  }

  void configure() {
    configuration_.timeouts.attempt = duration();
    configuration_.timeouts.total = duration();
    configuration_.retry.base_delay = duration();
    configuration_.retry.max_delay = duration();
    configuration_.retry.max_attempts = input_.ConsumeIntegralInRange(0, 20);
    configuration_.observer = [this](const AttemptEvent& event) {
      require(!reveals(event.path) && !reveals(event.correlation_id),
              "an event has nothing secret");
      require(is_one_line(event.path) && is_one_line(event.correlation_id),
              "an event cannot break a line");
    };
  }

  HttpResult response() {
    if (input_.ConsumeBool())
      return HttpFailure{input_.ConsumeBool() ? ErrorKind::connection : any_kind(), text()};
    static constexpr int likely[] = {200, 204, 301, 401, 403, 404, 429, 500, 502, 503, 504};
    static constexpr const char* names[] = {"Retry-After",      "date",
                                            "Location",         "content-type",
                                            "Content-Encoding", "inin-correlation-id"};
    HttpResponse received;
    received.status =
        input_.ConsumeBool() ? input_.PickValueInArray(likely) : input_.ConsumeIntegral<int>();
    for (auto count = input_.ConsumeIntegralInRange(0, 6); count > 0; --count) {
      const std::string name = input_.PickValueInArray(names);
      received.headers[name] = text();
    }
    received.body = text();
    return received;
  }

  ErrorKind any_kind() {
    return static_cast<ErrorKind>(
        input_.ConsumeIntegralInRange(0, static_cast<int>(ErrorKind::cancelled)));
  }

  /// The steady clock goes on, by less or more than it should; the other jumps.
  void pass(nanoseconds time) {
    static constexpr nanoseconds::rep year = nanoseconds(std::chrono::hours(24 * 365)).count();
    if (input_.ConsumeBool())
      time = nanoseconds(input_.ConsumeIntegralInRange<std::int64_t>(0, year));
    now_.steady += time;
    now_.utc = std::chrono::system_clock::time_point(
        std::chrono::system_clock::duration(input_.ConsumeIntegral<std::int64_t>()));
  }

  void drive(detail::OperationCall call) {
    const milliseconds total = call.options.deadline.value_or(configuration_.timeouts.total);
    // `total` may be for ever, which no clock can hold
    const auto within_call = [&, begin = now_.steady](Deadline time) {
      return std::chrono::floor<milliseconds>(time - begin) < total || time - begin == total;
    };
    int sent = 0, steps = 0, tokens = 0;
    const auto token = std::make_shared<AccessToken>(token_);
    Exchange exchange(settings_, std::move(call), renewable_ ? nullptr : token, now_.steady);
    auto step = exchange.next(now_.steady);
    while (step.action != Exchange::Action::done) {
      require(++steps < 100, "a call never loops");
      if (steps == stop_after_) stop_.request_stop();
      require(step.until >= now_.steady && within_call(step.until), "a step ends by the deadline");
      if (step.action == Exchange::Action::wait) {
        pass(step.until - now_.steady);
        step = exchange.next(now_.steady);
      } else if (step.action == Exchange::Action::get_token) {
        require(renewable_, "a token that is fixed is not renewed");
        require(++tokens <= 2, "a call renews its token once");
        pass(nanoseconds(0));
        step = give_token(exchange, token);
      } else {
        require(step.until > now_.steady, "an attempt has time");
        require(std::chrono::floor<milliseconds>(step.until - now_.steady) <=
                    configuration_.timeouts.attempt,
                "an attempt ends by its own deadline");
        require(++sent <= configuration_.retry.max_attempts + (tokens > 1 ? 1 : 0),
                "attempts have a bound");
        require(repeat_ != detail::Repeat::never || sent <= (tokens > 1 ? 2 : 1),
                "what must not be repeated is not");
        HttpResult result = response();
        pass(nanoseconds(0));
        step = exchange.received(std::move(result), now_, input_.ConsumeProbability<double>());
      }
    }
    require(exchange.attempts() == sent, "attempts are counted");
    finish(exchange, sent);
  }

  Exchange::Step give_token(Exchange& exchange, const std::shared_ptr<AccessToken>& token) {
    switch (input_.ConsumeIntegralInRange(0, 3)) {
      case 0: return exchange.next(now_.steady + std::chrono::hours(24 * 366));
      case 1: return exchange.no_token(Error{}, now_.steady);
      default: return exchange.use_token(token, now_.steady);
    }
  }

  void finish(Exchange& exchange, int sent) {
    const std::shared_ptr<const AccessToken> lost = exchange.lost_token();
    auto [error, record] = exchange.outcome();
    require(record.attempts == sent, "the record counts attempts");
    require(!lost || (renewable_ && sent > 0), "only a token that was sent is lost");
    if (error) {
      require(error->attempts == sent, "the error counts attempts");
      if (!error->message.empty()) check(*error);
      return;
    }
    require(record.response.has_value(), "a success has a response");
    const int status = record.response->status;
    const bool unauthorized_is_fine =
        unauthorized_ == detail::Unauthorized::is_result ||
        (unauthorized_ == detail::Unauthorized::is_success_of_retry && sent > 1);
    require((status >= 200 && status <= 299) || (status == 401 && unauthorized_is_fine),
            "success is a 2xx, or a 401 where that is a result");
    if (const auto model = from_json<TokenInfo>(record.response->body); !model)
      check(detail::decode_error(exchange.describe(), record, model.error().message));
  }

  void check(const Error& error) const {
    require(!error.message.empty() && is_one_line(error.message), "a message is one line");
    require(error.message.size() < 2'000, "a message has a bound");
    require(is_one_line(error.correlation_id), "a correlation id is one line");
    require(!reveals(error.message), "a message has nothing secret");
    require(!reveals(error.correlation_id), "a correlation id has nothing secret");
    if (error.body) require(!reveals(to_json(*error.body)), "a body has nothing secret");
    require(!error.retry_after || error.retry_after->count() >= 0, "a wait is not negative");
  }

  std::string token_;
  std::vector<std::string> spellings_;
  FuzzedDataProvider input_;
  Configuration configuration_;
  std::shared_ptr<const detail::ClientSettings> settings_;
  detail::Unauthorized unauthorized_ = detail::Unauthorized::is_error;
  detail::Repeat repeat_ = detail::Repeat::freely;
  bool renewable_ = false;
  StopSource stop_;
  int stop_after_ = 0;
  Moment now_{};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Call(data, size).run();
  return 0;
}
