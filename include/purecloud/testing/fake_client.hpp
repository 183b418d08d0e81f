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

/// What a token of a FakeTokensService may do.
struct TokenGrant {
  /// whose token it is: deleteToken takes it
  std::string user_id = "11111111-aaaa-4bbb-8ccc-000000000001";
  /// `oauth:token:delete`, for deleteToken; `directory:organization:admin`, for putTokensTimeout
  std::vector<std::string> permissions;
  std::vector<std::string> scopes;                             ///< TokenInfo::authorized_scope
  AuthorizedGrantType grant_type = AuthorizedGrantType::code;  ///< of the OAuth client
};

/// An OAuth client that a FakeTokensService knows.
struct FakeClient {
  std::string id = "0c000000-0000-4000-8000-000000000001";  ///< OAuth's client_id
  /// Goes into Basic authentication. Empty: a public client, which sends its id in the form.
  std::string secret = "fake-secret-4uXo9QmZr7Lk2BvT";
  /// What its tokens may do. Its grant type is the only one that the client may use: `code` (and
  /// then refresh tokens), `client_credentials` or `saml2_bearer`.
  TokenGrant grant = [] {
    TokenGrant client_credentials;
    client_credentials.grant_type = AuthorizedGrantType::client_credentials;
    return client_credentials;
  }();
  /// How long its tokens live. None: no `expires_in` in the response, and no end.
  std::optional<std::chrono::seconds> lifetime = std::chrono::hours(24);
  bool refreshes = true;  ///< whether a code brings a refresh token, each of which is used once
  std::vector<std::string> redirect_uris;  ///< where a code may go to; empty: anywhere
};

}  // namespace testing
}  // namespace v1
}  // namespace purecloud
