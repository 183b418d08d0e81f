// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

#include <purecloud/backend/policy.hpp>
#include <purecloud/detail/text/url.hpp>
#include <purecloud/detail/call/request.hpp>
#include <purecloud/json.hpp>

namespace purecloud {
inline namespace v1 {

/// Drives one call at a time for BasicTokensApi: the rules are in detail::Exchange, the I/O is the
/// backend's. Immutable, so any number of threads may call one object.
template <class Backend>
class ApiClient {
  static_assert(detail::check_backend<Backend>());

 public:
  /// Builds a backend of its own. Throws ApiException, as the Backend's constructor does, and
  /// invalid_argument for the configuration.
  explicit ApiClient(Configuration configuration)
      : settings_(std::make_shared<detail::ClientSettings>(detail::make_settings(configuration))),
        token_(std::make_shared<AccessToken>(std::move(configuration.access_token))) {
    static_assert(std::is_constructible_v<Backend, const Configuration&>,
                  "purecloud: a client that builds its own backend needs a backend that is "
                  "constructible from const purecloud::Configuration&; or pass a "
                  "std::shared_ptr to one as the second argument");
    backend_ = std::make_shared<Backend>(settings_->configuration);
  }

  /// Takes a backend that others may use too. Throws ApiException (invalid_argument).
  ApiClient(Configuration configuration, std::shared_ptr<Backend> backend)
      : settings_(std::make_shared<detail::ClientSettings>(detail::make_settings(configuration))),
        token_(std::make_shared<AccessToken>(std::move(configuration.access_token))),
        backend_(std::move(backend)) {
    if (!backend_) detail::refuse("backend", "is null; pass one");
  }

  /// The same settings and backend with another bearer.
  ApiClient with_access_token(AccessToken token) const {
    ApiClient other = *this;
    other.token_ = std::make_shared<AccessToken>(std::move(token));
    return other;
  }

  /// Carries out a call with its retries. T is a model, bool (whether the answer is 2xx) or void.
  template <class T>
  Result<T> call(detail::Call call, const CallOptions& options) const;

  /// The same with a model as the request's body.
  template <class T, class Body>
  Result<T> call(detail::Call call, const Body& body, const CallOptions& options) const;

 private:
  using Action = detail::Exchange::Action;

  void drive(detail::Exchange& exchange) const;

  template <class T>
  static Result<T> finish(detail::Exchange exchange);

  Moment now() const {
    if constexpr (detail::HasClock<Backend>::value)
      return backend_->now();
    else
      return detail::current_moment();
  }

  void wait_until(Deadline until) const {
    if constexpr (detail::HasClock<Backend>::value)
      backend_->wait_until(until);
    else
      detail::sleep_until(until);
  }

  std::shared_ptr<const detail::ClientSettings> settings_;
  std::shared_ptr<const AccessToken> token_;
  std::shared_ptr<Backend> backend_;
};

template <class Backend>
template <class T>
Result<T> ApiClient<Backend>::call(detail::Call call, const CallOptions& options) const {
  const auto unauthorized = call.unauthorized;
  auto request = detail::make_request(*settings_, *token_, std::move(call), options);
  if (auto* refusal = std::get_if<Error>(&request)) return Result<T>(std::move(*refusal));

  const Configuration& configuration = settings_->configuration;
  detail::Exchange exchange(std::get<HttpRequest>(std::move(request)), unauthorized,
                            configuration.retry, configuration.timeouts,
                            options.deadline.value_or(configuration.timeouts.total), now().steady);
  drive(exchange);
  return finish<T>(std::move(exchange));
}

template <class Backend>
template <class T, class Body>
Result<T> ApiClient<Backend>::call(detail::Call call, const Body& body,
                                   const CallOptions& options) const {
  try {
    call.body = to_json(body);
  } catch (const ApiException& unencodable) {
    Error refusal = unencodable.error();
    refusal.message = std::string(call.method) + " " + call.target + ": " + refusal.message;
    return Result<T>(std::move(refusal));
  }
  return this->call<T>(std::move(call), options);
}

template <class Backend>
void ApiClient<Backend>::drive(detail::Exchange& exchange) const {
  auto step = exchange.start(now().steady);
  while (step.action != Action::done) {
    if (step.action == Action::wait) {
      wait_until(step.until);
      step = exchange.waited(now().steady);
      continue;
    }
    const auto sent = now().steady;
    HttpResult result = backend_->send(exchange.request(), step.until);
    const Moment received = now();
    if (settings_->configuration.observer)
      detail::notify(*settings_, exchange, result, received.steady - sent);
    step = exchange.received(std::move(result), received, detail::random_fraction());
  }
}

template <class Backend>
template <class T>
Result<T> ApiClient<Backend>::finish(detail::Exchange exchange) {
  auto [error, record] = std::move(exchange).outcome();
  if (error) return Result<T>(*std::move(error), std::move(record));
  if constexpr (std::is_void_v<T>) {
    return Result<void>(std::move(record));
  } else if constexpr (std::is_same_v<T, bool>) {
    const bool valid = record.response->status / 100 == 2;
    return Result<bool>(valid, std::move(record));
  } else {
    auto model = from_json<T>(record.response->body);
    if (model) return Result<T>(*std::move(model), std::move(record));
    Error problem = detail::decode_error(exchange.request(), record, model.error());
    return Result<T>(std::move(problem), std::move(record));
  }
}

}  // namespace v1
}  // namespace purecloud
