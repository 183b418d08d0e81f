// SPDX-License-Identifier: MIT
// Addresses at which nobody responds, or nobody is.
#include <csignal>
#include <stdexcept>
#include <thread>
#include <variant>

#if __has_include(<purecloud/detail/text/text.hpp>)  // else a single header has them
#include <purecloud/detail/net/connect.hpp>
#endif

#include "../can_run.hpp"
#include "mute_port.hpp"
#include "name_service.hpp"
#include "support.hpp"

namespace {

using namespace wire;

purecloud::Configuration configuration_for_port(int port) {
  purecloud::Configuration configuration;
  configuration.base_url = "http://127.0.0.1:" + std::to_string(port);
  configuration.access_token = token;
  configuration.retry.max_attempts = 1;
  configuration.timeouts.attempt = std::chrono::seconds(10);
  return configuration;
}

bool has_ipv6() {
  const Handle handle = ::socket(AF_INET6, SOCK_STREAM, 0);
  Address address = loopback(AF_INET6);
  const bool bound = ::bind(handle, address.generic(), address.size) == 0;
  socket_system::close(handle);
  return bound;
}

}  // namespace

TEST_CASE_TEMPLATE("a host that does not respond is a timeout that names timeouts.connect", Backend,
                   WIRE_BACKENDS) {
  const MutePort mute;
  auto configuration = configuration_for_port(mute.port());
  configuration.timeouts.connect = milliseconds(300);
  const purecloud::BasicTokensApi<Backend> client(configuration);
  CHECK(shortest(milliseconds(550), [&] {
          const Stopwatch stopwatch;
          const auto result = client.try_get_tokens_me();
          const auto elapsed = stopwatch.elapsed();
          CHECK(kind_of(result) == ErrorKind::timeout);
          CHECK_MESSAGE(contains(message_of(result),
                                 "no connection to 127.0.0.1:" + std::to_string(mute.port()) +
                                     " within timeouts.connect, 300 ms"),
                        message_of(result));
          CHECK(elapsed >= milliseconds(298));  // libcurl rounds its clock
          return elapsed;
        }) < milliseconds(550));
}

TEST_CASE_TEMPLATE(
    "a proxy that does not respond is a timeout that names proxy and timeouts.connect", Backend,
    WIRE_BACKENDS) {
  const MutePort mute;
  auto configuration = configuration_for_port(mute.port());
  configuration.base_url = "https://api.example";
  configuration.proxy.host = "127.0.0.1";
  configuration.proxy.port = mute.port();
  configuration.timeouts.connect = milliseconds(100);
  const auto result = purecloud::BasicTokensApi<Backend>(configuration).try_get_tokens_me();
  CHECK(kind_of(result) == ErrorKind::timeout);
  CHECK_MESSAGE(contains(message_of(result), "the proxy 127.0.0.1:" + std::to_string(mute.port())),
                message_of(result));
  CHECK_MESSAGE(contains(message_of(result), "timeouts.connect, 100 ms"), message_of(result));
}

TEST_CASE_TEMPLATE("the deadline ends a connect that timeouts.connect would let go on", Backend,
                   WIRE_BACKENDS) {
  const MutePort mute;
  const purecloud::BasicTokensApi<Backend> client(configuration_for_port(mute.port()));
  check_ends_by_deadline([&](const auto& options) { return client.try_head_tokens_me(options); });
}

TEST_CASE_TEMPLATE("an IPv6 address stands in brackets in messages, the proxy's too", Backend,
                   WIRE_BACKENDS) {
  if (!has_ipv6()) {
    support::skipped_here("this machine has no IPv6 loopback");
    return;
  }
  auto configuration = configuration_for_port(1);
  configuration.base_url = "http://[::1]:1";  // nobody listens there
  auto result = purecloud::BasicTokensApi<Backend>(configuration).try_get_tokens_me();
  CHECK(kind_of(result) == ErrorKind::connection);
  CHECK_MESSAGE(contains(message_of(result), "cannot connect to [::1]:1;"), message_of(result));

  configuration.allow_plain_http = true;
  configuration.proxy.host = "::1";
  configuration.proxy.port = 2;
  result = purecloud::BasicTokensApi<Backend>(configuration).try_get_tokens_me();
  CHECK(kind_of(result) == ErrorKind::connection);
  CHECK_MESSAGE(contains(message_of(result), "cannot connect to the proxy [::1]:2;"),
                message_of(result));
}

namespace {

using purecloud::detail::ConnectionRace;
using purecloud::detail::IoStatus;
using purecloud::detail::TimeLimit;

purecloud::detail::SocketAddress address_of(int port, int family = AF_INET) {
  const Address address = loopback(family, port);
  return {address.storage, address.size};
}

TimeLimit within(milliseconds time) { return {std::chrono::steady_clock::now() + time, {}}; }

}  // namespace

TEST_CASE("a live address is reached within timeouts.connect however many dead ones stand first") {
  const MutePort mute;
  const HostileServer server({[](Peer& peer) { peer.wait_for_close(); }});
  for (const std::size_t dead : {1u, 4u, 40u}) {
    CAPTURE(dead);
    purecloud::detail::SocketAddresses addresses(dead, address_of(mute.port()));
    addresses.push_back(address_of(server.port()));
    purecloud::detail::Socket socket;
    const Stopwatch stopwatch;
    ConnectionRace race(addresses, milliseconds(1500), within(std::chrono::seconds(5)));
    CHECK(race.run(socket) == IoStatus::done);
    CHECK(stopwatch.elapsed() < milliseconds(1500));
    CHECK(stopwatch.elapsed() >= milliseconds(dead == 1 ? 240 : 0));
  }
}

TEST_CASE("an address that refuses is followed by the next at once, the last failure counts") {
  int refusing = 0;
  {
    const HostileServer gone({[](Peer&) {}});
    refusing = gone.port();
  }
  const HostileServer server({[](Peer& peer) { peer.wait_for_close(); }});
  purecloud::detail::SocketAddresses addresses(10, address_of(refusing));
  purecloud::detail::Socket socket;
  const Stopwatch stopwatch;
  CHECK(
      ConnectionRace(addresses, milliseconds(1500), within(std::chrono::seconds(5))).run(socket) ==
      IoStatus::broken);
  addresses.push_back(address_of(server.port()));
  CHECK(
      ConnectionRace(addresses, milliseconds(1500), within(std::chrono::seconds(5))).run(socket) ==
      IoStatus::done);
  CHECK(stopwatch.elapsed() < milliseconds(200));
}

TEST_CASE("addresses are tried with their families in turn") {
  const auto four = address_of(1), six = address_of(1, AF_INET6);
  std::string order;
  for (const auto& each : purecloud::detail::interleaved({six, six, six, four, four}))
    order += each.storage.ss_family == AF_INET6 ? '6' : '4';
  CHECK(order == "64646");
}

TEST_CASE_TEMPLATE("a timeout may have any length", Backend, WIRE_BACKENDS) {
  const HostileServer server({always(response(200, "{}"))});
  auto configuration = configuration_for(server);
  configuration.timeouts = {milliseconds::max(), milliseconds::max(), milliseconds::max()};
  configuration.pool.idle_for = milliseconds::max();
  const purecloud::BasicTokensApi<Backend> client(configuration);
  CHECK(client.try_get_tokens_me());
  CHECK(client.try_get_tokens_me());
  CHECK(server.connections() == 1);
}

#if defined(__linux__) && !defined(WIRE_NO_THREADS_AFTER_FORK)

namespace {

/// Whether `start`, which starts a second server at ::1 with the port of the first, could.
template <class Start>
bool starts_at_ipv6(Start start) {
  try {
    start();
    return true;
  } catch (const std::runtime_error&) {
    support::skipped_here("the server's port cannot be had on ::1");
    return false;
  }
}

}  // namespace

TEST_CASE_TEMPLATE("of a host's addresses, one that does not respond is passed over", Backend,
                   WIRE_BACKENDS) {
  const HostileServer server({always(response(200, token_info("second")))});
  std::optional<MutePort> mute;  // getaddrinfo puts ::1 first (RFC 6724)
  if (!starts_at_ipv6([&] { mute.emplace(AF_INET6, server.port()); })) return;
  const NameService names("::1 two.test\n127.0.0.1 two.test\n", "");
  auto configuration = configuration_for(server);
  configuration.base_url = "http://two.test:" + std::to_string(server.port());
  configuration.allow_plain_http = true;
  configuration.timeouts.connect = std::chrono::seconds(1);
  check_exit(Child([&] {
               if (!names.use(/*with_network=*/false)) return not_allowed;
               const purecloud::BasicTokensApi<Backend> client(configuration);
               const auto result = client.try_get_tokens_me();
               return result && name_in(*result) == "second" ? 0 : 1;
             }).wait());
}

TEST_CASE_TEMPLATE("a host that moves to another address is found there", Backend, WIRE_BACKENDS) {
  const auto once = [](const char* name) {  // the connection ends when it would be used again
    return [bytes = response(200, token_info(name))](HostileServer::Peer& peer) {
      if (peer.read_request()) peer.send(bytes);
    };
  };
  const HostileServer first({once("first")});
  std::optional<HostileServer> second;
  if (!starts_at_ipv6([&] {
        second.emplace(std::vector<Script>{once("second")}, nullptr, AF_INET6, first.port());
      }))
    return;
  const NameService names("127.0.0.1 two.test\n", "");
  auto configuration = configuration_for(first);
  configuration.base_url = "http://two.test:" + std::to_string(first.port());
  configuration.allow_plain_http = true;
  check_exit(Child([&] {
               if (!names.use(/*with_network=*/false)) return not_allowed;
               const purecloud::BasicTokensApi<Backend> client(configuration);
               const auto name = [&] {
                 const auto result = client.try_get_tokens_me();
                 return result ? name_in(*result) : message_of(result);
               };
               if (name() != "first") return 1;
               names.set_hosts("::1 two.test\n");
               const Stopwatch stopwatch;  // a look-up may be used for a second
               while (name() != "second")
                 if (stopwatch.elapsed() > std::chrono::seconds(20)) return 2;
               return 0;
             }).wait());
}

namespace {

/// For a child whose name server is this one, which does not respond. Returns the socket that gets
/// the queries; -1 if it cannot be started.
int start_mute_name_server() {
  const int mute = ::socket(AF_INET, SOCK_DGRAM, 0);
  Address address = loopback(AF_INET, 53);
  return ::bind(mute, address.generic(), address.size) == 0 ? mute : -1;
}

purecloud::Configuration somewhere() {
  purecloud::Configuration configuration;
  configuration.base_url = "https://somewhere.test";
  configuration.access_token = token;
  configuration.retry.max_attempts = 1;
  return configuration;
}

}  // namespace

TEST_CASE_TEMPLATE("calls that wait for one name share one look-up", Backend, WIRE_BACKENDS) {
  const NameService names("", "nameserver 127.0.0.1\n");
  auto configuration = somewhere();
  configuration.timeouts.total = milliseconds(20);
  check_exit(Child([&] {
               if (!names.use(/*with_network=*/true)) return not_allowed;
               if (start_mute_name_server() < 0) return 1;
               const purecloud::BasicTokensApi<Backend> client(configuration);
               const auto time_out = [&client] {
                 return kind_of(client.try_get_tokens_me()) == ErrorKind::timeout;
               };
               if (!time_out()) return 2;
               const auto threads = own_status("Threads");
               for (int i = 0; i < 50; ++i)
                 if (!time_out()) return 3;
               // a ThreadedBackend may have started its other threads
               return own_status("Threads") <= threads + 16 ? 0 : 4;
             }).wait());
}

TEST_CASE_TEMPLATE("no signal handler runs on a thread that looks up a name, nor on any other",
                   Backend, WIRE_BACKENDS) {
  const NameService names("", "nameserver 127.0.0.1\n");
  auto configuration = somewhere();
  configuration.timeouts.total = milliseconds(20);
  check_exit(Child([&] {
               if (!names.use(/*with_network=*/true)) return not_allowed;
               if (start_mute_name_server() < 0) return 1;
               const purecloud::BasicTokensApi<Backend> client(configuration);
               if (kind_of(client.try_get_tokens_me()) != ErrorKind::timeout) return 2;
               std::signal(SIGUSR1, [](int) { ::_exit(4); });
               sigset_t signals;
               sigemptyset(&signals);
               sigaddset(&signals, SIGUSR1);
               pthread_sigmask(SIG_BLOCK, &signals, nullptr);
               ::kill(::getpid(), SIGUSR1);
               int taken = 0;
               return sigwait(&signals, &taken) == 0 && taken == SIGUSR1 ? 0 : 5;
             }).wait());
}

TEST_CASE_TEMPLATE("look-ups that were left behind have a bound, and a message", Backend,
                   WIRE_BACKENDS) {
  const NameService names("", "nameserver 127.0.0.1\n");
  auto configuration = somewhere();
  configuration.timeouts.total = milliseconds(20);
  check_exit(Child([&] {
               if (!names.use(/*with_network=*/true)) return not_allowed;
               if (start_mute_name_server() < 0) return 1;
               const auto call = [&configuration] {
                 return purecloud::BasicTokensApi<Backend>(configuration).try_get_tokens_me();
               };
               auto result = call();
               // more often than 17 times where time runs out before a look-up begins
               for (int i = 0; i < 100 && kind_of(result) == ErrorKind::timeout; ++i)
                 result = call();
               if (kind_of(result) != ErrorKind::connection) return 2;
               if (!contains(message_of(result), "name server does not respond")) return 3;
               return own_status("Threads") == 17 ? 0 : 4;
             }).wait());
}

TEST_CASE_TEMPLATE("a call that is stopped while it looks up a name was not sent", Backend,
                   WIRE_BACKENDS) {
  const NameService names("", "nameserver 127.0.0.1\n");
  check_exit(Child([&] {
               if (!names.use(/*with_network=*/true)) return not_allowed;
               const int queries = start_mute_name_server();
               if (queries < 0) return 1;
               Backend backend(somewhere());
               purecloud::StopSource source;
               std::chrono::steady_clock::time_point requested;
               std::thread stopper([&] {
                 char query = 0;  // the look-up is under way once it is there
                 if (::recv(queries, &query, 1, 0) != 1) ::_exit(4);
                 requested = std::chrono::steady_clock::now();
                 source.request_stop();
               });
               const auto result = purecloud::detail::send(
                   backend, {"GET", "/", {}, {}},
                   std::chrono::steady_clock::now() + std::chrono::seconds(10), source.get_token());
               const auto ended = std::chrono::steady_clock::now();
               stopper.join();
               const auto* const failure = std::get_if<purecloud::HttpFailure>(&result);
               if (!failure || failure->kind != ErrorKind::cancelled) return 2;
               return ended - requested < milliseconds(50) ? 0 : 3;
             }).wait());
}

TEST_CASE_TEMPLATE("with a name server that does not respond a call still ends by its deadline",
                   Backend, WIRE_BACKENDS) {
  const NameService names("", "nameserver 127.0.0.1\n");
  purecloud::Configuration configuration;
  configuration.base_url = "https://somewhere.test";
  configuration.access_token = token;
  configuration.timeouts.total = milliseconds(300);
  check_exit(Child([&] {
               if (!names.use(/*with_network=*/true)) return not_allowed;
               const int mute = ::socket(AF_INET, SOCK_DGRAM, 0);
               Address address = loopback(AF_INET, 53);
               if (::bind(mute, address.generic(), address.size) != 0) return 1;
               const purecloud::BasicTokensApi<Backend> client(configuration);
               int code = 0;
               const auto time = shortest(milliseconds(550), [&] {
                 const Stopwatch stopwatch;
                 if (kind_of(client.try_get_tokens_me()) != ErrorKind::timeout) code = 2;
                 if (stopwatch.elapsed() < milliseconds(300)) code = 3;
                 return stopwatch.elapsed();
               });
               return time < milliseconds(550) ? code : 4;
             }).wait());
}

#endif
