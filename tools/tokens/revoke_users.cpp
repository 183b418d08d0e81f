// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstddef>
#include <iostream>
#include <set>

#include <nlohmann/json.hpp>

#include "confirm.hpp"
#include "revoke.hpp"
#include "revoke_run.hpp"
#include "stop.hpp"

namespace {

using Json = nlohmann::ordered_json;

void print_json(const Json& json) {
  std::cout << json.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
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
    // for a user that does not exist the message has nothing to add
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

}  // namespace

ExitCode revoke_users(const std::vector<std::string>& users, const RevokeOptions& options) {
  if (options.dry_run) return show_plan(users, options.format);
  const Tokens tokens = options.open();
  const std::set<std::string> different(users.begin(), users.end());
  if (different.size() > 1 && !options.yes)
    confirm(tokens, std::to_string(different.size()) + " users");

  std::size_t taken = 0;
  std::vector<Revocation> revocations;
  Tally tally;
  RevokePlan plan;
  plan.per_minute = options.per_minute;
  plan.jobs = options.jobs;
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
