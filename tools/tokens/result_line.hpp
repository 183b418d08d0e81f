// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "revocation.hpp"

/// A line of the result file, with its line break. README.md says what is in it.
std::string to_line(const Revocation& revocation);

/// As much of a line as --resume needs.
struct ResultLine {
  std::uint64_t number = 0;
  std::uint64_t check = 0;
  bool is_final = false;
};

/// Empty when the text is not such a line.
std::optional<ResultLine> parse_line(const std::string& text);
