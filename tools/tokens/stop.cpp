// SPDX-License-Identifier: MIT
#include "stop.hpp"

#include <signal.h>

#include <atomic>

namespace {

std::atomic<bool> is_requested{false};
std::atomic<int> caught_signal{0};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free,
              "a signal handler must not lock");

void catch_signal(int number) {
  caught_signal = number;
  is_requested = true;
}

}  // namespace

namespace stop {

void on_signals() {
  struct sigaction action = {};
  action.sa_handler = catch_signal;
  action.sa_flags = static_cast<int>(SA_RESETHAND) | SA_RESTART;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

void request() { is_requested = true; }
bool requested() { return is_requested; }
int signal_number() { return caught_signal; }

}  // namespace stop
