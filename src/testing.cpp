// SPDX-License-Identifier: MIT
// The bodies of <purecloud/testing.hpp>, in an object file that is linked only if it is used.
#define PURECLOUD_TOKENS_TESTING_IMPLEMENTATION
#include <purecloud/testing.hpp>
