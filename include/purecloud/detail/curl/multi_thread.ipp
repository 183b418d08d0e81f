// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/detail/curl/multi_thread.hpp>

#include <algorithm>
#include <chrono>
#include <new>
#include <string>
#include <utility>

#include <purecloud/detail/longest_time.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

PURECLOUD_TOKENS_INLINE CurlMultiThread::CurlMultiThread(const Configuration& configuration)
    : settings_(configuration),
      pool_(configuration.pool),
      attempt_((std::min)(configuration.timeouts.attempt, longest_time)),
      connect_timeout_((std::min)(configuration.timeouts.connect, longest_time)),
      process_(process_id()),
      resolver_(settings_.looked_up_host(), settings_.looked_up_port()) {
  curl_multi_setopt(multi_.get(), CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_MULTIPLEX));
  curl_multi_setopt(multi_.get(), CURLMOPT_MAX_CONCURRENT_STREAMS, static_cast<long>(streams));
  curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS,
                    static_cast<long>((std::min)(pool_.max_connections, most_connections)));
  spare_.push_back(new_transfer());  // so that the constructor throws what a call would
}

PURECLOUD_TOKENS_INLINE void CurlMultiThread::start(HttpRequest request, Deadline deadline,
                                                    StopToken stop, Completion done) noexcept {
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

PURECLOUD_TOKENS_INLINE void CurlMultiThread::call_at(Deadline until, StopToken stop,
                                                      Timer due) noexcept {
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

PURECLOUD_TOKENS_INLINE void CurlMultiThread::close(
    std::shared_ptr<CurlMultiThread> self) noexcept {
  if (self->process_ != process_id()) return keep_forever(std::move(self));
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

PURECLOUD_TOKENS_INLINE std::unique_ptr<CurlTransfer> CurlMultiThread::new_transfer() {
  auto transfer = std::make_unique<CurlTransfer>(settings_, connections_);
  // waits to learn from the first connection whether it uses HTTP/2; without TLS none does
  if (settings_.url.https) transfer->easy().set(CURLOPT_PIPEWAIT, 1L);
  return transfer;
}

PURECLOUD_TOKENS_INLINE void CurlMultiThread::run() noexcept {
  for (;;) {
    bool closing = false;
    // at the beginning, because a stop from here on wakes this thread again
    bool stop_requested = stop_requested_.exchange(false);
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      closing = closing_;
      resting_ = false;
      // new work that was stopped already may have woken this thread before it was in the list
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
    if (stop_requested || Clock::now() >= look_at_) end_expired();
    if (look_up_ && look_up_->waiter.look_up().has_ended()) finish_look_up();
    admit();
    int running = 0;
    begun_anew_ = false;
    curl_multi_perform(multi_.get(), &running);
    if (finish_transfers()) continue;  // their handlers may have started calls
    const bool more = room() > 0 && !queue_.empty();
    if (more || begun_anew_) continue;
    const auto now = Clock::now();
    close_idle(now);
    int longest = socket_system::milliseconds_until(look_at_, now);
    if (!under_way_.empty())
      longest = (std::min)(
          longest, connections_.use().http2 ? longest_poll_over_http2_ : curl_compat::longest_poll);
    if (rest()) multi_.poll(longest);
  }
}

PURECLOUD_TOKENS_INLINE bool CurlMultiThread::rest() {
  // drops transfers that are left from a time with more requests
  if (under_way_.empty() && spare_.size() > pool_.max_connections)
    spare_.erase(spare_.begin() + static_cast<std::ptrdiff_t>(pool_.max_connections), spare_.end());
  const std::lock_guard<std::mutex> lock(mutex_);
  return resting_ = new_jobs_.empty() && new_alarms_.empty();
}

PURECLOUD_TOKENS_INLINE void CurlMultiThread::admit() {
  for (std::size_t left = room(); left > 0 && !queue_.empty(); --left) {
    Jobs one;
    one.splice(one.end(), queue_, queue_.begin());
    Job& job = one.front();
    const auto now = Clock::now();
    job.until = (std::min)(job.until, now + attempt_);
    job.connected_by = now + connect_timeout_;
    look_at_ = (std::min)(look_at_, job.until);
    // an open connection may do; if it does not, the transfer will need new addresses
    if (resolver_.is_address() ||
        (addresses_ && (addresses_->are_new() || connections_.use().connections > 0)))
      begin(one);
    else
      wait_for_host(one);
  }
}

PURECLOUD_TOKENS_INLINE void CurlMultiThread::wait_for_host(Jobs& one) noexcept {
  std::optional<HttpFailure> failure;
  if (!look_up_) failure = look_up_host();
  if (failure) return end(one, *std::move(failure));
  one.front().connected_by = Clock::now() + connect_timeout_;
  look_at_ = (std::min)(look_at_, one.front().connected_by);
  waiting_for_host_.splice(waiting_for_host_.end(), one);
}

PURECLOUD_TOKENS_INLINE std::optional<HttpFailure> CurlMultiThread::look_up_host() noexcept {
  try {
    std::shared_ptr<Resolver::LookUp> begun;
    auto failure = resolver_.begin(begun);
    if (!failure) look_up_.emplace(std::move(begun), this);
    return failure;
  } catch (const std::bad_alloc&) {
    return HttpFailure{ErrorKind::connection, "out of memory"};
  }
}

PURECLOUD_TOKENS_INLINE void CurlMultiThread::finish_look_up() noexcept {
  std::optional<HttpFailure> failure;
  try {
    SocketAddresses found;
    failure = resolver_.result(look_up_->waiter.look_up(), found);
    if (!failure) failure = CurlAddresses::replace(addresses_, settings_, found);
  } catch (const std::exception&) {  // no memory, here or in the look-up
    failure = HttpFailure{ErrorKind::connection, "out of memory"};
  }
  look_up_.reset();
  Jobs waiting;
  waiting.swap(waiting_for_host_);
  if (failure)
    return end_unbegun(waiting, [&]() noexcept {
      return failure_without_throw(failure->kind, [&] { return *failure; });
    });
  while (!waiting.empty()) {
    Jobs one;
    one.splice(one.end(), waiting, waiting.begin());
    begin(one);
  }
}

PURECLOUD_TOKENS_INLINE std::size_t CurlMultiThread::room() {
  const std::size_t count = under_way_.size() + waiting_for_host_.size();
  if (!over_http2_) {
    allow_connections(pool_.max_connections);
    return pool_.max_connections - (std::min)(pool_.max_connections, count);
  }
  const auto use = connections_.use();
  // requests that are not on the wire wait in libcurl: for a connection that is being opened, or
  // for a stream, if the server allows fewer than `streams`
  const bool all_on_the_wire = use.requests == under_way_.size();
  const bool too_few = !all_on_the_wire && use.http2 && !use.connecting;
  const bool more = allow_connections((std::max)((count + queue_.size() + streams - 1) / streams,
                                                 use.connections + (too_few ? 1 : 0)));
  if (more && too_few) open_connection();
  const std::size_t most = allowed_connections_ * streams;
  return all_on_the_wire && count < most ? (std::min)(streams, most - count) : 0;
}

PURECLOUD_TOKENS_INLINE bool CurlMultiThread::allow_connections(std::size_t count) {
  count = (std::clamp)(count, std::size_t{1}, (std::min)(pool_.max_connections, most_connections));
  const std::size_t before = std::exchange(allowed_connections_, count);
  if (before != count)
    curl_multi_setopt(multi_.get(), CURLMOPT_MAX_TOTAL_CONNECTIONS, static_cast<long>(count));
  return count > before;
}

PURECLOUD_TOKENS_INLINE void CurlMultiThread::open_connection() {
  const auto waiting = std::find_if(under_way_.begin(), under_way_.end(),
                                    [](const Job& each) { return !each.transfer->sent(); });
  if (waiting == under_way_.end()) return;
  CURL* const easy = waiting->transfer->easy().get();
  curl_multi_remove_handle(multi_.get(), easy);
  waiting->transfer->on_new_connection();
  curl_multi_add_handle(multi_.get(), easy);  // if it fails, the call ends by its deadline
  begun_anew_ = true;
}

PURECLOUD_TOKENS_INLINE void CurlMultiThread::begin(Jobs& one) noexcept {
  if (auto refused = try_begin(one.front())) return end(one, *std::move(refused));
  one.front().place = one.begin();
  under_way_.splice(under_way_.end(), one);
}

PURECLOUD_TOKENS_INLINE std::optional<HttpFailure> CurlMultiThread::try_begin(Job& job) noexcept {
  try {
    if (spare_.empty()) {
      job.transfer = new_transfer();
    } else {
      job.transfer = std::move(spare_.back());
      spare_.pop_back();
    }
    if (addresses_) {
      const auto left =
          std::chrono::ceil<std::chrono::milliseconds>(job.connected_by - Clock::now());
      job.transfer->set_addresses(addresses_, left);
    }
    if (auto refused = job.transfer->begin(job.request)) return refused;
    CURL* const easy = job.transfer->easy().get();
    curl_easy_setopt(easy, CURLOPT_PRIVATE, &job);
    if (curl_multi_add_handle(multi_.get(), easy) == CURLM_OK) return std::nullopt;
  } catch (const std::exception&) {  // no memory
  }
  return HttpFailure{ErrorKind::connection, "out of memory"};
}

PURECLOUD_TOKENS_INLINE bool CurlMultiThread::finish_transfers() {
  // collects all of them first: curl_multi_remove_handle() searches the messages that are left
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
    // handed out at once, because many results at the same time need more memory
    if (auto result = finish(one.front()))
      end(one, *std::move(result));
    else if (one.front().transfer)
      under_way_.splice(under_way_.end(), one);
    else
      wait_for_host(one);
  }
  if (any) close_idle(Clock::now());
  return any;
}

PURECLOUD_TOKENS_INLINE std::optional<HttpResult> CurlMultiThread::finish(Job& job) noexcept {
  try {
    auto result = job.transfer->finish(job.code);
    if (result) {
      over_http2_ = job.transfer->over_http2() || (over_http2_ && !job.transfer->sent());
      return result;
    }
    if (job.transfer->needs_addresses()) {
      job.transfer->give_up();
      spare_.push_back(std::move(job.transfer));
      return std::nullopt;
    }
    job.transfer->again();
    if (curl_multi_add_handle(multi_.get(), job.transfer->easy().get()) == CURLM_OK)
      return std::nullopt;
  } catch (const std::exception&) {  // no memory
  }
  return HttpFailure{ErrorKind::connection, "out of memory"};
}

PURECLOUD_TOKENS_INLINE void CurlMultiThread::end(Jobs& one, HttpResult result) noexcept {
  Job& job = one.front();
  try {
    if (job.transfer) spare_.push_back(std::move(job.transfer));
  } catch (const std::bad_alloc&) {  // the transfer is not kept
  }
  job.transfer.reset();
  job.on_stop.reset();
  job.done(std::move(result));
}

PURECLOUD_TOKENS_INLINE void CurlMultiThread::end_expired() noexcept {
  const auto now = Clock::now();
  look_at_ = (Deadline::max)();
  Jobs over, without_connection, without_host;
  Alarms due;
  const auto by_job = [](const Job& job) { return job.until; };
  take_expired(under_way_, over, now, by_job);
  take_expired(queue_, without_connection, now, by_job);
  take_expired(waiting_for_host_, without_host, now,
               [](const Job& job) { return (std::min)(job.until, job.connected_by); });
  take_expired(alarms_, due, now, [](const Alarm& alarm) { return alarm.until; });
  while (!over.empty()) end_early(over, over.front().stop.stop_requested());
  end_unbegun(without_connection, [this]() noexcept {
    return Destination::waited_for_connection(pool_.max_connections);
  });
  end_unbegun(without_host, [this]() noexcept {
    return failure_without_throw(ErrorKind::timeout,
                                 [this] { return resolver_.not_found_in_time(); });
  });
  if (waiting_for_host_.empty()) look_up_.reset();
  while (!due.empty()) ring(due);
}

PURECLOUD_TOKENS_INLINE void CurlMultiThread::end_early(Jobs& jobs, bool stopped) noexcept {
  Jobs one;
  one.splice(one.end(), jobs, jobs.begin());
  Job& job = one.front();
  connections_.end_opening(&*job.transfer);
  curl_multi_remove_handle(multi_.get(), job.transfer->easy().get());
  end(one, job.transfer->interrupted(stopped));
}

PURECLOUD_TOKENS_INLINE void CurlMultiThread::ring(Alarms& alarms) noexcept {
  Alarms one;
  one.splice(one.end(), alarms, alarms.begin());
  one.front().on_stop.reset();
  one.front().due();
}

PURECLOUD_TOKENS_INLINE void CurlMultiThread::end_everything() noexcept {
  Jobs under_way, unbegun;
  Alarms alarms;
  under_way.swap(under_way_);
  unbegun.swap(queue_);
  unbegun.splice(unbegun.end(), waiting_for_host_);
  alarms.swap(alarms_);
  look_up_.reset();
  while (!under_way.empty()) end_early(under_way, /*stopped=*/true);
  end_unbegun(unbegun, []() noexcept { return Destination::cancelled(false); });
  while (!alarms.empty()) ring(alarms);
}

PURECLOUD_TOKENS_INLINE void CurlMultiThread::close_idle(Deadline now) {
  look_at_ = (std::min)(look_at_, connections_.close_idle(pool_.max_idle, settings_.idle_for, now));
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
