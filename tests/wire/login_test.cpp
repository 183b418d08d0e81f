// SPDX-License-Identifier: MIT
// A client whose login host is another one than the API's, and does what it likes.
#include "support.hpp"

#include <functional>
#include <mutex>
#include <string>
#include <string_view>

namespace {

using namespace wire;
using purecloud::BasicOAuthApi;
using purecloud::BasicTokensApi;
using purecloud::Configuration;

constexpr std::string_view client_secret = "client5ecret0cwRto9ScTfKZ0mQp7xAbC";
constexpr std::string_view granted = "granted0Op4Iu7Yt2Re9Wq6Lk3Jh";
const std::string grant = R"({"access_token":")" + std::string(granted) + R"(","expires_in":1000})";

Configuration configuration_for(const HostileServer& api, int login_port) {
  Configuration configuration = wire::configuration_for(api);
  configuration.access_token = {};
  configuration.client_credentials = {"an-id", purecloud::Secret(client_secret)};
  configuration.login_url = "http://127.0.0.1:" + std::to_string(login_port);
  return configuration;
}

/// Responds to each request with what `respond` makes of it.
Script echo(std::function<std::string(const std::string&)> respond) {
  return [respond = std::move(respond)](Peer& peer) {
    std::string request;
    while (peer.read_request(&request)) peer.send(respond(request));
  };
}

}  // namespace

TEST_CASE_TEMPLATE("a token of the login host goes to the API, and the secret does not", Backend,
                   WIRE_BACKENDS) {
  const HostileServer api({always(response(200, token_info("whole")))});
  const HostileServer login({always(response(200, grant))});
  const BasicTokensApi<Backend> client(configuration_for(api, login.port()));
  for (int i = 0; i < 3; ++i) CHECK(name_in(client.get_tokens_me()) == "whole");
  REQUIRE(login.requests().size() == 1);
  REQUIRE(api.requests().size() == 3);
  CHECK(contains(login.requests()[0], "POST /oauth/token HTTP/1.1\r\n"));
  CHECK(contains(login.requests()[0], "\r\nAuthorization: Basic "));
  CHECK(contains(api.requests()[0], "\r\nAuthorization: Bearer " + std::string(granted) + "\r\n"));
  CHECK_FALSE(contains(api.requests()[0], "Basic"));
}

TEST_CASE_TEMPLATE("a login host that is down, slow or busy is named in the error", Backend,
                   WIRE_BACKENDS) {
  const HostileServer api({always(response(200, token_info("whole")))});
  const HostileServer slow({[](Peer& peer) { peer.wait_for_close(); }});
  const HostileServer busy({always(response(429, "{}", "Retry-After: 3600\r\n"))});
  int closed_port = 0;
  {
    const HostileServer gone({always("")});
    closed_port = gone.port();
  }
  const struct {
    int port;
    ErrorKind kind;
  } rows[] = {{closed_port, ErrorKind::connection},
              {slow.port(), ErrorKind::timeout},
              {busy.port(), ErrorKind::http_status}};
  for (const auto& row : rows) {
    auto configuration = configuration_for(api, row.port);
    configuration.timeouts.total = std::chrono::milliseconds(300);
    const BasicTokensApi<Backend> client(configuration);
    const Stopwatch stopwatch;
    const auto result = client.try_get_tokens_me();
    CHECK(stopwatch.elapsed() < milliseconds(1000));
    CHECK(kind_of(result) == row.kind);
    CHECK_MESSAGE(contains(message_of(result), "127.0.0.1"), message_of(result));
    CHECK(result.error().login_failed);
    CHECK(result.attempts() == 0);
  }
  CHECK(busy.requests().size() == 1);
  CHECK(api.requests().empty());
}

TEST_CASE_TEMPLATE("a redirect of the login host is not followed, and the secret goes nowhere else",
                   Backend, WIRE_BACKENDS) {
  const HostileServer api({always(response(200, token_info("whole")))});
  const HostileServer other({always(response(200, grant))});
  for (const int status : {301, 302, 303, 307, 308}) {
    const HostileServer login({always(response(
        status, "", "Location: http://127.0.0.1:" + std::to_string(other.port()) + "/\r\n"))});
    const auto result =
        BasicTokensApi<Backend>(configuration_for(api, login.port())).try_get_tokens_me();
    CHECK(kind_of(result) == ErrorKind::http_status);
    CHECK_MESSAGE(contains(message_of(result), "check login_url"), message_of(result));
  }
  CHECK(other.connections() == 0);
}

TEST_CASE_TEMPLATE("a code goes out once, whatever becomes of its connection", Backend,
                   WIRE_BACKENDS) {
  const purecloud::AuthorizationCode code{"a-code-of-some-length", "http://localhost/", {}};
  // the first request keeps its connection, on which the second is lost
  const HostileServer login({[](Peer& peer) {
                               if (!peer.read_request()) return;
                               peer.send(response(200, grant));
                               peer.read_request();
                             },
                             always(response(200, grant))});
  const BasicOAuthApi<Backend> oauth(configuration_for(login, login.port()));
  CHECK(oauth.try_authorization_code(code));
  const auto lost = oauth.try_authorization_code(code);
  CHECK(kind_of(lost) == ErrorKind::connection);
  CHECK_MESSAGE(contains(message_of(lost), "the code may have been used"), message_of(lost));
  CHECK(login.requests().size() == 2);
}

TEST_CASE_TEMPLATE("no secret that a login host repeats is seen anywhere", Backend, WIRE_BACKENDS) {
  const std::string refresh = "refresh0Xq7Lm2Pv9Rk4Tn8Ws1Yd";
  // all that it was sent, in each place of a response
  const auto repeat = [](int status, const std::string& request) {
    const auto body_at = request.find("\r\n\r\n") + 4;
    const auto basic_at = request.find("Basic ");
    const std::string seen = request.substr(basic_at, request.find('\r', basic_at) - basic_at) +
                             " " + request.substr(body_at) + " " + std::string(client_secret);
    return response(status,
                    R"({"error":"invalid_grant","error_description":")" + seen +
                        R"(","contextId":")" + seen + R"("})",
                    "X-Echo: " + seen + "\r\nININ-Correlation-Id: " + seen +
                        "\r\nLocation: http://" + seen + "\r\nRetry-After: " + seen + "\r\n");
  };
  for (const int status : {200, 302, 400, 401, 503}) {
    CAPTURE(status);
    const HostileServer login({echo([&](const auto& request) { return repeat(status, request); })});
    auto configuration = configuration_for(login, login.port());
    std::string events;
    std::mutex mutex;
    configuration.observer = [&](const purecloud::AttemptEvent& event) {
      const std::lock_guard<std::mutex> lock(mutex);
      events += event.method + event.path + event.correlation_id;
    };
    const auto check = [&](const auto& result) {
      REQUIRE_FALSE(result.has_value());
      std::string seen =
          result.error().message + result.error().correlation_id + result.correlation_id();
      if (result.error().body) seen += to_json(*result.error().body);
      if (result.response()) {
        for (const auto& [name, value] : result.response()->headers) seen += name + value;
        seen += result.response()->body;
      }
      const std::lock_guard<std::mutex> lock(mutex);
      seen += events;
      for (const std::string_view secret : {client_secret, std::string_view(refresh)}) {
        CHECK_FALSE(contains(seen, secret.substr(0, 16)));
        CHECK_FALSE(contains(seen, secret.substr(secret.size() - 16)));
      }
      // of base64("an-id:…")
      CHECK_FALSE(contains(seen, "Y2xpZW50NWVjcmV0"));
    };
    check(BasicOAuthApi<Backend>(configuration).try_refresh(purecloud::Secret(refresh)));
    check(BasicTokensApi<Backend>(configuration).try_get_tokens_me());
  }
}
