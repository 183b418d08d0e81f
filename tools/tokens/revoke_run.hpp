// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>

#include "client.hpp"
#include "revocation.hpp"

/// What run_revocations does. The functions are called by one thread at a time.
struct RevokePlan {
  double per_minute = 240;
  int jobs = 4;
  std::function<std::optional<NumberedId>()> next;  ///< the next user; empty at the end
  std::function<void(const Revocation&)> record;    ///< how it went
  std::function<void()> tick = [] {};               ///< now and then
};

/// Ends the sessions of each user, several at once, until there are no more or a stop is
/// requested; then waits for those in flight. Throws Failure for an error that every further call
/// would meet as well, a token that is not valid say, and what `next` and `record` throw.
void run_revocations(const Tokens& tokens, const RevokePlan& plan);
