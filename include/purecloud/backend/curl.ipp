// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/detail/curl/transfer.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <new>
#include <optional>
#include <utility>

#include <purecloud/backend/curl.hpp>
#include <purecloud/detail/curl/handle.hpp>
#include <purecloud/detail/net/connection_pool.hpp>
#include <purecloud/detail/net/sigpipe_guard.hpp>
#include <purecloud/detail/net/thread.hpp>
#include <purecloud/detail/text/url.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// An easy handle and a multi handle, as inside curl_easy_perform(), but this one can be woken for
/// a stop. It keeps one connection.
class CurlHandle {
 public:
  explicit CurlHandle(const CurlSettings& settings)
      : looks_up_(!is_ip_address(settings.looked_up_host())), transfer_(settings, connections_) {
    curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, 1L);
  }

  bool reusable() const { return transfer_.connection_kept(); }

  HttpResult exchange(const HttpRequest& request, Deadline deadline, const StopToken& stop) {
    if (auto refused = transfer_.begin(request)) return *std::move(refused);
    for (;; transfer_.again()) {
      const auto code = drive(deadline, stop);
      if (!code) return transfer_.interrupted(stop.stop_requested());
      if (auto result = transfer_.finish(*code)) return *std::move(result);
    }
  }

 private:
  /// Carries out the transfer. Returns nothing if the deadline passed or a stop was requested.
  std::optional<CURLcode> drive(Deadline deadline, const StopToken& stop) {
    CURL* const easy = transfer_.easy().get();
    const StopCallback wake(stop, [this]() noexcept { multi_.wake(); });
    if (curl_multi_add_handle(multi_.get(), easy) != CURLM_OK) return CURLE_OUT_OF_MEMORY;
    std::optional<CURLcode> code;
    int running = 1;
    for (;;) {
      if (perform(running) != CURLM_OK) code = CURLE_OUT_OF_MEMORY;
      int left = 0;
      if (running == 0)
        if (const CURLMsg* const message = curl_multi_info_read(multi_.get(), &left))
          code = message->data.result;
      if (code) break;
      const auto now = std::chrono::steady_clock::now();
      if (stop.stop_requested() || now >= deadline) break;
      multi_.poll(socket_system::milliseconds_until(deadline, now));
    }
    curl_multi_remove_handle(multi_.get(), easy);
    return code;
  }

  CURLMcode perform(int& running) {
    // libcurl looks up names on another thread, which inherits the blocked signals
    std::optional<AllSignalsBlocked> inherited;
    if (looks_up_ && !transfer_.sent()) inherited.emplace();
    return curl_multi_perform(multi_.get(), &running);
  }

  const bool looks_up_;
  CurlConnections connections_;  // before the handles that close connections: it outlives them
  CurlMulti multi_;
  CurlTransfer transfer_;
};

}  // namespace detail

class CurlBackend::Impl {
 public:
  explicit Impl(const Configuration& configuration)
      : settings_(configuration), pool_(configuration.pool) {
    const Handle throws_now_what_a_call_would(settings_);
  }

  HttpResult send(const HttpRequest& request, Deadline deadline, const StopToken& stop) {
    if (stop.stop_requested()) return detail::Destination::cancelled(false);
    if (std::chrono::steady_clock::now() >= deadline)
      return settings_.destination.no_response_in_time();
    try {
      const detail::NoCancellation uninterrupted;
      std::optional<detail::SigpipeGuard> guard;
      if (settings_.writes_may_signal) guard.emplace();
      auto handle = pool_.take();
      if (!handle) handle = std::make_unique<Handle>(settings_);
      HttpResult result = handle->exchange(request, deadline, stop);
      if (handle->reusable()) pool_.give_back(std::move(handle));
      return result;
    } catch (const std::bad_alloc&) {
      return HttpFailure{ErrorKind::connection, "out of memory"};
    }
  }

 private:
  using Handle = detail::CurlHandle;

  const detail::CurlSettings settings_;  // first, so that it outlives the pool's connections
  detail::ConnectionPool<Handle> pool_;
};

PURECLOUD_TOKENS_INLINE CurlBackend::CurlBackend(const Configuration& configuration)
    : impl_(std::make_unique<Impl>(configuration)) {}

PURECLOUD_TOKENS_INLINE CurlBackend::~CurlBackend() = default;

PURECLOUD_TOKENS_INLINE HttpResult CurlBackend::send(const HttpRequest& request, Deadline deadline,
                                                     const StopToken& stop) {
  return impl_->send(request, deadline, stop);
}

}  // namespace v1
}  // namespace purecloud
