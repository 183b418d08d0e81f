// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "client.hpp"
#include "id_reader.hpp"

/// The result of one user.
enum class Outcome { revoked, no_such_user, invalid_id, failed };

/// Returns the enumerator's name.
const char* to_string(Outcome outcome);

struct Revocation {
  NumberedId user;
  Outcome outcome = Outcome::failed;
  std::string message;  ///< the error; empty if revoked
};

/// How many users have which result.
struct Tally {
  std::uint64_t revoked = 0;
  std::uint64_t no_such_user = 0;
  std::uint64_t invalid_id = 0;
  std::uint64_t failed = 0;

  void add(Outcome outcome);
  std::uint64_t total() const { return revoked + no_such_user + invalid_id + failed; }
};

/// The arguments of run_revocations(). The functions are called by one thread at a time.
struct RevokePlan {
  double per_minute = 240;
  int jobs = 4;
  std::function<std::optional<NumberedId>()> next;  ///< returns the next user; nothing at the end
  std::function<void(const Revocation&)> record;    ///< records a result
  std::function<void()> tick = [] {};               ///< called every 100 ms
};

/// Ends the sessions of each user, with several calls at once, until there are no more users or a
/// stop is requested; then waits for the calls in flight. Throws ApiException for an error that
/// every further call would get, too, for example a token that is not valid, and what `next` and
/// `record` throw.
void run_revocations(const Tokens& tokens, const RevokePlan& plan);
