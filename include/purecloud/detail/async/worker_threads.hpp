// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include <purecloud/backend/async_policy.hpp>
#include <purecloud/configuration.hpp>
#include <purecloud/detail/call/request.hpp>
#include <purecloud/detail/condition.hpp>
#include <purecloud/http.hpp>
#include <purecloud/stop_token.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Carries out requests on a bounded number of threads, which start when they are needed and end
/// when they are idle. One more thread, the clock, ends requests whose deadline passes in the
/// queue, and requests that are cancelled.
class WorkerThreads final : public AsyncEngine, public std::enable_shared_from_this<WorkerThreads> {
 public:
  using Send = std::function<HttpResult(const HttpRequest&, Deadline, const StopToken&)>;

  /// `send_heeds_stop`: whether `send` ends soon after a stop. If not, a cancelled call ends before
  /// its `send` does.
  WorkerThreads(Send send, bool send_heeds_stop, const Configuration& configuration);

  void start(HttpRequest request, Deadline deadline, StopToken stop,
             Completion done) noexcept override;
  void call_at(Deadline until, StopToken stop, Timer due) noexcept override;

  /// Ends all requests with ErrorKind::cancelled, and waits for the threads to end. On one of these
  /// threads, and in a forked child, it returns at once. The owner gives up its reference by this.
  static void close(std::shared_ptr<WorkerThreads> threads) noexcept;

 private:
  struct Alarm;
  using Alarms = std::multimap<Deadline, std::shared_ptr<Alarm>>;

  /// Calls `ring` on the clock's thread: at its time, when a stop is requested, or on close().
  struct Alarm {
    struct RingNow {
      WorkerThreads* threads;
      Alarm* alarm;
      void operator()() const noexcept;
    };
    Timer ring;
    Alarms::iterator place;
    bool is_set = false;
    bool stopped = false;  ///< the stop was requested before it was set
    std::optional<StopCallback<RingNow>> on_stop;
  };

  enum class Phase { queued, running, ended };

  /// A request. `send` gets its stop, which its alarm requests.
  struct Job : StopState {
    ~Job() { wipe_secrets(http); }

    HttpRequest http;
    Deadline deadline;
    StopToken calls_stop;
    Completion done;
    std::shared_ptr<Alarm> alarm;
    Phase phase = Phase::queued;
    std::list<std::shared_ptr<Job>>::iterator place;
  };

  bool enqueue(const std::shared_ptr<Job>& job);
  void set(const std::shared_ptr<Alarm>& alarm, Deadline until);
  void clear(Alarm& alarm) noexcept;
  void alarmed(const std::shared_ptr<Job>& job) noexcept;
  HttpResult send(const std::shared_ptr<Job>& job) const noexcept;
  void work() noexcept;
  void keep_time() noexcept;
  void start_thread(std::list<std::thread>& threads, void (WorkerThreads::*loop)() noexcept);
  void leave(std::list<std::thread>& threads);

  const Send send_;
  const bool send_heeds_stop_;
  const std::size_t max_threads_;
  const std::chrono::milliseconds idle_for_;
  const std::chrono::milliseconds attempt_;
  const long process_;

  std::mutex mutex_;
  Condition work_;
  Condition time_;
  std::list<std::shared_ptr<Job>> queue_;
  Alarms alarms_;
  std::list<std::thread> workers_;
  std::list<std::thread> clock_;  ///< one thread, or none
  std::list<std::thread> left_;   ///< threads that have ended, to be joined
  std::size_t idle_ = 0;          ///< workers without work
  bool closing_ = false;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/async/worker_threads.ipp>
#endif
