// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <purecloud/call_options.hpp>
#include <purecloud/configuration.hpp>
#include <purecloud/detail/call/exchange.hpp>
#include <purecloud/detail/call/settings.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// What tokens_api.hpp says of one call.
struct Call {
  std::string_view method;
  std::string target;  ///< from `/api/v2/` on
  Unauthorized unauthorized = Unauthorized::is_error;
  std::optional<std::string_view> user_id = {};  ///< to follow the target as its last segment
  std::string body = {};
};

/// The request of a call, or why it is refused before anything is sent.
std::variant<HttpRequest, Error> make_request(const ClientSettings& settings,
                                              const AccessToken& token, Call call,
                                              const CallOptions& options);

/// A uniformly distributed number from [0, 1).
double random_fraction();

Moment current_moment();
void sleep_until(Deadline until);

/// Tells the observer of an attempt.
void notify(const ClientSettings& settings, const Exchange& exchange, const HttpResult& result,
            std::chrono::nanoseconds duration);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/call/request.ipp>
#endif
