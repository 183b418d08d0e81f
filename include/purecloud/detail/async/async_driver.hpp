// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <utility>

#include <purecloud/backend/async_policy.hpp>
#include <purecloud/detail/async/async_call.hpp>
#include <purecloud/detail/client_state.hpp>
#include <purecloud/future.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Starts calls over an asynchronous backend. Immutable, and therefore thread-safe.
template <class Backend>
class AsyncDriver {
  static_assert(check_async_backend<Backend>());

 public:
  explicit AsyncDriver(ClientState<Backend> state) : state_(std::move(state)) {}

  /// Returns a driver with the same settings and backend, and another token.
  AsyncDriver with_access_token(AccessToken token) const {
    return AsyncDriver(state_.with_access_token(std::move(token)));
  }

  template <class T>
  Future<T> start(Call<T> call) const {
    const auto state = std::make_shared<AsyncCall<Backend, T>>(engine_of(*state_.backend));
    state->begin(state_.settings, std::move(call), state_.token, state_.login);
    return Future<T>(state);
  }

 private:
  ClientState<Backend> state_;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
