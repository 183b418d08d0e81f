// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <purecloud/error.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Returns an Error of the kind invalid_argument.
Error invalid_argument(std::string message);

/// Throws ApiException (ErrorKind::invalid_argument) with the message `what: problem`.
[[noreturn]] void refuse(const std::string& what, const std::string& problem);

/// A URL's scheme, host, port and path.
struct BaseUrl {
  bool https = true;
  std::string host;  ///< lower case; an IPv6 address without its brackets
  int port = 443;
  bool has_port = false;  ///< whether the URL contains a port
  std::string path;       ///< empty, or begins with `/` and does not end with it
};

/// Parses a base URL. Throws ApiException (ErrorKind::invalid_argument). The message begins with
/// `what`, the name of the setting, ends with an example, and does not repeat the text, which may
/// contain a password.
BaseUrl parse_base_url(const std::string& what, std::string_view text,
                       const std::string& example = "https://api.mypurecloud.com");

/// Reads a port in decimal digits, 1 to 65535. Returns nothing for any other text.
std::optional<int> parse_port(std::string_view text);

/// Returns whether a host is this machine: `localhost`, 127.0.0.0/8 or `::1`.
bool is_loopback(const std::string& host);

/// Returns whether a text has the characters of a host name, as every HTTP library reads it.
bool is_host_name(std::string_view text);

/// Returns a host as it stands in a URL: an IPv6 address in brackets (RFC 3986, 3.2.2).
std::string bracketed(const std::string& host);

/// Returns the 4 or 16 bytes of an IPv4 or IPv6 address; empty for any other text.
std::string ip_bytes(const std::string& text);

/// Returns whether a host is an IPv4 or IPv6 address, not a name.
bool is_ip_address(const std::string& host);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/text/url.ipp>
#endif
