// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "terminal.hpp"

/// For whom standard output is.
enum class Format { table, json };

/// Aligned columns for people.
class Table {
 public:
  struct Cell {
    Cell(std::string t, terminal::Colour c = terminal::Colour::none)
        : text(terminal::printable(t)), colour(c) {}
    Cell(const char* t) : Cell(std::string(t)) {}
    std::string text;
    terminal::Colour colour;
  };

  void add(std::vector<Cell> row) { rows_.push_back(std::move(row)); }

  /// To standard output, coloured where that is wanted.
  void print() const;

 private:
  std::vector<std::vector<Cell>> rows_;
};

/// `1,234,567`
std::string with_commas(std::uint64_t number);

/// How far a run is.
struct Progress {
  std::uint64_t done = 0;
  std::uint64_t not_revoked = 0;       ///< of those done
  std::optional<std::uint64_t> total;  ///< unknown for a pipe
  std::chrono::duration<double> elapsed{0};
};

/// Draws a line of it on standard error, where that is a terminal; nothing otherwise. Takes it away
/// in the end.
class ProgressBar {
 public:
  ProgressBar();
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void draw(const Progress& progress);

 private:
  bool enabled_;
};
