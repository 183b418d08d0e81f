// SPDX-License-Identifier: MIT
#pragma once

#include <thread>
#include <utility>

#if defined(_WIN32)
#include <winsock2.h>

#include <windows.h>
#else
#include <dlfcn.h>
#include <pthread.h>
#include <unistd.h>
#include <csignal>
#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

#if defined(_WIN32)

/// Windows has no signals for a thread to block.
class AllSignalsBlocked {
 public:
  AllSignalsBlocked() {}
};

/// Nor does it end a thread from another one in order.
class NoCancellation {
 public:
  NoCancellation() {}
};

#else

/// While it lives, no signal handler runs on this thread, nor on those that it starts.
class AllSignalsBlocked {
 public:
  AllSignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~AllSignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  AllSignalsBlocked(const AllSignalsBlocked&) = delete;
  AllSignalsBlocked& operator=(const AllSignalsBlocked&) = delete;

 private:
  sigset_t before_;
};

/// While it lives, pthread_cancel() of this thread waits. Otherwise it would unwind the stack out
/// of poll(), through functions of C and of destructors that nothing may leave.
class NoCancellation {
 public:
#if defined(PTHREAD_CANCEL_DISABLE)
  NoCancellation() { pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &before_); }
  ~NoCancellation() { pthread_setcancelstate(before_, nullptr); }

 private:
  int before_ = PTHREAD_CANCEL_ENABLE;

 public:
#else  // Android has no pthread_cancel()
  NoCancellation() {}
#endif
  NoCancellation(const NoCancellation&) = delete;
  NoCancellation& operator=(const NoCancellation&) = delete;
};

#endif

/// A thread on which none of the user's signal handlers runs. Throws std::system_error or
/// std::bad_alloc where none can be started.
template <class Work>
std::thread start_thread(Work work) {
  const AllSignalsBlocked inherited;
  return std::thread(std::move(work));
}

/// Tells a forked child, which has none of its parent's threads, from its parent.
inline long process_id() {
#if defined(_WIN32)
  return static_cast<long>(GetCurrentProcessId());
#else
  return static_cast<long>(::getpid());
#endif
}

/// Keeps the module that holds this code loaded for good: for a thread that is left behind. A
/// plugin may be unloaded while that thread is in it.
inline void keep_module_loaded() {
  static char in_this_module;
#if defined(_WIN32)
  HMODULE module;
  GetModuleHandleExA(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_PIN,
                     &in_this_module, &module);
#elif defined(RTLD_NODELETE)
  Dl_info found;
  if (dladdr(&in_this_module, &found) != 0)
    static_cast<void>(dlopen(found.dli_fname, RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE));
#endif
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
