// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <type_traits>
#include <utility>

#include <purecloud/backend/async_policy.hpp>
#include <purecloud/backend/policy.hpp>
#include <purecloud/configuration.hpp>
#include <purecloud/detail/async/worker_threads.hpp>

namespace purecloud {
inline namespace v1 {

/// Makes an asynchronous backend of a synchronous one: each request is sent on one of at most
/// `pool.max_connections` threads. They are started when they are needed and end when they have
/// been idle for `pool.idle_for`; one more keeps the time. Requests beyond wait in a queue, where
/// `timeouts.connect` and `timeouts.attempt` do not count yet.
///
/// Over a backend whose `send` takes no stop token a cancelled call ends at once, but the
/// destructor waits for its `send`.
template <class Backend>
class ThreadedBackend {
  static_assert(detail::check_backend<Backend>());

 public:
  using EngineOwner = ThreadedBackend;
  static constexpr bool has_queue = true;  ///< `start` is given the deadline of the call

  /// Builds a Backend of its own, and throws as its constructor does.
  template <class B = Backend,
            std::enable_if_t<std::is_constructible_v<B, const Configuration&>, int> = 0>
  explicit ThreadedBackend(const Configuration& configuration)
      : ThreadedBackend(configuration, std::make_shared<Backend>(configuration)) {}

  /// Takes a backend that others may use too. It must not be null.
  ThreadedBackend(const Configuration& configuration, std::shared_ptr<Backend> backend)
      : threads_(std::make_shared<detail::WorkerThreads>(
            [backend = std::move(backend)](const HttpRequest& request, Deadline deadline,
                                           const StopToken& stop) {
              return detail::send(*backend, request, deadline, stop);
            },
            detail::HasStoppableSend<Backend>::value, configuration)) {}

  /// See BasicAsyncTokensApi.
  // a copy: calls that end by this come to their threads once more
  ~ThreadedBackend() { detail::WorkerThreads::close(threads_); }
  ThreadedBackend(const ThreadedBackend&) = delete;
  ThreadedBackend& operator=(const ThreadedBackend&) = delete;

  /// One exchange, over by `deadline`, or soon after a stop.
  void start(HttpRequest request, Deadline deadline, StopToken stop, Completion done) noexcept {
    threads_->start(std::move(request), deadline, std::move(stop), std::move(done));
  }

  /// Calls `due` at that time, or soon after a stop.
  void call_at(Deadline until, StopToken stop, Timer due) noexcept {
    threads_->call_at(until, std::move(stop), std::move(due));
  }

  /// For the calls.
  std::shared_ptr<detail::AsyncEngine> engine() const { return threads_; }

 private:
  std::shared_ptr<detail::WorkerThreads> threads_;
};

}  // namespace v1
}  // namespace purecloud
