// SPDX-License-Identifier: MIT
// The bodies of the backends over libcurl, without those in tokens.cpp and async_tokens.cpp.
#include <purecloud/backend/curl.hpp>
#include <purecloud/backend/curl_multi.hpp>

#include <purecloud/backend/curl.ipp>
#include <purecloud/backend/curl_multi.ipp>
