// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <mutex>
#include <type_traits>
#include <utility>

#include <purecloud/configuration.hpp>
#include <purecloud/detail/call/settings.hpp>
#include <purecloud/detail/oauth/operations.hpp>
#include <purecloud/detail/oauth/token_source.hpp>
#include <purecloud/detail/text/url.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// True for a backend that serves the API and the login host, for example FakeBackend.
template <class Backend, class = void>
struct ServesEveryOrigin : std::false_type {};
template <class Backend>
struct ServesEveryOrigin<Backend, std::enable_if_t<Backend::serves_every_origin>> : std::true_type {
};

/// What the copies of a client share to log in: the token, the client credentials, and the backend
/// of the login host.
template <class Backend>
class Login {
 public:
  /// `backend` is for the login host. If it is null, one is built when it is first needed, unless
  /// the API's backend serves both hosts. Throws ApiException (ErrorKind::invalid_argument).
  Login(const Configuration& configuration, std::shared_ptr<Backend> backend)
      : source(configuration.retry),
        settings_(std::make_shared<ClientSettings>(make_settings(configuration, Service::login))),
        credentials_(configuration.client_credentials),
        one_origin_(have_one_origin(configuration.base_url, login_url_of(configuration))),
        own_(std::move(backend)) {}

  TokenSource source;

  const std::shared_ptr<const ClientSettings>& settings() const { return settings_; }

  Call<OAuthToken> call(const CallOptions& options) const {
    return operations::client_credentials(credentials_, options);
  }

  /// Returns the backend of the login host; null if the API's backend serves both hosts. Throws
  /// ApiException, and what the Backend's constructor throws.
  Backend* own_backend() {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (own_ || ServesEveryOrigin<Backend>::value || one_origin_) return own_.get();
    if constexpr (std::is_constructible_v<Backend, const Configuration&>)
      own_ = std::make_shared<Backend>(settings_->configuration);
    else
      refuse("login backend",
             "cannot be built from a Configuration; pass one as the client's third argument");
    return own_.get();
  }

 private:
  static bool have_one_origin(const std::string& base_url, const std::string& login_url) {
    const BaseUrl api = parse_base_url("base_url", base_url);
    const BaseUrl login = parse_base_url("login_url", login_url);
    return api.https == login.https && api.host == login.host && api.port == login.port;
  }

  const std::shared_ptr<const ClientSettings> settings_;
  const ClientCredentials credentials_;
  const bool one_origin_;
  std::mutex mutex_;
  std::shared_ptr<Backend> own_;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
