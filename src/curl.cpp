// SPDX-License-Identifier: MIT
// The bodies of CurlBackend, beside those of tokens.cpp.
#include <purecloud/backend/curl.hpp>

#include <purecloud/backend/curl.ipp>
