// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include <purecloud/detail/call/settings.hpp>
#include <purecloud/detail/json/decoder.hpp>
#include <purecloud/detail/json/type.hpp>
#include <purecloud/detail/oauth/token_response.hpp>
#include <purecloud/detail/text/text.hpp>
#include <purecloud/model/model.hpp>
#include <purecloud/secret.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// The members of the login host's response.
struct TokenResponse {
  std::optional<AccessToken> access_token;
  std::optional<Secret> refresh_token;
  std::optional<std::string> token_type;
  std::optional<int> expires_in;
  AdditionalProperties additional_properties;

  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("access_token", &TokenResponse::access_token);
    visit("refresh_token", &TokenResponse::refresh_token);
    visit("token_type", &TokenResponse::token_type);
    visit("expires_in", &TokenResponse::expires_in);
  }
};

PURECLOUD_TOKENS_INLINE std::string decode_oauth_token(std::string_view body, OAuthToken& granted) {
  TokenResponse response;
  std::string problem = decode_json(body, {&response, &json_type<TokenResponse>, {}});
  if (!problem.empty()) return problem;
  if (!response.access_token || response.access_token->empty())
    return "/access_token: is missing or empty";
  if (!token_problem(response.access_token->reveal()).empty())
    return "/access_token: holds a character that no access token may hold";
  if (response.token_type && lower_case(*response.token_type) != "bearer")
    return "/token_type: is not bearer";
  if (response.expires_in && *response.expires_in <= 0)
    return "/expires_in: is not greater than zero";

  granted.access_token = *std::move(response.access_token);
  if (response.refresh_token && !response.refresh_token->empty())
    granted.refresh_token = std::move(response.refresh_token);
  granted.token_type = response.token_type.value_or("");
  if (response.expires_in) granted.expires_in = std::chrono::seconds(*response.expires_in);
  return {};
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
