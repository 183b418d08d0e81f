// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <chrono>
#include <iterator>
#include <stdexcept>
#include <utility>
#include <vector>

#include <purecloud/detail/oauth/digest.hpp>
#include <purecloud/detail/oauth/form.hpp>
#include <purecloud/detail/text/text.hpp>
#include <purecloud/testing/fake_login.hpp>
#include <purecloud/testing/fault.ipp>

namespace purecloud {
inline namespace v1 {
namespace detail {

inline bool path_ends_with(const HttpRequest& request, std::string_view end) {
  const auto path = std::string_view(request.target).substr(0, request.target.find('?'));
  return path.size() >= end.size() && path.substr(path.size() - end.size()) == end;
}

PURECLOUD_TOKENS_INLINE bool is_token_request(const HttpRequest& request) {
  return path_ends_with(request, "/oauth/token");
}

PURECLOUD_TOKENS_INLINE bool is_authorize_request(const HttpRequest& request) {
  return path_ends_with(request, "/oauth/authorize");
}

PURECLOUD_TOKENS_INLINE bool is_form_request(const HttpRequest& request) {
  const auto type = request.headers.find("Content-Type");
  return type != request.headers.end() &&
         lower_case(trimmed(std::string_view(type->second).substr(0, type->second.find(';')))) ==
             "application/x-www-form-urlencoded";
}

PURECLOUD_TOKENS_INLINE std::optional<ClientCredentials> basic_credentials_of(
    const HttpRequest& request) {
  constexpr std::string_view scheme = "basic ";
  const auto found = request.headers.find("Authorization");
  if (found == request.headers.end()) return std::nullopt;
  const std::string_view value = found->second;
  if (lower_case(value.substr(0, scheme.size())) != scheme) return std::nullopt;
  const auto pair = base64_decode(trimmed(value.substr(scheme.size())));
  const auto colon = pair ? pair->find(':') : std::string::npos;
  if (colon == std::string::npos) return ClientCredentials{};
  const auto id = parse_form_component(std::string_view(*pair).substr(0, colon));
  const auto secret = parse_form_component(std::string_view(*pair).substr(colon + 1));
  return id && secret ? ClientCredentials{*id, *secret} : ClientCredentials{};
}

inline HttpResponse fake_login_error(const std::string& error, const std::string& description) {
  return fake_response(400, "{\"error\":\"" + error + "\",\"description\":\"" + description +
                                "\",\"error_description\":\"" + description + "\"}");
}

/// A grant: its name, the clients that may use it, and the members of the form that it requires.
struct FakeLogin::Grant {
  const char* name;
  AuthorizedGrantTypeValues::Value type;
  std::vector<const char*> members;
};

PURECLOUD_TOKENS_INLINE void FakeLogin::register_client(testing::FakeClient client) {
  std::string id = client.id;
  clients_.insert_or_assign(std::move(id), std::move(client));
}

PURECLOUD_TOKENS_INLINE std::string FakeLogin::issue_code(const std::string& client_id,
                                                          std::string redirect_uri,
                                                          std::string code_challenge,
                                                          Timestamp now) {
  if (clients_.count(client_id) == 0)
    throw std::invalid_argument("issue_code: no client has this id");
  std::string code = new_secret("code");
  codes_[code] = {client_id, std::move(redirect_uri), std::move(code_challenge),
                  now + std::chrono::minutes(10)};
  return code;
}

PURECLOUD_TOKENS_INLINE std::string FakeLogin::issue_assertion(std::string org_name,
                                                               Timestamp now) {
  std::string assertion = base64("<Assertion ID=\"" + new_secret("assertion") + "\"/>");
  assertions_[assertion] = {std::move(org_name), now + std::chrono::minutes(10)};
  return assertion;
}

PURECLOUD_TOKENS_INLINE std::string FakeLogin::new_secret(const char* kind) {
  return "fake-" + (kind + ("-" + std::to_string(++secrets_))) + "-Jw3nV8yHc6PqLs0D";
}

PURECLOUD_TOKENS_INLINE std::optional<FakeLogin::Form> FakeLogin::read_form(std::string_view text) {
  auto members = parse_form(text);
  if (!members) return std::nullopt;
  Form form;
  for (auto& [name, value] : *members)
    if (!form.emplace(std::move(name), std::move(value)).second) return std::nullopt;
  return form;
}

PURECLOUD_TOKENS_INLINE const testing::FakeClient* FakeLogin::authenticate(
    const HttpRequest& request, Form& form) const {
  const auto basic = basic_credentials_of(request);
  if (!basic && request.headers.count("Authorization") > 0) return nullptr;
  const std::string& named = form["client_id"];
  if (basic && !named.empty() && named != basic->client_id) return nullptr;
  const auto found = clients_.find(basic ? basic->client_id : named);
  if (found == clients_.end()) return nullptr;
  const std::string& secret = found->second.secret;
  // with PKCE, the code's verifier replaces the secret
  const bool needs_none = secret.empty() || !form["code_verifier"].empty();
  const bool good = basic ? !secret.empty() && basic->client_secret == secret : needs_none;
  return good ? &found->second : nullptr;
}

PURECLOUD_TOKENS_INLINE HttpResponse FakeLogin::give_token(const HttpRequest& request,
                                                           Timestamp now, const IssueToken& issue) {
  static const Grant grants[] = {
      {"client_credentials", AuthorizedGrantTypeValues::client_credentials, {}},
      {"authorization_code", AuthorizedGrantTypeValues::code, {"code", "redirect_uri"}},
      {"refresh_token", AuthorizedGrantTypeValues::code, {"refresh_token"}},
      {"urn:ietf:params:oauth:grant-type:saml2-bearer",
       AuthorizedGrantTypeValues::saml2_bearer,
       {"orgName", "assertion"}},
  };
  if (request.method != "POST") return method_not_allowed();
  auto form = is_form_request(request) ? read_form(request.body) : std::nullopt;
  if (!form)
    return fake_login_error("invalid_request", "the body is not a form of distinct members");
  const testing::FakeClient* client = authenticate(request, *form);
  if (!client) return fake_login_error("invalid_client", "authentication failed");

  const std::string& name = (*form)["grant_type"];
  if (name.empty()) return fake_login_error("invalid_request", "grant_type is missing");
  const auto* grant = std::find_if(std::begin(grants), std::end(grants),
                                   [&](const Grant& each) { return each.name == name; });
  if (grant == std::end(grants))
    return fake_login_error("unsupported_grant_type", "the grant type is not supported");
  const bool may_be_public = grant->type == AuthorizedGrantTypeValues::code;
  if (client->grant.grant_type != grant->type || (client->secret.empty() && !may_be_public))
    return fake_login_error("unauthorized_client", "the client may not use this grant type");
  for (const char* member : grant->members)
    if ((*form)[member].empty())
      return fake_login_error("invalid_request", std::string(member) + " is missing");
  if (!redeem(*grant, *form, *client, now))
    return fake_login_error("invalid_grant", "the grant is wrong, expired or used");

  std::string body = R"({"access_token":")" + issue(*client) + R"(","token_type":"bearer")";
  if (client->lifetime) body += ",\"expires_in\":" + std::to_string(client->lifetime->count());
  if (may_be_public && client->refreshes) {
    const std::string token = new_secret("refresh-token");
    refresh_tokens_[token] = client->id;
    body += ",\"refresh_token\":\"" + token + "\"";
  }
  HttpResponse response = fake_response(200, body + "}");
  response.headers["Cache-Control"] = "no-store";
  return response;
}

/// Returns whether a challenge was made from this verifier (RFC 7636, 4.6).
inline bool verifies_code(const std::string& verifier, const std::string& challenge) {
  if (challenge.empty()) return verifier.empty();
  const bool unreserved = percent_encode(verifier) == verifier;
  return unreserved && verifier.size() >= 43 && verifier.size() <= 128 &&
         base64url(sha256(verifier)) == challenge;
}

PURECLOUD_TOKENS_INLINE bool FakeLogin::redeem(const Grant& grant, Form& form,
                                               const testing::FakeClient& client, Timestamp now) {
  const std::string_view name = grant.name;
  if (name == "authorization_code") {
    const auto found = codes_.find(form["code"]);
    if (found == codes_.end()) return false;
    const Code& code = found->second;
    const bool good = code.client_id == client.id && code.redirect_uri == form["redirect_uri"] &&
                      now < code.expires &&
                      verifies_code(form["code_verifier"], code.code_challenge);
    if (good) codes_.erase(found);
    return good;
  }
  if (name == "refresh_token") {
    const auto found = refresh_tokens_.find(form["refresh_token"]);
    if (found == refresh_tokens_.end() || found->second != client.id) return false;
    refresh_tokens_.erase(found);
  }
  if (grant.type == AuthorizedGrantTypeValues::saml2_bearer) {
    const auto found = assertions_.find(form["assertion"]);
    if (found == assertions_.end() || found->second.org_name != form["orgName"] ||
        now >= found->second.expires)
      return false;
    assertions_.erase(found);
  }
  return true;
}

PURECLOUD_TOKENS_INLINE const char* FakeLogin::refuse_authorization(Form& query) const {
  const auto client = clients_.find(query["client_id"]);
  if (client == clients_.end() ||
      client->second.grant.grant_type != AuthorizedGrantTypeValues::code)
    return "unauthorized_client";
  if (query["response_type"] != "code") return "unsupported_response_type";
  const std::string& method = query["code_challenge_method"];
  if (query["code_challenge"].empty() ? !method.empty() : method != "S256")
    return "invalid_request";
  return query["org"].empty() == query["provider"].empty() ? nullptr : "invalid_request";
}

PURECLOUD_TOKENS_INLINE HttpResponse FakeLogin::authorize(std::string_view text, Timestamp now) {
  auto query = read_form(text);
  if (!query)
    return fake_login_error("invalid_request", "the query is not a form of distinct members");
  // if these are wrong, the browser is not redirected: RFC 6749, 4.1.2.1
  const std::string& redirect_uri = (*query)["redirect_uri"];
  const auto client = clients_.find((*query)["client_id"]);
  const std::vector<std::string> registered =
      client == clients_.end() ? std::vector<std::string>() : client->second.redirect_uris;
  const bool is_registered = registered.empty() || std::find(registered.begin(), registered.end(),
                                                             redirect_uri) != registered.end();
  const bool is_visible = std::all_of(redirect_uri.begin(), redirect_uri.end(),
                                      [](char c) { return c > ' ' && c < 0x7f; });
  if (redirect_uri.empty() || !is_registered || !is_visible)
    return fake_login_error("invalid_request", "redirect_uri is missing or not the client's");

  const char* refusal = refuse_authorization(*query);
  std::string query_string =
      refusal ? form_encode({{"error", refusal}, {"error_description", "the request was refused"}})
              : form_encode({{"code", issue_code(client->first, redirect_uri,
                                                 (*query)["code_challenge"], now)}});
  if (const std::string& state = (*query)["state"]; !state.empty())
    query_string += "&" + form_encode({{"state", state}});
  const char separator = redirect_uri.find('?') == std::string::npos ? '?' : '&';
  return {302, {{"Location", redirect_uri + separator + query_string}}, {}};
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
