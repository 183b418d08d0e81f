// SPDX-License-Identifier: MIT
#pragma once

#include <new>
#include <stdexcept>

#include <purecloud/detail/async/call_state.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

PURECLOUD_TOKENS_INLINE const BackendScope*& BackendScope::innermost() {
  thread_local const BackendScope* innermost = nullptr;
  return innermost;
}

PURECLOUD_TOKENS_INLINE bool BackendScope::is_thread_of(const void* backend) {
  for (const BackendScope* scope = innermost(); scope; scope = scope->outer_)
    if (scope->backend_ == backend) return true;
  return false;
}

PURECLOUD_TOKENS_INLINE void raise_no_outcome() {
  throw std::logic_error("purecloud::Future: there is no call, or its outcome was taken already");
}

PURECLOUD_TOKENS_INLINE bool has_memory(void (*work)(void*), void* context) {
  try {
    work(context);
    return true;
  } catch (const std::bad_alloc&) {
    return false;
  }
}

PURECLOUD_TOKENS_INLINE bool CallState::ended() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return ended_;
}

PURECLOUD_TOKENS_INLINE void CallState::check_thread() const {
  if (!ended_ && BackendScope::is_thread_of(backend_))
    throw std::logic_error(
        "purecloud::Future: waiting on a thread of the call's own backend, in a handler or after a "
        "co_await, would be a deadlock; use then() or co_await");
}

PURECLOUD_TOKENS_INLINE bool CallState::wait_until(Deadline until) {
  std::unique_lock<std::mutex> lock(mutex_);
  check_thread();
  return wait_on(changed_, lock, until, [&] { return ended_; });
}

PURECLOUD_TOKENS_INLINE void CallState::wait() {
  std::unique_lock<std::mutex> lock(mutex_);
  check_thread();
  changed_.wait(lock, [&] { return ended_; });
}

PURECLOUD_TOKENS_INLINE void CallState::run_handler() noexcept {
  struct Queue {
    std::shared_ptr<CallState>* end = nullptr;  // null while no handler runs on this thread
  };
  thread_local Queue queue;
  if (queue.end) {
    *queue.end = shared_from_this();
    queue.end = &next_;
    return;
  }
  std::shared_ptr<CallState> first;
  queue.end = &first;
  call_handler();
  while (const std::shared_ptr<CallState> state = std::move(first)) {
    first = std::move(state->next_);
    if (!first) queue.end = &first;
    state->call_handler();
  }
  queue.end = nullptr;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
