// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "client.hpp"
#include "id_reader.hpp"

/// How it went with one user.
enum class Outcome { revoked, no_such_user, invalid_id, failed };

/// For programs; with spaces, for people.
const char* to_string(Outcome outcome);

struct Revocation {
  NumberedId user;
  Outcome outcome = Outcome::failed;
  std::string message;  ///< why; empty when revoked
};

/// How many ended in which way.
struct Tally {
  std::uint64_t revoked = 0;
  std::uint64_t no_such_user = 0;
  std::uint64_t invalid_id = 0;
  std::uint64_t failed = 0;

  void add(Outcome outcome);
  std::uint64_t total() const { return revoked + no_such_user + invalid_id + failed; }
};

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
/// would meet as well, for example a token that is not valid, and what `next` and `record` throw.
void run_revocations(const Tokens& tokens, const RevokePlan& plan);
