// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <chrono>
#include <exception>
#include <iterator>
#include <list>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include <purecloud/configuration.hpp>
#include <purecloud/detail/condition.hpp>
#include <purecloud/detail/longest_time.hpp>
#include <purecloud/detail/net/thread.hpp>
#include <purecloud/http.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Keeps idle connections. The first one starts a thread, the keeper, which closes those that have
/// been idle for too long.
///
/// `Connection` has `bool reusable()`: whether another request may be sent over it. It must not
/// wait, and must not read without a bound.
template <class Connection>
class ConnectionPool {
 public:
  explicit ConnectionPool(const PoolOptions& options) : state_(std::make_unique<State>(options)) {}
  ConnectionPool(const ConnectionPool&) = delete;
  ConnectionPool& operator=(const ConnectionPool&) = delete;

  /// Closes the connections. In a forked child it does nothing: the keeper does not exist there,
  /// and the connections are the parent's.
  ~ConnectionPool() {
    if (state_->keeper.joinable() && state_->process != process_id())
      static_cast<void>(state_.release());
  }

  /// Returns the connection that was used last, because it is the most likely to be alive; null if
  /// none is idle.
  std::unique_ptr<Connection> take() {
    for (;;) {
      std::list<Idle> taken;
      {
        const std::lock_guard<std::mutex> lock(state_->mutex);
        if (state_->idle.empty()) return nullptr;
        taken.splice(taken.end(), state_->idle, std::prev(state_->idle.end()));
      }
      if (taken.front().connection->reusable()) return std::move(taken.front().connection);
    }
  }

  /// Keeps a connection for later; closes it if memory runs out, or the keeper cannot be started.
  void give_back(std::unique_ptr<Connection> connection) noexcept {
    try {
      state_->keep(std::move(connection));
    } catch (const std::exception&) {  // no memory or no thread: the connection is closed
    }
  }

 private:
  struct Idle {
    std::unique_ptr<Connection> connection;
    Deadline close_at;
  };

  struct State {
    explicit State(const PoolOptions& pool_options) : options(pool_options) {}
    ~State() {
      {
        const std::lock_guard<std::mutex> lock(mutex);
        stopping = true;
      }
      changed.notify_one();
      if (keeper.joinable()) keeper.join();
    }

    std::chrono::milliseconds idle_for() const {
      return (std::min)(options.idle_for, longest_time);
    }

    void keep(std::unique_ptr<Connection> connection) {
      if (options.max_idle == 0) return;
      std::list<Idle> added;
      added.push_back({std::move(connection), std::chrono::steady_clock::now() + idle_for()});
      std::list<Idle> removed;  // closed after the lock is released
      bool wake = false;
      {
        const std::lock_guard<std::mutex> lock(mutex);
        if (!keeper.joinable()) {
          process = process_id();
          keeper = start_thread([this] { close_expired(); });
        }
        idle.splice(idle.end(), added);
        if (idle.size() > options.max_idle) removed.splice(removed.end(), idle, idle.begin());
        wake = std::exchange(keeper_rests, false);
      }
      if (wake) changed.notify_one();
    }

    /// The keeper's loop. It allocates nothing, because it could not report a failure.
    void close_expired() {
      std::unique_lock<std::mutex> lock(mutex);
      bool unused = false;
      while (!stopping) {
        // all are kept for the same time, so those that expire first are in front
        const Deadline now = std::chrono::steady_clock::now();
        const auto fresh = std::find_if(idle.begin(), idle.end(),
                                        [now](const Idle& each) { return each.close_at > now; });
        std::list<Idle> expired;
        expired.splice(expired.end(), idle, idle.begin(), fresh);
        if (!expired.empty()) {
          lock.unlock();
          expired.clear();  // may write to the network
          lock.lock();
        } else if (!idle.empty()) {
          wait_on(changed, lock, idle.front().close_at);
          unused = false;
        } else if (!unused) {
          // a connection that comes back now expires later than this wait ends: so give_back() need
          // not wake the keeper, which would cost every call
          unused =
              !wait_on(changed, lock, now + idle_for(), [&] { return stopping || !idle.empty(); });
        } else {
          keeper_rests = true;
          changed.wait(lock);
          unused = false;
        }
      }
    }

    const PoolOptions options;
    std::mutex mutex;
    Condition changed;
    std::list<Idle> idle;
    bool keeper_rests = false;  ///< whether keep() has to wake it
    bool stopping = false;
    long process = 0;  ///< the process in which the keeper was started
    std::thread keeper;
  };

  std::unique_ptr<State> state_;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
