// SPDX-License-Identifier: MIT
// A call that is stopped ends within 50 ms, wherever it is.
#include <future>
#include <memory>
#include <thread>
#include <variant>

#include "mute_port.hpp"
#include "support.hpp"

namespace {

using namespace wire;

purecloud::Deadline in(milliseconds time) { return std::chrono::steady_clock::now() + time; }

/// Sends, and requests the stop when `reached` tells that the place is reached. What the failure
/// says, after a check that it came in time.
template <class Backend>
std::string stopped(const purecloud::Configuration& configuration,
                    const purecloud::HttpRequest& request, std::future<void> reached) {
  Backend backend(configuration);
  purecloud::StopSource source;
  auto ended = std::async(std::launch::async, [&] {
    auto result =
        purecloud::detail::send(backend, request, in(std::chrono::seconds(10)), source.get_token());
    return std::make_pair(std::move(result), std::chrono::steady_clock::now());
  });
  // where nobody can tell, it is there after a moment
  if (reached.valid())
    reached.wait();
  else
    std::this_thread::sleep_for(milliseconds(100));
  const auto begin = std::chrono::steady_clock::now();
  source.request_stop();
  const auto [result, end] = ended.get();
  CHECK(std::chrono::duration_cast<milliseconds>(end - begin) < milliseconds(50));
  if (!std::holds_alternative<purecloud::HttpFailure>(result)) return "a response";
  const auto& failure = std::get<purecloud::HttpFailure>(result);
  CHECK(failure.kind == ErrorKind::cancelled);
  return failure.message;
}

const purecloud::HttpRequest get{"GET", "/", {}, {}};
const std::string before = "cancelled before the request was sent";
const std::string after = "cancelled; the request may have been carried out";

}  // namespace

TEST_CASE_TEMPLATE("a call that is stopped while it connects was not sent", Backend,
                   WIRE_BACKENDS) {
  const MutePort mute;
  purecloud::Configuration configuration;
  configuration.base_url = "http://127.0.0.1:" + std::to_string(mute.port());
  CHECK(stopped<Backend>(configuration, get, {}) == before);
}

TEST_CASE_TEMPLATE("a call that is stopped while a proxy opens its tunnel was not sent", Backend,
                   WIRE_BACKENDS) {
  std::promise<void> reached;
  const HostileServer proxy({[&](Peer& peer) {
    peer.read_request();
    reached.set_value();
    peer.wait_for_close();
  }});
  auto configuration = configuration_for(proxy);
  configuration.base_url = "https://api.example";
  configuration.proxy.host = "127.0.0.1";
  configuration.proxy.port = proxy.port();
  CHECK(stopped<Backend>(configuration, get, reached.get_future()) == before);
}

TEST_CASE_TEMPLATE("a call that is stopped while it writes may have been carried out", Backend,
                   WIRE_BACKENDS) {
  std::promise<void> reached, over;
  const HostileServer server({[&](Peer& peer) {
    peer.read_head();
    reached.set_value();
    over.get_future().wait();
  }});
  const purecloud::HttpRequest large{"PUT", "/", {}, std::string(8 * 1024 * 1024, ' ')};
  CHECK(stopped<Backend>(configuration_for(server), large, reached.get_future()) == after);
  over.set_value();
}

TEST_CASE_TEMPLATE("a call that is stopped while it waits or reads may have been carried out",
                   Backend, WIRE_BACKENDS) {
  const std::string head = "HTTP/1.1 200 OK\r\n";
  for (const std::string& sent : {std::string(), head, head + "Content-Length: 1000\r\n\r\n{}",
                                  head + "Transfer-Encoding: chunked\r\n\r\n3e8\r\n{"}) {
    for (const bool drips : {false, true}) {
      CAPTURE(sent);
      CAPTURE(drips);
      std::promise<void> reached;
      const HostileServer server({[&](Peer& peer) {
        peer.read_request();
        peer.send(sent);
        reached.set_value();
        const std::string slowly(900, 'a');
        if (drips) peer.drip(sent.empty() ? "HTTP/1.1 200 " + slowly : slowly, milliseconds(5));
        peer.wait_for_close();
      }});
      CHECK(stopped<Backend>(configuration_for(server), get, reached.get_future()) == after);
    }
  }
}

TEST_CASE_TEMPLATE("a call that was stopped before it began sends nothing", Backend,
                   WIRE_BACKENDS) {
  const HostileServer server({always(response(200, "{}"))});
  std::promise<void> reached;
  reached.set_value();
  Backend backend(configuration_for(server));
  purecloud::StopSource source;
  source.request_stop();
  const auto result =
      purecloud::detail::send(backend, get, in(std::chrono::seconds(5)), source.get_token());
  REQUIRE(std::holds_alternative<purecloud::HttpFailure>(result));
  // ThreadedBackend says so itself
  CHECK(std::get<purecloud::HttpFailure>(result).message.substr(0, 17) == before.substr(0, 17));
  CHECK(server.connections() == 0);
}

TEST_CASE_TEMPLATE("after a stop the backend's other calls go on, and its connection is not kept",
                   Backend, WIRE_BACKENDS) {
  std::promise<void> reached;
  const HostileServer server({[&](Peer& peer) {
                                peer.read_request();
                                reached.set_value();
                                peer.wait_for_close();
                              },
                              always(response(200, "{}"))});
  Backend backend(configuration_for(server));
  purecloud::StopSource source;
  auto ended = std::async(std::launch::async, [&] {
    return purecloud::detail::send(backend, get, in(std::chrono::seconds(10)), source.get_token());
  });
  reached.get_future().wait();
  CHECK(std::holds_alternative<purecloud::HttpResponse>(
      purecloud::detail::send(backend, get, in(std::chrono::seconds(5)), {})));
  source.request_stop();
  CHECK(std::holds_alternative<purecloud::HttpFailure>(ended.get()));
  CHECK(server.wait_until_ended(1));
  CHECK(std::holds_alternative<purecloud::HttpResponse>(
      purecloud::detail::send(backend, get, in(std::chrono::seconds(5)), {})));
  CHECK(server.connections() == 2);
}
