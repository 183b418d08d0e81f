// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/detail/oauth/digest.hpp>
#include <purecloud/oauth_grants.hpp>

namespace purecloud {
inline namespace v1 {

PURECLOUD_TOKENS_INLINE Pkce Pkce::generate() {
  std::string bytes = detail::random_bytes(32);
  std::string verifier = detail::base64url(bytes);
  Pkce pkce{Secret(verifier), detail::base64url(detail::sha256(verifier))};
  detail::wipe(bytes.data(), bytes.size());
  detail::wipe(verifier.data(), verifier.size());
  return pkce;
}

}  // namespace v1
}  // namespace purecloud
