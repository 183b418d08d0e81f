// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/backend/curl_multi.hpp>

#include <memory>
#include <utility>

#include <purecloud/detail/curl/multi_thread.hpp>
#include <purecloud/detail/curl/multi_thread.ipp>

namespace purecloud {
inline namespace v1 {

PURECLOUD_TOKENS_INLINE CurlMultiBackend::CurlMultiBackend(const Configuration& configuration)
    : thread_(std::make_shared<detail::CurlMultiThread>(configuration)) {}

PURECLOUD_TOKENS_INLINE CurlMultiBackend::~CurlMultiBackend() {
  // passes a copy, because the calls that this ends use their thread once more
  detail::CurlMultiThread::close(thread_);
}

PURECLOUD_TOKENS_INLINE std::shared_ptr<detail::AsyncEngine> CurlMultiBackend::engine() const {
  return thread_;
}

PURECLOUD_TOKENS_INLINE void CurlMultiBackend::start(HttpRequest request, Deadline deadline,
                                                     StopToken stop, Completion done) noexcept {
  thread_->start(std::move(request), deadline, std::move(stop), std::move(done));
}

PURECLOUD_TOKENS_INLINE void CurlMultiBackend::call_at(Deadline until, StopToken stop,
                                                       Timer due) noexcept {
  thread_->call_at(until, std::move(stop), std::move(due));
}

}  // namespace v1
}  // namespace purecloud
