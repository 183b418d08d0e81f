// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include <purecloud/configuration.hpp>
#include <purecloud/http.hpp>
#include <purecloud/stop_token.hpp>

namespace purecloud {
inline namespace v1 {

/// The default backend: cpp-httplib and OpenSSL, with a pool of kept-alive connections to the host
/// of one `base_url`. Any number of threads may send at once, each on a connection of its own.
/// `timeouts.connect` is the time for TCP's connection to the host, however many addresses it has:
/// they are tried at intervals, and the first that responds is taken (RFC 8305).
///
/// The first connection that is kept starts one thread, which closes those that are idle for too
/// long; a look-up of a name runs on another. No signal handler runs on them. A child process after
/// `fork()` has no such threads, and shares its parent's connections: build another backend there;
/// this one may only be destroyed, which leaves all as it is.
class HttplibBackend {
 public:
  /// Throws ApiException: ErrorKind::tls, with the file's name, for a certificate, key or CA that
  /// cannot be used.
  explicit HttplibBackend(const Configuration& configuration);
  ~HttplibBackend();
  HttplibBackend(const HttplibBackend&) = delete;
  HttplibBackend& operator=(const HttplibBackend&) = delete;

  /// One exchange, over by `deadline`, and within 50 ms of a stop. A connection that turns out to
  /// have been closed by the server while it was idle is replaced without a failure, if the request
  /// may be resent. pthread_cancel() takes effect when it is over. Throws std::bad_alloc.
  HttpResult send(const HttpRequest& request, Deadline deadline, const StopToken& stop = {});

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
