// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/backend/httplib.ipp>
#include <purecloud/detail/instantiations.hpp>

#if defined(PURECLOUD_TOKENS_SEPARATE)
namespace purecloud {
inline namespace v1 {
namespace detail {
template struct ClientState<HttplibBackend>;
PURECLOUD_TOKENS_DRIVER(template, Driver<HttplibBackend>)
}  // namespace detail
}  // namespace v1
}  // namespace purecloud
#endif
