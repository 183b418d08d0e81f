// SPDX-License-Identifier: MIT
#pragma once

#include <ctime>

/// What this process has used of a CPU so far, its kernel's time for it included.
inline double cpu_seconds() {
  timespec time = {};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}
