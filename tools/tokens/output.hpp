// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "revocation.hpp"
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

/// An outcome as people read it.
Table::Cell cell_of(Outcome outcome);
