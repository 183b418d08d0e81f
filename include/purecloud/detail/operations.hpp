// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include <purecloud/call_options.hpp>
#include <purecloud/detail/call/operation.hpp>
#include <purecloud/model/idle_token_timeout.hpp>
#include <purecloud/model/token_info.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// The operations of the Tokens API. Each returns a Call, which a driver carries out.
namespace operations {

Call<TokenInfo> get_tokens_me(const GetTokensMeOptions& options);
Call<bool> head_tokens_me(const CallOptions& options);
Call<void> delete_tokens_me(const CallOptions& options);
Call<void> delete_token(std::string_view user_id, const CallOptions& options);
Call<IdleTokenTimeout> get_tokens_timeout(const CallOptions& options);
Call<IdleTokenTimeout> put_tokens_timeout(const IdleTokenTimeout& timeout,
                                          const CallOptions& options);

}  // namespace operations
}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/operations.ipp>
#endif
