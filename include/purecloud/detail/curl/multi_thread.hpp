// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/detail/curl/transfer.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <climits>
#include <cstddef>
#include <iterator>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include <purecloud/backend/async_policy.hpp>
#include <purecloud/configuration.hpp>
#include <purecloud/detail/call/request.hpp>
#include <purecloud/detail/curl/handle.hpp>
#include <purecloud/detail/net/destination.hpp>
#include <purecloud/detail/net/thread.hpp>
#include <purecloud/http.hpp>
#include <purecloud/stop_token.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// The thread of a CurlMultiBackend, its queue, and what is under way. Other threads only hand it
/// work, and wake it.
class CurlMultiThread final : public AsyncEngine,
                              public std::enable_shared_from_this<CurlMultiThread> {
 public:
  explicit CurlMultiThread(const Configuration& configuration);

  void start(HttpRequest request, Deadline deadline, StopToken stop,
             Completion done) noexcept override;

  void call_at(Deadline until, StopToken stop, Timer due) noexcept override;

  /// Ends everything with ErrorKind::cancelled. Returns when the thread has ended, or, on that
  /// thread and in a forked child, at once.
  static void close(std::shared_ptr<CurlMultiThread> self) noexcept;

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::size_t streams = 100;  ///< of a connection over HTTP/2
  static constexpr std::size_t most_connections = INT_MAX;

  struct Wake {
    CurlMultiThread* thread;
    void operator()() const noexcept {
      thread->stop_requested_ = true;
      thread->multi_.wake();
    }
  };

  struct Job {
    ~Job() { wipe_secrets(request); }

    HttpRequest request;
    Deadline until{};  ///< of the call while it waits, of the attempt once it is under way
    StopToken stop;
    Completion done;
    std::unique_ptr<CurlTransfer> transfer;
    std::optional<StopCallback<Wake>> on_stop;
    CURLcode code = CURLE_OK;          ///< how the transfer ended
    std::optional<HttpResult> result;  ///< and what that means
    std::list<Job>::iterator place;    ///< once it is under way
  };
  using Jobs = std::list<Job>;

  struct Alarm {
    Deadline until{};
    StopToken stop;
    Timer due;
    std::optional<StopCallback<Wake>> on_stop;
  };
  using Alarms = std::list<Alarm>;

  std::unique_ptr<CurlTransfer> new_transfer();

  /// Gives the thread one thing to do, or `refuse`s it here when it is too late, or there is no
  /// thread to be had.
  template <class List, class Refuse>
  void hand_over(List& one, List& to, Refuse refuse) noexcept {
    std::optional<HttpFailure> failure;
    bool wake = false;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      try {
        if (closing_)
          failure = Destination::cancelled(false);
        else if (!thread_.joinable())
          thread_ = start_thread([self = shared_from_this()] { self->run(); });
      } catch (const std::exception&) {
        failure = HttpFailure{ErrorKind::connection, "no memory, or no thread to be had"};
      }
      if (!failure) {
        to.splice(to.end(), one);
        wake = std::exchange(resting_, false);
      }
    }
    if (failure) return refuse(one.front(), *std::move(failure));
    if (wake) multi_.wake();
  }

  void run() noexcept;

  /// Whether there is nothing to do but to wait. From then on new work wakes the thread.
  bool rest();

  /// Puts requests under way, as many as there may be.
  void admit();

  /// How many more requests may be put under way. Over HTTP/2 a connection has room for many, and
  /// no more connections are opened than that takes.
  std::size_t room();

  void allow_connections(std::size_t count);

  /// The failure when it cannot be.
  std::optional<HttpFailure> begin(Job& job) noexcept;

  /// Whether a transfer has ended.
  bool finish_transfers();

  /// Nothing when the request went out once more.
  std::optional<HttpResult> finish(Job& job) noexcept;

  /// Hands a result out. Nothing of ours is locked, nor half done.
  void end(Jobs& one, HttpResult result) noexcept;

  /// Ends what was stopped, or has run out of time.
  void end_what_is_over() noexcept;

  HttpFailure waited_for_connection() const noexcept;

  template <class List>
  void take_out(List& from, List& over, Deadline now) {
    for (auto each = from.begin(); each != from.end();) {
      const auto next = std::next(each);
      if (each->until <= now || each->stop.stop_requested())
        over.splice(over.end(), from, each);
      else
        look_at_ = (std::min)(look_at_, each->until);
      each = next;
    }
  }

  /// Ends the first, which is under way.
  void end_early(Jobs& jobs, bool stopped) noexcept;

  void ring(Alarms& alarms) noexcept;

  void end_everything() noexcept;

  void close_idle(Deadline now);

  const CurlSettings settings_;
  const PoolOptions pool_;
  const std::chrono::milliseconds attempt_;
  const long process_;
  const int longest_wait_over_http2_ = curl_compat::longest_wait_over_http2();

  std::mutex mutex_;
  Jobs new_jobs_;
  Alarms new_alarms_;
  std::thread thread_;
  bool closing_ = false;
  bool resting_ = false;  ///< until it is woken
  std::atomic<bool> stop_requested_{false};

  // The thread's own.
  CurlConnections connections_;  // outlives what closes them
  CurlMulti multi_;
  std::vector<std::unique_ptr<CurlTransfer>> spare_;
  Jobs queue_;
  Jobs under_way_;
  Alarms alarms_;
  bool over_http2_ = false;  ///< as the last response came
  std::size_t allowed_connections_ = 0;
  Deadline look_at_ = (Deadline::max)();  ///< when something may be over
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
