// SPDX-License-Identifier: MIT
#include "support.hpp"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <limits>
#include <sstream>

#include <nlohmann/json.hpp>

#if defined(PURECLOUD_TOKENS_SEPARATE)               // what otherwise comes with the bodies
#if __has_include(<purecloud/detail/text/text.hpp>)  // else a single header has them
#include <purecloud/detail/oauth/digest.hpp>
#include <purecloud/detail/oauth/form.hpp>
#endif
#endif

namespace {

using namespace purecloud;
using namespace std::chrono_literals;
using support::contains;
using testing::FakeClient;
using testing::FakeTokensService;
using testing::Fault;

using Members = std::vector<std::pair<std::string_view, std::string_view>>;

constexpr char form_type[] = "application/x-www-form-urlencoded";
constexpr char saml2[] = "urn:ietf:params:oauth:grant-type:saml2-bearer";
constexpr char here[] = "http://127.0.0.1:8080/back";
constexpr char verifier[] = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
constexpr char challenge[] = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

FakeClient client_of(AuthorizedGrantType grant_type, std::string secret = "a-secret-of-16-chars") {
  FakeClient client;
  client.secret = std::move(secret);
  client.grant.grant_type = grant_type;
  return client;
}

/// A cloud, and one client of it.
struct Login {
  explicit Login(FakeClient as = {}) : client(std::move(as)) { service.register_client(client); }

  std::string basic(const std::string& secret) const {
    std::string pair = detail::form_encode({{client.id, secret}});
    pair[pair.find('=')] = ':';
    return "Basic " + detail::base64(pair);
  }

  HttpRequest request(const Members& members) const {
    HttpRequest made{"POST", "/oauth/token", {{"Content-Type", form_type}}, {}};
    made.body = detail::form_encode(members);
    if (client.secret.empty())
      made.body += "&" + detail::form_encode({{"client_id", client.id}});
    else
      made.headers["Authorization"] = basic(client.secret);
    return made;
  }

  HttpResponse send(const HttpRequest& made) {
    return std::get<HttpResponse>(service.handle(made));
  }
  HttpResponse send_grant(const Members& members) { return send(request(members)); }

  nlohmann::json token(const Members& members) {
    const HttpResponse response = send_grant(members);
    CHECK(response.status == 200);
    CHECK(response.headers.at("Content-Type") == "application/json");
    CHECK(response.headers.at("Cache-Control") == "no-store");
    return nlohmann::json::parse(response.body);
  }

  /// The error of a refused request.
  std::string error(const HttpRequest& made) {
    const HttpResponse response = send(made);
    CHECK(response.status == 400);
    const auto body = nlohmann::json::parse(response.body);
    CHECK(body.at("description") == body.at("error_description"));
    CHECK_FALSE(response.headers.at("ININ-Correlation-Id").empty());
    return body.at("error");
  }
  std::string grant_error(const Members& members) { return error(request(members)); }

  int status_with(const std::string& token) {
    return send({"GET", "/api/v2/tokens/me", {{"Authorization", "Bearer " + token}}, {}}).status;
  }

  FakeClient client;
  FakeTokensService service;
};

const Members client_credentials = {{"grant_type", "client_credentials"}};

Members code_grant(std::string_view code, const char* redirect_uri = here) {
  return {{"grant_type", "authorization_code"}, {"code", code}, {"redirect_uri", redirect_uri}};
}

}  // namespace

TEST_CASE("a client gets a token with its credentials, and the token is the client's") {
  FakeClient client;
  client.id = "an-id";
  client.grant.scopes = {"users"};
  client.grant.permissions = {"oauth:token:delete"};
  client.grant.user_id = "robot";
  Login login(client);
  const auto token = login.token(client_credentials);
  CHECK(token.at("token_type") == "bearer");
  CHECK(token.at("expires_in") == 86'400);
  CHECK(token.count("refresh_token") == 0);

  const std::string bearer = token.at("access_token");
  CHECK(login.service.is_valid(bearer));
  const HttpHeaders headers{{"Authorization", "Bearer " + bearer}};
  const auto info =
      from_json<TokenInfo>(login.send({"GET", "/api/v2/tokens/me", headers, {}}).body);
  REQUIRE(info);
  CHECK(info->oauth_client->id == "an-id");
  CHECK(info->oauth_client->authorized_grant_type == AuthorizedGrantType::client_credentials);
  CHECK(*info->authorized_scope == std::vector<std::string>{"users"});
  CHECK(login.send({"DELETE", "/api/v2/tokens/robot", headers, {}}).status == 204);
  CHECK_FALSE(login.service.is_valid(bearer));
}

TEST_CASE("register_client returns what a Configuration takes") {
  FakeTokensService service;
  const ClientCredentials credentials = service.register_client();
  CHECK(credentials.client_id == FakeClient{}.id);
  CHECK(credentials.client_secret == Secret(FakeClient{}.secret));
  CHECK_FALSE(credentials.client_secret.empty());
}

TEST_CASE("a gateway's path before /oauth/token is ignored") {
  Login login;
  HttpRequest request = login.request(client_credentials);
  request.target = "/gate/way/oauth/token";
  CHECK(login.send(request).status == 200);
  request.target = "/oauth/token/x";
  CHECK(login.send(request).status == 401);  // of the API
  request.target = "/oauth/token";
  request.method = "GET";
  CHECK(login.send(request).status == 405);
}

TEST_CASE("a token ends with its lifetime, however much it is used") {
  FakeClient client;
  client.lifetime = 600s;
  Login login(client);
  const std::string token = login.token(client_credentials).at("access_token");
  login.service.advance(599s);
  CHECK(login.status_with(token) == 200);
  login.service.advance(1s);
  CHECK_FALSE(login.service.is_valid(token));
  const HttpResponse response =
      login.send({"GET", "/api/v2/tokens/me", {{"Authorization", "Bearer " + token}}, {}});
  CHECK(response.status == 401);
  CHECK(from_json<ErrorBody>(response.body)->code == "credentials.expired");
}

TEST_CASE("a token of a login idles as any other") {
  Login login;
  const std::string token = login.token(client_credentials).at("access_token");
  login.service.advance(8h);
  CHECK(login.status_with(token) == 401);
}

TEST_CASE("a lifetime may be absent, or any number") {
  FakeClient client;
  client.lifetime = std::nullopt;
  Login login(client);
  IdleTokenTimeout no_idling;
  no_idling.enable_idle_token_timeout = false;
  login.service.set_idle_timeout(no_idling);
  const auto token = login.token(client_credentials);
  CHECK(token.count("expires_in") == 0);
  login.service.advance(std::chrono::hours(24 * 365 * 100));
  CHECK(login.status_with(token.at("access_token")) == 200);

  using Count = std::chrono::seconds::rep;
  using Limits = std::numeric_limits<Count>;
  for (const Count seconds :
       {Limits::min(), Limits::min() + 1, Count(-1), Count(0), Count(1), Limits::max()}) {
    client.lifetime = std::chrono::seconds(seconds);
    login.service.register_client(client);
    const auto each = login.token(client_credentials);
    CHECK(each.at("expires_in") == seconds);
    CHECK(login.service.is_valid(std::string(each.at("access_token"))) == (seconds > 0));
  }
}

TEST_CASE("a user's eleventh token ends the first, wherever they came from") {
  Login login;
  const std::string first = login.service.issue_token(login.client.grant);
  for (int i = 0; i < 9; ++i) login.token(client_credentials);
  CHECK(login.service.is_valid(first));
  login.token(client_credentials);
  CHECK_FALSE(login.service.is_valid(first));
}

TEST_CASE("an id and a secret are form-encoded before they are base64") {
  FakeClient client;
  client.id = "id: with+odd %41 characters";
  client.secret = "a:secret+with /odd&characters=ü";
  Login login(client);
  CHECK(login.send_grant(client_credentials).status == 200);
  HttpRequest raw = login.request(client_credentials);
  raw.headers["Authorization"] = "Basic " + detail::base64(client.id + ":" + client.secret);
  CHECK(login.error(raw) == "invalid_client");
}

TEST_CASE("a client that is unknown, or does not show the right secret, is refused") {
  Login login;
  HttpRequest request = login.request(client_credentials);
  const auto with = [&](const std::string& authorization) {
    request.headers["Authorization"] = authorization;
    return login.error(request);
  };
  CHECK(with(login.basic("wrong-secret")) == "invalid_client");
  CHECK(with(login.basic("")) == "invalid_client");
  CHECK(with("Basic " + detail::base64("nobody:" + login.client.secret)) == "invalid_client");
  CHECK(with("Basic " + detail::base64(login.client.id)) == "invalid_client");
  CHECK(with("Basic not base64") == "invalid_client");
  CHECK(with("Bearer " + login.service.issue_token()) == "invalid_client");
  CHECK(with("") == "invalid_client");
  request.headers.erase("Authorization");
  CHECK(login.error(request) == "invalid_client");
  // a secret in the form is not accepted
  request.body += "&" + detail::form_encode({{"client_id", login.client.id},
                                             {"client_secret", login.client.secret}});
  CHECK(login.error(request) == "invalid_client");
  HttpRequest two = login.request({{"grant_type", "client_credentials"}, {"client_id", "another"}});
  CHECK(login.error(two) == "invalid_client");

  const auto body = nlohmann::json::parse(login.send(request).body);
  CHECK(body == nlohmann::json{{"error", "invalid_client"},
                               {"description", "authentication failed"},
                               {"error_description", "authentication failed"}});
}

TEST_CASE("the name of a scheme and of a media type is of any case") {
  Login login;
  HttpRequest request = login.request(client_credentials);
  request.headers["Authorization"].replace(0, 5, "bAsIc");
  request.headers["Content-Type"] = "Application/X-WWW-Form-URLencoded ; charset=UTF-8";
  CHECK(login.send(request).status == 200);
}

TEST_CASE("what is not a form of distinct members is an invalid request") {
  Login login;
  HttpRequest request = login.request(client_credentials);
  for (const char* body :
       {"grant_type=client_credentials&grant_type=client_credentials",
        "grant_type=client_credentials&a=1&%61=1", "grant_type=%zz", "", "a=b"}) {
    request.body = body;
    CHECK(login.error(request) == "invalid_request");
  }
  request.body = R"({"grant_type":"client_credentials"})";
  CHECK(login.error(request) == "invalid_request");
  request.body = "grant_type=client_credentials";
  request.headers["Content-Type"] = "application/json";
  CHECK(login.error(request) == "invalid_request");
  request.headers.erase("Content-Type");
  CHECK(login.error(request) == "invalid_request");
}

TEST_CASE("a client has the grant that it was registered with, and no other") {
  const std::pair<AuthorizedGrantType, Members> grants[] = {
      {AuthorizedGrantType::client_credentials, client_credentials},
      {AuthorizedGrantType::code, code_grant("x")},
      {AuthorizedGrantType::code, {{"grant_type", "refresh_token"}, {"refresh_token", "x"}}},
      {AuthorizedGrantType::saml2_bearer,
       {{"grant_type", saml2}, {"orgName", "x"}, {"assertion", "x"}}}};
  for (const auto& [type, members] : grants)
    for (const auto& registered :
         {AuthorizedGrantType::client_credentials, AuthorizedGrantType::code,
          AuthorizedGrantType::saml2_bearer, AuthorizedGrantType::token}) {
      Login login(client_of(registered));
      const int status = login.send_grant(members).status;
      if (registered != type)
        CHECK(login.grant_error(members) == "unauthorized_client");
      else if (type == AuthorizedGrantType::client_credentials)
        CHECK(status == 200);
      else
        CHECK(login.grant_error(members) == "invalid_grant");
    }
  Login login;
  CHECK(login.grant_error({{"grant_type", "password"}}) == "unsupported_grant_type");
  CHECK(login.grant_error({{"grant_type", "Client_Credentials"}}) == "unsupported_grant_type");
}

TEST_CASE("a public client may use a code and refresh, and nothing that requires a secret") {
  Login credentials(client_of(AuthorizedGrantType::client_credentials, ""));
  CHECK(credentials.grant_error(client_credentials) == "unauthorized_client");
  Login bearer(client_of(AuthorizedGrantType::saml2_bearer, ""));
  CHECK(bearer.grant_error({{"grant_type", saml2},
                            {"orgName", "org"},
                            {"assertion", bearer.service.issue_assertion("org")}}) ==
        "unauthorized_client");

  Login code(client_of(AuthorizedGrantType::code, ""));
  const auto token = code.token(code_grant(code.service.issue_code(code.client.id, here)));
  const std::string refresh = token.at("refresh_token");
  code.token({{"grant_type", "refresh_token"}, {"refresh_token", refresh}});
  HttpRequest basic = code.request(code_grant(code.service.issue_code(code.client.id, here)));
  for (const std::string& authorization : {code.basic(""), std::string("Bearer x")}) {
    basic.headers["Authorization"] = authorization;
    CHECK(code.error(basic) == "invalid_client");
  }
}

TEST_CASE("a code is used once, by its client, with its redirect URI, within 10 minutes") {
  Login login(client_of(AuthorizedGrantType::code));
  FakeClient other = login.client;
  other.id = "other";
  login.service.register_client(other);

  const std::string code = login.service.issue_code(login.client.id, here);
  CHECK(login.grant_error(code_grant(code, "http://127.0.0.1:8080/elsewhere")) == "invalid_grant");
  CHECK(login.grant_error(code_grant(login.service.issue_code("other", here))) == "invalid_grant");
  CHECK(login.grant_error(code_grant("no-such-code")) == "invalid_grant");
  CHECK(login.grant_error({{"grant_type", "authorization_code"}, {"code", code}}) ==
        "invalid_request");
  CHECK(login.grant_error({{"grant_type", "authorization_code"}, {"redirect_uri", here}}) ==
        "invalid_request");
  login.service.advance(10min - 1ms);
  const auto token = login.token(code_grant(code));
  CHECK(login.service.is_valid(std::string(token.at("access_token"))));
  CHECK_FALSE(std::string(token.at("refresh_token")).empty());
  CHECK(login.grant_error(code_grant(code)) == "invalid_grant");

  const std::string late = login.service.issue_code(login.client.id, here);
  login.service.advance(10min);
  CHECK(login.grant_error(code_grant(late)) == "invalid_grant");
  CHECK_THROWS_AS(login.service.issue_code("nobody", here), std::invalid_argument);
}

TEST_CASE(
    "a code with a challenge requires its verifier, and one without a challenge accepts none") {
  Login login(client_of(AuthorizedGrantType::code, ""));
  const std::string code = login.service.issue_code(login.client.id, here, challenge);
  const auto with = [&](const std::string& used, const std::string& as) {
    Members members = code_grant(used);
    members.emplace_back("code_verifier", as);
    return login.request(members);
  };
  CHECK(login.grant_error(code_grant(code)) == "invalid_grant");
  CHECK(login.error(with(code, challenge)) == "invalid_grant");
  CHECK(login.error(with(code, std::string(verifier) + "x")) == "invalid_grant");
  CHECK(login.send(with(code, verifier)).status == 200);
  CHECK(login.error(with(login.service.issue_code(login.client.id, here), verifier)) ==
        "invalid_grant");

  for (const std::string& as : {std::string(42, 'a'), std::string(43, 'a'), std::string(128, 'a'),
                                std::string(129, 'a'), std::string(43, '+')}) {
    const std::string each =
        login.service.issue_code(login.client.id, here, detail::base64url(detail::sha256(as)));
    const bool good = as.size() >= 43 && as.size() <= 128 && as[0] == 'a';
    CHECK(login.send(with(each, as)).status == (good ? 200 : 400));
  }
}

TEST_CASE("a refresh token is used once, by its client, and brings the next") {
  Login login(client_of(AuthorizedGrantType::code));
  FakeClient other = login.client;
  other.id = "other";
  login.service.register_client(other);
  const auto refresh = [](const std::string& token) {
    return Members{{"grant_type", "refresh_token"}, {"refresh_token", token}};
  };
  const auto issued = login.token(code_grant(login.service.issue_code(login.client.id, here)));
  const std::string first = issued.at("refresh_token");

  HttpRequest theirs = login.request(refresh(first));
  theirs.headers["Authorization"] = "Basic " + detail::base64("other:" + other.secret);
  CHECK(login.error(theirs) == "invalid_grant");

  login.service.advance(std::chrono::hours(24 * 30));
  const auto renewed = login.token(refresh(first));
  CHECK(renewed.at("access_token") != issued.at("access_token"));
  CHECK(login.status_with(renewed.at("access_token")) == 200);
  CHECK(login.grant_error(refresh(first)) == "invalid_grant");
  login.token(refresh(renewed.at("refresh_token")));
  CHECK(login.grant_error({{"grant_type", "refresh_token"}}) == "invalid_request");
}

TEST_CASE("a client that does not refresh gets no refresh token") {
  FakeClient client = client_of(AuthorizedGrantType::code);
  client.refreshes = false;
  Login login(client);
  CHECK(login.token(code_grant(login.service.issue_code(client.id, here))).count("refresh_token") ==
        0);
}

TEST_CASE("an assertion is used once, for its organization, within 10 minutes") {
  Login login(client_of(AuthorizedGrantType::saml2_bearer));
  const auto grant = [](const std::string& assertion, const char* org) {
    return Members{{"grant_type", saml2}, {"orgName", org}, {"assertion", assertion}};
  };
  const std::string assertion = login.service.issue_assertion("my org");
  CHECK(login.grant_error(grant(assertion, "your org")) == "invalid_grant");
  const auto token = login.token(grant(assertion, "my org"));
  CHECK(token.count("refresh_token") == 0);
  CHECK(login.grant_error(grant(assertion, "my org")) == "invalid_grant");
  CHECK(login.grant_error(grant("", "my org")) == "invalid_request");
  const std::string late = login.service.issue_assertion("my org");
  login.service.advance(10min);
  CHECK(login.grant_error(grant(late, "my org")) == "invalid_grant");
}

TEST_CASE("a client that is registered again has only its new secret") {
  Login login;
  const HttpRequest before = login.request(client_credentials);
  login.client.secret = "another-secret-of-it";
  login.service.register_client(login.client);
  CHECK(login.error(before) == "invalid_client");
  CHECK(login.send_grant(client_credentials).status == 200);
}

TEST_CASE("faults of the login host meet only requests for a token, and come first") {
  Login login;
  const std::string token = login.service.issue_token();
  login.service.fail_next_login(2, Fault::status(503));
  CHECK(login.status_with(token) == 200);
  CHECK(login.send_grant(client_credentials).status == 503);
  login.service.fail_next(1, Fault::status(500));
  CHECK(login.send_grant(client_credentials).status == 503);
  CHECK(login.send_grant(client_credentials).status == 500);
  CHECK(login.send_grant(client_credentials).status == 200);
  CHECK(login.status_with(token) == 200);
}

TEST_CASE("a login whose response is lost has spent its code") {
  Login login(client_of(AuthorizedGrantType::code));
  const std::string code = login.service.issue_code(login.client.id, here);
  login.service.fail_next_login(1, Fault::lost_answer());
  CHECK(std::holds_alternative<HttpFailure>(login.service.handle(login.request(code_grant(code)))));
  CHECK(login.grant_error(code_grant(code)) == "invalid_grant");
}

TEST_CASE("no secret of a login is recorded") {
  const std::string secret = "s3cret+/=of the client!!";
  Login login(client_of(AuthorizedGrantType::code, secret));
  const std::string code = login.service.issue_code(login.client.id, here);
  HttpRequest request = login.request({{"grant_type", "authorization_code"},
                                       {"code", code},
                                       {"redirect_uri", here},
                                       {"code_verifier", verifier},
                                       {"refresh_token", "tok1"},
                                       {"assertion", "a+b/c="},
                                       {"client_secret", secret}});
  request.body += "&%63ode=zq%zz&code";
  request.target += "?client_secret=zq+pq&a=1";
  request.headers["X-Debug"] = "code " + code + ", " + detail::base64(secret);
  login.send(request);
  const auto seen = login.service.requests().back();
  CHECK(seen.headers.at("Authorization") == "Basic <secret>");
  CHECK(seen.headers.at("X-Debug") == "code <secret>, <secret>");
  CHECK(seen.target == "/oauth/token?client_secret=<secret>&a=1");
  CHECK(seen.body ==
        "grant_type=authorization_code&code=<secret>&redirect_uri=http%3A%2F%2F127.0.0.1%3A8080%2F"
        "back&code_verifier=<secret>&refresh_token=<secret>&assertion=<secret>&client_secret="
        "<secret>&%63ode=<secret>&code");
  CHECK(seen.status == 400);

  request.body = "{\"client_secret\":\"" + secret + "\"}";
  request.headers["Content-Type"] = "application/json";
  login.send(request);
  CHECK(login.service.requests().back().body == "<secret>");

  // sent to the wrong host
  request = {"GET",
             "/api/v2/tokens/me?x=" + detail::percent_encode(secret),
             {{"Authorization", login.basic(secret)}},
             {}};
  login.send(request);
  CHECK(login.service.requests().back().headers.at("Authorization") == "Basic <secret>");
  CHECK(login.service.requests().back().target == "/api/v2/tokens/me?x=<secret>");
}

TEST_CASE("the authorize page sends the browser back with a code and its state") {
  FakeClient client = client_of(AuthorizedGrantType::code, "");
  Login login(client);
  const auto page = [&](const Members& members) {
    return login.send({"GET", "/gate/oauth/authorize?" + detail::form_encode(members), {}, {}});
  };
  Members members = {{"response_type", "code"},     {"client_id", client.id},
                     {"redirect_uri", here},        {"state", "a b&c"},
                     {"code_challenge", challenge}, {"code_challenge_method", "S256"}};
  const auto answer_to = [&](const Members& asked) {
    const HttpResponse response = page(asked);
    CHECK(response.status == 302);
    const std::string location = response.headers.at("Location");
    CHECK(support::begins_with(location, std::string(here) + "?"));
    const auto form = detail::parse_form(location.substr(std::strlen(here) + 1));
    REQUIRE(form);
    return std::map<std::string, std::string>(form->begin(), form->end());
  };

  const auto good = answer_to(members);
  CHECK(good.at("state") == "a b&c");
  CHECK(good.count("error") == 0);
  Members grant = code_grant(good.at("code"));
  grant.emplace_back("code_verifier", verifier);
  CHECK(login.send_grant(grant).status == 200);

  const auto with = [&](std::size_t at, std::string_view value) {
    Members changed = members;
    changed[at].second = value;
    return changed;
  };
  const auto refused = answer_to(with(1, "nobody"));
  CHECK(refused.at("error") == "unauthorized_client");
  CHECK(refused.at("state") == "a b&c");
  CHECK(refused.count("code") == 0);
  CHECK(answer_to(with(0, "token")).at("error") == "unsupported_response_type");
  CHECK(answer_to(with(5, "plain")).at("error") == "invalid_request");
  Members with_org = members;
  with_org.emplace_back("org", "my org");
  CHECK(answer_to(with_org).at("error") == "invalid_request");
  with_org.emplace_back("provider", "adfs");
  CHECK(answer_to(with_org).count("code") == 1);
  CHECK(page(with(2, "http://127.0.0.1/?x=1"))
            .headers.at("Location")
            .rfind("http://127.0.0.1/?x=1&code=", 0) == 0);

  for (const char* uri : {"", "http://127.0.0.1/\r\nSet-Cookie: a", "http://127.0.0.1/ x"})
    CHECK(page(with(2, uri)).status == 400);
  client.redirect_uris = {"http://127.0.0.1:8080/registered"};
  login.service.register_client(client);
  CHECK(page(members).status == 400);
  CHECK(page(with(2, client.redirect_uris[0])).status == 302);
  CHECK(login.send({"POST", "/oauth/authorize", {}, {}}).status == 405);
}

TEST_CASE("the fake's clock stops where clocks of nanoseconds still count") {
  auto service = std::make_shared<FakeTokensService>();
  const testing::FakeBackend backend(service);
  const Timestamp last = *parse_timestamp("2260-01-01T00:00:00Z");
  service->advance(std::chrono::hours(24 * 365 * 300));
  CHECK(service->now() == last);
  CHECK(backend.now().utc == last);
  service->advance(std::chrono::milliseconds::max());
  service->advance_to(Timestamp::max());
  CHECK(service->now() == last);
  service->advance(-1h);
  CHECK(service->now() == last);
}
