// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <deque>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include "failure.hpp"
#include "id_reader.hpp"

/// What earlier runs have to say about the ids of an input, by number: successive ids that are
/// done are kept as one run, so that it grows with the failures and gaps, and not with the ids.
class EarlierIds {
 public:
  struct Run {
    std::uint64_t last = 0;
    std::uint64_t check = 0;  ///< NumberedId::check of the last
    bool done = false;        ///< needs no further work; otherwise one id, which failed
  };

  void add(std::uint64_t number, std::uint64_t check, bool done) {
    const Run* const known = find(number);
    if (known && (known->done || !done)) return;
    auto run = runs_.insert_or_assign(number, Run{number, check, done}).first;
    if (!done) return;
    const auto after = std::next(run);
    if (after != runs_.end() && after->second.done && after->first == number + 1) {
      run->second = after->second;
      runs_.erase(after);
    }
    if (run == runs_.begin()) return;
    const auto before = std::prev(run);
    if (!before->second.done || before->second.last + 1 != number) return;
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

  /// The highest number; 0 when there is none.
  std::uint64_t last() const { return runs_.empty() ? 0 : std::prev(runs_.end())->second.last; }

 private:
  std::map<std::uint64_t, Run> runs_;  // by first number
};

/// The ids of an input that are not done yet. Throws Failure when the input is not the one that
/// the earlier results are about: places in it would then mean other users. None is given out
/// before the ids up to it are known to be the same.
class RemainingIds {
 public:
  RemainingIds(Input& input, const IdFormat& format, const EarlierIds& earlier)
      : input_(input), reader_(input, format), earlier_(earlier) {}

  /// Empty at the end.
  std::optional<NumberedId> next() {
    while (unverified_ || waiting_.empty()) {
      auto user = reader_.next();
      if (!user) {
        if (number_ < earlier_.last()) fail();
        return std::nullopt;
      }
      number_ = user->number;
      const auto* const run = earlier_.find(number_);
      const bool can_verify = run && run->last == number_;
      if (can_verify && run->check != user->check) fail();
      unverified_ = !can_verify && number_ < earlier_.last();
      if (run && run->done)
        ++passed_over_;
      else
        waiting_.push_back(*std::move(user));
    }
    auto user = std::move(waiting_.front());
    waiting_.pop_front();
    return user;
  }

  /// How many ids that are done were passed over so far.
  std::uint64_t passed_over() const { return passed_over_; }

 private:
  [[noreturn]] void fail() const {
    throw Failure(ExitCode::usage,
                  input_.name() +
                      " has changed since its results were written; resume with the same ids in "
                      "the same order, or name another file with --results");
  }

  Input& input_;
  IdReader reader_;
  const EarlierIds& earlier_;
  std::uint64_t number_ = 0;        ///< of the last id that was read
  bool unverified_ = false;         ///< whether the ids up to it may be others than before
  std::deque<NumberedId> waiting_;  ///< read and not given out
  std::uint64_t passed_over_ = 0;
};
