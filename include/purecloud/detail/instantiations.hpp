// SPDX-License-Identifier: MIT
#pragma once

// The templates that a separate build instantiates once, in the file that has the bodies. The lists
// expand to Use(T) for each T.

/// Every model: to_json and from_json are instantiated for it.
#define PURECLOUD_TOKENS_EACH_MODEL(Use)                                                  \
  Use(Entity) Use(NamedEntity) Use(DomainEntityRef) Use(RoleDivision) Use(OrgOAuthClient) \
      Use(TokenInfoClonedUser) Use(TokenInfo) Use(InactivityTimeoutGroupBundle)           \
          Use(IdleTokenTimeout) Use(Detail) Use(Limit) Use(ErrorBody)

/// Every type that an operation returns: finish() is instantiated for it.
#define PURECLOUD_TOKENS_EACH_RESULT(Use) \
  Use(TokenInfo) Use(IdleTokenTimeout) Use(bool) Use(void) Use(OAuthToken)
