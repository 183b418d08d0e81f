// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Whether a list of what goes without a proxy names the host. Its entries stand between commas or
/// spaces: `*` for all; a domain, which stands for its hosts as well, with or without `*.` or `.`
/// before it and a dot after it; an IPv4 or IPv6 address, in brackets or not; an address block,
/// `10.0.0.0/8`. A domain or an address may have a port: then it is for that port alone. Throws
/// ApiException (invalid_argument), which names the variable and the entry, for any other.
bool excluded_from_proxy(const std::string& variable, std::string_view list,
                         const std::string& host, int port);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/text/no_proxy.ipp>
#endif
