// SPDX-License-Identifier: MIT
// The bodies of the library, and of its embedded service for --demo, compiled once.
#define PURECLOUD_TOKENS_IMPLEMENTATION
#define PURECLOUD_TOKENS_TESTING_IMPLEMENTATION
#include <purecloud/testing.hpp>
