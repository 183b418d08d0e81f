// SPDX-License-Identifier: MIT
// Without #pragma once: see detail/bodies.hpp.

#include <purecloud/tokens.hpp>

#include <purecloud/testing/fake_backend.hpp>
#include <purecloud/testing/fake_tokens_server.hpp>
#include <purecloud/testing/fake_tokens_service.hpp>

#if PURECLOUD_TOKENS_TESTING_BODIES
#include <purecloud/testing/fake_backend.ipp>
#include <purecloud/testing/fake_tokens_server.ipp>
#include <purecloud/testing/fake_tokens_service.ipp>
#endif
