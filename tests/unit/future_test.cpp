// SPDX-License-Identifier: MIT
#include "support.hpp"

#include <purecloud/async_tokens.hpp>

#include <future>
#include <memory>
#include <random>
#include <stdexcept>
#include <thread>
#include <type_traits>

namespace {

using namespace purecloud;
using namespace std::chrono_literals;
using testing::FakeBackend;
using testing::Fault;
using Api = BasicAsyncTokensApi<FakeBackend>;

struct Cloud {
  std::shared_ptr<FakeBackend> backend = std::make_shared<FakeBackend>();
  std::string token = backend->service().issue_token();
  Api api{support::with_token(token), backend};
};

static_assert(!std::is_copy_constructible_v<Future<bool>>);
static_assert(std::is_nothrow_move_constructible_v<Future<bool>>);

}  // namespace

TEST_CASE("a call over FakeBackend has ended when the operation returns") {
  Cloud cloud;
  auto info = cloud.api.get_tokens_me();
  CHECK(info.valid());
  CHECK(info.is_ready());
  CHECK(info.wait_for(0ms));
  CHECK(info.get().organization->name == "Fake Org");
  CHECK_FALSE(info.valid());
  CHECK(cloud.api.head_tokens_me().get());
  cloud.api.delete_tokens_me().get();
  CHECK_FALSE(cloud.api.head_tokens_me().get());
}

TEST_CASE("get throws ApiException, result returns the Error") {
  Cloud cloud;
  cloud.backend->service().revoke_token(cloud.token);
  CHECK_THROWS_AS(static_cast<void>(cloud.api.get_tokens_me().get()), ApiException);
  const auto result = cloud.api.get_tokens_me().result();
  REQUIRE_FALSE(result);
  CHECK(result.error().status == 401);
  CHECK(result.attempts() == 1);
}

TEST_CASE("a refused argument is in the future, and nothing is sent") {
  Cloud cloud;
  const auto result = cloud.api.delete_token("me").result();
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::invalid_argument);
  CHECK(cloud.backend->service().requests().empty());
}

TEST_CASE("a spent, moved-from or default-constructed future says so") {
  Cloud cloud;
  Future<bool> none;
  auto spent = cloud.api.head_tokens_me();
  spent.get();
  auto moved = cloud.api.head_tokens_me();
  const auto taken = std::move(moved);
  for (Future<bool>* each : {&none, &spent, &moved}) {
    CHECK_FALSE(each->valid());
    each->cancel();
    CHECK_THROWS_AS(static_cast<void>(each->get()), std::logic_error);
    CHECK_THROWS_AS(static_cast<void>(each->result()), std::logic_error);
    CHECK_THROWS_AS(static_cast<void>(each->is_ready()), std::logic_error);
    CHECK_THROWS_AS(static_cast<void>(each->wait_for(1s)), std::logic_error);
    CHECK_THROWS_AS(static_cast<void>(each->wait_until(Deadline())), std::logic_error);
    CHECK_THROWS_AS(std::move(*each).then([](Result<bool>) {}), std::logic_error);
  }
}

TEST_CASE("a handler is called once, with the result, and destroyed after that") {
  Cloud cloud;
  for (const bool held : {false, true}) {
    CAPTURE(held);
    if (held) cloud.backend->hold();
    auto life = std::make_shared<int>(0);
    int calls = 0;
    cloud.api.get_tokens_me().then(
        [life, &calls, only_moved = std::make_unique<int>()](Result<TokenInfo> info) {
          CHECK(info.has_value());
          ++calls;
        });
    CHECK(calls == (held ? 0 : 1));
    if (held) {
      CHECK(life.use_count() == 2);
      cloud.backend->release();
    }
    CHECK(calls == 1);
    CHECK(life.use_count() == 1);
  }
}

TEST_CASE("a handler that is set in a handler runs after it") {
  Cloud cloud;
  std::string order;
  cloud.api.head_tokens_me().then([&](Result<bool>) {
    cloud.api.head_tokens_me().then([&](Result<bool>) {
      order += "3";
      cloud.api.head_tokens_me().then([&](Result<bool>) { order += "5"; });
    });
    cloud.api.head_tokens_me().then([&](Result<bool>) { order += "4"; });
    order += "1";
    order += "2";
  });
  CHECK(order == "12345");
}

TEST_CASE("a chain of a hundred thousand handlers does not grow the stack") {
  Cloud cloud;
  int left = 100'000;
  std::function<void()> next = [&] {
    if (--left > 0) cloud.api.head_tokens_me().then([&](Result<bool>) { next(); });
  };
  next();
  CHECK(left == 0);
}

TEST_CASE("a call with a thousand attempts does not grow the stack, nor take real time") {
  Cloud cloud;
  Configuration configuration = support::with_token(cloud.token);
  configuration.retry.max_attempts = 100'000;
  configuration.timeouts.total = std::chrono::hours(24 * 300);
  cloud.backend->service().fail_next(99'999, Fault::status(503));
  const auto result = Api(configuration, cloud.backend).head_tokens_me().result();
  REQUIRE(result.has_value());
  CHECK(result.attempts() == 100'000);
}

TEST_CASE("hold withholds responses, release gives them in the order of starting") {
  Cloud cloud;
  cloud.backend->hold();
  std::string order;
  auto first = cloud.api.get_tokens_me();
  auto second = cloud.api.head_tokens_me();
  CHECK(cloud.backend->service().requests().size() == 2);
  CHECK_FALSE(first.is_ready());
  CHECK_FALSE(first.wait_for(1ms));
  std::move(first).then([&](Result<TokenInfo>) { order += "1"; });
  std::move(second).then([&](Result<bool>) { order += "2"; });
  cloud.backend->release();
  CHECK(order == "12");
  CHECK(cloud.api.head_tokens_me().is_ready());
}

TEST_CASE("release times out what the service's clock has passed") {
  Cloud cloud;
  cloud.backend->hold();
  CallOptions options;
  options.deadline = 2s;
  auto late = cloud.api.head_tokens_me(options);
  auto patient = cloud.api.head_tokens_me();
  cloud.backend->service().advance(3s);
  cloud.backend->release();
  CHECK(late.result().error().kind == ErrorKind::timeout);
  CHECK(patient.get());
}

TEST_CASE(
    "a held call that is cancelled ends at once, and says that it may have been carried out") {
  Cloud cloud;
  cloud.backend->hold();
  auto future = cloud.api.delete_tokens_me();
  future.cancel();
  CHECK(future.is_ready());
  const auto error = future.result().error();
  CHECK(error.kind == ErrorKind::cancelled);
  CHECK(support::contains(error.message, "may have been carried out"));
  cloud.backend->release();
}

TEST_CASE("a stop ends the calls that were given its token, their handlers included") {
  Cloud cloud;
  cloud.backend->hold();
  StopSource stop;
  CallOptions options;
  options.stop = stop.get_token();
  int cancelled = 0;
  for (int i = 0; i < 3; ++i)
    cloud.api.head_tokens_me(options).then([&](Result<bool> result) {
      cancelled += !result.has_value() && result.error().kind == ErrorKind::cancelled;
    });
  auto other = cloud.api.head_tokens_me();
  CHECK(stop.request_stop());
  CHECK(cancelled == 3);
  CHECK_FALSE(other.is_ready());
  cloud.backend->release();
  CHECK(other.get());
}

TEST_CASE("a stop that was requested before ends a call before anything is sent") {
  Cloud cloud;
  StopSource stop;
  stop.request_stop();
  GetTokensMeOptions options;
  options.call.stop = stop.get_token();
  const auto result = cloud.api.get_tokens_me(options).result();
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::cancelled);
  CHECK(support::contains(result.error().message, "before anything was sent"));
  CHECK(result.attempts() == 0);
  CHECK(cloud.backend->service().requests().empty());

  const BasicTokensApi<FakeBackend> synchronous(support::with_token(cloud.token), cloud.backend);
  CHECK(synchronous.try_get_tokens_me(options).error().kind == ErrorKind::cancelled);
  CHECK(cloud.backend->service().requests().empty());
}

TEST_CASE("the end of the backend ends held calls, and their handlers run") {
  Cloud cloud;
  cloud.backend->hold();
  bool handled = false;
  cloud.api.head_tokens_me().then(
      [&](Result<bool> result) { handled = result.error().kind == ErrorKind::cancelled; });
  auto kept = cloud.api.get_tokens_me();
  { const Cloud gone = std::move(cloud); }
  CHECK(handled);
  CHECK(kept.result().error().kind == ErrorKind::cancelled);
}

TEST_CASE("waiting in a handler for a call that has not ended is an error, no deadlock") {
  Cloud cloud;
  cloud.backend->hold();
  auto first = cloud.api.head_tokens_me();
  auto second = cloud.api.head_tokens_me();
  bool refused = false;
  std::move(first).then([&](Result<bool>) {
    CHECK_FALSE(second.is_ready());
    try {
      static_cast<void>(second.result());
    } catch (const std::logic_error&) {
      refused = true;
    }
  });
  cloud.backend->release();
  CHECK(refused);
  CHECK(second.valid());
  CHECK(second.get());
}

TEST_CASE("get waits until another thread releases") {
  Cloud cloud;
  cloud.backend->hold();
  auto future = cloud.api.head_tokens_me();
  auto waiting = std::async(std::launch::async, [&] { return future.get(); });
  cloud.backend->release();
  CHECK(waiting.get());
}

TEST_CASE("a future that is dropped changes nothing about its call") {
  Cloud cloud;
  cloud.backend->hold();
  { auto dropped = cloud.api.delete_tokens_me(); }
  cloud.backend->release();
  CHECK_FALSE(cloud.backend->service().is_valid(cloud.token));
}

TEST_CASE("wait_for takes times of any length") {
  Cloud cloud;
  auto ready = cloud.api.head_tokens_me();
  CHECK(ready.wait_for((std::chrono::hours::max)()));
  CHECK(ready.wait_for((std::chrono::nanoseconds::max)()));
  CHECK(ready.wait_for((std::chrono::hours::min)()));
  CHECK(ready.wait_until((Deadline::max)()));
  cloud.backend->hold();
  auto held = cloud.api.head_tokens_me();
  CHECK_FALSE(held.wait_for((std::chrono::hours::min)()));
  CHECK_FALSE(held.wait_for(std::chrono::duration<double>(0.001)));
}

TEST_CASE("a wait without end lasts until the call ends") {
  Cloud cloud;
  cloud.backend->hold();
  auto future = cloud.api.head_tokens_me();
  auto waiting =
      std::async(std::launch::async, [&] { return future.wait_until((Deadline::max)()); });
  cloud.backend->release();
  CHECK(waiting.get());
}

TEST_CASE("cancel may run while another thread takes the outcome") {
  Cloud cloud;
  for (int i = 0; i < 1'000; ++i) {
    cloud.backend->hold();
    auto future = cloud.api.head_tokens_me();
    std::thread canceller([&] { future.cancel(); });
    std::thread releaser([&] { cloud.backend->release(); });
    static_cast<void>(future.result());
    CHECK_FALSE(future.valid());
    canceller.join();
    releaser.join();
  }
}

TEST_CASE("a handler may destroy the backend that release or cancel is called on") {
  for (const bool release : {true, false}) {
    CAPTURE(release);
    auto cloud = std::make_unique<Cloud>();
    FakeBackend& backend = *cloud->backend;
    backend.hold();
    int ended = 0;
    auto first = cloud->api.head_tokens_me();
    auto second = cloud->api.head_tokens_me();
    auto third = cloud->api.head_tokens_me();
    std::move(first).then([&](Result<bool>) {
      ++ended;
      cloud.reset();
    });
    std::move(third).then([&](Result<bool> result) {
      CHECK(result.error().kind == ErrorKind::cancelled);
      ++ended;
    });
    if (release)
      backend.release();
    else
      cloud.reset();
    CHECK(second.is_ready());
    CHECK(ended == 2);
  }
}

TEST_CASE("the end of the backend ends a call that waits to retry, and sends nothing more") {
  const auto service = std::make_shared<testing::FakeTokensService>();
  auto backend = std::make_shared<FakeBackend>(service);
  std::optional<Api> api(std::in_place, support::with_token(service->issue_token()), backend);
  backend->hold();
  // once its response is out, everything is held again: the wait of the second call, too
  api->head_tokens_me().then([&](Result<bool>) { backend->hold(); });
  service->fail_next(1, Fault::status(503));
  auto retried = api->head_tokens_me();
  backend->release();
  CHECK_FALSE(retried.is_ready());
  api.reset();
  backend.reset();
  REQUIRE(retried.is_ready());
  const auto result = retried.result();
  CHECK_FALSE(result.has_value());
  CHECK(service->requests().size() == 2);
}
