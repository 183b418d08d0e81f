// SPDX-License-Identifier: MIT
#pragma once

// The templates that a separate build instantiates once, in the file that has the bodies. The first
// two lists expand to Use(T) for each T.

/// Every model: to_json and from_json are instantiated for it.
#define PURECLOUD_TOKENS_EACH_MODEL(Use)                                                  \
  Use(Entity) Use(NamedEntity) Use(DomainEntityRef) Use(RoleDivision) Use(OrgOAuthClient) \
      Use(TokenInfoClonedUser) Use(TokenInfo) Use(InactivityTimeoutGroupBundle)           \
          Use(IdleTokenTimeout) Use(Detail) Use(Limit) Use(ErrorBody)

/// Every type that an operation returns: the drivers are instantiated for it.
#define PURECLOUD_TOKENS_EACH_RESULT(Use) \
  Use(TokenInfo) Use(IdleTokenTimeout) Use(bool) Use(void) Use(OAuthToken)

/// The instantiations of a driver's run(). `Template` is `template` or `extern template`.
#define PURECLOUD_TOKENS_DRIVER(Template, ...)                                      \
  Template Result<TokenInfo> __VA_ARGS__::run(Call<TokenInfo>) const;               \
  Template Result<IdleTokenTimeout> __VA_ARGS__::run(Call<IdleTokenTimeout>) const; \
  Template Result<bool> __VA_ARGS__::run(Call<bool>) const;                         \
  Template Result<void> __VA_ARGS__::run(Call<void>) const;                         \
  Template Result<OAuthToken> __VA_ARGS__::run(Call<OAuthToken>) const;
