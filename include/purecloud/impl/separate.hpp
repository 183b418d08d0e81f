// SPDX-License-Identifier: MIT
#pragma once

// The templates whose bodies need json.hpp, instantiated in the one file that has the bodies.
#if defined(PURECLOUD_TOKENS_SEPARATE)
#include <purecloud/impl/json.hpp>

#define PURECLOUD_TOKENS_INSTANTIATE(Model)                \
  template std::string to_json<Model>(const Model& model); \
  template Result<Model> from_json<Model>(std::string_view text)

namespace purecloud {
inline namespace v1 {
PURECLOUD_TOKENS_INSTANTIATE(Entity);
PURECLOUD_TOKENS_INSTANTIATE(NamedEntity);
PURECLOUD_TOKENS_INSTANTIATE(DomainEntityRef);
PURECLOUD_TOKENS_INSTANTIATE(RoleDivision);
PURECLOUD_TOKENS_INSTANTIATE(OrgOAuthClient);
PURECLOUD_TOKENS_INSTANTIATE(TokenInfoClonedUser);
PURECLOUD_TOKENS_INSTANTIATE(TokenInfo);
PURECLOUD_TOKENS_INSTANTIATE(InactivityTimeoutGroupBundle);
PURECLOUD_TOKENS_INSTANTIATE(IdleTokenTimeout);
PURECLOUD_TOKENS_INSTANTIATE(Detail);
PURECLOUD_TOKENS_INSTANTIATE(Limit);
PURECLOUD_TOKENS_INSTANTIATE(ErrorBody);
}  // namespace v1
}  // namespace purecloud

#undef PURECLOUD_TOKENS_INSTANTIATE
#endif
