// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <new>
#include <system_error>
#include <utility>

#include <purecloud/detail/async/worker_threads.hpp>
#include <purecloud/detail/call/request.hpp>
#include <purecloud/detail/longest_time.hpp>
#include <purecloud/detail/net/destination.hpp>
#include <purecloud/detail/net/thread.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Returns the WorkerThreads to which this thread belongs; null for any other thread.
inline const WorkerThreads*& threads_of_this_one() {
  thread_local const WorkerThreads* threads = nullptr;
  return threads;
}

PURECLOUD_TOKENS_INLINE WorkerThreads::WorkerThreads(Send send, bool send_heeds_stop,
                                                     const Configuration& configuration)
    : send_(std::move(send)),
      send_heeds_stop_(send_heeds_stop),
      max_threads_(configuration.pool.max_connections),
      idle_for_((std::min)(configuration.pool.idle_for, longest_time)),
      attempt_((std::min)(configuration.timeouts.attempt, longest_time)),
      process_(process_id()) {}

PURECLOUD_TOKENS_INLINE void WorkerThreads::start(HttpRequest request, Deadline deadline,
                                                  StopToken stop, Completion done) noexcept {
  std::shared_ptr<Job> job;
  try {
    job = std::make_shared<Job>();
    job->alarm = std::make_shared<Alarm>();
  } catch (const std::bad_alloc&) {
    return done(HttpFailure{ErrorKind::connection, "out of memory"});
  }
  job->sources = 1;
  job->http = std::move(request);
  job->deadline = deadline;
  job->calls_stop = std::move(stop);
  job->done = std::move(done);
  job->alarm->ring = [this, job] { alarmed(job); };
  // before enqueue(), which sets the alarm: from then on other threads use it
  job->alarm->on_stop.emplace(job->calls_stop, Alarm::RingNow{this, job->alarm.get()});
  bool too_late = false;
  try {
    if (enqueue(job)) return;
    too_late = true;
  } catch (const std::exception&) {
  }
  clear(*job->alarm);
  job->done(too_late ? Destination::cancelled(false) : Destination::not_begun());
}

/// Returns false after close(). Throws if there is no memory, or no thread can be started.
PURECLOUD_TOKENS_INLINE bool WorkerThreads::enqueue(const std::shared_ptr<Job>& job) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (closing_) return false;
  queue_.push_back(job);
  job->place = std::prev(queue_.end());
  try {
    set(job->alarm, job->deadline);
    if (queue_.size() > idle_ && workers_.size() < max_threads_) {
      try {
        start_thread(workers_, &WorkerThreads::work);
      } catch (const std::system_error&) {
        if (workers_.empty()) throw;  // else the job waits for one of the other workers
      }
    }
  } catch (...) {
    job->phase = Phase::ended;  // in case its alarm rings
    queue_.erase(job->place);
    throw;
  }
  work_.notify_one();
  return true;
}

PURECLOUD_TOKENS_INLINE void WorkerThreads::call_at(Deadline until, StopToken stop,
                                                    Timer due) noexcept {
  try {
    const auto alarm = std::make_shared<Alarm>();
    alarm->on_stop.emplace(std::move(stop), Alarm::RingNow{this, alarm.get()});
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!closing_) {
      set(alarm, until);
      alarm->ring = std::move(due);
      return;
    }
  } catch (const std::exception&) {
    // without memory or a thread it is due at once
  }
  due();
}

/// Sets an alarm. Requires the lock.
PURECLOUD_TOKENS_INLINE void WorkerThreads::set(const std::shared_ptr<Alarm>& alarm,
                                                Deadline until) {
  if (clock_.empty()) start_thread(clock_, &WorkerThreads::keep_time);
  alarm->place = alarms_.emplace(alarm->stopped ? (Deadline::min)() : until, alarm);
  alarm->is_set = true;
  if (alarm->place == alarms_.begin()) time_.notify_one();
}

/// Makes sure that an alarm does not ring any more, whether it was set or not.
PURECLOUD_TOKENS_INLINE void WorkerThreads::clear(Alarm& alarm) noexcept {
  Timer never_rung;  // declared before the lock, to be destroyed without it
  const std::lock_guard<std::mutex> lock(mutex_);
  never_rung = std::move(alarm.ring);
  if (!std::exchange(alarm.is_set, false)) return;
  alarms_.erase(alarm.place);
}

PURECLOUD_TOKENS_INLINE void WorkerThreads::Alarm::RingNow::operator()() const noexcept {
  const std::lock_guard<std::mutex> lock(threads->mutex_);
  alarm->stopped = true;
  if (!alarm->is_set) return;
  auto node = threads->alarms_.extract(alarm->place);
  node.key() = (Deadline::min)();
  alarm->place = threads->alarms_.insert(std::move(node));
  threads->time_.notify_one();
}

/// Called by a job's alarm: the deadline has passed, the call was cancelled, or close() was called.
PURECLOUD_TOKENS_INLINE void WorkerThreads::alarmed(const std::shared_ptr<Job>& job) noexcept {
  std::unique_lock<std::mutex> lock(mutex_);
  if (job->phase == Phase::ended) return;
  const bool stopped = closing_ || job->calls_stop.stop_requested();
  const bool sent = job->phase == Phase::running;
  if (sent && !stopped) return;  // `send` itself ends by the deadline
  if (sent && send_heeds_stop_) {
    lock.unlock();
    job->request();
    return;
  }
  job->phase = Phase::ended;
  if (!sent) queue_.erase(job->place);
  lock.unlock();
  if (sent)
    job->done(Destination::cancelled(true));
  else if (stopped)
    job->done(Destination::cancelled(false));
  else
    job->done(Destination::waited_for_connection(max_threads_));
}

PURECLOUD_TOKENS_INLINE HttpResult
WorkerThreads::send(const std::shared_ptr<Job>& job) const noexcept {
  try {
    const Deadline attempt = std::chrono::steady_clock::now() + attempt_;
    return send_(job->http, (std::min)(job->deadline, attempt), StopToken(job));
  } catch (const std::exception&) {
    return HttpFailure{ErrorKind::connection, "out of memory"};
  }
}

PURECLOUD_TOKENS_INLINE void WorkerThreads::work() noexcept {
  std::unique_lock<std::mutex> lock(mutex_);
  while (!closing_) {
    if (queue_.empty()) {
      ++idle_;
      const bool needed = wait_on(work_, lock, std::chrono::steady_clock::now() + idle_for_,
                                  [&] { return closing_ || !queue_.empty(); });
      --idle_;
      if (!needed) break;
      continue;
    }
    std::shared_ptr<Job> job = queue_.front();
    queue_.pop_front();
    job->phase = Phase::running;
    lock.unlock();
    HttpResult result =
        job->calls_stop.stop_requested() ? Destination::cancelled(false) : send(job);
    clear(*job->alarm);
    lock.lock();
    const bool abandoned = std::exchange(job->phase, Phase::ended) == Phase::ended;
    lock.unlock();
    if (!abandoned) job->done(std::move(result));
    job.reset();  // without the lock: it may wait for a stop's callback, which locks
    lock.lock();
  }
  leave(workers_);
}

PURECLOUD_TOKENS_INLINE void WorkerThreads::keep_time() noexcept {
  std::unique_lock<std::mutex> lock(mutex_);
  for (;;) {
    if (alarms_.empty()) {
      if (closing_) break;
      if (!wait_on(time_, lock, std::chrono::steady_clock::now() + idle_for_,
                   [&] { return closing_ || !alarms_.empty(); }))
        break;
      continue;
    }
    const Deadline until = alarms_.begin()->first;
    if (!closing_ && until > std::chrono::steady_clock::now()) {
      wait_on(time_, lock, until);
      continue;
    }
    std::shared_ptr<Alarm> alarm = std::move(alarms_.begin()->second);
    alarms_.erase(alarms_.begin());
    alarm->is_set = false;
    Timer ring = std::move(alarm->ring);
    lock.unlock();
    ring();
    alarm.reset();  // without the lock: it may wait for a stop's callback, which locks
    lock.lock();
  }
  leave(clock_);
}

/// Starts a thread that runs `loop`. Requires the lock.
PURECLOUD_TOKENS_INLINE void WorkerThreads::start_thread(std::list<std::thread>& threads,
                                                         void (WorkerThreads::*loop)() noexcept) {
  for (std::thread& thread : left_) thread.join();  // they do not need the lock any more
  left_.clear();
  threads.emplace_back();
  try {
    threads.back() = detail::start_thread([self = shared_from_this(), loop] {
      threads_of_this_one() = self.get();
      ((*self).*loop)();
    });
  } catch (...) {
    threads.pop_back();
    throw;
  }
}

/// Called by a thread that is about to end. Requires the lock.
PURECLOUD_TOKENS_INLINE void WorkerThreads::leave(std::list<std::thread>& threads) {
  if (closing_) return;  // close() has the threads
  const auto self = std::find_if(threads.begin(), threads.end(), [](const std::thread& thread) {
    return thread.get_id() == std::this_thread::get_id();
  });
  left_.splice(left_.end(), threads, self);
}

PURECLOUD_TOKENS_INLINE void WorkerThreads::close(std::shared_ptr<WorkerThreads> threads) noexcept {
  if (threads->process_ != process_id()) return keep_forever(std::move(threads));
  std::list<std::thread> all;
  {
    const std::lock_guard<std::mutex> lock(threads->mutex_);
    threads->closing_ = true;
    all.splice(all.end(), threads->workers_);
    all.splice(all.end(), threads->clock_);
    all.splice(all.end(), threads->left_);
  }
  threads->work_.notify_all();
  threads->time_.notify_all();
  const bool is_own_thread = threads_of_this_one() == threads.get();
  if (is_own_thread) keep_module_loaded();
  for (std::thread& thread : all) is_own_thread ? thread.detach() : thread.join();
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
