// SPDX-License-Identifier: MIT
// Without #pragma once: see detail/bodies.hpp.

#include <purecloud/detail/separate.hpp>

#if !defined(PURECLOUD_TOKENS_BACKEND_CURL)
#define PURECLOUD_TOKENS_BACKEND_CURL

#if defined(PURECLOUD_TOKENS_SINGLE_HEADER)
#error "purecloud::CurlBackend is not part of the single headers: use tokens.hpp from include/, too"
#endif

#include <purecloud/version.hpp>

#include <memory>

#include <purecloud/access_token.hpp>
#include <purecloud/configuration.hpp>
#include <purecloud/http.hpp>
#include <purecloud/json.hpp>
#include <purecloud/region.hpp>
#include <purecloud/result.hpp>
#include <purecloud/stop_token.hpp>
#include <purecloud/tokens_api.hpp>

namespace purecloud {
inline namespace v1 {

/// A synchronous backend over libcurl, with a pool of kept-alive connections to the host of one
/// `base_url`, over HTTP/2 if the server supports it. Thread-safe: each thread sends over its own
/// connection; look-ups of the name and TLS sessions are shared. HTTP and SOCKS5 proxies are
/// supported; proxies in environment variables are ignored. `timeouts.connect` includes the look-up
/// of the name and the TLS handshake.
///
/// Requires libcurl 7.80 or newer, which should use the same OpenSSL as the program. If libcurl
/// uses another TLS library, that library's rules for certificates hold (GnuTLS accepts a
/// certificate that is valid for clients only), and error messages have its words.
///
/// The first call starts one thread, which closes idle connections. A child process after `fork()`
/// does not have this thread: build another backend there.
class CurlBackend {
 public:
  /// Throws ApiException: ErrorKind::tls for a certificate, key or CA that cannot be used (the
  /// message names the file); ErrorKind::invalid_argument if the configuration requires something
  /// that this libcurl does not support.
  explicit CurlBackend(const Configuration& configuration);
  ~CurlBackend();
  CurlBackend(const CurlBackend&) = delete;
  CurlBackend& operator=(const CurlBackend&) = delete;

  /// Sends a request, and returns the response. Ends by `deadline`, or soon after a stop is
  /// requested. If the server closed a kept-alive connection while it was idle, the request is sent
  /// over a new one, if HttpRequest::may_be_resent.
  HttpResult send(const HttpRequest& request, Deadline deadline, const StopToken& stop = {});

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// The client of the Tokens API, over libcurl.
using CurlTokensApi = BasicTokensApi<CurlBackend>;

}  // namespace v1
}  // namespace purecloud

#endif

#include <purecloud/detail/bodies.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/backend/curl.ipp>
#endif
