// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/detail/curl/handle.hpp>

#include <algorithm>
#include <chrono>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <purecloud/backend/curl.hpp>
#include <purecloud/detail/text/url.hpp>
#include <purecloud/detail/net/connection_pool.hpp>
#include <purecloud/detail/curl/response.hpp>
#include <purecloud/detail/net/destination.hpp>
#include <purecloud/detail/net/sigpipe_guard.hpp>
#include <purecloud/detail/net/tls_failure.hpp>
#include <purecloud/detail/net/tls_trust.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Whether libcurl speaks TLS through the OpenSSL that we are linked with. Only then can we work on
/// its SSL_CTX.
inline bool curl_shares_openssl() {
  const char* const theirs = curl_version_info(CURLVERSION_NOW)->ssl_version;  // OpenSSL/3.0.15
  std::string ours = OpenSSL_version(OPENSSL_VERSION);  // OpenSSL 3.0.15 3 …
  ours.resize((std::min)(ours.find(' ', ours.find(' ') + 1), ours.size()));
  std::replace(ours.begin(), ours.end(), ' ', '/');
  return theirs && ours == theirs;
}

/// Whether what TLS sends goes through libcurl's own writes, which raise no SIGPIPE.
inline bool curl_writes_for_tls() {
  return curl_shares_openssl() && curl_version_info(CURLVERSION_NOW)->version_num >= 0x075800;
}

}  // namespace detail

class CurlBackend::Impl {
 public:
  explicit Impl(const Configuration& configuration)
      : url_(detail::parse_base_url("base_url", configuration.base_url)),
        destination_(url_, configuration.proxy),
        prefix_((url_.https ? "https://" : "http://") + destination_.origin()),
        connect_timeout_(configuration.timeouts.connect),
        tls_(configuration.tls),
        proxy_(configuration.proxy),
        idle_for_(configuration.pool.idle_for),
        max_response_bytes_(configuration.max_response_bytes),
        shares_openssl_(detail::curl_shares_openssl()),
        writes_may_signal_(url_.https && !detail::curl_writes_for_tls()),
        pool_(configuration.pool) {
    if (url_.https) trust_.emplace(tls_);
    open();  // throws now what it would throw at the first call
  }

  HttpResult send(const HttpRequest& request, Deadline deadline) {
    std::optional<detail::SigpipeGuard> guard;
    if (writes_may_signal_) guard.emplace();
    auto handle = pool_.take();
    if (!handle) handle = open();
    bool in_step = false;
    HttpResult result = exchange(*handle, request, deadline, in_step);
    if (in_step) pool_.give_back(std::move(handle));
    return result;
  }

 private:
  using Clock = std::chrono::steady_clock;
  using Handle = detail::CurlHandle;

  /// For libcurl, which takes no more than an int, and 0 for no limit.
  template <class Duration>
  static long count(Duration time) {
    return static_cast<long>((std::clamp<typename Duration::rep>)(time.count(), 1, INT_MAX));
  }

  bool through_http_proxy() const {
    return !proxy_.host.empty() && proxy_.scheme == ProxyScheme::http;
  }

  std::unique_ptr<Handle> open() {
    auto opened = std::make_unique<Handle>();
    Handle& handle = *opened;
    handle.set(CURLOPT_ERRORBUFFER, handle.error);
    handle.set(CURLOPT_SHARE, share_.get());
    handle.set(CURLOPT_NOSIGNAL, 1L);
#if LIBCURL_VERSION_NUM >= 0x075700
    // a name server that does not answer: leave the look-up behind rather than wait for it
    handle.set(CURLOPT_QUICK_EXIT, 1L);
#endif
#if LIBCURL_VERSION_NUM >= 0x075500
    handle.set(CURLOPT_PROTOCOLS_STR, "http,https");
#else
    handle.set(CURLOPT_PROTOCOLS, static_cast<long>(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
    handle.set(CURLOPT_FOLLOWLOCATION, 0L);
    handle.set(CURLOPT_PATH_AS_IS, 1L);
    handle.set(CURLOPT_TCP_NODELAY, 1L);
    handle.set(CURLOPT_MAXCONNECTS, 1L);
    handle.set(CURLOPT_MAXAGE_CONN, count(std::chrono::ceil<std::chrono::seconds>(idle_for_)));
    if (curl_version_info(CURLVERSION_NOW)->features & CURL_VERSION_HTTP2)
      handle.set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    // libcurl would take `2x` for a chunk's size, and read an endless extension
    handle.set(CURLOPT_HTTP_TRANSFER_DECODING, 0L);
    handle.set(CURLOPT_HEADERFUNCTION, &detail::CurlAnswer::on_head);
    handle.set(CURLOPT_WRITEFUNCTION, &detail::CurlAnswer::on_body);
    handle.set(CURLOPT_DEBUGFUNCTION, &detail::CurlAnswer::on_log);
    set_proxy(handle);
    if (url_.https) set_tls(handle);
    return opened;
  }

  void set_proxy(Handle& handle) const {
    // empty, not unset, or the environment's would be used
    handle.set(CURLOPT_NOPROXY, "");
    handle.set(CURLOPT_PROXY, proxy_.host.empty() ? "" : detail::bracketed(proxy_.host).c_str());
    if (proxy_.host.empty()) return;
    handle.set(CURLOPT_PROXYPORT, static_cast<long>(proxy_.port));
    handle.set(
        CURLOPT_PROXYTYPE,
        static_cast<long>(through_http_proxy() ? CURLPROXY_HTTP : CURLPROXY_SOCKS5_HOSTNAME));
    handle.set(CURLOPT_HEADEROPT, static_cast<long>(CURLHEADER_SEPARATE));  // no bearer for proxies
    handle.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    if (proxy_.username.empty()) return;
    handle.set(CURLOPT_PROXYUSERNAME, proxy_.username.c_str());
    handle.set(CURLOPT_PROXYPASSWORD, proxy_.password.c_str());
  }

  void set_tls(Handle& handle) const {
    handle.set(CURLOPT_SSL_VERIFYPEER, 1L);
    handle.set(CURLOPT_SSL_VERIFYHOST, 2L);
    handle.set(CURLOPT_SSLVERSION, static_cast<long>(tls_.minimum_version == TlsVersion::v1_3
                                                         ? CURL_SSLVERSION_TLSv1_3
                                                         : CURL_SSLVERSION_TLSv1_2));
    const auto set_file = [&](CURLoption option, const std::string& file) {
      handle.set(option, file.empty() ? nullptr : file.c_str());
    };
    if (shares_openssl_) {
      // TlsTrust verifies with CAs that are read once; libcurl would read them for every handle
      set_file(CURLOPT_CAINFO, {});
      set_file(CURLOPT_CAPATH, {});
      handle.trust = &*trust_;
      handle.host = url_.host;
      handle.set(CURLOPT_SSL_CTX_DATA, &handle);
      handle.set(CURLOPT_SSL_CTX_FUNCTION, &Handle::on_tls_context);
      return;
    }
    const char* const system_file = std::getenv("SSL_CERT_FILE");
    if (!tls_.ca_file.empty() || !tls_.ca_directory.empty()) {
      set_file(CURLOPT_CAINFO, tls_.ca_file);
      set_file(CURLOPT_CAPATH, tls_.ca_directory);
    } else if (system_file) {
      set_file(CURLOPT_CAINFO, system_file);
      set_file(CURLOPT_CAPATH, {});
    }
    set_file(CURLOPT_SSLCERT, tls_.client_certificate);
    set_file(CURLOPT_SSLKEY, tls_.client_key);
  }

  /// Forbids libcurl to repeat a request on a new connection when one that was kept alive breaks. A
  /// DELETE may have been carried out, and then its repetition is answered otherwise; what that
  /// means is not for us to say.
  static int on_request(void* sent, char*, char*, int, int) {
    return std::exchange(*static_cast<bool*>(sent), true) ? CURL_PREREQFUNC_ABORT
                                                          : CURL_PREREQFUNC_OK;
  }

  /// `in_step` is set when request and answer were whole, with nothing left over.
  HttpResult exchange(Handle& handle, const HttpRequest& request, Deadline deadline,
                      bool& in_step) {
    using std::chrono::milliseconds;
    const auto now = Clock::now();
    if (now >= deadline) return destination_.no_response_in_time();
    // libcurl may be a fraction of a millisecond early, and then it would not be the deadline's
    // doing
    const auto left = std::chrono::ceil<milliseconds>(deadline - now) + milliseconds(1);

    detail::CurlHeaderLines headers(request);
    detail::CurlAnswer answer(handle.get(), max_response_bytes_);
    handle.error[0] = '\0';
    handle.set(CURLOPT_URL, (prefix_ + request.target).c_str());
    handle.set(CURLOPT_HTTPGET, 1L);  // undoes the last request's NOBODY and POSTFIELDS
    if (request.method == "HEAD") handle.set(CURLOPT_NOBODY, 1L);
    if (!request.body.empty() || request.method == "PUT") {
      handle.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
      handle.set(CURLOPT_POSTFIELDS, request.body.c_str());
    }
    handle.set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
    handle.set(CURLOPT_HTTPHEADER, headers.get());
    handle.set(CURLOPT_HEADERDATA, &answer);
    handle.set(CURLOPT_WRITEDATA, &answer);
    handle.set(CURLOPT_DEBUGDATA, &answer);
    handle.set(CURLOPT_VERBOSE, 0L);  // until the head is there
    bool sent = false;
    const bool is_delete = request.method == "DELETE";
#if LIBCURL_VERSION_NUM >= 0x075000
    handle.set(CURLOPT_PREREQDATA, &sent);
    handle.set(CURLOPT_PREREQFUNCTION, is_delete ? &Impl::on_request : nullptr);
#else
    handle.set(CURLOPT_FRESH_CONNECT, is_delete ? 1L : 0L);
#endif
    handle.set(CURLOPT_TIMEOUT_MS, count(left));
    handle.set(CURLOPT_CONNECTTIMEOUT_MS, count((std::min<milliseconds>)(connect_timeout_, left)));

    const CURLcode code = curl_easy_perform(handle.get());
    handle.set(CURLOPT_HTTPHEADER, nullptr);
    if (answer.exception) std::rethrow_exception(answer.exception);
    answer.response.status = static_cast<int>(handle.info<long>(CURLINFO_RESPONSE_CODE));
    const int status = answer.response.status;
    if (code == CURLE_OK && status == 407 && through_http_proxy())
      return destination_.refused_by_proxy(status);
    if (code == CURLE_OK && !answer.head_complete) return destination_.broken();
    if (code == CURLE_OK) {
      const bool has_body = request.method != "HEAD" && status != 204 && status != 304;
      if (const char* const problem = answer.framing_problem(has_body)) return odd_answer(problem);
      // a body that ends with the connection is whole only if TLS says so
      if (has_body && handle.ended_without_goodbye() && !answer.has_length())
        return destination_.broken();
      in_step = !answer.more_followed;
      return std::move(answer.response);
    }
    if (answer.body_too_large) return destination_.too_large(max_response_bytes_);
    if (answer.chunks_broken) return odd_answer("its chunks are broken");
    if (answer.head_too_large) return odd_answer("its head is too long");
    if (Clock::now() >= deadline) return destination_.no_response_in_time();
    return explain(handle, code);
  }

  HttpFailure odd_answer(const std::string& problem) const {
    return {ErrorKind::protocol,
            "the answer of " + destination_.origin() + " is not understood: " + problem};
  }

  HttpFailure explain(Handle& handle, CURLcode code) const {
    const std::string text = handle.error[0] ? handle.error : curl_easy_strerror(code);
    const long tunnel_status = handle.info<long>(CURLINFO_HTTP_CONNECTCODE);
    const bool no_tunnel = through_http_proxy() && url_.https && tunnel_status == 0 &&
                           handle.info<long>(CURLINFO_NUM_CONNECTS) > 0;
    if (code == CURLE_PROXY || (tunnel_status > 0 && tunnel_status / 100 != 2))
      return destination_.refused_by_proxy(tunnel_status);
    if (code == CURLE_SEND_ERROR) handle.close();
    const unsigned long told = openssl_error(text);
    const unsigned long error = told ? told : handle.alert_received();
    if (detail::is_tls_failure(error)) return tls_failure(detail::explain_handshake(error));
    switch (code) {
      case CURLE_OPERATION_TIMEDOUT:
        return {ErrorKind::timeout,
                "no connection to " + destination_.origin() +
                    (proxy_.host.empty() ? "" : " through " + destination_.proxy()) +
                    " within timeouts.connect, " + std::to_string(connect_timeout_.count()) +
                    " ms"};
      case CURLE_COULDNT_RESOLVE_HOST:
      case CURLE_COULDNT_RESOLVE_PROXY:
        return {ErrorKind::connection, "the host name " +
                                           (proxy_.host.empty() ? url_.host : proxy_.host) +
                                           " has no address; check it and the name server"};
      case CURLE_COULDNT_CONNECT:
        return {
            ErrorKind::connection,
            proxy_.host.empty()
                ? "cannot connect to " + destination_.origin() + "; check base_url and the network"
                : "cannot connect to " + destination_.proxy() + "; check proxy"};
      case CURLE_PEER_FAILED_VERIFICATION:
        return {ErrorKind::tls, explain_certificate(handle, text)};
      case CURLE_ABORTED_BY_CALLBACK:  // on_request
      case CURLE_GOT_NOTHING:
      case CURLE_HTTP2_STREAM:
      case CURLE_PARTIAL_FILE:
      case CURLE_RECV_ERROR:
      case CURLE_SEND_ERROR:
        if (no_tunnel) return destination_.refused_by_proxy(0);  // by hanging up
        if (text.find("chunked-encoding") != std::string::npos) return odd_answer(text);
        return destination_.broken();
      case CURLE_SSL_CONNECT_ERROR:
        // OpenSSL would have said why
        return shares_openssl_ ? destination_.broken() : tls_failure(text);
      case CURLE_SSL_CACERT_BADFILE:
      case CURLE_SSL_CERTPROBLEM:
      case CURLE_SSL_CIPHER:
      case CURLE_SSL_CLIENTCERT: return tls_failure(text);
      case CURLE_OUT_OF_MEMORY: return odd_answer("a line of its head is too long");
      default: return odd_answer(text);
    }
  }

  HttpFailure tls_failure(const std::string& problem) const {
    return {ErrorKind::tls, "TLS with " + url_.host + " failed: " + problem};
  }

  std::string explain_certificate(const Handle& handle, const std::string& text) const {
    if (!shares_openssl_) return "the server's certificate was refused: " + text;
    const long result = handle.info<long>(CURLINFO_SSL_VERIFYRESULT);
    // with a good chain, what is left is the name, which libcurl looks at once more
    return detail::explain_certificate(result == X509_V_OK ? X509_V_ERR_HOSTNAME_MISMATCH : result,
                                       url_.host);
  }

  /// The number in libcurl's message, `error:0A00010B:SSL routines::wrong version number`; 0
  /// without one.
  static unsigned long openssl_error(const std::string& text) {
    const auto at = text.find("error:");
    return at == std::string::npos ? 0 : std::strtoul(text.c_str() + at + 6, nullptr, 16);
  }

  const detail::BaseUrl url_;
  const detail::Destination destination_;
  const std::string prefix_;  ///< what a target is appended to
  const std::chrono::milliseconds connect_timeout_;
  const TlsOptions tls_;
  const ProxyOptions proxy_;
  const std::chrono::milliseconds idle_for_;
  const std::size_t max_response_bytes_;
  const bool shares_openssl_;
  const bool writes_may_signal_;
  std::optional<detail::TlsTrust> trust_;  // outlives the connections in the pool, as
  detail::CurlShare share_;                // does what they share
  detail::ConnectionPool<Handle> pool_;
};

PURECLOUD_TOKENS_INLINE CurlBackend::CurlBackend(const Configuration& configuration)
    : impl_(std::make_unique<Impl>(configuration)) {}

PURECLOUD_TOKENS_INLINE CurlBackend::~CurlBackend() = default;

PURECLOUD_TOKENS_INLINE HttpResult CurlBackend::send(const HttpRequest& request,
                                                     Deadline deadline) {
  return impl_->send(request, deadline);
}

}  // namespace v1
}  // namespace purecloud
