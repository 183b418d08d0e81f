// SPDX-License-Identifier: MIT
#pragma once

#if defined(__has_include)
#if !__has_include(<curl/curl.h>)
#error \
    "purecloud::CurlBackend needs libcurl: install libcurl4-openssl-dev (Debian), libcurl-devel (Fedora) or curl (Homebrew)"
#endif
#endif
#include <curl/curl.h>

#include <array>
#include <mutex>
#include <new>
#include <string>

#if !defined(_WIN32)
#include <poll.h>
#endif

#include <purecloud/detail/base_url.hpp>
#include <purecloud/error.hpp>
#include <purecloud/impl/sigpipe_guard.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// What the handles of one backend have in common: DNS answers and TLS sessions. Connections stay
/// with their handle, for libcurl does not support sharing them between threads.
class CurlShare {
 public:
  CurlShare() {
    // for good: whoever else uses libcurl in this program may do so longer than we
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

/// One easy handle, which keeps one connection, and what libcurl points to beside it.
class CurlHandle {
 public:
  CurlHandle() : easy_(curl_easy_init()) {
    if (!easy_) throw std::bad_alloc();
  }
  ~CurlHandle() {
    const SigpipeGuard guard;  // TLS says goodbye to a peer that may be gone
    curl_easy_cleanup(easy_);
  }
  CurlHandle(const CurlHandle&) = delete;
  CurlHandle& operator=(const CurlHandle&) = delete;

  CURL* get() const { return easy_; }

  /// Throws: an option that libcurl lacks must not be left out in silence.
  template <class T>
  void set(CURLoption option, T value) {
    const CURLcode code = curl_easy_setopt(easy_, option, value);
    if (code == CURLE_OUT_OF_MEMORY) throw std::bad_alloc();
    if (code != CURLE_OK)
      throw ApiException(invalid_argument(
          "backend: libcurl " + std::string(curl_version_info(CURLVERSION_NOW)->version) +
          " refuses its option " + std::to_string(option) + ": " + curl_easy_strerror(code)));
  }

  template <class T>
  T info(CURLINFO name) const {
    T value{};
    curl_easy_getinfo(easy_, name, &value);
    return value;
  }

  /// Whether another request may be sent: the connection is open, and the server has sent nothing
  /// since its last answer. What lies there now would be taken for the answer to another call; in
  /// HTTP/2 it cannot be, and libcurl looks at it.
  bool reusable() const {
    const auto socket = info<curl_socket_t>(CURLINFO_ACTIVESOCKET);
    if (socket == CURL_SOCKET_BAD) return false;
    if (info<long>(CURLINFO_HTTP_VERSION) == CURL_HTTP_VERSION_2_0) return true;
#if defined(_WIN32)
    WSAPOLLFD readable = {socket, POLLRDNORM, 0};
    return ::WSAPoll(&readable, 1, 0) == 0;
#else
    pollfd readable = {socket, POLLIN, 0};
    return ::poll(&readable, 1, 0) == 0;
#endif
  }

  char error[CURL_ERROR_SIZE] = {};

 private:
  CURL* easy_;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
