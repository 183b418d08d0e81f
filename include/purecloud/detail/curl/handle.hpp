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
#include <utility>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#if !defined(_WIN32)
#include <poll.h>
#endif

#include <purecloud/detail/net/sigpipe_guard.hpp>
#include <purecloud/detail/net/tls_trust.hpp>
#include <purecloud/detail/text/url.hpp>
#include <purecloud/error.hpp>

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
    close();
  }
  CurlHandle(const CurlHandle&) = delete;
  CurlHandle& operator=(const CurlHandle&) = delete;

  CURL* get() const { return easy_; }

  /// Ends its use. libcurl reads now what the server said before it hung up: see alert_received().
  void close() { curl_easy_cleanup(std::exchange(easy_, nullptr)); }

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
  const TlsTrust* trust = nullptr;  ///< null where libcurl's TLS is not our OpenSSL
  std::string host;

  /// CURLOPT_SSL_CTX_FUNCTION of a handle: trusts whom `trust` trusts, in the name of `host` alone.
  static CURLcode on_tls_context(CURL*, void* context, void* handle) {
    CurlHandle& self = *static_cast<CurlHandle*>(handle);
    SSL_CTX* const ours = self.trust->context();
    SSL_CTX* const theirs = static_cast<SSL_CTX*>(context);
    self.alert_ = no_alert;
    SSL_CTX_set_ex_data(theirs, slot(), &self);
    SSL_CTX_set_info_callback(theirs, &CurlHandle::on_tls_event);
    SSL_CTX_set1_cert_store(theirs, SSL_CTX_get_cert_store(ours));
    X509_VERIFY_PARAM* const rules = SSL_CTX_get0_param(theirs);
    X509_VERIFY_PARAM_set_hostflags(rules, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    if ((is_ip_address(self.host)
             ? X509_VERIFY_PARAM_set1_ip_asc(rules, self.host.c_str())
             : X509_VERIFY_PARAM_set1_host(rules, self.host.c_str(), self.host.size())) != 1)
      return CURLE_ABORTED_BY_CALLBACK;
    if (X509* const certificate = SSL_CTX_get0_certificate(ours)) {
      STACK_OF(X509)* chain = nullptr;
      SSL_CTX_get0_chain_certs(ours, &chain);
      if (SSL_CTX_use_cert_and_key(theirs, certificate, SSL_CTX_get0_privatekey(ours), chain, 1) !=
          1)
        return CURLE_ABORTED_BY_CALLBACK;
    }
    return CURLE_OK;
  }

  /// OpenSSL's error for what the server ended the connection with; 0 without one. libcurl does not
  /// tell when sending fails first.
  unsigned long alert_received() const {
    return alert_ > SSL_AD_CLOSE_NOTIFY
               ? ERR_PACK(ERR_LIB_SSL, 0, static_cast<unsigned long>(SSL_AD_REASON_OFFSET + alert_))
               : 0;
  }

  /// Whether TLS was cut off, as far as can be seen. In HTTP/2 it is of no consequence.
  bool ended_without_goodbye() const {
    return trust && alert_ != SSL_AD_CLOSE_NOTIFY &&
           info<long>(CURLINFO_HTTP_VERSION) != CURL_HTTP_VERSION_2_0;
  }

 private:
  static constexpr int no_alert = -1;

  static int slot() {
    static const int index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return index;
  }

  static void on_tls_event(const SSL* tls, int what, int alert) {
    if (what != SSL_CB_READ_ALERT) return;
    static_cast<CurlHandle*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(tls), slot()))->alert_ =
        alert & 0xff;
  }

  CURL* easy_;
  int alert_ = no_alert;  ///< the last that the server sent
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
