// SPDX-License-Identifier: MIT
#pragma once

#include <ctime>

/// Returns the CPU time of this process, user and kernel.
inline double cpu_seconds() {
  timespec time = {};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}
