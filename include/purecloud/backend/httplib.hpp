// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include <purecloud/configuration.hpp>
#include <purecloud/http.hpp>
#include <purecloud/stop_token.hpp>

namespace purecloud {
inline namespace v1 {

/// The default backend: cpp-httplib and OpenSSL, with a pool of kept-alive connections to the host
/// of one `base_url`. Thread-safe: each thread sends over its own connection. `timeouts.connect` is
/// the time for the TCP connection to the host, over all its addresses: they are tried at
/// intervals, and the first connection that succeeds is used (RFC 8305).
///
/// The first connection that is kept alive starts one thread, which closes idle connections; the
/// look-up of a name runs on another thread. No signal handler runs on these threads. A child
/// process after `fork()` does not have them, and shares the parent's connections: build another
/// backend there. The inherited one may only be destroyed, which does not disturb the parent.
class HttplibBackend {
 public:
  /// Throws ApiException (ErrorKind::tls) for a certificate, key or CA that cannot be used; the
  /// message names the file.
  explicit HttplibBackend(const Configuration& configuration);
  ~HttplibBackend();
  HttplibBackend(const HttplibBackend&) = delete;
  HttplibBackend& operator=(const HttplibBackend&) = delete;

  /// Sends a request, and returns the response. Ends by `deadline`, or within 50 ms after a stop is
  /// requested. If the server closed a kept-alive connection while it was idle, the request is sent
  /// over a new one, if HttpRequest::may_be_resent. pthread_cancel() of the calling thread takes
  /// effect after the return. Throws std::bad_alloc.
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
