// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/backend/httplib.ipp>

#if defined(PURECLOUD_TOKENS_SEPARATE)
namespace purecloud {
inline namespace v1 {
template class BasicTokensApi<HttplibBackend>;
template class BasicOAuthApi<HttplibBackend>;
}  // namespace v1
}  // namespace purecloud
#endif
