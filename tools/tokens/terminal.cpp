// SPDX-License-Identifier: MIT
#include "terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "failure.hpp"

namespace {

bool is_set(const char* variable) {
  const char* value = std::getenv(variable);
  return value && *value;
}

bool is_dumb() {
  const char* type = std::getenv("TERM");
  return !type || std::string(type) == "dumb";
}

}  // namespace

namespace terminal {

bool use_colour() { return ::isatty(STDOUT_FILENO) && !is_dumb() && !is_set("NO_COLOR"); }

std::string paint(const std::string& text, Colour colour) {
  switch (colour) {
    case Colour::none: return text;
    case Colour::green: return "\033[32m" + text + "\033[0m";
    case Colour::yellow: return "\033[33m" + text + "\033[0m";
    case Colour::red: return "\033[31m" + text + "\033[0m";
  }
  return text;
}

bool can_redraw() { return ::isatty(STDERR_FILENO) && !is_dumb(); }

int width() {
  winsize size = {};
  const bool known = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? size.ws_col : 80;
}

std::string printable(const std::string& text) {
  std::string clean;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool c0 = byte < 0x20 || byte == 0x7f;
    // the second byte of U+0080 to U+009F (0xc2 0x80 to 0xc2 0x9f), which control some terminals
    const bool c1 =
        byte == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0;
    if (c1) ++i;
    clean += c0 || c1 ? ' ' : text[i];
  }
  return clean;
}

void confirm(const std::string& who, const std::string& where) {
  std::ifstream from("/dev/tty");
  std::ofstream to("/dev/tty");
  if (!from || !to)
    throw Failure(ExitCode::not_confirmed,
                  "this ends the sessions of " + who +
                      ", and there is no terminal to ask on: add --yes, or look first with "
                      "--dry-run");
  to << printable("End all sessions of " + who + " of " + where + "?") << " [y/N] " << std::flush;
  std::string reply;
  std::getline(from, reply);
  if (reply != "y" && reply != "Y" && reply != "yes")
    throw Failure(ExitCode::not_confirmed, "nothing was revoked");
}

}  // namespace terminal
