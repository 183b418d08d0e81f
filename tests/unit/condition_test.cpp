// SPDX-License-Identifier: MIT
// Waits by the steady clock where the standard library waits by the clock on the wall.
#include <purecloud/async_tokens.hpp>

#include <doctest/doctest.h>

#include <thread>

#if !defined(_WIN32) && !defined(__APPLE__)

using purecloud::Deadline;
using purecloud::detail::MonotonicCondition;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

TEST_CASE("a wait lasts until its time by the steady clock") {
  MonotonicCondition condition;
  std::mutex mutex;
  std::unique_lock<std::mutex> lock(mutex);
  int lasted = 0;
  for (int i = 0; i < 10; ++i) {
    const Deadline until = steady_clock::now() + milliseconds(20);
    condition.wait_until(lock, until);
    REQUIRE(lock.owns_lock());
    lasted += steady_clock::now() >= until ? 1 : 0;
  }
  CHECK(lasted >= 5);  // any wait may end early
}

TEST_CASE("a wait until a time in the past ends at once") {
  MonotonicCondition condition;
  std::mutex mutex;
  std::unique_lock<std::mutex> lock(mutex);
  condition.wait_until(lock, steady_clock::now() - std::chrono::hours(1));
  condition.wait_until(lock, Deadline());
  CHECK(lock.owns_lock());
}

TEST_CASE("a wait ends when it is notified, with and without a time") {
  MonotonicCondition condition;
  std::mutex mutex;
  int turn = 0;
  std::thread other([&] {
    std::unique_lock<std::mutex> lock(mutex);
    condition.wait(lock, [&] { return turn == 1; });
    turn = 2;
    condition.notify_one();
    condition.wait(lock, [&] { return turn == 3; });
    turn = 4;
    condition.notify_all();
  });
  {
    std::unique_lock<std::mutex> lock(mutex);
    for (const int next : {2, 4}) {
      turn = next - 1;
      condition.notify_all();
      while (turn != next) condition.wait_until(lock, steady_clock::now() + std::chrono::hours(1));
    }
  }
  other.join();
  CHECK(turn == 4);
}

#endif
