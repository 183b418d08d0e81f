// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>

/// A profile of the official command-line tool, gc: a table in its configuration file.
struct Profile {
  std::string name;  ///< as in the file
  /// the values, by key in lower case; nothing for a value that is neither text nor an integer
  std::map<std::string, std::optional<std::string>> values;

  /// Returns `profile NAME of ~/.gc/config.toml`.
  std::string description() const;

  /// Returns the value of a key; empty if there is none. Throws Failure if it is not text.
  std::string text(const std::string& key) const;
};

/// Reads a profile, or `[DEFAULT]` if `name` is empty. The case of names and keys does not matter.
/// Warns on standard error if others may read the file. Returns nothing if `name` is empty and
/// there is no file or no `[DEFAULT]` in it. Throws Failure if the profile cannot be read; no
/// message contains a value.
std::optional<Profile> read_profile(const std::string& name);
