// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <type_traits>
#include <utility>

#include <purecloud/backend/async_policy.hpp>
#include <purecloud/detail/async/async_call.hpp>
#include <purecloud/detail/call/settings.hpp>
#include <purecloud/detail/text/url.hpp>
#include <purecloud/future.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Starts calls over an asynchronous backend. Immutable, so any number of threads may use one
/// object.
template <class Backend>
class AsyncDriver {
  static_assert(check_async_backend<Backend>());

 public:
  /// Builds a backend of its own. Throws as Driver.
  explicit AsyncDriver(Configuration configuration)
      : AsyncDriver(std::move(configuration), nullptr, 0) {
    static_assert(std::is_constructible_v<Backend, const Configuration&>,
                  "purecloud: a client that builds its own backend needs a backend that is "
                  "constructible from const purecloud::Configuration&; or pass a "
                  "std::shared_ptr to one as the second argument");
    backend_ = std::make_shared<Backend>(settings_->configuration);
  }

  /// Takes a backend that others may use too. Throws ApiException (invalid_argument).
  AsyncDriver(Configuration configuration, std::shared_ptr<Backend> backend)
      : AsyncDriver(std::move(configuration), std::move(backend), 0) {
    if (!backend_) refuse("backend", "is null; pass one");
  }

  /// The same settings and backend with another token.
  AsyncDriver with_access_token(AccessToken token) const {
    AsyncDriver other = *this;
    other.token_ = std::make_shared<AccessToken>(std::move(token));
    return other;
  }

  template <class T>
  Future<T> start(Call<T> call) const {
    const auto state = std::make_shared<AsyncCall<Backend, T>>(*backend_);
    state->begin(settings_, std::move(call), token_);
    return Future<T>(state);
  }

 private:
  AsyncDriver(Configuration configuration, std::shared_ptr<Backend> backend, int)
      : token_(std::make_shared<AccessToken>(configuration.access_token)),
        settings_(std::make_shared<ClientSettings>(make_settings(std::move(configuration)))),
        backend_(std::move(backend)) {}

  std::shared_ptr<const AccessToken> token_;
  std::shared_ptr<const ClientSettings> settings_;
  std::shared_ptr<Backend> backend_;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
