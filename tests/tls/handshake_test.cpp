// SPDX-License-Identifier: MIT
// What a TLS peer may do to the time, the memory and the identity of a call.
#include <atomic>
#include <future>
#include <memory>
#include <thread>
#include <variant>

#include "../can_run.hpp"
#include "../wire/child.hpp"
#include "support.hpp"

namespace {

using namespace wire;
using tls::call;
using tls::certificates;
using tls::Environment;
using tls::server_context;
using tls::trusting;

const std::string whole = response(200, token_info("whole"));
const purecloud::HttpRequest get{"GET", "/", {}, {}};

/// A record that OpenSSL passes over without a word, however many come (RFC 5246, 7.4.1.1).
const std::string hello_request("\x16\x03\x03\x00\x04\x00\x00\x00\x00", 9);

purecloud::Deadline in(milliseconds time) { return std::chrono::steady_clock::now() + time; }

/// A client of every storage duration: this one is there before OpenSSL is, and goes after it.
template <class Backend>
std::optional<purecloud::BasicTokensApi<Backend>> static_client;

}  // namespace

TEST_CASE_TEMPLATE("a flood of empty handshakes ends by the deadline, and has a bound", Backend,
                   WIRE_BACKENDS) {
  std::atomic<std::size_t> taken{0};
  const HostileServer server({[&](Peer& peer) {
    std::string block;
    while (block.size() < 16 * 1024) block += hello_request;
    while (peer.send(block)) taken += block.size();
  }});
  auto configuration = trusting(server);
  configuration.timeouts.total = milliseconds(500);
  CHECK(shortest(milliseconds(750), [&] {
          const Stopwatch stopwatch;
          const auto kind = kind_of(call<Backend>(configuration));
          CHECK((kind == ErrorKind::tls || kind == ErrorKind::timeout));
          return stopwatch.elapsed();
        }) < milliseconds(750));
  CHECK(taken < 32 * 1024 * 1024);  // the buffers of the system, and little more
}

TEST_CASE_TEMPLATE("empty handshakes that come slowly neither hold up the deadline nor a stop",
                   Backend, WIRE_BACKENDS) {
  const auto slowly = [](Peer& peer) {
    while (peer.send(hello_request)) std::this_thread::sleep_for(milliseconds(1));
  };
  const HostileServer server({slowly});
  const purecloud::BasicTokensApi<Backend> client(trusting(server));
  check_ends_by_deadline([&](const auto& options) { return client.try_head_tokens_me(options); });

  std::promise<void> reached;
  std::atomic<bool> told{false};
  const HostileServer other({[&](Peer& peer) {
    peer.send(hello_request);
    if (!told.exchange(true)) reached.set_value();
    slowly(peer);
  }});
  Backend backend(trusting(other));
  purecloud::StopSource source;
  auto ended = std::async(std::launch::async, [&] {
    const auto result =
        purecloud::detail::send(backend, get, in(std::chrono::seconds(10)), source.get_token());
    const auto* const failure = std::get_if<purecloud::HttpFailure>(&result);
    CHECK(failure);
    if (failure) CHECK(failure->message == "cancelled before the request was sent");
    return std::chrono::steady_clock::now();
  });
  reached.get_future().wait();
  const auto begin = std::chrono::steady_clock::now();
  source.request_stop();
  CHECK(ended.get() - begin < milliseconds(50));
}

TEST_CASE_TEMPLATE("a name that is only in the certificate's subject does not count" *
                       doctest::skip(support::no_localhost()),
                   Backend, WIRE_BACKENDS) {
  const auto context = server_context(certificates(), "name-only-subject");
  const HostileServer server({always(whole)}, context.get());
  auto configuration = trusting(server, "localhost");
  configuration.tls.ca_file = certificates().path("name-only-subject.pem");
  const auto result = call<Backend>(configuration);
  CHECK(kind_of(result) == ErrorKind::tls);
  CHECK_MESSAGE(contains(message_of(result), "does not name the host"), message_of(result));
  CHECK(server.requests().empty());
}

TEST_CASE_TEMPLATE("a final dot is only for DNS: neither SNI nor the check of the name has it",
                   Backend, WIRE_BACKENDS) {
  const auto context = server_context(certificates(), "other-name");  // it names api.example
  std::string asked_for;
  // SSL_CTX_set_tlsext_servername_callback() and _arg() without their old-style casts
  int (*const on_name)(SSL*, int*, void*) = [](SSL* ssl, int*, void* copy) {
    const char* const name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
    *static_cast<std::string*>(copy) = name ? name : "";
    return SSL_TLSEXT_ERR_OK;
  };
  SSL_CTX_callback_ctrl(context.get(), SSL_CTRL_SET_TLSEXT_SERVERNAME_CB,
                        reinterpret_cast<void (*)()>(on_name));
  SSL_CTX_ctrl(context.get(), SSL_CTRL_SET_TLSEXT_SERVERNAME_ARG, 0, &asked_for);
  const HostileServer proxy({[&](Peer& peer) {
    peer.read_request();
    peer.send("HTTP/1.1 200 Connection established\r\n\r\n");
    if (peer.start_tls(context.get())) always(whole)(peer);
  }});
  auto configuration = trusting(proxy);
  configuration.base_url = "https://api.example.";
  configuration.proxy = {"127.0.0.1", proxy.port(), "", ""};
  CHECK(call<Backend>(configuration));
  CHECK(asked_for == "api.example");
}

#if !defined(_WIN32)  // whose own store has CAs

TEST_CASE_TEMPLATE("where there is no CA at all the message says so", Backend, WIRE_BACKENDS) {
  const auto context = server_context(certificates(), "good");
  const HostileServer server({always(whole)}, context.get());
  auto configuration = trusting(server);
  configuration.tls.ca_file.clear();
  const Environment file("SSL_CERT_FILE", certificates().path("none.pem"));
  const Environment folder("SSL_CERT_DIR", certificates().path("none"));
  const auto result = call<Backend>(configuration);
  CHECK(kind_of(result) == ErrorKind::tls);
  CHECK_MESSAGE(contains(message_of(result), "no CA certificates on this machine"),
                message_of(result));
}

#endif

TEST_CASE_TEMPLATE("a second response in the record that ends the first is nobody's", Backend,
                   WIRE_BACKENDS) {
  const auto context = server_context(certificates(), "good");
  const std::string body = token_info("whole");
  const HostileServer server({[&](Peer& peer) {
                                peer.read_request();
                                peer.send("HTTP/1.1 200 OK\r\nContent-Length: " +
                                          std::to_string(body.size()) + "\r\n\r\n");
                                peer.send(body + response(200, token_info("planted")));
                                peer.wait_for_close();
                              },
                              always(whole)},
                             context.get());
  const purecloud::BasicTokensApi<Backend> client(trusting(server));
  CHECK(name_in(client.get_tokens_me()) == "whole");
  CHECK(name_in(client.get_tokens_me()) == "whole");
  CHECK(server.connections() == 2);
}

TEST_CASE_TEMPLATE("session tickets do not spoil a connection, a flood of them does no harm",
                   Backend, WIRE_BACKENDS) {
  const auto context = server_context(certificates(), "good");
  for (const int tickets : {1, 1000}) {
    CAPTURE(tickets);
    std::promise<void> responded, sent;
    const HostileServer server({[&](Peer& peer) {
                                  peer.read_request();
                                  peer.send(whole);
                                  responded.get_future().wait();
                                  peer.send_tickets(tickets);
                                  sent.set_value();
                                  always(whole)(peer);
                                },
                                always(whole)},
                               context.get());
    const purecloud::BasicTokensApi<Backend> client(trusting(server));
    CHECK(client.try_get_tokens_me());
    responded.set_value();
    if (tickets == 1) sent.get_future().wait();
    const Stopwatch stopwatch;
    CHECK(client.try_get_tokens_me());
    CHECK(stopwatch.elapsed() < milliseconds(1000));
    // with libcurl nobody but itself may read them, and so the connection is replaced
    if (tickets == 1) CHECK(server.connections() == (over_libcurl<Backend> ? 2 : 1));
  }
}

TEST_CASE_TEMPLATE("a long response in small records is taken over any cipher suite", Backend,
                   WIRE_BACKENDS) {
  const std::string body = token_info("whole") + std::string(600 * 1024, ' ');
  for (const std::string suites : {"ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-CHACHA20-POLY1305",
                                   "ECDHE-ECDSA-AES128-SHA256", "ECDHE-ECDSA-AES128-SHA"}) {
    CAPTURE(suites);
    const auto context = server_context(certificates(), "good");
    SSL_CTX_set_max_proto_version(context.get(), TLS1_2_VERSION);
    REQUIRE(SSL_CTX_set_cipher_list(context.get(), suites.c_str()) == 1);
    const HostileServer server({[&](Peer& peer) {
                                 if (!peer.read_request()) return;
                                 const std::string sent = response(200, body);
                                 for (std::size_t at = 0; at < sent.size(); at += 1200)
                                   if (!peer.send(sent.substr(at, 1200))) return;
                               }},
                               context.get());
    const auto result = call<Backend>(trusting(server));
    CHECK_MESSAGE(result, message_of(result));
  }
}

#if defined(__linux__)

// for the test below it, in a process of its own: OpenSSL reads its configuration once
TEST_CASE_TEMPLATE("under a system whose minimum is TLS 1.3" * doctest::skip(), Backend,
                   WIRE_BACKENDS) {
  REQUIRE(OPENSSL_init_ssl(0, nullptr) == 1);
  ::unsetenv("OPENSSL_CONF");  // or the command that makes certificates would read it
  const auto context = server_context(certificates(), "good");
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    CAPTURE(version);
    SSL_CTX_set_min_proto_version(context.get(), version);
    SSL_CTX_set_max_proto_version(context.get(), version);
    const HostileServer server({always(whole)}, context.get());
    REQUIRE(kind_of(call<Backend>(trusting(server))) ==
            (version == TLS1_3_VERSION ? std::nullopt : std::optional(ErrorKind::tls)));
  }
  std::exit(ended_well);
}

TEST_CASE_TEMPLATE("the system's minimum version of TLS is not lowered", Backend, WIRE_BACKENDS) {
  certificates().write("minimum.cnf",
                       "openssl_conf=a\n[a]\nssl_conf=b\n[b]\nsystem_default=c\n"
                       "[c]\nMinProtocol=TLSv1.3\n");
  const Environment file("OPENSSL_CONF", certificates().path("minimum.cnf"));
  check_alone<Backend>("under a system whose minimum is TLS 1.3");
}

// for the test below it, in a process of its own: it ends the process
TEST_CASE_TEMPLATE("the process ends with a static client" * doctest::skip(), Backend,
                   WIRE_BACKENDS) {
  const auto context = server_context(certificates(), "good");
  const HostileServer server({always(whole)}, context.get());
  static_client<Backend>.emplace(trusting(server));
  std::exit(static_client<Backend>->try_get_tokens_me() ? ended_well : 1);
}

TEST_CASE_TEMPLATE("a static client that keeps a TLS connection is destroyed without harm", Backend,
                   WIRE_BACKENDS) {
  check_alone<Backend>("the process ends with a static client");
}

#endif
