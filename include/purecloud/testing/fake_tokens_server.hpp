// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include <purecloud/testing/fake_tokens_service.hpp>

namespace purecloud {
inline namespace v1 {
namespace testing {

/// A FakeTokensService on a port of 127.0.0.1, over cpp-httplib, from construction to destruction.
class FakeTokensServer {
 public:
  /// Throws std::runtime_error when no port can be had.
  FakeTokensServer();
  ~FakeTokensServer();
  FakeTokensServer(const FakeTokensServer&) = delete;
  FakeTokensServer& operator=(const FakeTokensServer&) = delete;

  /// The cloud behind it. Valid as long as the server is.
  FakeTokensService& service();

  /// For Configuration::base_url: `http://127.0.0.1:41234`.
  std::string base_url() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace testing
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_TESTING_BODIES
#include <purecloud/testing/fake_tokens_server.ipp>
#endif
