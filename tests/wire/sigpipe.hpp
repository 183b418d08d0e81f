// SPDX-License-Identifier: MIT
#pragma once

#include <csignal>
#include <ctime>

#if !defined(_WIN32)
#include <pthread.h>
#endif

namespace wire {

#if defined(_WIN32)

/// There is no SIGPIPE.
struct SigpipeCount {
  int get() const { return 0; }
};
struct SigpipeState {
  explicit SigpipeState(bool) {}
  bool is_as_it_was() const { return true; }
};

#else

/// How many a process gets while this lives.
class SigpipeCount {
 public:
  SigpipeCount() : before_(std::signal(SIGPIPE, [](int) { count = count + 1; })) { count = 0; }
  ~SigpipeCount() { std::signal(SIGPIPE, before_); }
  SigpipeCount(const SigpipeCount&) = delete;
  SigpipeCount& operator=(const SigpipeCount&) = delete;

  int get() const { return count; }

 private:
  inline static volatile std::sig_atomic_t count = 0;
  void (*const before_)(int);
};

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

#endif

}  // namespace wire
