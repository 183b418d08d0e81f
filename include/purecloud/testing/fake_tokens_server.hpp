// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include <purecloud/testing/fake_tokens_service.hpp>

namespace purecloud {
inline namespace v1 {
namespace testing {

/// Serves a FakeTokensService over HTTP, on a port of 127.0.0.1, with cpp-httplib.
class FakeTokensServer {
 public:
  /// Starts the server. Throws std::runtime_error if no port is available.
  FakeTokensServer();
  /// Stops the server. On Windows with a cpp-httplib before 0.18.1 this waits until connections
  /// have been idle for 5 seconds.
  ~FakeTokensServer();
  FakeTokensServer(const FakeTokensServer&) = delete;
  FakeTokensServer& operator=(const FakeTokensServer&) = delete;

  /// Returns the service. Valid as long as the server is.
  FakeTokensService& service();

  /// Returns the address for Configuration::base_url, for example `http://127.0.0.1:41234`.
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
