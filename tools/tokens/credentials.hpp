// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/tokens.hpp>

/// The access token, and the host and proxy that go with it: from the environment. Throws Failure
/// (token_not_valid) where there is no token, and ApiException for a variable that is not valid.
purecloud::Configuration load_credentials();
