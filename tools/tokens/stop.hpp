// SPDX-License-Identifier: MIT
#pragma once

/// Whether the run of revocations should come to its end: nothing new is begun, what is in flight
/// finishes.
namespace stop {

/// From now on Ctrl-C and SIGTERM request a stop. A second one ends the program at once.
void on_signals();
void request();
bool requested();

/// The signal that requested it; 0 when none did.
int signal_number();

}  // namespace stop
