// SPDX-License-Identifier: MIT
// The bodies of the backends over libcurl, beside those of tokens.cpp.
#include <purecloud/backend/curl.hpp>

#include <purecloud/backend/curl.ipp>
