// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/async_tokens.hpp>
#include <purecloud/tokens.hpp>

#include <doctest/doctest.h>

#include "../awaited.hpp"

#if defined(PURECLOUD_TOKENS_TEST_CURL)
#include <purecloud/backend/curl.hpp>
#endif

namespace wire {

using AwaitedHttplib = support::Awaited<purecloud::ThreadedBackend<purecloud::HttplibBackend>>;

}  // namespace wire

// The backends that the contract in this folder holds for.
#if defined(PURECLOUD_TOKENS_TEST_CURL)
#define SYNCHRONOUS_BACKENDS purecloud::HttplibBackend, purecloud::CurlBackend
TYPE_TO_STRING(purecloud::CurlBackend);
#else
#define SYNCHRONOUS_BACKENDS purecloud::HttplibBackend
#endif
#define WIRE_BACKENDS SYNCHRONOUS_BACKENDS, wire::AwaitedHttplib
TYPE_TO_STRING(purecloud::HttplibBackend);
TYPE_TO_STRING(wire::AwaitedHttplib);
