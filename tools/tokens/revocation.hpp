// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include "id_reader.hpp"

/// How it went with one user.
enum class Outcome { revoked, no_such_user, invalid_id, failed };

/// Whether another try could end in another way.
inline bool is_final(Outcome outcome) { return outcome != Outcome::failed; }

/// For programs; with spaces, for people.
inline const char* to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::revoked: return "revoked";
    case Outcome::no_such_user: return "no_such_user";
    case Outcome::invalid_id: return "invalid_id";
    case Outcome::failed: return "failed";
  }
  return "failed";
}

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

  void add(Outcome outcome) {
    switch (outcome) {
      case Outcome::revoked: ++revoked; break;
      case Outcome::no_such_user: ++no_such_user; break;
      case Outcome::invalid_id: ++invalid_id; break;
      case Outcome::failed: ++failed; break;
    }
  }
  std::uint64_t total() const { return revoked + no_such_user + invalid_id + failed; }
};
