// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#if !defined(_WIN32)
#include <pthread.h>
#include <csignal>
#endif

#include <purecloud/configuration.hpp>
#include <purecloud/http.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Idle connections, and the deadlines of busy ones. A thread of its own, started by the first
/// call, interrupts what outlives its deadline and closes what is idle for too long.
///
/// `Connection` has `void interrupt()`, called under the pool's lock while another thread may be
/// blocked in it, and `bool reusable()`.
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
    if (options_.max_idle == 0 || !connection->reusable()) return;
    const Deadline close_at = std::chrono::steady_clock::now() + options_.idle_for;
    bool wake = false;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      idle_.push_back({std::move(connection), close_at});
      if (idle_.size() > options_.max_idle) {
        connection = std::move(idle_.front().connection);
        idle_.erase(idle_.begin());
      }
      wake = close_at < wakes_at_;
    }
    if (wake) changed_.notify_one();
  }

  /// While it lives, the connection is interrupted when the deadline passes.
  class Watch {
   public:
    Watch(ConnectionPool& pool, Connection& connection, Deadline deadline) : pool_(pool) {
      bool wake = false;
      {
        const std::lock_guard<std::mutex> lock(pool_.mutex_);
        if (!pool_.keeper_.joinable()) pool_.start_keeper();
        place_ = pool_.busy_.emplace(deadline, &connection);
        wake = deadline < pool_.wakes_at_;
      }
      if (wake) pool_.changed_.notify_one();
    }
    ~Watch() {
      const std::lock_guard<std::mutex> lock(pool_.mutex_);
      if (place_ != pool_.busy_.end()) pool_.busy_.erase(place_);
    }
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

   private:
    ConnectionPool& pool_;
    typename std::multimap<Deadline, Connection*>::iterator place_;
  };

  /// For a connection's own state that interrupt() reads.
  std::mutex& mutex() { return mutex_; }

 private:
  struct Idle {
    std::unique_ptr<Connection> connection;
    Deadline close_at;
  };

  void start_keeper() {
#if !defined(_WIN32)
    // the user's signal handlers are not for this thread
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
#endif
    keeper_ = std::thread([this] { keep(); });
#if !defined(_WIN32)
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
#endif
  }

  void keep() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (!stopping_) {
      const Deadline now = std::chrono::steady_clock::now();
      wakes_at_ = (Deadline::max)();
      for (auto& [deadline, connection] : busy_) {
        if (deadline > now) {
          wakes_at_ = deadline;
          break;
        }
        connection->interrupt();
      }
      // all are kept for the same time, so the first to expire stand in front
      const auto fresh = std::find_if(idle_.begin(), idle_.end(),
                                      [now](const Idle& idle) { return idle.close_at > now; });
      std::vector<Idle> expired(std::make_move_iterator(idle_.begin()),
                                std::make_move_iterator(fresh));
      idle_.erase(idle_.begin(), fresh);
      if (!expired.empty()) {
        lock.unlock();
        expired.clear();  // may write to the network
        lock.lock();
        continue;
      }
      if (!idle_.empty()) wakes_at_ = (std::min)(wakes_at_, idle_.front().close_at);
      if (wakes_at_ == (Deadline::max)())
        changed_.wait(lock);
      else
        changed_.wait_until(lock, wakes_at_);
    }
  }

  const PoolOptions options_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Idle> idle_;
  std::multimap<Deadline, Connection*> busy_;
  Deadline wakes_at_ = (Deadline::max)();
  bool stopping_ = false;
  std::thread keeper_;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
