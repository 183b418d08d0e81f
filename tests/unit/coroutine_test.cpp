// SPDX-License-Identifier: MIT
// Calls that coroutines wait for; as C++17 this file is empty.
#include "support.hpp"

#include <purecloud/async_tokens.hpp>

#if defined(__cpp_impl_coroutine) && defined(__cpp_lib_coroutine)

#include <coroutine>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace {

using namespace purecloud;
using testing::FakeBackend;
using testing::Fault;
using Api = BasicAsyncTokensApi<FakeBackend>;

/// A coroutine that starts at once, and is destroyed with this.
class [[nodiscard]] Task {
 public:
  struct promise_type {
    Task get_return_object() {
      return Task(std::coroutine_handle<promise_type>::from_promise(*this));
    }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { exception = std::current_exception(); }
    std::exception_ptr exception;
  };

  explicit Task(std::coroutine_handle<promise_type> coroutine) : coroutine_(coroutine) {}
  Task(Task&& other) noexcept : coroutine_(std::exchange(other.coroutine_, nullptr)) {}
  ~Task() {
    if (coroutine_) coroutine_.destroy();
  }
  Task& operator=(Task&&) = delete;

  bool done() const { return coroutine_.done(); }

  /// Throws what the coroutine threw. It must have ended.
  void get() const {
    REQUIRE(done());
    if (coroutine_.promise().exception) std::rethrow_exception(coroutine_.promise().exception);
  }

 private:
  std::coroutine_handle<promise_type> coroutine_;
};

testing::TokenGrant administrator() {
  testing::TokenGrant grant;
  grant.permissions = {"oauth:token:delete", "directory:organization:admin"};
  return grant;
}

struct Cloud {
  Cloud() {
    testing::TokenGrant grant;
    grant.user_id = "someone";
    static_cast<void>(backend->service().issue_token(grant));
  }

  std::shared_ptr<FakeBackend> backend = std::make_shared<FakeBackend>();
  std::string token = backend->service().issue_token(administrator());
  Api api{support::with_token(token), backend};
};

/// A value that is alive while a coroutine's frame is.
struct Marker {
  explicit Marker(bool& alive) : alive_(alive) { alive_ = true; }
  ~Marker() { alive_ = false; }
  Marker(const Marker&) = delete;
  Marker& operator=(const Marker&) = delete;
  bool& alive_;
};

template <class Awaited, class = void>
constexpr bool can_be_awaited = false;
template <class Awaited>
constexpr bool
    can_be_awaited<Awaited, std::void_t<decltype(operator co_await(std::declval<Awaited>()))>> =
        true;

static_assert(can_be_awaited<Future<bool>> && can_be_awaited<FutureResult<void>>);
static_assert(!can_be_awaited<Future<bool>&> && !can_be_awaited<const Future<bool>&>,
              "co_await spends the future: that of a name requires std::move");

Task every_operation(Api api) {
  CHECK((co_await api.get_tokens_me()).organization->name == "Fake Org");
  CHECK(co_await api.head_tokens_me());
  const IdleTokenTimeout timeout = co_await api.get_tokens_timeout();
  CHECK(timeout.idle_token_timeout_seconds.has_value());
  IdleTokenTimeout longer = timeout;
  longer.idle_token_timeout_seconds = 1800;
  CHECK((co_await api.put_tokens_timeout(longer)).idle_token_timeout_seconds == 1800);
  co_await api.delete_token("someone");
  co_await api.delete_tokens_me();
  CHECK_FALSE(co_await api.head_tokens_me());
}

Task expect_me(Api api, std::optional<Result<TokenInfo>>& result, bool& alive) {
  const Marker marker(alive);
  result = co_await api.get_tokens_me().as_result();
}

Task get_me(Api api) { static_cast<void>(co_await api.get_tokens_me()); }

}  // namespace

TEST_CASE("every operation can be awaited") {
  const Cloud cloud;
  every_operation(cloud.api).get();
}

TEST_CASE("every operation can be awaited while its response is withheld") {
  const Cloud cloud;
  cloud.backend->hold();
  const Task task = every_operation(cloud.api);
  CHECK_FALSE(task.done());
  cloud.backend->release();
  task.get();
}

TEST_CASE("a failure is thrown from co_await, and may leave the coroutine") {
  const Cloud cloud;
  cloud.backend->service().revoke_token(cloud.token);
  for (const bool held : {false, true}) {
    CAPTURE(held);
    if (held) cloud.backend->hold();
    const Task task = get_me(cloud.api);
    CHECK(task.done() == !held);
    if (held) cloud.backend->release();
    try {
      task.get();
      FAIL_CHECK("threw nothing");
    } catch (const ApiException& thrown) {
      CHECK(thrown.error().status == 401);
    }
  }
}

TEST_CASE("as_result gives the Result, and throws nothing") {
  const Cloud cloud;
  std::optional<Result<TokenInfo>> result;
  bool alive = false;
  const Task good = expect_me(cloud.api, result, alive);
  REQUIRE(result);
  CHECK((*result)->organization->name == "Fake Org");

  cloud.backend->service().revoke_token(cloud.token);
  const Task refused = expect_me(cloud.api, result, alive);
  REQUIRE_FALSE(*result);
  CHECK(result->error().status == 401);
  CHECK(result->attempts() == 1);
}

TEST_CASE("a coroutine that is destroyed while it waits is not resumed, and its call goes on") {
  const Cloud cloud;
  cloud.backend->hold();
  std::optional<Result<TokenInfo>> result;
  bool alive = false;
  {
    const Task task = expect_me(cloud.api, result, alive);
    CHECK(alive);
  }
  CHECK_FALSE(alive);
  cloud.backend->release();
  CHECK_FALSE(result);
  CHECK(cloud.backend->service().requests().size() == 1);
}

TEST_CASE("a coroutine whose client goes is resumed with ErrorKind::cancelled") {
  std::optional<Cloud> cloud(std::in_place);
  cloud->backend->hold();
  std::optional<Result<TokenInfo>> result;
  const Task task = [](const Api& api, auto& outcome) -> Task {
    outcome = co_await api.get_tokens_me().as_result();
  }(cloud->api, result);
  cloud.reset();
  CHECK(task.done());
  REQUIRE(result);
  CHECK(result->error().kind == ErrorKind::cancelled);
}

TEST_CASE("after a co_await, waiting for another call that has not ended is an error") {
  const Cloud cloud;
  cloud.backend->hold();
  const Task task = [](Api api, FakeBackend& backend) -> Task {
    static_cast<void>(co_await api.get_tokens_me());
    backend.hold();
    auto other = api.get_tokens_me();
    CHECK_THROWS_AS(static_cast<void>(other.get()), std::logic_error);
    CHECK(other.valid());
    backend.release();
    CHECK((co_await std::move(other)).organization->name == "Fake Org");
  }(cloud.api, *cloud.backend);
  cloud.backend->release();
  task.get();
}

TEST_CASE("a future that was spent says so when it is awaited") {
  const Task task = []() -> Task { static_cast<void>(co_await Future<bool>()); }();
  CHECK_THROWS_AS(task.get(), std::logic_error);
}

TEST_CASE("twenty thousand calls, one after the other, do not grow the stack") {
  const Cloud cloud;
  int valid = 0;
  const Task task = [](Api api, int& count) -> Task {
    for (int i = 0; i < 20'000; ++i) count += co_await api.head_tokens_me() ? 1 : 0;
  }(cloud.api, valid);
  task.get();
  CHECK(valid == 20'000);
}

#endif
