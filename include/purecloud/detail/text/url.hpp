// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <purecloud/error.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// An Error of kind invalid_argument.
Error invalid_argument(std::string message);

/// Throws ApiException (invalid_argument): `what: problem`.
[[noreturn]] void refuse(const std::string& what, const std::string& problem);

/// A URL's scheme, host, port and path.
struct BaseUrl {
  bool https = true;
  std::string host;  ///< lower case; an IPv6 address without its brackets
  int port = 443;
  bool has_port = false;  ///< whether the text names it
  std::string path;       ///< empty, or begins with `/` and does not end with it
};

/// Takes a base URL apart. Throws ApiException (invalid_argument) that begins with `what`, where it
/// came from, ends with an example, and never repeats the text, which may hold a password.
BaseUrl parse_base_url(const std::string& what, std::string_view text,
                       const std::string& example = "https://api.mypurecloud.com");

/// A port in decimal digits, 1 to 65535; empty when it is none.
std::optional<int> parse_port(std::string_view text);

/// Whether a host is this machine: `localhost`, 127.0.0.0/8, `::1`.
bool is_loopback(const std::string& host);

/// A host as a URL has it: an IPv6 address in brackets (RFC 3986, 3.2.2).
std::string bracketed(const std::string& host);

/// The 4 or 16 bytes of an IPv4 or IPv6 address; empty when the text is none.
std::string ip_bytes(const std::string& text);

/// Whether a host is an IPv4 or IPv6 address, not a name.
bool is_ip_address(const std::string& host);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/text/url.ipp>
#endif
