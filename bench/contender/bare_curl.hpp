// SPDX-License-Identifier: MIT
#pragma once

#include <curl/curl.h>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <stdexcept>
#include <string>

#include "options.hpp"

class Contender {
 public:
  static constexpr bool shareable = false;

  explicit Contender(const Options& options) : easy_(curl_easy_init()) {
    headers_ = curl_slist_append(headers_, ("Authorization: Bearer " + access_token).c_str());
    headers_ = curl_slist_append(headers_, "Accept: application/json");
    curl_easy_setopt(easy_, CURLOPT_URL, (options.url + target).c_str());
    curl_easy_setopt(easy_, CURLOPT_HTTPHEADER, headers_);
    curl_easy_setopt(easy_, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy_, CURLOPT_FORBID_REUSE, options.reuse_connections ? 0L : 1L);
    if (!options.ca_file.empty()) curl_easy_setopt(easy_, CURLOPT_CAINFO, options.ca_file.c_str());
    curl_easy_setopt(easy_, CURLOPT_WRITEFUNCTION, &Contender::on_body);
    curl_easy_setopt(easy_, CURLOPT_WRITEDATA, &body_);
  }
  ~Contender() {
    curl_easy_cleanup(easy_);
    curl_slist_free_all(headers_);
  }
  Contender(const Contender&) = delete;
  Contender& operator=(const Contender&) = delete;

  std::string organization() {
    body_.clear();
    long status = 0;
    if (curl_easy_perform(easy_) != CURLE_OK ||
        curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status) != CURLE_OK || status != 200)
      throw std::runtime_error("no response");
    const auto document = nlohmann::json::parse(body_);
    return document.at("organization").at("name").get<std::string>();
  }

 private:
  static std::size_t on_body(char* data, std::size_t, std::size_t size, void* body) {
    static_cast<std::string*>(body)->append(data, size);
    return size;
  }

  // before any thread is started, as libcurl requires
  static inline const CURLcode started_ = curl_global_init(CURL_GLOBAL_DEFAULT);

  CURL* easy_;
  curl_slist* headers_ = nullptr;
  std::string body_;
};
