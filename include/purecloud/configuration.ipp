// SPDX-License-Identifier: MIT
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include <purecloud/configuration.hpp>
#include <purecloud/detail/environment_variable.hpp>
#include <purecloud/detail/text/no_proxy.hpp>
#include <purecloud/detail/text/text.hpp>
#include <purecloud/detail/text/url.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Returns an environment variable without the space around it; empty if it is not set.
inline std::string_view environment(const std::string& name) {
  const char* value = environment_variable(name.c_str());
  return trimmed(value ? value : "");
}

/// Refuses a value that cannot stand in one header line.
inline void require_one_line(const std::string& name, std::string_view value) {
  if (!is_header_value(value))
    refuse(name, "holds a line break or another control character; remove it");
}

/// Returns an environment variable unchanged: a name or a password may begin or end with a space.
inline std::string login_from_environment(const std::string& name) {
  const char* value = environment_variable(name.c_str());
  require_one_line(name, value ? value : "");
  return value ? value : "";
}

/// Throws for the first of these variables that is set.
inline void refuse_each(const std::string& prefix, std::initializer_list<const char*> names,
                        const std::string& problem) {
  for (const char* name : names)
    if (!environment(prefix + name).empty()) refuse(prefix + name, problem);
}

/// The address that the variables HOST, PROTOCOL and PORT of one prefix give. HOST may have the
/// form
/// `[scheme://]host[:port][/path]`.
struct Place {
  std::string scheme;           ///< lower case; empty if no variable has it
  std::string scheme_variable;  ///< the variable that has the scheme
  std::string host;             ///< lower case; an IPv6 address without its brackets
  std::optional<int> port;
  std::string path;  ///< empty, or begins with `/` and does not end with it
};

inline std::optional<Place> place_from_environment(const std::string& prefix,
                                                   const std::string& example) {
  const std::string host_variable = prefix + "HOST";
  std::string text(environment(host_variable));
  if (text.empty()) {
    refuse_each(prefix, {"PORT", "PROTOCOL", "AUTH_USERNAME", "AUTH_PASSWORD"},
                "is set without " + host_variable + "; set both or neither");
    return std::nullopt;
  }
  const std::string advice = "; write it like " + example;
  if (text.find('@') != text.npos)
    refuse(host_variable, "holds a user name or password: leave out '@' and what stands before it");

  Place place;
  if (const auto end = text.find("://"); end != text.npos) {
    place.scheme = lower_case(text.substr(0, end));
    place.scheme_variable = host_variable;
    text.erase(0, end + 3);
  }
  if (is_ip_address(text)) text = bracketed(text);
  const BaseUrl url = parse_base_url(host_variable, "https://" + text, example);
  place.host = url.host;
  place.path = url.path;
  if (url.has_port) place.port = url.port;

  std::string scheme = lower_case(environment(prefix + "PROTOCOL"));
  scheme = scheme.substr(0, scheme.find(':'));  // `https://`
  if (!scheme.empty()) {
    if (!place.scheme.empty() && place.scheme != scheme)
      refuse(prefix + "PROTOCOL", "differs from what " + host_variable + " begins with" + advice);
    place.scheme = scheme;
    place.scheme_variable = prefix + "PROTOCOL";
  }
  if (const auto given = environment(prefix + "PORT"); !given.empty()) {
    const auto port = parse_port(given);
    if (!port) refuse(prefix + "PORT", "must be a port, 1 to 65535");
    if (place.port && place.port != port)
      refuse(prefix + "PORT", "differs from the port in " + host_variable + "; leave out one");
    place.port = port;
  }
  return place;
}

inline std::string gateway_from_environment() {
  const std::string prefix = "GENESYSCLOUD_GATEWAY_";
  refuse_each(prefix, {"PATH_NAME", "PATH_VALUE"},
              "is not supported; write the path after the host in GENESYSCLOUD_GATEWAY_HOST, like "
              "gateway.example.com/genesys, and unset this");
  refuse_each(prefix, {"AUTH_USERNAME", "AUTH_PASSWORD"},
              "is not supported, because the access token goes where this would go; let the "
              "gateway accept the token, and unset this");
  const auto place = place_from_environment(prefix, "gateway.example.com/genesys");
  if (!place) return {};
  if (!place->scheme.empty() && place->scheme != "https" && place->scheme != "http")
    refuse(place->scheme_variable, "has a scheme that is neither https nor http");
  return (place->scheme.empty() ? "https" : place->scheme) + "://" + bracketed(place->host) +
         (place->port ? ":" + std::to_string(*place->port) : "") + place->path;
}

inline ProxyScheme parse_proxy_scheme(const std::string& variable, const std::string& scheme) {
  if (scheme == "socks5" || scheme == "socks5h") return ProxyScheme::socks5;
  if (scheme == "https")
    refuse(variable,
           "names a proxy that is itself reached over TLS, which is not supported; https goes "
           "through a plain one as well: write http");
  if (scheme != "http") refuse(variable, "must be http, or socks5 for CurlBackend");
  return ProxyScheme::http;
}

inline ProxyOptions proxy_from_environment() {
  const std::string prefix = "GENESYSCLOUD_PROXY_";
  const auto place = place_from_environment(prefix, "proxy.example.com");
  if (!place) return {};
  ProxyOptions proxy;
  if (!place->scheme.empty())
    proxy.scheme = parse_proxy_scheme(place->scheme_variable, place->scheme);
  if (!place->path.empty()) refuse(prefix + "HOST", "holds a path: leave out '/' and what follows");
  proxy.host = place->host;
  if (!place->port) refuse(prefix + "PORT", "must be a port, 1 to 65535");
  proxy.port = *place->port;
  proxy.username = login_from_environment(prefix + "AUTH_USERNAME");
  proxy.password = login_from_environment(prefix + "AUTH_PASSWORD");
  if (proxy.username.empty() && !proxy.password.empty())
    refuse(prefix + "AUTH_PASSWORD", "is set without " + prefix + "AUTH_USERNAME");
  return proxy;
}

/// Reads a proxy of the form `[scheme://][user[:password]@]host[:port]`.
inline ProxyOptions parse_proxy(const std::string& variable, std::string text) {
  ProxyOptions proxy;
  if (const auto end = text.find("://"); end != text.npos) {
    proxy.scheme = parse_proxy_scheme(variable, lower_case(text.substr(0, end)));
    text.erase(0, end + 3);
  }
  if (const auto at = text.rfind('@'); at != text.npos) {
    const std::string_view user_info = std::string_view(text).substr(0, at);
    const auto colon = user_info.find(':');
    proxy.username = percent_decode(user_info.substr(0, colon));
    if (colon != user_info.npos) proxy.password = percent_decode(user_info.substr(colon + 1));
    require_one_line(variable, proxy.username + proxy.password);
    text.erase(0, at + 1);
  }
  const BaseUrl url = parse_base_url(variable, "http://" + text, "http://proxy.example.com:3128");
  proxy.host = url.host;
  proxy.port = url.has_port || proxy.scheme == ProxyScheme::http ? url.port : 1080;
  return proxy;
}

/// Returns the proxy in HTTPS_PROXY, unless NO_PROXY contains the host of `base_url`.
inline ProxyOptions usual_proxy_from_environment(const Configuration& configuration) {
  // in the order of curl
  const char* variable = environment("https_proxy").empty() ? "HTTPS_PROXY" : "https_proxy";
  const std::string_view address = environment(variable);
  const auto excluded = [](const BaseUrl& url) {
    bool named = false;
    for (const char* list : {"NO_PROXY", "no_proxy"})
      named = excluded_from_proxy(list, environment(list), url.host, url.port) || named;
    return named;
  };
  const BaseUrl url = parse_base_url("base_url", configuration.base_url);
  if (address.empty() || !url.https) return {};
  const bool direct = excluded(url);
  const std::string login_url = login_url_of(configuration);
  if (!configuration.client_credentials.client_id.empty() && !login_url.empty() &&
      excluded(parse_base_url("login_url", login_url)) != direct)
    refuse(environment("no_proxy").empty() ? "NO_PROXY" : "no_proxy",
           "names only one of the API's host and the login host; name both, or their domain");
  return direct ? ProxyOptions{} : parse_proxy(variable, std::string(address));
}

PURECLOUD_TOKENS_INLINE std::string login_url_of(const Configuration& configuration) {
  if (!configuration.login_url.empty()) return configuration.login_url;
  const BaseUrl url = parse_base_url("base_url", configuration.base_url);
  const bool is_api = url.https && !url.has_port && url.path.empty() && url.host.size() > 4 &&
                      url.host.compare(0, 4, "api.") == 0;
  return is_api ? "https://login." + url.host.substr(4) : "";
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
  for (const char* variable : {"GENESYSCLOUD_ACCESS_TOKEN", "GENESYSCLOUD_OAUTHCLIENT_ID",
                               "GENESYSCLOUD_OAUTHCLIENT_SECRET"})
    detail::require_one_line(variable, environment(variable));
  configuration.access_token = environment("GENESYSCLOUD_ACCESS_TOKEN");
  if (configuration.access_token.empty()) {
    const auto id = environment("GENESYSCLOUD_OAUTHCLIENT_ID");
    const auto secret = environment("GENESYSCLOUD_OAUTHCLIENT_SECRET");
    if (id.empty() != secret.empty())
      detail::refuse(id.empty() ? "GENESYSCLOUD_OAUTHCLIENT_ID" : "GENESYSCLOUD_OAUTHCLIENT_SECRET",
                     "is not set, but the other of id and secret is; set both or neither");
    configuration.client_credentials = {std::string(id), secret};
  }

  for (const char* variable : {"GENESYSCLOUD_REGION", "GENESYS_CLOUD_REGION"}) {
    const std::string_view name = environment(variable);
    if (name.empty()) continue;
    const auto region = parse_region(name);
    if (!region)
      detail::refuse(variable, "is not a region; use one of " + detail::region_names() +
                                   ", or the region's domain");
    configuration.base_url = for_region(*region).base_url;
    break;
  }
  if (const std::string gateway = detail::gateway_from_environment(); !gateway.empty())
    configuration.base_url = configuration.login_url = gateway;

  configuration.proxy = detail::proxy_from_environment();
  if (configuration.proxy.host.empty())
    configuration.proxy = detail::usual_proxy_from_environment(configuration);
  return configuration;
}

}  // namespace v1
}  // namespace purecloud
