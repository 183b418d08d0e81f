// SPDX-License-Identifier: MIT
// The one file with the bodies, where PURECLOUD_TOKENS_SEPARATE is defined everywhere.
#define PURECLOUD_TOKENS_IMPLEMENTATION
#include <purecloud/tokens.hpp>
