// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <utility>

#include <purecloud/backend/async_policy.hpp>
#include <purecloud/backend/policy.hpp>
#include <purecloud/detail/async/call_state.hpp>
#include <purecloud/detail/call/exchange.hpp>
#include <purecloud/detail/call/request.hpp>
#include <purecloud/detail/client_state.hpp>
#include <purecloud/detail/driver.hpp>
#include <purecloud/detail/oauth/login.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// True for a backend with a queue. It gets the deadline of the call, and Timeouts::attempt begins
/// when the request leaves the queue.
template <class Backend, class = void>
struct HasQueue : std::false_type {};
template <class Backend>
struct HasQueue<Backend, std::enable_if_t<Backend::has_queue>> : std::true_type {};

/// A call in flight over an asynchronous backend: it starts what its Exchange says, and continues
/// when the backend calls back. It never recurses, even if the backend calls back before `start`
/// returns.
template <class Backend, class T>
class AsyncCall final : public ResultState<T> {
 public:
  using Engine = decltype(engine_of(std::declval<Backend&>()));

  explicit AsyncCall(Engine engine) : ResultState<T>(&*engine), engine_(std::move(engine)) {}

  /// Starts the call. Afterwards the backend keeps it alive until it has ended.
  void begin(std::shared_ptr<const ClientSettings> settings, Call<T> call,
             std::shared_ptr<const AccessToken> token, std::shared_ptr<Login<Backend>> login) {
    login_ = std::move(login);
    const StopToken users_stop = std::exchange(call.options.stop, this->stop_token());
    exchange_.emplace(std::move(settings), std::move(call), std::move(token), now());
    if (users_stop.stop_possible()) forward_stop_.emplace(users_stop, Forward{self()});
    guarded([this] { advance(exchange_->next(now())); });
  }

 private:
  using Action = Exchange::Action;

  /// A stop callback that requests another stop: that of the call, or of its wait for a token.
  struct Forward {
    std::shared_ptr<StopState> state;
    void operator()() const noexcept {
      // a copy, because the stop may destroy this object
      const std::shared_ptr<StopState> kept = state;
      kept->request();
    }
  };

  std::shared_ptr<AsyncCall> self() {
    return std::static_pointer_cast<AsyncCall>(this->shared_from_this());
  }

  /// A stop callback that continues the call when the token has come; for a backend with its own
  /// clock.
  struct Resume {
    std::shared_ptr<AsyncCall> call;
    void operator()() const noexcept {
      const std::shared_ptr<AsyncCall> kept = call;
      kept->woken();
    }
  };

  /// Carries out a step and those that follow, until the call has to wait for the backend.
  void advance(Exchange::Step step) {
    while (step.action != Action::done) {
      whose_turn_ = Turn::starting;
      if (step.action == Action::send) {
        const Deadline until = HasQueue<Backend>::value ? exchange_->deadline() : step.until;
        engine_->start(HttpRequest(exchange_->request()), until, exchange_->stop(),
                       [call = self()](HttpResult result) { call->completed(std::move(result)); });
      } else if (step.action == Action::wait) {
        engine_->call_at(step.until, exchange_->stop(), [call = self()] { call->woken(); });
      } else if (const auto next = get_token()) {
        step = *next;
        continue;
      }
      // the backend may have called back already, on this thread or on another one
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
    if (whose_turn_.exchange(Turn::ours) == Turn::starting) return;  // advance() continues
    const BackendScope scope(&*engine_);
    const auto keep_alive = self();
    guarded([this] { advance(next_step()); });
  }

  Exchange::Step next_step() {
    const Moment now = moment_of(*engine_);
    if (wake_) return token_came();
    if (!result_) return exchange_->next(now.steady);
    HttpResult result = *std::move(result_);
    result_.reset();
    return exchange_->received(std::move(result), now);
  }

  /// Asks for a token. Returns nothing if the call has to wait for it.
  std::optional<Exchange::Step> get_token() {
    TokenSource::Decision decision =
        login_->source.ask(exchange_->token_need(), now(), std::exchange(waited_, nullptr).get());
    switch (decision.action) {
      case TokenSource::Action::use: return exchange_->use_token(std::move(decision.token), now());
      case TokenSource::Action::none: return exchange_->no_token(std::nullopt, now());
      case TokenSource::Action::fail: return exchange_->no_token(std::move(decision.error), now());
      case TokenSource::Action::fetch: fetch_token(decision.is_early); break;
      case TokenSource::Action::wait: break;
    }
    wait_until_ = exchange_->deadline();
    if (decision.is_early)
      wait_until_ = now() + time_for_early_renewal(wait_until_ - now(), *login_->settings());
    wake_ = std::move(decision.wake);
    stop_wait_.emplace(exchange_->stop(), Forward{wake_});
    if constexpr (HasClock<Backend>::value) {
      // not call_at(), which would move such a clock to the deadline
      resume_.emplace(StopToken(wake_), Resume{self()});
    } else {
      engine_->call_at(wait_until_, StopToken(wake_), [call = self()] { call->woken(); });
    }
    return std::nullopt;
  }

  Exchange::Step token_came() {
    waited_ = std::exchange(wake_, nullptr);
    stop_wait_.reset();
    resume_.reset();
    const auto step = exchange_->next(now());
    if (step.action != Action::get_token || waited_->requested() || now() >= wait_until_)
      return step;
    // no token, no stop, no deadline: the backend called back because it is being destroyed
    Error error;
    error.kind = ErrorKind::cancelled;
    error.message = name_of(exchange_->request()) + ": cancelled before anything was sent";
    return exchange_->no_token(std::move(error), now());
  }

  /// Starts the request for a token, on behalf of all calls that wait. It has its own deadline, so
  /// it goes on if this call ends.
  void fetch_token(bool is_early) {
    const std::shared_ptr<Login<Backend>> login = login_;
    struct Report {  // in case the request could not be started; else the request reports
      AsyncCall& call;
      Login<Backend>& login;
      std::optional<Result<OAuthToken>> result;
      bool due = true;
      ~Report() {
        if (due) login.source.report(std::move(result), call.now());
      }
    } report{*this, *login, std::nullopt};
    auto no_backend = error_of([&] {
      Backend* const own = login->own_backend();
      const Engine engine = own ? engine_of(*own) : engine_;
      const auto request = std::make_shared<AsyncCall<Backend, OAuthToken>>(engine);
      request->set_receiver([login = std::weak_ptr<Login<Backend>>(login),
                             clock = &*engine](Result<OAuthToken> result) {
        const auto alive = login.lock();
        if (!alive) return;
        std::optional<Result<OAuthToken>> response;
        // if memory ran out before anything was sent, that is not a failure of the login host
        if (result || (result.error)().attempts > 0 ||
            (result.error)().kind != ErrorKind::connection)
          response = std::move(result);
        alive->source.report(std::move(response), steady_now(*clock));
      });
      CallOptions options;
      if (is_early) options.deadline = login->settings()->configuration.timeouts.attempt;
      request->begin(login->settings(), login->call(options), nullptr, nullptr);
    });
    report.due = no_backend.has_value();
    if (no_backend) report.result = Result<OAuthToken>(*std::move(no_backend));
  }

  Deadline now() const { return steady_now(*engine_); }

  void finish_call() {
    if (const auto lost = exchange_->lost_token()) login_->source.forget(lost);
    Result<T> result = finish<T>(*exchange_);
    release_all();
    this->end_with(std::move(result));
  }

  /// Runs `work`. If memory runs out, the call fails, and the program goes on.
  template <class Work>
  void guarded(Work work) noexcept {
    if (!has_memory([](void* context) { (*static_cast<Work*>(context))(); }, &work)) {
      Error error;
      error.kind = ErrorKind::connection;
      error.message = "out of memory";
      release_all();
      this->end_with(std::move(error));
    }
  }

  void release_all() noexcept {
    forward_stop_.reset();
    stop_wait_.reset();
    resume_.reset();
    exchange_.reset();
    login_.reset();
    engine_ = nullptr;
  }

  /// Who continues the call.
  enum class Turn {
    starting,  ///< advance() is starting an exchange or a wait
    callers,   ///< advance() has returned: the callback continues the call
    ours,      ///< the callback has come: it continues, unless advance() was `starting`
  };

  Engine engine_;
  std::optional<Exchange> exchange_;
  std::shared_ptr<Login<Backend>> login_;
  std::optional<StopCallback<Forward>> forward_stop_;
  std::shared_ptr<TokenSource::Wake> wake_;    ///< set while the call waits for a token
  Deadline wait_until_{};                      ///< the end of that wait
  std::shared_ptr<TokenSource::Wake> waited_;  ///< set after that, until the call has asked again
  std::optional<StopCallback<Forward>> stop_wait_;
  std::optional<StopCallback<Resume>> resume_;
  std::optional<HttpResult> result_;
  std::atomic<Turn> whose_turn_{Turn::starting};
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
