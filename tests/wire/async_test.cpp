// SPDX-License-Identifier: MIT
// What holds for asynchronous clients over real connections.
#include "../can_run.hpp"
#include "support.hpp"

#include <atomic>
#include <cstdlib>
#include <future>
#include <memory>
#include <optional>
#include <random>
#include <thread>
#include <vector>

#if !defined(_WIN32)
#include <sys/resource.h>
#endif

#include "child.hpp"
#include "slow_server.hpp"

namespace {

using namespace wire;
using purecloud::BasicAsyncTokensApi;
#if defined(PURECLOUD_TOKENS_TEST_CURL)
using purecloud::CurlMultiBackend;
#endif
using purecloud::Future;
using purecloud::HttplibBackend;
using purecloud::Result;
using purecloud::ThreadedBackend;
using std::chrono::milliseconds;
using std::chrono::seconds;

#if defined(PURECLOUD_TOKENS_TEST_CURL)
#define ASYNC_BACKENDS ThreadedBackend<HttplibBackend>, CurlMultiBackend
#else
#define ASYNC_BACKENDS ThreadedBackend<HttplibBackend>
#endif

/// Lets time pass on this thread. A yield takes as long as the other processes of the machine like.
void spend(std::chrono::microseconds time) {
  const auto end = std::chrono::steady_clock::now() + time;
  while (std::chrono::steady_clock::now() < end) {
  }
}

/// Responds when it is told to.
class Gate {
 public:
  Script script() {
    return [this](Peer& peer) {
      while (peer.read_request()) {
        ++arrived;
        opened_.wait();
        peer.send(response(200, "{}"));
      }
    };
  }
  void open() {
    if (!open_.exchange(true)) opener_.set_value();
  }
  ~Gate() { open(); }

  std::atomic<int> arrived{0};

 private:
  std::promise<void> opener_;
  std::shared_future<void> opened_ = opener_.get_future().share();
  std::atomic<bool> open_{false};
};

}  // namespace

TEST_CASE_TEMPLATE("a thousand calls at once succeed over pool.max_connections connections",
                   Backend, ASYNC_BACKENDS) {
  const HostileServer server({always(response(200, token_info("whole")))});
  auto configuration = configuration_for(server);
  configuration.pool.max_connections = 8;
  const BasicAsyncTokensApi<Backend> client(configuration);
  std::vector<Future<purecloud::TokenInfo>> calls;
  for (int i = 0; i < 1'000; ++i) calls.push_back(client.get_tokens_me());
  for (auto& call : calls) CHECK(name_in(call.get()) == "whole");
  CHECK(server.connections() <= 8);
}

TEST_CASE_TEMPLATE("while a call waits for a connection, timeouts.attempt does not count", Backend,
                   ASYNC_BACKENDS) {
  const SlowServer server(milliseconds(500), response(200, token_info("whole")));
  auto configuration = configuration_for(server);
  configuration.timeouts.connect = configuration.timeouts.attempt = milliseconds(1'900);
  configuration.retry.max_attempts = 1;
  configuration.pool.max_connections = 4;
  const BasicAsyncTokensApi<Backend> client(configuration);
  std::vector<Future<purecloud::TokenInfo>> calls;
  for (int i = 0; i < 20; ++i) calls.push_back(client.get_tokens_me());
  for (auto& call : calls) {
    const auto result = call.result();
    CHECK_MESSAGE(result, message_of(result));
  }
  CHECK(server.connections() == 4);
}

#if defined(PURECLOUD_TOKENS_TEST_CURL)

namespace {

#if defined(_WIN32)

struct OpenFiles {
  explicit OpenFiles(std::size_t) {}
  bool enough() const { return true; }
};

#else

/// Allows this process so many open files while it lives.
class OpenFiles {
 public:
  explicit OpenFiles(rlim_t count) {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    rlimit more = before_;
    more.rlim_cur = (std::max)(before_.rlim_cur, count);
    enough_ = ::setrlimit(RLIMIT_NOFILE, &more) == 0;
  }
  ~OpenFiles() { ::setrlimit(RLIMIT_NOFILE, &before_); }
  OpenFiles(const OpenFiles&) = delete;
  OpenFiles& operator=(const OpenFiles&) = delete;

  bool enough() const { return enough_; }

 private:
  rlimit before_{};
  bool enough_ = false;
};

#endif

}  // namespace

TEST_CASE("ten thousand calls of half a second, over a thousand connections, need one thread") {
  constexpr std::size_t connections = 1'000;
  const OpenFiles files(2 * connections + 100);
  if (!files.enough()) {
    support::skipped_here("this process may not open so many files");
    return;
  }
  const SlowServer server(milliseconds(500), response(200, token_info("whole")));
  auto configuration = configuration_for(server);
  configuration.timeouts.total = seconds(120);
  configuration.pool.max_connections = configuration.pool.max_idle = connections;
  const int threads_before = own_status("Threads");
  const purecloud::CurlAsyncTokensApi client(configuration);
  std::vector<Future<purecloud::TokenInfo>> calls;
  for (int i = 0; i < 10'000; ++i) calls.push_back(client.get_tokens_me());
  CHECK(own_status("Threads") <= threads_before + 1);
  int succeeded = 0;
  for (auto& call : calls) succeeded += call.result().has_value() ? 1 : 0;
  CHECK(succeeded == 10'000);
  CHECK(server.connections() == connections);
}

#endif

TEST_CASE_TEMPLATE("a call that never gets a connection says that it waited for one", Backend,
                   ASYNC_BACKENDS) {
  Gate gate;
  const HostileServer server({gate.script()});
  auto configuration = configuration_for(server);
  configuration.pool.max_connections = 1;
  const BasicAsyncTokensApi<Backend> client(configuration);
  auto first = client.head_tokens_me();
  while (gate.arrived == 0) std::this_thread::yield();
  purecloud::CallOptions hurried;
  hurried.deadline = milliseconds(50);
  const auto result = client.head_tokens_me(hurried).result();
  CHECK(kind_of(result) == ErrorKind::timeout);
  CHECK_MESSAGE(contains(message_of(result), "waited for one of the 1 connections"),
                message_of(result));
  gate.open();
  CHECK(first.result().has_value());
}

TEST_CASE_TEMPLATE("the end of the client ends a thousand calls, each handler runs once", Backend,
                   ASYNC_BACKENDS) {
  Gate gate;
  const HostileServer server({gate.script()});
  auto client = std::make_unique<BasicAsyncTokensApi<Backend>>(configuration_for(server));
  std::atomic<int> cancelled{0}, others{0};
  for (int i = 0; i < 1'000; ++i)
    client->head_tokens_me().then([&](Result<bool> result) {
      ++(kind_of(result) == ErrorKind::cancelled ? cancelled : others);
    });
  while (gate.arrived == 0) std::this_thread::yield();
  const Stopwatch stopwatch;
  client.reset();
  CHECK(stopwatch.elapsed() < milliseconds(2000));
  gate.open();
  CHECK(cancelled == 1'000);
  CHECK(others == 0);
}

TEST_CASE_TEMPLATE("a handler may let go of the last reference to its own backend", Backend,
                   ASYNC_BACKENDS) {
  const HostileServer server({always(response(200, "{}"))});
  auto client = std::make_shared<BasicAsyncTokensApi<Backend>>(configuration_for(server));
  std::promise<void> first_ended, second_ended;
  auto& started = *client;
  started.head_tokens_me().then([&, client = std::move(client)](Result<bool> result) mutable {
    CHECK(result.has_value());
    const auto last = std::move(client);
    last->head_tokens_me().then([&](Result<bool>) { second_ended.set_value(); });
    first_ended.set_value();
  });
  first_ended.get_future().wait();
  second_ended.get_future().wait();
}

TEST_CASE_TEMPLATE("cancelled at any time a call ends exactly once, over real connections", Backend,
                   ASYNC_BACKENDS) {
  const auto seed = std::random_device{}();
  MESSAGE("seed: " << seed);
  std::mt19937 random(seed);
  const HostileServer server({always(response(200, "{}"))});
  auto client = std::make_unique<BasicAsyncTokensApi<Backend>>(configuration_for(server));
  std::atomic<int> ended{0};
  constexpr int calls = 2'000;
  std::vector<Future<bool>> dropped_later;
  for (int i = 0; i < calls; ++i) {
    purecloud::StopSource stop;
    purecloud::CallOptions options;
    options.stop = stop.get_token();
    auto call = client->head_tokens_me(options);
    spend(std::chrono::microseconds(random() % 100));
    switch (random() % 5) {
      case 0: call.cancel(); [[fallthrough]];
      case 1: std::move(call).then([&](Result<bool>) { ++ended; }); break;
      case 2: stop.request_stop(); [[fallthrough]];
      case 3:
        static_cast<void>(call.result());
        ++ended;
        break;
      default: call.cancel(); dropped_later.push_back(std::move(call));
    }
  }
  for (auto& call : dropped_later) {
    static_cast<void>(call.result());
    ++ended;
  }
  client.reset();
  CHECK(ended == calls);
}

TEST_CASE_TEMPLATE("a thousand calls with an expired token get one new token", Backend,
                   ASYNC_BACKENDS) {
  purecloud::testing::FakeTokensServer cloud;
  purecloud::testing::FakeClient registered;
  registered.lifetime = seconds(1000);
  purecloud::Configuration configuration;
  configuration.base_url = configuration.login_url = cloud.base_url();
  configuration.client_credentials = cloud.service().register_client(registered);
  const BasicAsyncTokensApi<Backend> client(configuration);
  for (int lifetime = 0; lifetime < 3; ++lifetime) {
    cloud.service().clear_requests();
    std::vector<Future<purecloud::TokenInfo>> calls;
    for (int i = 0; i < 1'000; ++i) calls.push_back(client.get_tokens_me());
    calls[0].cancel();
    for (std::size_t i = 1; i < calls.size(); ++i) CHECK(calls[i].result());
    int logins = 0;
    for (const auto& request : cloud.service().requests())
      logins += contains(request.target, "/oauth/token");
    CHECK(logins == 1);
    cloud.service().advance(std::chrono::hours(9));
  }
}

TEST_CASE_TEMPLATE("calls that outlive their client end with it its login host's backend", Backend,
                   ASYNC_BACKENDS) {
  const HostileServer server({always(response(200, "{}"))});
  const HostileServer login({always(response(200, R"({"access_token":"granted"})"))});
  auto configuration = configuration_for(server);
  configuration.access_token = {};
  configuration.client_credentials = {"an-id", "a-secret"};
  configuration.login_url = "http://127.0.0.1:" + std::to_string(login.port());
  const auto backend = std::make_shared<Backend>(configuration);
  for (int round = 0; round < 100; ++round) {
    Future<bool> call;
    {
      const BasicAsyncTokensApi<Backend> client(configuration, backend);
      call = client.head_tokens_me();
    }
    const auto result = call.result();
    CHECK_MESSAGE(result.has_value(), message_of(result));
  }
  CHECK(login.requests().size() == 100);
}

TEST_CASE_TEMPLATE("cancelled while they wait for a token calls end once, and the others get it",
                   Backend, ASYNC_BACKENDS) {
  const auto seed = std::random_device{}();
  MESSAGE("seed: " << seed);
  std::mt19937 random(seed);
  const HostileServer server({always(response(200, "{}"))});
  const HostileServer login({always(response(200, R"({"access_token":"granted"})"))});
  auto configuration = configuration_for(server);
  configuration.access_token = {};
  configuration.client_credentials = {"an-id", "a-secret"};
  configuration.login_url = "http://127.0.0.1:" + std::to_string(login.port());
  constexpr int rounds = 30, calls = 20;
  for (int round = 0; round < rounds; ++round) {
    auto client = std::make_unique<BasicAsyncTokensApi<Backend>>(configuration);
    std::atomic<int> succeeded{0}, cancelled{0}, others{0};
    int spared = 0;
    const auto count = [&](Result<bool> result) {
      const auto kind = kind_of(result);
      ++(!kind ? succeeded : kind == ErrorKind::cancelled ? cancelled : others);
    };
    std::vector<Future<bool>> waited_for;
    purecloud::StopSource stop;
    for (int i = 0; i < calls; ++i) {
      purecloud::CallOptions options;
      const auto fate = random() % 3;
      if (fate == 0) options.stop = stop.get_token();
      auto call = client->head_tokens_me(options);
      spend(std::chrono::microseconds(random() % 25));
      if (fate == 1) call.cancel();
      if (fate == 2) ++spared;
      if (random() % 2 == 0)
        std::move(call).then(count);
      else
        waited_for.push_back(std::move(call));
    }
    stop.request_stop();
    const bool all_at_once = random() % 2 == 0;
    if (all_at_once) client.reset();
    for (auto& call : waited_for) count(call.result());
    while (succeeded + cancelled + others < calls) std::this_thread::yield();
    client.reset();
    CHECK(others == 0);
    CHECK(succeeded + cancelled == calls);
    if (!all_at_once) CHECK(succeeded >= spared);
  }
  CHECK(login.requests().size() <= rounds);
}

TEST_CASE_TEMPLATE("a request whose stop comes while it is handed over ends soon", Backend,
                   ASYNC_BACKENDS) {
  Gate gate;
  const HostileServer server({gate.script()});
  auto configuration = configuration_for(server);
  configuration.timeouts.attempt = seconds(100);
  Backend backend(configuration);
  purecloud::StopSource never;
  // the thread is there, and waits
  std::promise<void> first_ended;
  backend.start({"GET", "/", {}, {}}, std::chrono::steady_clock::now() + seconds(100),
                never.get_token(), [&](purecloud::HttpResult) { first_ended.set_value(); });
  while (gate.arrived == 0) std::this_thread::yield();
  for (int i = 0; i < 1'000; ++i) {
    purecloud::StopSource stop;
    stop.request_stop();
    const auto ended = std::make_shared<std::promise<void>>();
    const auto end = [ended] { ended->set_value(); };
    const auto until = std::chrono::steady_clock::now() + seconds(100);
    if (i % 2 == 0)
      backend.start({"GET", "/", {}, {}}, until, stop.get_token(),
                    [end](purecloud::HttpResult) { end(); });
    else
      backend.call_at(until, stop.get_token(), end);
    REQUIRE(ended->get_future().wait_for(seconds(20)) == std::future_status::ready);
  }
  gate.open();
  first_ended.get_future().wait();
}

TEST_CASE_TEMPLATE("calls that are about to retry when their client goes end with it", Backend,
                   ASYNC_BACKENDS) {
  const HostileServer server({always(response(503, "{}"))});
  for (int round = 0; round < 50; ++round) {
    auto configuration = configuration_for(server);
    configuration.retry.max_attempts = 1'000'000;
    configuration.retry.base_delay = configuration.retry.max_delay = milliseconds(1);
    std::atomic<int> attempts{0}, cancelled{0};
    configuration.observer = [&](const purecloud::AttemptEvent&) { ++attempts; };
    auto client = std::make_unique<BasicAsyncTokensApi<Backend>>(configuration);
    constexpr int calls = 40;
    for (int i = 0; i < calls; ++i)
      client->head_tokens_me().then(
          [&](Result<bool> result) { cancelled += kind_of(result) == ErrorKind::cancelled; });
    while (attempts < calls) std::this_thread::yield();
    if (round % 2 == 0) {
      client.reset();
    } else {
      std::promise<void> ended;
      purecloud::CallOptions soon;
      soon.deadline = milliseconds(20);
      auto last = client->head_tokens_me(soon);
      std::move(last).then([&](Result<bool>) {
        client.reset();
        ended.set_value();
      });
      ended.get_future().wait();
      while (cancelled < calls) std::this_thread::yield();
    }
    CHECK(cancelled == calls);
  }
}

#if defined(__linux__)

// for the test below it, in a process of its own: it ends the process
TEST_CASE_TEMPLATE("the process ends with calls in flight" * doctest::skip(), Backend,
                   ASYNC_BACKENDS) {
  Gate gate;
  const HostileServer server({gate.script()});
  static std::atomic<int> ended{0};
  static std::optional<BasicAsyncTokensApi<Backend>> client;
  client.emplace(configuration_for(server));
  for (int i = 0; i < 100; ++i) client->head_tokens_me().then([](Result<bool>) { ++ended; });
  std::exit(ended_well);
}

TEST_CASE_TEMPLATE("a static client with calls in flight ends with the program", Backend,
                   ASYNC_BACKENDS) {
  check_alone<Backend>("the process ends with calls in flight");
}

#endif

#if !defined(_WIN32)

TEST_CASE_TEMPLATE("a forked child with calls in flight may destroy its client, and runs nothing",
                   Backend, ASYNC_BACKENDS) {
  Gate gate;
  const HostileServer server({gate.script()});
  auto client = std::make_unique<BasicAsyncTokensApi<Backend>>(configuration_for(server));
  std::atomic<int> ended{0};
  for (int i = 0; i < 20; ++i) client->head_tokens_me().then([&](Result<bool>) { ++ended; });
  while (gate.arrived == 0) std::this_thread::yield();
  const Child child([&] {
    client.reset();
    return ended == 0 ? 0 : 1;
  });
  CHECK(child.wait() == 0);
  gate.open();
  client.reset();
  CHECK(ended == 20);
}

#endif
