// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <purecloud/model/org_oauth_client.hpp>

namespace purecloud {
inline namespace v1 {
namespace testing {

/// The user and the rights of a token of a FakeTokensService.
struct TokenGrant {
  /// the token's user, the argument of delete_token()
  std::string user_id = "11111111-aaaa-4bbb-8ccc-000000000001";
  /// `oauth:token:delete` for delete_token(), `directory:organization:admin` for
  /// put_tokens_timeout()
  std::vector<std::string> permissions;
  std::vector<std::string> scopes;                             ///< TokenInfo::authorized_scope
  AuthorizedGrantType grant_type = AuthorizedGrantType::code;  ///< of the OAuth client
};

/// An OAuth client that a FakeTokensService knows.
struct FakeClient {
  std::string id = "0c000000-0000-4000-8000-000000000001";  ///< OAuth's client_id
  /// For Basic authentication. Empty: a public client, which sends its id in the form.
  std::string secret = "fake-secret-4uXo9QmZr7Lk2BvT";
  /// The user and the rights of the client's tokens. `grant_type` is the only grant that the client
  /// may use: `code` (with refresh tokens), `client_credentials` or `saml2_bearer`.
  TokenGrant grant = [] {
    TokenGrant client_credentials;
    client_credentials.grant_type = AuthorizedGrantType::client_credentials;
    return client_credentials;
  }();
  /// The lifetime of its tokens. None: they never expire, and the response has no `expires_in`.
  std::optional<std::chrono::seconds> lifetime = std::chrono::hours(24);
  bool refreshes = true;  ///< whether a code gives a refresh token, which can be used once
  std::vector<std::string> redirect_uris;  ///< allowed redirect URIs; empty: all
};

}  // namespace testing
}  // namespace v1
}  // namespace purecloud
