// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include <purecloud/configuration.hpp>
#include <purecloud/http.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// A client's configuration, checked, and what is derived from it.
struct ClientSettings {
  Configuration configuration;  ///< without the token and the client credentials
  std::string base_path;
  HttpHeaders headers;
};

/// The host that a client calls.
enum class Service {
  api,    ///< `base_url`; client id and secret are both set, or neither
  login,  ///< `login_url`, which becomes the settings' `base_url`; requires a client id
};

/// Checks a configuration. Throws ApiException (ErrorKind::invalid_argument), which names the
/// member.
ClientSettings make_settings(Configuration configuration, Service service = Service::api);

/// Returns why a token cannot be sent in a header; empty if it can.
std::string token_problem(std::string_view token);

/// Returns what is wrong with headers that the user adds; empty if nothing is. `member` names them.
std::string headers_problem(const std::string& member, const HttpHeaders& headers,
                            std::string_view secret);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/call/settings.ipp>
#endif
