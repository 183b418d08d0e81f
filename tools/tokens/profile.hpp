// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>

/// A profile of the official command-line tool, gc: one table of its file of profiles.
struct Profile {
  std::string name;  ///< as the file has it
  /// By key in lower case; empty for a value that is neither text nor a whole number.
  std::map<std::string, std::optional<std::string>> values;

  /// `profile NAME of ~/.gc/config.toml`
  std::string description() const;

  /// A key's value; empty when there is none. Throws Failure for one that is not text.
  std::string text(const std::string& key) const;
};

/// Reads a profile, or `[DEFAULT]` when no name is given; names and keys regardless of case. Throws
/// Failure when it cannot; none of its messages holds a value. Warns on standard error when others
/// may read the file. Without a name, empty when there is no file or no `[DEFAULT]` in it.
std::optional<Profile> read_profile(const std::string& name);
