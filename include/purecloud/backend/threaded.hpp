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

/// Makes an asynchronous backend of a synchronous one: requests are sent on at most
/// `pool.max_connections` threads, which start when they are needed and end after they were idle
/// for `pool.idle_for`; one more thread is for timers. Further requests wait in a queue. The time
/// in the queue does not count towards `timeouts.connect` and `timeouts.attempt`.
///
/// A cancelled call ends at once. If the `send` of the Backend accepts no stop token, it still runs
/// to its end, and the destructor waits for it.
template <class Backend>
class ThreadedBackend {
  static_assert(detail::check_backend<Backend>());

 public:
  using EngineOwner = ThreadedBackend;
  static constexpr bool has_queue = true;  ///< `start` gets the deadline of the call

  /// Builds a Backend. Throws what its constructor throws.
  template <class B = Backend,
            std::enable_if_t<std::is_constructible_v<B, const Configuration&>, int> = 0>
  explicit ThreadedBackend(const Configuration& configuration)
      : ThreadedBackend(configuration, std::make_shared<Backend>(configuration)) {}

  /// Uses a backend that is given, and may be shared. It must not be null.
  ThreadedBackend(const Configuration& configuration, std::shared_ptr<Backend> backend)
      : threads_(std::make_shared<detail::WorkerThreads>(
            [backend = std::move(backend)](const HttpRequest& request, Deadline deadline,
                                           const StopToken& stop) {
              return detail::send(*backend, request, deadline, stop);
            },
            detail::HasStoppableSend<Backend>::value, configuration)) {}

  /// Ends all calls: see BasicAsyncTokensApi.
  // passes a copy, because the calls that this ends use their threads once more
  ~ThreadedBackend() { detail::WorkerThreads::close(threads_); }
  ThreadedBackend(const ThreadedBackend&) = delete;
  ThreadedBackend& operator=(const ThreadedBackend&) = delete;

  /// Sends a request, and calls `done` with the response by `deadline`, or soon after a stop is
  /// requested.
  void start(HttpRequest request, Deadline deadline, StopToken stop, Completion done) noexcept {
    threads_->start(std::move(request), deadline, std::move(stop), std::move(done));
  }

  /// Calls `due` at `until`, or soon after a stop is requested.
  void call_at(Deadline until, StopToken stop, Timer due) noexcept {
    threads_->call_at(until, std::move(stop), std::move(due));
  }

  /// Used by calls.
  std::shared_ptr<detail::AsyncEngine> engine() const { return threads_; }

 private:
  std::shared_ptr<detail::WorkerThreads> threads_;
};

}  // namespace v1
}  // namespace purecloud
