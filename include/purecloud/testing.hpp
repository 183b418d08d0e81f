// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/tokens.hpp>

#include <purecloud/testing/fake_backend.hpp>
#include <purecloud/testing/fake_tokens_server.hpp>
#include <purecloud/testing/fake_tokens_service.hpp>

// As in tokens.hpp, but with a macro of its own for the file that has the bodies.
#if !defined(PURECLOUD_TOKENS_SEPARATE)
#define PURECLOUD_TOKENS_INLINE inline
#elif defined(PURECLOUD_TOKENS_TESTING_IMPLEMENTATION)
#define PURECLOUD_TOKENS_INLINE
#endif
#if defined(PURECLOUD_TOKENS_INLINE)
#include <purecloud/impl/fake_tokens_server.hpp>
#include <purecloud/impl/fake_tokens_service.hpp>
#undef PURECLOUD_TOKENS_INLINE
#endif
