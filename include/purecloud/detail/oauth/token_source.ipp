// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <new>
#include <utility>

#include <purecloud/detail/longest_time.hpp>
#include <purecloud/detail/oauth/token_source.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Converts to milliseconds, at most longest_time.
inline std::chrono::milliseconds bounded(std::chrono::seconds time) {
  return (std::min)(time, std::chrono::duration_cast<std::chrono::seconds>(longest_time));
}

PURECLOUD_TOKENS_INLINE bool TokenSource::is_good(Deadline now) const {
  return token_ && (!expires_ || now < *expires_);
}

/// Returns `fetch` for the first call, `wait` for the others. Requires the lock.
PURECLOUD_TOKENS_INLINE TokenSource::Decision TokenSource::fetch(bool is_early) {
  const auto wake = std::make_shared<Wake>();
  wake->sources = 1;
  if (waiting_.size() == waiting_.capacity()) {  // forgets calls that no longer wait
    const auto left = [](const std::shared_ptr<Wake>& each) { return each.use_count() == 1; };
    waiting_.erase(std::remove_if(waiting_.begin(), waiting_.end(), left), waiting_.end());
  }
  waiting_.push_back(wake);
  const bool mine = !std::exchange(fetching_, true);
  return {mine ? Action::fetch : Action::wait, nullptr, std::nullopt, wake, is_early};
}

PURECLOUD_TOKENS_INLINE TokenSource::Decision TokenSource::ask(const TokenNeed& need, Deadline now,
                                                               const Wake* waited) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (need.only_existing) return {token_ ? Action::use : Action::none, token_};
  if (token_ && token_ == need.rejected) token_ = nullptr;
  const bool backing_off = failure_ && (now < retry_at_ || (waited && waited->failed));
  if (is_good(now)) {
    const bool renew = renew_ && now >= *renew_ && !fetching_ && !backing_off;
    return renew ? fetch(/*is_early=*/true) : Decision{Action::use, token_};
  }
  if (backing_off) {
    Decision decision{Action::fail, nullptr, failure_};
    decision.error->retry_after =
        std::chrono::ceil<std::chrono::seconds>((std::max)(retry_at_, now) - now);
    return decision;
  }
  return fetch(/*is_early=*/false);
}

PURECLOUD_TOKENS_INLINE void TokenSource::report(std::optional<Result<OAuthToken>> result,
                                                 Deadline now) noexcept {
  std::vector<std::shared_ptr<Wake>> waiting;
  std::shared_ptr<AccessToken> token;
  std::optional<Error> failure;
  try {
    if (result && *result)
      token = std::make_shared<AccessToken>(std::move((*result)->access_token));
    else if (result)
      failure.emplace((result->error)());
  } catch (const std::bad_alloc&) {
    result.reset();  // as if this call had given up: another one fetches
  }
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    fetching_ = false;
    waiting.swap(waiting_);
    if (token) {
      const OAuthToken& granted = **result;
      token_ = token;
      expires_ = renew_ = std::nullopt;
      if (granted.expires_in) {
        using std::chrono::milliseconds, std::chrono::seconds;
        const milliseconds lifetime = bounded(*granted.expires_in);
        expires_ = now + lifetime;
        renew_ = *expires_ - (std::min<milliseconds>)(seconds(60), lifetime / 10);
      }
      failure_.reset();
      failures_ = 0;
    } else if (failure) {
      failure_.emplace(*std::move(failure));
      for (const auto& each : waiting) each->failed = true;
      const double doubled =
          std::ldexp(static_cast<double>(retry_.base_delay.count()), (std::min)(++failures_, 60));
      const double bound = static_cast<double>((std::min)(retry_.max_delay, longest_time).count());
      std::chrono::milliseconds delay(
          static_cast<std::chrono::milliseconds::rep>((std::min)(doubled, bound)));
      if (failure_->retry_after)
        delay = (std::max)(
            delay, (std::min<std::chrono::milliseconds>)(*failure_->retry_after, longest_time));
      retry_at_ = now + delay;
    } else if (renew_) {  // an early renewal was given up: wait before the next
      renew_ = now + (std::min)(retry_.max_delay, longest_time);
    }
  }
  for (const auto& each : waiting) each->request();
}

PURECLOUD_TOKENS_INLINE void TokenSource::forget(const std::shared_ptr<const AccessToken>& token) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (token_ == token) token_ = nullptr;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
