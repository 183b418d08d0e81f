// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string_view>
#include <utility>

#include <purecloud/detail/async/async_driver.hpp>
#include <purecloud/detail/operations.hpp>
#include <purecloud/future.hpp>
#include <purecloud/model/idle_token_timeout.hpp>
#include <purecloud/model/token_info.hpp>

namespace purecloud {
inline namespace v1 {

/// The Tokens API of Genesys Cloud, asynchronously. The operations are those of BasicTokensApi;
/// each starts its call and returns at once. It copies its arguments, and throws nothing but
/// std::bad_alloc: the error of a refused argument is in the Future.
///
/// Cheap to copy, and thread-safe. Neither a call in flight nor its Future keeps the backend alive.
/// The backend is destroyed with its last reference (with the last copy of the client, if the
/// client built it). Then its calls end with ErrorKind::cancelled, their handlers run, and the
/// destructor returns when the backend's threads have ended. If a handler of that backend destroys
/// it, the destructor returns at once, and the remaining handlers run after that one. Do not hold
/// a lock that a handler requires while you destroy a backend.
template <class AsyncBackend>
class BasicAsyncTokensApi {
 public:
  /// See BasicTokensApi.
  explicit BasicAsyncTokensApi(const Configuration& configuration)
      : driver_(State(configuration)) {}

  /// See BasicTokensApi.
  BasicAsyncTokensApi(const Configuration& configuration, std::shared_ptr<AsyncBackend> backend)
      : driver_(State(configuration, std::move(backend), nullptr)) {}

  /// See BasicTokensApi.
  BasicAsyncTokensApi(const Configuration& configuration, std::shared_ptr<AsyncBackend> backend,
                      std::shared_ptr<AsyncBackend> login_backend)
      : driver_(State(configuration, std::move(backend), std::move(login_backend))) {}

  /// See BasicTokensApi::with_access_token().
  BasicAsyncTokensApi with_access_token(AccessToken token) const {
    return BasicAsyncTokensApi(driver_.with_access_token(std::move(token)));
  }

  /// See BasicTokensApi::get_tokens_me().
  Future<TokenInfo> get_tokens_me(const GetTokensMeOptions& options = {}) const {
    return driver_.start(detail::operations::get_tokens_me(options));
  }

  /// See BasicTokensApi::head_tokens_me().
  Future<bool> head_tokens_me(const CallOptions& options = {}) const {
    return driver_.start(detail::operations::head_tokens_me(options));
  }

  /// See BasicTokensApi::delete_tokens_me().
  Future<void> delete_tokens_me(const CallOptions& options = {}) const {
    return driver_.start(detail::operations::delete_tokens_me(options));
  }

  /// See BasicTokensApi::delete_token().
  Future<void> delete_token(std::string_view user_id, const CallOptions& options = {}) const {
    return driver_.start(detail::operations::delete_token(user_id, options));
  }

  /// See BasicTokensApi::get_tokens_timeout().
  Future<IdleTokenTimeout> get_tokens_timeout(const CallOptions& options = {}) const {
    return driver_.start(detail::operations::get_tokens_timeout(options));
  }

  /// See BasicTokensApi::put_tokens_timeout().
  Future<IdleTokenTimeout> put_tokens_timeout(const IdleTokenTimeout& timeout,
                                              const CallOptions& options = {}) const {
    return driver_.start(detail::operations::put_tokens_timeout(timeout, options));
  }

 private:
  using State = detail::ClientState<AsyncBackend>;

  explicit BasicAsyncTokensApi(detail::AsyncDriver<AsyncBackend> driver)
      : driver_(std::move(driver)) {}

  detail::AsyncDriver<AsyncBackend> driver_;
};

}  // namespace v1
}  // namespace purecloud
