// SPDX-License-Identifier: MIT

// Any bytes as what the login host grants, alone and as the response to a whole request for a
// token. Nothing of a response that is refused may be seen: it may hold a token that nobody knows.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fuzzer/FuzzedDataProvider.h>
#include <nlohmann/json.hpp>
#include <purecloud/tokens.hpp>

#include "require.hpp"

using namespace purecloud;
using detail::Exchange;
using detail::TokenSource;

namespace {

/// What `$` and `#` in an input stand for. No input can hold them: they are made from it.
std::string granted, client_secret;

std::string make_secret(const std::uint8_t* data, std::size_t size, std::uint64_t state) {
  for (std::size_t i = 0; i < size; ++i) state = (state ^ data[i]) * 0x100000001b3;
  std::string secret;
  for (int i = 0; i < 40; ++i) {
    state = state * 6364136223846793005 + 1442695040888963407;
    secret += "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef"[state >> 59];
  }
  return secret;
}

/// Whether a text has a telling part of a secret.
bool reveals(std::string_view text, std::string_view secret) {
  constexpr std::size_t part = 12;
  for (std::size_t i = 0; i + part <= secret.size(); i += part / 2)
    if (text.find(secret.data() + i, 0, part) != std::string_view::npos) return true;
  return false;
}

std::string text_of(FuzzedDataProvider& input, std::size_t size) {
  std::string text;
  for (const char c : input.ConsumeRandomLengthString(size))
    if (c == '$')
      text += granted;
    else if (c == '#')
      text += client_secret;
    else
      text += c;
  return text;
}

void check_message(const std::string& message) {
  require(!message.empty() && is_one_line(message), "a message is one line");
  require(message.size() < 2'000, "a message has a bound");
}

void check_token(const OAuthToken& token) {
  const std::string_view text = token.access_token.reveal();
  require(!text.empty() && detail::token_problem(text).empty(), "a token can be sent");
  require(!token.expires_in || token.expires_in->count() > 0, "a lifetime is not over");
  require(!token.refresh_token || !token.refresh_token->empty(), "a refresh token is none, or one");
}

/// What a member says, by another parser; none where it is absent, null, or of another type.
template <class T>
std::optional<T> member(const nlohmann::json& document, const char* name) {
  const auto found = document.find(name);
  if (found == document.end()) return std::nullopt;
  if constexpr (std::is_same_v<T, std::string>) {
    if (found->is_string()) return found->get<std::string>();
  } else if (found->is_number()) {
    return found->get<T>();
  }
  return std::nullopt;
}

void check_body(const std::string& body) {
  OAuthToken token;
  const std::string problem = detail::decode_oauth_token(body, token);
  if (!problem.empty()) {
    check_message(problem);
    require(!reveals(problem, granted), "a message shows nothing that was granted");
    return;
  }
  check_token(token);
  if (body.find('\0') != std::string::npos) return;  // for nlohmann::json the end
  const auto document = nlohmann::json::parse(body, nullptr, /*allow_exceptions=*/false);
  if (document.is_discarded()) return;  // a number beyond `double`
  require(member<std::string>(document, "access_token") == token.access_token.reveal(),
          "a token is the one in the response");
  const auto refresh = member<std::string>(document, "refresh_token");
  require(
      token.refresh_token ? refresh == token.refresh_token->reveal() : refresh.value_or("").empty(),
      "a refresh token is the one in the response");
  const auto lifetime = member<double>(document, "expires_in");
  require(token.expires_in.has_value() == lifetime.has_value() &&
              (!lifetime || static_cast<double>(token.expires_in->count()) == *lifetime),
          "a lifetime is the one in the response");
}

/// A request for a token, its one response, and what a source makes of both.
void check_exchange(FuzzedDataProvider& input) {
  static constexpr int statuses[] = {200, 200, 200, 204, 301, 400, 401, 403, 429, 503};
  static constexpr const char* names[] = {"Content-Type", "Location", "Retry-After",
                                          "ININ-Correlation-Id"};
  Configuration configuration;
  configuration.client_credentials = {"an-id", client_secret};
  configuration.retry.max_attempts = 1;
  const auto settings = std::make_shared<detail::ClientSettings>(
      detail::make_settings(configuration, detail::Service::login));
  Moment now{Deadline(std::chrono::hours(1)), {}};
  Exchange exchange(settings,
                    detail::operations::client_credentials(configuration.client_credentials, {}),
                    nullptr, now.steady);
  require(exchange.next(now.steady).action == Exchange::Action::send, "the request goes out");

  HttpResponse response;
  response.status = input.PickValueInArray(statuses);
  for (const char* const name : names)
    if (input.ConsumeBool())
      response.headers[name] = input.ConsumeRandomLengthString(100) + client_secret;
  const int status = response.status;
  response.body = text_of(input, 4'000);
  OAuthToken token;
  const bool is_token = detail::decode_oauth_token(response.body, token).empty();
  require(exchange.received(std::move(response), now, 0).action == Exchange::Action::done,
          "one response ends it");
  Result<OAuthToken> result = detail::finish<OAuthToken>(exchange);

  require(result.has_value() == (status / 100 == 2 && is_token), "a token is a token");
  require(result.response() && result.response()->body.empty(), "no body is shown");
  require(!reveals(result.correlation_id(), client_secret), "a correlation id has no secret");
  if (result) {
    check_token(*result);
  } else {
    const Error& error = result.error();
    check_message(error.message);
    require(!reveals(error.message, client_secret), "a message has no secret");
    require(!reveals(error.correlation_id, client_secret), "nor has its correlation id");
    require(!error.body || !reveals(to_json(*error.body), client_secret), "nor has its body");
    // an error's description is shown, whatever it holds
    require(status / 100 == 4 || status / 100 == 5 || !reveals(error.message, granted),
            "a message shows nothing that was granted");
  }

  TokenSource source(configuration.retry);
  require(source.ask({}, now.steady).action == TokenSource::Action::fetch, "a token is needed");
  const bool succeeded = result.has_value();
  source.report(std::move(result), now.steady);
  require(source.ask({}, now.steady).action ==
              (succeeded ? TokenSource::Action::use : TokenSource::Action::fail),
          "all get what was fetched");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  granted = make_secret(data, size, 1);
  client_secret = make_secret(data, size, 2);
  FuzzedDataProvider input(data, size);
  if (input.ConsumeBool())
    check_body(text_of(input, size));
  else
    check_exchange(input);
  return 0;
}
