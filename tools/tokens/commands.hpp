// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "client.hpp"
#include "exit_code.hpp"
#include "output.hpp"

/// The commands of one call each. They print to standard output and throw Failure or ApiException.

ExitCode whoami(const Tokens& tokens, Format format);
ExitCode verify(const Tokens& tokens, Format format);
ExitCode logout(const Tokens& tokens, Format format);
ExitCode show_logout(Format format);  // of --dry-run: sends nothing
ExitCode show_timeout(const Tokens& tokens, Format format);

/// What `timeout set` changes; all else stays as it is.
struct TimeoutChange {
  std::string duration;  ///< `900`, `900s`, `30m`, `8h`; empty to leave it
  std::optional<bool> enable;
};
ExitCode set_timeout(const Tokens& tokens, const TimeoutChange& change, Format format);
