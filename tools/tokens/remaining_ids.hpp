// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>

#include "done_set.hpp"
#include "id_reader.hpp"

/// The ids of an input that are not done yet. Throws Failure as soon as the input shows to be
/// another than the one that the results are about: places in it would then mean other users.
class RemainingIds {
 public:
  RemainingIds(Input& input, const IdFormat& format, const DoneSet& done);

  /// Empty at the end.
  std::optional<NumberedId> next();

  /// How many done ones were passed over so far. Any thread may ask.
  std::uint64_t passed_over() const { return passed_over_; }

 private:
  [[noreturn]] void fail() const;

  Input& input_;
  IdReader reader_;
  const DoneSet& done_;
  bool amid_done_ = false;
  std::atomic<std::uint64_t> passed_over_{0};
};
