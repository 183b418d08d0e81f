// SPDX-License-Identifier: MIT

// A whole call against a service that answers anything at any time, and repeats the bearer.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
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

/// A bearer that no input can hold, because it is made from the input. Every fourth character is
/// one that JSON or a URL may write in another way.
std::string make_bearer(const std::uint8_t* data, std::size_t size) {
  static constexpr char letters[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  std::uint64_t state = 0xcbf29ce484222325;
  for (std::size_t i = 0; i < size; ++i) state = (state ^ data[i]) * 0x100000001b3;
  std::string bearer;
  for (int i = 0; i < 86; ++i) {
    state = state * 6364136223846793005 + 1442695040888963407;
    bearer += i % 4 == 3 ? "+/=~"[state >> 62] : letters[(state >> 32) % (sizeof letters - 1)];
  }
  return bearer;
}

/// The bearer as JSON may write it, with `\/` and `\u002B`.
std::string json_escape(const std::string& bearer) {
  std::string escaped;
  for (const char c : bearer)
    escaped += c == '/' ? "\\/" : c == '+' ? "\\u002B" : c == '=' ? "\\u003d" : std::string(1, c);
  return escaped;
}

/// The bearer in base64, after `before` other bytes: `user:bearer` in a basic authorization, say.
std::string base64(std::size_t before, std::string_view bearer) {
  static constexpr char digits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text = std::string(before, ':').append(bearer);
  text.resize((text.size() + 2) / 3 * 3);  // zeros instead of '=', which count for nothing here
  std::string encoded;
  for (std::size_t i = 0; i < text.size(); i += 3) {
    const auto byte = [&](std::size_t j) { return static_cast<unsigned char>(text[i + j]); };
    const unsigned bits = unsigned{byte(0)} << 16 | unsigned{byte(1)} << 8 | byte(2);
    for (const int shift : {18, 12, 6, 0}) encoded += digits[bits >> shift & 63];
  }
  return encoded;
}

/// The ways in which the service repeats a bearer.
std::vector<std::string> spellings(const std::string& bearer) {
  return {bearer,
          detail::percent_encode(bearer),
          json_escape(bearer),
          base64(0, bearer),
          base64(1, bearer),
          base64(2, bearer)};
}

class Call {
 public:
  Call(const std::uint8_t* data, std::size_t size)
      : bearer_(make_bearer(data, size)), spellings_(spellings(bearer_)), input_(data, size) {}

  void run() {
    configure();
    try {
      settings_ = detail::make_settings(configuration_);
    } catch (const ApiException& refusal) {
      require(refusal.error().kind == ErrorKind::invalid_argument, "settings are checked");
      return;
    }
    static constexpr detail::Unauthorized meanings[] = {detail::Unauthorized::is_error,
                                                        detail::Unauthorized::is_answer,
                                                        detail::Unauthorized::is_success_of_retry};
    unauthorized_ = input_.PickValueInArray(meanings);
    detail::Call call{"DELETE", "/api/v2/tokens/", unauthorized_};
    const std::string user_id =
        input_.ConsumeBool() ? bearer_ : input_.ConsumeRandomLengthString(300);
    if (input_.ConsumeBool()) call.user_id = user_id;
    CallOptions options;
    if (input_.ConsumeBool()) options.deadline = duration();
    auto request = detail::make_request(settings_, bearer_, std::move(call), options);
    if (const auto* refusal = std::get_if<Error>(&request)) {
      check(*refusal);
      return;
    }
    drive(std::get<HttpRequest>(std::move(request)), options.deadline);
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

  /// Any bytes, with a spelling of the bearer for each byte from 1 to 6.
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

  /// Whether a text holds the bearer or a telling part of it.
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

  HttpResult answer() {
    if (input_.ConsumeBool())
      return HttpFailure{input_.ConsumeBool() ? ErrorKind::connection : any_kind(), text()};
    static constexpr int likely[] = {200, 204, 301, 401, 403, 404, 429, 500, 502, 503, 504};
    static constexpr const char* names[] = {"Retry-After",      "date",
                                            "Location",         "content-type",
                                            "Content-Encoding", "inin-correlation-id"};
    HttpResponse response;
    response.status =
        input_.ConsumeBool() ? input_.PickValueInArray(likely) : input_.ConsumeIntegral<int>();
    for (auto count = input_.ConsumeIntegralInRange(0, 6); count > 0; --count) {
      const std::string name = input_.PickValueInArray(names);
      response.headers[name] = text();
    }
    response.body = text();
    return response;
  }

  ErrorKind any_kind() {
    return static_cast<ErrorKind>(
        input_.ConsumeIntegralInRange(0, static_cast<int>(ErrorKind::decode)));
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

  void drive(HttpRequest request, std::optional<milliseconds> deadline) {
    const milliseconds total = deadline.value_or(configuration_.timeouts.total);
    // `total` may be for ever, which no clock can hold
    const auto within_call = [&, begin = now_.steady](Deadline time) {
      return std::chrono::floor<milliseconds>(time - begin) < total || time - begin == total;
    };
    int sent = 0;
    Exchange exchange(std::move(request), unauthorized_, settings_.configuration.retry,
                      settings_.configuration.timeouts, total, now_.steady);
    auto step = exchange.start(now_.steady);
    while (step.action != Exchange::Action::done) {
      require(step.until >= now_.steady && within_call(step.until), "a step ends by the deadline");
      if (step.action == Exchange::Action::wait) {
        pass(step.until - now_.steady);
        step = exchange.waited(now_.steady);
        continue;
      }
      require(step.until > now_.steady, "an attempt has time");
      require(std::chrono::floor<milliseconds>(step.until - now_.steady) <=
                  configuration_.timeouts.attempt,
              "an attempt ends by its own deadline");
      require(++sent <= configuration_.retry.max_attempts, "attempts have a bound");
      HttpResult result = answer();
      pass(nanoseconds(0));
      detail::notify(settings_, exchange, result, nanoseconds(0));
      step = exchange.received(std::move(result), now_, input_.ConsumeProbability<double>());
    }
    require(exchange.attempts() == sent, "attempts are counted");
    finish(std::move(exchange), sent);
  }

  void finish(Exchange exchange, int sent) {
    auto [error, record] = std::move(exchange).outcome();
    require(record.attempts == sent, "the record counts attempts");
    if (error) {
      require(error->attempts == sent, "the error counts attempts");
      require(error->status == (record.response ? record.response->status : 0),
              "the error has the status of the last answer");
      check(*error);
      return;
    }
    require(record.response.has_value(), "a success has an answer");
    const int status = record.response->status;
    const bool unauthorized_is_fine =
        unauthorized_ == detail::Unauthorized::is_answer ||
        (unauthorized_ == detail::Unauthorized::is_success_of_retry && sent > 1);
    require((status >= 200 && status <= 299) || (status == 401 && unauthorized_is_fine),
            "success is a 2xx, or a 401 where that is an answer");
    if (const auto model = from_json<TokenInfo>(record.response->body); !model)
      check(detail::decode_error(exchange.request(), record, model.error()));
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

  std::string bearer_;
  std::vector<std::string> spellings_;
  FuzzedDataProvider input_;
  Configuration configuration_;
  detail::ClientSettings settings_;
  detail::Unauthorized unauthorized_ = detail::Unauthorized::is_error;
  Moment now_{};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Call(data, size).run();
  return 0;
}
