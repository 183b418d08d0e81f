// SPDX-License-Identifier: MIT
// Without #pragma once: see detail/bodies.hpp.

#include <purecloud/detail/separate.hpp>

#if !defined(PURECLOUD_TOKENS_BACKEND_CURL)
#define PURECLOUD_TOKENS_BACKEND_CURL

#if defined(PURECLOUD_TOKENS_SINGLE_HEADER)
#error \
    "purecloud::CurlBackend is not among the single headers: take tokens.hpp from include/ as well, where both come from"
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

/// A backend over libcurl, with a pool of kept-alive connections to the host of one `base_url`,
/// over HTTP/2 where the server has it. Any number of threads may send at once, each on a
/// connection of its own; addresses and TLS sessions are shared. Proxies may be HTTP or SOCKS5
/// ones; the environment's proxies are left alone. `timeouts.connect` counts from the name's lookup
/// to the end of the TLS handshake.
///
/// It requires libcurl 7.80 or newer, whose TLS should be the program's own OpenSSL. With another
/// one certificates are verified by that library's rules (GnuTLS takes one that is for clients
/// alone), and the messages are in its words.
///
/// The first call starts one thread, which closes idle connections. A child process after `fork()`
/// has no such thread: build a backend of its own there.
class CurlBackend {
 public:
  /// Throws ApiException: ErrorKind::tls, with the file's name, for a certificate, key or CA that
  /// cannot be used; ErrorKind::invalid_argument when this libcurl lacks something that is asked of
  /// it.
  explicit CurlBackend(const Configuration& configuration);
  ~CurlBackend();
  CurlBackend(const CurlBackend&) = delete;
  CurlBackend& operator=(const CurlBackend&) = delete;

  /// One exchange, over by `deadline`, and soon after a stop is requested. A connection that turns
  /// out to have been closed by the server while it was idle is replaced without a failure.
  HttpResult send(const HttpRequest& request, Deadline deadline, const StopToken& stop = {});

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// The client over libcurl.
using CurlTokensApi = BasicTokensApi<CurlBackend>;

}  // namespace v1
}  // namespace purecloud

#endif

#include <purecloud/detail/bodies.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/backend/curl.ipp>
#endif
