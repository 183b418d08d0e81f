// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include <purecloud/detail/oauth/digest.hpp>
#include <purecloud/detail/oauth/form.hpp>
#include <purecloud/detail/oauth/operations.hpp>
#include <purecloud/detail/text/url.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

using FormMembers = std::vector<std::pair<std::string_view, std::string_view>>;

/// Returns a request for a token. The OAuth client authenticates with its secret. If it has none,
/// or PKCE replaces it, the form contains only the client's id.
inline Call<OAuthToken> token_request(Operation operation, const ClientCredentials& client,
                                      FormMembers form, bool with_secret,
                                      const CallOptions& options) {
  operation.method = "POST";
  operation.path = "/oauth/token";
  operation.authentication = Authentication::client;
  Call<OAuthToken> call{{operation, options}};
  call.content_type = "application/x-www-form-urlencoded";
  const std::string_view secret = client.client_secret.reveal();
  if (with_secret && !secret.empty()) {
    // RFC 6749, 2.3.1
    std::string pair;
    pair.reserve(3 * (client.client_id.size() + secret.size()) + 1);
    append_form_component(pair, client.client_id);
    append_form_component(pair += ':', secret);
    std::string encoded = base64(pair);
    call.basic_credentials = Secret(encoded);
    call.secrets = {client.client_secret, call.basic_credentials};
    wipe(pair.data(), pair.size());
    wipe(encoded.data(), encoded.size());
  } else {
    form.emplace_back("client_id", client.client_id);
  }
  call.body = form_encode(form);
  return call;
}

/// Adds an argument to the call's secrets, and refuses an empty one.
inline void take(Call<OAuthToken>& call, const char* name, const Secret& secret) {
  if (secret.empty() && call.refusal.empty())
    call.refusal = std::string(name) +
                   ": is empty; pass what the login host or the user's "
                   "identity provider gave";
  call.secrets.push_back(secret);
}

inline void require_client_secret(Call<OAuthToken>& call, const ClientCredentials& client) {
  if (client.client_secret.empty())
    call.refusal =
        "client_credentials.client_secret: is empty; this grant requires the OAuth client's secret";
}

namespace operations {

PURECLOUD_TOKENS_INLINE Call<OAuthToken> client_credentials(const ClientCredentials& client,
                                                            const CallOptions& options) {
  auto call = token_request({}, client, {{"grant_type", "client_credentials"}}, true, options);
  require_client_secret(call, client);
  return call;
}

PURECLOUD_TOKENS_INLINE Call<OAuthToken> authorization_code(const ClientCredentials& client,
                                                            const AuthorizationCode& code,
                                                            const CallOptions& options) {
  Operation operation;
  operation.repeat = Repeat::never;
  operation.if_lost = "the code may have been used: let the user log in again";
  FormMembers form = {{"grant_type", "authorization_code"},
                      {"code", code.code.reveal()},
                      {"redirect_uri", code.redirect_uri}};
  const std::string_view verifier = code.code_verifier.reveal();
  if (!verifier.empty()) form.emplace_back("code_verifier", verifier);
  auto call = token_request(operation, client, std::move(form), verifier.empty(), options);
  take(call, "code", code.code);
  if (!verifier.empty()) take(call, "code_verifier", code.code_verifier);
  constexpr std::string_view unreserved =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  const bool is_verifier = verifier.size() >= 43 && verifier.size() <= 128 &&
                           verifier.find_first_not_of(unreserved) == std::string_view::npos;
  if (code.redirect_uri.empty())
    call.refusal = "redirect_uri: is empty; pass the one of the authorization request";
  else if (!verifier.empty() && !is_verifier)
    call.refusal =
        "code_verifier: must be 43 to 128 letters, digits and `-._~` (RFC 7636, 4.1); pass "
        "Pkce::verifier";
  return call;
}

PURECLOUD_TOKENS_INLINE Call<OAuthToken> refresh(const ClientCredentials& client,
                                                 const Secret& refresh_token,
                                                 const CallOptions& options) {
  Operation operation;
  operation.repeat = Repeat::never;
  operation.if_lost =
      "the refresh token may have been used: if it no longer works, let the user "
      "log in again";
  auto call = token_request(
      operation, client,
      {{"grant_type", "refresh_token"}, {"refresh_token", refresh_token.reveal()}}, true, options);
  take(call, "refresh_token", refresh_token);
  return call;
}

PURECLOUD_TOKENS_INLINE Call<OAuthToken> saml2_bearer(const ClientCredentials& client,
                                                      const Saml2Bearer& bearer,
                                                      const CallOptions& options) {
  Operation operation;
  operation.repeat = Repeat::never;
  operation.if_lost = "the assertion may have been used: get another";
  auto call = token_request(operation, client,
                            {{"grant_type", "urn:ietf:params:oauth:grant-type:saml2-bearer"},
                             {"orgName", bearer.org_name},
                             {"assertion", bearer.assertion.reveal()}},
                            true, options);
  take(call, "assertion", bearer.assertion);
  if (bearer.org_name.empty())
    call.refusal = "org_name: is empty; pass the organization's short name";
  else
    require_client_secret(call, client);
  return call;
}

}  // namespace operations

PURECLOUD_TOKENS_INLINE std::string authorize_url(std::string login_url,
                                                  const std::string& client_id,
                                                  const AuthorizeRequest& request) {
  if (request.redirect_uri.empty())
    refuse("redirect_uri", "is empty; set it to one that is registered for the OAuth client");
  if (request.org.empty() != request.provider.empty())
    refuse(request.org.empty() ? "org" : "provider",
           "is empty; set both org and provider, or neither");
  FormMembers form = {
      {"response_type", "code"}, {"client_id", client_id}, {"redirect_uri", request.redirect_uri}};
  const auto add = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) form.emplace_back(name, value);
  };
  add("state", request.state);
  add("code_challenge", request.code_challenge);
  add("code_challenge_method", request.code_challenge.empty() ? "" : "S256");
  add("org", request.org);
  add("provider", request.provider);
  add("target", request.target);
  add("login_hint", request.login_hint);
  add("prompt", request.prompt);
  login_url.erase(login_url.find_last_not_of('/') + 1);
  return login_url + "/oauth/authorize?" + form_encode(form);
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
