// SPDX-License-Identifier: MIT
// Without #pragma once: a file may define PURECLOUD_TOKENS_IMPLEMENTATION between two includes.

// Whether a file compiles the bodies, and how they are declared. By default every file compiles
// them, inline. If PURECLOUD_TOKENS_SEPARATE is defined (in every file), only a file that also
// defines PURECLOUD_TOKENS_IMPLEMENTATION compiles them; for the bodies of <purecloud/testing.hpp>
// that macro is PURECLOUD_TOKENS_TESTING_IMPLEMENTATION.
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
