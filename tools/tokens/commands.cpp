// SPDX-License-Identifier: MIT
#include "commands.hpp"

#include <iostream>

namespace {

using terminal::Colour;

std::string join(const std::vector<std::string>& texts, const char* separator) {
  std::string joined;
  for (const auto& text : texts) joined += (joined.empty() ? "" : separator) + text;
  return joined;
}

std::string name_and_id(const std::optional<purecloud::NamedEntity>& entity) {
  if (!entity) return "-";
  return entity->name.value_or("?") + " (" + entity->id.value_or("?") + ")";
}

int seconds_of(const std::string& duration) {
  std::size_t digits = 0;
  while (digits < duration.size() && duration[digits] >= '0' && duration[digits] <= '9') ++digits;
  const std::string unit = duration.substr(digits);
  const int factor = unit.empty() || unit == "s" ? 1 : unit == "m" ? 60 : unit == "h" ? 3600 : 0;
  if (digits == 0 || digits > 5 || factor == 0)
    throw Failure(ExitCode::usage, "timeout set: \"" + terminal::printable(duration) +
                                       "\" is not a duration; write 900, 30m or 8h");
  return std::stoi(duration.substr(0, digits)) * factor;
}

void print(const purecloud::IdleTokenTimeout& timeout, Format format) {
  if (format == Format::json) {
    std::cout << to_json(timeout) << '\n';
    return;
  }
  Table table;
  const auto& seconds = timeout.idle_token_timeout_seconds;
  table.add({"Idle timeout", seconds ? std::to_string(*seconds) + " s" : "-"});
  const auto& enabled = timeout.enable_idle_token_timeout;
  table.add({"Enabled", !enabled ? "-" : *enabled ? "yes" : "no"});
  if (timeout.inactivity_timeout_groups_enabled)
    table.add(
        {"Own timeouts for groups", *timeout.inactivity_timeout_groups_enabled ? "yes" : "no"});
  if (timeout.inactivity_timeout_group_bundles) {
    for (const auto& bundle : *timeout.inactivity_timeout_group_bundles) {
      const auto number = [](const auto& n) { return n ? std::to_string(*n) : "?"; };
      const auto groups = bundle.groups ? join(*bundle.groups, ", ") : "";
      table.add({"Priority " + number(bundle.priority),
                 number(bundle.timeout_seconds) + " s for " + groups});
    }
  }
  table.print();
}

}  // namespace

ExitCode whoami(const Tokens& tokens, Format format) {
  const auto info = token_info(tokens);
  if (format == Format::json) {
    std::cout << to_json(info) << '\n';
    return ExitCode::success;
  }
  Table table;
  table.add({"Organization", name_and_id(info.organization)});
  table.add({"Home organization", name_and_id(info.home_organization)});
  if (const auto& client = info.oauth_client) {
    table.add({"OAuth client", client->name.value_or("?") + " (" + client->id.value_or("?") + ")"});
    if (client->authorized_grant_type)
      table.add({"Grant type", std::string(client->authorized_grant_type->text())});
    if (client->state) table.add({"Client state", std::string(client->state->text())});
  }
  if (info.authorized_scope && !info.authorized_scope->empty())
    table.add({"Scopes", join(*info.authorized_scope, " ")});
  if (info.cloned_user) table.add({"Cloned user", info.cloned_user->id.value_or("?")});
  if (info.date_token_idles)
    table.add(
        {"Expires unless used", purecloud::format_timestamp(*info.date_token_idles).value_or("?")});
  table.print();
  return ExitCode::success;
}

ExitCode verify(const Tokens& tokens, Format format) {
  const bool valid = tokens.head_tokens_me();
  if (format == Format::json) {
    std::cout << (valid ? "{\"valid\":true}\n" : "{\"valid\":false}\n");
  } else {
    Table table;
    table.add({Table::Cell(valid ? "valid" : "not valid", valid ? Colour::green : Colour::red)});
    table.print();
  }
  return valid ? ExitCode::success : ExitCode::token_not_valid;
}

ExitCode logout(const Tokens& tokens, Format format) {
  tokens.delete_tokens_me();
  std::cout << (format == Format::json ? "{\"logged_out\":true}\n" : "logged out\n");
  return ExitCode::success;
}

ExitCode show_logout(Format format) {
  std::cout << (format == Format::json ? "{\"logged_out\":false}\n"
                                       : "the token would be ended; nothing was sent\n");
  return ExitCode::success;
}

ExitCode show_timeout(const Tokens& tokens, Format format) {
  print(tokens.get_tokens_timeout(), format);
  return ExitCode::success;
}

ExitCode set_timeout(const Tokens& tokens, const TimeoutChange& change, Format format) {
  auto timeout = tokens.get_tokens_timeout();
  if (!change.duration.empty()) timeout.idle_token_timeout_seconds = seconds_of(change.duration);
  if (change.enable) timeout.enable_idle_token_timeout = change.enable;
  print(tokens.put_tokens_timeout(timeout), format);
  return ExitCode::success;
}
