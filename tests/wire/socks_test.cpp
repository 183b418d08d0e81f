// SPDX-License-Identifier: MIT
// SOCKS5 proxies, which only CurlBackend speaks to. That the server behind one is verified is in
// the tests of TLS.
#include "socks.hpp"
#include "support.hpp"

namespace {

using namespace wire;

purecloud::Configuration through_socks(const HostileServer& proxy) {
  auto configuration = configuration_for(proxy);
  configuration.base_url = "http://api.example:8080";
  configuration.allow_plain_http = true;
  configuration.proxy = {"127.0.0.1", proxy.port(), "user", "pass", purecloud::ProxyScheme::socks5};
  return configuration;
}

}  // namespace

TEST_CASE("HttplibBackend refuses a SOCKS5 proxy, and names the backend that supports it") {
  const HostileServer proxy({always("")});
  try {
    const purecloud::HttplibBackend backend(through_socks(proxy));
    FAIL("not refused");
  } catch (const purecloud::ApiException& refused) {
    CHECK(refused.error().kind == ErrorKind::invalid_argument);
    CHECK(contains(refused.what(), "proxy.scheme"));
    CHECK(contains(refused.what(), "CurlBackend"));
  }
}

#if defined(PURECLOUD_TOKENS_TEST_CURL)

namespace {

purecloud::CurlTokensApi client_through(const HostileServer& proxy) {
  return purecloud::CurlTokensApi(through_socks(proxy));
}

}  // namespace

TEST_CASE("a SOCKS5 proxy is asked for the name, and the request goes through as it is") {
  SocksTunnel tunnel;
  const HostileServer proxy({[&](Peer& peer) {
    if (!tunnel.open(peer)) return;
    while (peer.read_request()) peer.send(response(200, token_info("far away")));
  }});
  const auto client = client_through(proxy);
  CHECK(name_in(client.get_tokens_me()) == "far away");
  CHECK(name_in(client.get_tokens_me()) == "far away");
  CHECK(tunnel.host == "api.example");
  CHECK(tunnel.port == 8080);
  CHECK(proxy.connections() == 1);
  REQUIRE(proxy.requests().size() == 2);
  const std::string seen = proxy.requests().front();
  CHECK(seen.find("GET /api/v2/tokens/me HTTP/1.1\r\n") == 0);
  CHECK(contains(seen, "\r\nHost: api.example:8080\r\n"));
  CHECK_FALSE(contains(seen, "Proxy"));
}

TEST_CASE("a SOCKS5 proxy that asks for a password gets it, one that does not sees none") {
  for (const bool wanted : {true, false}) {
    CAPTURE(wanted);
    SocksTunnel tunnel;
    tunnel.wants_password = wanted;
    const HostileServer proxy({[&](Peer& peer) {
      if (tunnel.open(peer)) always(response(200, "{}"))(peer);
    }});
    CHECK(client_through(proxy).try_get_tokens_me());
    CHECK(tunnel.username == (wanted ? "user" : ""));
    CHECK(tunnel.password == (wanted ? "pass" : ""));
  }
}

TEST_CASE("without a user name no password is offered to a SOCKS5 proxy") {
  SocksTunnel tunnel;
  const HostileServer proxy({[&](Peer& peer) {
    if (tunnel.open(peer)) always(response(200, "{}"))(peer);
  }});
  auto configuration = through_socks(proxy);
  configuration.proxy.username.clear();
  configuration.proxy.password.clear();
  CHECK(purecloud::CurlTokensApi(configuration).try_get_tokens_me());
  CHECK(contains(tunnel.offered, std::string_view("\0", 1)));
  CHECK_FALSE(contains(tunnel.offered, "\2"));
}

TEST_CASE("a 407 that comes through a SOCKS5 proxy is the API's response") {
  SocksTunnel tunnel;
  const HostileServer proxy({[&](Peer& peer) {
    if (tunnel.open(peer)) always(response(407, "{}"))(peer);
  }});
  const auto result = client_through(proxy).try_get_tokens_me();
  CHECK(kind_of(result) == ErrorKind::http_status);
  CHECK(result.error().status == 407);
}

TEST_CASE("a SOCKS5 proxy that refuses is a failure of the connection that says so") {
  const struct {
    std::string how;
    char reply, password_status;
  } refusals[] = {{"general failure", 1, 0},
                  {"not allowed", 2, 0},
                  {"host unreachable", 4, 0},
                  {"connection refused", 5, 0},
                  {"wrong password", 0, 1}};
  for (const auto& each : refusals) {
    const auto& how = each.how;
    CAPTURE(how);
    SocksTunnel tunnel;
    tunnel.reply = each.reply;
    tunnel.password_status = each.password_status;
    tunnel.wants_password = each.password_status != 0;
    const HostileServer proxy({[&](Peer& peer) {
      tunnel.open(peer);
      peer.wait_for_close();
    }});
    const auto result = client_through(proxy).try_get_tokens_me();
    CHECK(kind_of(result) == ErrorKind::connection);
    CHECK(contains(message_of(result), "the proxy 127.0.0.1:" + std::to_string(proxy.port()) +
                                           " refused the connection to api.example:8080"));
    CHECK_FALSE(contains(message_of(result), "pass"));
  }
}

TEST_CASE("a SOCKS5 proxy that closes, or is not one, is a failure of the connection") {
  for (const std::string sent :
       {"", "\5", "\5\xff", "\4\1", "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"}) {
    CAPTURE(sent);
    const HostileServer proxy({[=](Peer& peer) {
      peer.read_bytes(3);
      peer.send(sent);
    }});
    const auto result = client_through(proxy).try_get_tokens_me();
    CHECK(kind_of(result) == ErrorKind::connection);
    CHECK(contains(message_of(result), "proxy"));
  }
}

TEST_CASE("a SOCKS5 proxy that hangs is a timeout") {
  const struct {
    std::string how;
    Script script;
  } proxies[] = {
      {"silence", [](Peer& peer) { peer.wait_for_close(); }},
      {"half a response",
       [](Peer& peer) {
         peer.send("\5");
         peer.wait_for_close();
       }},
      {"a tunnel in which nobody responds",
       [](Peer& peer) {
         SocksTunnel().open(peer);
         peer.wait_for_close();
       }},
  };
  for (const auto& each : proxies) {
    const auto& how = each.how;
    CAPTURE(how);
    const HostileServer proxy({each.script});
    const auto client = client_through(proxy);
    check_ends_by_deadline([&](const auto& options) { return client.try_head_tokens_me(options); });
  }
}

#endif
