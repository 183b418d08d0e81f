// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/async_tokens.hpp>
#include <purecloud/tokens.hpp>

#include <doctest/doctest.h>

#include "../awaited.hpp"

#if defined(PURECLOUD_TOKENS_TEST_CURL)
#include <purecloud/backend/curl.hpp>
#include <purecloud/backend/curl_multi.hpp>

#include <curl/curl.h>
#endif

namespace wire {

using AwaitedHttplib = support::Awaited<purecloud::ThreadedBackend<purecloud::HttplibBackend>>;

/// Some of what comes libcurl judges before us, by rules of its own.
template <class Backend>
inline constexpr bool over_libcurl = false;

#if defined(PURECLOUD_TOKENS_TEST_CURL)
using AwaitedCurl = support::Awaited<purecloud::CurlMultiBackend>;
template <>
inline constexpr bool over_libcurl<purecloud::CurlBackend> = true;
template <>
inline constexpr bool over_libcurl<AwaitedCurl> = true;
#endif

/// Before libcurl 8.7 Linux alone tells whether bytes follow a response without a body; elsewhere
/// its connection is not used again.
template <class Backend>
inline bool closes_after_empty_body() {
#if defined(PURECLOUD_TOKENS_TEST_CURL) && !defined(__linux__)
  return over_libcurl<Backend> && curl_version_info(CURLVERSION_NOW)->version_num < 0x080700;
#else
  return false;
#endif
}

}  // namespace wire

// The backends that the contract in this folder holds for.
#if defined(PURECLOUD_TOKENS_TEST_CURL)
#define SYNCHRONOUS_BACKENDS purecloud::HttplibBackend, purecloud::CurlBackend
#define WIRE_BACKENDS SYNCHRONOUS_BACKENDS, wire::AwaitedHttplib, wire::AwaitedCurl
TYPE_TO_STRING(purecloud::CurlBackend);
TYPE_TO_STRING(wire::AwaitedCurl);
#else
#define SYNCHRONOUS_BACKENDS purecloud::HttplibBackend
#define WIRE_BACKENDS SYNCHRONOUS_BACKENDS, wire::AwaitedHttplib
#endif
TYPE_TO_STRING(purecloud::HttplibBackend);
TYPE_TO_STRING(wire::AwaitedHttplib);
