// SPDX-License-Identifier: MIT
#pragma once

#include <signal.h>

#include <atomic>

/// Whether the run of revocations should come to its end: nothing new is begun, what is in flight
/// finishes.
namespace stop {

namespace state {
inline std::atomic<bool> requested{false};
inline std::atomic<int> signal{0};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free,
              "a signal handler must not lock");
}  // namespace state

inline void request() { state::requested = true; }
inline bool requested() { return state::requested; }

/// The signal that requested it; 0 when none did.
inline int signal_number() { return state::signal; }

/// From now on Ctrl-C and SIGTERM request a stop. A second one ends the program at once.
inline void on_signals() {
  struct sigaction action = {};
  action.sa_handler = [](int number) {
    state::signal = number;
    request();
  };
  action.sa_flags = static_cast<int>(SA_RESETHAND) | SA_RESTART;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

}  // namespace stop
