// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "client.hpp"
#include "failure.hpp"
#include "id_reader.hpp"
#include "output.hpp"

// The commands print to standard output and throw Failure or ApiException.

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

/// What the two forms of `revoke` share.
struct RevokeOptions {
  double per_minute = 240;
  int jobs = 4;
  bool dry_run = false;
  bool yes = false;
  Format format = Format::table;
  std::function<Tokens()> open;  ///< called only when something is to be sent
};

/// `revoke USER…`
ExitCode revoke_users(const std::vector<std::string>& users, const RevokeOptions& options);

/// `revoke --from FILE`
struct RevokeFile {
  std::string path;
  IdFormat ids;
  std::string results;
  bool resume = false;
};
ExitCode revoke_from(const RevokeFile& file, const RevokeOptions& options);
