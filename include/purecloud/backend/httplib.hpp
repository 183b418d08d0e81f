// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include <purecloud/configuration.hpp>
#include <purecloud/http.hpp>

namespace purecloud {
inline namespace v1 {

/// The default backend: cpp-httplib and OpenSSL, with a pool of kept-alive connections to the host
/// of one `base_url`. Any number of threads may send at once, each on a connection of its own.
/// `timeouts.connect` is the time for TCP's connection to one address of the host.
///
/// The first connection that is kept starts one thread, which closes those that are idle for too
/// long. A child process after `fork()` has no such thread, and shares its parent's connections:
/// build another backend there, and do not use or destroy this one.
class HttplibBackend {
 public:
  /// Throws ApiException: ErrorKind::tls, with the file's name, for a certificate, key or CA that
  /// cannot be used.
  explicit HttplibBackend(const Configuration& configuration);
  ~HttplibBackend();
  HttplibBackend(const HttplibBackend&) = delete;
  HttplibBackend& operator=(const HttplibBackend&) = delete;

  /// One exchange, over by `deadline`. A connection that turns out to have been closed by the
  /// server while it was idle is replaced without a failure.
  HttpResult send(const HttpRequest& request, Deadline deadline);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/backend/httplib.ipp>
#endif
