// SPDX-License-Identifier: MIT
#pragma once

#include <signal.h>

#include <atomic>

/// The request to stop a run of revocations: no new calls are started, and those in flight finish.
namespace stop {

namespace state {
inline std::atomic<bool> requested{false};
inline std::atomic<int> signal{0};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free,
              "a signal handler must not lock");
}  // namespace state

inline void request() { state::requested = true; }
inline bool requested() { return state::requested; }

/// Returns the signal that requested the stop; 0 if none did.
inline int signal_number() { return state::signal; }

/// Makes Ctrl-C and SIGTERM request a stop. A second signal ends the program at once.
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
