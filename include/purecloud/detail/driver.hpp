// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <type_traits>
#include <utility>

#include <purecloud/backend/policy.hpp>
#include <purecloud/detail/call/exchange.hpp>
#include <purecloud/detail/call/operation.hpp>
#include <purecloud/detail/call/settings.hpp>
#include <purecloud/detail/text/url.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

Moment current_moment();

/// Returns at that time, or as soon as a stop is requested.
void sleep_until(Deadline until, const StopToken& stop);

/// Carries calls out one at a time, on the caller's thread: it sends and waits as an Exchange says.
/// Immutable, so any number of threads may use one object.
template <class Backend>
class Driver {
  static_assert(check_backend<Backend>());

 public:
  /// Builds a backend of its own. Throws ApiException, as the Backend's constructor does, and
  /// invalid_argument for the configuration.
  explicit Driver(Configuration configuration) : Driver(std::move(configuration), nullptr, 0) {
    static_assert(std::is_constructible_v<Backend, const Configuration&>,
                  "purecloud: a client that builds its own backend needs a backend that is "
                  "constructible from const purecloud::Configuration&; or pass a "
                  "std::shared_ptr to one as the second argument");
    backend_ = std::make_shared<Backend>(settings_->configuration);
  }

  /// Takes a backend that others may use too. Throws ApiException (invalid_argument).
  Driver(Configuration configuration, std::shared_ptr<Backend> backend)
      : Driver(std::move(configuration), std::move(backend), 0) {
    if (!backend_) refuse("backend", "is null; pass one");
  }

  /// The same settings and backend with another token.
  Driver with_access_token(AccessToken token) const {
    Driver other = *this;
    other.token_ = std::make_shared<AccessToken>(std::move(token));
    return other;
  }

  template <class T>
  Result<T> run(Call<T> call) const {
    Exchange exchange(settings_, std::move(call), token_, now().steady);
    drive(exchange);
    return finish<T>(exchange);
  }

 private:
  using Action = Exchange::Action;

  Driver(Configuration configuration, std::shared_ptr<Backend> backend, int)
      : token_(std::make_shared<AccessToken>(std::move(configuration.access_token))),
        backend_(std::move(backend)) {
    configuration.access_token = *token_;
    settings_ = std::make_shared<ClientSettings>(make_settings(std::move(configuration)));
  }

  void drive(Exchange& exchange) const {
    auto step = exchange.next(now().steady);
    while (step.action != Action::done) {
      if (step.action == Action::send) {
        HttpResult result = send(*backend_, exchange.request(), step.until, exchange.stop());
        step = exchange.received(std::move(result), now());
      } else {
        wait_until(step.until, exchange.stop());
        step = exchange.next(now().steady);
      }
    }
  }

  Moment now() const {
    if constexpr (HasClock<Backend>::value)
      return backend_->now();
    else
      return current_moment();
  }

  void wait_until(Deadline until, const StopToken& stop) const {
    if constexpr (HasClock<Backend>::value)
      backend_->wait_until(until);
    else
      sleep_until(until, stop);
  }

  std::shared_ptr<const ClientSettings> settings_;
  std::shared_ptr<const AccessToken> token_;
  std::shared_ptr<Backend> backend_;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/driver.ipp>
#endif
