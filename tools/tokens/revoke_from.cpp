// SPDX-License-Identifier: MIT
#include <chrono>
#include <cstdint>
#include <iostream>
#include <optional>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "confirm.hpp"
#include "progress_bar.hpp"
#include "remaining_ids.hpp"
#include "result_file.hpp"
#include "revoke.hpp"
#include "revoke_run.hpp"
#include "stop.hpp"

namespace {

using Clock = std::chrono::steady_clock;
using Json = nlohmann::ordered_json;

std::string results_path(const RevokeFile& file) {
  if (!file.results.empty()) return file.results;
  if (file.path == "-")
    throw Failure(ExitCode::usage, "revoke --from -: name a file for the results with --results");
  return file.path + ".results.jsonl";
}

/// Reads the whole input once, so that its last line is known to be good before the first user is
/// touched. Empty for a pipe, which can be read only once.
std::optional<std::uint64_t> count(Input& input, const IdFormat& ids, const DoneSet& done) {
  if (!input.can_rewind()) return std::nullopt;
  RemainingIds remaining(input, ids, done);
  std::uint64_t number = 0;
  while (remaining.next()) ++number;
  input.rewind();
  return number;
}

ExitCode show_plan(const RevokeFile& file, Input& input, Format format) {
  const DoneSet done = file.resume ? read_results(results_path(file)).done : DoneSet{};
  RemainingIds remaining(input, file.ids, done);
  std::uint64_t number = 0;
  while (const auto user = remaining.next()) {
    ++number;
    if (format == Format::table)
      std::cout << "would be revoked: " << terminal::printable(user->id) << '\n';
  }
  if (format == Format::json)
    std::cout << Json{{"would_be_revoked", number}, {"done_before", remaining.passed_over()}}
              << '\n';
  else
    std::cout << with_commas(number) << " would be revoked, "
              << with_commas(remaining.passed_over()) << " done before; nothing was sent\n";
  return ExitCode::success;
}

/// One run from its first request to its summary.
class FileRun {
 public:
  FileRun(Input& input, const IdFormat& ids, ResultFile& results,
          std::optional<std::uint64_t> to_do)
      : remaining_(input, ids, results.done()), results_(results), to_do_(to_do) {}

  void run(const Tokens& tokens, const RevokeOptions& options) {
    ProgressBar bar;
    RevokePlan plan;
    plan.per_minute = options.per_minute;
    plan.jobs = options.jobs;
    plan.next = [this] { return remaining_.next(); };
    plan.record = [this](const Revocation& revocation) {
      results_.append(revocation);
      tally_.add(revocation.outcome);
    };
    plan.tick = [this, &bar] { bar.draw(progress()); };
    run_revocations(tokens, plan);
  }

  void print_summary(const std::string& path, Format format) const {
    const auto done_before = remaining_.passed_over();
    if (format == Format::json) {
      const Json summary = {
          {"revoked", tally_.revoked},       {"no_such_user", tally_.no_such_user},
          {"invalid_id", tally_.invalid_id}, {"failed", tally_.failed},
          {"done_before", done_before},      {"results", path}};
      std::cout << summary.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
      return;
    }
    Table table;
    const auto add = [&table](Table::Cell name, std::uint64_t number) {
      if (number > 0) table.add({std::move(name), with_commas(number)});
    };
    table.add({cell_of(Outcome::revoked), with_commas(tally_.revoked)});
    add(cell_of(Outcome::no_such_user), tally_.no_such_user);
    add(cell_of(Outcome::invalid_id), tally_.invalid_id);
    add(cell_of(Outcome::failed), tally_.failed);
    add("done before", done_before);
    table.add({"results", path});
    table.print();
  }

  const Tally& tally() const { return tally_; }

 private:
  Progress progress() const {
    Progress progress;
    progress.done = tally_.total();
    progress.not_revoked = progress.done - tally_.revoked;
    progress.total = to_do_;
    progress.elapsed = Clock::now() - begin_;
    return progress;
  }

  RemainingIds remaining_;
  ResultFile& results_;
  std::optional<std::uint64_t> to_do_;
  Tally tally_;
  Clock::time_point begin_ = Clock::now();
};

}  // namespace

ExitCode revoke_from(const RevokeFile& file, const RevokeOptions& options) {
  Input input(file.path);
  if (options.dry_run) return show_plan(file, input, options.format);

  const std::string path = results_path(file);
  const Tokens tokens = options.open();
  ResultFile results(path, file.resume);
  const auto to_do = count(input, file.ids, results.done());
  if (!options.yes && to_do.value_or(2) > 1)
    confirm(tokens, to_do ? with_commas(*to_do) + " users" : "all users on " + input.name());

  stop::on_signals();
  FileRun run(input, file.ids, results, to_do);
  try {
    run.run(tokens, options);
  } catch (...) {
    run.print_summary(path, options.format);
    std::cerr << "stopped before the end; go on with --resume\n";
    throw;
  }
  run.print_summary(path, options.format);
  if (stop::signal_number() != 0)
    std::cerr << "stopped by a signal before the end; go on with --resume\n";
  else if (run.tally().failed > 0)
    std::cerr << "the results say why some failed; --resume tries these again\n";
  const Tally& tally = run.tally();
  return tally.total() == tally.revoked ? ExitCode::success : ExitCode::some_not_revoked;
}
