// SPDX-License-Identifier: MIT
#include "output.hpp"

#include <algorithm>
#include <cstddef>
#include <iostream>

namespace {

/// In characters: bytes that continue one in UTF-8 do not count.
std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

}  // namespace

void Table::print() const {
  std::vector<std::size_t> widths;
  for (const auto& row : rows_) {
    widths.resize((std::max)(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = (std::max)(widths[i], width_of(row[i].text));
  }
  const bool colour = terminal::wants_colour();
  for (const auto& row : rows_) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const auto& [text, its_colour] = row[i];
      line += colour ? terminal::paint(text, its_colour) : text;
      if (i + 1 < row.size()) line += std::string(widths[i] - width_of(text) + 2, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    std::cout << line << '\n';
  }
}

Table::Cell cell_of(Outcome outcome) {
  using terminal::Colour;
  std::string text = to_string(outcome);
  std::replace(text.begin(), text.end(), '_', ' ');
  switch (outcome) {
    case Outcome::revoked: return {text, Colour::green};
    case Outcome::no_such_user: return {text, Colour::yellow};
    case Outcome::invalid_id:
    case Outcome::failed: return {text, Colour::red};
  }
  return text;
}
