// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <memory>
#include <new>
#include <optional>
#include <utility>

#include <purecloud/backend/async_policy.hpp>
#include <purecloud/backend/policy.hpp>
#include <purecloud/detail/async/call_state.hpp>
#include <purecloud/detail/call/exchange.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

Moment current_moment();

template <class Backend>
Moment moment_of(Backend& backend) {
  if constexpr (HasClock<Backend>::value)
    return backend.now();
  else
    return static_cast<void>(backend), current_moment();
}

/// Whether a backend has a queue of its own: then it is told the deadline of the call, and counts
/// Timeouts::attempt from the time when the request has left the queue.
template <class Backend, class = void>
struct HasQueue : std::false_type {};
template <class Backend>
struct HasQueue<Backend, std::enable_if_t<Backend::has_queue>> : std::true_type {};

/// A call in flight over an asynchronous backend: it starts what its Exchange says, and goes on
/// when the backend calls back. However many attempts complete at once, it never recurses.
template <class Backend, class T>
class AsyncCall final : public ResultState<T> {
 public:
  explicit AsyncCall(Backend& backend) : ResultState<T>(&backend), backend_(backend) {}

  /// Starts the call. Afterwards the backend keeps it alive until it has ended.
  void begin(std::shared_ptr<const ClientSettings> settings, Call<T> call,
             std::shared_ptr<const AccessToken> token) {
    const StopToken users_stop = std::exchange(call.options.stop, this->stop_token());
    exchange_.emplace(std::move(settings), std::move(call), std::move(token),
                      moment_of(backend_).steady);
    if (users_stop.stop_possible()) forward_stop_.emplace(users_stop, Forward{this});
    guarded([this] { go_on(exchange_->next(moment_of(backend_).steady)); });
  }

 private:
  using Action = Exchange::Action;

  /// Requests the stop of the call, when the user's was requested.
  struct Forward {
    StopState* call;
    void operator()() const noexcept { call->request(); }
  };

  std::shared_ptr<AsyncCall> self() {
    return std::static_pointer_cast<AsyncCall>(this->shared_from_this());
  }

  /// Does what the step says, and what follows from it, until it has to wait for the backend.
  void go_on(Exchange::Step step) {
    while (step.action != Action::done) {
      whose_turn_ = Turn::starting;
      if (step.action == Action::send) {
        const Deadline until = HasQueue<Backend>::value ? exchange_->deadline() : step.until;
        backend_.start(HttpRequest(exchange_->request()), until, exchange_->stop(),
                       [call = self()](HttpResult result) { call->completed(std::move(result)); });
      } else {
        backend_.call_at(step.until, exchange_->stop(), [call = self()] { call->woken(); });
      }
      // the backend may have called back already: here, or on another thread
      if (whose_turn_.exchange(Turn::callers) != Turn::ours) return;
      step = next_step();
    }
    finish_call();
  }

  void completed(HttpResult result) {
    result_.emplace(std::move(result));
    woken();
  }

  void woken() {
    if (whose_turn_.exchange(Turn::ours) == Turn::starting) return;  // go_on() goes on
    const BackendScope scope(&backend_);
    const auto keep_alive = self();
    guarded([this] { go_on(next_step()); });
  }

  Exchange::Step next_step() {
    const Moment now = moment_of(backend_);
    if (!result_) return exchange_->next(now.steady);
    HttpResult result = *std::move(result_);
    result_.reset();
    return exchange_->received(std::move(result), now);
  }

  void finish_call() {
    forward_stop_.reset();
    Result<T> result = finish<T>(*exchange_);
    exchange_.reset();
    this->end_with(std::move(result));
  }

  /// A failed allocation ends the call, not the program.
  template <class Work>
  void guarded(Work work) noexcept {
    try {
      work();
    } catch (const std::bad_alloc&) {
      Error error;
      error.kind = ErrorKind::connection;
      error.message = "out of memory";
      forward_stop_.reset();
      exchange_.reset();
      this->end_with(std::move(error));
    }
  }

  /// Who goes on with the call.
  enum class Turn {
    starting,  ///< go_on() is handing something to the backend
    callers,   ///< whoever the backend calls back
    ours,      ///< whoever sets it to this second
  };

  Backend& backend_;
  std::optional<Exchange> exchange_;
  std::optional<StopCallback<Forward>> forward_stop_;
  std::optional<HttpResult> result_;
  std::atomic<Turn> whose_turn_{Turn::starting};
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
