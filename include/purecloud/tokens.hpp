// SPDX-License-Identifier: MIT
// Without #pragma once: see detail/bodies.hpp.

#include <purecloud/detail/separate.hpp>

#include <purecloud/version.hpp>

#include <purecloud/access_token.hpp>
#include <purecloud/backend/httplib.hpp>
#include <purecloud/configuration.hpp>
#include <purecloud/json.hpp>
#include <purecloud/oauth_api.hpp>
#include <purecloud/region.hpp>
#include <purecloud/result.hpp>
#include <purecloud/tokens_api.hpp>

namespace purecloud {
inline namespace v1 {

/// The client of the Tokens API, over cpp-httplib.
using TokensApi = BasicTokensApi<HttplibBackend>;

/// The client of the login host, over cpp-httplib.
using OAuthApi = BasicOAuthApi<HttplibBackend>;

}  // namespace v1
}  // namespace purecloud

#if defined(PURECLOUD_TOKENS_SEPARATE) && !PURECLOUD_TOKENS_BODIES
namespace purecloud {
inline namespace v1 {
extern template class BasicTokensApi<HttplibBackend>;
extern template class BasicOAuthApi<HttplibBackend>;
}  // namespace v1
}  // namespace purecloud
#endif

#include <purecloud/detail/bodies.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/tokens.ipp>
#endif
