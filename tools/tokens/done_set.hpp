// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <iterator>
#include <map>

/// The numbers of the ids that need no further work, as runs of successive ones: it grows with the
/// gaps, which are what failed or was in flight, and not with the ids.
class DoneSet {
 public:
  struct Run {
    std::uint64_t last = 0;
    std::uint64_t check = 0;  ///< NumberedId::check of the last
  };

  void add(std::uint64_t number, std::uint64_t check) {
    if (find(number)) return;
    auto run = runs_.emplace(number, Run{number, check}).first;
    const auto after = std::next(run);
    if (after != runs_.end() && after->first == number + 1) {
      run->second = after->second;
      runs_.erase(after);
    }
    if (run == runs_.begin()) return;
    const auto before = std::prev(run);
    if (before->second.last + 1 != number) return;
    before->second = run->second;
    runs_.erase(run);
  }

  /// The run that holds the number; null when none does.
  const Run* find(std::uint64_t number) const {
    const auto after = runs_.upper_bound(number);
    if (after == runs_.begin()) return nullptr;
    const Run& run = std::prev(after)->second;
    return number <= run.last ? &run : nullptr;
  }

 private:
  std::map<std::uint64_t, Run> runs_;  // by first number
};
