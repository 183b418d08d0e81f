// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <purecloud/call_options.hpp>
#include <purecloud/configuration.hpp>
#include <purecloud/detail/call/operation.hpp>
#include <purecloud/model/oauth_token.hpp>
#include <purecloud/oauth_grants.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// The operations of the login host, one for each grant.
namespace operations {

Call<OAuthToken> client_credentials(const ClientCredentials& client, const CallOptions& options);
Call<OAuthToken> authorization_code(const ClientCredentials& client, const AuthorizationCode& code,
                                    const CallOptions& options);
Call<OAuthToken> refresh(const ClientCredentials& client, const Secret& refresh_token,
                         const CallOptions& options);
Call<OAuthToken> saml2_bearer(const ClientCredentials& client, const Saml2Bearer& bearer,
                              const CallOptions& options);

}  // namespace operations

/// Returns the URL of the page where a user logs in. Throws ApiException
/// (ErrorKind::invalid_argument).
std::string authorize_url(std::string login_url, const std::string& client_id,
                          const AuthorizeRequest& request);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/oauth/operations.ipp>
#endif
