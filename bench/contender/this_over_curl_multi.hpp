// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>

#include <purecloud/backend/curl_multi.hpp>

#include "this_library.hpp"

class Contender {
 public:
  static constexpr bool shareable = true;

  explicit Contender(const Options& options) : api_(configuration(options)) {}

  /// One call, which the caller waits for.
  std::string organization() { return name_of(api_.get_tokens_me().get()); }

  /// `count` calls, of which so many are in flight at once: each that ends starts the next.
  void call(int count, int in_flight) {
    left_ = count;
    running_ = in_flight;
    for (int i = 0; i < in_flight; ++i) next();
    std::unique_lock<std::mutex> lock(mutex_);
    ended_.wait(lock, [this] { return running_ == 0; });
  }

 private:
  static purecloud::Configuration configuration(const Options& options) {
    auto config = ThisLibrary<purecloud::CurlAsyncTokensApi>::configuration(options);
    if (options.connections > 0)
      config.pool.max_connections = config.pool.max_idle =
          static_cast<std::size_t>(options.connections);
    return config;
  }

  static std::string name_of(const purecloud::TokenInfo& info) {
    return info.organization.value().name.value();
  }

  void next() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (left_ == 0) {
        if (--running_ == 0) ended_.notify_one();
        return;
      }
      --left_;
    }
    api_.get_tokens_me().then([this](const purecloud::Result<purecloud::TokenInfo>& info) {
      if (!info || name_of(*info) != "Example Organization") {
        std::fprintf(stderr, "%s\n", info ? "another name" : info.error().message.c_str());
        std::_Exit(1);
      }
      next();
    });
  }

  std::mutex mutex_;
  std::condition_variable ended_;
  int left_ = 0;
  int running_ = 0;
  purecloud::CurlAsyncTokensApi api_;  // the last: its handlers use the others
};
