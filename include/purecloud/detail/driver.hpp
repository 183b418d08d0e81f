// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <utility>

#include <purecloud/backend/policy.hpp>
#include <purecloud/detail/call/exchange.hpp>
#include <purecloud/detail/call/operation.hpp>
#include <purecloud/detail/client_state.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

Moment current_moment();

/// Waits until `until`, or until a stop is requested.
void sleep_until(Deadline until, const StopToken& stop);

template <class Backend>
Moment moment_of(Backend& backend) {
  if constexpr (HasClock<Backend>::value)
    return backend.now();
  else
    return static_cast<void>(backend), current_moment();
}

/// Returns moment_of(backend).steady, and reads no other clock.
template <class Backend>
Deadline steady_now(Backend& backend) {
  if constexpr (HasClock<Backend>::value)
    return backend.now().steady;
  else
    return static_cast<void>(backend), std::chrono::steady_clock::now();
}

/// Carries out a call on the caller's thread: it sends and waits as an Exchange says. Immutable,
/// and therefore thread-safe.
template <class Backend>
class Driver {
  static_assert(check_backend<Backend>());

 public:
  explicit Driver(ClientState<Backend> state) : state_(std::move(state)) {}

  /// Returns a driver with the same settings and backend, and another token.
  Driver with_access_token(AccessToken token) const {
    return Driver(state_.with_access_token(std::move(token)));
  }

  template <class T>
  Result<T> run(Call<T> call) const {
    Exchange exchange(state_.settings, std::move(call), state_.token, now());
    drive(exchange, *state_.backend);
    if (const auto lost = exchange.lost_token()) state_.login->source.forget(lost);
    return finish<T>(exchange);
  }

 private:
  using Action = Exchange::Action;

  void drive(Exchange& exchange, Backend& backend) const {
    auto step = exchange.next(steady_now(backend));
    while (step.action != Action::done) {
      if (step.action == Action::send) {
        HttpResult result = send(backend, exchange.request(), step.until, exchange.stop());
        step = exchange.received(std::move(result), moment_of(backend));
      } else if (step.action == Action::wait) {
        wait_until(backend, step.until, exchange.stop());
        step = exchange.next(steady_now(backend));
      } else {
        step = get_token(exchange);
      }
    }
  }

  Exchange::Step get_token(Exchange& exchange) const {
    std::shared_ptr<TokenSource::Wake> waited;
    for (;;) {
      TokenSource::Decision decision =
          state_.login->source.ask(exchange.token_need(), now(), waited.get());
      switch (decision.action) {
        case TokenSource::Action::use: return exchange.use_token(std::move(decision.token), now());
        case TokenSource::Action::none: return exchange.no_token(std::nullopt, now());
        case TokenSource::Action::fail: return exchange.no_token(std::move(decision.error), now());
        case TokenSource::Action::wait: wait_for_token(exchange, decision.wake); break;
        case TokenSource::Action::fetch:
          if (auto error = fetch_token(exchange, decision.is_early))
            return exchange.no_token(std::move(error), now());
      }
      const auto step = exchange.next(now());
      if (step.action != Action::get_token) return step;
      waited = std::move(decision.wake);
    }
  }

  /// Waits while another call gets the token.
  void wait_for_token(const Exchange& exchange,
                      const std::shared_ptr<TokenSource::Wake>& wake) const {
    const StopCallback stopped(exchange.stop(), [&wake] { wake->request(); });
    // in real time, even if the backend has its own clock: the other call runs in real time
    const auto left = exchange.deadline() - now();
    sleep_until(std::chrono::steady_clock::now() + left, StopToken(wake));
  }

  /// Gets the token within this call's deadline. Returns an error if this call has to give up: then
  /// another call that waits gets the token. An early renewal leaves time for the call with the old
  /// token.
  std::optional<Error> fetch_token(const Exchange& exchange, bool is_early) const {
    Login<Backend>& login = *state_.login;
    struct Report {  // in a destructor, so that an exception is reported, too
      Login<Backend>& login;
      std::optional<Result<OAuthToken>> result;
      Deadline now;
      ~Report() { login.source.report(std::move(result), now); }
    } report{login, std::nullopt, now()};

    CallOptions options;
    options.stop = exchange.stop();
    // at least 1, because the call's deadline may have passed in the meantime
    Deadline::duration left = (std::max)(Deadline::duration(1), exchange.deadline() - report.now);
    if (is_early) left = time_for_early_renewal(left, *state_.settings);
    options.deadline = std::chrono::ceil<std::chrono::milliseconds>(left);
    const Deadline until = report.now + *options.deadline;
    const bool is_short =
        !is_early || *options.deadline < state_.settings->configuration.timeouts.attempt;
    std::optional<Error> gives_up;
    auto no_backend = error_of([&] {
      Backend* const own = login.own_backend();
      Exchange request(login.settings(), login.call(options), nullptr, report.now);
      drive(request, own ? *own : *state_.backend);
      Result<OAuthToken> result = finish<OAuthToken>(request);
      report.now = now();
      const bool gave_up =
          !result &&
          ((result.error)().kind == ErrorKind::cancelled ||
           ((result.error)().kind == ErrorKind::timeout && is_short && report.now >= until));
      if (!gave_up)
        report.result.emplace(std::move(result));
      else if (!is_early)
        gives_up.emplace((result.error)());
    });
    if (no_backend) report.result.emplace(*std::move(no_backend));
    return gives_up;
  }

  Deadline now() const { return steady_now(*state_.backend); }

  static void wait_until(Backend& backend, Deadline until, const StopToken& stop) {
    if constexpr (HasClock<Backend>::value)
      backend.wait_until(until);
    else
      static_cast<void>(backend), sleep_until(until, stop);
  }

  ClientState<Backend> state_;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/driver.ipp>
#endif
