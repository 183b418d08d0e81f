// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "client.hpp"
#include "exit_code.hpp"
#include "id_reader.hpp"
#include "output.hpp"

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
