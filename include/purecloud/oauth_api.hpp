// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <utility>

#include <purecloud/call_options.hpp>
#include <purecloud/configuration.hpp>
#include <purecloud/detail/client_state.hpp>
#include <purecloud/detail/driver.hpp>
#include <purecloud/detail/oauth/operations.hpp>
#include <purecloud/model/oauth_token.hpp>
#include <purecloud/oauth_grants.hpp>
#include <purecloud/result.hpp>

namespace purecloud {
inline namespace v1 {

/// Gets tokens from the login host (RFC 6749), which is Configuration::login_url.
/// Configuration::client_credentials has the OAuth client's id, and its secret if it has one.
///
/// Only client_credentials() is repeated by the rules of RetryPolicy. A code, a refresh token or an
/// assertion is sent once; if the response is lost, the token in it is lost, too, and the error
/// says so. Result::response() has an empty body. Cheap to copy, and thread-safe.
template <class Backend>
class BasicOAuthApi {
 public:
  /// Builds a backend for the login host. Throws ApiException: ErrorKind::invalid_argument for an
  /// invalid member of the configuration, which the message names; ErrorKind::tls for a certificate
  /// that cannot be used.
  explicit BasicOAuthApi(const Configuration& configuration);

  /// Uses a backend that is given, which other clients may share. Throws as above.
  BasicOAuthApi(const Configuration& configuration, std::shared_ptr<Backend> backend);

  /// Returns a token for the OAuth client itself (RFC 6749, 4.4). BasicTokensApi does this by
  /// itself if its configuration has client_credentials. Throws ApiException.
  OAuthToken client_credentials(const CallOptions& options = {}) const;
  /// Like client_credentials(), but returns a Result.
  Result<OAuthToken> try_client_credentials(const CallOptions& options = {}) const;

  /// Returns a token for the user who logged in (RFC 6749, 4.1.3; RFC 7636, 4.5). Throws
  /// ApiException.
  OAuthToken authorization_code(const AuthorizationCode& code,
                                const CallOptions& options = {}) const;
  /// Like authorization_code(), but returns a Result.
  Result<OAuthToken> try_authorization_code(const AuthorizationCode& code,
                                            const CallOptions& options = {}) const;

  /// Returns a new token for a refresh token (RFC 6749, 6). Throws ApiException.
  OAuthToken refresh(const Secret& refresh_token, const CallOptions& options = {}) const;
  /// Like refresh(), but returns a Result.
  Result<OAuthToken> try_refresh(const Secret& refresh_token,
                                 const CallOptions& options = {}) const;

  /// Returns a token for the user of an identity provider's assertion (RFC 7522). Throws
  /// ApiException.
  OAuthToken saml2_bearer(const Saml2Bearer& bearer, const CallOptions& options = {}) const;
  /// Like saml2_bearer(), but returns a Result.
  Result<OAuthToken> try_saml2_bearer(const Saml2Bearer& bearer,
                                      const CallOptions& options = {}) const;

  /// Returns the address of the page where a user logs in, for the browser. Throws ApiException
  /// (ErrorKind::invalid_argument).
  std::string authorize_url(const AuthorizeRequest& request) const;

 private:
  ClientCredentials client_;
  detail::Driver<Backend> driver_;
  std::string login_url_;
};

// Outside the class, so that a file with `extern template` does not compile them: it would compile
// bodies in the class, which are inline.

template <class Backend>
BasicOAuthApi<Backend>::BasicOAuthApi(const Configuration& configuration)
    : client_(configuration.client_credentials),
      driver_(detail::ClientState<Backend>(configuration, detail::Service::login)),
      login_url_(detail::login_url_of(configuration)) {}

template <class Backend>
BasicOAuthApi<Backend>::BasicOAuthApi(const Configuration& configuration,
                                      std::shared_ptr<Backend> backend)
    : client_(configuration.client_credentials),
      driver_(detail::ClientState<Backend>(configuration, std::move(backend), nullptr,
                                           detail::Service::login)),
      login_url_(detail::login_url_of(configuration)) {}

template <class Backend>
OAuthToken BasicOAuthApi<Backend>::client_credentials(const CallOptions& options) const {
  return try_client_credentials(options).value();
}

template <class Backend>
Result<OAuthToken> BasicOAuthApi<Backend>::try_client_credentials(
    const CallOptions& options) const {
  return driver_.run(detail::operations::client_credentials(client_, options));
}

template <class Backend>
OAuthToken BasicOAuthApi<Backend>::authorization_code(const AuthorizationCode& code,
                                                      const CallOptions& options) const {
  return try_authorization_code(code, options).value();
}

template <class Backend>
Result<OAuthToken> BasicOAuthApi<Backend>::try_authorization_code(
    const AuthorizationCode& code, const CallOptions& options) const {
  return driver_.run(detail::operations::authorization_code(client_, code, options));
}

template <class Backend>
OAuthToken BasicOAuthApi<Backend>::refresh(const Secret& refresh_token,
                                           const CallOptions& options) const {
  return try_refresh(refresh_token, options).value();
}

template <class Backend>
Result<OAuthToken> BasicOAuthApi<Backend>::try_refresh(const Secret& refresh_token,
                                                       const CallOptions& options) const {
  return driver_.run(detail::operations::refresh(client_, refresh_token, options));
}

template <class Backend>
OAuthToken BasicOAuthApi<Backend>::saml2_bearer(const Saml2Bearer& bearer,
                                                const CallOptions& options) const {
  return try_saml2_bearer(bearer, options).value();
}

template <class Backend>
Result<OAuthToken> BasicOAuthApi<Backend>::try_saml2_bearer(const Saml2Bearer& bearer,
                                                            const CallOptions& options) const {
  return driver_.run(detail::operations::saml2_bearer(client_, bearer, options));
}

template <class Backend>
std::string BasicOAuthApi<Backend>::authorize_url(const AuthorizeRequest& request) const {
  return detail::authorize_url(login_url_, client_.client_id, request);
}

}  // namespace v1
}  // namespace purecloud
