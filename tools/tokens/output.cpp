// SPDX-License-Identifier: MIT
#include "output.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iostream>

namespace {

/// Returns the number of characters: bytes that continue a UTF-8 sequence do not count.
std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

std::string time_left(double seconds) {
  const auto whole = static_cast<std::uint64_t>(std::ceil(seconds));
  if (whole < 90) return with_commas(whole) + " s left";
  const std::uint64_t minutes = (whole + 59) / 60;
  if (minutes < 90) return with_commas(minutes) + " min left";
  return with_commas(minutes / 60) + " h " + std::to_string(minutes % 60) + " min left";
}

std::string bar(double fraction, std::size_t width) {
  const auto filled = static_cast<std::size_t>(fraction * static_cast<double>(width));
  return "[" + std::string(filled, '#') + std::string(width - filled, '-') + "]  ";
}

/// Returns `[#####---------]  1,234/3,500  35%  240/min  9 min left`, cut to the width.
std::string progress_line(const Progress& progress, int width) {
  const double per_second = progress.elapsed.count() > 0
                                ? static_cast<double>(progress.done) / progress.elapsed.count()
                                : 0;
  std::string text = with_commas(progress.done);
  double fraction = 0;
  if (progress.total) {
    const auto total = (std::max)(*progress.total, progress.done);
    fraction = total ? static_cast<double>(progress.done) / static_cast<double>(total) : 1;
    text +=
        "/" + with_commas(total) + "  " + std::to_string(static_cast<int>(fraction * 100)) + "%";
  }
  text += "  " + with_commas(static_cast<std::uint64_t>(std::llround(per_second * 60))) + "/min";
  if (progress.not_revoked > 0) text += "  " + with_commas(progress.not_revoked) + " not revoked";
  if (progress.total && per_second > 0)
    text += "  " + time_left(static_cast<double>(*progress.total -
                                                 (std::min)(*progress.total, progress.done)) /
                             per_second);

  const auto columns = static_cast<std::size_t>((std::max)(width - 1, 0));
  constexpr std::size_t frame = 4;  // brackets and two spaces
  const std::size_t least = 10, most = 40;
  if (progress.total && text.size() + frame + least <= columns)
    text = bar(fraction, (std::min)(columns - text.size() - frame, most)) + text;
  return text.substr(0, columns);
}

}  // namespace

std::string with_commas(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3;) {
    at -= 3;
    text.insert(at, ",");
  }
  return text;
}

void Table::print() const {
  std::vector<std::size_t> widths;
  for (const auto& row : rows_) {
    widths.resize((std::max)(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = (std::max)(widths[i], width_of(row[i].text));
  }
  const bool colour = terminal::use_colour();
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

ProgressBar::ProgressBar() : enabled_(terminal::can_redraw()) {}

ProgressBar::~ProgressBar() {
  if (enabled_) std::cerr << "\r\033[K" << std::flush;
}

void ProgressBar::draw(const Progress& progress) {
  if (enabled_)
    std::cerr << "\r" + progress_line(progress, terminal::width()) + "\033[K" << std::flush;
}
