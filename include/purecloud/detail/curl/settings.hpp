// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/detail/curl/handle.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include <purecloud/configuration.hpp>
#include <purecloud/detail/environment_variable.hpp>
#include <purecloud/detail/longest_time.hpp>
#include <purecloud/detail/net/destination.hpp>
#include <purecloud/detail/net/tls_trust.hpp>
#include <purecloud/detail/text/url.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// The settings that all requests of one backend share, and the libcurl options for them.
class CurlSettings {
 public:
  /// Throws ApiException: see the constructors of the backends.
  explicit CurlSettings(const Configuration& configuration)
      : url(parse_base_url("base_url", configuration.base_url)),
        destination(url, configuration.proxy),
        prefix((url.https ? "https://" : "http://") + destination.origin()),
        connect_timeout(configuration.timeouts.connect),
        proxy(configuration.proxy),
        idle_for((std::min)(configuration.pool.idle_for, longest_time)),
        max_response_bytes(configuration.max_response_bytes),
        shares_openssl(curl_compat::shares_openssl()),
        writes_may_signal(url.https && curl_compat::tls_writes_may_signal()),
        hides_bytes_after_empty_body(curl_compat::hides_bytes_after_empty_body()),
        verified_name(without_final_dot(url.host)),
        tls_(configuration.tls) {
    if (url.https) trust.emplace(tls_);
  }

  bool through_http_proxy() const {
    return !proxy.host.empty() && proxy.scheme == ProxyScheme::http;
  }
  const std::string& looked_up_host() const { return proxy.host.empty() ? url.host : proxy.host; }
  int looked_up_port() const { return proxy.host.empty() ? url.port : proxy.port; }

  /// Sets the options that are the same for all requests. Throws what CurlEasy::set() throws.
  void apply(CurlEasy& easy) const {
    easy.set(CURLOPT_SHARE, share.get());
    easy.set(CURLOPT_NOSIGNAL, 1L);
    curl_compat::set_protocols([&](CURLoption option, auto value) { easy.set(option, value); });
    easy.set(CURLOPT_FOLLOWLOCATION, 0L);
    easy.set(CURLOPT_PATH_AS_IS, 1L);
    easy.set(CURLOPT_TCP_NODELAY, 1L);
    easy.set(CURLOPT_CONNECTTIMEOUT_MS, curl_count(connect_timeout));
    easy.set(CURLOPT_MAXAGE_CONN, curl_count(std::chrono::ceil<std::chrono::seconds>(idle_for)));
    if (curl_compat::has_http2())
      easy.set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    // room for a common response: libcurl's 16 KB are allocated and freed for each call
    easy.set(CURLOPT_BUFFERSIZE, 4096L);
    // libcurl's decoder would accept `2x` as the size of a chunk, and read an endless extension
    easy.set(CURLOPT_HTTP_TRANSFER_DECODING, 0L);
    set_proxy(easy);
    if (url.https) set_tls(easy);
  }

  const BaseUrl url;
  const Destination destination;
  const std::string prefix;  ///< the URL before the target
  const std::chrono::milliseconds connect_timeout;
  const ProxyOptions proxy;
  const std::chrono::milliseconds idle_for;
  const std::size_t max_response_bytes;
  const bool shares_openssl;
  const bool writes_may_signal;
  const bool hides_bytes_after_empty_body;
  const std::string verified_name;
  std::optional<TlsTrust> trust;
  CurlShare share;

 private:
  /// Removes the final dot of a host name, which TLS and certificates do not have (RFC 6066, 3).
  static std::string without_final_dot(std::string host) {
    if (!host.empty() && host.back() == '.') host.pop_back();
    return host;
  }

  void set_proxy(CurlEasy& easy) const {
    // set to an empty string, because otherwise libcurl uses the environment's proxy
    easy.set(CURLOPT_NOPROXY, "");
    easy.set(CURLOPT_PROXY, proxy.host.empty() ? "" : bracketed(proxy.host).c_str());
    if (proxy.host.empty()) return;
    easy.set(CURLOPT_PROXYPORT, static_cast<long>(proxy.port));
    easy.set(CURLOPT_PROXYTYPE,
             static_cast<long>(through_http_proxy() ? CURLPROXY_HTTP : CURLPROXY_SOCKS5_HOSTNAME));
    easy.set(CURLOPT_HEADEROPT, static_cast<long>(CURLHEADER_SEPARATE));  // no token to the proxy
    easy.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    if (proxy.username.empty()) return;
    easy.set(CURLOPT_PROXYUSERNAME, proxy.username.c_str());
    easy.set(CURLOPT_PROXYPASSWORD, proxy.password.c_str());
  }

  void set_tls(CurlEasy& easy) const {
    easy.set(CURLOPT_SSL_VERIFYPEER, 1L);
    easy.set(CURLOPT_SSL_VERIFYHOST, 2L);
    easy.set(CURLOPT_SSLVERSION,
             static_cast<long>(tls_.minimum_version == TlsVersion::v1_3 ? CURL_SSLVERSION_TLSv1_3
                                                                        : CURL_SSLVERSION_TLSv1_2));
    const auto set_file = [&](CURLoption option, const std::string& file) {
      // some TLS, Windows's own for example, knows no CURLOPT_CAPATH, and so has none to reset
      if (file.empty() && curl_easy_setopt(easy.get(), option, nullptr) == CURLE_NOT_BUILT_IN)
        return;
      easy.set(option, file.empty() ? nullptr : file.c_str());
    };
    if (shares_openssl) {
      // TlsTrust has read the CAs once; libcurl would read them for every handle
      set_file(CURLOPT_CAINFO, {});
      set_file(CURLOPT_CAPATH, {});
      return;
    }
    const char* const system_file = environment_variable("SSL_CERT_FILE");
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

  const TlsOptions tls_;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
