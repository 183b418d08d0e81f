// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

/// How far a run is.
struct Progress {
  std::uint64_t done = 0;
  std::uint64_t not_revoked = 0;       ///< of those done
  std::optional<std::uint64_t> total;  ///< unknown for a pipe
  std::chrono::duration<double> elapsed{0};
};

/// `[#####---------]  1,234/3,500  35%  240/min  9 min left`: cut to the width.
std::string progress_line(const Progress& progress, int width);

/// Draws the line on standard error, where that is a terminal; nothing otherwise. Takes it away in
/// the end.
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

/// `1,234,567`
std::string with_commas(std::uint64_t number);
