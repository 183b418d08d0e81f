// SPDX-License-Identifier: MIT
// Proxies that refuse, hang or respond with nonsense. One that tunnels is in the tests of TLS.
#include "support.hpp"

namespace {

using namespace wire;

/// A client of an API that only the proxy can reach.
purecloud::Configuration through(const HostileServer& proxy, const std::string& base_url) {
  auto configuration = configuration_for(proxy);
  configuration.base_url = base_url;
  configuration.allow_plain_http = true;
  configuration.proxy.host = "127.0.0.1";
  configuration.proxy.port = proxy.port();
  configuration.proxy.username = "user";
  configuration.proxy.password = "pass";
  return configuration;
}

const std::string basic_of_user_pass = "\r\nProxy-Authorization: Basic dXNlcjpwYXNz\r\n";

}  // namespace

TEST_CASE_TEMPLATE("a proxy that refuses a tunnel is a failure of the connection that says so",
                   Backend, WIRE_BACKENDS) {
  const struct {
    std::string status, body;
  } refusals[] = {{"407", "{}"}, {"407", ""}, {"403", ""}, {"502", "{}"}, {"302", ""}, {"401", ""}};
  for (const auto& each : refusals) {
    const auto& status = each.status;
    const auto& body = each.body;
    CAPTURE(status);
    CAPTURE(body);
    const HostileServer proxy({always(response(std::stoi(status), body,
                                               "Proxy-Authenticate: Basic realm=\"x\"\r\n"
                                               "Location: http://127.0.0.1/\r\n"))});
    const auto configuration = through(proxy, "https://api.example");
    const auto result = purecloud::BasicTokensApi<Backend>(configuration).try_get_tokens_me();
    CHECK(kind_of(result) == ErrorKind::connection);
    CHECK(result.error().status == 0);
    CHECK_FALSE(result.response());
    CHECK(contains(message_of(result), "proxy"));
    CHECK(contains(message_of(result), status));
    CHECK_FALSE(contains(message_of(result), "dXNlcjpwYXNz"));
    REQUIRE(proxy.requests().size() == 1);
    const std::string seen = proxy.requests().front();
    CHECK(seen.find("CONNECT api.example:443 HTTP/1.1\r\n") == 0);
    CHECK(contains(seen, basic_of_user_pass));
    CHECK_FALSE(contains(seen, token));
  }
}

TEST_CASE_TEMPLATE("a proxy's refusal is never taken for the API's 401 or 2xx", Backend,
                   WIRE_BACKENDS) {
  const HostileServer proxy({always(response(401, "{}"))});
  const purecloud::BasicTokensApi<Backend> client(through(proxy, "https://api.example"));
  CHECK(kind_of(client.try_head_tokens_me()) == ErrorKind::connection);
  CHECK(kind_of(client.try_delete_tokens_me()) == ErrorKind::connection);
}

TEST_CASE_TEMPLATE("a proxy that hangs is a timeout", Backend, WIRE_BACKENDS) {
  const struct {
    std::string how;
    Script script;
  } proxies[] = {
      {"silence", [](Peer& peer) { peer.wait_for_close(); }},
      {"a dripped response",
       [](Peer& peer) {
         peer.read_request();
         peer.drip("HTTP/1.1 200 " + std::string(1000, ' '), milliseconds(20));
       }},
      {"a tunnel in which nobody responds",
       once_then_hold("HTTP/1.1 200 Connection established\r\n\r\n")},
  };
  for (const auto& each : proxies) {
    const auto& how = each.how;
    const auto& script = each.script;
    CAPTURE(how);
    const HostileServer proxy({script});
    const purecloud::BasicTokensApi<Backend> client(through(proxy, "https://api.example"));
    check_ends_by_deadline([&](const auto& options) { return client.try_head_tokens_me(options); });
  }
}

TEST_CASE_TEMPLATE("a proxy that closes, or is not one, is a failure of the connection", Backend,
                   WIRE_BACKENDS) {
  for (const std::string sent : {"", "HTTP/1.1 2", "SSH-2.0-OpenSSH_9.2p1 Debian\r\n"}) {
    CAPTURE(sent);
    const HostileServer proxy({[=](Peer& peer) {
      if (peer.read_request()) peer.send(sent);
    }});
    const purecloud::BasicTokensApi<Backend> client(through(proxy, "https://api.example"));
    CHECK(kind_of(client.try_head_tokens_me()) == ErrorKind::connection);
    CHECK_FALSE(contains(proxy.requests().at(0), token));
  }
}

TEST_CASE_TEMPLATE("what a proxy sends after it opened a tunnel is not the server's", Backend,
                   WIRE_BACKENDS) {
  const HostileServer proxy({once_then_hold("HTTP/1.1 200 OK\r\n\r\n" + response(200, "{}"))});
  const purecloud::BasicTokensApi<Backend> client(through(proxy, "https://api.example"));
  const Stopwatch stopwatch;
  const auto result = client.try_get_tokens_me();
  REQUIRE_FALSE(result);
  CHECK(result.error().status == 0);
  CHECK(stopwatch.elapsed() < milliseconds(1000));  // TLS would wait for what was thrown away
  CHECK_FALSE(contains(proxy.requests().at(0), token));
}

TEST_CASE_TEMPLATE("plain http goes to the proxy with the whole URL", Backend, WIRE_BACKENDS) {
  const HostileServer proxy({always(response(200, token_info("far away")))});
  const purecloud::BasicTokensApi<Backend> client(through(proxy, "http://api.example:8080/gw"));
  CHECK(name_in(client.get_tokens_me()) == "far away");
  const std::string seen = proxy.requests().at(0);
  CHECK(seen.find("GET http://api.example:8080/gw/api/v2/tokens/me HTTP/1.1\r\n") == 0);
  CHECK(contains(seen, "\r\nHost: api.example:8080\r\n"));
  CHECK(contains(seen, basic_of_user_pass));
}

TEST_CASE_TEMPLATE("407 to plain http is the proxy's, not the API's", Backend, WIRE_BACKENDS) {
  const HostileServer proxy({always(response(407, "{}"))});
  const purecloud::BasicTokensApi<Backend> client(through(proxy, "http://api.example"));
  const auto result = client.try_get_tokens_me();
  CHECK(kind_of(result) == ErrorKind::connection);
  CHECK(contains(message_of(result), "proxy"));
  CHECK(contains(message_of(result), "407"));
}

TEST_CASE_TEMPLATE("without a user name no Proxy-Authorization goes out", Backend, WIRE_BACKENDS) {
  const HostileServer proxy({always(response(403, "{}"))});
  for (const std::string base_url : {"https://api.example", "http://api.example"}) {
    auto configuration = through(proxy, base_url);
    configuration.proxy.username.clear();
    configuration.proxy.password.clear();
    (void)purecloud::BasicTokensApi<Backend>(configuration).try_get_tokens_me();
  }
  REQUIRE(proxy.requests().size() == 2);
  for (const std::string& seen : proxy.requests())
    CHECK_FALSE(contains(seen, "Proxy-Authorization"));
}

#if defined(PURECLOUD_TOKENS_TEST_CURL)

TEST_CASE("what libcurl does not take is refused when the backend is built, and not left out") {
  const HostileServer proxy({always("")});
  auto configuration = through(proxy, "https://api.example");
  configuration.proxy.password.assign(9'000'000, 'x');  // libcurl takes up to 8,000,000 bytes
  try {
    const purecloud::CurlBackend backend(configuration);
    FAIL("not refused");
  } catch (const purecloud::ApiException& refused) {
    CHECK(refused.error().kind == ErrorKind::invalid_argument);
    CHECK(contains(refused.what(), "libcurl"));
    CHECK_FALSE(contains(refused.what(), "xxx"));
  }
}

#endif

TEST_CASE_TEMPLATE("a proxy that is not there is a failure that names it", Backend, WIRE_BACKENDS) {
  purecloud::Configuration configuration;
  {
    const HostileServer proxy({always("")});
    configuration = through(proxy, "https://api.example");
  }
  const auto result = purecloud::BasicTokensApi<Backend>(configuration).try_get_tokens_me();
  CHECK(kind_of(result) == ErrorKind::connection);
  CHECK(contains(message_of(result), "proxy"));
}
