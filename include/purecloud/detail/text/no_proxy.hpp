// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Returns whether a list like NO_PROXY contains a host. Its entries are separated by commas or
/// spaces: `*` for all hosts; a domain, which includes its subdomains, optionally with `*.` or `.`
/// before it and a dot after it; an IPv4 or IPv6 address, optionally in brackets; an address block,
/// `10.0.0.0/8`. A domain or an address may have a port, and then only applies to that port. Throws
/// ApiException (ErrorKind::invalid_argument) for any other entry; the message names the variable
/// and the entry.
bool excluded_from_proxy(const std::string& variable, std::string_view list,
                         const std::string& host, int port);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/text/no_proxy.ipp>
#endif
