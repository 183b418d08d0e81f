// SPDX-License-Identifier: MIT
// Without #pragma once: see detail/bodies.hpp.

#include <purecloud/detail/separate.hpp>

#if !defined(PURECLOUD_TOKENS_BACKEND_CURL_MULTI)
#define PURECLOUD_TOKENS_BACKEND_CURL_MULTI

#if defined(PURECLOUD_TOKENS_SINGLE_HEADER)
#error \
    "purecloud::CurlMultiBackend is not part of the single headers: use async_tokens.hpp from include/, too"
#endif

#include <purecloud/version.hpp>

#include <memory>

#include <purecloud/async_tokens_api.hpp>
#include <purecloud/backend/async_policy.hpp>
#include <purecloud/configuration.hpp>
#include <purecloud/http.hpp>

namespace purecloud {
inline namespace v1 {

namespace detail {
class CurlMultiThread;
}  // namespace detail

/// An asynchronous backend over libcurl's multi interface: one thread for any number of requests to
/// the host of one `base_url`, over HTTP/2 if the server supports it. At most
/// `pool.max_connections` are open at once; over HTTP/2 each carries up to 100 requests. Further
/// requests wait in a queue. The time in the queue does not count towards `timeouts.connect` and
/// `timeouts.attempt`.
///
/// The first request starts the thread; the destructor ends it. See CurlBackend for TLS, proxies
/// and the required libcurl. Only the constructor throws.
class CurlMultiBackend {
 public:
  using EngineOwner = CurlMultiBackend;
  static constexpr bool has_queue = true;  ///< `start` gets the deadline of the call

  /// Throws what the constructor of CurlBackend throws.
  explicit CurlMultiBackend(const Configuration& configuration);
  /// Ends all calls: see BasicAsyncTokensApi.
  ~CurlMultiBackend();
  CurlMultiBackend(const CurlMultiBackend&) = delete;
  CurlMultiBackend& operator=(const CurlMultiBackend&) = delete;

  /// Sends a request, and calls `done` with the response by `deadline`, or soon after a stop is
  /// requested. If the server closed a kept-alive connection while it was idle, the request is sent
  /// over a new one, if HttpRequest::may_be_resent. If memory or a thread cannot be had, it fails
  /// at once with ErrorKind::connection.
  void start(HttpRequest request, Deadline deadline, StopToken stop, Completion done) noexcept;

  /// Calls `due` at `until`, or soon after a stop is requested.
  void call_at(Deadline until, StopToken stop, Timer due) noexcept;

  /// Used by calls.
  std::shared_ptr<detail::AsyncEngine> engine() const;

 private:
  std::shared_ptr<detail::CurlMultiThread> thread_;
};

/// The asynchronous client of the Tokens API, over libcurl.
using CurlAsyncTokensApi = BasicAsyncTokensApi<CurlMultiBackend>;

}  // namespace v1
}  // namespace purecloud

#endif

#include <purecloud/detail/bodies.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/backend/curl_multi.ipp>
#include <purecloud/detail/async/call_state.ipp>
#endif
