// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/detail/curl/transfer.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <list>
#include <map>
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
#include <purecloud/detail/longest_time.hpp>
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
  explicit CurlMultiThread(const Configuration& configuration)
      : settings_(configuration),
        pool_(configuration.pool),
        attempt_((std::min)(configuration.timeouts.attempt, longest_time)),
        process_(process_id()) {
    curl_multi_setopt(multi_.get(), CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_MULTIPLEX));
    curl_multi_setopt(multi_.get(), CURLMOPT_MAX_CONCURRENT_STREAMS, static_cast<long>(streams));
    curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS,
                      static_cast<long>((std::min)(pool_.max_connections, most_connections)));
    spare_.push_back(new_transfer());  // throws now what a call would
  }

  void start(HttpRequest request, Deadline deadline, StopToken stop,
             Completion done) noexcept override {
    std::list<Job> job;
    try {
      job.emplace_back();
    } catch (const std::bad_alloc&) {
      return done(HttpFailure{ErrorKind::connection, "out of memory"});
    }
    job.front().request = std::move(request);
    job.front().until = deadline;
    job.front().stop = std::move(stop);
    job.front().done = std::move(done);
    job.front().on_stop.emplace(job.front().stop, Wake{this});
    hand_over(job, new_jobs_,
              [](Job& refused, HttpFailure failure) { refused.done(std::move(failure)); });
  }

  void call_at(Deadline until, StopToken stop, Timer due) noexcept override {
    std::list<Alarm> alarm;
    try {
      alarm.emplace_back();
    } catch (const std::bad_alloc&) {
      return due();
    }
    alarm.front().until = until;
    alarm.front().stop = std::move(stop);
    alarm.front().due = std::move(due);
    alarm.front().on_stop.emplace(alarm.front().stop, Wake{this});
    hand_over(alarm, new_alarms_, [](Alarm& refused, HttpFailure) { refused.due(); });
  }

  /// Ends everything with ErrorKind::cancelled. Returns when the thread has ended, or, on that
  /// thread and in a forked child, at once.
  static void close(std::shared_ptr<CurlMultiThread> self) noexcept {
    if (self->process_ != process_id()) {
      // in a forked child the thread is not there, and nobody knows who held the lock
      static_cast<void>(::new (std::nothrow) std::shared_ptr<CurlMultiThread>(std::move(self)));
      return;
    }
    std::thread thread;
    {
      const std::lock_guard<std::mutex> lock(self->mutex_);
      self->closing_ = true;
      thread = std::move(self->thread_);
    }
    self->multi_.wake();
    if (!thread.joinable()) return;
    if (thread.get_id() != std::this_thread::get_id()) return thread.join();
    keep_module_loaded();
    thread.detach();
  }

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
    CURLcode code = CURLE_OK;        ///< how the transfer ended
    std::list<Job>::iterator place;  ///< once it is under way
  };
  using Jobs = std::list<Job>;

  struct Alarm {
    Deadline until{};
    StopToken stop;
    Timer due;
    std::optional<StopCallback<Wake>> on_stop;
  };
  using Alarms = std::list<Alarm>;

  std::unique_ptr<CurlTransfer> new_transfer() {
    auto transfer = std::make_unique<CurlTransfer>(settings_, connections_);
    // to learn from a first connection whether it speaks HTTP/2; without TLS none does
    if (settings_.url.https) transfer->easy().set(CURLOPT_PIPEWAIT, 1L);
    return transfer;
  }

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

  void run() noexcept {
    for (;;) {
      bool closing = false;
      // first: what is stopped from here on wakes this thread again
      bool stop_requested = stop_requested_.exchange(false);
      {
        const std::lock_guard<std::mutex> lock(mutex_);
        closing = closing_;
        resting_ = false;
        // what was stopped on its way here may have woken this thread too early
        const auto look_at = [&](const auto& added) {
          look_at_ = (std::min)(look_at_, added.until);
          stop_requested = stop_requested || added.stop.stop_requested();
        };
        for (const Job& job : new_jobs_) look_at(job);
        for (const Alarm& alarm : new_alarms_) look_at(alarm);
        queue_.splice(queue_.end(), new_jobs_);
        alarms_.splice(alarms_.end(), new_alarms_);
      }
      if (closing) {
        end_everything();
        const std::lock_guard<std::mutex> lock(mutex_);
        if (new_jobs_.empty() && new_alarms_.empty()) return;
        continue;
      }
      if (stop_requested || Clock::now() >= look_at_) end_what_is_over();
      admit();
      int running = 0;
      curl_multi_perform(multi_.get(), &running);
      if (finish_transfers()) continue;  // what they called back may have brought work
      if (!queue_.empty() && room() > 0) continue;
      const auto now = Clock::now();
      close_idle(now);
      const int longest = connections_.use().http2 ? longest_wait_over_http2_ : INT_MAX;
      if (rest())
        multi_.poll((std::min)(longest, socket_system::milliseconds_until(look_at_, now)));
    }
  }

  /// Whether there is nothing to do but to wait. From then on new work wakes the thread.
  bool rest() {
    // of a time when more was under way
    if (under_way_.empty() && spare_.size() > pool_.max_connections)
      spare_.erase(spare_.begin() + static_cast<std::ptrdiff_t>(pool_.max_connections),
                   spare_.end());
    const std::lock_guard<std::mutex> lock(mutex_);
    return resting_ = new_jobs_.empty() && new_alarms_.empty();
  }

  /// Puts requests under way, as many as there may be.
  void admit() {
    for (std::size_t left = room(); left > 0 && !queue_.empty(); --left) {
      Jobs one;
      one.splice(one.end(), queue_, queue_.begin());
      Job& job = one.front();
      const auto now = Clock::now();
      job.until = (std::min)(job.until, now + attempt_);
      look_at_ = (std::min)(look_at_, job.until);
      if (auto refused = begin(job)) {
        end(one, *std::move(refused));
        continue;
      }
      job.place = one.begin();
      under_way_.splice(under_way_.end(), one);
    }
  }

  /// How many more requests may be put under way. Over HTTP/2 a connection has room for many, and
  /// no more connections are opened than that takes.
  std::size_t room() {
    const std::size_t count = under_way_.size();
    if (!over_http2_) {
      allow_connections(pool_.max_connections);
      return pool_.max_connections - (std::min)(pool_.max_connections, count);
    }
    const auto use = connections_.use();
    // the others wait in libcurl: for a connection that is being made, or for a stream, where the
    // server allows fewer than we
    const bool all_on_the_wire = use.requests == count;
    const bool too_few = !all_on_the_wire && use.http2 && !use.connecting;
    allow_connections((std::max)((count + queue_.size() + streams - 1) / streams,
                                 use.connections + (too_few ? 1 : 0)));
    const std::size_t most = allowed_connections_ * streams;
    return all_on_the_wire && count < most ? (std::min)(streams, most - count) : 0;
  }

  void allow_connections(std::size_t count) {
    count =
        (std::clamp)(count, std::size_t{1}, (std::min)(pool_.max_connections, most_connections));
    if (std::exchange(allowed_connections_, count) != count)
      curl_multi_setopt(multi_.get(), CURLMOPT_MAX_TOTAL_CONNECTIONS, static_cast<long>(count));
  }

  /// The failure when it cannot be.
  std::optional<HttpFailure> begin(Job& job) noexcept {
    try {
      if (spare_.empty()) {
        job.transfer = new_transfer();
      } else {
        job.transfer = std::move(spare_.back());
        spare_.pop_back();
      }
      if (auto refused = job.transfer->begin(job.request)) return refused;
      CURL* const easy = job.transfer->easy().get();
      curl_easy_setopt(easy, CURLOPT_PRIVATE, &job);
      if (curl_multi_add_handle(multi_.get(), easy) == CURLM_OK) return std::nullopt;
    } catch (const std::exception&) {  // no memory
    }
    return HttpFailure{ErrorKind::connection, "out of memory"};
  }

  /// Whether a transfer has ended.
  bool finish_transfers() {
    // all of them first: libcurl would search those that it has not told us yet for each that goes
    Jobs ended;
    int left = 0;
    while (const CURLMsg* const message = curl_multi_info_read(multi_.get(), &left)) {
      Job* job = nullptr;
      curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &job);
      job->code = message->data.result;
      ended.splice(ended.end(), under_way_, job->place);
    }
    const bool any = !ended.empty();
    while (!ended.empty()) {
      Jobs one;
      one.splice(one.end(), ended, ended.begin());
      curl_multi_remove_handle(multi_.get(), one.front().transfer->easy().get());
      if (auto result = finish(one.front()))
        end(one, *std::move(result));  // at once: many results together are memory from the system
      else
        under_way_.splice(under_way_.end(), one);
    }
    if (any) close_idle(Clock::now());  // before the next call could have what is one too many
    return any;
  }

  /// Nothing when the request went out once more.
  std::optional<HttpResult> finish(Job& job) noexcept {
    try {
      auto result = job.transfer->finish(job.code);
      if (result) {
        over_http2_ = job.transfer->over_http2() || (over_http2_ && !job.transfer->sent());
        return result;
      }
      job.transfer->again();
      if (curl_multi_add_handle(multi_.get(), job.transfer->easy().get()) == CURLM_OK)
        return std::nullopt;
    } catch (const std::exception&) {  // no memory
    }
    return HttpFailure{ErrorKind::connection, "out of memory"};
  }

  /// Hands a result out. Nothing of ours is locked, nor half done.
  void end(Jobs& one, HttpResult result) noexcept {
    Job& job = one.front();
    try {
      if (job.transfer) spare_.push_back(std::move(job.transfer));
    } catch (const std::bad_alloc&) {  // then it is not kept
    }
    job.transfer.reset();
    job.on_stop.reset();
    job.done(std::move(result));
  }

  /// Ends what was stopped, or has run out of time.
  void end_what_is_over() noexcept {
    const auto now = Clock::now();
    look_at_ = (Deadline::max)();
    Jobs over, over_in_queue;
    Alarms due;
    take_out(under_way_, over, now);
    take_out(queue_, over_in_queue, now);
    take_out(alarms_, due, now);
    while (!over.empty()) end_early(over, over.front().stop.stop_requested());
    while (!over_in_queue.empty()) {
      Jobs one;
      one.splice(one.end(), over_in_queue, over_in_queue.begin());
      end(one, one.front().stop.stop_requested() ? Destination::cancelled(false)
                                                 : waited_for_connection());
    }
    while (!due.empty()) ring(due);
  }

  HttpFailure waited_for_connection() const noexcept {
    return {ErrorKind::timeout, "it waited for one of the " +
                                    std::to_string(pool_.max_connections) +
                                    " connections of pool.max_connections"};
  }

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
  void end_early(Jobs& jobs, bool stopped) noexcept {
    Jobs one;
    one.splice(one.end(), jobs, jobs.begin());
    Job& job = one.front();
    curl_multi_remove_handle(multi_.get(), job.transfer->easy().get());
    end(one, job.transfer->interrupted(stopped));
  }

  void ring(Alarms& alarms) noexcept {
    Alarms one;
    one.splice(one.end(), alarms, alarms.begin());
    one.front().on_stop.reset();
    one.front().due();
  }

  void end_everything() noexcept {
    Jobs under_way, queue;
    Alarms alarms;
    under_way.swap(under_way_);
    queue.swap(queue_);
    alarms.swap(alarms_);
    while (!under_way.empty()) end_early(under_way, /*stopped=*/true);
    while (!queue.empty()) {
      Jobs one;
      one.splice(one.end(), queue, queue.begin());
      end(one, Destination::cancelled(false));
    }
    while (!alarms.empty()) ring(alarms);
  }

  void close_idle(Deadline now) {
    look_at_ =
        (std::min)(look_at_, connections_.close_idle(pool_.max_idle, settings_.idle_for, now));
  }

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
