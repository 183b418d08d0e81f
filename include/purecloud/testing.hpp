// SPDX-License-Identifier: MIT
// Without #pragma once: see detail/bodies.hpp.

#include <purecloud/tokens.hpp>

#include <purecloud/testing/fake_backend.hpp>
#include <purecloud/testing/fake_client.hpp>
#include <purecloud/testing/fake_tokens_server.hpp>
#include <purecloud/testing/fake_tokens_service.hpp>
#include <purecloud/testing/fault.hpp>
#include <purecloud/testing/mount.hpp>
#include <purecloud/testing/recorded_request.hpp>

#if PURECLOUD_TOKENS_TESTING_BODIES
#include <purecloud/testing/fake_backend.ipp>
#include <purecloud/testing/fake_login.ipp>
#include <purecloud/testing/fake_tokens_server.ipp>
#include <purecloud/testing/fake_tokens_service.ipp>
#include <purecloud/testing/fault.ipp>
#include <purecloud/testing/recorded_request.ipp>
#endif
