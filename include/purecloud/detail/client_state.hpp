// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <memory>
#include <type_traits>
#include <utility>

#include <purecloud/access_token.hpp>
#include <purecloud/configuration.hpp>
#include <purecloud/detail/call/settings.hpp>
#include <purecloud/detail/longest_time.hpp>
#include <purecloud/detail/oauth/login.hpp>
#include <purecloud/detail/text/url.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Returns how long an early renewal of the token may take in a call that has `left` until its
/// deadline. If the renewal fails, the rest of the time is for the call with the old token.
inline Deadline::duration time_for_early_renewal(Deadline::duration left,
                                                 const ClientSettings& settings) {
  return (std::min<Deadline::duration>)((left + Deadline::duration(1)) / 2,
                                        (std::min)(settings.configuration.timeouts.attempt,
                                                   longest_time));
}

/// The state of a client, synchronous or asynchronous. Copies share it.
template <class Backend>
struct ClientState {
  /// Builds a backend. Throws ApiException: ErrorKind::invalid_argument for the configuration, and
  /// what the Backend's constructor throws.
  explicit ClientState(const Configuration& configuration, Service service = Service::api)
      : settings(std::make_shared<ClientSettings>(make_settings(configuration, service))) {
    static_assert(std::is_constructible_v<Backend, const Configuration&>,
                  "purecloud: a client that builds its own backend needs a backend that is "
                  "constructible from const purecloud::Configuration&; or pass a "
                  "std::shared_ptr to one as the second argument");
    backend = std::make_shared<Backend>(settings->configuration);
    if (service == Service::api) take_credentials(configuration, nullptr);
  }

  /// Uses a shared backend, and another one for the login host if it is not null. Throws
  /// ApiException (ErrorKind::invalid_argument).
  ClientState(const Configuration& configuration, std::shared_ptr<Backend> shared,
              std::shared_ptr<Backend> login_backend, Service service = Service::api)
      : settings(std::make_shared<ClientSettings>(make_settings(configuration, service))),
        backend(std::move(shared)) {
    if (!backend) refuse("backend", "is null; pass one");
    if (service == Service::api) take_credentials(configuration, std::move(login_backend));
  }

  /// Returns a copy with another token, which is never renewed.
  ClientState with_access_token(AccessToken fixed) const {
    ClientState other = *this;
    other.token = std::make_shared<AccessToken>(std::move(fixed));
    other.login = nullptr;
    return other;
  }

  std::shared_ptr<const ClientSettings> settings;
  std::shared_ptr<const AccessToken> token;  ///< null: the token comes from `login`
  std::shared_ptr<Login<Backend>> login;     ///< null: `token` is used
  std::shared_ptr<Backend> backend;

 private:
  void take_credentials(const Configuration& configuration,
                        std::shared_ptr<Backend> login_backend) {
    if (configuration.access_token.empty() && !configuration.client_credentials.client_id.empty())
      login = std::make_shared<Login<Backend>>(configuration, std::move(login_backend));
    else
      token = std::make_shared<AccessToken>(configuration.access_token);
  }
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
