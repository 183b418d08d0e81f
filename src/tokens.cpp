// SPDX-License-Identifier: MIT
// What a separate build compiles once: PURECLOUD_TOKENS_SEPARATE is defined everywhere.
#define PURECLOUD_TOKENS_IMPLEMENTATION
#include <purecloud/tokens.hpp>
