// SPDX-License-Identifier: MIT
#include "confirm.hpp"

#include "exit_code.hpp"
#include "terminal.hpp"

void confirm(const Tokens& tokens, const std::string& who) {
  purecloud::GetTokensMeOptions look_without_touching;
  look_without_touching.preserve_idle_ttl = true;
  const auto organization = tokens.get_tokens_me(look_without_touching).organization;
  const std::string where =
      organization ? organization->name.value_or("an organization without a name") : "?";
  const auto answer =
      terminal::ask(terminal::printable("End all sessions of " + who + " of " + where + "?"));
  if (!answer)
    throw Failure(ExitCode::not_confirmed,
                  "this ends the sessions of " + who +
                      ", and there is no terminal to ask on: say --yes, or look first with "
                      "--dry-run");
  if (!*answer) throw Failure(ExitCode::not_confirmed, "nothing was revoked");
}
