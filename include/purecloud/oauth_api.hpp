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

/// Gets tokens from the login host (RFC 6749). Configuration::client_credentials holds the client's
/// id, and its secret where it has one; the host is Configuration::login_url.
///
/// Only client_credentials() is repeated by the retry policy. A code, a refresh token or an
/// assertion is sent once: the response to it may be lost with what it granted, and then the error
/// says so. Result::response() has no body. Cheap to copy; any number of threads may use one
/// object.
template <class Backend>
class BasicOAuthApi {
 public:
  /// Builds a backend of its own, for the login host. Throws ApiException: invalid_argument names
  /// the member of the configuration; a certificate that cannot be used is ErrorKind::tls.
  explicit BasicOAuthApi(const Configuration& configuration)
      : client_(configuration.client_credentials),
        driver_(detail::ClientState<Backend>(configuration, detail::Service::login)),
        login_url_(detail::login_url_of(configuration)) {}

  /// Shares a backend that serves the login host, or takes yours. Throws as above.
  BasicOAuthApi(const Configuration& configuration, std::shared_ptr<Backend> backend)
      : client_(configuration.client_credentials),
        driver_(detail::ClientState<Backend>(configuration, std::move(backend), nullptr,
                                             detail::Service::login)),
        login_url_(detail::login_url_of(configuration)) {}

  /// A token for the client itself (RFC 6749, 4.4). A client with Configuration::client_credentials
  /// does this by itself. Throws ApiException.
  OAuthToken client_credentials(const CallOptions& options = {}) const {
    return try_client_credentials(options).value();
  }
  /// As client_credentials(), in a Result.
  Result<OAuthToken> try_client_credentials(const CallOptions& options = {}) const {
    return driver_.run(detail::operations::client_credentials(client_, options));
  }

  /// A token for the user who logged in (RFC 6749, 4.1.3; RFC 7636, 4.5). Throws ApiException.
  OAuthToken authorization_code(const AuthorizationCode& code,
                                const CallOptions& options = {}) const {
    return try_authorization_code(code, options).value();
  }
  /// As authorization_code(), in a Result.
  Result<OAuthToken> try_authorization_code(const AuthorizationCode& code,
                                            const CallOptions& options = {}) const {
    return driver_.run(detail::operations::authorization_code(client_, code, options));
  }

  /// A new token for an old one's refresh token (RFC 6749, 6). Throws ApiException.
  OAuthToken refresh(const Secret& refresh_token, const CallOptions& options = {}) const {
    return try_refresh(refresh_token, options).value();
  }
  /// As refresh(), in a Result.
  Result<OAuthToken> try_refresh(const Secret& refresh_token,
                                 const CallOptions& options = {}) const {
    return driver_.run(detail::operations::refresh(client_, refresh_token, options));
  }

  /// A token for the user whom an identity provider vouches for (RFC 7522). Throws ApiException.
  OAuthToken saml2_bearer(const Saml2Bearer& bearer, const CallOptions& options = {}) const {
    return try_saml2_bearer(bearer, options).value();
  }
  /// As saml2_bearer(), in a Result.
  Result<OAuthToken> try_saml2_bearer(const Saml2Bearer& bearer,
                                      const CallOptions& options = {}) const {
    return driver_.run(detail::operations::saml2_bearer(client_, bearer, options));
  }

  /// The page to send a user's browser to. Throws ApiException (invalid_argument).
  std::string authorize_url(const AuthorizeRequest& request) const {
    return detail::authorize_url(login_url_, client_.client_id, request);
  }

 private:
  ClientCredentials client_;
  detail::Driver<Backend> driver_;
  std::string login_url_;
};

}  // namespace v1
}  // namespace purecloud
