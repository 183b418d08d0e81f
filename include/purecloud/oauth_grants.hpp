// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <purecloud/secret.hpp>

namespace purecloud {
inline namespace v1 {

/// An authorization code, which a user's browser brings to the redirect URI (RFC 6749, 4.1.3).
struct AuthorizationCode {
  Secret code;               ///< the parameter `code` of the redirect
  std::string redirect_uri;  ///< the same as in the AuthorizeRequest
  Secret code_verifier;      ///< Pkce::verifier, if the request had its challenge; else empty
};

/// A SAML2 assertion (RFC 7522).
struct Saml2Bearer {
  std::string org_name;  ///< the organization's short name
  Secret assertion;      ///< in base64
};

/// The parameters of the page where a user logs in (RFC 6749, 4.1.1). Empty ones are left out.
struct AuthorizeRequest {
  std::string redirect_uri;    ///< registered for the OAuth client
  std::string state;           ///< is returned in the redirect: compare it, to detect forgeries
  std::string code_challenge;  ///< Pkce::challenge
  std::string org;             ///< with `provider`: the organization to log in to
  std::string provider;        ///< with `org`: its identity provider
  std::string target;          ///< passed on to the identity provider
  std::string login_hint;      ///< passed on to the identity provider
  std::string prompt;          ///< for example `login`
};

/// A proof key for one authorization (RFC 7636, S256).
struct Pkce {
  Secret verifier;        ///< for AuthorizationCode
  std::string challenge;  ///< for AuthorizeRequest

  /// Makes one from 32 random bytes of OpenSSL. Throws std::runtime_error when OpenSSL has none.
  static Pkce generate();
};

}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/oauth_grants.ipp>
#endif
