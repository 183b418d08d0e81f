// SPDX-License-Identifier: MIT
// The library's bodies, compiled once for all files of the program.
#define PURECLOUD_TOKENS_IMPLEMENTATION
#include <purecloud/tokens.hpp>
