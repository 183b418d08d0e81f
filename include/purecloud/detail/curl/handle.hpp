// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/detail/curl/compat.hpp>

#include <array>
#include <chrono>
#include <climits>
#include <mutex>
#include <new>
#include <string>

#include <purecloud/detail/text/url.hpp>
#include <purecloud/error.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// The addresses and TLS sessions that the easy handles of one backend share. Connections belong to
/// their multi handle, because libcurl does not support sharing them between threads.
class CurlShare {
 public:
  CurlShare() {
    // never cleaned up, because other code in the program may use libcurl for longer
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    share_ = started == CURLE_OK ? curl_share_init() : nullptr;
    if (!share_) throw std::bad_alloc();
    curl_share_setopt(share_, CURLSHOPT_USERDATA, this);
    curl_share_setopt(share_, CURLSHOPT_LOCKFUNC, &CurlShare::lock);
    curl_share_setopt(share_, CURLSHOPT_UNLOCKFUNC, &CurlShare::unlock);
    curl_share_setopt(share_, CURLSHOPT_SHARE, CURL_LOCK_DATA_DNS);
    curl_share_setopt(share_, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
  }
  ~CurlShare() { curl_share_cleanup(share_); }
  CurlShare(const CurlShare&) = delete;
  CurlShare& operator=(const CurlShare&) = delete;

  CURLSH* get() const { return share_; }

 private:
  static void lock(CURL*, curl_lock_data data, curl_lock_access, void* self) {
    static_cast<CurlShare*>(self)->mutexes_[data].lock();
  }
  static void unlock(CURL*, curl_lock_data data, void* self) {
    static_cast<CurlShare*>(self)->mutexes_[data].unlock();
  }

  std::array<std::mutex, CURL_LOCK_DATA_LAST> mutexes_;
  CURLSH* share_ = nullptr;
};

/// An easy handle, for one request at a time.
class CurlEasy {
 public:
  CurlEasy() : easy_(curl_easy_init()) {
    if (!easy_) throw std::bad_alloc();
  }
  ~CurlEasy() { curl_easy_cleanup(easy_); }
  CurlEasy(const CurlEasy&) = delete;
  CurlEasy& operator=(const CurlEasy&) = delete;

  CURL* get() const { return easy_; }

  /// Sets an option. Throws ApiException if libcurl does not support it.
  template <class T>
  void set(CURLoption option, T value) {
    const CURLcode code = curl_easy_setopt(easy_, option, value);
    if (code == CURLE_OUT_OF_MEMORY) throw std::bad_alloc();
    if (code != CURLE_OK)
      throw ApiException(invalid_argument("backend: libcurl " + curl_compat::version_text() +
                                          " refuses its option " + std::to_string(option) + ": " +
                                          curl_easy_strerror(code)));
  }

  template <class T>
  T info(CURLINFO name) const {
    T value{};
    curl_easy_getinfo(easy_, name, &value);
    return value;
  }

 private:
  CURL* easy_;
};

/// A multi handle, which owns connections and drives the easy handles that use them.
class CurlMulti {
 public:
  CurlMulti() : multi_(curl_multi_init()) {
    if (!multi_) throw std::bad_alloc();
  }
  ~CurlMulti() { curl_multi_cleanup(multi_); }
  CurlMulti(const CurlMulti&) = delete;
  CurlMulti& operator=(const CurlMulti&) = delete;

  CURLM* get() const { return multi_; }

  /// Ends the current or the next poll(). May be called on any thread.
  void wake() noexcept { curl_multi_wakeup(multi_); }

  void poll(int milliseconds) { curl_multi_poll(multi_, nullptr, 0, milliseconds, nullptr); }

 private:
  CURLM* multi_;
};

/// Converts a duration for libcurl, which accepts at most an int. At least 1, because 0 means no
/// limit.
template <class Duration>
long curl_count(Duration time) {
  return static_cast<long>((std::clamp<typename Duration::rep>)(time.count(), 1, INT_MAX));
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
