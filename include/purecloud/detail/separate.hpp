// SPDX-License-Identifier: MIT
// Without #pragma once: a file may define PURECLOUD_TOKENS_IMPLEMENTATION between two includes.

// Whether this file has the bodies, and how they are declared. By default every file has them,
// inline. With PURECLOUD_TOKENS_SEPARATE, defined everywhere, only a file that defines
// PURECLOUD_TOKENS_IMPLEMENTATION has them (for <purecloud/testing.hpp>:
// PURECLOUD_TOKENS_TESTING_IMPLEMENTATION).
#undef PURECLOUD_TOKENS_INLINE
#undef PURECLOUD_TOKENS_BODIES
#undef PURECLOUD_TOKENS_TESTING_BODIES
#if !defined(PURECLOUD_TOKENS_SEPARATE)
#define PURECLOUD_TOKENS_INLINE inline
#define PURECLOUD_TOKENS_BODIES 1
#define PURECLOUD_TOKENS_TESTING_BODIES 1
#else
#define PURECLOUD_TOKENS_INLINE
#if defined(PURECLOUD_TOKENS_IMPLEMENTATION)
#define PURECLOUD_TOKENS_BODIES 1
#else
#define PURECLOUD_TOKENS_BODIES 0
#endif
#if defined(PURECLOUD_TOKENS_TESTING_IMPLEMENTATION)
#define PURECLOUD_TOKENS_TESTING_BODIES 1
#else
#define PURECLOUD_TOKENS_TESTING_BODIES 0
#endif
#endif
