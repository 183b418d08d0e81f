// SPDX-License-Identifier: MIT
// The bodies of <purecloud/async_tokens.hpp>, without those in tokens.cpp.
#include <purecloud/async_tokens.hpp>

#include <purecloud/detail/async/call_state.ipp>
#include <purecloud/detail/async/worker_threads.ipp>
