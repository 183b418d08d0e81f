// SPDX-License-Identifier: MIT
// Whom the client trusts, and what it says when it does not.
#include "../can_run.hpp"
#include "../wire/sigpipe.hpp"
#include "../wire/socks.hpp"
#include "support.hpp"

#include <atomic>
#include <future>
#include <variant>

namespace {

using namespace wire;
using tls::call;
using tls::certificates;
using tls::Environment;
using tls::server_context;
using tls::trusting;

const std::string whole = response(200, token_info("whole"));

template <class Backend>
std::string refusal_by_constructor(const purecloud::Configuration& configuration) {
  try {
    const Backend backend(configuration);
  } catch (const purecloud::ApiException& exception) {
    CHECK(exception.error().kind == ErrorKind::tls);
    return exception.what();
  }
  return "not refused";
}

}  // namespace

TEST_CASE_TEMPLATE("a trusted chain, in date, with the right name is accepted" *
                       doctest::skip(support::no_localhost()),
                   Backend, WIRE_BACKENDS) {
  const auto context = server_context(certificates(), "good");
  for (const std::string host : {"127.0.0.1", "localhost", "LOCALHOST"}) {
    CAPTURE(host);
    const HostileServer server({always(whole)}, context.get());
    const purecloud::BasicTokensApi<Backend> client(trusting(server, host));
    CHECK(name_in(client.get_tokens_me()) == "whole");
    CHECK(name_in(client.get_tokens_me()) == "whole");
    CHECK(server.connections() == 1);
  }
}

TEST_CASE_TEMPLATE("a certificate that must not be accepted is not, and the message says why" *
                       doctest::skip(support::no_localhost()),
                   Backend, WIRE_BACKENDS) {
  const struct {
    std::string certificate, host, reason;
  } servers[] = {
      {"self-signed", "localhost", "self-signed"},
      {"unknown-ca", "localhost", "unknown CA"},
      {"unknown-ca", "localhost", "behind a proxy that inspects TLS, its CA"},
      {"expired", "localhost", "has expired"},
      {"not-yet", "localhost", "not yet valid"},
      {"other-name", "localhost", "does not name the host localhost"},
      {"other-name", "127.0.0.1", "does not name the IP address 127.0.0.1"},
      {"name-only", "127.0.0.1", "does not name the IP address 127.0.0.1"},
      {"for-clients", "localhost", "certificate purpose"},
  };
  for (const auto& each : servers) {
    const auto& certificate = each.certificate;
    const auto& host = each.host;
    const auto& reason = each.reason;
    CAPTURE(certificate);
    CAPTURE(host);
    const auto context = server_context(certificates(), certificate);
    const HostileServer server({always(whole)}, context.get());
    const auto result = call<Backend>(trusting(server, host));
    CHECK(kind_of(result) == ErrorKind::tls);
    CHECK_MESSAGE(contains(message_of(result), reason), message_of(result));
    CHECK(server.requests().empty());
  }
}

TEST_CASE_TEMPLATE("an IP address in the common name is no IP SAN", Backend, WIRE_BACKENDS) {
  const auto context = server_context(certificates(), "name-is-ip");
  const HostileServer server({always(whole)}, context.get());
  auto configuration = trusting(server);
  configuration.tls.ca_file = certificates().path("name-is-ip.pem");
  const auto result = call<Backend>(configuration);
  CHECK(kind_of(result) == ErrorKind::tls);
  CHECK(contains(message_of(result), "does not name the IP address"));
  CHECK(server.requests().empty());
}

TEST_CASE_TEMPLATE("a self-signed certificate is trusted where it is named", Backend,
                   WIRE_BACKENDS) {
  const auto context = server_context(certificates(), "self-signed");
  const HostileServer server({always(whole)}, context.get());
  auto configuration = trusting(server);
  configuration.tls.ca_file = certificates().path("self-signed.pem");
  CHECK(call<Backend>(configuration));
}

TEST_CASE_TEMPLATE("a refused certificate is refused each time", Backend, WIRE_BACKENDS) {
  const auto context = server_context(certificates(), "unknown-ca");
  const HostileServer server({always(whole)}, context.get());
  const purecloud::BasicTokensApi<Backend> client(trusting(server));
  CHECK(kind_of(client.try_get_tokens_me()) == ErrorKind::tls);
  CHECK(kind_of(client.try_get_tokens_me()) == ErrorKind::tls);
  CHECK(server.requests().empty());
}

TEST_CASE_TEMPLATE("versions of TLS below the minimum are refused", Backend, WIRE_BACKENDS) {
  const auto context = server_context(certificates(), "good");
  SSL_CTX_set_security_level(context.get(), 0);  // or OpenSSL 3 itself refuses TLS 1.1
  const struct {
    int spoken;
    purecloud::TlsVersion minimum;
    bool accepted;
  } servers[] = {
      {TLS1_1_VERSION, purecloud::TlsVersion::v1_2, false},
      {TLS1_2_VERSION, purecloud::TlsVersion::v1_2, true},
      {TLS1_2_VERSION, purecloud::TlsVersion::v1_3, false},
      {TLS1_3_VERSION, purecloud::TlsVersion::v1_3, true},
  };
  for (const auto& each : servers) {
    const auto& spoken = each.spoken;
    const auto& minimum = each.minimum;
    const auto& accepted = each.accepted;
    CAPTURE(spoken);
    SSL_CTX_set_min_proto_version(context.get(), 0);
    SSL_CTX_set_max_proto_version(context.get(), spoken);
    const HostileServer server({always(whole)}, context.get());
    auto configuration = trusting(server);
    configuration.tls.minimum_version = minimum;
    const auto result = call<Backend>(configuration);
    CHECK(kind_of(result) == (accepted ? std::nullopt : std::optional(ErrorKind::tls)));
    if (!accepted) CHECK(contains(message_of(result), "minimum_version"));
    CHECK(server.requests().size() == (accepted ? 1 : 0));
  }
}

TEST_CASE_TEMPLATE("a server that speaks no TLS is a failure of TLS that says so", Backend,
                   WIRE_BACKENDS) {
  const HostileServer server(
      {[](Peer& peer) { peer.send("HTTP/1.1 400 You speak TLS to a plain port\r\n\r\n"); }});
  const auto result = call<Backend>(trusting(server));
  CHECK(kind_of(result) == ErrorKind::tls);
  CHECK(contains(message_of(result), "does not speak TLS"));
}

TEST_CASE_TEMPLATE("an alert that ends the handshake is named in the error", Backend,
                   WIRE_BACKENDS) {
  const HostileServer server({[](Peer& peer) {
    peer.send({"\x15\x03\x03\x00\x02\x02\x50", 7});  // fatal, internal_error (RFC 8446, 6)
    peer.wait_for_close();
  }});
  const auto result = call<Backend>(trusting(server));
  CHECK(kind_of(result) == ErrorKind::tls);
  CHECK_MESSAGE(contains(message_of(result), "alert internal error"), message_of(result));
}

TEST_CASE_TEMPLATE("a server that does not respond to the handshake is a timeout", Backend,
                   WIRE_BACKENDS) {
  const HostileServer server({[](Peer& peer) { peer.wait_for_close(); }});
  const purecloud::BasicTokensApi<Backend> client(trusting(server));
  check_ends_by_deadline([&](const auto& options) { return client.try_head_tokens_me(options); });
}

TEST_CASE_TEMPLATE("a server that hangs up in the handshake is a failure of the connection",
                   Backend, WIRE_BACKENDS) {
  for (const bool with_reset : {false, true}) {
    const HostileServer server({[=](Peer& peer) {
      if (with_reset) peer.reset();
    }});
    CHECK(kind_of(call<Backend>(trusting(server))) == ErrorKind::connection);
  }
}

TEST_CASE_TEMPLATE("a CA directory works like a CA file", Backend, WIRE_BACKENDS) {
  const auto context = server_context(certificates(), "good");
  const HostileServer server({always(whole)}, context.get());
  auto configuration = trusting(server);
  configuration.tls.ca_file.clear();
  configuration.tls.ca_directory = certificates().path("hashed");
  CHECK(call<Backend>(configuration));
}

TEST_CASE_TEMPLATE("without a CA of ours the system's are used, and SSL_CERT_FILE names them",
                   Backend, WIRE_BACKENDS) {
  const auto context = server_context(certificates(), "good");
  const HostileServer server({always(whole)}, context.get());
  auto configuration = trusting(server);
  configuration.tls.ca_file.clear();
  CHECK(kind_of(call<Backend>(configuration)) == ErrorKind::tls);
  const Environment environment("SSL_CERT_FILE", certificates().path("ca.pem"));
  CHECK(call<Backend>(configuration));
}

TEST_CASE_TEMPLATE("a CA file replaces the system's CAs", Backend, WIRE_BACKENDS) {
  const auto context = server_context(certificates(), "good");
  const HostileServer server({always(whole)}, context.get());
  const Environment environment("SSL_CERT_FILE", certificates().path("ca.pem"));
  auto configuration = trusting(server);
  configuration.tls.ca_file = certificates().path("other-ca.pem");
  CHECK(kind_of(call<Backend>(configuration)) == ErrorKind::tls);
}

TEST_CASE_TEMPLATE("files that cannot be used are refused when the backend is built, by name",
                   Backend, WIRE_BACKENDS) {
  certificates().write("nonsense.pem", "-----BEGIN NONSENSE-----\n");
  const auto path = [](const char* name) { return certificates().path(name); };
  using Tls = purecloud::TlsOptions;
  const struct {
    std::string member, file;
    void (*set)(Tls&, const std::string&);
  } files[] = {
      {"tls.ca_file", path("missing.pem"), [](Tls& t, const std::string& f) { t.ca_file = f; }},
      {"tls.ca_file", path("nonsense.pem"), [](Tls& t, const std::string& f) { t.ca_file = f; }},
      {"tls.ca_directory", path("missing"),
       [](Tls& t, const std::string& f) { t.ca_directory = f; }},
      {"tls.ca_directory", path("ca.pem"),
       [](Tls& t, const std::string& f) { t.ca_directory = f; }},
      {"tls.client_certificate", path("missing.pem"),
       [](Tls& t, const std::string& f) { t.client_certificate = f; }},
      {"tls.client_certificate", path("client.key"),
       [](Tls& t, const std::string& f) { t.client_certificate = f; }},
      {"tls.client_key", path("missing.key"),
       [](Tls& t, const std::string& f) { t.client_key = f; }},
      {"tls.client_key", path("good.key"), [](Tls& t, const std::string& f) { t.client_key = f; }},
      {"tls.client_key", path("rsa.key"), [](Tls& t, const std::string& f) { t.client_key = f; }},
      {"tls.client_key", path("client-encrypted.key"),
       [](Tls& t, const std::string& f) { t.client_key = f; }},
  };
  for (const auto& each : files) {
    const auto& member = each.member;
    const auto& file = each.file;
    const auto& set = each.set;
    CAPTURE(file);
    purecloud::Configuration configuration;
    configuration.access_token = token;
    configuration.tls.client_certificate = path("client.pem");
    configuration.tls.client_key = path("client.key");
    set(configuration.tls, file);
    const std::string message = refusal_by_constructor<Backend>(configuration);
    CHECK_MESSAGE(contains(message, member), message);
    CHECK_MESSAGE(contains(message, file), message);
  }
}

TEST_CASE_TEMPLATE("a server that requires a client certificate gets ours, and verifies us",
                   Backend, WIRE_BACKENDS) {
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    CAPTURE(version);
    const auto context = server_context(certificates(), "good");
    SSL_CTX_set_max_proto_version(context.get(), version);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    SSL_CTX_load_verify_locations(context.get(), certificates().path("ca.pem").c_str(), nullptr);
    const struct {
      std::string certificate;
      bool accepted;
    } clients[] = {{"client", true}, {"", false}, {"unknown-ca", false}};
    for (const auto& each : clients) {
      const auto& certificate = each.certificate;
      const auto& accepted = each.accepted;
      CAPTURE(certificate);
      const HostileServer server({always(whole)}, context.get());
      auto configuration = trusting(server);
      if (!certificate.empty()) {
        configuration.tls.client_certificate = certificates().path(certificate + ".pem");
        configuration.tls.client_key = certificates().path(certificate + ".key");
      }
      const auto result = call<Backend>(configuration);
      CHECK(kind_of(result) == (accepted ? std::nullopt : std::optional(ErrorKind::tls)));
      if (!accepted)
        CHECK_MESSAGE(contains(message_of(result), "tls.client_certificate"), message_of(result));
      CHECK(server.requests().size() == (accepted ? 1 : 0));
    }
  }
}

TEST_CASE_TEMPLATE("a client certificate switches no check of the server off", Backend,
                   WIRE_BACKENDS) {
  const auto context = server_context(certificates(), "unknown-ca");
  const HostileServer server({always(whole)}, context.get());
  auto configuration = trusting(server);
  configuration.tls.client_certificate = certificates().path("client.pem");
  configuration.tls.client_key = certificates().path("client.key");
  CHECK(kind_of(call<Backend>(configuration)) == ErrorKind::tls);
  CHECK(server.requests().empty());
}

TEST_CASE_TEMPLATE("a client certificate is not shown to a server that is not trusted", Backend,
                   WIRE_BACKENDS) {
  static std::atomic<bool> shown{false};
  shown = false;
  for (const std::string certificate : {"unknown-ca", "other-name", "good"}) {
    CAPTURE(certificate);
    const auto context = server_context(certificates(), certificate);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, [](int, X509_STORE_CTX*) {
      shown = true;
      return 1;
    });
    const HostileServer server({always(whole)}, context.get());
    auto configuration = trusting(server);
    configuration.tls.client_certificate = certificates().path("client.pem");
    configuration.tls.client_key = certificates().path("client.key");
    CHECK(call<Backend>(configuration).has_value() == (certificate == "good"));
    CHECK(server.wait_until_ended(1));
    CHECK(shown == (certificate == "good"));
  }
}

TEST_CASE_TEMPLATE("over TLS a response without a length must end with close_notify", Backend,
                   WIRE_BACKENDS) {
  const auto context = server_context(certificates(), "good");
  const std::string endless = "HTTP/1.1 200 OK\r\n\r\n" + token_info("x");
  for (const bool goodbye : {false, true}) {
    CAPTURE(goodbye);
    const HostileServer server({[=](Peer& peer) {
                                 peer.read_request();
                                 peer.send(endless);
                                 if (goodbye) peer.close_notify();
                               }},
                               context.get());
    const auto result = call<Backend>(trusting(server));
    CHECK(kind_of(result) == (goodbye ? std::nullopt : std::optional(ErrorKind::connection)));
  }
}

TEST_CASE_TEMPLATE("over TLS a closed connection is replaced, with and without close_notify",
                   Backend, WIRE_BACKENDS) {
  const auto context = server_context(certificates(), "good");
  for (const std::string end : {"goodbye", "close", "reset"}) {
    CAPTURE(end);
    const HostileServer server({[=](Peer& peer) {
                                  if (end == "reset") peer.reset();
                                  peer.read_request();
                                  peer.send(whole);
                                  if (end == "goodbye") peer.close_notify();
                                },
                                always(whole)},
                               context.get());
    const purecloud::BasicTokensApi<Backend> client(trusting(server));
    CHECK(client.try_get_tokens_me());
    REQUIRE(server.wait_until_ended(1));
    const auto result = client.try_get_tokens_me();
    REQUIRE(result);
    CHECK(result.attempts() == 1);
    CHECK(server.requests().size() == 2);
  }
}

TEST_CASE_TEMPLATE("over TLS bytes after a response are never the response to another call",
                   Backend, WIRE_BACKENDS) {
  const auto context = server_context(certificates(), "good");
  const std::string planted = response(200, token_info("planted"));
  std::promise<void> responded, sent;
  const HostileServer server({[&](Peer& peer) {
                                peer.read_request();
                                peer.send(whole);
                                responded.get_future().wait();
                                peer.send(planted);
                                sent.set_value();
                                peer.wait_for_close();
                              },
                              once_then_hold(whole + planted), always(whole)},
                             context.get());
  const purecloud::BasicTokensApi<Backend> client(trusting(server));
  CHECK(name_in(client.get_tokens_me()) == "whole");
  responded.set_value();
  sent.get_future().wait();
  CHECK(name_in(client.get_tokens_me()) == "whole");
  CHECK(name_in(client.get_tokens_me()) == "whole");
  CHECK(server.connections() == 3);
}

TEST_CASE_TEMPLATE("over TLS too, a peer that closes while we write is an error, and no signal",
                   Backend, WIRE_BACKENDS) {
  const SigpipeCount signals;
  const auto context = server_context(certificates(), "good");
  const purecloud::HttpRequest large{"PUT", "/", {}, std::string(32 * 1024 * 1024, ' ')};
  for (const bool with_reset : {false, true}) {
    CAPTURE(with_reset);
    const HostileServer server({[=](Peer& peer) {
                                 if (with_reset) peer.reset();
                                 peer.read_head();
                               }},
                               context.get());
    Backend backend(trusting(server));
    const auto result =
        backend.send(large, std::chrono::steady_clock::now() + std::chrono::seconds(5));
    REQUIRE(std::holds_alternative<purecloud::HttpFailure>(result));
    CHECK(std::get<purecloud::HttpFailure>(result).kind == ErrorKind::connection);
  }
  CHECK(signals.get() == 0);
}

TEST_CASE_TEMPLATE(
    "a close_notify to a peer that is gone raises no signal, and takes none that was pending",
    Backend, WIRE_BACKENDS) {
  const auto context = server_context(certificates(), "good");
  for (const bool pending : {false, true}) {
    CAPTURE(pending);
    // FIN, then RST: from then on a write raises SIGPIPE
    const HostileServer server({[](Peer& peer) {
                                 peer.read_request();
                                 peer.send(whole);
                                 peer.close_notify();
                                 peer.end_sending();
                                 peer.reset();
                               }},
                               context.get());
    std::optional<Backend> backend(std::in_place, trusting(server));
    const auto result = backend->send({"GET", "/", {}, {}},
                                      std::chrono::steady_clock::now() + std::chrono::seconds(5));
    REQUIRE(std::holds_alternative<purecloud::HttpResponse>(result));
    REQUIRE(server.wait_until_ended(1));

    const SigpipeState sigpipe(pending);
    backend.reset();
    CHECK(sigpipe.is_as_it_was());
  }
}

TEST_CASE_TEMPLATE("a large request and a large response pass through TLS", Backend,
                   WIRE_BACKENDS) {
  const auto context = server_context(certificates(), "good");
  const HostileServer server({always(response(200, std::string(900'000, 'a')))}, context.get());
  Backend backend(trusting(server));
  const purecloud::HttpRequest large{"PUT", "/", {}, std::string(8 * 1024 * 1024, 'b')};
  const auto result =
      backend.send(large, std::chrono::steady_clock::now() + std::chrono::seconds(5));
  REQUIRE(std::holds_alternative<purecloud::HttpResponse>(result));
  CHECK(std::get<purecloud::HttpResponse>(result).body.size() == 900'000);
  CHECK(server.requests().at(0).size() > large.body.size());
}

TEST_CASE_TEMPLATE(
    "through a proxy's tunnel the server is verified, and sees no Proxy-Authorization", Backend,
    WIRE_BACKENDS) {
  for (const std::string certificate : {"other-name", "unknown-ca"}) {
    CAPTURE(certificate);
    const bool accepted = certificate == "other-name";  // it names api.example
    const auto context = server_context(certificates(), certificate);
    const HostileServer proxy({[&](Peer& peer) {
      peer.read_request();
      peer.send("HTTP/1.1 200 Connection established\r\n\r\n");
      if (!peer.start_tls(context.get())) return;
      while (peer.read_request()) peer.send(whole);
    }});
    auto configuration = trusting(proxy);
    configuration.base_url = "https://api.example";
    configuration.proxy = {"127.0.0.1", proxy.port(), "user", "pass"};
    const purecloud::BasicTokensApi<Backend> client(configuration);
    const auto result = client.try_get_tokens_me();
    CHECK(kind_of(result) == (accepted ? std::nullopt : std::optional(ErrorKind::tls)));
    const auto seen = proxy.requests();
    REQUIRE(seen.size() == (accepted ? 2 : 1));
    CHECK(seen[0].find("CONNECT api.example:443 HTTP/1.1\r\n") == 0);
    CHECK(contains(seen[0], "Proxy-Authorization: Basic dXNlcjpwYXNz\r\n"));
    CHECK_FALSE(contains(seen[0], token));
    if (!accepted) continue;
    CHECK(contains(seen[1], token));
    CHECK_FALSE(contains(seen[1], "Proxy-Authorization"));
    CHECK(client.try_get_tokens_me());
    CHECK(proxy.connections() == 1);
  }
}

#if defined(PURECLOUD_TOKENS_TEST_CURL)

TEST_CASE("through a SOCKS5 proxy the server is verified by its name") {
  for (const std::string certificate : {"other-name", "good", "unknown-ca"}) {
    CAPTURE(certificate);
    const bool accepted = certificate == "other-name";  // it names api.example
    const auto context = server_context(certificates(), certificate);
    SocksTunnel tunnel;
    const HostileServer proxy({[&](Peer& peer) {
      if (tunnel.open(peer) && peer.start_tls(context.get())) always(whole)(peer);
    }});
    auto configuration = trusting(proxy);
    configuration.base_url = "https://api.example";
    configuration.proxy = {"127.0.0.1", proxy.port(), "", "", purecloud::ProxyScheme::socks5};
    CHECK(kind_of(call<purecloud::CurlBackend>(configuration)) ==
          (accepted ? std::nullopt : std::optional(ErrorKind::tls)));
    CHECK(tunnel.host == "api.example");
    CHECK(proxy.requests().size() == (accepted ? 1 : 0));
  }
}

#endif
