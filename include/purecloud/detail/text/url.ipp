// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>

#if !defined(_WIN32)
#include <arpa/inet.h>
#endif

#include <purecloud/detail/text/text.hpp>
#include <purecloud/detail/text/url.hpp>
#include <purecloud/detail/windows.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

PURECLOUD_TOKENS_INLINE std::string ip_bytes(const std::string& text) {
  char bytes[16];
  if (inet_pton(AF_INET, text.c_str(), bytes) == 1) return std::string(bytes, 4);
  if (inet_pton(AF_INET6, text.c_str(), bytes) == 1) return std::string(bytes, 16);
  return {};
}

PURECLOUD_TOKENS_INLINE bool is_ip_address(const std::string& host) {
  return !ip_bytes(host).empty();
}

PURECLOUD_TOKENS_INLINE bool is_host_name(std::string_view text) {
  return !text.empty() && text.front() != '-' &&
         lower_case(text).find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyz-._") == text.npos;
}

PURECLOUD_TOKENS_INLINE std::string bracketed(const std::string& host) {
  return host.find(':') == std::string::npos ? host : "[" + host + "]";
}

PURECLOUD_TOKENS_INLINE bool is_loopback(const std::string& host) {
  return host == "localhost" || host == "::1" ||
         (host.compare(0, 4, "127.") == 0 && is_ip_address(host));
}

PURECLOUD_TOKENS_INLINE Error invalid_argument(std::string message) {
  Error error;
  error.kind = ErrorKind::invalid_argument;
  error.message = std::move(message);
  return error;
}

PURECLOUD_TOKENS_INLINE void refuse(const std::string& what, const std::string& problem) {
  throw ApiException(invalid_argument(what + ": " + problem));
}

PURECLOUD_TOKENS_INLINE std::optional<int> parse_port(std::string_view text) {
  if (text.empty() || text.size() > 5 ||
      text.find_first_not_of("0123456789") != std::string_view::npos)
    return std::nullopt;
  const int port = std::stoi(std::string(text));
  return port >= 1 && port <= 65535 ? std::optional(port) : std::nullopt;
}

PURECLOUD_TOKENS_INLINE BaseUrl parse_base_url(const std::string& what, std::string_view text,
                                               const std::string& example) {
  const auto refuse_unless = [&](bool fits, const char* problem) {
    if (!fits) refuse(what, std::string(problem) + "; write it like " + example);
  };
  BaseUrl url;
  refuse_unless(!text.empty(), "is empty");
  const auto is_odd = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= ' ' || byte >= 0x7f || c == '\\';
  };
  refuse_unless(std::none_of(text.begin(), text.end(), is_odd),
                "holds a space, a backslash, a control or a non-ASCII character");

  const auto scheme_end = text.find("://");
  refuse_unless(scheme_end != std::string_view::npos, "has no scheme");
  const std::string scheme = lower_case(text.substr(0, scheme_end));
  refuse_unless(scheme == "https" || scheme == "http",
                "has a scheme that is neither https nor http");
  url.https = scheme == "https";
  text.remove_prefix(scheme_end + 3);

  refuse_unless(text.find('?') == std::string_view::npos,
                "has a query: leave out '?' and what follows");
  refuse_unless(text.find('#') == std::string_view::npos,
                "has a fragment: leave out '#' and what follows");
  const auto authority_end = (std::min)(text.find('/'), text.size());
  std::string_view authority = text.substr(0, authority_end);
  std::string_view path = text.substr(authority_end);
  refuse_unless(authority.find('@') == std::string_view::npos,
                "holds a user name or password: leave out '@' and what stands before it");

  const bool ipv6 = !authority.empty() && authority.front() == '[';
  const auto host_end =
      ipv6 ? authority.find(']') : (std::min)(authority.find(':'), authority.size());
  refuse_unless(host_end != std::string_view::npos, "has '[' without ']'");
  url.host = lower_case(authority.substr(ipv6 ? 1 : 0, host_end - (ipv6 ? 1 : 0)));
  const std::string_view rest = authority.substr(host_end + (ipv6 ? 1 : 0));
  refuse_unless(!url.host.empty(), "has no host");
  refuse_unless(ipv6 ? is_ip_address(url.host) : is_host_name(url.host),
                "has a host that is neither a name nor an IP address");

  url.port = url.https ? 443 : 80;
  if (!rest.empty()) {
    const auto port = rest.front() == ':' ? parse_port(rest.substr(1)) : std::nullopt;
    refuse_unless(port.has_value(), "has a port that is not 1 to 65535");
    url.port = *port;
    url.has_port = true;
  }

  while (!path.empty() && path.back() == '/') path.remove_suffix(1);
  url.path = path;
  return url;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
