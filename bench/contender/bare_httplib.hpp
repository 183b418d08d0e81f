// SPDX-License-Identifier: MIT
#pragma once

#ifndef CPPHTTPLIB_OPENSSL_SUPPORT
#define CPPHTTPLIB_OPENSSL_SUPPORT
#endif
#include <httplib.h>

#include <nlohmann/json.hpp>

#include <stdexcept>
#include <string>

#include "options.hpp"

class Contender {
 public:
  static constexpr bool shareable = false;

  explicit Contender(const Options& options) : client_(options.url) {
    client_.set_keep_alive(options.reuse_connections);
    client_.set_tcp_nodelay(true);
    if (!options.ca_file.empty()) client_.set_ca_cert_path(options.ca_file.c_str());
    client_.set_default_headers(
        {{"Authorization", "Bearer " + access_token}, {"Accept", "application/json"}});
  }

  std::string organization() {
    const auto result = client_.Get(target.c_str());
    if (!result || result->status != 200) throw std::runtime_error("no response");
    const auto document = nlohmann::json::parse(result->body);
    return document.at("organization").at("name").get<std::string>();
  }

 private:
  httplib::Client client_;
};
