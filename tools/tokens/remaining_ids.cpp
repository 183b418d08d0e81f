// SPDX-License-Identifier: MIT
#include "remaining_ids.hpp"

#include "exit_code.hpp"

RemainingIds::RemainingIds(Input& input, const IdFormat& format, const DoneSet& done)
    : input_(input), reader_(input, format), done_(done) {}

std::optional<NumberedId> RemainingIds::next() {
  while (auto user = reader_.next()) {
    const DoneSet::Run* const run = done_.find(user->number);
    if (!run) return user;
    amid_done_ = user->number != run->last;
    if (!amid_done_ && user->check != run->check) fail();
    ++passed_over_;
  }
  if (amid_done_) fail();
  return std::nullopt;
}

void RemainingIds::fail() const {
  throw Failure(ExitCode::usage,
                input_.name() +
                    " has changed since its results were written, where ids were done already; "
                    "resume with the same ids in the same order, or name another file with "
                    "--results");
}
