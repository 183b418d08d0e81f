// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <purecloud/detail/driver.hpp>
#include <purecloud/detail/operations.hpp>
#include <purecloud/model/idle_token_timeout.hpp>
#include <purecloud/model/token_info.hpp>

namespace purecloud {
inline namespace v1 {

/// The Tokens API of Genesys Cloud. Each operation comes twice: the plain one throws ApiException,
/// `try_…` returns a Result and throws nothing but std::bad_alloc. All are repeated as RetryPolicy
/// says and end by the call's deadline.
///
/// Cheap to copy. Any number of threads may call one object at once; each call has a connection of
/// its own from the backend's pool.
template <class Backend>
class BasicTokensApi {
 public:
  /// Builds a backend of its own. Throws ApiException: invalid_argument names the member of the
  /// configuration; a certificate that cannot be used is ErrorKind::tls.
  explicit BasicTokensApi(const Configuration& configuration) : driver_(State(configuration)) {}

  /// Shares a backend with other clients of the same `base_url`, or takes yours. Throws as above.
  BasicTokensApi(const Configuration& configuration, std::shared_ptr<Backend> backend)
      : driver_(State(configuration, std::move(backend), nullptr)) {}

  /// With a backend for the login host as well, for a Backend that cannot be built from a
  /// Configuration. Throws as above.
  BasicTokensApi(const Configuration& configuration, std::shared_ptr<Backend> backend,
                 std::shared_ptr<Backend> login_backend)
      : driver_(State(configuration, std::move(backend), std::move(login_backend))) {}

  /// A client for another token over the same connections. A token that cannot be one is refused
  /// by the call, not here.
  BasicTokensApi with_access_token(AccessToken token) const {
    return BasicTokensApi(driver_.with_access_token(std::move(token)));
  }

  /// What the cloud knows of the token. (getTokensMe, GET /api/v2/tokens/me)
  TokenInfo get_tokens_me(const GetTokensMeOptions& options = {}) const {
    return try_get_tokens_me(options).value();
  }
  /// As get_tokens_me(), in a Result.
  Result<TokenInfo> try_get_tokens_me(const GetTokensMeOptions& options = {}) const {
    return driver_.run(detail::operations::get_tokens_me(options));
  }

  /// Whether the token is valid: true for 2xx, false for 401, an error for all else.
  /// (headTokensMe, HEAD /api/v2/tokens/me)
  bool head_tokens_me(const CallOptions& options = {}) const {
    return try_head_tokens_me(options).value();
  }
  /// As head_tokens_me(), in a Result.
  Result<bool> try_head_tokens_me(const CallOptions& options = {}) const {
    return driver_.run(detail::operations::head_tokens_me(options));
  }

  /// Deletes the token. Done when it is gone: a 401 in response to a retry is success, for
  /// then an earlier attempt deleted it. (deleteTokensMe, DELETE /api/v2/tokens/me)
  void delete_tokens_me(const CallOptions& options = {}) const {
    try_delete_tokens_me(options).value();
  }
  /// As delete_tokens_me(), in a Result.
  Result<void> try_delete_tokens_me(const CallOptions& options = {}) const {
    return driver_.run(detail::operations::delete_tokens_me(options));
  }

  /// Deletes all tokens of a user, of the API and of the UI; to log a user out of the UI alone,
  /// the platform has `DELETE /api/v2/apps/users/{userId}/logout`. Needs the permission
  /// oauth:token:delete. Refuses (invalid_argument, nothing is sent) an id that is empty, `me`,
  /// `timeout`, `.`, `..`, longer than 255 bytes, or holds a control character.
  /// (deleteToken, DELETE /api/v2/tokens/{userId})
  void delete_token(std::string_view user_id, const CallOptions& options = {}) const {
    try_delete_token(user_id, options).value();
  }
  /// As delete_token(), in a Result.
  Result<void> try_delete_token(std::string_view user_id, const CallOptions& options = {}) const {
    return driver_.run(detail::operations::delete_token(user_id, options));
  }

  /// The organization's idle timeout. (getTokensTimeout, GET /api/v2/tokens/timeout)
  IdleTokenTimeout get_tokens_timeout(const CallOptions& options = {}) const {
    return try_get_tokens_timeout(options).value();
  }
  /// As get_tokens_timeout(), in a Result.
  Result<IdleTokenTimeout> try_get_tokens_timeout(const CallOptions& options = {}) const {
    return driver_.run(detail::operations::get_tokens_timeout(options));
  }

  /// Changes the organization's idle timeout, and returns what it is now. Needs the permission
  /// directory:organization:admin. (putTokensTimeout, PUT /api/v2/tokens/timeout)
  IdleTokenTimeout put_tokens_timeout(const IdleTokenTimeout& timeout,
                                      const CallOptions& options = {}) const {
    return try_put_tokens_timeout(timeout, options).value();
  }
  /// As put_tokens_timeout(), in a Result.
  Result<IdleTokenTimeout> try_put_tokens_timeout(const IdleTokenTimeout& timeout,
                                                  const CallOptions& options = {}) const {
    return driver_.run(detail::operations::put_tokens_timeout(timeout, options));
  }

 private:
  using State = detail::ClientState<Backend>;

  explicit BasicTokensApi(detail::Driver<Backend> driver) : driver_(std::move(driver)) {}

  detail::Driver<Backend> driver_;
};

}  // namespace v1
}  // namespace purecloud
