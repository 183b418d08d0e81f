// SPDX-License-Identifier: MIT
// A command-line tool for the Tokens API: the arguments and the exit code.
#include <fcntl.h>

#include <cmath>
#include <iostream>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "commands.hpp"
#include "failure.hpp"
#include "stop.hpp"

namespace {

struct Arguments {
  bool demo = false;
  bool json = false;
  std::string profile;
  std::vector<std::string> users;
  RevokeFile file;
  RevokeOptions revoke;
  TimeoutChange timeout;
  bool on = false;
  bool off = false;
  bool dry_run_logout = false;
};

void add_revoke(CLI::App& revoke, Arguments& arguments) {
  auto* users = revoke.add_option("USER", arguments.users, "ids of users");
  auto* from = revoke.add_option("--from", arguments.file.path,
                                 "read the ids from a file, one a line; - is standard input");
  from->excludes(users);
  revoke
      .add_option("--column", arguments.file.ids.column,
                  "the file is CSV: the column of the ids, its name or its number from 1")
      ->needs(from);
  revoke
      .add_flag("--header", arguments.file.ids.has_header,
                "the CSV's first line holds names (implied by a column's name)")
      ->needs("--column");
  revoke
      .add_option("--results", arguments.file.results,
                  "the file for the results (default: FILE.results.jsonl)")
      ->needs(from);
  revoke
      .add_flag("--resume", arguments.file.resume,
                "continue an earlier run, after the results in its file")
      ->needs(from);
  revoke.add_option("--rate", arguments.revoke.per_minute, "users a minute")
      ->capture_default_str()
      ->check(CLI::Range(0.1, 1e9));
  revoke.add_option("--jobs", arguments.revoke.jobs, "calls at once")
      ->capture_default_str()
      ->check(CLI::Range(1, 64));
  revoke.add_flag("--dry-run", arguments.revoke.dry_run, "say what would be done; send nothing");
  revoke.add_flag("-y,--yes", arguments.revoke.yes, "do not ask before several users are revoked");
}

/// Runs the command. Sets `credentials` to where the credentials came from.
ExitCode run(const CLI::App& app, Arguments& arguments, std::string& credentials) {
  const Format format = arguments.json ? Format::json : Format::table;
  const auto open = [&arguments, &credentials] {
    auto client =
        arguments.demo ? open_demo() : open_cloud(arguments.profile, arguments.revoke.jobs);
    credentials = client.credentials;
    return client;
  };
  if (app.got_subcommand("whoami")) return whoami(open(), format);
  if (app.got_subcommand("verify")) return verify(open().tokens, format);
  if (app.got_subcommand("logout")) {
    if (arguments.dry_run_logout) return show_logout(format);
    return logout(open(), format);
  }
  if (app.got_subcommand("timeout")) {
    if (app.get_subcommand("timeout")->got_subcommand("show"))
      return show_timeout(open().tokens, format);
    if (arguments.on || arguments.off) arguments.timeout.enable = arguments.on;
    return set_timeout(open().tokens, arguments.timeout, format);
  }
  arguments.revoke.format = format;
  arguments.revoke.open = open;
  if (!arguments.file.path.empty()) return revoke_from(arguments.file, arguments.revoke);
  return revoke_users(arguments.users, arguments.revoke);
}

int report(const std::string& message, ExitCode code) {
  std::cerr << "tokens: " << terminal::printable(message) << '\n';
  return static_cast<int>(code);
}

int run_and_report(const CLI::App& app, Arguments& arguments) {
  std::string credentials;
  try {
    const ExitCode code = run(app, arguments, credentials);
    if (stop::signal_number() != 0) return 128 + stop::signal_number();
    return static_cast<int>(code);
  } catch (const Failure& failure) {
    return report(failure.what(), failure.code());
  } catch (const purecloud::ApiException& exception) {
    const Failure failure = failure_of(exception.error(), credentials);
    return report(failure.what(), failure.code());
  } catch (const std::exception& exception) {
    return report(exception.what(), ExitCode::api_failed);
  }
}

/// Opens each standard stream that is closed, in a way in which it cannot be used. Otherwise the
/// next file that is opened would get its number, and output would be written to that file.
void occupy_closed_streams() {
  for (const int stream : {0, 1, 2})
    if (::fcntl(stream, F_GETFD) < 0) ::open("/dev/null", stream == 0 ? O_WRONLY : O_RDONLY);
}

/// Flushes standard output. Only this shows, for example, that a disk is full.
int finish(int code) {
  if (std::cout.flush()) return code;
  const int not_written = report("standard output cannot be written", ExitCode::usage);
  return code == 0 ? not_written : code;
}

}  // namespace

int main(int argc, char** argv) {
  occupy_closed_streams();
  CLI::App app(
      "Looks at, checks and ends access tokens of Genesys Cloud.\n"
      "The token is read from GENESYSCLOUD_ACCESS_TOKEN, or requested with "
      "GENESYSCLOUD_OAUTHCLIENT_ID and GENESYSCLOUD_OAUTHCLIENT_SECRET; the region is read from "
      "GENESYSCLOUD_REGION. What is not set is read from a profile of gc.");
  Arguments arguments;
  app.name("tokens");
  app.set_version_flag("--version", PURECLOUD_TOKENS_VERSION);
  app.require_subcommand(1);
  app.fallthrough();
  auto* demo = app.add_flag("--demo", arguments.demo, "use the embedded service, not the cloud");
  app.add_option("-p,--profile", arguments.profile,
                 "a profile in ~/.gc/config.toml (default: [DEFAULT], if it is there)")
      ->excludes(demo);
  app.add_flag("--json", arguments.json, "print JSON, for programs");

  app.add_subcommand("whoami", "show what the cloud knows about the token");
  app.add_subcommand("verify", "check whether the token is valid: exit code 0, or 3");
  app.add_subcommand("logout", "end the token itself")
      ->add_flag("--dry-run", arguments.dry_run_logout, "say what would be done; send nothing");
  add_revoke(*app.add_subcommand("revoke", "end all sessions of users"), arguments);

  auto* timeout = app.add_subcommand("timeout", "show or change the organization's idle timeout");
  timeout->require_subcommand(1);
  timeout->add_subcommand("show", "show it");
  auto* set = timeout->add_subcommand("set", "change it; what is not given stays as it is");
  set->add_option("DURATION", arguments.timeout.duration, "900, 30m or 8h");
  auto* on = set->add_flag("--on", arguments.on, "enable it");
  set->add_flag("--off", arguments.off, "disable it")->excludes(on);

  try {
    app.parse(argc, argv);
    if (app.got_subcommand("revoke") && arguments.users.empty() && arguments.file.path.empty())
      throw CLI::ValidationError("revoke", "name users, or a file of them with --from");
    if (!std::isfinite(arguments.revoke.per_minute))  // CLI::Range lets nan pass
      throw CLI::ValidationError("--rate", "must be a number");
    if (set->parsed() && arguments.timeout.duration.empty() && !arguments.on && !arguments.off)
      throw CLI::ValidationError("timeout set", "name a duration, --on or --off");
  } catch (const CLI::ParseError& error) {
    return finish(app.exit(error) == 0 ? 0 : static_cast<int>(ExitCode::usage));
  }

  return finish(run_and_report(app, arguments));
}
