// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "terminal.hpp"

/// The form of standard output: for people or for programs.
enum class Format { table, json };

/// A table with aligned columns.
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

  /// Prints the table to standard output, with colours if the terminal supports them.
  void print() const;

 private:
  std::vector<std::vector<Cell>> rows_;
};

/// Returns a number in the form `1,234,567`.
std::string with_commas(std::uint64_t number);

/// The progress of a run.
struct Progress {
  std::uint64_t done = 0;
  std::uint64_t not_revoked = 0;       ///< how many of those
  std::optional<std::uint64_t> total;  ///< unknown for a pipe
  std::chrono::duration<double> elapsed{0};
};

/// Draws the progress in one line on standard error if that is a terminal. The destructor removes
/// the line.
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
