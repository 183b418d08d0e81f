// SPDX-License-Identifier: MIT
// Many threads on one client.
#include <atomic>
#include <future>
#include <memory>
#include <thread>

#include "support.hpp"

namespace {

using namespace wire;

constexpr std::size_t thread_count = 64;
constexpr int calls_each = 20;

template <class Work>
void on_threads(Work work) {
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < thread_count; ++i) threads.emplace_back([&work, i] { work(i); });
  for (std::thread& thread : threads) thread.join();
}

/// Responds to each bearer with itself, but every seventh request with an error.
Script echo_bearer() {
  const auto count = std::make_shared<std::atomic<int>>(0);
  return [count](Peer& peer) {
    std::string request;
    while (peer.read_request(&request)) {
      const auto begin = request.find("Bearer ") + 7;
      const std::string bearer = request.substr(begin, request.find("\r\n", begin) - begin);
      const bool fails = ++*count % 7 == 0;
      peer.send(fails ? response(500, "{}") : response(200, token_info(bearer)));
    }
  };
}

}  // namespace

TEST_CASE_TEMPLATE("64 threads on one client get their own responses over at most 64 connections",
                   Backend, WIRE_BACKENDS) {
  const HostileServer server({echo_bearer()});
  auto configuration = configuration_for(server);
  configuration.pool.max_idle = thread_count;
  const purecloud::BasicTokensApi<Backend> client(configuration);
  std::atomic<int> responded{0}, failed{0}, wrong{0};
  on_threads([&](std::size_t index) {
    const std::string bearer = "bearer-" + std::to_string(index);
    for (int i = 0; i < calls_each; ++i) {
      const auto result = client.with_access_token(bearer).try_get_tokens_me();
      if (!result)
        ++(result.error().status == 500 ? failed : wrong);
      else
        ++(name_in(*result) == bearer ? responded : wrong);
    }
  });
  const int all = static_cast<int>(thread_count) * calls_each;
  CHECK(wrong == 0);
  CHECK(failed == all / 7);
  CHECK(responded == all - all / 7);
  CHECK(server.requests().size() == static_cast<std::size_t>(all));
  CHECK(server.connections() <= thread_count);
}

TEST_CASE_TEMPLATE("connections that break under many threads harm no other call", Backend,
                   WIRE_BACKENDS) {
  const auto count = std::make_shared<std::atomic<int>>(0);
  const HostileServer server({[count](Peer& peer) {
    while (peer.read_request()) {
      const int turn = ++*count;
      if (turn % 5 == 0) return;
      if (turn % 7 == 0) return peer.reset();
      peer.send(response(200, token_info("whole")));
      if (turn % 11 == 0) return;
    }
  }});
  auto configuration = configuration_for(server);
  configuration.pool.max_idle = thread_count;
  configuration.retry.max_attempts = 20;
  configuration.retry.base_delay = milliseconds(1);
  configuration.retry.max_delay = milliseconds(1);
  const purecloud::BasicTokensApi<Backend> client(configuration);
  std::atomic<int> wrong{0};
  on_threads([&](std::size_t) {
    for (int i = 0; i < calls_each; ++i) {
      const auto result = client.try_get_tokens_me();
      if (!result || name_in(*result) != "whole") ++wrong;
    }
  });
  CHECK(wrong == 0);
}

TEST_CASE_TEMPLATE("no more than max_idle connections are kept", Backend, WIRE_BACKENDS) {
  std::atomic<std::size_t> arrived{0};
  std::promise<void> all_arrived;
  const std::shared_future<void> released = all_arrived.get_future().share();
  const HostileServer server({[&](Peer& peer) {
    while (peer.read_request()) {
      if (++arrived == thread_count) all_arrived.set_value();
      released.wait();  // so that each call needs a connection of its own
      peer.send(response(200, "{}"));
    }
  }});
  auto configuration = configuration_for(server);
  configuration.pool.max_idle = 4;
  configuration.pool.max_connections = thread_count;
  const purecloud::BasicTokensApi<Backend> client(configuration);
  on_threads([&](std::size_t) { (void)client.try_get_tokens_me(); });
  CHECK(server.connections() == thread_count);
  CHECK(server.wait_until_ended(thread_count - 4));
  CHECK(client.try_get_tokens_me());
  CHECK(server.connections() == thread_count);
}

TEST_CASE_TEMPLATE("connections that are idle for idle_for are closed", Backend, WIRE_BACKENDS) {
  const HostileServer server({echo_bearer()});
  auto configuration = configuration_for(server);
  configuration.pool.max_idle = thread_count;
  configuration.pool.idle_for = milliseconds(100);
  const purecloud::BasicTokensApi<Backend> client(configuration);
  (void)client.try_get_tokens_me();  // the first of them waits when the others come
  on_threads([&](std::size_t) { (void)client.try_get_tokens_me(); });
  const Stopwatch stopwatch;
  CHECK(server.wait_until_ended(server.connections()));
  CHECK(stopwatch.elapsed() < milliseconds(1000));
}

TEST_CASE_TEMPLATE("a connection is idle from its last use on", Backend, WIRE_BACKENDS) {
  const HostileServer server({always(response(200, "{}"))});
  auto configuration = configuration_for(server);
  configuration.pool.idle_for = milliseconds(200);
  const purecloud::BasicTokensApi<Backend> client(configuration);
  const Stopwatch stopwatch;
  Stopwatch last_use;
  while (stopwatch.elapsed() < milliseconds(500)) {
    last_use = Stopwatch();
    REQUIRE(client.try_get_tokens_me());
  }
  CHECK(server.connections() == 1);
  CHECK(server.wait_until_ended(1));
  CHECK(last_use.elapsed() >= milliseconds(195));
}

TEST_CASE_TEMPLATE("a pool of size zero keeps no connection", Backend, WIRE_BACKENDS) {
  const HostileServer server({always(response(200, "{}"))});
  auto configuration = configuration_for(server);
  configuration.pool.max_idle = 0;
  const purecloud::BasicTokensApi<Backend> client(configuration);
  CHECK(client.try_get_tokens_me());
  CHECK(client.try_get_tokens_me());
  CHECK(server.connections() == 2);
  CHECK(server.wait_until_ended(2));
}

TEST_CASE_TEMPLATE("clients may be copied, moved and destroyed while others call", Backend,
                   WIRE_BACKENDS) {
  const HostileServer server({echo_bearer()});
  auto client = std::make_unique<purecloud::BasicTokensApi<Backend>>(configuration_for(server));
  std::vector<std::thread> threads;
  std::atomic<int> wrong{0};
  for (std::size_t i = 0; i < thread_count; ++i) {
    threads.emplace_back([copy = *client, &wrong]() mutable {
      for (int call = 0; call < calls_each; ++call) {
        auto other = copy.with_access_token("b" + std::to_string(call));
        auto moved = std::move(copy);
        copy = moved;
        const auto result = other.try_get_tokens_me();
        if (!result && result.error().status != 500) ++wrong;
      }
    });
  }
  client.reset();
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
  CHECK(server.wait_until_ended(server.connections()));  // the last client closes all
}

TEST_CASE_TEMPLATE("backends come and go without leaving a connection or a thread", Backend,
                   WIRE_BACKENDS) {
  const HostileServer server({always(response(200, "{}"))});
  for (int i = 0; i < 50; ++i) CHECK(client_of<Backend>(server).try_get_tokens_me());
  CHECK(server.wait_until_ended(50));
}
