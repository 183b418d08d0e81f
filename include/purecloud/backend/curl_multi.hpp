// SPDX-License-Identifier: MIT
// Without #pragma once: see detail/bodies.hpp.

#include <purecloud/detail/separate.hpp>

#if !defined(PURECLOUD_TOKENS_BACKEND_CURL_MULTI)
#define PURECLOUD_TOKENS_BACKEND_CURL_MULTI

#if defined(PURECLOUD_TOKENS_SINGLE_HEADER)
#error \
    "purecloud::CurlMultiBackend is not among the single headers: take async_tokens.hpp from include/ as well, where both come from"
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
/// the host of one `base_url`, over HTTP/2 where the server has it. `pool.max_connections` are open
/// at once; over HTTP/2 each carries up to 100 requests. Requests beyond wait in a queue, where
/// `timeouts.connect` and `timeouts.attempt` do not count yet.
///
/// The thread starts with the first request, and ends with the backend. For TLS, proxies and what
/// it requires of libcurl see CurlBackend. Nothing throws but the constructor.
class CurlMultiBackend {
 public:
  using EngineOwner = CurlMultiBackend;
  static constexpr bool has_queue = true;  ///< `start` is given the deadline of the call

  /// Throws as CurlBackend's.
  explicit CurlMultiBackend(const Configuration& configuration);
  /// See BasicAsyncTokensApi.
  ~CurlMultiBackend();
  CurlMultiBackend(const CurlMultiBackend&) = delete;
  CurlMultiBackend& operator=(const CurlMultiBackend&) = delete;

  /// One exchange, over by `deadline`, or soon after a stop. A connection that turns out to have
  /// been closed by the server while it was idle is replaced without a failure. Without memory or a
  /// thread it ends at once, with ErrorKind::connection.
  void start(HttpRequest request, Deadline deadline, StopToken stop, Completion done) noexcept;

  /// Calls `due` at that time, or soon after a stop.
  void call_at(Deadline until, StopToken stop, Timer due) noexcept;

  /// For the calls.
  std::shared_ptr<detail::AsyncEngine> engine() const;

 private:
  std::shared_ptr<detail::CurlMultiThread> thread_;
};

/// The asynchronous client over libcurl.
using CurlAsyncTokensApi = BasicAsyncTokensApi<CurlMultiBackend>;

}  // namespace v1
}  // namespace purecloud

#endif

#include <purecloud/detail/bodies.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/backend/curl_multi.ipp>
#include <purecloud/detail/async/call_state.ipp>
#endif
