// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <iterator>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#if !defined(_WIN32)
#include <pthread.h>
#include <csignal>
#endif

#include <purecloud/configuration.hpp>
#include <purecloud/detail/longest_time.hpp>
#include <purecloud/http.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Idle connections. A thread of its own, started with the first, closes what is idle for too long.
///
/// `Connection` has `bool reusable()`: whether another request may be sent through it.
template <class Connection>
class ConnectionPool {
 public:
  explicit ConnectionPool(const PoolOptions& options) : options_(options) {}
  ConnectionPool(const ConnectionPool&) = delete;
  ConnectionPool& operator=(const ConnectionPool&) = delete;

  ~ConnectionPool() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_one();
    if (keeper_.joinable()) keeper_.join();
  }

  /// The connection that was used last, for it is the likeliest to be alive; null when none is
  /// idle.
  std::unique_ptr<Connection> take() {
    for (;;) {
      std::unique_ptr<Connection> connection;
      {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (idle_.empty()) return nullptr;
        connection = std::move(idle_.back().connection);
        idle_.pop_back();
      }
      if (connection->reusable()) return connection;
    }
  }

  void give_back(std::unique_ptr<Connection> connection) {
    if (options_.max_idle == 0) return;
    const Deadline close_at = std::chrono::steady_clock::now() + idle_for();
    bool wake = false;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (!keeper_.joinable() && !start_keeper()) return;
      idle_.push_back({std::move(connection), close_at});
      if (idle_.size() > options_.max_idle) {
        connection = std::move(idle_.front().connection);  // closed once the lock is gone
        idle_.erase(idle_.begin());
      }
      wake = std::exchange(keeper_rests_, false);
    }
    if (wake) changed_.notify_one();
  }

 private:
  struct Idle {
    std::unique_ptr<Connection> connection;
    Deadline close_at;
  };

  std::chrono::milliseconds idle_for() const { return (std::min)(options_.idle_for, longest_time); }

  bool start_keeper() {
#if !defined(_WIN32)
    // the user's signal handlers are not for this thread
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
#endif
    try {
      keeper_ = std::thread([this] { keep(); });
    } catch (const std::system_error&) {
      // no thread to be had: then nothing is kept
    }
#if !defined(_WIN32)
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
#endif
    return keeper_.joinable();
  }

  void keep() {
    std::unique_lock<std::mutex> lock(mutex_);
    bool unused = false;
    while (!stopping_) {
      // all are kept for the same time, so the first to expire stand in front
      const Deadline now = std::chrono::steady_clock::now();
      const auto fresh = std::find_if(idle_.begin(), idle_.end(),
                                      [now](const Idle& idle) { return idle.close_at > now; });
      std::vector<Idle> expired(std::make_move_iterator(idle_.begin()),
                                std::make_move_iterator(fresh));
      idle_.erase(idle_.begin(), fresh);
      if (!expired.empty()) {
        lock.unlock();
        expired.clear();  // may write to the network
        lock.lock();
      } else if (!idle_.empty()) {
        // a copy: wait_until() looks at the time once more, when that connection may be gone
        const Deadline close_at = idle_.front().close_at;
        changed_.wait_until(lock, close_at);
        unused = false;
      } else if (!unused) {
        // what comes back from now on expires later; to be woken by each would cost every call
        changed_.wait_until(lock, now + idle_for());
        unused = true;
      } else {
        keeper_rests_ = true;
        changed_.wait(lock);
        unused = false;
      }
    }
  }

  const PoolOptions options_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Idle> idle_;
  bool keeper_rests_ = false;  ///< until it is woken
  bool stopping_ = false;
  std::thread keeper_;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
