// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <utility>

#include <purecloud/detail/operations.hpp>
#include <purecloud/detail/text/text.hpp>
#include <purecloud/json.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {
namespace operations {

PURECLOUD_TOKENS_INLINE Call<TokenInfo> get_tokens_me(const GetTokensMeOptions& options) {
  Call<TokenInfo> call{{{"GET", "/api/v2/tokens/me"}, options.call}};
  if (options.preserve_idle_ttl)
    call.target += *options.preserve_idle_ttl ? "?preserveIdleTTL=true" : "?preserveIdleTTL=false";
  return call;
}

PURECLOUD_TOKENS_INLINE Call<bool> head_tokens_me(const CallOptions& options) {
  return {{{"HEAD", "/api/v2/tokens/me", Unauthorized::is_result}, options}};
}

PURECLOUD_TOKENS_INLINE Call<void> delete_tokens_me(const CallOptions& options) {
  return {{{"DELETE", "/api/v2/tokens/me", Unauthorized::is_success_of_retry, Repeat::by_rules},
           options}};
}

/// Returns why an id cannot be the last segment of `/api/v2/tokens/{userId}`; empty if it can.
inline std::string user_id_problem(std::string_view user_id) {
  if (user_id.empty()) return "is empty";
  if (user_id == "me")
    return "is `me`, which would delete the caller's own token; that is delete_tokens_me";
  if (user_id == "timeout" || user_id == "." || user_id == "..")
    return "is `" + std::string(user_id) + "`, which would address another resource";
  if (user_id.size() > 255) return "is longer than 255 bytes";
  if (std::any_of(user_id.begin(), user_id.end(), is_control)) return "holds a control character";
  return {};
}

PURECLOUD_TOKENS_INLINE Call<void> delete_token(std::string_view user_id,
                                                const CallOptions& options) {
  Call<void> call{
      {{"DELETE", "/api/v2/tokens/{userId}", Unauthorized::is_error, Repeat::by_rules}, options}};
  if (const auto problem = user_id_problem(user_id); !problem.empty())
    call.refusal = "user_id: " + problem + "; pass the id of a user";
  else
    call.target = "/api/v2/tokens/" + percent_encode(user_id);
  return call;
}

PURECLOUD_TOKENS_INLINE Call<IdleTokenTimeout> get_tokens_timeout(const CallOptions& options) {
  return {{{"GET", "/api/v2/tokens/timeout"}, options}};
}

PURECLOUD_TOKENS_INLINE Call<IdleTokenTimeout> put_tokens_timeout(const IdleTokenTimeout& timeout,
                                                                  const CallOptions& options) {
  Call<IdleTokenTimeout> call{{{"PUT", "/api/v2/tokens/timeout"}, options}};
  try {
    call.body = to_json(timeout);
  } catch (const ApiException& unencodable) {
    call.refusal = (unencodable.error)().message;
  }
  return call;
}

}  // namespace operations
}  // namespace detail
}  // namespace v1
}  // namespace purecloud
