// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/backend/curl.hpp>

#include "this_library.hpp"

using Contender = ThisLibrary<purecloud::CurlTokensApi>;
