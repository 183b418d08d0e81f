// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <list>
#include <mutex>
#include <new>
#include <optional>
#include <utility>
#include <variant>

#include <purecloud/detail/net/destination.hpp>
#include <purecloud/testing/fake_backend.hpp>

namespace purecloud {
inline namespace v1 {
namespace testing {

/// The ends of requests and of waits that hold() withholds, in the order in which they were
/// started.
class FakeBackend::Held {
 public:
  using End = detail::OnceFunction<bool>;  ///< the argument tells whether a stop is the reason

  /// Keeps `end` and returns true while hold() is in effect; else returns false, and `end` stays
  /// with the caller. Throws std::bad_alloc.
  bool keep(StopToken stop, End& end) {
    const auto entry = std::make_shared<Entry>();
    entry->on_stop.emplace(std::move(stop), EndNow{this, entry.get()});
    std::unique_lock<std::mutex> lock(mutex_);
    if (!holding_) return false;
    entry->end = std::move(end);
    entry->number = next_number_++;
    entries_.push_back(entry);
    const bool stopped = entry->stopped;
    lock.unlock();
    if (stopped) end_first([&](const Entry& each) { return &each == entry.get(); }, true);
    return true;
  }

  void hold() {
    const std::lock_guard<std::mutex> lock(mutex_);
    holding_ = true;
  }

  /// Calls all ends as stopped; from now on nothing is held.
  void close() {
    closed_ = true;
    release(true);
  }

  bool closed() const { return closed_; }

  /// Calls the ends that are held now. `stopped` tells whether the backend's destructor is the
  /// reason.
  void release(bool stopped) {
    std::uint64_t end = 0;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      holding_ = false;
      end = next_number_;
    }
    while (end_first([end](const Entry& each) { return each.number < end; }, stopped)) {
    }
  }

 private:
  struct Entry;
  struct EndNow {
    Held* held;
    Entry* entry;
    void operator()() const noexcept { held->stop(*entry); }
  };
  struct Entry {
    End end;
    std::uint64_t number = 0;
    bool stopped = false;  ///< a stop was requested before it was listed
    std::optional<StopCallback<EndNow>> on_stop;
  };

  void stop(Entry& entry) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      entry.stopped = true;
    }
    end_first([&entry](const Entry& each) { return &each == &entry; }, true);
  }

  /// Calls the end of the first entry that fits, on this thread. Returns false if none fits.
  template <class Fits>
  bool end_first(Fits fits, bool stopped) {
    std::shared_ptr<Entry> entry;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      auto place = entries_.begin();
      while (place != entries_.end() && !fits(**place)) ++place;
      if (place == entries_.end()) return false;
      entry = std::move(*place);
      entries_.erase(place);
    }
    entry->end(stopped);
    return true;
  }

  std::mutex mutex_;
  std::list<std::shared_ptr<Entry>> entries_;
  std::uint64_t next_number_ = 0;
  bool holding_ = false;
  std::atomic<bool> closed_{false};
};

PURECLOUD_TOKENS_INLINE FakeBackend::FakeBackend()
    : FakeBackend(std::make_shared<FakeTokensService>()) {}

PURECLOUD_TOKENS_INLINE FakeBackend::FakeBackend(std::shared_ptr<FakeTokensService> service)
    : service_(std::move(service)), held_(std::make_shared<Held>()) {}

PURECLOUD_TOKENS_INLINE FakeBackend::~FakeBackend() { held_->close(); }

PURECLOUD_TOKENS_INLINE void FakeBackend::hold() { held_->hold(); }

PURECLOUD_TOKENS_INLINE void FakeBackend::release() {
  const std::shared_ptr<Held> kept = held_;  // a copy: a handler may destroy this object
  kept->release(false);
}

PURECLOUD_TOKENS_INLINE HttpResult FakeBackend::send(const HttpRequest& request,
                                                     Deadline deadline) {
  HttpResult result = service_->handle(request);
  const auto* failure = std::get_if<HttpFailure>(&result);
  if (failure && failure->kind == ErrorKind::timeout) wait_until(deadline);
  return result;
}

PURECLOUD_TOKENS_INLINE void FakeBackend::start(HttpRequest request, Deadline deadline,
                                                StopToken stop, Completion done) noexcept {
  // shared, because a catch clause needs it when `done` has been moved
  std::shared_ptr<Completion> respond;
  try {
    respond = std::make_shared<Completion>(std::move(done));
  } catch (const std::bad_alloc&) {
    return done(HttpFailure{ErrorKind::connection, "out of memory"});
  }
  try {
    if (held_->closed() || stop.stop_requested())
      return (*respond)(detail::Destination::cancelled(false));
    HttpResult result = service_->handle(request);
    Held::End end = [this, deadline, respond, result = std::move(result)](bool stopped) mutable {
      const auto* failure = std::get_if<HttpFailure>(&result);
      const bool times_out = failure && failure->kind == ErrorKind::timeout;
      if (stopped)
        result = detail::Destination::cancelled(true);
      else if (times_out)
        wait_until(deadline);
      else if (now().steady >= deadline)
        result = HttpFailure{ErrorKind::timeout, "no response by the deadline"};
      (*respond)(std::move(result));
    };
    if (!held_->keep(std::move(stop), end)) end(false);
  } catch (const std::bad_alloc&) {
    (*respond)(HttpFailure{ErrorKind::connection, "out of memory"});
  }
}

PURECLOUD_TOKENS_INLINE void FakeBackend::call_at(Deadline until, StopToken stop,
                                                  Timer due) noexcept {
  Held::End end = [this, until, due = std::move(due)](bool stopped) mutable {
    if (!stopped) wait_until(until);
    due();
  };
  try {
    if (held_->closed() || stop.stop_requested()) return end(true);
    if (!held_->keep(std::move(stop), end)) end(false);
  } catch (const std::bad_alloc&) {
    end(true);
  }
}

PURECLOUD_TOKENS_INLINE Moment FakeBackend::now() const {
  const auto since_epoch = service_->now().time_since_epoch();
  return {Deadline(since_epoch), std::chrono::system_clock::time_point(since_epoch)};
}

PURECLOUD_TOKENS_INLINE void FakeBackend::wait_until(Deadline until) {
  service_->advance_to(
      Timestamp(std::chrono::ceil<std::chrono::milliseconds>(until.time_since_epoch())));
}

}  // namespace testing
}  // namespace v1
}  // namespace purecloud
