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

/// The client over cpp-httplib.
using TokensApi = BasicTokensApi<HttplibBackend>;

/// The login host over cpp-httplib.
using OAuthApi = BasicOAuthApi<HttplibBackend>;

}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/bodies.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/backend/httplib.ipp>
#endif
