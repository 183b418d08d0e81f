// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace terminal {

enum class Colour { none, green, yellow, red };

/// Whether colours suit standard output: a terminal that is not dumb, and no NO_COLOR
/// (<https://no-color.org>).
bool wants_colour();

std::string paint(const std::string& text, Colour colour);

/// Whether something may be redrawn on standard error.
bool can_redraw();

/// Of standard error, in columns.
int width();

/// Untrusted text on one line, without what would command the terminal.
std::string printable(const std::string& text);

/// Asks the person at the terminal, whatever standard input is, before several users' sessions are
/// ended: `who` they are, and `where`. Throws Failure (not_confirmed) unless the reply is yes.
void confirm(const std::string& who, const std::string& where);

}  // namespace terminal
