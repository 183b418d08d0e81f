// SPDX-License-Identifier: MIT
#include "support.hpp"

#include <stdexcept>
#include <type_traits>

namespace {

using namespace purecloud;
using namespace std::chrono_literals;
using support::ScriptedApi;
using support::ScriptedBackend;

constexpr const char* bearer = "cwRto9ScT-x_1.2~3+4/5==";

/// A client over a backend that responds to each request with `response`.
struct Client {
  explicit Client(HttpResult response = HttpResponse{204, {}, {}}, Configuration configuration = {})
      : backend(std::make_shared<ScriptedBackend>(std::deque<HttpResult>(8, response))),
        api((configuration.access_token = bearer, std::move(configuration)), backend) {}

  const HttpRequest& request() const {
    REQUIRE(backend->requests.size() == 1);
    return backend->requests.front();
  }

  std::shared_ptr<ScriptedBackend> backend;
  ScriptedApi api;
};

HttpResponse json(std::string body) {
  return {200, {{"Content-Type", "application/json"}}, std::move(body)};
}

void check_request(const HttpRequest& request, const char* method, const char* target,
                   const char* body = "") {
  CHECK(request.method == method);
  CHECK(request.target == target);
  CHECK(request.body == body);
  HttpHeaders expected = {{"Authorization", "Bearer cwRto9ScT-x_1.2~3+4/5=="},
                          {"Accept", "application/json"},
                          {"User-Agent", "purecloud-tokens/" PURECLOUD_TOKENS_VERSION}};
  if (*body) expected["Content-Type"] = "application/json";
  CHECK(request.headers == expected);
}

}  // namespace

TEST_CASE("getTokensMe asks for the token and returns what the cloud knows of it") {
  Client client(json(R"({"organization":{"id":"o1","name":"Org"}})"));
  CHECK(client.api.get_tokens_me().organization->name == "Org");
  check_request(client.request(), "GET", "/api/v2/tokens/me");
}

TEST_CASE("preserve_idle_ttl goes into the query as it was set, and not at all when it is unset") {
  for (const bool preserve : {true, false}) {
    Client client(json("{}"));
    GetTokensMeOptions options;
    options.preserve_idle_ttl = preserve;
    CHECK(client.api.try_get_tokens_me(options));
    check_request(client.request(), "GET",
                  preserve ? "/api/v2/tokens/me?preserveIdleTTL=true"
                           : "/api/v2/tokens/me?preserveIdleTTL=false");
  }
}

TEST_CASE("headTokensMe is true for 2xx, false for 401 and an error for all else") {
  Client valid(HttpResponse{200, {}, {}});
  CHECK(valid.api.head_tokens_me());
  check_request(valid.request(), "HEAD", "/api/v2/tokens/me");

  Client invalid(HttpResponse{401, {}, {}});
  const auto response = invalid.api.try_head_tokens_me();
  REQUIRE(response.has_value());
  CHECK_FALSE(*response);
  CHECK(response.response()->status == 401);

  Client forbidden(HttpResponse{403, {}, {}});
  CHECK_THROWS_AS(forbidden.api.head_tokens_me(), ApiException);
}

TEST_CASE("deleteTokensMe deletes the token") {
  Client client;
  client.api.delete_tokens_me();
  check_request(client.request(), "DELETE", "/api/v2/tokens/me");
}

TEST_CASE("deleteToken deletes the tokens of a user") {
  Client client;
  client.api.delete_token("7c9e6679-7425-40de-944b-e07fc1f90ae7");
  check_request(client.request(), "DELETE", "/api/v2/tokens/7c9e6679-7425-40de-944b-e07fc1f90ae7");
}

TEST_CASE("getTokensTimeout returns the idle timeout") {
  Client client(json(R"({"idleTokenTimeoutSeconds":900})"));
  CHECK(client.api.get_tokens_timeout().idle_token_timeout_seconds == 900);
  check_request(client.request(), "GET", "/api/v2/tokens/timeout");
}

TEST_CASE("putTokensTimeout sends the timeout as JSON and returns the one in the response") {
  Client client(json(R"({"idleTokenTimeoutSeconds":600})"));
  IdleTokenTimeout wanted;
  wanted.idle_token_timeout_seconds = 900;
  CHECK(client.api.put_tokens_timeout(wanted).idle_token_timeout_seconds == 600);
  check_request(client.request(), "PUT", "/api/v2/tokens/timeout",
                R"({"idleTokenTimeoutSeconds":900})");
}

TEST_CASE("a timeout without a member is still sent as JSON") {
  Client client(json("{}"));
  CHECK(client.api.try_put_tokens_timeout({}));
  check_request(client.request(), "PUT", "/api/v2/tokens/timeout", "{}");
}

TEST_CASE("a model that JSON cannot hold is refused before anything is sent") {
  Client client;
  IdleTokenTimeout broken;
  broken.inactivity_timeout_group_bundles.emplace(1).front().groups = {"ok", "\xff"};
  const auto result = client.api.try_put_tokens_timeout(broken);
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::invalid_argument);
  CHECK(support::contains(result.error().message, "/inactivityTimeoutGroupBundles/0/groups/1: "));
  CHECK(client.backend->requests.empty());
}

TEST_CASE("each throwing form throws what its try_ form returns") {
  Client client(HttpResponse{404, {}, {}});
  const auto& api = client.api;
  CHECK_THROWS_AS(api.get_tokens_me(), ApiException);
  CHECK_THROWS_AS(api.head_tokens_me(), ApiException);
  CHECK_THROWS_AS(api.delete_tokens_me(), ApiException);
  CHECK_THROWS_AS(api.delete_token("u"), ApiException);
  CHECK_THROWS_AS(api.get_tokens_timeout(), ApiException);
  CHECK_THROWS_AS(api.put_tokens_timeout({}), ApiException);
  const auto result = api.try_delete_token("u");
  REQUIRE_FALSE(result);
  CHECK(result.error().status == 404);
  CHECK(result.attempts() == 1);
  CHECK_THROWS_WITH_AS(result.value(), result.error().message.c_str(), ApiException);
}

TEST_CASE("a user id that would address something else is refused, and nothing is sent") {
  using namespace std::string_view_literals;
  for (const auto id : {""sv, "me"sv, "timeout"sv, "."sv, ".."sv, "a\nb"sv, "a\rb"sv, "\t"sv,
                        "a\0b"sv, "\x7f"sv, "\x1b[2J"sv}) {
    CAPTURE(std::string(id));
    Client client;
    const auto result = client.api.try_delete_token(id);
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == ErrorKind::invalid_argument);
    CHECK(support::contains(result.error().message, "user_id"));
    CHECK(support::is_one_line(result.error().message));
    CHECK(result.attempts() == 0);
    CHECK_FALSE(result.response());
    CHECK(client.backend->requests.empty());
  }
}

TEST_CASE("any other user id is one segment, each byte encoded once") {
  const std::pair<const char*, const char*> ids[] = {{"a/b", "a%2Fb"},
                                                     {"a b", "a%20b"},
                                                     {"\xc3\xbc", "%C3%BC"},
                                                     {"%2e%2e", "%252e%252e"},
                                                     {"?x=1", "%3Fx%3D1"},
                                                     {"#", "%23"},
                                                     {"...", "..."},
                                                     {"ME", "ME"},
                                                     {"me/", "me%2F"},
                                                     {"../timeout", "..%2Ftimeout"},
                                                     {"a;b,c+d&e", "a%3Bb%2Cc%2Bd%26e"},
                                                     {"A-z_0.9~", "A-z_0.9~"},
                                                     {"\\", "%5C"},
                                                     {"\xff", "%FF"}};
  for (const auto& each : ids) {
    const std::string segment = each.second;
    CAPTURE(segment);
    Client client;
    client.api.delete_token(each.first);
    CHECK(client.request().target == "/api/v2/tokens/" + segment);
  }
}

TEST_CASE("a user id may have 255 bytes and no more") {
  Client fits;
  fits.api.delete_token(std::string(255, '/'));
  CHECK(fits.request().target.size() == 15 + 3 * 255);

  for (const std::size_t size : {std::size_t{256}, std::size_t{4000}}) {
    Client client;
    const auto result = client.api.try_delete_token(std::string(size, 'x'));
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == ErrorKind::invalid_argument);
    CHECK(result.error().message.size() < 300);
    CHECK(client.backend->requests.empty());
  }
}

TEST_CASE("a call without a token, or with one that cannot be one, is refused") {
  const Client client;
  using namespace std::string_literals;
  for (const std::string& token : {""s, "a\r\nX: y"s, "two words"s, "nul\0nul"s, "\xc3\xbc"s,
                                   "\x7f"s, "tab\ttab"s, "Bearer cwRto9ScT"s}) {
    const auto result = client.api.with_access_token(token).try_get_tokens_me();
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == ErrorKind::invalid_argument);
    CHECK(support::contains(result.error().message, "access_token: "));
    CHECK_FALSE(support::contains(result.error().message, "cwRto9ScT"));
    CHECK(support::is_one_line(result.error().message));
  }
  CHECK(client.backend->requests.empty());
}

TEST_CASE("another token goes over the same backend and does not change the first client") {
  const Client client;
  const auto other = client.api.with_access_token("another-token");
  other.delete_tokens_me();
  client.api.delete_tokens_me();
  REQUIRE(client.backend->requests.size() == 2);
  CHECK(client.backend->requests[0].headers.at("Authorization") == "Bearer another-token");
  CHECK(client.backend->requests[1].headers.at("Authorization") ==
        "Bearer cwRto9ScT-x_1.2~3+4/5==");
}

TEST_CASE("the headers of a call come after the default ones and may replace them") {
  Configuration configuration;
  configuration.default_headers = {{"X-One", "1"}, {"X-Two", "2"}};
  configuration.user_agent_suffix = "my-service/2.1";
  Client client(HttpResponse{204, {}, {}}, configuration);
  CallOptions options;
  options.headers = {{"x-two", "two"}, {"X-Three", "3"}, {"accept", "text/plain"}};
  client.api.delete_tokens_me(options);
  const HttpHeaders expected = {
      {"Authorization", "Bearer cwRto9ScT-x_1.2~3+4/5=="},
      {"User-Agent", "purecloud-tokens/" PURECLOUD_TOKENS_VERSION " my-service/2.1"},
      {"Accept", "text/plain"},
      {"X-One", "1"},
      {"X-Two", "two"},
      {"X-Three", "3"}};
  CHECK(client.request().headers == expected);
}

TEST_CASE("headers of a call that would break the request are refused") {
  using namespace std::string_literals;
  const std::pair<std::string, std::string> bad[] = {{"X-A", "a\r\nX-B: b"},
                                                     {"X-A", "a\nb"},
                                                     {"X-A", "a\0b"s},
                                                     {"X-A", "\x7f"},
                                                     {"X A", "a"},
                                                     {"X-A:", "a"},
                                                     {"", "a"},
                                                     {"X-A\r\n", "a"},
                                                     {"X-\xc3\xbc", "a"},
                                                     {"authorization", "Basic x"},
                                                     {"HOST", "elsewhere"},
                                                     {"Content-Length", "5"},
                                                     {"transfer-encoding", "chunked"}};
  for (const auto& header : bad) {
    CAPTURE(header.first);
    const Client client;
    CallOptions options;
    options.headers.insert(header);
    const auto result = client.api.try_delete_tokens_me(options);
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == ErrorKind::invalid_argument);
    CHECK(support::contains(result.error().message, "headers"));
    CHECK(support::is_one_line(result.error().message));
    CHECK(client.backend->requests.empty());
  }
}

TEST_CASE("a call's deadline replaces the total, and must be positive") {
  const Client client;
  CallOptions options;
  options.deadline = 3s;
  client.api.delete_tokens_me(options);
  CHECK(client.backend->deadlines.at(0) == client.backend->time.steady + 3s);

  for (const auto deadline : {0ms, -1ms}) {
    options.deadline = deadline;
    const auto result = client.api.try_delete_tokens_me(options);
    REQUIRE_FALSE(result);
    CHECK(support::contains(result.error().message, "deadline"));
  }
  CHECK(client.backend->requests.size() == 1);
}

TEST_CASE("the path of the base URL comes before /api/v2") {
  Configuration configuration;
  configuration.base_url = "https://gw.example/genesys/";
  Client client(HttpResponse{204, {}, {}}, configuration);
  client.api.delete_token("a/b");
  CHECK(client.request().target == "/genesys/api/v2/tokens/a%2Fb");
}

TEST_CASE("a call through the fake waits on the fake's clock and retries") {
  const auto service = std::make_shared<testing::FakeTokensService>();
  const auto backend = std::make_shared<testing::FakeBackend>(service);
  const BasicTokensApi<testing::FakeBackend> api(support::with_token(service->issue_token()),
                                                 backend);
  service->fail_next(1, testing::Fault::retry_after(429, "30"));
  const Timestamp before = service->now();
  const auto result = api.try_get_tokens_me();
  REQUIRE(result);
  CHECK(result.attempts() == 2);
  CHECK(service->now() - before == 30s);
  CHECK(result.correlation_id() == service->requests().back().correlation_id);
}

TEST_CASE("copies share the backend, and a moved client goes on working") {
  Client client;
  const ScriptedApi copy = client.api;
  ScriptedApi moved = std::move(client.api);
  copy.delete_tokens_me();
  moved.delete_tokens_me();
  moved = copy;
  moved.delete_tokens_me();
  CHECK(client.backend->requests.size() == 3);
  static_assert(std::is_nothrow_move_constructible_v<ScriptedApi>);
}

TEST_CASE("a client without a backend is refused") {
  CHECK_THROWS_AS(ScriptedApi(Configuration{}, nullptr), ApiException);
}
