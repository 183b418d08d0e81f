// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "client.hpp"

/// Asks before the sessions of several users end, `who` they are, and names their organization.
/// Throws Failure (not_confirmed) unless the answer is yes.
void confirm(const Tokens& tokens, const std::string& who);
