// SPDX-License-Identifier: MIT
#include "revoke_run.hpp"

#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "exit_code.hpp"
#include "rate_limiter.hpp"
#include "stop.hpp"

namespace {

using purecloud::Error;
using purecloud::ErrorKind;

/// Whether the error is about the caller or the way there, not about this user.
bool concerns_all(const Error& error) {
  const bool lacks_permission = error.status == 403 && error.body &&
                                error.body->code == std::string("missing.any.permissions");
  return error.status == 401 || lacks_permission || error.status == 429 ||
         error.kind == ErrorKind::tls;
}

Revocation describe(NumberedId user, const purecloud::Result<void>& result) {
  if (result) return {std::move(user), Outcome::revoked, {}};
  const Error& error = result.error();
  Outcome outcome = Outcome::failed;
  if (error.status == 404) outcome = Outcome::no_such_user;
  if (error.kind == ErrorKind::invalid_argument) outcome = Outcome::invalid_id;
  return {std::move(user), outcome, error.message};
}

class Run {
 public:
  Run(const Tokens& tokens, const RevokePlan& plan)
      : tokens_(tokens), plan_(plan), limiter_(plan.per_minute), working_(plan.jobs) {}

  void run() {
    std::vector<std::thread> workers;
    for (int i = 0; i < plan_.jobs; ++i) workers.emplace_back([this] { work(); });
    {
      constexpr std::chrono::milliseconds tick{100};
      std::unique_lock<std::mutex> lock(mutex_);
      while (!changed_.wait_for(lock, tick, [this] { return working_ == 0; })) {
        plan_.tick();
        if (stop::requested()) changed_.notify_all();  // a signal handler cannot
      }
    }
    for (auto& worker : workers) worker.join();
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  void work() {
    try {
      while (auto user = take()) {
        auto result = tokens_.try_delete_token(user->id);
        if (!result && concerns_all(result.error())) throw failure_of(result.error());
        const std::lock_guard<std::mutex> lock(mutex_);
        if (!broken_) record(describe(*std::move(user), result));
      }
    } catch (...) {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      stop::request();
    }
    const std::lock_guard<std::mutex> lock(mutex_);
    --working_;
    changed_.notify_all();
  }

  /// The next user, when the rate allows; empty at the end or on a stop.
  std::optional<NumberedId> take() {
    const std::lock_guard<std::mutex> turn(turn_);
    if (stop::requested()) return std::nullopt;
    auto user = next();
    if (!user) return std::nullopt;
    const auto now = RateLimiter::Clock::now();
    const auto slot = limiter_.reserve(now);
    if (slot > now) {  // a wait for the past costs 100 microseconds all the same
      std::unique_lock<std::mutex> lock(mutex_);
      changed_.wait_until(lock, slot, stop::requested);
    }
    if (stop::requested()) return std::nullopt;
    return user;
  }

  std::optional<NumberedId> next() {
    try {
      return plan_.next();
    } catch (const Failure&) {
      if (stop::requested()) return std::nullopt;  // it may have been cut short amid a record
      throw;
    }
  }

  void record(const Revocation& revocation) {
    broken_ = true;  // stays so when what follows throws
    plan_.record(revocation);
    broken_ = false;
  }

  const Tokens& tokens_;
  const RevokePlan& plan_;
  std::mutex turn_;  ///< held by the one who takes the next user, so that input order is kept
  RateLimiter limiter_;
  std::mutex mutex_;  ///< guards what follows, and the plan's `record` and `tick`
  std::condition_variable changed_;
  int working_;
  bool broken_ = false;  ///< a result was not recorded: none may follow it
  std::exception_ptr failure_;
};

}  // namespace

void run_revocations(const Tokens& tokens, const RevokePlan& plan) { Run(tokens, plan).run(); }
