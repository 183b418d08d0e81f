// SPDX-License-Identifier: MIT
// Heads and bodies at the edges of what HTTP/1.1 allows.
#include <memory>
#include <variant>

#include "support.hpp"

namespace {

using namespace wire;

purecloud::Deadline in(milliseconds time) { return std::chrono::steady_clock::now() + time; }

template <class Backend>
purecloud::Result<purecloud::TokenInfo> call(const HostileServer& server) {
  return client_of<Backend>(server).try_get_tokens_me();
}

const std::string plain_ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

}  // namespace

TEST_CASE_TEMPLATE("a reason of any length is dropped, from a proxy too", Backend, WIRE_BACKENDS) {
  const std::string reason(30'000, 'A');
  const HostileServer server(
      {always("HTTP/1.1 200 " + reason + "\r\nContent-Length: 2\r\n\r\n{}")});
  CHECK(call<Backend>(server));

  const HostileServer proxy(
      {once_then_hold("HTTP/1.1 407 " + reason + "\r\nContent-Length: 0\r\n\r\n")});
  auto configuration = configuration_for(proxy);
  configuration.base_url = "https://api.example";
  configuration.proxy.host = "127.0.0.1";
  configuration.proxy.port = proxy.port();
  const auto result = purecloud::BasicTokensApi<Backend>(configuration).try_get_tokens_me();
  CHECK(kind_of(result) == ErrorKind::connection);
  // libcurl gives up on such a line of a proxy's
  if (!over_libcurl<Backend>) CHECK(contains(message_of(result), "407"));
}

TEST_CASE_TEMPLATE("a status line needs no reason", Backend, WIRE_BACKENDS) {
  for (const std::string line : {"HTTP/1.1 200", "HTTP/1.1 200 "}) {
    CAPTURE(line);
    const HostileServer server({always(line + "\r\nContent-Length: 2\r\n\r\n{}")});
    CHECK(call<Backend>(server));
  }
}

TEST_CASE_TEMPLATE("a status that is not from 100 to 599 is a failure of the protocol", Backend,
                   WIRE_BACKENDS) {
  for (const std::string status : {"000", "099", "600", "999", "20", "2000", "-200", " 200", "2 0",
                                   "+20", "0x1", "2e1", "101"}) {
    CAPTURE(status);
    const HostileServer server(
        {once_then_hold("HTTP/1.1 " + status + " OK\r\nContent-Length: 2\r\n\r\n{}")});
    const Stopwatch stopwatch;
    CHECK(kind_of(call<Backend>(server)) == ErrorKind::protocol);
    CHECK(stopwatch.elapsed() < milliseconds(1000));
  }
}

TEST_CASE_TEMPLATE("lines that end with LF alone are a failure of the protocol that says so",
                   Backend, WIRE_BACKENDS) {
  for (const std::string sent : {"HTTP/1.1 200 OK\nContent-Length: 2\n\n{}",
                                 "HTTP/1.1 200 OK\r\nContent-Length: 2\n\r\n{}"}) {
    CAPTURE(sent);
    const HostileServer server({once_then_hold(sent)});
    const Stopwatch stopwatch;
    const auto result = call<Backend>(server);
    CHECK(kind_of(result) == ErrorKind::protocol);
    CHECK_MESSAGE(contains(message_of(result), "LF alone"), message_of(result));
    CHECK(stopwatch.elapsed() < milliseconds(1000));
  }
}

TEST_CASE_TEMPLATE("trailers are accepted and dropped, and the connection is kept", Backend,
                   WIRE_BACKENDS) {
  const HostileServer server(
      {always("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n"
              "2;ext=\"1\"\r\n{}\r\n0\r\nX-Sum: 1\r\nX-Other: 2\r\n\r\n")});
  const auto client = client_of<Backend>(server);
  const auto result = client.try_get_tokens_me();
  REQUIRE(result);
  CHECK(result.response()->headers.count("X-Sum") == 0);
  CHECK(client.try_delete_token("someone"));
  CHECK(server.connections() == 1);
}

TEST_CASE_TEMPLATE("a head of up to 64 KiB is read whole, and more is named in the error", Backend,
                   WIRE_BACKENDS) {
  const std::string status = R"({"code":"too.many.requests"})";
  for (const std::size_t size : {std::size_t{9'000}, std::size_t{60'000}}) {
    CAPTURE(size);
    const HostileServer server(
        {always(response(429, status, "X-Long: " + std::string(size, 'x') + "\r\n"))});
    const auto result = call<Backend>(server);
    CHECK(kind_of(result) == ErrorKind::http_status);
    REQUIRE(result.response());
    CHECK(result.response()->headers.find("x-long")->second.size() == size);
  }
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "X-" + std::to_string(i) + ": some value\r\n";
  const HostileServer server({always(response(429, status, many))});
  const auto result = call<Backend>(server);
  CHECK(kind_of(result) == ErrorKind::http_status);
  REQUIRE(result.response());
  CHECK(result.response()->headers.count("x-999") == 1);

  for (const std::string& long_head :
       {"X-Long: " + std::string(66'000, 'x') + "\r\n", many + many + many + many}) {
    const HostileServer too_long({once_then_hold(response(429, status, long_head))});
    const auto refused = call<Backend>(too_long);
    CHECK(kind_of(refused) == ErrorKind::protocol);
    CHECK_MESSAGE(contains(message_of(refused), "64 KiB"), message_of(refused));
  }
}

TEST_CASE_TEMPLATE("a length is digits, and repeated ones must agree", Backend, WIRE_BACKENDS) {
  const struct {
    std::string lengths;
    bool accepted;
  } servers[] = {
      {"Content-Length: 2, 2\r\n", true},
      {"Content-Length: 2\r\nContent-Length: 2\r\n", true},
      {"Content-Length: 0002\r\n", true},
      {"Content-Length: %32\r\n", false},
      {"Content-Length: 2, 3\r\n", false},
      {"Content-Length: 2,\r\n", false},
      {"Content-Length: +2\r\n", false},
      {"Content-Length: 0x2\r\n", false},
      {"Content-Length: 2 2\r\n", false},
      {"Content-Length:\r\n", false},
      {"Content-Length: 2\r\nTransfer-Encoding: gzip, chunked\r\n", false},
      {"Transfer-Encoding: chunked, chunked\r\n", false},
      {"Transfer-Encoding: identity\r\n", false},
  };
  for (const auto& each : servers) {
    const auto& lengths = each.lengths;
    CAPTURE(lengths);
    const HostileServer server({once_then_hold("HTTP/1.1 200 OK\r\n" + lengths + "\r\n{}")});
    const Stopwatch stopwatch;
    CHECK(kind_of(call<Backend>(server)) ==
          (each.accepted ? std::nullopt : std::optional(ErrorKind::protocol)));
    CHECK(stopwatch.elapsed() < milliseconds(1000));
  }
}

TEST_CASE_TEMPLATE("a line of a head that is not a header field is a failure of the protocol",
                   Backend, WIRE_BACKENDS) {
  for (const std::string line :
       {"no colon", ": no name", "Content-Length : 2", "na me: x", " folded: at the beginning"}) {
    CAPTURE(line);
    const HostileServer server(
        {once_then_hold("HTTP/1.1 200 OK\r\n" + line + "\r\nContent-Length: 2\r\n\r\n{}")});
    CHECK(kind_of(call<Backend>(server)) == ErrorKind::protocol);
  }
}

TEST_CASE_TEMPLATE("a header's value comes as it was sent, but for controls", Backend,
                   WIRE_BACKENDS) {
  const HostileServer server({always(response(200, "{}",
                                              "X-A: 6f3e%0d%0aX-Planted: 1%41\r\nX-B: a\x01"
                                              "b\tc\r\nX-B:\r\nX-B: d\r\n"))});
  const auto result = call<Backend>(server);
  REQUIRE(result);
  const auto& headers = result.response()->headers;
  CHECK(headers.find("X-A")->second == "6f3e%0d%0aX-Planted: 1%41");
  CHECK(headers.find("X-B")->second == "a b c, , d");
}

TEST_CASE_TEMPLATE("only the option `close` closes a connection, not a word that holds it", Backend,
                   WIRE_BACKENDS) {
  const HostileServer server({always(response(200, "{}", "Connection: x-close-not, y\r\n"))});
  const auto client = client_of<Backend>(server);
  CHECK(client.try_get_tokens_me());
  CHECK(client.try_get_tokens_me());
  // some versions of libcurl take it for `close`
  CHECK(server.connections() <= (over_libcurl<Backend> ? 2 : 1));
}

TEST_CASE_TEMPLATE("a request that may not be resent is not, when a kept connection breaks",
                   Backend, WIRE_BACKENDS) {
  for (const std::string method : {"DELETE", "GET"}) {
    for (const bool may_be_resent : {false, true}) {
      CAPTURE(method);
      CAPTURE(may_be_resent);
      const HostileServer server({[](Peer& peer) {
                                    peer.read_request();
                                    peer.send(plain_ok);
                                    peer.read_request();
                                  },
                                  always(plain_ok)});
      Backend backend(configuration_for(server));
      purecloud::HttpRequest request{method, "/", {}, {}};
      request.may_be_resent = may_be_resent;
      REQUIRE(std::holds_alternative<purecloud::HttpResponse>(
          backend.send(request, in(milliseconds(5000)))));
      const auto result = backend.send(request, in(milliseconds(5000)));
      CHECK(std::holds_alternative<purecloud::HttpResponse>(result) == may_be_resent);
      if (!may_be_resent)
        CHECK(std::get<purecloud::HttpFailure>(result).kind == ErrorKind::connection);
      CHECK(server.requests().size() == (may_be_resent ? 3 : 2));
    }
  }
}

TEST_CASE_TEMPLATE("a body of any size goes out at once, without asking for 100 Continue", Backend,
                   WIRE_BACKENDS) {
  for (const std::size_t size : {1u, 1023u, 1024u, 16u * 1024, 16u * 1024 + 1, 3u * 1024 * 1024}) {
    CAPTURE(size);
    const HostileServer server({always(plain_ok)});
    Backend backend(configuration_for(server));
    const std::string body(size, 'b');
    const Stopwatch stopwatch;
    const auto result = backend.send({"PUT", "/", {}, body}, in(milliseconds(5000)));
    CHECK(std::holds_alternative<purecloud::HttpResponse>(result));
    CHECK(stopwatch.elapsed() < milliseconds(900));
    const std::string seen = server.requests().at(0);
    CHECK_FALSE(contains(seen, "Expect"));
    CHECK(contains(seen, "\r\nContent-Length: " + std::to_string(size) + "\r\n"));
    CHECK(seen.substr(seen.find("\r\n\r\n") + 4) == body);
  }
}

TEST_CASE_TEMPLATE("a program can read the status that a proxy refused with", Backend,
                   WIRE_BACKENDS) {
  for (const std::string base_url : {"https://api.example", "http://api.example"}) {
    CAPTURE(base_url);
    const HostileServer proxy({always(response(407, "{}"))});
    auto configuration = configuration_for(proxy);
    configuration.base_url = base_url;
    configuration.proxy.host = "127.0.0.1";
    configuration.proxy.port = proxy.port();
    Backend backend(configuration);
    const auto result = backend.send({"GET", "/", {}, {}}, in(milliseconds(5000)));
    REQUIRE(std::holds_alternative<purecloud::HttpFailure>(result));
    const auto& failure = std::get<purecloud::HttpFailure>(result);
    CHECK(failure.kind == ErrorKind::connection);
    CHECK(failure.proxy_status == 407);
    CHECK(contains(failure.message, "proxy.username and proxy.password"));
  }
}
