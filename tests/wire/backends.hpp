// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/tokens.hpp>

#include <doctest/doctest.h>

// The backends that the contract in this folder holds for.
#if defined(PURECLOUD_TOKENS_TEST_CURL)
#include <purecloud/backend/curl.hpp>
#define WIRE_BACKENDS purecloud::HttplibBackend, purecloud::CurlBackend
TYPE_TO_STRING(purecloud::CurlBackend);
#else
#define WIRE_BACKENDS purecloud::HttplibBackend
#endif
TYPE_TO_STRING(purecloud::HttplibBackend);
