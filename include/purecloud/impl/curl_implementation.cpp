// SPDX-License-Identifier: MIT
// The bodies of CurlBackend alone, for a program whose other bodies are in implementation.cpp.
#include <purecloud/backend/curl.hpp>

#define PURECLOUD_TOKENS_INLINE
#include <purecloud/impl/curl_backend.hpp>
