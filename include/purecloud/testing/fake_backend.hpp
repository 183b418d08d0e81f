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

/// A backend without sockets, of both kinds: `BasicTokensApi<FakeBackend>` and
/// `BasicAsyncTokensApi<FakeBackend>` talk to a FakeTokensService. Calls wait on the service's
/// clock, so that retries take no real time; asynchronous ones have ended when the operation
/// returns, unless hold() was called. Safe to use from many threads.
class FakeBackend {
 public:
  static constexpr bool serves_every_origin = true;  ///< the login host, too

  /// With a service of its own.
  FakeBackend();
  /// The same, for clients that build their own backend.
  explicit FakeBackend(const Configuration&) : FakeBackend() {}
  /// With a service that others may use too. It must not be null.
  explicit FakeBackend(std::shared_ptr<FakeTokensService> service);
  /// Ends the calls that are held with ErrorKind::cancelled, on this thread.
  ~FakeBackend();
  FakeBackend(const FakeBackend&) = delete;
  FakeBackend& operator=(const FakeBackend&) = delete;

  /// The cloud behind it. Valid as long as the backend is.
  FakeTokensService& service() { return *service_; }

  /// Withholds the responses to asynchronous calls from now on. Their requests reach the service at
  /// once. Cancellation, a stop and the end of the backend still end a call at once, on that
  /// thread.
  void hold();
  /// Ends the hold, and responds in the order in which the requests were started, before it
  /// returns. Calls whose deadline the service's clock has passed time out.
  void release();

  /// Responds at once, but for Fault::failure(ErrorKind::timeout), which moves the service's clock
  /// to the deadline.
  HttpResult send(const HttpRequest& request, Deadline deadline);
  /// The same, asynchronously; `done` is called here, or by release().
  void start(HttpRequest request, Deadline deadline, StopToken stop, Completion done) noexcept;
  /// Moves the service's clock to `until`, and calls `due`; while responses are held, release()
  /// does, or a stop.
  void call_at(Deadline until, StopToken stop, Timer due) noexcept;

  /// The service's time.
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
