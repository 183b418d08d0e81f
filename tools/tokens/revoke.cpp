// SPDX-License-Identifier: MIT
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "remaining_ids.hpp"
#include "result_file.hpp"
#include "revoke_run.hpp"
#include "stop.hpp"

namespace {

using Clock = std::chrono::steady_clock;
using Json = nlohmann::ordered_json;
using terminal::Colour;

void print_json(const Json& json) {
  std::cout << json.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
}

/// Returns an outcome as people read it.
Table::Cell cell_of(Outcome outcome) {
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

/// Asks the person, and names the organization. Throws Failure unless the reply is yes.
void confirm(const Tokens& tokens, const std::string& who) {
  const auto organization = token_info(tokens).organization;
  terminal::confirm(
      who, organization ? organization->name.value_or("an organization without a name") : "?");
}

RevokePlan plan_of(const RevokeOptions& options) {
  RevokePlan plan;
  plan.per_minute = options.per_minute;
  plan.jobs = options.jobs;
  return plan;
}

ExitCode show_plan(const std::vector<std::string>& users, Format format) {
  Table table;
  Json array = Json::array();
  for (const auto& user : users) {
    table.add({user, "would be revoked"});
    array.push_back({{"id", user}, {"result", "would_be_revoked"}});
  }
  if (format == Format::json)
    print_json(array);
  else
    table.print();
  return ExitCode::success;
}

void print(const std::vector<Revocation>& revocations, Format format) {
  Table table;
  Json array = Json::array();
  for (const auto& each : revocations) {
    // for a user that does not exist the message says no more than the outcome
    const bool explain = each.outcome == Outcome::failed || each.outcome == Outcome::invalid_id;
    table.add({each.user.id, cell_of(each.outcome), explain ? each.message : ""});
    array.push_back({{"id", each.user.id}, {"result", to_string(each.outcome)}});
    if (!each.message.empty()) array.back()["message"] = each.message;
  }
  if (format == Format::json)
    print_json(array);
  else
    table.print();
}

std::string results_path(const RevokeFile& file, const Input& input) {
  if (file.results.empty() && file.path == "-")
    throw Failure(ExitCode::usage, "revoke --from -: name a file for the results with --results");
  const auto path = file.results.empty() ? file.path + ".results.jsonl" : file.results;
  if (input.is_file(path))
    throw Failure(ExitCode::usage, "the result file " + path +
                                       " is the input itself; name another file with --results");
  return path;
}

/// Reads the input to its end, so that an invalid line is found before the first user is revoked.
/// Returns the number of ids; nothing for a pipe, which can be read only once.
std::optional<std::uint64_t> count(Input& input, const IdFormat& ids, const EarlierIds& earlier) {
  if (!input.can_rewind()) return std::nullopt;
  RemainingIds remaining(input, ids, earlier);
  std::uint64_t number = 0;
  while (remaining.next()) ++number;
  input.rewind();
  return number;
}

ExitCode show_plan(const RevokeFile& file, Input& input, Format format) {
  const EarlierIds earlier = file.resume ? read_results(results_path(file, input)) : EarlierIds{};
  RemainingIds remaining(input, file.ids, earlier);
  std::uint64_t number = 0;
  while (const auto user = remaining.next()) {
    ++number;
    if (format == Format::table)
      std::cout << "would be revoked: " << terminal::printable(user->id) << '\n';
  }
  if (format == Format::json)
    print_json({{"would_be_revoked", number}, {"done_before", remaining.passed_over()}});
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
      : remaining_(input, ids, results.earlier()), results_(results), to_do_(to_do) {}

  void run(const Tokens& tokens, const RevokeOptions& options) {
    ProgressBar bar;
    RevokePlan plan = plan_of(options);
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
      print_json({{"revoked", tally_.revoked},
                  {"no_such_user", tally_.no_such_user},
                  {"invalid_id", tally_.invalid_id},
                  {"failed", tally_.failed},
                  {"done_before", done_before},
                  {"results", path}});
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

ExitCode revoke_users(const std::vector<std::string>& users, const RevokeOptions& options) {
  if (options.dry_run) return show_plan(users, options.format);
  const Tokens tokens = options.open().tokens;
  const std::set<std::string> different(users.begin(), users.end());
  if (different.size() > 1 && !options.yes)
    confirm(tokens, std::to_string(different.size()) + " users");

  std::size_t taken = 0;
  std::vector<Revocation> revocations;
  Tally tally;
  RevokePlan plan = plan_of(options);
  plan.next = [&]() -> std::optional<NumberedId> {
    if (taken == users.size()) return std::nullopt;
    const std::string& user = users[taken++];
    return NumberedId{taken, user, 0};
  };
  plan.record = [&](const Revocation& revocation) {
    tally.add(revocation.outcome);
    revocations.push_back(revocation);
  };
  stop::on_signals();
  const auto report = [&] {
    std::sort(revocations.begin(), revocations.end(),
              [](const auto& a, const auto& b) { return a.user.number < b.user.number; });
    print(revocations, options.format);
    if (tally.total() < users.size())
      std::cerr << "stopped: " << tally.total() << " of " << users.size() << " users done\n";
  };
  try {
    run_revocations(tokens, plan);
  } catch (...) {
    report();
    throw;
  }
  report();
  return tally.revoked == users.size() ? ExitCode::success : ExitCode::some_not_revoked;
}

ExitCode revoke_from(const RevokeFile& file, const RevokeOptions& options) {
  Input input(file.path);
  if (options.dry_run) return show_plan(file, input, options.format);

  const std::string path = results_path(file, input);
  const Tokens tokens = options.open().tokens;
  ResultFile results(path, file.resume);
  const auto to_do = count(input, file.ids, results.earlier());
  if (!options.yes && to_do.value_or(2) > 1)
    confirm(tokens, to_do ? with_commas(*to_do) + " users" : "all users on " + input.name());

  stop::on_signals();
  FileRun run(input, file.ids, results, to_do);
  try {
    run.run(tokens, options);
    results.sync();
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
