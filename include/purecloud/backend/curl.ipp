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
#include <purecloud/detail/curl/addresses.hpp>
#include <purecloud/detail/curl/handle.hpp>
#include <purecloud/detail/longest_time.hpp>
#include <purecloud/detail/net/connection_pool.hpp>
#include <purecloud/detail/net/resolver.hpp>
#include <purecloud/detail/net/sigpipe_guard.hpp>
#include <purecloud/detail/net/thread.hpp>
#include <purecloud/detail/net/time_limit.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// An easy handle and a multi handle, as inside curl_easy_perform(), but this one can be woken for
/// a stop. It keeps one connection.
class CurlHandle {
 public:
  CurlHandle(const CurlSettings& settings, Resolver& resolver)
      : settings_(settings), resolver_(resolver), transfer_(settings, connections_) {
    curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, 1L);
  }

  bool reusable() const { return transfer_.connection_kept(); }

  HttpResult exchange(const HttpRequest& request, const TimeLimit& limit) {
    for (bool again = false, sent = false;; again = true, sent = sent || transfer_.sent()) {
      if (auto failure = find_host(limit, again && transfer_.needs_addresses()))
        return limit.stopped() ? Destination::cancelled(sent) : *std::move(failure);
      if (again)
        transfer_.again();
      else if (auto refused = transfer_.begin(request))
        return *std::move(refused);
      const auto code = drive(limit);
      if (!code) return transfer_.interrupted(limit.stopped());
      if (auto result = transfer_.finish(*code)) return *std::move(result);
    }
  }

 private:
  /// Looks up the host if that may be needed for a connection. Returns the failure of that.
  std::optional<HttpFailure> find_host(const TimeLimit& limit, bool needed) {
    if (resolver_.is_address()) return std::nullopt;
    const auto timeout = (std::min)(settings_.connect_timeout, longest_time);
    const Deadline connected_by = std::chrono::steady_clock::now() + timeout;
    if (needed || !addresses_ || !(addresses_->are_new() || connections_.has_idle())) {
      SocketAddresses found;
      if (auto failure = resolver_.resolve(limit.by(connected_by), found)) return failure;
      if (auto failure = CurlAddresses::replace(addresses_, settings_, found)) return failure;
    }
    const auto left = connected_by - std::chrono::steady_clock::now();
    transfer_.set_addresses(addresses_, std::chrono::ceil<std::chrono::milliseconds>(left));
    return std::nullopt;
  }

  /// Carries out the transfer. Returns nothing if the deadline passed or a stop was requested.
  std::optional<CURLcode> drive(const TimeLimit& limit) {
    CURL* const easy = transfer_.easy().get();
    const StopCallback wake(limit.stop(), [this]() noexcept { multi_.wake(); });
    if (curl_multi_add_handle(multi_.get(), easy) != CURLM_OK) return CURLE_OUT_OF_MEMORY;
    std::optional<CURLcode> code;
    int running = 1;
    for (;;) {
      if (curl_multi_perform(multi_.get(), &running) != CURLM_OK) code = CURLE_OUT_OF_MEMORY;
      int left = 0;
      if (running == 0)
        if (const CURLMsg* const message = curl_multi_info_read(multi_.get(), &left))
          code = message->data.result;
      if (code) break;
      const auto now = std::chrono::steady_clock::now();
      if (limit.stopped() || now >= limit.deadline()) {
        connections_.end_opening(&transfer_);
        break;
      }
      multi_.poll((std::min)(curl_compat::longest_poll,
                             socket_system::milliseconds_until(limit.deadline(), now)));
    }
    curl_multi_remove_handle(multi_.get(), easy);
    return code;
  }

  const CurlSettings& settings_;
  Resolver& resolver_;
  CurlConnections connections_;  // before the handles that close connections: it outlives them
  CurlMulti multi_;
  CurlTransfer transfer_;
  std::shared_ptr<const CurlAddresses> addresses_;
};

}  // namespace detail

class CurlBackend::Impl {
 public:
  explicit Impl(const Configuration& configuration)
      : settings_(configuration),
        resolver_(settings_.looked_up_host(), settings_.looked_up_port()),
        pool_(configuration.pool) {
    const Handle throws_now_what_a_call_would(settings_, resolver_);
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
      if (!handle) handle = std::make_unique<Handle>(settings_, resolver_);
      HttpResult result = handle->exchange(request, detail::TimeLimit(deadline, stop));
      if (handle->reusable()) pool_.give_back(std::move(handle));
      return result;
    } catch (const std::bad_alloc&) {
      return HttpFailure{ErrorKind::connection, "out of memory"};
    }
  }

 private:
  using Handle = detail::CurlHandle;

  const detail::CurlSettings settings_;  // first, so that it outlives the pool's connections
  detail::Resolver resolver_;
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
