// SPDX-License-Identifier: MIT
#include "profile.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <string_view>
#include <utility>
#include <vector>

#include <toml++/toml.h>

#include "descriptor.hpp"
#include "failure.hpp"

namespace {

constexpr const char* file_name = "~/.gc/config.toml";

[[noreturn]] void fail(const std::string& problem) {
  throw Failure(ExitCode::usage, std::string(file_name) + " " + problem);
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

/// Returns the content of the file; nothing if there is no file.
std::optional<std::string> read_file() {
  const char* const home = std::getenv("HOME");
  if (!home || !*home) return std::nullopt;
  const std::string path = std::string(home) + "/.gc/config.toml";
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.number < 0 && (errno == ENOENT || errno == ENOTDIR)) return std::nullopt;
  struct stat status = {};
  if (file.number < 0 || ::fstat(file.number, &status) != 0)
    fail(std::string("cannot be opened: ") + std::strerror(errno));
  if (!S_ISREG(status.st_mode)) fail("is not a regular file");
  if (status.st_mode & (S_IRGRP | S_IROTH | S_IWGRP | S_IWOTH))
    std::cerr << "tokens: warning: others may read or change " << file_name
              << ", which holds secrets: chmod 600 " << file_name << '\n';
  std::string content;
  char buffer[4096];
  for (;;) {
    const auto count = ::read(file.number, buffer, sizeof buffer);
    if (count < 0) fail(std::string("cannot be read: ") + std::strerror(errno));
    if (count == 0) return content;
    content.append(buffer, static_cast<std::size_t>(count));
  }
}

/// The parser's message is not shown, because it repeats the text, which may be a secret.
toml::table parse(const std::string& content) {
  try {
    return toml::parse(content);
  } catch (const toml::parse_error& error) {
    const auto& place = error.source().begin;
    fail("is not TOML at line " + std::to_string(place.line) + ", column " +
         std::to_string(place.column) + ": text must be in quotes, and no name may occur twice");
  }
}

struct NamedTable {
  std::string name;
  const toml::table* table;
};

/// Returns the table; null for a value, which an inline table is, too.
const toml::table* section_of(const toml::node& node) {
  const auto* const table = node.as_table();
  return table && !table->is_inline() ? table : nullptr;
}

/// Finds the tables that contain values. `[acme.test]` is a table within `[acme]`.
void find_profiles(const toml::table& table, const std::string& prefix,
                   std::vector<NamedTable>& found) {
  for (const auto& [key, node] : table) {
    const auto* const section = section_of(node);
    if (!section) continue;
    const std::string name = prefix + std::string(key.str());
    bool holds_values = section->empty();
    for (const auto& [ignored, value] : *section) holds_values = holds_values || !section_of(value);
    if (holds_values) found.push_back({name, section});
    find_profiles(*section, name + ".", found);
  }
}

/// Returns the profile with this name; null if there is none.
const NamedTable* find(const std::vector<NamedTable>& profiles, const std::string& name) {
  const NamedTable* found = nullptr;
  for (const auto& profile : profiles) {
    if (lower_case(profile.name) != lower_case(name)) continue;
    if (found) fail("has the profile " + name + " twice: the case of letters does not matter");
    found = &profile;
  }
  return found;
}

[[noreturn]] void fail_to_find(const std::string& name, const std::vector<NamedTable>& profiles) {
  if (profiles.empty()) fail("has no profile: one begins with its name in a line, as [DEFAULT]");
  std::string names;
  for (const auto& profile : profiles) names += (names.empty() ? "" : ", ") + profile.name;
  fail("has no profile " + name + ", only " + names);
}

Profile profile_of(const NamedTable& source) {
  Profile profile{source.name, {}};
  for (const auto& [key, node] : *source.table) {
    std::optional<std::string> text = node.value_exact<std::string>();
    if (const auto number = node.value_exact<std::int64_t>()) text = std::to_string(*number);
    if (!profile.values.emplace(lower_case(key.str()), std::move(text)).second)
      fail("has " + std::string(key.str()) + " twice in the profile " + source.name +
           ": the case of letters does not matter");
  }
  return profile;
}

}  // namespace

std::string Profile::description() const { return "profile " + name + " of " + file_name; }

std::string Profile::text(const std::string& key) const {
  const auto found = values.find(key);
  if (found == values.end()) return {};
  const auto refuse = [&](const char* problem) {
    throw Failure(ExitCode::usage, description() + ": " + key + " " + problem);
  };
  if (!found->second) refuse("must be text, in quotes");
  for (const char c : *found->second)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      refuse("holds a line break or another control character; remove it");
  return *found->second;
}

std::optional<Profile> read_profile(const std::string& name) {
  const auto content = read_file();
  if (!content && name.empty()) return std::nullopt;
  if (!content) fail("does not exist; \"gc profiles new\" makes one");
  const toml::table file = parse(*content);
  std::vector<NamedTable> profiles;
  find_profiles(file, "", profiles);
  const auto* const found = find(profiles, name.empty() ? "DEFAULT" : name);
  if (!found && name.empty()) return std::nullopt;
  if (!found) fail_to_find(name, profiles);
  return profile_of(*found);
}
