// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <purecloud/tokens.hpp>

#include "options.hpp"

template <class Api>
class ThisLibrary {
 public:
  static constexpr bool shareable = true;

  explicit ThisLibrary(const Options& options) : api_(configuration(options)) {}

  std::string organization() {
    const purecloud::TokenInfo info = api_.get_tokens_me();
    return info.organization.value().name.value();
  }

  static purecloud::Configuration configuration(const Options& options) {
    purecloud::Configuration config;
    config.base_url = options.url;
    config.access_token = access_token;
    config.tls.ca_file = options.ca_file;
    if (!options.reuse_connections) config.pool.max_idle = 0;
    return config;
  }

 private:
  Api api_;
};
