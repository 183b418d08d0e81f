// SPDX-License-Identifier: MIT
#pragma once

// With PURECLOUD_TOKENS_SEPARATE: the templates that are instantiated once, in the file that has
// the bodies, and in no other.
#if defined(PURECLOUD_TOKENS_IMPLEMENTATION)
#define PURECLOUD_TOKENS_TEMPLATE template
#else
#define PURECLOUD_TOKENS_TEMPLATE extern template
#endif
#define PURECLOUD_TOKENS_MODEL(Model)                                       \
  PURECLOUD_TOKENS_TEMPLATE std::string to_json<Model>(const Model& model); \
  PURECLOUD_TOKENS_TEMPLATE Result<Model> from_json<Model>(std::string_view text)
#define PURECLOUD_TOKENS_CALL(T)                                                       \
  PURECLOUD_TOKENS_TEMPLATE Result<T> ApiClient<HttplibBackend>::call<T>(detail::Call, \
                                                                         const CallOptions&) const

namespace purecloud {
inline namespace v1 {
PURECLOUD_TOKENS_MODEL(Entity);
PURECLOUD_TOKENS_MODEL(NamedEntity);
PURECLOUD_TOKENS_MODEL(DomainEntityRef);
PURECLOUD_TOKENS_MODEL(RoleDivision);
PURECLOUD_TOKENS_MODEL(OrgOAuthClient);
PURECLOUD_TOKENS_MODEL(TokenInfoClonedUser);
PURECLOUD_TOKENS_MODEL(TokenInfo);
PURECLOUD_TOKENS_MODEL(InactivityTimeoutGroupBundle);
PURECLOUD_TOKENS_MODEL(IdleTokenTimeout);
PURECLOUD_TOKENS_MODEL(Detail);
PURECLOUD_TOKENS_MODEL(Limit);
PURECLOUD_TOKENS_MODEL(ErrorBody);
PURECLOUD_TOKENS_CALL(TokenInfo);
PURECLOUD_TOKENS_CALL(IdleTokenTimeout);
PURECLOUD_TOKENS_CALL(bool);
PURECLOUD_TOKENS_CALL(void);
}  // namespace v1
}  // namespace purecloud

#undef PURECLOUD_TOKENS_TEMPLATE
#undef PURECLOUD_TOKENS_MODEL
#undef PURECLOUD_TOKENS_CALL
