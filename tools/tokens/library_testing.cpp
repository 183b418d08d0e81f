// SPDX-License-Identifier: MIT
// The bodies of the embedded service, for --demo.
#define PURECLOUD_TOKENS_TESTING_IMPLEMENTATION
#include <purecloud/testing.hpp>
