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

/// The Tokens API of Genesys Cloud, asynchronously: BasicTokensApi's operations, each starting its
/// call and returning at once. Nothing of the caller's is referenced afterwards. They throw nothing
/// but std::bad_alloc: what is wrong with an argument is in the Future.
///
/// Cheap to copy. Any number of threads may use one object at once. Neither a call in flight nor
/// its Future keeps the backend alive: when the last reference to it goes, with the last copy of a
/// client that built its own, its calls end with ErrorKind::cancelled, their handlers run, and the
/// destructor returns when no thread of it is left. In a handler of that backend it returns at
/// once, and the remaining handlers run after that one: hold no lock there that a handler takes.
template <class AsyncBackend>
class BasicAsyncTokensApi {
 public:
  /// As BasicTokensApi's.
  explicit BasicAsyncTokensApi(const Configuration& configuration)
      : driver_(State(configuration)) {}

  /// As BasicTokensApi's.
  BasicAsyncTokensApi(const Configuration& configuration, std::shared_ptr<AsyncBackend> backend)
      : driver_(State(configuration, std::move(backend), nullptr)) {}

  /// As BasicTokensApi's.
  BasicAsyncTokensApi(const Configuration& configuration, std::shared_ptr<AsyncBackend> backend,
                      std::shared_ptr<AsyncBackend> login_backend)
      : driver_(State(configuration, std::move(backend), std::move(login_backend))) {}

  /// As BasicTokensApi's.
  BasicAsyncTokensApi with_access_token(AccessToken token) const {
    return BasicAsyncTokensApi(driver_.with_access_token(std::move(token)));
  }

  /// As BasicTokensApi::get_tokens_me().
  Future<TokenInfo> get_tokens_me(const GetTokensMeOptions& options = {}) const {
    return driver_.start(detail::operations::get_tokens_me(options));
  }

  /// As BasicTokensApi::head_tokens_me().
  Future<bool> head_tokens_me(const CallOptions& options = {}) const {
    return driver_.start(detail::operations::head_tokens_me(options));
  }

  /// As BasicTokensApi::delete_tokens_me().
  Future<void> delete_tokens_me(const CallOptions& options = {}) const {
    return driver_.start(detail::operations::delete_tokens_me(options));
  }

  /// As BasicTokensApi::delete_token().
  Future<void> delete_token(std::string_view user_id, const CallOptions& options = {}) const {
    return driver_.start(detail::operations::delete_token(user_id, options));
  }

  /// As BasicTokensApi::get_tokens_timeout().
  Future<IdleTokenTimeout> get_tokens_timeout(const CallOptions& options = {}) const {
    return driver_.start(detail::operations::get_tokens_timeout(options));
  }

  /// As BasicTokensApi::put_tokens_timeout().
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
