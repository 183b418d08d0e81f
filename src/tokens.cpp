// SPDX-License-Identifier: MIT
// The bodies of <purecloud/tokens.hpp>, for a build that defines PURECLOUD_TOKENS_SEPARATE
// everywhere.
#define PURECLOUD_TOKENS_IMPLEMENTATION
#include <purecloud/tokens.hpp>
