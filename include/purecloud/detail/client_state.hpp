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

/// Of the time that is left of a call, how much may go into an early renewal of its token: should
/// that fail, the call is to be made with the old one.
inline Deadline::duration time_for_early_renewal(Deadline::duration left,
                                                 const ClientSettings& settings) {
  return (std::min<Deadline::duration>)((left + Deadline::duration(1)) / 2,
                                        (std::min)(settings.configuration.timeouts.attempt,
                                                   longest_time));
}

/// What a client of either kind is made of. Copies share it.
template <class Backend>
struct ClientState {
  /// With a backend of its own. Throws ApiException, as the Backend's constructor does, and
  /// invalid_argument for the configuration.
  explicit ClientState(const Configuration& configuration, Service service = Service::api)
      : settings(std::make_shared<ClientSettings>(make_settings(configuration, service))) {
    static_assert(std::is_constructible_v<Backend, const Configuration&>,
                  "purecloud: a client that builds its own backend needs a backend that is "
                  "constructible from const purecloud::Configuration&; or pass a "
                  "std::shared_ptr to one as the second argument");
    backend = std::make_shared<Backend>(settings->configuration);
    if (service == Service::api) take_credentials(configuration, nullptr);
  }

  /// With a backend that others may use too, and perhaps one for the login host. Throws
  /// ApiException (invalid_argument).
  ClientState(const Configuration& configuration, std::shared_ptr<Backend> shared,
              std::shared_ptr<Backend> login_backend, Service service = Service::api)
      : settings(std::make_shared<ClientSettings>(make_settings(configuration, service))),
        backend(std::move(shared)) {
    if (!backend) refuse("backend", "is null; pass one");
    if (service == Service::api) take_credentials(configuration, std::move(login_backend));
  }

  /// The same with a token that is never renewed.
  ClientState with_access_token(AccessToken fixed) const {
    ClientState other = *this;
    other.token = std::make_shared<AccessToken>(std::move(fixed));
    other.login = nullptr;
    return other;
  }

  std::shared_ptr<const ClientSettings> settings;
  std::shared_ptr<const AccessToken> token;  ///< null: `login` gets one
  std::shared_ptr<Login<Backend>> login;     ///< null: the token is fixed
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
