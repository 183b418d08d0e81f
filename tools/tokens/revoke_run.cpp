// SPDX-License-Identifier: MIT
#include "revoke_run.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "failure.hpp"
#include "stop.hpp"

namespace {

using purecloud::Error;
using purecloud::ErrorKind;

bool has_code(const Error& error, const char* code) {
  return error.body && error.body->code == std::string(code);
}

/// Returns whether an error concerns all users, because its cause is the token or the connection to
/// the API. An error that may concern only one user does not stop the run: otherwise a resumed run
/// would stop at the same user again.
bool concerns_all(const Error& error) {
  if (error.login_failed) return true;
  switch (error.status) {
    case 401:
    case 407:  // from a proxy
    case 429:
    case 511: return true;  // the network requires a login (RFC 6585, 6)
    case 403: return has_code(error, "missing.any.permissions");
    default: return error.kind == ErrorKind::connection || error.kind == ErrorKind::tls;
  }
}

Outcome outcome_of(const Error& error) {
  if (error.kind == ErrorKind::invalid_argument) return Outcome::invalid_id;
  // a 404 without this code may be from a gateway, for example because of a wrong path
  if (error.status == 404 && has_code(error, "not.found")) return Outcome::no_such_user;
  return Outcome::failed;
}

Revocation describe(NumberedId user, const purecloud::Result<void>& result) {
  if (result) return {std::move(user), Outcome::revoked, {}};
  return {std::move(user), outcome_of(result.error()), result.error().message};
}

class Run {
 public:
  Run(const Tokens& tokens, const RevokePlan& plan)
      : tokens_(tokens),
        plan_(plan),
        interval_(std::chrono::duration_cast<Clock::duration>(
            std::chrono::duration<double>(60.0 / plan.per_minute))),
        working_(plan.jobs) {}

  void run() {
    std::vector<std::thread> workers;
    for (int i = 0; i < plan_.jobs; ++i) workers.emplace_back([this] { work(); });
    {
      constexpr std::chrono::milliseconds tick{100};
      std::unique_lock<std::mutex> lock(mutex_);
      while (!changed_.wait_for(lock, tick, [this] { return working_ == 0; })) {
        plan_.tick();
        if (stop::requested()) changed_.notify_all();  // because a signal handler cannot do that
      }
    }
    for (auto& worker : workers) worker.join();
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  using Clock = std::chrono::steady_clock;

  void work() {
    try {
      while (auto user = take()) {
        auto result = tokens_.try_delete_token(user->id);
        if (!result && concerns_all(result.error())) throw purecloud::ApiException(result.error());
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

  /// Waits as the rate requires, and returns the next user; nothing at the end or on a stop.
  std::optional<NumberedId> take() {
    const std::lock_guard<std::mutex> turn(turn_);
    if (stop::requested()) return std::nullopt;
    auto user = next();
    if (!user) return std::nullopt;
    const auto now = Clock::now();
    const auto slot = (std::max)(now, next_slot_);  // unused slots in the past are lost
    next_slot_ = slot + interval_;
    if (slot > now) {  // because even a wait that ends at once costs 100 microseconds
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
      if (stop::requested())
        return std::nullopt;  // the input was cut short, perhaps within a record
      throw;
    }
  }

  void record(const Revocation& revocation) {
    broken_ = true;  // stays true if record() throws
    plan_.record(revocation);
    broken_ = false;
  }

  const Tokens& tokens_;
  const RevokePlan& plan_;
  std::mutex turn_;  ///< held while a thread takes the next user, to keep the order of the input
  const Clock::duration interval_;  ///< between the starts of two calls
  Clock::time_point next_slot_{};
  std::mutex mutex_;  ///< guards the members below, and the plan's `record` and `tick`
  std::condition_variable changed_;
  int working_;
  bool broken_ = false;  ///< a result was not recorded: none may follow it
  std::exception_ptr failure_;
};

}  // namespace

const char* to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::revoked: return "revoked";
    case Outcome::no_such_user: return "no_such_user";
    case Outcome::invalid_id: return "invalid_id";
    case Outcome::failed: return "failed";
  }
  return "failed";
}

void Tally::add(Outcome outcome) {
  switch (outcome) {
    case Outcome::revoked: ++revoked; break;
    case Outcome::no_such_user: ++no_such_user; break;
    case Outcome::invalid_id: ++invalid_id; break;
    case Outcome::failed: ++failed; break;
  }
}

void run_revocations(const Tokens& tokens, const RevokePlan& plan) { Run(tokens, plan).run(); }
