// SPDX-License-Identifier: MIT
// Without #pragma once: see detail/bodies.hpp.

#include <purecloud/tokens.hpp>

#include <purecloud/async_tokens_api.hpp>
#include <purecloud/backend/threaded.hpp>
#include <purecloud/future.hpp>
#include <purecloud/stop_token.hpp>

namespace purecloud {
inline namespace v1 {

/// The asynchronous client of the Tokens API, over cpp-httplib: each request occupies a thread.
using AsyncTokensApi = BasicAsyncTokensApi<ThreadedBackend<HttplibBackend>>;

}  // namespace v1
}  // namespace purecloud

#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/async/call_state.ipp>
#include <purecloud/detail/async/worker_threads.ipp>
#endif
