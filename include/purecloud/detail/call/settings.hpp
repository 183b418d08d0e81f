// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include <purecloud/configuration.hpp>
#include <purecloud/http.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// What a client works out once from its configuration.
struct ClientSettings {
  Configuration configuration;  ///< without the token and the client's credentials
  std::string base_path;
  HttpHeaders headers;
};

/// Which host a client calls.
enum class Service {
  api,    ///< `base_url`; the client's credentials are complete or not there
  login,  ///< `login_url`, which becomes the settings' `base_url`; a client's id is required
};

/// Checks a configuration. Throws ApiException (invalid_argument) naming the member.
ClientSettings make_settings(Configuration configuration, Service service = Service::api);

/// What is wrong with a token that goes into a header; empty when nothing is.
std::string token_problem(std::string_view token);

/// What is wrong with headers that the user adds; empty when nothing is.
std::string headers_problem(const std::string& member, const HttpHeaders& headers,
                            std::string_view secret);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/call/settings.ipp>
#endif
