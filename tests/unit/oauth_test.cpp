// SPDX-License-Identifier: MIT
#include "support.hpp"

#include <purecloud/async_tokens.hpp>

#include <atomic>
#include <thread>

#include "../awaited.hpp"

namespace {

using namespace purecloud;
using namespace std::chrono_literals;
using support::Awaited;
using support::contains;
using testing::FakeBackend;
using testing::FakeClient;
using testing::Fault;

int requests_to(FakeBackend& backend, std::string_view path) {
  int count = 0;
  for (const auto& request : backend.service().requests()) count += contains(request.target, path);
  return count;
}

/// A client with credentials, and a fake cloud that knows it.
template <class Backend>
struct Cloud {
  explicit Cloud(FakeClient client = {}, std::chrono::milliseconds total = 60s) {
    configuration.client_credentials = backend->service().register_client(std::move(client));
    configuration.timeouts.total = total;
    api.emplace(configuration, backend);
  }

  int logins() { return requests_to(*backend, "/oauth/token"); }
  int calls() { return requests_to(*backend, "/api/v2/"); }

  std::shared_ptr<Backend> backend = std::make_shared<Backend>();
  Configuration configuration;
  std::optional<BasicTokensApi<Backend>> api;
};

FakeClient with_lifetime(std::optional<std::chrono::seconds> lifetime) {
  FakeClient client;
  client.lifetime = lifetime;
  return client;
}

}  // namespace

#define BOTH_KINDS FakeBackend, Awaited<FakeBackend>
TYPE_TO_STRING(FakeBackend);
TYPE_TO_STRING(Awaited<FakeBackend>);

TEST_CASE_TEMPLATE("a client gets its token at the first call, and copies share it", Backend,
                   BOTH_KINDS) {
  Cloud<Backend> cloud;
  CHECK(cloud.logins() == 0);
  const auto copy = *cloud.api;
  const auto result = cloud.api->try_get_tokens_me();
  REQUIRE(result);
  CHECK(result.attempts() == 1);
  CHECK(copy.head_tokens_me());
  CHECK(cloud.logins() == 1);
  // clients that are built separately do not share
  CHECK(BasicTokensApi<Backend>(cloud.configuration, cloud.backend).head_tokens_me());
  CHECK(cloud.logins() == 2);
}

TEST_CASE_TEMPLATE("with an access token the credentials are not used", Backend, BOTH_KINDS) {
  Cloud<Backend> cloud;
  cloud.configuration.access_token = cloud.backend->service().issue_token();
  CHECK(BasicTokensApi<Backend>(cloud.configuration, cloud.backend).head_tokens_me());
  const auto fixed = cloud.api->with_access_token("not-a-token-of-the-cloud");
  CHECK_FALSE(fixed.head_tokens_me());
  CHECK(fixed.try_get_tokens_me().error().status == 401);
  const auto empty = cloud.api->with_access_token("").try_get_tokens_me();
  REQUIRE_FALSE(empty);
  CHECK(empty.error().kind == ErrorKind::invalid_argument);
  CHECK(cloud.logins() == 0);
}

TEST_CASE_TEMPLATE("a token is renewed before it expires", Backend, BOTH_KINDS) {
  Cloud<Backend> cloud(with_lifetime(1000s));
  CHECK(cloud.api->head_tokens_me());
  cloud.backend->service().advance(939s);
  CHECK(cloud.api->head_tokens_me());
  CHECK(cloud.logins() == 1);
  cloud.backend->service().advance(1s);
  const auto result = cloud.api->try_get_tokens_me();
  REQUIRE(result);
  CHECK(result.attempts() == 1);
  CHECK(cloud.logins() == 2);
  cloud.backend->service().advance(100s);
  CHECK(cloud.api->try_get_tokens_me().attempts() == 1);
}

TEST_CASE_TEMPLATE("when the early renewal fails, the old token is used", Backend, BOTH_KINDS) {
  Cloud<Backend> cloud(with_lifetime(1000s));
  CHECK(cloud.api->head_tokens_me());
  cloud.backend->service().advance(950s);
  cloud.backend->service().fail_next_login(1, Fault::status(400));
  CHECK(cloud.api->try_get_tokens_me());
  CHECK(cloud.logins() == 2);
  CHECK(cloud.api->try_get_tokens_me());
  CHECK(cloud.logins() == 2);  // not before the backoff has passed
}

TEST_CASE("an early renewal leaves a call the time to be made with the old token") {
  Cloud<FakeBackend> cloud(with_lifetime(1000s), 10s);
  CHECK(cloud.api->head_tokens_me());
  cloud.backend->service().advance(950s);
  cloud.backend->service().fail_next_login(1, Fault::failure(ErrorKind::timeout));
  const Timestamp before = cloud.backend->service().now();
  const auto result = cloud.api->try_get_tokens_me();
  REQUIRE_MESSAGE(result, result.error());
  CHECK(result.attempts() == 1);
  CHECK(cloud.backend->service().now() - before == 5s);
  // what one call had no time for is no failure that others get
  cloud.backend->service().advance(45s);
  CHECK(cloud.api->head_tokens_me());
}

TEST_CASE("the same of an asynchronous call, whose early renewal goes on") {
  struct HangingLogin {
    explicit HangingLogin(const Configuration&) {}
    HttpResult send(const HttpRequest& request, Deadline deadline, const StopToken& stop) {
      if (request.method == "HEAD") return HttpResponse{204, {}, {}};
      detail::sleep_until(deadline, stop);
      return HttpFailure{ErrorKind::timeout, "hangs"};
    }
  };
  using Backend = ThreadedBackend<HangingLogin>;
  Configuration configuration;
  configuration.client_credentials = {"an-id", "a-secret"};
  configuration.timeouts.total = 1s;
  detail::ClientState<Backend> state(configuration);
  OAuthToken granted;
  granted.access_token = "nearly-expired";
  granted.expires_in = 1000s;
  auto& source = state.login->source;
  const Deadline now = std::chrono::steady_clock::now();
  REQUIRE(source.ask({}, now).action == detail::TokenSource::Action::fetch);
  source.report(Result<OAuthToken>(granted), now - 950s);
  const detail::AsyncDriver<Backend> driver(state);
  const auto result = Future<bool>(driver.start(detail::operations::head_tokens_me({}))).result();
  REQUIRE(result.has_value());
  CHECK(*result);
}

TEST_CASE("however a clock goes on, a call without time for a login is no failure of the login") {
  struct TickingBackend : support::ScriptedBackend {
    Moment now() {
      time.steady += 1ms;
      return time;
    }
    HttpResult send(const HttpRequest& request, Deadline) {
      requests.push_back(request);
      if (request.method != "POST") return HttpResponse{204, {}, {}};
      return HttpResponse{200, {}, R"({"access_token":"granted"})"};
    }
  };
  Configuration configuration;
  configuration.base_url = configuration.login_url = "https://gateway.example";
  configuration.client_credentials = {"an-id", "a-secret"};
  for (int deadline = 1; deadline < 30; ++deadline) {
    CAPTURE(deadline);
    const auto backend = std::make_shared<TickingBackend>();
    const BasicTokensApi<TickingBackend> api(configuration, backend);
    CallOptions hurried;
    hurried.deadline = std::chrono::milliseconds(deadline);
    const auto result = api.try_head_tokens_me(hurried);
    if (!result.has_value()) {
      CHECK_MESSAGE(result.error().kind == ErrorKind::timeout, result.error());
      CHECK(backend->requests.size() <= 1);
    }
    CHECK(api.head_tokens_me());
  }
}

TEST_CASE_TEMPLATE("an error says whether it is the login's", Backend, BOTH_KINDS) {
  Cloud<Backend> cloud;
  cloud.backend->service().fail_next_login(1, Fault::status(500));
  CHECK(cloud.api->try_get_tokens_me().error().login_failed);
  CHECK(cloud.api->try_get_tokens_me().error().login_failed);  // the same failure
  cloud.backend->service().advance(60s);
  CHECK(cloud.api->head_tokens_me());
  cloud.backend->service().fail_next(1, Fault::status(403));
  CHECK_FALSE(cloud.api->try_get_tokens_me().error().login_failed);
  CallOptions refused;
  refused.headers["a b"] = "c";
  CHECK_FALSE(cloud.api->try_head_tokens_me(refused).error().login_failed);

  cloud.backend->service().advance(9h);  // idle: the API says 401
  cloud.backend->service().fail_next_login(1, Fault::status(403));
  const auto result = cloud.api->try_get_tokens_me();
  REQUIRE_FALSE(result);
  CHECK(result.error().login_failed);
  CHECK(result.error().status == 403);
  CHECK(result.attempts() == 1);
  const BasicOAuthApi<FakeBackend> oauth(cloud.configuration, cloud.backend);
  CHECK(oauth.try_refresh("never-granted").error().login_failed);
  CHECK(oauth.try_refresh("").error().login_failed);
}

TEST_CASE_TEMPLATE("a 401 renews the token once, and the call is repeated", Backend, BOTH_KINDS) {
  Cloud<Backend> cloud;
  cloud.configuration.retry.max_attempts = 1;
  cloud.api.emplace(cloud.configuration, cloud.backend);
  CHECK(cloud.api->head_tokens_me());
  cloud.backend->service().advance(9h);  // idle for too long
  const auto result = cloud.api->try_get_tokens_me();
  REQUIRE(result);
  CHECK(result.attempts() == 2);
  CHECK(cloud.logins() == 2);
}

TEST_CASE("a 401 after the renewal is the API's error, never a loop") {
  struct NeverGoodEnough : FakeBackend {
    HttpResult send(const HttpRequest& request, Deadline deadline) {
      if (contains(request.target, "/oauth/token")) return FakeBackend::send(request, deadline);
      ++calls;
      return HttpResponse{401, {}, R"({"code":"bad.credentials"})"};
    }
    int calls = 0;
  };
  Cloud<NeverGoodEnough> cloud;
  for (int call = 1; call <= 3; ++call) {
    const auto result = cloud.api->try_get_tokens_me();
    REQUIRE_FALSE(result);
    CHECK(result.error().status == 401);
    CHECK(result.error().body->code == "bad.credentials");
    CHECK(result.attempts() == 2);
    CHECK(cloud.backend->calls == 2 * call);
    CHECK(cloud.logins() == 1 + call);
  }
}

TEST_CASE_TEMPLATE("head is false for a 401, and the next call gets a new token", Backend,
                   BOTH_KINDS) {
  Cloud<Backend> cloud;
  CHECK(cloud.api->head_tokens_me());
  cloud.backend->service().advance(9h);
  CHECK_FALSE(cloud.api->head_tokens_me());
  CHECK(cloud.logins() == 1);
  CHECK(cloud.api->head_tokens_me());
  CHECK(cloud.logins() == 2);
}

TEST_CASE_TEMPLATE("a logout deletes the token there is, and gets none to delete", Backend,
                   BOTH_KINDS) {
  Cloud<Backend> cloud;
  const auto none = cloud.api->try_delete_tokens_me();
  CHECK(none);
  CHECK(none.attempts() == 0);
  CHECK(cloud.backend->service().requests().empty());

  CHECK(cloud.api->head_tokens_me());
  CHECK(cloud.api->try_delete_tokens_me().attempts() == 1);
  CHECK(cloud.api->try_delete_tokens_me().attempts() == 0);
  CHECK(cloud.logins() == 1);
  CHECK(cloud.api->head_tokens_me());
  CHECK(cloud.logins() == 2);
}

TEST_CASE_TEMPLATE("with wrong credentials every operation fails with the login's error", Backend,
                   BOTH_KINDS) {
  Cloud<Backend> cloud;
  cloud.configuration.base_url = "https://api.mypurecloud.ie";
  cloud.configuration.client_credentials.client_secret = "not-the-secret-of-the-client";
  cloud.api.emplace(cloud.configuration, cloud.backend);
  const auto result = cloud.api->try_get_tokens_me();
  REQUIRE_FALSE(result);
  const Error& error = result.error();
  CHECK(error.kind == ErrorKind::http_status);
  CHECK(error.status == 400);
  REQUIRE(error.body);
  CHECK(error.body->code == "invalid_client");
  CHECK(error.body->message == "authentication failed");
  CHECK(support::begins_with(
      error.message,
      "POST /oauth/token: 400 invalid_client: authentication failed; check the client id and "
      "secret, and that login.mypurecloud.ie is the region of your organization"));
  CHECK(result.attempts() == 0);
  CHECK(cloud.api->try_head_tokens_me().error().message == error.message);
  CHECK(cloud.api->try_head_tokens_me().error().retry_after == 1s);
  CHECK(cloud.calls() == 0);
  CHECK(cloud.logins() == 1);
}

TEST_CASE_TEMPLATE("a login host that fails is not asked more often than the backoff allows",
                   Backend, BOTH_KINDS) {
  Cloud<Backend> cloud;
  cloud.backend->service().fail_next_login(1'000, Fault::status(500));
  int failed = 0;
  const Timestamp before = cloud.backend->service().now();
  while (cloud.backend->service().now() - before < 10s) {
    failed += !cloud.api->try_get_tokens_me().has_value();
    cloud.backend->service().advance(50ms);
  }
  CHECK(failed == 200);
  CHECK(cloud.logins() <= 5);  // at 0, 0.5, 1.5, 3.5 and 7.5 seconds
  CHECK(cloud.logins() >= 3);
}

TEST_CASE_TEMPLATE("a login is repeated as the retry policy says, within the call's deadline",
                   Backend, BOTH_KINDS) {
  Cloud<Backend> cloud;
  cloud.backend->service().fail_next_login(2, Fault::status(503));
  CHECK(cloud.api->head_tokens_me());
  CHECK(cloud.logins() == 3);

  Cloud<Backend> slow({}, 10s);
  slow.backend->service().fail_next_login(1, Fault::retry_after(429, "3600"));
  const auto result = slow.api->try_get_tokens_me();
  REQUIRE_FALSE(result);
  CHECK(result.error().status == 429);
  CHECK(result.error().retry_after >= 3590s);
  CHECK(contains(result.error().message, "login.mypurecloud.com"));
  CHECK(slow.logins() == 1);
}

TEST_CASE_TEMPLATE("a response of the login host that makes no sense is a decode error", Backend,
                   BOTH_KINDS) {
  const struct {
    const char* body;
    const char* problem;
  } rows[] = {
      {R"({"token_type":"bearer","access_token":null})", "/access_token: is missing"},
      {R"({"token_type":"bearer"})", "/access_token: is missing"},
      {R"({"access_token":""})", "/access_token: is missing or empty"},
      {R"({"access_token":"a b"})", "/access_token: holds a character"},
      {R"({"access_token":7})", "/access_token: not a string"},
      {R"({"access_token":"secret-that-nobody-knows","expires_in":0})", "/expires_in: is not gre"},
      {R"({"access_token":"secret-that-nobody-knows","expires_in":-5})", "/expires_in: is not gre"},
      {R"({"access_token":"secret-that-nobody-knows","expires_in":99999999999})", "/expires_in: "},
      {R"({"access_token":"secret-that-nobody-knows","expires_in":"60"})", "/expires_in: not an i"},
      {R"({"access_token":"secret-that-nobody-knows","token_type":"mac"})", "/token_type: is not"},
      {"<html>secret-that-nobody-knows</html>", "not JSON"},
      {"", "not JSON"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.problem);
    Cloud<Backend> cloud;
    cloud.backend->service().fail_next_login(1, Fault::answer(HttpResponse{200, {}, row.body}));
    const auto result = cloud.api->try_get_tokens_me();
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == ErrorKind::decode);
    CHECK_MESSAGE(contains(result.error().message, row.problem), result.error().message);
    CHECK_FALSE(contains(result.error().message, "secret-that"));
    CHECK(cloud.calls() == 0);
  }
}

TEST_CASE_TEMPLATE("a token without a lifetime is used until the API says 401", Backend,
                   BOTH_KINDS) {
  Cloud<Backend> cloud(with_lifetime(std::nullopt));
  for (int i = 0; i < 20; ++i) {
    CHECK(cloud.api->try_get_tokens_me().attempts() == 1);
    cloud.backend->service().advance(7h);
  }
  CHECK(cloud.logins() == 1);
}

TEST_CASE("a thousand asynchronous calls need one request for a token") {
  Cloud<Awaited<FakeBackend>> cloud(with_lifetime(1000s));
  const BasicAsyncTokensApi<FakeBackend> api(cloud.configuration, cloud.backend);
  for (const int lifetimes : {0, 1}) {
    const int before = cloud.logins();
    cloud.backend->service().advance(lifetimes * 1001s);
    cloud.backend->hold();
    std::vector<Future<TokenInfo>> calls;
    for (int i = 0; i < 1'000; ++i) calls.push_back(api.get_tokens_me());
    CHECK(cloud.logins() - before == 1);
    calls.front().cancel();  // the one that got the token going
    cloud.backend->release();
    CHECK(calls.front().result().error().kind == ErrorKind::cancelled);
    for (std::size_t i = 1; i < calls.size(); ++i) CHECK(calls[i].result());
    CHECK(cloud.logins() - before == 1);
  }
}

TEST_CASE("a call that waits for a token ends by its own deadline, and the others go on") {
  Cloud<Awaited<FakeBackend>> cloud;
  const BasicAsyncTokensApi<FakeBackend> api(cloud.configuration, cloud.backend);
  cloud.backend->hold();
  CallOptions hurried;
  hurried.deadline = 1s;
  auto first = api.head_tokens_me(hurried);
  auto second = api.head_tokens_me();
  cloud.backend->service().advance(2s);
  cloud.backend->release();
  const auto late = first.result();
  REQUIRE_FALSE(late.has_value());
  CHECK(late.error().kind == ErrorKind::timeout);
  CHECK(contains(late.error().message, "waited for a token from https://login.mypurecloud.com"));
  CHECK(second.get());
  CHECK(cloud.logins() == 1);
}

TEST_CASE("the end of the backend ends the calls that wait for a token") {
  auto cloud = std::make_unique<Cloud<Awaited<FakeBackend>>>();
  auto api =
      std::make_unique<BasicAsyncTokensApi<FakeBackend>>(cloud->configuration, cloud->backend);
  cloud->backend->hold();
  auto call = api->head_tokens_me();
  auto other = api->get_tokens_me();
  api.reset();
  cloud.reset();
  REQUIRE(call.is_ready());
  CHECK(call.result().error().kind == ErrorKind::cancelled);
  CHECK(other.result().error().kind == ErrorKind::cancelled);
}

TEST_CASE("64 threads on copies of a client need one request for a token") {
  Cloud<FakeBackend> cloud(with_lifetime(1000s));
  for (int round = 1; round <= 20; ++round) {
    std::atomic<int> failed{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 64; ++i)
      threads.emplace_back([&failed, copy = *cloud.api, i] {
        CallOptions options;
        StopSource stop;
        options.stop = stop.get_token();
        if (i % 16 == 0) stop.request_stop();
        const auto result = copy.try_head_tokens_me(options);
        failed += i % 16 != 0 && !(result.has_value() && *result);
      });
    for (auto& thread : threads) thread.join();
    CHECK(failed == 0);
    CHECK(cloud.logins() == round);
    cloud.backend->service().advance(1001s);
  }
}

TEST_CASE("credentials alone, or without a login host, are refused before anything is sent") {
  Configuration configuration;
  configuration.client_credentials.client_id = "an-id";
  CHECK(contains(support::refusal(configuration).message, "client_credentials.client_secret"));
  configuration.client_credentials = {"", "a-secret"};
  CHECK(contains(support::refusal(configuration).message, "client_credentials.client_id"));
  configuration.client_credentials = {"an-id", "a-secret"};
  configuration.base_url = "https://gateway.example/genesys";
  CHECK(contains(support::refusal(configuration).message, "login_url"));
  configuration.login_url = "https://gateway.example/genesys";
  CHECK(support::refusal(configuration).message == "(accepted)");
}

TEST_CASE("a backend that cannot be built for the login host is passed as a third argument") {
  struct Unbuildable {
    explicit Unbuildable(std::shared_ptr<FakeBackend> fake) : fake_(std::move(fake)) {}
    HttpResult send(const HttpRequest& request, Deadline deadline) {
      return fake_->send(request, deadline);
    }
    Moment now() const { return fake_->now(); }
    void wait_until(Deadline until) { fake_->wait_until(until); }

   private:
    std::shared_ptr<FakeBackend> fake_;
  };
  Cloud<FakeBackend> cloud;
  const auto backend = std::make_shared<Unbuildable>(cloud.backend);
  const BasicTokensApi<Unbuildable> without(cloud.configuration, backend);
  const auto refused = without.try_get_tokens_me();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::invalid_argument);
  CHECK(contains(refused.error().message, "third argument"));
  CHECK(cloud.backend->service().requests().empty());

  const BasicTokensApi<Unbuildable> with(cloud.configuration, backend, backend);
  CHECK(with.head_tokens_me());

  cloud.configuration.base_url = "https://gateway.example/genesys";
  cloud.configuration.login_url = "https://gateway.example/genesys";  // one origin
  CHECK(BasicTokensApi<Unbuildable>(cloud.configuration, backend).head_tokens_me());
}

TEST_CASE("a code brings a token and a refresh token, which brings the next") {
  const auto backend = std::make_shared<FakeBackend>();
  FakeClient registered;
  registered.grant.grant_type = AuthorizedGrantType::code;
  Configuration configuration;
  configuration.client_credentials = backend->service().register_client(registered);
  const BasicOAuthApi<FakeBackend> oauth(configuration, backend);
  const Pkce pkce = Pkce::generate();
  CHECK(pkce.verifier.reveal().size() == 43);
  CHECK(pkce.challenge.size() == 43);
  const std::string uri = "http://localhost:8080/callback";
  const std::string id = configuration.client_credentials.client_id;
  for (const bool with_pkce : {false, true}) {
    CAPTURE(with_pkce);
    AuthorizationCode code;
    code.code = backend->service().issue_code(id, uri, with_pkce ? pkce.challenge : "");
    code.redirect_uri = uri;
    if (with_pkce) code.code_verifier = pkce.verifier;
    const auto result = oauth.try_authorization_code(code);
    REQUIRE_MESSAGE(result, result.error());
    CHECK(result->token_type == "bearer");
    CHECK(result->expires_in == 86'400s);
    CHECK(result.response()->body.empty());
    REQUIRE(result->refresh_token);
    const BasicTokensApi<FakeBackend> api(configuration, backend);
    CHECK(api.with_access_token(result->access_token).head_tokens_me());

    const auto refreshed = oauth.refresh(*result->refresh_token);
    CHECK(api.with_access_token(refreshed.access_token).head_tokens_me());
    const auto again = oauth.try_refresh(*result->refresh_token);
    REQUIRE_FALSE(again);
    CHECK(again.error().body->code == "invalid_grant");
  }
}

TEST_CASE("what can be used once is sent once, and a lost response says so") {
  const auto backend = std::make_shared<FakeBackend>();
  Configuration configuration;
  configuration.client_credentials = {"an-id", "a-secret-of-some-length"};
  const BasicOAuthApi<FakeBackend> oauth(configuration, backend);
  const AuthorizationCode code{"a-code-of-some-length", "http://localhost/", {}};
  const Saml2Bearer bearer{"org", "an-assertion-of-some-length"};
  const auto check = [&](const char* what, auto call) {
    CAPTURE(what);
    for (const auto& fault : {Fault::lost_answer(), Fault::status(503),
                              Fault::retry_after(429, "1"), Fault::failure(ErrorKind::timeout)}) {
      backend->service().clear_requests();
      backend->service().fail_next_login(1, fault);
      const auto result = call();
      REQUIRE_FALSE(result);
      CHECK(backend->service().requests().size() == 1);
      if (!result.response())
        CHECK_MESSAGE(contains(result.error().message, what), result.error().message);
    }
  };
  check("the code may have been used", [&] { return oauth.try_authorization_code(code); });
  check("the refresh token may have been used",
        [&] { return oauth.try_refresh("a-refresh-token"); });
  check("the assertion may have been used", [&] { return oauth.try_saml2_bearer(bearer); });

  backend->service().clear_requests();
  backend->service().fail_next_login(2, Fault::status(503));
  static_cast<void>(oauth.try_client_credentials());
  CHECK(backend->service().requests().size() == 3);
}

TEST_CASE("arguments of the grants are checked before anything is sent") {
  const auto backend = std::make_shared<FakeBackend>();
  Configuration configuration;
  configuration.client_credentials.client_id = "a-public-client";
  const BasicOAuthApi<FakeBackend> oauth(configuration, backend);
  const auto problem = [](const auto& result) {
    return result ? std::string("accepted") : result.error().message;
  };
  CHECK(contains(problem(oauth.try_client_credentials()), "client_secret"));
  CHECK(contains(problem(oauth.try_saml2_bearer({"org", "assertion"})), "client_secret"));
  CHECK(contains(problem(oauth.try_saml2_bearer({"", "assertion"})), "org_name"));
  CHECK(contains(problem(oauth.try_refresh("")), "refresh_token"));
  CHECK(contains(problem(oauth.try_authorization_code({"", "http://localhost/", {}})), "code: is"));
  CHECK(contains(problem(oauth.try_authorization_code({"a", "", {}})), "redirect_uri"));
  CHECK(contains(problem(oauth.try_authorization_code({"a", "http://localhost/", "too-short"})),
                 "code_verifier"));
  CHECK(backend->service().requests().empty());
}

TEST_CASE("the page where a user logs in is spelled out") {
  Configuration configuration = Configuration::for_region(Region::eu_west_1);
  configuration.client_credentials.client_id = "an id";
  const BasicOAuthApi<FakeBackend> oauth(configuration, std::make_shared<FakeBackend>());
  AuthorizeRequest request;
  request.redirect_uri = "http://localhost:8080/?a=b";
  CHECK(oauth.authorize_url(request) ==
        "https://login.mypurecloud.ie/oauth/authorize?response_type=code&client_id=an+id&"
        "redirect_uri=http%3A%2F%2Flocalhost%3A8080%2F%3Fa%3Db");
  Configuration gateway = configuration;
  gateway.login_url = "https://gateway.example/genesys/";
  CHECK(support::begins_with(
      BasicOAuthApi<FakeBackend>(gateway, std::make_shared<FakeBackend>()).authorize_url(request),
      "https://gateway.example/genesys/oauth/authorize?response_type=code&"));
  request.state = "s&t";
  request.code_challenge = "c";
  request.org = "o";
  request.provider = "p";
  request.prompt = "login";
  CHECK(contains(oauth.authorize_url(request),
                 "&state=s%26t&code_challenge=c&code_challenge_method=S256&org=o&provider=p&"
                 "prompt=login"));
  request.provider.clear();
  CHECK_THROWS_AS(oauth.authorize_url(request), ApiException);
}

TEST_CASE_TEMPLATE("a login that fails is not repeated by the call that waited for it", Backend,
                   BOTH_KINDS) {
  Cloud<Backend> cloud;
  cloud.configuration.retry.base_delay = 0ms;  // nothing to wait for
  cloud.api.emplace(cloud.configuration, cloud.backend);
  cloud.backend->service().fail_next_login(1'000, Fault::status(400));
  for (int call = 1; call <= 3; ++call) {
    CHECK_FALSE(cloud.api->try_get_tokens_me());
    CHECK(cloud.logins() == call);
  }
}

TEST_CASE("a secret that the login host repeats in a header is not shown, whatever the status") {
  Configuration configuration;
  configuration.client_credentials = {"an-id", "secret-of-the-client-012345"};
  for (const int status : {200, 400}) {
    CAPTURE(status);
    const auto backend = std::make_shared<support::ScriptedBackend>();
    backend->responses.push_back(
        HttpResponse{status,
                     {{"X-Echo", "secret-of-the-client-012345 refresh-me-0123456789"}},
                     R"({"access_token":"granted","token_type":"bearer"})"});
    const auto result = BasicOAuthApi<support::ScriptedBackend>(configuration, backend)
                            .try_refresh(Secret("refresh-me-0123456789"));
    CHECK(result.has_value() == (status == 200));
    REQUIRE(result.response());
    const std::string& shown = result.response()->headers.find("X-Echo")->second;
    CHECK_FALSE(contains(shown, "secret-of-the-client"));
    CHECK_FALSE(contains(shown, "refresh-me"));
  }
}
