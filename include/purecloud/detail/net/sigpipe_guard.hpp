// SPDX-License-Identifier: MIT
#pragma once

#if !defined(_WIN32)
#include <pthread.h>
#include <csignal>
#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

/// During its lifetime, writing on this thread to a connection that the peer has closed is an
/// error, and raises no SIGPIPE, which would end the process. It does not change the program's
/// handling of the signal.
class SigpipeGuard {
 public:
  SigpipeGuard(const SigpipeGuard&) = delete;
  SigpipeGuard& operator=(const SigpipeGuard&) = delete;

#if defined(_WIN32)
  SigpipeGuard() = default;
#else
  SigpipeGuard() {
    sigemptyset(&sigpipe_);
    sigaddset(&sigpipe_, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &sigpipe_, &before_);
    // a signal that was not blocked would have been delivered already
    was_pending_ = sigismember(&before_, SIGPIPE) == 1 && is_pending();
  }

  ~SigpipeGuard() {
    if (!was_pending_ && is_pending()) {
      int signal = 0;
      sigwait(&sigpipe_, &signal);
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }

 private:
  static bool is_pending() {
    sigset_t pending;
    sigpending(&pending);
    return sigismember(&pending, SIGPIPE) == 1;
  }

  sigset_t sigpipe_{};
  sigset_t before_{};
  bool was_pending_ = false;
#endif
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
