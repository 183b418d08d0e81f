// SPDX-License-Identifier: MIT
// The same for the cloud in memory: an object of its own, linked only where it is used.
#define PURECLOUD_TOKENS_TESTING_IMPLEMENTATION
#include <purecloud/testing.hpp>
