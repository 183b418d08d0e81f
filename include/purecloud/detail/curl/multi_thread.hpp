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
#include <purecloud/detail/curl/addresses.hpp>
#include <purecloud/detail/curl/handle.hpp>
#include <purecloud/detail/net/destination.hpp>
#include <purecloud/detail/net/resolver.hpp>
#include <purecloud/detail/net/thread.hpp>
#include <purecloud/http.hpp>
#include <purecloud/stop_token.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// The thread of a CurlMultiBackend, with its queue and its transfers. Other threads only give it
/// work, and wake it.
class CurlMultiThread final : public AsyncEngine,
                              public std::enable_shared_from_this<CurlMultiThread> {
 public:
  explicit CurlMultiThread(const Configuration& configuration);

  void start(HttpRequest request, Deadline deadline, StopToken stop,
             Completion done) noexcept override;

  void call_at(Deadline until, StopToken stop, Timer due) noexcept override;

  /// Ends all requests with ErrorKind::cancelled, and waits for the thread to end. On that thread,
  /// and in a forked child, it returns at once.
  static void close(std::shared_ptr<CurlMultiThread> self) noexcept;

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::size_t streams = 100;  ///< how many a connection over HTTP/2 has
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
    Deadline until{};         ///< the call's deadline in the queue, then the attempt's
    Deadline connected_by{};  ///< the end of timeouts.connect, which counts from the queue
    StopToken stop;
    Completion done;
    std::unique_ptr<CurlTransfer> transfer;
    std::optional<StopCallback<Wake>> on_stop;
    CURLcode code = CURLE_OK;        ///< libcurl's code for the end
    std::list<Job>::iterator place;  ///< in under_way_
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

  /// Gives the thread the job or alarm in `one`. Calls `refuse` instead after close(), or if the
  /// thread cannot be started.
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
        failure = Destination::not_begun();
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

  /// Returns whether the thread has nothing to do. If so, new work wakes it.
  bool rest();

  /// Starts as many of the queued requests as room() allows.
  void admit();

  /// Returns how many more requests may be started. Over HTTP/2 a connection carries many requests,
  /// and no more connections are opened than are required.
  std::size_t room();

  /// Sets how many connections there may be. Returns whether those are more than before.
  bool allow_connections(std::size_t count);

  /// Opens a connection for a request that waits for a stream. libcurl itself may leave it waiting
  /// for one of the old connections, as 8.14 does.
  void open_connection();

  /// Lets a request wait for a look-up of the host, or ends it if that cannot be started.
  void wait_for_host(Jobs& one) noexcept;

  /// Starts a look-up of the host. Returns the failure if it cannot be started.
  std::optional<HttpFailure> look_up_host() noexcept;

  /// Starts or ends the requests that waited for the look-up, which has ended.
  void finish_look_up() noexcept;

  /// Starts a request, or ends it if it cannot be started.
  void begin(Jobs& one) noexcept;

  /// Starts a request. Returns the failure if it cannot be started.
  std::optional<HttpFailure> try_begin(Job& job) noexcept;

  /// Finishes the transfers that have ended. Returns whether there were any.
  bool finish_transfers();

  /// Returns the result of a transfer that has ended. Returns nothing if the request was sent
  /// again, or, then without its transfer, if it has to wait for the host's addresses.
  std::optional<HttpResult> finish(Job& job) noexcept;

  /// Calls a job's `done`. To be called without the lock, and in a consistent state, because `done`
  /// runs handlers.
  void end(Jobs& one, HttpResult result) noexcept;

  /// Ends the requests and alarms that were stopped or whose time has passed.
  void end_expired() noexcept;

  /// Moves those that were stopped, or whose end has come, to `over`.
  template <class List, class End>
  void take_expired(List& from, List& over, Deadline now, End end_of) {
    for (auto each = from.begin(); each != from.end();) {
      const auto next = std::next(each);
      const Deadline until = end_of(*each);
      if (until <= now || each->stop.stop_requested())
        over.splice(over.end(), from, each);
      else
        look_at_ = (std::min)(look_at_, until);
      each = next;
    }
  }

  /// Ends jobs that were not begun, with the result of `failure`.
  template <class Failure>
  void end_unbegun(Jobs& jobs, Failure failure) noexcept {
    while (!jobs.empty()) {
      Jobs one;
      one.splice(one.end(), jobs, jobs.begin());
      end(one, one.front().stop.stop_requested() ? Destination::cancelled(false) : failure());
    }
  }

  /// Ends the first of these jobs, which are under way.
  void end_early(Jobs& jobs, bool stopped) noexcept;

  void ring(Alarms& alarms) noexcept;

  void end_everything() noexcept;

  void close_idle(Deadline now);

  /// A look-up of the host, which wakes the thread when it has ended.
  struct HostWait {
    HostWait(std::shared_ptr<Resolver::LookUp> look_up, CurlMultiThread* thread)
        : waiter(std::move(look_up)), on_end(waiter.ended(), Wake{thread}) {}

    Resolver::Waiter waiter;
    StopCallback<Wake> on_end;
  };

  const CurlSettings settings_;
  const PoolOptions pool_;
  const std::chrono::milliseconds attempt_;
  const std::chrono::milliseconds connect_timeout_;
  const long process_;
  const int longest_poll_over_http2_ = curl_compat::longest_poll_over_http2();

  std::mutex mutex_;
  Jobs new_jobs_;
  Alarms new_alarms_;
  std::thread thread_;
  bool closing_ = false;
  bool resting_ = false;  ///< whether new work has to wake the thread
  std::atomic<bool> stop_requested_{false};

  // Used by the thread only.
  CurlConnections connections_;  // first, so that it outlives the handles that close connections
  CurlMulti multi_;
  std::vector<std::unique_ptr<CurlTransfer>> spare_;
  Jobs queue_;
  Jobs waiting_for_host_;
  Jobs under_way_;
  bool begun_anew_ = false;  ///< whether open_connection() has left something to perform
  Alarms alarms_;
  Resolver resolver_;
  std::optional<HostWait> look_up_;
  std::shared_ptr<const CurlAddresses> addresses_;
  bool over_http2_ = false;  ///< whether the last response came over HTTP/2
  std::size_t allowed_connections_ = 0;
  Deadline look_at_ = (Deadline::max)();  ///< when to call end_expired() next
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
