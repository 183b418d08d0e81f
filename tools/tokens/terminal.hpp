// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace terminal {

enum class Colour { none, green, yellow, red };

/// Returns whether to use colours on standard output: it is a terminal, not a dumb one, and
/// NO_COLOR is not set (<https://no-color.org>).
bool use_colour();

std::string paint(const std::string& text, Colour colour);

/// Returns whether a line on standard error can be redrawn.
bool can_redraw();

/// Returns the width of standard error in columns.
int width();

/// Returns untrusted text on one line, without characters that control the terminal.
std::string printable(const std::string& text);

/// Asks on the terminal (not on standard input) before the sessions of several users are ended.
/// `who` and `where` are the users and their organization. Throws Failure (not_confirmed) unless
/// the reply is yes.
void confirm(const std::string& who, const std::string& where);

}  // namespace terminal
