// SPDX-License-Identifier: MIT
#pragma once

#if !defined(_WIN32)

#include "../can_run.hpp"

#include <doctest/doctest.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

#include <sys/wait.h>
#include <unistd.h>

// ThreadSanitizer ends a child that starts threads
#if defined(__SANITIZE_THREAD__)
#define WIRE_NO_THREADS_AFTER_FORK
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define WIRE_NO_THREADS_AFTER_FORK
#endif
#endif

namespace wire {

/// A child process that does one thing and leaves by _exit, so that nothing of its parent's is
/// destroyed in it.
class Child {
 public:
  /// `work` returns the exit code. It must not use doctest, whose report would be the parent's.
  template <class Work>
  explicit Child(Work work) : process_(::fork()) {
    if (process_ < 0) throw std::runtime_error("no child process can be had");
    if (process_ > 0) return;
    ::alarm(60);  // or a child that hangs would outlive the tests
    ::_exit(work());
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// Its exit code; -1 when a signal ended it. To be called once.
  int wait() const {
    int status = 0;
    if (::waitpid(process_, &status, 0) != process_) return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  const pid_t process_;
};

#if defined(__linux__)

/// The exit code of a test case that ends its process; 0 would also be that of no test case at all.
inline constexpr int ended_well = 3;

/// Checks that the test case of that name and Backend ends its process well, in a new one. For what
/// a forked child cannot do: in it LeakSanitizer reports what the threads of its parent hold.
template <class Backend>
void check_alone(const std::string& name) {
  constexpr int not_started = 4;
  const std::string program = std::filesystem::read_symlink("/proc/self/exe").string();
  const std::string filter = "-tc=" + name + "<" + doctest::toString<Backend>().c_str() + ">";
  const int code =
      Child([&] {
        // OpenSSL 3.6 cleans up before the program ends, and loses what its threads still hold
        ::setenv("LSAN_OPTIONS", "detect_leaks=0", 1);
        ::execl(program.c_str(), "tests", "--no-skip", "--minimal", filter.c_str(), nullptr);
        return errno == ENOEXEC ? not_started : 1;
      }).wait();
  if (code == not_started)  // under an emulator, for example
    return support::skipped_here("this program cannot be started from itself");
  CHECK(code == ended_well);
}

#endif

}  // namespace wire

#endif
