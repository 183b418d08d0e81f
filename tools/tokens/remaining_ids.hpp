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

/// The results of earlier runs, by the numbers of the ids. Successive ids that are done are stored
/// as one range, so that the memory grows only with the number of failures and gaps.
class EarlierIds {
 public:
  struct Run {
    std::uint64_t last = 0;
    std::uint64_t check = 0;  ///< NumberedId::check of the last id
    bool done = false;        ///< these ids are done; otherwise it is one id, which failed
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

  /// Returns the range that contains a number; null if none does.
  const Run* find(std::uint64_t number) const {
    const auto after = runs_.upper_bound(number);
    if (after == runs_.begin()) return nullptr;
    const Run& run = std::prev(after)->second;
    return number <= run.last ? &run : nullptr;
  }

  /// Returns the highest number; 0 if there is none.
  std::uint64_t last() const { return runs_.empty() ? 0 : std::prev(runs_.end())->second.last; }

 private:
  std::map<std::uint64_t, Run> runs_;  // by first number
};

/// Reads the ids of an input that are not done yet. Throws Failure if it is not the input of the
/// earlier results, because numbers would then mean other users. An id is returned only after the
/// ids up to it were compared with the earlier results.
class RemainingIds {
 public:
  RemainingIds(Input& input, const IdFormat& format, const EarlierIds& earlier)
      : input_(input), reader_(input, format), earlier_(earlier) {}

  /// Returns the next id; nothing at the end.
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

  /// Returns how many ids were skipped so far because they are done.
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
  std::uint64_t number_ = 0;        ///< the number of the last id that was read
  bool unverified_ = false;         ///< whether the ids up to it were not compared yet
  std::deque<NumberedId> waiting_;  ///< read, but not returned yet
  std::uint64_t passed_over_ = 0;
};
