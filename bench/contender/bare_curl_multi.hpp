// SPDX-License-Identifier: MIT
#pragma once

#include <curl/curl.h>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "options.hpp"

class Contender {
 public:
  explicit Contender(const Options& options) : options_(options), multi_(curl_multi_init()) {
    headers_ = curl_slist_append(headers_, ("Authorization: Bearer " + access_token).c_str());
    headers_ = curl_slist_append(headers_, "Accept: application/json");
    curl_multi_setopt(multi_, CURLMOPT_MAX_TOTAL_CONNECTIONS, long{options.connections});
    curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, long{options.connections});
  }
  ~Contender() {
    calls_.clear();
    curl_multi_cleanup(multi_);
    curl_slist_free_all(headers_);
  }
  Contender(const Contender&) = delete;
  Contender& operator=(const Contender&) = delete;

  /// `count` calls, of which so many are in flight at once: each that ends starts the next.
  void call(int count, int in_flight) {
    int left = count, running = 0;
    while (static_cast<int>(calls_.size()) < in_flight)
      calls_.push_back(std::make_unique<Call>(*this));
    for (int i = 0; i < in_flight && left > 0; ++i, --left)
      curl_multi_add_handle(multi_, calls_[static_cast<std::size_t>(i)]->easy);
    do {
      if (curl_multi_perform(multi_, &running) != CURLM_OK)
        throw std::runtime_error("curl_multi_perform");
      int queued = 0;
      while (const CURLMsg* message = curl_multi_info_read(multi_, &queued)) {
        if (message->msg != CURLMSG_DONE) continue;
        CURL* const easy = message->easy_handle;
        const CURLcode code = message->data.result;
        curl_multi_remove_handle(multi_, easy);
        finish(easy, code);
        if (left == 0) continue;
        --left;
        curl_multi_add_handle(multi_, easy);
        running = 1;
      }
      if (running > 0) curl_multi_poll(multi_, nullptr, 0, 1000, nullptr);
    } while (running > 0);
  }

 private:
  struct Call {
    explicit Call(const Contender& contender) : easy(curl_easy_init()) {
      const Options& options = contender.options_;
      curl_easy_setopt(easy, CURLOPT_URL, (options.url + target).c_str());
      curl_easy_setopt(easy, CURLOPT_HTTPHEADER, contender.headers_);
      curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
      if (!options.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, options.ca_file.c_str());
      curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Call::on_body);
      curl_easy_setopt(easy, CURLOPT_WRITEDATA, &body);
      curl_easy_setopt(easy, CURLOPT_PRIVATE, this);
    }
    ~Call() { curl_easy_cleanup(easy); }
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

    static std::size_t on_body(char* data, std::size_t, std::size_t size, void* body) {
      static_cast<std::string*>(body)->append(data, size);
      return size;
    }

    CURL* easy;
    std::string body;
  };

  static void finish(CURL* easy, CURLcode code) {
    Call* call = nullptr;
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &call);
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    if (code != CURLE_OK || status != 200) throw std::runtime_error(curl_easy_strerror(code));
    const auto document = nlohmann::json::parse(call->body);
    if (document.at("organization").at("name") != "Example Organization")
      throw std::runtime_error("another name");
    call->body.clear();
  }

  static inline const CURLcode started_ = curl_global_init(CURL_GLOBAL_DEFAULT);

  const Options options_;
  CURLM* multi_;
  curl_slist* headers_ = nullptr;
  std::vector<std::unique_ptr<Call>> calls_;
};
