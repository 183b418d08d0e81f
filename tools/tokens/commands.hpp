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

ExitCode whoami(const Client& client, Format format);
ExitCode verify(const Tokens& tokens, Format format);
ExitCode logout(const Client& client, Format format);
ExitCode show_logout(Format format);  // for --dry-run: sends nothing
ExitCode show_timeout(const Tokens& tokens, Format format);

/// What `timeout set` changes.
struct TimeoutChange {
  std::string duration;  ///< `900`, `900s`, `30m`, `8h`; empty: no change
  std::optional<bool> enable;
};
ExitCode set_timeout(const Tokens& tokens, const TimeoutChange& change, Format format);

/// The options of both forms of `revoke`.
struct RevokeOptions {
  double per_minute = 240;
  int jobs = 4;
  bool dry_run = false;
  bool yes = false;
  Format format = Format::table;
  std::function<Client()> open;  ///< called only when something is to be sent
};

/// Carries out `revoke USER…`.
ExitCode revoke_users(const std::vector<std::string>& users, const RevokeOptions& options);

/// The options of `revoke --from FILE`.
struct RevokeFile {
  std::string path;
  IdFormat ids;
  std::string results;
  bool resume = false;
};
ExitCode revoke_from(const RevokeFile& file, const RevokeOptions& options);
