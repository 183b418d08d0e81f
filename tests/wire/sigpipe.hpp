// SPDX-License-Identifier: MIT
#pragma once

#include <csignal>
#include <ctime>

#include <pthread.h>

namespace wire {

/// For a scope SIGPIPE is pending on this thread, and so blocked, or it is neither.
class SigpipeState {
 public:
  explicit SigpipeState(bool pending) : pending_(pending) {
    sigemptyset(&sigpipe_);
    sigaddset(&sigpipe_, SIGPIPE);
    pthread_sigmask(pending ? SIG_BLOCK : SIG_UNBLOCK, &sigpipe_, &before_);
    if (pending) pthread_kill(pthread_self(), SIGPIPE);
  }
  ~SigpipeState() {
    const timespec at_once = {};
    if (pending_) sigtimedwait(&sigpipe_, nullptr, &at_once);
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  SigpipeState(const SigpipeState&) = delete;
  SigpipeState& operator=(const SigpipeState&) = delete;

  bool is_as_it_was() const {
    sigset_t pending, blocked;
    sigpending(&pending);
    pthread_sigmask(SIG_BLOCK, nullptr, &blocked);
    return (sigismember(&pending, SIGPIPE) == 1) == pending_ &&
           (sigismember(&blocked, SIGPIPE) == 1) == pending_;
  }

 private:
  const bool pending_;
  sigset_t sigpipe_{};
  sigset_t before_{};
};

}  // namespace wire
