// SPDX-License-Identifier: MIT

// Runs a command, and prints the time and memory of its process. Small and linked statically,
// because on Linux the peak memory of a child starts at that of its parent.

#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <cstdio>
#include <ctime>

extern char** environ;

namespace {

double now() {
  timespec time = {};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const double started = now();
  pid_t child = 0;
  int status = 0;
  rusage usage = {};
  if (posix_spawnp(&child, argv[1], nullptr, nullptr, argv + 1, environ) != 0 ||
      wait4(child, &status, 0, &usage) != child) {
    std::fprintf(stderr, "cannot run %s\n", argv[1]);
    return 127;
  }
  std::printf("{\"process_seconds\": %.9f, \"process_cpu_seconds\": %.9f, \"peak_rss_kb\": %ld}\n",
              now() - started, seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
