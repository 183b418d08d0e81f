// SPDX-License-Identifier: MIT
// Servers that break off, drip, lie or respond out of turn.
#include <future>
#include <memory>
#include <variant>

#include "sigpipe.hpp"
#include "support.hpp"

namespace {

using namespace wire;

const std::string whole = response(200, token_info("whole"));

/// Reads a request, sends these bytes and ends the connection.
Script break_off(std::string bytes, bool with_reset) {
  return [bytes = std::move(bytes), with_reset](Peer& peer) {
    if (with_reset) peer.reset();
    if (peer.read_request()) peer.send(bytes);
  };
}

const struct {
  std::string place;
  std::string sent;
} beginnings[] = {
    {"before the status line", ""},
    {"in the version", "HTT"},
    {"in the status line", "HTTP/1.1 20"},
    {"after the status line", "HTTP/1.1 200 OK\r\n"},
    {"in a header", "HTTP/1.1 200 OK\r\nContent-Le"},
    {"after a header", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n"},
    {"after an interim response", "HTTP/1.1 100 Continue\r\n\r\n"},
    {"before the body", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"},
    {"in the body", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{"},
    {"in a body whose length is too long", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{}"},
    {"before a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"},
    {"in a chunk's size", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2"},
    {"in a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{"},
    {"after a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"},
    {"in the last chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n"},
};

/// A request whose body is more than the buffers between us and a server hold.
purecloud::HttpRequest large_request() {
  return {"PUT", "/api/v2/tokens/timeout", {}, std::string(32 * 1024 * 1024, ' ')};
}

purecloud::Deadline in(milliseconds time) { return std::chrono::steady_clock::now() + time; }

}  // namespace

TEST_CASE_TEMPLATE("a response that is broken off is a failure of the connection", Backend,
                   WIRE_BACKENDS) {
  for (const auto& each : beginnings) {
    const auto& place = each.place;
    const auto& sent = each.sent;
    for (const bool with_reset : {false, true}) {
      CAPTURE(place);
      CAPTURE(with_reset);
      const HostileServer server({break_off(sent, with_reset)});
      const Stopwatch stopwatch;
      const auto result = client_of<Backend>(server).try_get_tokens_me();
      CHECK(kind_of(result) == ErrorKind::connection);
      CHECK(result.attempts() == 1);
      CHECK(server.requests().size() == 1);
      CHECK(stopwatch.elapsed() < milliseconds(1000));
    }
  }
}

TEST_CASE_TEMPLATE("a server that hangs up on every connection is a failure of the connection",
                   Backend, WIRE_BACKENDS) {
  for (const bool with_reset : {false, true}) {
    CAPTURE(with_reset);
    const HostileServer server({[=](Peer& peer) {
      if (with_reset) peer.reset();
    }});
    CHECK(kind_of(client_of<Backend>(server).try_get_tokens_me()) == ErrorKind::connection);
    CHECK(server.requests().empty());
  }
}

TEST_CASE_TEMPLATE("a complete response counts, even where a reset follows", Backend,
                   WIRE_BACKENDS) {
  const HostileServer server({break_off(whole, true)});
  const auto result = client_of<Backend>(server).try_get_tokens_me();
  REQUIRE(result);
  CHECK(name_in(*result) == "whole");
}

TEST_CASE_TEMPLATE("a response that ends with its connection counts", Backend, WIRE_BACKENDS) {
  const HostileServer server({break_off(
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n" + token_info("x"), false)});
  const auto client = client_of<Backend>(server);
  CHECK(name_in(client.get_tokens_me()) == "x");
  CHECK(name_in(client.get_tokens_me()) == "x");
  CHECK(server.connections() == 2);
}

TEST_CASE_TEMPLATE("no one listening is a failure of the connection", Backend, WIRE_BACKENDS) {
  purecloud::Configuration configuration;
  {
    const HostileServer server({always(whole)});
    configuration = configuration_for(server);
  }
  const auto result = purecloud::BasicTokensApi<Backend>(configuration).try_get_tokens_me();
  CHECK(kind_of(result) == ErrorKind::connection);
  CHECK(contains(message_of(result), "check base_url"));
}

TEST_CASE_TEMPLATE("a host name without an address is a failure that names it", Backend,
                   WIRE_BACKENDS) {
  purecloud::Configuration configuration;
  configuration.base_url = "https://no-such-host.invalid";  // RFC 6761: never resolves
  configuration.access_token = token;
  configuration.retry.max_attempts = 1;
  configuration.timeouts.total = std::chrono::seconds(2);
  const Stopwatch stopwatch;
  const auto result = purecloud::BasicTokensApi<Backend>(configuration).try_get_tokens_me();
  REQUIRE_FALSE(result);
  // a machine without a name server may take its time to say so
  if (result.error().kind != ErrorKind::timeout) {
    CHECK(result.error().kind == ErrorKind::connection);
    CHECK(contains(message_of(result), "no-such-host.invalid"));
  }
  CHECK(stopwatch.elapsed() < milliseconds(2250));
}

TEST_CASE_TEMPLATE("what is not HTTP is a failure of the protocol, at once", Backend,
                   WIRE_BACKENDS) {
  const std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  const struct {
    std::string what;
    std::string sent;
  } responses[] = {
      {"another protocol", "SSH-2.0-OpenSSH_9.2p1 Debian\r\n"},
      {"binary", std::string("\x15\x03\x01\x00\x02\x02\x16\x00\x00\x00\x00", 11)},
      {"a page without a head", "<html><body>Welcome to the hotel</body></html>\r\n\r\n"},
      {"a status that is no number", "HTTP/1.1 abc OK\r\nContent-Length: 0\r\n\r\n"},
      {"two different lengths",
       "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{} "},
      {"a length that is no number", "HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\n{}"},
      {"a negative length", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}"},
      {"a length that only begins as one", "HTTP/1.1 200 OK\r\nContent-Length: 2x\r\n\r\n{}"},
      {"a chunk size that is no number", chunked + "zz\r\n{}\r\n0\r\n\r\n"},
      {"a chunk size beyond all numbers", chunked + "fffffffffffffffff\r\n{}\r\n0\r\n\r\n"},
      {"a chunk longer than its size", chunked + "2\r\n{}   \r\n0\r\n\r\n"},
  };
  for (const auto& each : responses) {
    const auto& what = each.what;
    const auto& sent = each.sent;
    CAPTURE(what);
    const HostileServer server({once_then_hold(sent)});
    const auto client = client_of<Backend>(server);
    const Stopwatch stopwatch;
    CHECK(kind_of(client.try_get_tokens_me()) == ErrorKind::protocol);
    CHECK(stopwatch.elapsed() < milliseconds(1000));
    CHECK(server.requests().size() == 1);
    CHECK(kind_of(client.try_get_tokens_me()) == ErrorKind::protocol);
    CHECK(server.connections() == 2);
  }
}

TEST_CASE_TEMPLATE("what only begins like a chunk size, or is negative, is not a chunk size",
                   Backend, WIRE_BACKENDS) {
  for (const std::string size : {"-1", "-2", "-fffffffffffffffe", "2x"}) {
    CAPTURE(size);
    const HostileServer server({break_off(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + size + "\r\n{}\r\n0\r\n\r\n",
        false)});
    CHECK_FALSE(client_of<Backend>(server).try_get_tokens_me());
  }
}

TEST_CASE_TEMPLATE("a deadline holds against every way to be slow", Backend, WIRE_BACKENDS) {
  const std::string head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
  const std::string spaces(1000, ' ');
  const auto drip = [](std::string at_once, std::string slowly) -> Script {
    return [=](Peer& peer) {
      if (peer.read_request() && peer.send(at_once)) peer.drip(slowly, milliseconds(20));
    };
  };
  const struct {
    std::string how;
    Script script;
  } servers[] = {
      {"silence", [](Peer& peer) { peer.wait_for_close(); }},
      {"silence after an interim response", once_then_hold("HTTP/1.1 100 Continue\r\n\r\n")},
      {"silence in the head", once_then_hold(head)},
      {"silence in the body", once_then_hold(head + "Content-Length: 3\r\n\r\n{}")},
      {"silence where the end is awaited", once_then_hold(head + "\r\n{}")},
      {"silence after a chunk",
       once_then_hold(head + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n")},
      {"a dripped status line", drip("", "HTTP/1.1 200 " + spaces)},
      {"a dripped head", drip(head, "X-Slow:" + spaces)},
      {"a dripped body", drip(head + "Content-Length: 1000\r\n\r\n", spaces)},
      {"a dripped body without a length", drip(head + "\r\n", spaces)},
      {"a dripped chunk", drip(head + "Transfer-Encoding: chunked\r\n\r\n3e8\r\n", spaces)},
      {"a dripped chunk size", drip(head + "Transfer-Encoding: chunked\r\n\r\n", "2;" + spaces)},
  };
  for (const auto& each : servers) {
    const auto& how = each.how;
    const auto& script = each.script;
    CAPTURE(how);
    const HostileServer server({script});
    const auto client = client_of<Backend>(server);
    check_ends_by_deadline([&](const auto& options) {
      return client.try_get_tokens_me({std::nullopt, options});
    });
    CHECK(server.connections() == 1);
    CHECK(server.wait_until_ended(1));  // the connection is not kept
  }
}

TEST_CASE_TEMPLATE("a server that reads too slowly is a timeout", Backend, WIRE_BACKENDS) {
  std::promise<void> over;
  const HostileServer server({[&](Peer& peer) {
    peer.read_head();
    over.get_future().wait();
  }});
  Backend backend(configuration_for(server));
  const auto request = large_request();
  const Stopwatch stopwatch;
  const auto result = backend.send(request, in(milliseconds(300)));
  CHECK(stopwatch.elapsed() < milliseconds(550));
  REQUIRE(std::holds_alternative<purecloud::HttpFailure>(result));
  CHECK(std::get<purecloud::HttpFailure>(result).kind == ErrorKind::timeout);
  over.set_value();
}

TEST_CASE_TEMPLATE(
    "when the deadline has passed no connection is used, neither a kept nor a new one", Backend,
    WIRE_BACKENDS) {
  const HostileServer server({always(whole)});
  Backend backend(configuration_for(server));
  const purecloud::HttpRequest request{"GET", "/", {}, {}};
  const auto kind_by = [&](purecloud::Deadline deadline) {
    const auto result = backend.send(request, deadline);
    const auto* failure = std::get_if<purecloud::HttpFailure>(&result);
    return failure ? std::optional(failure->kind) : std::nullopt;
  };
  CHECK(kind_by(in(milliseconds(0))) == ErrorKind::timeout);
  CHECK(server.requests().empty());
  CHECK(kind_by(in(std::chrono::seconds(5))) == std::nullopt);
  CHECK(kind_by(in(milliseconds(0))) == ErrorKind::timeout);
  CHECK(kind_by(in(std::chrono::seconds(5))) == std::nullopt);
}

TEST_CASE_TEMPLATE("interim responses are passed over", Backend, WIRE_BACKENDS) {
  for (const std::string interim :
       {"HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n",
        "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 100 Continue\r\nX: y\r\n\r\n"}) {
    CAPTURE(interim);
    const HostileServer server({always(interim + whole)});
    const auto client = client_of<Backend>(server);
    const auto result = client.try_get_tokens_me();
    REQUIRE(result);
    CHECK(name_in(*result) == "whole");
    CHECK(result.response()->headers.count("Link") == 0);
    CHECK(name_in(client.get_tokens_me()) == "whole");
    CHECK(server.connections() == 1);
  }
}

TEST_CASE_TEMPLATE("bytes after a response are never the response to another call", Backend,
                   WIRE_BACKENDS) {
  const std::string planted = response(200, token_info("planted"));
  const struct {
    std::string what;
    std::string sent;
  } responses[] = {
      {"two responses in one go", whole + planted},
      {"a body longer than its length", whole + "   "},
      {"204 with a body", "HTTP/1.1 204 No Content\r\n\r\n" + planted},
      {"a body longer than its chunks",
       "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n" + planted},
  };
  for (const auto& each : responses) {
    const auto& what = each.what;
    const auto& sent = each.sent;
    CAPTURE(what);
    const HostileServer server({once_then_hold(sent), always(whole)});
    const auto client = client_of<Backend>(server);
    CHECK(client.try_delete_token("someone"));
    CHECK(name_in(client.get_tokens_me()) == "whole");
    CHECK(server.connections() == 2);
  }
}

TEST_CASE_TEMPLATE("the body of a HEAD is never the response to another call", Backend,
                   WIRE_BACKENDS) {
  const HostileServer server({once_then_hold(whole), always(whole)});
  const auto client = client_of<Backend>(server);
  CHECK(client.head_tokens_me());
  CHECK(name_in(client.get_tokens_me()) == "whole");
  CHECK(server.connections() == 2);
}

TEST_CASE_TEMPLATE("what comes on an idle connection is never the response to another call",
                   Backend, WIRE_BACKENDS) {
  std::promise<void> responded, planted;
  const HostileServer server({[&](Peer& peer) {
                                peer.read_request();
                                peer.send(whole);
                                responded.get_future().wait();
                                peer.send(response(200, token_info("planted")));
                                planted.set_value();
                                peer.wait_for_close();
                              },
                              always(whole)});
  const auto client = client_of<Backend>(server);
  CHECK(name_in(client.get_tokens_me()) == "whole");
  responded.set_value();
  planted.get_future().wait();
  CHECK(name_in(client.get_tokens_me()) == "whole");
  CHECK(server.connections() == 2);
}

TEST_CASE_TEMPLATE(
    "a response that comes before the request was sent completely counts, and its connection is "
    "not kept",
    Backend, WIRE_BACKENDS) {
  const HostileServer server({[](Peer& peer) {
                                peer.read_head();
                                peer.send(response(413, R"({"code":"too.large"})"));
                                peer.wait_for_close();
                              },
                              always(whole)});
  const auto backend = std::make_shared<Backend>(configuration_for(server));
  const auto result = backend->send(large_request(), in(std::chrono::seconds(5)));
  REQUIRE(std::holds_alternative<purecloud::HttpResponse>(result));
  CHECK(std::get<purecloud::HttpResponse>(result).status == 413);
  const purecloud::BasicTokensApi<Backend> client(configuration_for(server), backend);
  CHECK(name_in(client.get_tokens_me()) == "whole");
  CHECK(server.connections() == 2);
}

TEST_CASE_TEMPLATE("a kept-alive connection that the server closed is replaced without a failure",
                   Backend, WIRE_BACKENDS) {
  for (const bool with_reset : {false, true}) {
    CAPTURE(with_reset);
    const HostileServer server({break_off(whole, with_reset), always(whole)});
    const auto client = client_of<Backend>(server);
    CHECK(client.try_get_tokens_me().attempts() == 1);
    REQUIRE(server.wait_until_ended(1));
    const auto result = client.try_get_tokens_me();
    REQUIRE(result);
    CHECK(result.attempts() == 1);
    CHECK(server.requests().size() == 2);
    CHECK(server.connections() == 2);
  }
}

TEST_CASE_TEMPLATE(
    "a kept-alive connection that the server closes at the next request is replaced without a "
    "failure",
    Backend, WIRE_BACKENDS) {
  const HostileServer server({[](Peer& peer) {
                                peer.read_request();
                                peer.send(whole);
                                peer.read_request();
                              },
                              always(whole)});
  const auto client = client_of<Backend>(server);
  CHECK(client.try_get_tokens_me());
  const auto result = client.try_get_tokens_me();
  REQUIRE(result);
  CHECK(result.attempts() == 1);
  CHECK(server.requests().size() == 3);
}

TEST_CASE_TEMPLATE("a logout whose response was lost with a kept-alive connection has succeeded",
                   Backend, WIRE_BACKENDS) {
  const HostileServer server({[](Peer& peer) {
                                peer.read_request();
                                peer.send(whole);
                                peer.read_request();
                              },
                              always(response(401, R"({"code":"bad.credentials"})"))});
  auto configuration = configuration_for(server);
  configuration.retry.max_attempts = 2;
  configuration.retry.base_delay = milliseconds(1);
  const purecloud::BasicTokensApi<Backend> client(configuration);
  CHECK(client.try_get_tokens_me());
  CHECK(client.try_delete_tokens_me());
}

TEST_CASE_TEMPLATE("a connection is kept unless the response says otherwise", Backend,
                   WIRE_BACKENDS) {
  const struct {
    std::string bytes;
    bool kept;
  } responses[] = {
      {response(200, "{}"), true},
      {response(200, "{}", "Connection: keep-alive\r\n"), true},
      {"HTTP/1.1 204 No Content\r\n\r\n", !closes_after_empty_body<Backend>()},
      {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", true},
      {response(500, "{}"), true},
      {response(200, "{}", "Connection: close\r\n"), false},
      {response(200, "{}", "connection: Close\r\n"), false},
      {response(200, "{}", "CONNECTION: x-other, CLOSE\r\n"), false},
      {"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}", false},
  };
  for (const auto& each : responses) {
    const auto& bytes = each.bytes;
    const auto& kept = each.kept;
    CAPTURE(bytes);
    const HostileServer server({always(bytes)});
    const auto client = client_of<Backend>(server);
    (void)client.try_delete_token("someone");
    (void)client.try_delete_token("someone");
    CHECK(server.requests().size() == 2);
    CHECK(server.connections() == (kept ? 1 : 2));
  }
}

TEST_CASE_TEMPLATE("304 has no body, whatever its length says", Backend, WIRE_BACKENDS) {
  const HostileServer server(
      {once_then_hold("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n")});
  const Stopwatch stopwatch;
  const auto result = client_of<Backend>(server).try_get_tokens_me();
  CHECK(kind_of(result) == ErrorKind::http_status);
  CHECK(result.error().status == 304);
  CHECK(stopwatch.elapsed() < milliseconds(1000));
}

TEST_CASE_TEMPLATE("a redirect is not followed, and the token goes nowhere else", Backend,
                   WIRE_BACKENDS) {
  const HostileServer elsewhere({always(whole)});
  const std::string there = "http://127.0.0.1:" + std::to_string(elsewhere.port()) + "/take";
  for (const int status : {301, 302, 303, 307, 308}) {
    const HostileServer server({always(response(status, "", "Location: " + there + "\r\n"))});
    const auto result = client_of<Backend>(server).try_get_tokens_me();
    CHECK(kind_of(result) == ErrorKind::http_status);
    CHECK(result.error().status == status);
    CHECK(contains(message_of(result), there));
  }
  CHECK(elsewhere.connections() == 0);
}

TEST_CASE_TEMPLATE("a compressed response that was not asked for is named in the error", Backend,
                   WIRE_BACKENDS) {
  const std::string gzip(
      "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xab\xae\x05\x00\x43\xbf\xa6\xa3"
      "\x02\x00\x00\x00",
      22);  // of {}
  const HostileServer server({always(response(200, gzip, "Content-Encoding: gzip\r\n"))});
  const auto result = client_of<Backend>(server).try_get_tokens_me();
  CHECK(kind_of(result) == ErrorKind::decode);
  CHECK(contains(message_of(result), "gzip"));
}

TEST_CASE_TEMPLATE("header names have no case, and folded values are one line", Backend,
                   WIRE_BACKENDS) {
  const HostileServer server(
      {always("HTTP/1.1 200 OK\r\nX-Folded: first\r\n\tsecond: third\r\ncONTENT-lENGTH:2\r\n"
              "iNiN-cOrRelation-iD:   6f3e   \r\n\r\n{}")});
  const auto client = client_of<Backend>(server);
  const auto result = client.try_get_tokens_me();
  REQUIRE(result);
  CHECK(result.correlation_id() == "6f3e");
  const auto& headers = result.response()->headers;
  REQUIRE(headers.count("x-folded") == 1);
  CHECK(headers.find("x-folded")->second.substr(0, 6) == "first ");
  CHECK(contains(headers.find("x-folded")->second, " second: third"));
  CHECK(headers.size() == 3);
  CHECK(client.try_get_tokens_me());
  CHECK(server.connections() == 1);
}

TEST_CASE_TEMPLATE("no header value smuggles in a line break", Backend, WIRE_BACKENDS) {
  const HostileServer server({always(response(
      200, "{}", "ININ-Correlation-Id: 6f3e%0d%0aX-Planted: 1%00\r\nX-B: %0D%0A%0a\r\n"))});
  const auto result = client_of<Backend>(server).try_get_tokens_me();
  REQUIRE(result);
  const auto& headers = result.response()->headers;
  CHECK(headers.count("ININ-Correlation-Id") == 1);
  CHECK(headers.count("X-Planted") == 0);
  CHECK(headers.count("X-B") == 1);
  for (const auto& [name, value] : headers)
    for (const char c : value) CHECK(static_cast<unsigned char>(c) >= 0x20);
}

TEST_CASE_TEMPLATE("a peer that closes while we write is an error, and no signal", Backend,
                   WIRE_BACKENDS) {
  const SigpipeCount signals;
  const struct {
    Script script;
    std::size_t body;
    int times;
  } servers[] = {
      {[](Peer& peer) {
         peer.reset();
         peer.read_head();
       },
       32 * 1024 * 1024, 1},
      {[](Peer& peer) { peer.read_head(); }, 32 * 1024 * 1024, 1},
      // of many, some close between the write of the head and that of the body
      {[](Peer&) {}, 1000, 300},
  };
  for (const auto& each : servers) {
    const auto& script = each.script;
    const auto& body = each.body;
    const auto& times = each.times;
    const HostileServer server({script});
    Backend backend(configuration_for(server));
    const purecloud::HttpRequest request{"PUT", "/", {}, std::string(body, ' ')};
    for (int i = 0; i < times; ++i) {
      const auto result = backend.send(request, in(std::chrono::seconds(5)));
      REQUIRE(std::holds_alternative<purecloud::HttpFailure>(result));
      CHECK(std::get<purecloud::HttpFailure>(result).kind == ErrorKind::connection);
    }
  }
  CHECK(signals.get() == 0);
}

TEST_CASE_TEMPLATE("a failure of the connection is retried, within max_attempts", Backend,
                   WIRE_BACKENDS) {
  const HostileServer server({break_off("", true), break_off("HTTP/1.1 2", false), always(whole)});
  auto configuration = configuration_for(server);
  configuration.retry.max_attempts = 3;
  configuration.retry.base_delay = milliseconds(1);
  const auto result = purecloud::BasicTokensApi<Backend>(configuration).try_get_tokens_me();
  REQUIRE(result);
  CHECK(result.attempts() == 3);
  CHECK(server.requests().size() == 3);
}
