// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include <purecloud/backend/async_policy.hpp>
#include <purecloud/configuration.hpp>
#include <purecloud/http.hpp>
#include <purecloud/testing/fake_tokens_service.hpp>

namespace purecloud {
inline namespace v1 {
namespace testing {

/// A backend without sockets, synchronous and asynchronous: `BasicTokensApi<FakeBackend>` and
/// `BasicAsyncTokensApi<FakeBackend>` send to a FakeTokensService. Calls wait by the service's
/// clock, so that retries take no real time. Asynchronous calls have ended when the operation
/// returns, unless hold() was called. Thread-safe.
class FakeBackend {
 public:
  static constexpr bool serves_every_origin = true;  ///< so it is the login host's backend, too

  /// Builds a service.
  FakeBackend();
  /// Builds a service; for clients that build their backend.
  explicit FakeBackend(const Configuration&) : FakeBackend() {}
  /// Uses a service that is given, and may be shared. It must not be null.
  explicit FakeBackend(std::shared_ptr<FakeTokensService> service);
  /// Ends the calls that are held with ErrorKind::cancelled, on this thread.
  ~FakeBackend();
  FakeBackend(const FakeBackend&) = delete;
  FakeBackend& operator=(const FakeBackend&) = delete;

  /// Returns the service. Valid as long as the backend is.
  FakeTokensService& service() { return *service_; }

  /// From now on withholds the responses to asynchronous calls. Their requests still reach the
  /// service at once. Future::cancel(), a requested stop and the backend's destructor end a call at
  /// once, on their thread.
  void hold();
  /// Ends the hold: before it returns, it gives the responses in the order in which the requests
  /// were started. Calls whose deadline has passed by the service's clock time out.
  void release();

  /// Returns the service's response at once. Fault::failure(ErrorKind::timeout) moves the service's
  /// clock to the deadline.
  HttpResult send(const HttpRequest& request, Deadline deadline);
  /// Like send(), but calls `done` with the response: before start() returns, or in release().
  void start(HttpRequest request, Deadline deadline, StopToken stop, Completion done) noexcept;
  /// Moves the service's clock to `until`, and calls `due`; while responses are held, release()
  /// does so, or a requested stop calls `due`.
  void call_at(Deadline until, StopToken stop, Timer due) noexcept;

  /// Returns the service's time.
  Moment now() const;
  /// Moves the service's clock to `until`.
  void wait_until(Deadline until);

 private:
  class Held;

  std::shared_ptr<FakeTokensService> service_;
  std::shared_ptr<Held> held_;
};

}  // namespace testing
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_TESTING_BODIES
#include <purecloud/testing/fake_backend.ipp>
#endif
