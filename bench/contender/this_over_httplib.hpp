// SPDX-License-Identifier: MIT
#pragma once

#include "this_library.hpp"

using Contender = ThisLibrary<purecloud::TokensApi>;
