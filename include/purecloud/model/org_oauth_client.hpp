// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <purecloud/model/entity.hpp>
#include <purecloud/model/model.hpp>
#include <purecloud/model/open_enum.hpp>
#include <purecloud/timestamp.hpp>

namespace purecloud {
inline namespace v1 {

/// How an OAuth client obtains its tokens; see AuthorizedGrantType.
struct AuthorizedGrantTypeValues {
  enum Value { code, token, saml2_bearer, password, client_credentials };
  static constexpr std::string_view texts[] = {"CODE", "TOKEN", "SAML2-BEARER", "PASSWORD",
                                               "CLIENT-CREDENTIALS"};
};
using AuthorizedGrantType = OpenEnum<AuthorizedGrantTypeValues>;

/// Whether an OAuth client may be used; see OAuthClientState.
struct OAuthClientStateValues {
  enum Value { active, disabled, inactive };
  static constexpr std::string_view texts[] = {"active", "disabled", "inactive"};
};
using OAuthClientState = OpenEnum<OAuthClientStateValues>;

/// A role, and the division in which it is granted.
struct RoleDivision {
  std::optional<std::string> role_id;
  std::optional<std::string> division_id;
  AdditionalProperties additional_properties;

  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("roleId", &RoleDivision::role_id);
    visit("divisionId", &RoleDivision::division_id);
  }
};

/// An organization's OAuth client.
struct OrgOAuthClient {
  std::optional<std::string> id;
  std::optional<std::string> name;
  std::optional<Timestamp> date_created;
  std::optional<Timestamp> date_modified;
  std::optional<DomainEntityRef> created_by;
  std::optional<DomainEntityRef> modified_by;
  std::optional<AuthorizedGrantType> authorized_grant_type;
  std::optional<std::vector<std::string>> scope;
  /// what a client-credentials client may do, and where
  std::optional<std::vector<RoleDivision>> role_divisions;
  std::optional<OAuthClientState> state;
  std::optional<Timestamp> date_to_delete;  ///< when an inactive client is due to be deleted
  /// its id is `purecloud-builtin` for the cloud's own clients
  std::optional<NamedEntity> organization;
  AdditionalProperties additional_properties;

  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("id", &OrgOAuthClient::id);
    visit("name", &OrgOAuthClient::name);
    visit("dateCreated", &OrgOAuthClient::date_created);
    visit("dateModified", &OrgOAuthClient::date_modified);
    visit("createdBy", &OrgOAuthClient::created_by);
    visit("modifiedBy", &OrgOAuthClient::modified_by);
    visit("authorizedGrantType", &OrgOAuthClient::authorized_grant_type);
    visit("scope", &OrgOAuthClient::scope);
    visit("roleDivisions", &OrgOAuthClient::role_divisions);
    visit("state", &OrgOAuthClient::state);
    visit("dateToDelete", &OrgOAuthClient::date_to_delete);
    visit("organization", &OrgOAuthClient::organization);
  }
};

}  // namespace v1
}  // namespace purecloud
