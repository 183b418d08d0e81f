// SPDX-License-Identifier: MIT
#include "support.hpp"

#include <set>

namespace {

using namespace purecloud;
using namespace std::chrono_literals;
using testing::FakeBackend;
using testing::FakeTokensService;
using testing::Fault;
using testing::TokenGrant;

using FakeApi = BasicTokensApi<FakeBackend>;

/// An in-memory cloud, a token of it, and a client with that token.
struct Cloud {
  explicit Cloud(const TokenGrant& grant = {}) : token(service->issue_token(grant)) {}

  FakeApi client() const { return client(token); }
  FakeApi client(std::string_view bearer) const {
    Configuration configuration = support::with_token(bearer);
    configuration.retry.max_attempts = 1;
    return FakeApi(configuration, std::make_shared<FakeBackend>(service));
  }

  std::shared_ptr<FakeTokensService> service = std::make_shared<FakeTokensService>();
  std::string token;
};

TokenGrant with_permissions(std::vector<std::string> permissions) {
  TokenGrant grant;
  grant.permissions = std::move(permissions);
  return grant;
}

template <class T>
void check_error(const Result<T>& result, int status, const char* code, const char* message) {
  REQUIRE_FALSE(result);
  CHECK(result.error().status == status);
  REQUIRE(result.error().body);
  CHECK(result.error().body->code == code);
  CHECK(result.error().body->message == message);
  CHECK(result.error().body->status == status);
  CHECK_FALSE(result.correlation_id().empty());
}

}  // namespace

TEST_CASE("the fake tells a token's scopes, client and the time when it idles") {
  TokenGrant grant;
  grant.scopes = {"users", "tokens"};
  grant.grant_type = AuthorizedGrantType::client_credentials;
  const Cloud cloud(grant);
  const TokenInfo info = cloud.client().get_tokens_me();
  CHECK(*info.authorized_scope == std::vector<std::string>{"users", "tokens"});
  CHECK(info.oauth_client->authorized_grant_type == AuthorizedGrantType::client_credentials);
  CHECK(info.date_token_idles == cloud.service->now() + 8h);
  CHECK(info.organization->name);
  CHECK(info.home_organization->id);
}

TEST_CASE("the fake refuses a request without a token, with a wrong one, and with an idle one") {
  const Cloud cloud;
  const auto answer = cloud.service->handle({"GET", "/api/v2/tokens/me", {}, {}});
  const auto& response = std::get<HttpResponse>(answer);
  CHECK(response.status == 401);
  const auto body = from_json<ErrorBody>(response.body);
  REQUIRE(body);
  CHECK(body->code == "authentication.required");
  CHECK(body->message == "No authentication bearer token specified in authorization header.");

  check_error(cloud.client("no-such-token").try_get_tokens_me(), 401, "bad.credentials",
              "Invalid login credentials.");
  cloud.service->advance(8h);
  check_error(cloud.client().try_get_tokens_me(), 401, "credentials.expired",
              "The supplied credentials are expired and cannot be used.");
}

TEST_CASE("the fake asks for the permission that each operation needs") {
  const Cloud cloud;
  check_error(cloud.client().try_delete_token("someone"), 403, "missing.any.permissions",
              "Unable to perform the requested action. You must have at least one of the following "
              "permissions assigned: [oauth:token:delete]");
  check_error(cloud.client().try_put_tokens_timeout({}), 403, "missing.any.permissions",
              "Unable to perform the requested action. You must have at least one of the following "
              "permissions assigned: [directory:organization:admin]");
  CHECK(cloud.client().try_get_tokens_timeout());
}

TEST_CASE("the fake refuses what the cloud refuses of a timeout, and keeps the rest") {
  const Cloud cloud(with_permissions({"directory:organization:admin"}));
  IdleTokenTimeout timeout = cloud.client().get_tokens_timeout();
  for (const int seconds : {299, 28'801, -1, 0}) {
    timeout.idle_token_timeout_seconds = seconds;
    const auto result = cloud.client().try_put_tokens_timeout(timeout);
    REQUIRE_FALSE(result);
    CHECK(result.error().status == 400);
    CHECK(result.error().body->code == "invalid.value");
  }
  for (const int seconds : {300, 28'800, 900}) {
    timeout.idle_token_timeout_seconds = seconds;
    timeout.additional_properties["new"] = "[1]";
    CHECK(cloud.client().put_tokens_timeout(timeout) == timeout);
    CHECK(cloud.client().get_tokens_timeout() == timeout);
  }
  const HttpHeaders bearer = {{"Authorization", "Bearer " + cloud.token}};
  const auto status = [&](const HttpRequest& request) {
    return std::get<HttpResponse>(cloud.service->handle(request)).status;
  };
  CHECK(status({"PUT", "/api/v2/tokens/timeout", bearer, "{}"}) == 415);
  HttpHeaders json = bearer;
  json["Content-Type"] = "application/json";
  CHECK(status({"PUT", "/api/v2/tokens/timeout", json, "{"}) == 400);
  CHECK(status({"GET", "/api/v2/users/me", bearer, {}}) == 404);
  CHECK(status({"POST", "/api/v2/tokens/me", bearer, {}}) == 405);
  CHECK(status({"GET", "/gateway/api/v2/tokens/me", bearer, {}}) == 200);
}

TEST_CASE("each use resets a token's idle timer, a look with preserve_idle_ttl does not") {
  const Cloud cloud;
  const FakeApi client = cloud.client();
  GetTokensMeOptions look;
  look.preserve_idle_ttl = true;

  cloud.service->advance(7h);
  CHECK(client.head_tokens_me());
  cloud.service->advance(7h);
  const Timestamp idles = cloud.service->now() + 1h;
  CHECK(client.get_tokens_me(look).date_token_idles == idles);
  cloud.service->advance(59min);
  CHECK(client.get_tokens_me(look).date_token_idles == idles);
  CHECK(cloud.service->is_valid(cloud.token));
  cloud.service->advance(1min);
  CHECK_FALSE(cloud.service->is_valid(cloud.token));
  CHECK_FALSE(client.head_tokens_me());
}

TEST_CASE("a token that idled away does not come back when the timeout grows") {
  const Cloud cloud;
  IdleTokenTimeout timeout = cloud.service->idle_timeout();
  timeout.idle_token_timeout_seconds = 300;
  cloud.service->set_idle_timeout(timeout);
  cloud.service->advance(300s);
  CHECK_FALSE(cloud.client().head_tokens_me());
  timeout.enable_idle_token_timeout = false;
  cloud.service->set_idle_timeout(timeout);
  CHECK_FALSE(cloud.client().head_tokens_me());
}

TEST_CASE("without an idle timeout no token idles away") {
  const Cloud cloud;
  IdleTokenTimeout timeout;
  timeout.enable_idle_token_timeout = false;
  cloud.service->set_idle_timeout(timeout);
  cloud.service->advance(std::chrono::hours(24 * 365));
  CHECK_FALSE(cloud.client().get_tokens_me().date_token_idles);
}

TEST_CASE("a logout ends the token, and only that one") {
  const Cloud cloud;
  const std::string other = cloud.service->issue_token();
  cloud.client().delete_tokens_me();
  CHECK_FALSE(cloud.client().head_tokens_me());
  CHECK(cloud.client(other).head_tokens_me());
  CHECK(cloud.client().try_delete_tokens_me().error().status == 401);
}

TEST_CASE("deleteToken ends all tokens of the user whose id it is, encoded or not") {
  const Cloud cloud(with_permissions({"oauth:token:delete"}));
  TokenGrant theirs;
  theirs.user_id = "ü/1 x";
  const std::string first = cloud.service->issue_token(theirs);
  const std::string second = cloud.service->issue_token(theirs);
  cloud.client().delete_token("ü/1 x");
  CHECK_FALSE(cloud.service->is_valid(first));
  CHECK_FALSE(cloud.service->is_valid(second));
  CHECK(cloud.service->is_valid(cloud.token));
  check_error(cloud.client().try_delete_token("ü/1 x"), 404, "not.found",
              "The requested resource was not found.");
}

TEST_CASE("a user's eleventh token ends the first, and nobody else's") {
  const Cloud cloud;
  TokenGrant grant;
  grant.user_id = "collector";
  std::vector<std::string> tokens;
  for (int i = 0; i < 10; ++i) tokens.push_back(cloud.service->issue_token(grant));
  for (const auto& token : tokens) CHECK(cloud.service->is_valid(token));
  tokens.push_back(cloud.service->issue_token(grant));
  CHECK_FALSE(cloud.service->is_valid(tokens[0]));
  CHECK(cloud.service->is_valid(tokens[1]));
  CHECK(cloud.service->is_valid(tokens[10]));
  CHECK(cloud.service->is_valid(cloud.token));
  CHECK(std::set<std::string>(tokens.begin(), tokens.end()).size() == 11);
}

TEST_CASE("tokens that ended do not count among a user's ten") {
  const Cloud cloud;
  std::string last;
  for (int i = 0; i < 9; ++i) last = cloud.service->issue_token();
  cloud.service->revoke_token(last);
  static_cast<void>(cloud.service->issue_token());
  CHECK(cloud.service->is_valid(cloud.token));

  cloud.service->advance(7h);
  CHECK(cloud.client().head_tokens_me());
  cloud.service->advance(7h);  // now all but the first have idled away
  for (int i = 0; i < 9; ++i) static_cast<void>(cloud.service->issue_token());
  CHECK(cloud.service->is_valid(cloud.token));
  static_cast<void>(cloud.service->issue_token());
  CHECK_FALSE(cloud.service->is_valid(cloud.token));
}

TEST_CASE("a scripted status has the code and the message that the cloud has for it") {
  const Cloud cloud;
  const std::tuple<int, const char*, const char*> errors[] = {
      {400, "bad.request",
       "The request could not be understood by the server due to malformed syntax."},
      {401, "bad.credentials", "Invalid login credentials."},
      {403, "not.authorized", "You are not authorized to perform the requested action."},
      {404, "not.found", "The requested resource was not found."},
      {429, "too.many.requests",
       "Rate limit exceeded the maximum. Retry the request in [1] seconds"}};
  for (const auto& [status, code, message] : errors) {
    cloud.service->fail_next(1, Fault::status(status));
    check_error(cloud.client().try_get_tokens_me(), status, code, message);
  }
  const std::pair<int, const char*> codes[] = {{415, "unsupported.media.type"},
                                               {500, "internal.server.error"},
                                               {503, "service.unavailable"},
                                               {504, "authentication.request.timeout"}};
  for (const auto& [status, code] : codes) {
    cloud.service->fail_next(1, Fault::status(status));
    CHECK(cloud.client().try_get_tokens_me().error().body->code == code);
  }
}

TEST_CASE("faults come in order, each as often as was said, and then none") {
  const Cloud cloud;
  cloud.service->fail_next(2, Fault::status(500));
  cloud.service->fail_next(1, Fault::failure(ErrorKind::tls));
  cloud.service->fail_next(1, Fault::answer({200, {{"Content-Type", "text/html"}}, "<html>"}));
  const FakeApi client = cloud.client();
  CHECK(client.try_get_tokens_me().error().status == 500);
  CHECK(client.try_get_tokens_me().error().status == 500);
  CHECK(client.try_get_tokens_me().error().kind == ErrorKind::tls);
  CHECK(client.try_get_tokens_me().error().kind == ErrorKind::decode);
  CHECK(client.try_get_tokens_me());
}

TEST_CASE("a logout whose response is lost succeeds on its retry, though the token is gone") {
  const Cloud cloud;
  cloud.service->fail_next(1, Fault::lost_answer());
  const FakeApi client(support::with_token(cloud.token),
                       std::make_shared<FakeBackend>(cloud.service));
  const auto result = client.try_delete_tokens_me();
  REQUIRE(result);
  CHECK(result.attempts() == 2);
  CHECK(result.response()->status == 401);
  CHECK_FALSE(cloud.service->is_valid(cloud.token));
}

TEST_CASE("a scripted timeout takes the attempt's time, and the call's deadline holds") {
  const Cloud cloud;
  cloud.service->fail_next(100, Fault::failure(ErrorKind::timeout));
  const Timestamp before = cloud.service->now();
  const FakeApi client(support::with_token(cloud.token),
                       std::make_shared<FakeBackend>(cloud.service));
  const auto result = client.try_get_tokens_me();
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::timeout);
  CHECK(cloud.service->now() - before <= 60s);
  CHECK(cloud.service->now() - before > 48s);
}

TEST_CASE("the fake records what it saw, with a correlation id for each") {
  const Cloud cloud;
  cloud.service->fail_next(1, Fault::failure(ErrorKind::connection));
  CHECK_FALSE(cloud.client().try_get_tokens_timeout());
  CHECK(cloud.client().try_head_tokens_me().has_value());
  const auto seen = cloud.service->requests();
  REQUIRE(seen.size() == 2);
  CHECK(seen[0].method == "GET");
  CHECK(seen[0].target == "/api/v2/tokens/timeout");
  CHECK(seen[0].status == 0);
  CHECK(seen[1].method == "HEAD");
  CHECK(seen[1].status == 200);
  CHECK(seen[1].headers.at("Accept") == "application/json");
  CHECK(seen[0].correlation_id != seen[1].correlation_id);
  cloud.service->clear_requests();
  CHECK(cloud.service->requests().empty());
}

TEST_CASE("the fake's clock only moves forward") {
  FakeTokensService service;
  const Timestamp begin = service.now();
  CHECK(begin == *parse_timestamp("2026-01-01T00:00:00Z"));
  service.advance_to(begin + 5s);
  service.advance_to(begin);
  CHECK(service.now() == begin + 5s);
}
