// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <purecloud/model/entity.hpp>
#include <purecloud/model/model.hpp>
#include <purecloud/model/org_oauth_client.hpp>
#include <purecloud/timestamp.hpp>

namespace purecloud {
inline namespace v1 {

/// The user of a trustee organization, as cloned in the trustor organization.
struct TokenInfoClonedUser {
  std::optional<std::string> id;               ///< the id of the user who was cloned
  std::optional<Entity> organization;          ///< the trustee's own organization
  AdditionalProperties additional_properties;  ///< members unknown to this version

  /// Calls `visit` with each member's JSON name and a pointer to it.
  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("id", &TokenInfoClonedUser::id);
    visit("organization", &TokenInfoClonedUser::organization);
  }
};

/// What the cloud knows about an access token (getTokensMe).
struct TokenInfo {
  std::optional<NamedEntity> organization;       ///< the organization that the token acts in
  std::optional<NamedEntity> home_organization;  ///< the organization that the token comes from
  /// scopes authorised for the OAuth client
  std::optional<std::vector<std::string>> authorized_scope;
  /// set only if the token's user is the clone of a trustee's user in a trustor organization
  std::optional<TokenInfoClonedUser> cloned_user;
  std::optional<Timestamp> date_token_idles;   ///< when the token expires if it is not used
  std::optional<OrgOAuthClient> oauth_client;  ///< the OAuth client that the token was issued to
  AdditionalProperties additional_properties;  ///< members unknown to this version

  /// Calls `visit` with each member's JSON name and a pointer to it.
  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("organization", &TokenInfo::organization);
    visit("homeOrganization", &TokenInfo::home_organization);
    visit("authorizedScope", &TokenInfo::authorized_scope);
    visit("clonedUser", &TokenInfo::cloned_user);
    visit("dateTokenIdles", &TokenInfo::date_token_idles);
    visit("OAuthClient", &TokenInfo::oauth_client);
  }
};

}  // namespace v1
}  // namespace purecloud
