// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <memory>
#include <new>
#include <thread>
#include <utility>

#if !defined(_WIN32)
#include <dlfcn.h>
#include <pthread.h>
#include <unistd.h>
#include <csignal>
#endif

#include <purecloud/detail/windows.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

#if defined(_WIN32)

/// Does nothing: on Windows, threads have no signals to block.
class AllSignalsBlocked {
 public:
  AllSignalsBlocked() {}
};

/// Does nothing: Windows has no pthread_cancel().
class NoCancellation {
 public:
  NoCancellation() {}
};

#else

/// During its lifetime, no signal handler runs on this thread, nor on those that it starts.
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

/// During its lifetime, pthread_cancel() of this thread is deferred. Otherwise it would unwind the
/// stack from poll(), through C functions and destructors, which do not allow that.
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

/// Starts a thread on which no signal handler runs. Throws std::system_error or std::bad_alloc if
/// it cannot be started.
template <class Work>
std::thread start_thread(Work work) {
  const AllSignalsBlocked inherited;
  return std::thread(std::move(work));
}

/// Returns the id of the process, to recognize a forked child, which lacks its parent's threads.
inline long process_id() {
#if defined(_WIN32)
  return static_cast<long>(GetCurrentProcessId());
#else
  return static_cast<long>(::getpid());
#endif
}

/// Keeps an object until the process ends. For a forked child, where the threads of an object do
/// not exist, and one of them may have held its lock at the fork.
template <class T>
void keep_forever(std::shared_ptr<T> object) noexcept {
  struct Kept {
    std::shared_ptr<T> object;
    Kept* next;
  };
  static std::atomic<Kept*> first{nullptr};  // so that it can be reached, and is no leak
  auto* const kept = ::new (std::nothrow) Kept{std::move(object), first.load()};
  while (kept && !first.compare_exchange_weak(kept->next, kept)) {
  }
}

/// Keeps the module with this code loaded until the process ends. Used when a thread is left
/// behind: a plugin must not be unloaded while a thread runs in it.
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
