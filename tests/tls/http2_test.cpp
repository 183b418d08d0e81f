// SPDX-License-Identifier: MIT
// HTTP/2, which the backends over libcurl speak where the server does.
#include "http2.hpp"

#if defined(PURECLOUD_TOKENS_TEST_CURL)

#include <atomic>
#include <future>
#include <vector>

namespace {

using namespace wire;
using tls::certificates;
using tls::Http2Peer;
using tls::over_http2;
using tls::trusting;

#define CURL_BACKENDS purecloud::CurlBackend, AwaitedCurl

tls::Context http2_context() {
  auto context = tls::server_context(certificates(), "good");
  tls::choose_http2(context.get());
  return context;
}

/// Responds to every request as long as the client likes, and counts them.
std::function<void(Http2Peer&)> serve(std::atomic<int>& requests) {
  return [&requests](Http2Peer& peer) {
    while (const auto stream = peer.next_request()) {
      ++requests;
      if (!peer.respond(stream, token_info("whole"))) return;
    }
  };
}

/// For calls that must end soon, though the server keeps the connection.
purecloud::Configuration with_little_time(const HostileServer& server) {
  auto configuration = trusting(server);
  configuration.timeouts.total = std::chrono::seconds(3);
  return configuration;
}

}  // namespace

TEST_CASE_TEMPLATE("where the server speaks HTTP/2, calls go over one connection", Backend,
                   CURL_BACKENDS) {
  const auto context = http2_context();
  std::atomic<int> requests{0};
  const HostileServer server({over_http2(serve(requests))}, context.get());
  const purecloud::BasicTokensApi<Backend> client(trusting(server));
  for (int i = 0; i < 5; ++i) CHECK(name_in(client.get_tokens_me()) == "whole");
  CHECK(requests == 5);
  CHECK(server.connections() == 1);
}

TEST_CASE("over HTTP/2 a thousand calls at once need a connection for each hundred") {
  const auto context = http2_context();
  std::atomic<int> requests{0};
  const HostileServer server({over_http2(serve(requests))}, context.get());
  auto configuration = trusting(server);
  configuration.timeouts.attempt = configuration.timeouts.total = std::chrono::seconds(60);
  for (const std::size_t most : {std::size_t{1}, std::size_t{16}}) {
    CAPTURE(most);
    const auto before = server.connections();
    configuration.pool.max_connections = most;
    const purecloud::CurlAsyncTokensApi client(configuration);
    std::vector<purecloud::Future<purecloud::TokenInfo>> calls;
    for (int i = 0; i < 1000; ++i) calls.push_back(client.get_tokens_me());
    int succeeded = 0;
    for (auto& call : calls) succeeded += call.result().has_value() ? 1 : 0;
    CHECK(succeeded == 1000);
    CHECK(server.connections() - before <= (most == 1 ? 1 : 10));
  }
  CHECK(requests == 2000);
}

TEST_CASE("a server that allows few streams on a connection gets more connections") {
  const auto context = http2_context();
  std::promise<void> second_connection;
  const auto both_used = second_connection.get_future().share();
  std::atomic<int> requests{0};
  const HostileServer server({[&](Peer& peer) {
                               Http2Peer http2(peer, 10);
                               while (const auto stream = http2.next_request()) {
                                 const int count = ++requests;
                                 if (count == 3) second_connection.set_value();
                                 // after the first, no response until another connection is used
                                 if (count > 1) both_used.wait_for(std::chrono::seconds(5));
                                 if (!http2.respond(stream, token_info("whole"))) return;
                               }
                             }},
                             context.get());
  auto configuration = trusting(server);
  configuration.pool.max_connections = 10;
  const purecloud::CurlAsyncTokensApi client(configuration);
  CHECK(name_in(client.get_tokens_me().get()) == "whole");
  std::vector<purecloud::Future<purecloud::TokenInfo>> calls;
  for (int i = 0; i < 100; ++i) calls.push_back(client.get_tokens_me());
  for (auto& call : calls) {
    const auto result = call.result();
    CHECK_MESSAGE(result, message_of(result));
  }
  CHECK(server.connections() > 1);
  CHECK(server.connections() <= 10);
}

TEST_CASE_TEMPLATE("a stream that was refused is repeated where the request may be", Backend,
                   CURL_BACKENDS) {
  const auto context = http2_context();
  for (const bool by_goaway : {false, true}) {
    for (const bool kept : {false, true}) {
      for (const std::string method : {"GET", "DELETE"}) {
        CAPTURE(by_goaway);
        CAPTURE(kept);
        CAPTURE(method);
        std::atomic<int> requests{0};
        const HostileServer server({over_http2([&](Http2Peer& peer) {
                                      if (kept)
                                        peer.respond(peer.next_request(), token_info("before"));
                                      const auto stream = peer.next_request();
                                      if (by_goaway)
                                        peer.go_away(stream - 1);
                                      else
                                        peer.reset(stream, Http2Peer::refused_stream);
                                      while (peer.next_request()) ++requests;  // none may come
                                    }),
                                    over_http2(serve(requests))},
                                   context.get());
        const purecloud::BasicTokensApi<Backend> client(with_little_time(server));
        if (kept) CHECK(name_in(client.get_tokens_me()) == "before");
        if (method == "GET") {
          const auto result = client.try_get_tokens_me();
          CHECK_MESSAGE(result, message_of(result));
          CHECK(result.attempts() == 1);
          CHECK(requests == 1);
        } else {
          const auto result = client.try_delete_token("someone");
          CHECK(kind_of(result) == ErrorKind::connection);
          CHECK(requests == 0);
        }
      }
    }
  }
}

TEST_CASE_TEMPLATE("after GOAWAY a connection gets no request any more", Backend, CURL_BACKENDS) {
  const auto context = http2_context();
  std::atomic<int> late{0}, requests{0};
  const HostileServer server({over_http2([&](Http2Peer& peer) {
                                peer.respond(peer.next_request(), token_info("before"));
                                peer.go_away(peer.next_request() - 1);
                                while (peer.next_request()) ++late;
                              }),
                              over_http2(serve(requests))},
                             context.get());
  const purecloud::BasicTokensApi<Backend> client(with_little_time(server));
  CHECK(name_in(client.get_tokens_me()) == "before");
  CHECK(kind_of(client.try_delete_token("someone")) == ErrorKind::connection);
  for (int i = 0; i < 3; ++i) {
    const auto result = client.try_get_tokens_me();
    CHECK_MESSAGE(result, message_of(result));
  }
  CHECK(requests == 3);
  CHECK(late == 0);
}

TEST_CASE_TEMPLATE("a connection over HTTP/2 that closes between two streams is replaced", Backend,
                   CURL_BACKENDS) {
  const auto context = http2_context();
  std::atomic<int> requests{0};
  const HostileServer server({[](Peer& peer) {
                                Http2Peer http2(peer);
                                http2.respond(http2.next_request(), token_info("before"));
                                http2.wait_for_acknowledgement();
                              },
                              over_http2(serve(requests))},
                             context.get());
  const purecloud::BasicTokensApi<Backend> client(trusting(server));
  CHECK(name_in(client.get_tokens_me()) == "before");
  REQUIRE(server.wait_until_ended(1));
  const auto result = client.try_get_tokens_me();
  REQUIRE(result);
  CHECK(result.attempts() == 1);
  CHECK(requests == 1);
}

TEST_CASE_TEMPLATE(
    "one that closes when it is used again, too, but nothing goes out twice that may not", Backend,
    CURL_BACKENDS) {
  const auto context = http2_context();
  for (const std::string method : {"GET", "DELETE"}) {
    CAPTURE(method);
    std::atomic<int> requests{0};
    const HostileServer server({[](Peer& peer) {
                                  Http2Peer http2(peer);
                                  http2.respond(http2.next_request(), token_info("before"));
                                  http2.next_request();
                                },
                                over_http2(serve(requests))},
                               context.get());
    const purecloud::BasicTokensApi<Backend> client(trusting(server));
    CHECK(name_in(client.get_tokens_me()) == "before");
    if (method == "GET") {
      const auto result = client.try_get_tokens_me();
      CHECK_MESSAGE(result, message_of(result));
      CHECK(requests == 1);
    } else {
      CHECK(kind_of(client.try_delete_token("someone")) == ErrorKind::connection);
      CHECK(requests == 0);
    }
  }
}

TEST_CASE("over HTTP/2 a call that is cancelled does no harm to the others on its connection") {
  const auto context = http2_context();
  std::promise<void> first_there, second_there, cancelled;
  const HostileServer server({over_http2([&](Http2Peer& peer) {
                               peer.respond(peer.next_request(), token_info("before"));
                               peer.next_request();
                               first_there.set_value();
                               const auto second = peer.next_request();
                               second_there.set_value();
                               cancelled.get_future().wait();
                               peer.respond(second, token_info("second"));
                             })},
                             context.get());
  const purecloud::CurlAsyncTokensApi client(trusting(server));
  CHECK(name_in(client.get_tokens_me().get()) == "before");
  auto first = client.get_tokens_me();
  first_there.get_future().wait();
  auto second = client.get_tokens_me();
  second_there.get_future().wait();
  const Stopwatch stopwatch;
  first.cancel();
  CHECK(kind_of(first.result()) == ErrorKind::cancelled);
  CHECK(stopwatch.elapsed() < milliseconds(50));
  cancelled.set_value();
  CHECK(name_in(second.get()) == "second");
  CHECK(server.connections() == 1);
}

#endif
