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

/// The Tokens API of Genesys Cloud. Each operation has two forms: the plain one throws
/// ApiException, `try_…` returns a Result and throws nothing but std::bad_alloc. Failed attempts
/// are repeated by the rules of RetryPolicy. Every call ends by its deadline.
///
/// Cheap to copy, and thread-safe: each call uses its own connection, from the backend's pool.
template <class Backend>
class BasicTokensApi {
 public:
  /// Builds a backend. Throws ApiException: ErrorKind::invalid_argument for an invalid member of
  /// the configuration, which the message names; ErrorKind::tls for a certificate that cannot be
  /// used.
  explicit BasicTokensApi(const Configuration& configuration);

  /// Uses a backend that is given, which clients of the same `base_url` may share. Throws as above.
  BasicTokensApi(const Configuration& configuration, std::shared_ptr<Backend> backend);

  /// Uses a second backend for the login host. Needed with Configuration::client_credentials if
  /// Backend cannot be built from a Configuration. Throws as above.
  BasicTokensApi(const Configuration& configuration, std::shared_ptr<Backend> backend,
                 std::shared_ptr<Backend> login_backend);

  /// Returns a client for another token, over the same connections. Accepts any token: an invalid
  /// one is refused by the call that uses it.
  BasicTokensApi with_access_token(AccessToken token) const;

  /// Returns what the cloud knows about the token. (getTokensMe, GET /api/v2/tokens/me)
  TokenInfo get_tokens_me(const GetTokensMeOptions& options = {}) const;
  /// Like get_tokens_me(), but returns a Result.
  Result<TokenInfo> try_get_tokens_me(const GetTokensMeOptions& options = {}) const;

  /// Returns whether the token is valid: true for 2xx, false for 401; any other status is an error.
  /// (headTokensMe, HEAD /api/v2/tokens/me)
  bool head_tokens_me(const CallOptions& options = {}) const;
  /// Like head_tokens_me(), but returns a Result.
  Result<bool> try_head_tokens_me(const CallOptions& options = {}) const;

  /// Deletes the token. A 401 in response to a retry is success, because an earlier attempt has
  /// then deleted the token. (deleteTokensMe, DELETE /api/v2/tokens/me)
  void delete_tokens_me(const CallOptions& options = {}) const;
  /// Like delete_tokens_me(), but returns a Result.
  Result<void> try_delete_tokens_me(const CallOptions& options = {}) const;

  /// Deletes all tokens of a user, those of the API and those of the UI. (To log a user out of the
  /// UI only, the platform has `DELETE /api/v2/apps/users/{userId}/logout`.) Requires the
  /// permission oauth:token:delete. ErrorKind::invalid_argument, before anything is sent, for an id
  /// that is empty, `me`, `timeout`, `.`, `..`, longer than 255 bytes, or has a control character.
  /// (deleteToken, DELETE /api/v2/tokens/{userId})
  void delete_token(std::string_view user_id, const CallOptions& options = {}) const;
  /// Like delete_token(), but returns a Result.
  Result<void> try_delete_token(std::string_view user_id, const CallOptions& options = {}) const;

  /// Returns the organization's idle timeout. (getTokensTimeout, GET /api/v2/tokens/timeout)
  IdleTokenTimeout get_tokens_timeout(const CallOptions& options = {}) const;
  /// Like get_tokens_timeout(), but returns a Result.
  Result<IdleTokenTimeout> try_get_tokens_timeout(const CallOptions& options = {}) const;

  /// Changes the organization's idle timeout, and returns the new one. Requires the permission
  /// directory:organization:admin. (putTokensTimeout, PUT /api/v2/tokens/timeout)
  IdleTokenTimeout put_tokens_timeout(const IdleTokenTimeout& timeout,
                                      const CallOptions& options = {}) const;
  /// Like put_tokens_timeout(), but returns a Result.
  Result<IdleTokenTimeout> try_put_tokens_timeout(const IdleTokenTimeout& timeout,
                                                  const CallOptions& options = {}) const;

 private:
  using State = detail::ClientState<Backend>;

  explicit BasicTokensApi(detail::Driver<Backend> driver);

  detail::Driver<Backend> driver_;
};

// Outside the class, so that a file with `extern template` does not compile them: it would compile
// bodies in the class, which are inline.

template <class Backend>
BasicTokensApi<Backend>::BasicTokensApi(const Configuration& configuration)
    : driver_(State(configuration)) {}

template <class Backend>
BasicTokensApi<Backend>::BasicTokensApi(const Configuration& configuration,
                                        std::shared_ptr<Backend> backend)
    : driver_(State(configuration, std::move(backend), nullptr)) {}

template <class Backend>
BasicTokensApi<Backend>::BasicTokensApi(const Configuration& configuration,
                                        std::shared_ptr<Backend> backend,
                                        std::shared_ptr<Backend> login_backend)
    : driver_(State(configuration, std::move(backend), std::move(login_backend))) {}

template <class Backend>
BasicTokensApi<Backend> BasicTokensApi<Backend>::with_access_token(AccessToken token) const {
  return BasicTokensApi(driver_.with_access_token(std::move(token)));
}

template <class Backend>
TokenInfo BasicTokensApi<Backend>::get_tokens_me(const GetTokensMeOptions& options) const {
  return try_get_tokens_me(options).value();
}

template <class Backend>
Result<TokenInfo> BasicTokensApi<Backend>::try_get_tokens_me(
    const GetTokensMeOptions& options) const {
  return driver_.run(detail::operations::get_tokens_me(options));
}

template <class Backend>
bool BasicTokensApi<Backend>::head_tokens_me(const CallOptions& options) const {
  return try_head_tokens_me(options).value();
}

template <class Backend>
Result<bool> BasicTokensApi<Backend>::try_head_tokens_me(const CallOptions& options) const {
  return driver_.run(detail::operations::head_tokens_me(options));
}

template <class Backend>
void BasicTokensApi<Backend>::delete_tokens_me(const CallOptions& options) const {
  try_delete_tokens_me(options).value();
}

template <class Backend>
Result<void> BasicTokensApi<Backend>::try_delete_tokens_me(const CallOptions& options) const {
  return driver_.run(detail::operations::delete_tokens_me(options));
}

template <class Backend>
void BasicTokensApi<Backend>::delete_token(std::string_view user_id,
                                           const CallOptions& options) const {
  try_delete_token(user_id, options).value();
}

template <class Backend>
Result<void> BasicTokensApi<Backend>::try_delete_token(std::string_view user_id,
                                                       const CallOptions& options) const {
  return driver_.run(detail::operations::delete_token(user_id, options));
}

template <class Backend>
IdleTokenTimeout BasicTokensApi<Backend>::get_tokens_timeout(const CallOptions& options) const {
  return try_get_tokens_timeout(options).value();
}

template <class Backend>
Result<IdleTokenTimeout> BasicTokensApi<Backend>::try_get_tokens_timeout(
    const CallOptions& options) const {
  return driver_.run(detail::operations::get_tokens_timeout(options));
}

template <class Backend>
IdleTokenTimeout BasicTokensApi<Backend>::put_tokens_timeout(const IdleTokenTimeout& timeout,
                                                             const CallOptions& options) const {
  return try_put_tokens_timeout(timeout, options).value();
}

template <class Backend>
Result<IdleTokenTimeout> BasicTokensApi<Backend>::try_put_tokens_timeout(
    const IdleTokenTimeout& timeout, const CallOptions& options) const {
  return driver_.run(detail::operations::put_tokens_timeout(timeout, options));
}

template <class Backend>
BasicTokensApi<Backend>::BasicTokensApi(detail::Driver<Backend> driver)
    : driver_(std::move(driver)) {}

}  // namespace v1
}  // namespace purecloud
