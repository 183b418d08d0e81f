// SPDX-License-Identifier: MIT
#pragma once

#include <cstdlib>
#include <optional>
#include <string>

#include "../wire/support.hpp"
#include "certificates.hpp"

namespace tls {

inline const Certificates& certificates() {
  static const Certificates made;
  return made;
}

/// A client that trusts our CA, of a server at 127.0.0.1 or another name of it.
inline purecloud::Configuration trusting(const wire::HostileServer& server,
                                         const std::string& host = "127.0.0.1") {
  auto configuration = wire::configuration_for(server);
  configuration.base_url = "https://" + host + ":" + std::to_string(server.port());
  configuration.tls.ca_file = certificates().path("ca.pem");
  return configuration;
}

template <class Backend>
purecloud::Result<purecloud::TokenInfo> call(const purecloud::Configuration& configuration) {
  return purecloud::BasicTokensApi<Backend>(configuration).try_get_tokens_me();
}

/// An environment variable for as long as this lives.
class Environment {
 public:
  Environment(const char* name, const std::string& value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    set(value.c_str());
  }
  ~Environment() { set(before_ ? before_->c_str() : nullptr); }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  /// Removes it with a null pointer.
  void set(const char* value) const {
#if defined(_WIN32)
    _putenv_s(name_, value ? value : "");
#else
    value ? ::setenv(name_, value, 1) : ::unsetenv(name_);
#endif
  }

  const char* const name_;
  std::optional<std::string> before_;
};

}  // namespace tls
