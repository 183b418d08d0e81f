// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <purecloud/detail/call/request.hpp>
#include <purecloud/detail/text/text.hpp>
#include <purecloud/json.hpp>
#include <purecloud/model/token_info.hpp>
#include <purecloud/testing/fake_login.hpp>
#include <purecloud/testing/fake_tokens_service.hpp>
#include <purecloud/testing/fault.ipp>

namespace purecloud {
inline namespace v1 {
namespace testing {

class FakeTokensService::State {
 public:
  struct Token {
    TokenGrant grant;
    std::string client_id;
    Timestamp last_used;
    std::optional<Timestamp> expires;
    bool expired = false;  ///< not revoked: the error differs
  };

  HttpResult handle(const HttpRequest& request) {
    const std::lock_guard<std::mutex> lock(mutex);
    char id[40];
    std::snprintf(id, sizeof id, "fa4e0000-0000-4000-8000-%012u", ++responses);

    std::optional<Fault> fault;
    auto& queue =
        detail::is_token_request(request) && !login_faults.empty() ? login_faults : faults;
    if (!queue.empty()) {
      fault = std::move(queue.front());
      queue.pop_front();
    }
    HttpResult result;
    if (!fault || fault->carry_out) result = respond(request);
    if (fault && fault->response) result = *fault->response;
    if (fault && fault->kind) result = HttpFailure{*fault->kind, "a scripted failure"};

    auto* response = std::get_if<HttpResponse>(&result);
    if (response) {
      response->headers.emplace("ININ-Correlation-Id", id);
      if (request.method == "HEAD") response->body.clear();
    }
    requests.push_back(detail::fake_record(request, response ? response->status : 0, id));
    return result;
  }

  /// Returns the error for a token that is not valid. Returns nothing for a valid token, and resets
  /// its idle timer unless `preserve_idle_ttl`.
  std::optional<HttpResponse> authentication_failure(const HttpRequest& request,
                                                     bool preserve_idle_ttl) {
    const std::string bearer(detail::bearer_token_of(request));
    if (bearer.empty())
      return detail::fake_error(
          401, "authentication.required",
          "No authentication bearer token specified in authorization header.");
    const auto found = tokens.find(bearer);
    if (found == tokens.end()) return detail::fake_error(401);
    Token& token = found->second;
    token.expired = has_expired(token);
    if (token.expired)
      return detail::fake_error(401, "credentials.expired",
                                "The supplied credentials are expired and cannot be used.");
    if (!preserve_idle_ttl) token.last_used = clock;
    return std::nullopt;
  }

  bool has_expired(const Token& token) const {
    return token.expired || is_idle(token) || (token.expires && clock >= *token.expires);
  }

  bool is_idle(const Token& token) const {
    return timeout.enable_idle_token_timeout.value_or(false) &&
           clock - token.last_used >= idle_seconds();
  }

  bool is_good(const std::string& token) const {
    const auto found = tokens.find(token);
    return found != tokens.end() && !has_expired(found->second);
  }

  /// Issues a token. A user's eleventh one ends the first.
  std::string issue_token(const TokenGrant& grant, const std::string& client_id,
                          std::optional<Timestamp> expires) {
    constexpr std::size_t tokens_a_user = 10;
    const std::string token = "fake-token-" + std::to_string(++issues) + "-x7Qe2LmV9sKd4TzR";
    tokens.emplace(token, Token{grant, client_id, clock, expires});
    issued.emplace_back(grant.user_id, token);

    std::vector<std::string> theirs;
    for (const auto& [user, each] : issued)
      if (user == grant.user_id && is_good(each)) theirs.push_back(each);
    if (theirs.size() > tokens_a_user) tokens.erase(theirs.front());
    return token;
  }

  std::string issue_token(const FakeClient& client) {
    std::optional<Timestamp> expires;
    if (client.lifetime) {
      const auto zero = std::chrono::seconds(0);
      // bounded, so that no lifetime overflows the clock
      const auto longest = std::chrono::duration_cast<std::chrono::seconds>(latest() - clock);
      expires = clock + (std::min)((std::max)(*client.lifetime, zero), longest);
    }
    return issue_token(client.grant, client.id, expires);
  }

  static Timestamp latest() { return *parse_timestamp("2260-01-01T00:00:00Z"); }

  std::chrono::seconds idle_seconds() const {
    return std::chrono::seconds(timeout.idle_token_timeout_seconds.value_or(28'800));
  }

  static std::optional<HttpResponse> refuse_permission(const Token& token, const char* permission) {
    const auto& held = token.grant.permissions;
    if (std::find(held.begin(), held.end(), permission) != held.end()) return std::nullopt;
    return detail::fake_error(
        403, "missing.any.permissions",
        std::string("Unable to perform the requested action. You must have at least one of "
                    "the following permissions assigned: [") +
            permission + "]");
  }

  HttpResponse respond(const HttpRequest& request) {
    if (detail::is_token_request(request))
      return login.give_token(request, clock,
                              [this](const FakeClient& client) { return issue_token(client); });
    static constexpr std::string_view root = "/api/v2/tokens/";
    const std::string_view target = request.target;
    const auto query_at = (std::min)(target.find('?'), target.size());
    const std::string_view path = target.substr(0, query_at);
    if (detail::is_authorize_request(request)) {
      const auto query = target.substr((std::min)(query_at + 1, target.size()));
      return request.method == "GET" ? login.authorize(query, clock) : detail::method_not_allowed();
    }
    const auto root_at = path.find(root);
    const bool preserve = target.substr(query_at).find("preserveIdleTTL=true") != target.npos;
    if (auto refusal = authentication_failure(request, preserve && request.method == "GET"))
      return *refusal;
    if (root_at == std::string_view::npos) return detail::fake_error(404);

    const auto token = tokens.find(std::string(detail::bearer_token_of(request)));
    const std::string_view resource = path.substr(root_at + root.size());
    const std::string& method = request.method;
    if (resource == "me") {
      if (method == "GET") return detail::fake_response(200, to_json(describe(token->second)));
      if (method == "HEAD") return {200, {}, {}};
      if (method == "DELETE") {
        tokens.erase(token);
        return {204, {}, {}};
      }
    } else if (resource == "timeout") {
      if (method == "GET") return detail::fake_response(200, to_json(timeout));
      if (method == "PUT") return change_timeout(request, token->second);
    } else if (method == "DELETE") {
      return delete_user(resource, token->second);
    }
    return detail::method_not_allowed();
  }

  HttpResponse change_timeout(const HttpRequest& request, const Token& token) {
    if (auto refusal = refuse_permission(token, "directory:organization:admin")) return *refusal;
    const auto type = request.headers.find("Content-Type");
    if (type == request.headers.end() || type->second.rfind("application/json", 0) != 0)
      return detail::fake_error(415);
    auto change = from_json<IdleTokenTimeout>(request.body);
    if (!change) return detail::fake_error(400);
    const int seconds = change->idle_token_timeout_seconds.value_or(300);
    if (seconds < 300 || seconds > 28'800)
      return detail::fake_error(400, "invalid.value",
                                "idleTokenTimeoutSeconds must be between 300 and 28800");
    timeout = *std::move(change);
    return detail::fake_response(200, to_json(timeout));
  }

  HttpResponse delete_user(std::string_view encoded_id, const Token& token) {
    if (auto refusal = refuse_permission(token, "oauth:token:delete")) return *refusal;
    bool found = false;
    for (auto each = tokens.begin(); each != tokens.end();) {
      const bool theirs = detail::percent_encode(each->second.grant.user_id) == encoded_id;
      found = found || theirs;
      each = theirs ? tokens.erase(each) : std::next(each);
    }
    return found ? HttpResponse{204, {}, {}} : detail::fake_error(404);
  }

  TokenInfo describe(const Token& token) const {
    TokenInfo info;
    info.organization = NamedEntity{"0f000000-0000-4000-8000-000000000001", "Fake Org", {}};
    info.home_organization = info.organization;
    info.authorized_scope = token.grant.scopes;
    if (timeout.enable_idle_token_timeout.value_or(false))
      info.date_token_idles = token.last_used + idle_seconds();
    OrgOAuthClient client;
    client.id = token.client_id;
    client.name = "Fake client";
    client.authorized_grant_type = token.grant.grant_type;
    client.state = OAuthClientState::active;
    client.scope = token.grant.scopes;
    client.organization = info.organization;
    info.oauth_client = client;
    return info;
  }

  mutable std::mutex mutex;
  std::map<std::string, Token> tokens;
  std::deque<std::pair<std::string, std::string>> issued;  // user and token, oldest first
  IdleTokenTimeout timeout;
  Timestamp clock = *parse_timestamp("2026-01-01T00:00:00Z");
  detail::FakeLogin login;
  std::deque<Fault> faults;
  std::deque<Fault> login_faults;
  std::vector<RecordedRequest> requests;
  unsigned responses = 0;
  unsigned issues = 0;
};

PURECLOUD_TOKENS_INLINE FakeTokensService::FakeTokensService() : state_(std::make_unique<State>()) {
  state_->timeout.idle_token_timeout_seconds = 28'800;
  state_->timeout.enable_idle_token_timeout = true;
  state_->timeout.inactivity_timeout_unit = InactivityTimeoutUnit::hours;
}

PURECLOUD_TOKENS_INLINE FakeTokensService::~FakeTokensService() = default;

PURECLOUD_TOKENS_INLINE std::string FakeTokensService::issue_token(const TokenGrant& grant) {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  return state_->issue_token(grant, FakeClient{}.id, std::nullopt);
}

PURECLOUD_TOKENS_INLINE void FakeTokensService::revoke_token(std::string_view token) {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  state_->tokens.erase(std::string(token));
}

PURECLOUD_TOKENS_INLINE bool FakeTokensService::is_valid(std::string_view token) const {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  return state_->is_good(std::string(token));
}

PURECLOUD_TOKENS_INLINE ClientCredentials FakeTokensService::register_client(FakeClient client) {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  ClientCredentials credentials{client.id, client.secret};
  state_->login.register_client(std::move(client));
  return credentials;
}

PURECLOUD_TOKENS_INLINE std::string FakeTokensService::issue_code(const std::string& client_id,
                                                                  std::string redirect_uri,
                                                                  std::string code_challenge) {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  return state_->login.issue_code(client_id, std::move(redirect_uri), std::move(code_challenge),
                                  state_->clock);
}

PURECLOUD_TOKENS_INLINE std::string FakeTokensService::issue_assertion(std::string org_name) {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  return state_->login.issue_assertion(std::move(org_name), state_->clock);
}

PURECLOUD_TOKENS_INLINE Timestamp FakeTokensService::now() const {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  return state_->clock;
}

PURECLOUD_TOKENS_INLINE void FakeTokensService::advance(std::chrono::milliseconds time) {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  time = (std::max)(time, std::chrono::milliseconds(0));
  state_->clock += (std::min)(time, State::latest() - state_->clock);
}

PURECLOUD_TOKENS_INLINE void FakeTokensService::advance_to(Timestamp time) {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  state_->clock = (std::max)(state_->clock, (std::min)(time, State::latest()));
}

PURECLOUD_TOKENS_INLINE IdleTokenTimeout FakeTokensService::idle_timeout() const {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  return state_->timeout;
}

PURECLOUD_TOKENS_INLINE void FakeTokensService::set_idle_timeout(IdleTokenTimeout timeout) {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  state_->timeout = std::move(timeout);
}

PURECLOUD_TOKENS_INLINE void FakeTokensService::fail_next(int count, const Fault& fault) {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  for (int i = 0; i < count; ++i) state_->faults.push_back(fault);
}

PURECLOUD_TOKENS_INLINE void FakeTokensService::fail_next_login(int count, const Fault& fault) {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  for (int i = 0; i < count; ++i) state_->login_faults.push_back(fault);
}

PURECLOUD_TOKENS_INLINE std::vector<RecordedRequest> FakeTokensService::requests() const {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  return state_->requests;
}

PURECLOUD_TOKENS_INLINE void FakeTokensService::clear_requests() {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  state_->requests.clear();
}

PURECLOUD_TOKENS_INLINE HttpResult FakeTokensService::handle(const HttpRequest& request) {
  return state_->handle(request);
}

}  // namespace testing
}  // namespace v1
}  // namespace purecloud
