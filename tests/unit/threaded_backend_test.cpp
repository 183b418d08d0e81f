// SPDX-License-Identifier: MIT
#include "support.hpp"

#include <purecloud/async_tokens.hpp>

#include <atomic>
#include <condition_variable>
#include <future>
#include <memory>
#include <mutex>
#include <random>
#include <set>
#include <thread>

namespace {

using namespace purecloud;
using namespace std::chrono_literals;

/// Holds every request until it is released, or stopped where it takes a stop token.
class Gate {
 public:
  HttpResult send(const HttpRequest&, Deadline deadline) { return pass(deadline, StopToken()); }

  void open() {
    const std::lock_guard<std::mutex> lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

  void wait_for(int inside) {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [&] { return inside_ == inside; });
  }

  std::set<std::thread::id> threads() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return threads_;
  }

 protected:
  HttpResult pass(Deadline deadline, const StopToken& stop) {
    const StopCallback wake(stop, [this] {
      const std::lock_guard<std::mutex> lock(mutex_);
      changed_.notify_all();
    });
    std::unique_lock<std::mutex> lock(mutex_);
    ++inside_;
    threads_.insert(std::this_thread::get_id());
    changed_.notify_all();
    const bool over =
        changed_.wait_until(lock, deadline, [&] { return open_ || stop.stop_requested(); });
    --inside_;
    changed_.notify_all();
    if (!over) return HttpFailure{ErrorKind::timeout, "no response in time"};
    if (!open_) return HttpFailure{ErrorKind::cancelled, "cancelled in send"};
    return HttpResponse{200, {}, "{}"};
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
  int inside_ = 0;
  std::set<std::thread::id> threads_;
};

struct DeafGate : Gate {};

struct HeedingGate : Gate {
  HttpResult send(const HttpRequest&, Deadline deadline, const StopToken& stop) {
    return pass(deadline, stop);
  }
};

template <class Backend>
struct Client {
  explicit Client(std::size_t threads = 2) {
    configuration.pool.max_connections = threads;
    backend = std::make_shared<ThreadedBackend<Backend>>(configuration, gate);
    api.emplace(configuration, backend);
  }
  ~Client() {
    gate->open();  // or the destructor would wait for its deadline
  }

  std::shared_ptr<Backend> gate = std::make_shared<Backend>();
  Configuration configuration = support::with_token("a-token");
  std::shared_ptr<ThreadedBackend<Backend>> backend;
  std::optional<BasicAsyncTokensApi<ThreadedBackend<Backend>>> api;
};

}  // namespace

TEST_CASE("requests are carried out on at most pool.max_connections threads") {
  Client<HeedingGate> client(3);
  std::vector<Future<TokenInfo>> calls;
  for (int i = 0; i < 20; ++i) calls.push_back(client.api->get_tokens_me());
  client.gate->wait_for(3);
  client.gate->open();
  for (auto& call : calls) CHECK(call.result());
  CHECK(client.gate->threads().size() == 3);
  CHECK(client.gate->threads().count(std::this_thread::get_id()) == 0);
}

TEST_CASE("a call that runs out of time in the queue says that it waited for a connection") {
  Client<HeedingGate> client(1);
  const auto blocks = client.api->get_tokens_me();
  client.gate->wait_for(1);
  CallOptions options;
  options.deadline = 20ms;
  const auto result = client.api->head_tokens_me(options).result();
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().kind == ErrorKind::timeout);
  CHECK(support::contains(result.error().message, "waited for one of the 1 connections"));
}

TEST_CASE("the time for an attempt begins when a request has its thread") {
  Client<HeedingGate> client(1);
  client.configuration.timeouts.attempt = 30ms;
  client.configuration.retry.max_attempts = 1;
  client.backend =
      std::make_shared<ThreadedBackend<HeedingGate>>(client.configuration, client.gate);
  client.api.emplace(client.configuration, client.backend);
  // each takes the time of an attempt, and so the last waits for longer than that
  auto first = client.api->head_tokens_me();
  auto second = client.api->head_tokens_me();
  auto third = client.api->head_tokens_me();
  for (auto* call : {&first, &second, &third}) {
    const auto result = call->result();
    REQUIRE_FALSE(result.has_value());
    CHECK(support::contains(result.error().message, "no response in time"));
  }
}

TEST_CASE("cancelling ends a call that waits for a thread, and one that is in send") {
  Client<HeedingGate> client(1);
  auto in_send = client.api->get_tokens_me();
  client.gate->wait_for(1);
  auto queued = client.api->get_tokens_me();
  queued.cancel();
  const auto not_sent = queued.result();
  REQUIRE_FALSE(not_sent);
  CHECK(not_sent.error().kind == ErrorKind::cancelled);
  CHECK(support::contains(not_sent.error().message, "before the request was sent"));
  in_send.cancel();
  in_send.cancel();
  CHECK(in_send.result().error().kind == ErrorKind::cancelled);
}

TEST_CASE("over a backend that knows no stop a cancelled call ends at once") {
  Client<DeafGate> client(1);
  auto call = client.api->get_tokens_me();
  client.gate->wait_for(1);
  call.cancel();
  const auto result = call.result();
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::cancelled);
  CHECK(support::contains(result.error().message, "may have been carried out"));
}

TEST_CASE("the end of the backend ends a thousand calls, and runs each handler once") {
  std::atomic<int> cancelled{0};
  {
    Client<HeedingGate> client(4);
    for (int i = 0; i < 1'000; ++i)
      client.api->get_tokens_me().then([&](Result<TokenInfo> result) {
        cancelled += !result && result.error().kind == ErrorKind::cancelled;
      });
    client.gate->wait_for(4);
    client.api.reset();
    client.backend.reset();
    CHECK(cancelled == 1'000);
  }
}

TEST_CASE("a handler may destroy the client, and start calls that end with it") {
  std::promise<void> all_ended;
  {
    auto client = std::make_unique<Client<HeedingGate>>(1);
    auto* const raw = client.get();
    raw->gate->open();
    auto api = std::make_shared<BasicAsyncTokensApi<ThreadedBackend<HeedingGate>>>(
        raw->configuration, std::move(raw->backend));
    raw->api.reset();
    auto& head = *api;
    head.head_tokens_me().then([api = std::move(api), &all_ended](Result<bool> result) mutable {
      CHECK(result.has_value());
      auto last = std::move(api);
      last->head_tokens_me().then([&all_ended](Result<bool>) { all_ended.set_value(); });
      last.reset();  // the backend's own thread: returns at once
    });
  }
  all_ended.get_future().wait();
}

TEST_CASE("waiting in a handler for a call of the same backend is an error, no deadlock") {
  Client<HeedingGate> client(2);
  auto blocked = client.api->get_tokens_me();
  client.gate->wait_for(1);
  std::promise<bool> refused;
  CallOptions soon;
  soon.deadline = 10ms;
  client.api->head_tokens_me(soon).then([&](Result<bool>) {
    try {
      static_cast<void>(blocked.result());
      refused.set_value(false);
    } catch (const std::logic_error&) {
      refused.set_value(true);
    }
  });
  CHECK(refused.get_future().get());
}

TEST_CASE("cancelled at any time, a call ends exactly once") {
  const auto seed = std::random_device{}();
  MESSAGE("seed: " << seed);
  std::mt19937 random(seed);
  Client<HeedingGate> client(2);
  client.gate->open();
  std::atomic<int> ended{0};
  constexpr int calls = 10'000;
  for (int i = 0; i < calls; ++i) {
    StopSource stop;
    CallOptions options;
    options.stop = stop.get_token();
    std::thread canceller;
    if (i % 16 == 0) canceller = std::thread([stop]() mutable { stop.request_stop(); });
    auto future = client.api->head_tokens_me(options);
    switch (random() % 4) {
      case 0: std::move(future).then([&](Result<bool>) { ++ended; }); break;
      case 1:
        future.cancel();
        std::move(future).then([&](Result<bool>) { ++ended; });
        break;
      case 2:
        stop.request_stop();
        static_cast<void>(future.result());
        ++ended;
        break;
      default: static_cast<void>(future.result()); ++ended;
    }
    if (canceller.joinable()) canceller.join();
  }
  client.api.reset();
  client.backend.reset();
  CHECK(ended == calls);
}

TEST_CASE("a call that waits to retry ends with its backend, and may be cancelled after that") {
  struct Unavailable {
    HttpResult send(const HttpRequest&, Deadline) { return HttpResponse{503, {}, {}}; }
  };
  auto configuration = support::with_token("a-token");
  std::promise<void> attempted;
  configuration.observer = [&](const AttemptEvent&) { attempted.set_value(); };
  configuration.retry.base_delay = configuration.retry.max_delay = std::chrono::hours(1);
  configuration.timeouts.total = std::chrono::hours(300);
  using Backend = ThreadedBackend<Unavailable>;
  auto backend = std::make_shared<Backend>(configuration, std::make_shared<Unavailable>());
  auto call = BasicAsyncTokensApi<Backend>(configuration, backend).head_tokens_me();
  attempted.get_future().wait();
  backend.reset();
  REQUIRE(call.is_ready());
  call.cancel();
  CHECK(call.result().error().kind == ErrorKind::cancelled);
}

TEST_CASE("calls that wait to retry when a handler destroys their backend end with it") {
  struct Unavailable {
    HttpResult send(const HttpRequest& request, Deadline) {
      return HttpResponse{request.method == "HEAD" ? 200 : 503, {}, {}};
    }
  };
  constexpr int calls = 100;
  auto configuration = support::with_token("a-token");
  std::atomic<int> attempts{0}, cancelled{0};
  std::promise<void> all_attempted, all_ended;
  configuration.observer = [&](const AttemptEvent& event) {
    if (event.method == "GET" && ++attempts == calls) all_attempted.set_value();
  };
  configuration.retry.base_delay = configuration.retry.max_delay = std::chrono::hours(1);
  configuration.timeouts.total = std::chrono::hours(300);
  using Backend = ThreadedBackend<Unavailable>;
  auto client = std::make_unique<BasicAsyncTokensApi<Backend>>(
      configuration, std::make_shared<Backend>(configuration, std::make_shared<Unavailable>()));
  for (int i = 0; i < calls; ++i)
    client->get_tokens_me().then([&](Result<TokenInfo> result) {
      CHECK(result.error().kind == ErrorKind::cancelled);
      if (++cancelled == calls) all_ended.set_value();
    });
  all_attempted.get_future().wait();
  client->head_tokens_me().then([&](Result<bool>) { client.reset(); });
  all_ended.get_future().wait();
}
