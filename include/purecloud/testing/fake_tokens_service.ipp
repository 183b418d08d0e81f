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
#include <purecloud/detail/text/redaction.hpp>
#include <purecloud/detail/text/text.hpp>
#include <purecloud/json.hpp>
#include <purecloud/model/error_body.hpp>
#include <purecloud/testing/fake_tokens_service.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// The text that the cloud has for each error.
struct FakeErrorText {
  int status;
  const char* code;
  const char* message;
};

inline const FakeErrorText& fake_error_text(int status) {
  static const FakeErrorText texts[] = {
      {400, "bad.request",
       "The request could not be understood by the server due to malformed syntax."},
      {401, "bad.credentials", "Invalid login credentials."},
      {403, "not.authorized", "You are not authorized to perform the requested action."},
      {404, "not.found", "The requested resource was not found."},
      {415, "unsupported.media.type", "The media type of the request is not supported."},
      {429, "too.many.requests",
       "Rate limit exceeded the maximum. Retry the request in [1] seconds"},
      {500, "internal.server.error", "The server encountered an unexpected condition."},
      {503, "service.unavailable", "The service is temporarily unavailable."},
      {504, "authentication.request.timeout", "The request timed out."},
  };
  static const FakeErrorText other{0, "error", "The request failed."};
  const auto* found =
      std::find_if(std::begin(texts), std::end(texts),
                   [status](const FakeErrorText& text) { return text.status == status; });
  return found == std::end(texts) ? other : *found;
}

inline HttpResponse fake_answer(int status, std::string body) {
  return {status, {{"Content-Type", "application/json"}}, std::move(body)};
}

inline HttpResponse fake_error(int status, const std::string& code, const std::string& message) {
  ErrorBody body;
  body.message = message;
  body.code = code;
  body.status = status;
  return fake_answer(status, to_json(body));
}

inline HttpResponse fake_error(int status) {
  const FakeErrorText& text = fake_error_text(status);
  return fake_error(status, text.code, text.message);
}

}  // namespace detail

namespace testing {

class FakeTokensService::State {
 public:
  struct Token {
    TokenGrant grant;
    Timestamp last_used;
    bool expired = false;  ///< for want of use, as against revoked: it is remembered
  };

  HttpResult handle(const HttpRequest& request) {
    const std::lock_guard<std::mutex> lock(mutex);
    char id[40];
    std::snprintf(id, sizeof id, "fa4e0000-0000-4000-8000-%012u", ++answers);

    std::optional<Fault> fault;
    if (!faults.empty()) {
      fault = faults.front();
      faults.pop_front();
    }
    HttpResult result;
    if (!fault || fault->carry_out) result = answer(request);
    if (fault && fault->response) result = *fault->response;
    if (fault && fault->kind) result = HttpFailure{*fault->kind, "a scripted failure"};

    auto* response = std::get_if<HttpResponse>(&result);
    if (response) {
      response->headers.emplace("ININ-Correlation-Id", id);
      if (request.method == "HEAD") response->body.clear();
    }
    record(request, response ? response->status : 0, id);
    return result;
  }

  void record(const HttpRequest& request, int status, const char* correlation_id) {
    RecordedRequest seen{request.method, request.target, request.headers,
                         request.body,   status,         correlation_id};
    const std::string_view bearer = detail::bearer_token_of(request);
    if (seen.headers.count("Authorization"))
      seen.headers["Authorization"] = "Bearer <access token>";
    for (auto& [name, value] : seen.headers) value = detail::redact(std::move(value), bearer);
    seen.target = detail::redact(std::move(seen.target), bearer);
    seen.body = detail::redact(std::move(seen.body), bearer);
    requests.push_back(std::move(seen));
  }

  /// Empty when the token is good, and then it counts as used.
  std::optional<HttpResponse> refuse_bearer(const HttpRequest& request, bool preserve_idle_ttl) {
    const std::string bearer(detail::bearer_token_of(request));
    if (bearer.empty())
      return detail::fake_error(
          401, "authentication.required",
          "No authentication bearer token specified in authorization header.");
    const auto found = tokens.find(bearer);
    if (found == tokens.end()) return detail::fake_error(401);
    Token& token = found->second;
    token.expired = token.expired || is_idle(token);
    if (token.expired)
      return detail::fake_error(401, "credentials.expired",
                                "The supplied credentials are expired and cannot be used.");
    if (!preserve_idle_ttl) token.last_used = clock;
    return std::nullopt;
  }

  bool is_idle(const Token& token) const {
    return timeout.enable_idle_token_timeout.value_or(false) &&
           clock - token.last_used >= idle_seconds();
  }

  bool is_good(const std::string& token) const {
    const auto found = tokens.find(token);
    return found != tokens.end() && !found->second.expired && !is_idle(found->second);
  }

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

  HttpResponse answer(const HttpRequest& request) {
    static constexpr std::string_view root = "/api/v2/tokens/";
    const std::string_view target = request.target;
    const auto query_at = (std::min)(target.find('?'), target.size());
    const std::string_view path = target.substr(0, query_at);
    const auto root_at = path.find(root);
    const bool preserve = target.substr(query_at).find("preserveIdleTTL=true") != target.npos;
    if (auto refusal = refuse_bearer(request, preserve && request.method == "GET")) return *refusal;
    if (root_at == std::string_view::npos) return detail::fake_error(404);

    const auto token = tokens.find(std::string(detail::bearer_token_of(request)));
    const std::string_view resource = path.substr(root_at + root.size());
    const std::string& method = request.method;
    if (resource == "me") {
      if (method == "GET") return detail::fake_answer(200, to_json(describe(token->second)));
      if (method == "HEAD") return {200, {}, {}};
      if (method == "DELETE") {
        tokens.erase(token);
        return {204, {}, {}};
      }
    } else if (resource == "timeout") {
      if (method == "GET") return detail::fake_answer(200, to_json(timeout));
      if (method == "PUT") return change_timeout(request, token->second);
    } else if (method == "DELETE") {
      return delete_user(resource, token->second);
    }
    return detail::fake_error(405, "method.not.allowed",
                              "The method is not allowed for the resource.");
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
    return detail::fake_answer(200, to_json(timeout));
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
    client.id = "0c000000-0000-4000-8000-000000000001";
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
  std::deque<Fault> faults;
  std::vector<RecordedRequest> requests;
  unsigned answers = 0;
  unsigned issues = 0;
};

PURECLOUD_TOKENS_INLINE Fault Fault::status(int status) {
  return answer(detail::fake_error(status));
}

PURECLOUD_TOKENS_INLINE Fault Fault::retry_after(int status, std::string value) {
  Fault fault = Fault::status(status);
  fault.response->headers["Retry-After"] = std::move(value);
  return fault;
}

PURECLOUD_TOKENS_INLINE Fault Fault::answer(HttpResponse response) {
  Fault fault;
  fault.response = std::move(response);
  return fault;
}

PURECLOUD_TOKENS_INLINE Fault Fault::failure(ErrorKind kind) {
  Fault fault;
  fault.kind = kind;
  return fault;
}

PURECLOUD_TOKENS_INLINE Fault Fault::lost_answer() {
  Fault fault = failure(ErrorKind::connection);
  fault.carry_out = true;
  return fault;
}

PURECLOUD_TOKENS_INLINE FakeTokensService::FakeTokensService() : state_(std::make_unique<State>()) {
  state_->timeout.idle_token_timeout_seconds = 28'800;
  state_->timeout.enable_idle_token_timeout = true;
  state_->timeout.inactivity_timeout_unit = InactivityTimeoutUnit::hours;
}

PURECLOUD_TOKENS_INLINE FakeTokensService::~FakeTokensService() = default;

PURECLOUD_TOKENS_INLINE std::string FakeTokensService::issue_token(const TokenGrant& grant) {
  constexpr std::size_t tokens_a_user = 10;
  const std::lock_guard<std::mutex> lock(state_->mutex);
  auto& tokens = state_->tokens;
  const std::string token = "fake-token-" + std::to_string(++state_->issues) + "-x7Qe2LmV9sKd4TzR";
  tokens.emplace(token, State::Token{grant, state_->clock});
  state_->issued.emplace_back(grant.user_id, token);

  std::vector<std::string> theirs;
  for (const auto& [user, each] : state_->issued)
    if (user == grant.user_id && state_->is_good(each)) theirs.push_back(each);
  if (theirs.size() > tokens_a_user) tokens.erase(theirs.front());
  return token;
}

PURECLOUD_TOKENS_INLINE void FakeTokensService::revoke_token(std::string_view token) {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  state_->tokens.erase(std::string(token));
}

PURECLOUD_TOKENS_INLINE bool FakeTokensService::is_valid(std::string_view token) const {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  return state_->is_good(std::string(token));
}

PURECLOUD_TOKENS_INLINE Timestamp FakeTokensService::now() const {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  return state_->clock;
}

PURECLOUD_TOKENS_INLINE void FakeTokensService::advance(std::chrono::milliseconds time) {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  state_->clock += time;
}

PURECLOUD_TOKENS_INLINE void FakeTokensService::advance_to(Timestamp time) {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  state_->clock = (std::max)(state_->clock, time);
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
