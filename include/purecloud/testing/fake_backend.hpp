// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <utility>

#include <purecloud/configuration.hpp>
#include <purecloud/http.hpp>
#include <purecloud/testing/fake_tokens_service.hpp>

namespace purecloud {
inline namespace v1 {
namespace testing {

/// A backend without sockets: `BasicTokensApi<FakeBackend>` talks to a FakeTokensService. Calls
/// wait on the service's clock, so that retries take no real time.
class FakeBackend {
 public:
  /// With a service of its own.
  FakeBackend() : FakeBackend(std::make_shared<FakeTokensService>()) {}
  /// The same, for clients that build their own backend.
  explicit FakeBackend(const Configuration&) : FakeBackend() {}
  /// With a service that others may use too. It must not be null.
  explicit FakeBackend(std::shared_ptr<FakeTokensService> service) : service_(std::move(service)) {}

  /// The cloud behind it. Valid as long as the backend is.
  FakeTokensService& service() { return *service_; }

  /// Answers at once, but for Fault::failure(ErrorKind::timeout), which moves the service's clock
  /// to the deadline.
  HttpResult send(const HttpRequest& request, Deadline deadline) {
    HttpResult result = service_->handle(request);
    const auto* failure = std::get_if<HttpFailure>(&result);
    if (failure && failure->kind == ErrorKind::timeout) wait_until(deadline);
    return result;
  }

  /// The service's time.
  Moment now() const {
    const auto since_epoch = service_->now().time_since_epoch();
    return {Deadline(since_epoch), std::chrono::system_clock::time_point(since_epoch)};
  }

  /// Moves the service's clock to `until`.
  void wait_until(Deadline until) {
    service_->advance_to(
        Timestamp(std::chrono::ceil<std::chrono::milliseconds>(until.time_since_epoch())));
  }

 private:
  std::shared_ptr<FakeTokensService> service_;
};

}  // namespace testing
}  // namespace v1
}  // namespace purecloud
