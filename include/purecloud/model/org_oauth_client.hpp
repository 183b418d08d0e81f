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

/// The values of AuthorizedGrantType.
struct AuthorizedGrantTypeValues {
  /// The constants, in the order of `texts`.
  enum Value {
    code,                ///< `CODE`: authorization code (RFC 6749, 4.1)
    token,               ///< `TOKEN`: implicit (RFC 6749, 4.2)
    saml2_bearer,        ///< `SAML2-BEARER` (RFC 7522)
    password,            ///< `PASSWORD` (RFC 6749, 4.3)
    client_credentials,  ///< `CLIENT-CREDENTIALS` (RFC 6749, 4.4)
  };
  /// The texts in the API's JSON.
  static constexpr std::string_view texts[] = {"CODE", "TOKEN", "SAML2-BEARER", "PASSWORD",
                                               "CLIENT-CREDENTIALS"};
};
/// The grant by which an OAuth client obtains its tokens.
using AuthorizedGrantType = OpenEnum<AuthorizedGrantTypeValues>;

/// The values of OAuthClientState.
struct OAuthClientStateValues {
  /// The constants, in the order of `texts`.
  enum Value {
    active,    ///< `active`
    disabled,  ///< `disabled`
    inactive,  ///< `inactive`
  };
  /// The texts in the API's JSON.
  static constexpr std::string_view texts[] = {"active", "disabled", "inactive"};
};
/// Whether an OAuth client may be used.
using OAuthClientState = OpenEnum<OAuthClientStateValues>;

/// A role, and the division in which it is granted.
struct RoleDivision {
  std::optional<std::string> role_id;          ///< the role
  std::optional<std::string> division_id;      ///< the division
  AdditionalProperties additional_properties;  ///< members unknown to this version

  /// Calls `visit` with each member's JSON name and a pointer to it.
  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("roleId", &RoleDivision::role_id);
    visit("divisionId", &RoleDivision::division_id);
  }
};

/// An organization's OAuth client.
struct OrgOAuthClient {
  std::optional<std::string> id;                             ///< OAuth's client_id
  std::optional<std::string> name;                           ///< the name that people see
  std::optional<Timestamp> date_created;                     ///< when it was created
  std::optional<Timestamp> date_modified;                    ///< when it was last changed
  std::optional<DomainEntityRef> created_by;                 ///< who created it
  std::optional<DomainEntityRef> modified_by;                ///< who changed it last
  std::optional<AuthorizedGrantType> authorized_grant_type;  ///< how it obtains tokens
  std::optional<std::vector<std::string>> scope;             ///< scopes that it may request
  /// the roles of a client-credentials client
  std::optional<std::vector<RoleDivision>> role_divisions;
  std::optional<OAuthClientState> state;    ///< whether it may be used
  std::optional<Timestamp> date_to_delete;  ///< when an inactive client is due to be deleted
  /// its id is `purecloud-builtin` for the cloud's own clients
  std::optional<NamedEntity> organization;
  AdditionalProperties additional_properties;  ///< members unknown to this version

  /// Calls `visit` with each member's JSON name and a pointer to it.
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
