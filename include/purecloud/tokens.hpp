// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/version.hpp>

#include <purecloud/access_token.hpp>
#include <purecloud/backend/httplib.hpp>
#include <purecloud/configuration.hpp>
#include <purecloud/json.hpp>
#include <purecloud/region.hpp>
#include <purecloud/result.hpp>
#include <purecloud/tokens_api.hpp>

namespace purecloud {
inline namespace v1 {

/// The client over cpp-httplib.
using TokensApi = BasicTokensApi<HttplibBackend>;

}  // namespace v1
}  // namespace purecloud

// PURECLOUD_TOKENS_SEPARATE, defined everywhere, leaves the bodies out;
// PURECLOUD_TOKENS_IMPLEMENTATION, defined as well in one file, puts them there.
#if !defined(PURECLOUD_TOKENS_SEPARATE)
#define PURECLOUD_TOKENS_INLINE inline
#elif defined(PURECLOUD_TOKENS_IMPLEMENTATION)
#define PURECLOUD_TOKENS_INLINE
#endif
#if defined(PURECLOUD_TOKENS_INLINE)
#include <purecloud/impl/httplib_backend.hpp>
#include <purecloud/impl/tokens.hpp>
#undef PURECLOUD_TOKENS_INLINE
#endif
#if defined(PURECLOUD_TOKENS_SEPARATE)
#include <purecloud/impl/separate.hpp>
#endif
