// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include <purecloud/configuration.hpp>
#include <purecloud/detail/text/url.hpp>
#include <purecloud/detail/text/text.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// An environment variable; unset and empty are the same.
inline std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

inline int require_port(const std::string& what, const std::string& text) {
  const auto port = parse_port(text);
  if (!port) refuse(what, "must be a port, 1 to 65535");
  return *port;
}

/// Whether NO_PROXY, a list of domains with `*` for all, names the host.
inline bool excluded_from_proxy(std::string_view list, std::string_view host) {
  while (!list.empty()) {
    const auto comma = list.find(',');
    std::string domain = lower_case(list.substr(0, comma));
    list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
    const auto begin = domain.find_first_not_of(" .");
    if (begin == std::string::npos) continue;
    domain = domain.substr(begin, domain.find_last_not_of(' ') - begin + 1);
    if (domain.compare(0, 2, "*.") == 0) domain.erase(0, 2);
    if (domain == "*" || domain == host) return true;
    if (host.size() > domain.size() && host[host.size() - domain.size() - 1] == '.' &&
        host.substr(host.size() - domain.size()) == domain)
      return true;
  }
  return false;
}

/// `[http://][user[:password]@]host[:port]`
inline ProxyOptions parse_proxy(const std::string& variable, std::string text) {
  ProxyOptions proxy;
  if (text.find("://") == std::string::npos) text = "http://" + text;
  const auto authority = text.find("://") + 3;
  const auto at = text.rfind('@');
  if (at != std::string::npos) {
    const std::string_view user_info = std::string_view(text).substr(authority, at - authority);
    const auto colon = user_info.find(':');
    proxy.username = percent_decode(user_info.substr(0, colon));
    if (colon != std::string_view::npos)
      proxy.password = percent_decode(user_info.substr(colon + 1));
    text.erase(authority, at + 1 - authority);
  }
  const BaseUrl url = parse_base_url(variable, text);
  if (url.https)
    refuse(variable,
           "must be an http:// proxy; one that is itself reached over TLS is not supported");
  proxy.host = url.host;
  proxy.port = url.port;
  return proxy;
}

}  // namespace detail

PURECLOUD_TOKENS_INLINE Configuration Configuration::for_region(Region region) {
  Configuration configuration;
  configuration.base_url = "https://api." + std::string(domain_of(region));
  return configuration;
}

PURECLOUD_TOKENS_INLINE Configuration Configuration::from_environment() {
  using detail::environment;
  Configuration configuration;
  configuration.access_token = environment("GENESYSCLOUD_ACCESS_TOKEN");

  for (const char* variable : {"GENESYSCLOUD_REGION", "GENESYS_CLOUD_REGION"}) {
    const std::string name = environment(variable);
    if (name.empty()) continue;
    const auto region = parse_region(name);
    if (!region)
      detail::refuse(variable, "is not a region; use one of " + detail::region_names() +
                                   ", or the region's domain");
    configuration.base_url = for_region(*region).base_url;
    break;
  }

  const std::string gateway = environment("GENESYSCLOUD_GATEWAY_HOST");
  if (!gateway.empty()) {
    std::string protocol = environment("GENESYSCLOUD_GATEWAY_PROTOCOL");
    std::string port = environment("GENESYSCLOUD_GATEWAY_PORT");
    if (protocol.empty()) protocol = "https";
    if (!port.empty())
      port = ":" + std::to_string(detail::require_port("GENESYSCLOUD_GATEWAY_PORT", port));
    configuration.base_url = protocol + "://" + gateway + port;
    detail::parse_base_url("GENESYSCLOUD_GATEWAY_{PROTOCOL,HOST,PORT}", configuration.base_url);
  }

  ProxyOptions& proxy = configuration.proxy;
  proxy.host = environment("GENESYSCLOUD_PROXY_HOST");
  if (!proxy.host.empty()) {
    const std::string protocol = environment("GENESYSCLOUD_PROXY_PROTOCOL");
    if (!protocol.empty() && detail::lower_case(protocol) != "http")
      detail::refuse("GENESYSCLOUD_PROXY_PROTOCOL", "must be http");
    proxy.port =
        detail::require_port("GENESYSCLOUD_PROXY_PORT", environment("GENESYSCLOUD_PROXY_PORT"));
    proxy.username = environment("GENESYSCLOUD_PROXY_AUTH_USERNAME");
    proxy.password = environment("GENESYSCLOUD_PROXY_AUTH_PASSWORD");
    return configuration;
  }

  const detail::BaseUrl url = detail::parse_base_url("base_url", configuration.base_url);
  for (const char* variable : {"HTTPS_PROXY", "https_proxy"}) {  // curl's order: the latter wins
    const std::string address = environment(variable);
    if (address.empty() || !url.https) continue;
    const std::string excluded = environment("NO_PROXY") + "," + environment("no_proxy");
    if (!detail::excluded_from_proxy(excluded, url.host))
      proxy = detail::parse_proxy(variable, address);
  }
  return configuration;
}

}  // namespace v1
}  // namespace purecloud
