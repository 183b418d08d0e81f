// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>

#include <purecloud/access_token.hpp>
#include <purecloud/http.hpp>
#include <purecloud/region.hpp>
#include <purecloud/secret.hpp>

namespace purecloud {
inline namespace v1 {

/// How long things may take. All are greater than zero; more than a year is a year.
struct Timeouts {
  std::chrono::milliseconds connect{5'000};   ///< to open a connection, TLS handshake excluded
  std::chrono::milliseconds attempt{16'000};  ///< for one request, its response and `connect`
  std::chrono::milliseconds total{60'000};    ///< for a call, its retries and waits included
};

/// When and how often a failed attempt is repeated: after 429, 502, 503, 504, a failure of the
/// connection or a timeout. The wait is what `Retry-After` asks for, or else a random part of
/// `base_delay` doubled with each attempt.
struct RetryPolicy {
  int max_attempts = 4;                        ///< requests in all: 1 means no retry
  std::chrono::milliseconds base_delay{250};   ///< the longest first wait
  std::chrono::milliseconds max_delay{8'000};  ///< bounds the random wait, not `Retry-After`
};

/// Versions of TLS, the oldest that a client may accept.
enum class TlsVersion {
  v1_2,  ///< RFC 5246
  v1_3,  ///< RFC 8446
};

/// Certificates. The server's is always verified, chain and name.
struct TlsOptions {
  std::string ca_file;             ///< PEM; with ca_directory, replaces the system's CAs
  std::string ca_directory;        ///< PEM files under their OpenSSL hash names
  std::string client_certificate;  ///< PEM, for mutual TLS; its chain may follow it in the file
  std::string client_key;          ///< PEM, without a passphrase; belongs to client_certificate
  TlsVersion minimum_version = TlsVersion::v1_2;  ///< an older one ends the handshake
};

/// What a proxy speaks.
enum class ProxyScheme {
  http,    ///< HTTP/1.1, with CONNECT for https (RFC 9110, 9.3.6)
  socks5,  ///< RFC 1928; the proxy looks up the host's name. CurlBackend only
};

/// A proxy; none when `host` is empty. Over https, calls go through CONNECT.
struct ProxyOptions {
  std::string host;                        ///< a name or an address, without scheme and port
  int port = 0;                            ///< 1 to 65535
  std::string username;                    ///< for Basic authentication (RFC 7617); empty: none
  std::string password;                    ///< goes with `username`
  ProxyScheme scheme = ProxyScheme::http;  ///< what the proxy speaks
};

/// Connections kept open between calls.
struct PoolOptions {
  std::size_t max_idle = 8;  ///< kept at most; more are opened when calls need them
  std::chrono::milliseconds idle_for{60'000};  ///< a connection unused for longer is closed
  /// connections open at once, asynchronous backends only; at least 1
  std::size_t max_connections = 16;
};

/// An OAuth client that gets its own token (RFC 6749, 4.4). Both are set, or neither.
struct ClientCredentials {
  std::string client_id;  ///< not a secret
  Secret client_secret;   ///< goes to the login host and nowhere else
};

/// One attempt of a call, as the observer sees it: nothing here is secret.
struct AttemptEvent {
  std::string method;                    ///< `GET`, `HEAD`, `PUT` or `DELETE`
  std::string path;                      ///< without the query
  int attempt = 1;                       ///< 1 is the first
  int status = 0;                        ///< 0 without a response
  std::optional<ErrorKind> error;        ///< set without a response
  std::chrono::nanoseconds duration{0};  ///< that the backend took
  std::string correlation_id;  ///< the response's `ININ-Correlation-Id`; empty without one
  std::size_t bytes = 0;       ///< size of the response's body
};

/// Everything that a client needs to know; checked when one is built. A member out of range is
/// ErrorKind::invalid_argument and the message names it.
struct Configuration {
  /// Scheme, host, and optionally port and path: `/api/v2/…` goes after it.
  std::string base_url = "https://api.mypurecloud.com";
  /// May stay empty in a client that only hands out others (`with_access_token`): a call without
  /// a token is refused.
  AccessToken access_token;
  HttpHeaders default_headers;    ///< sent with every request
  std::string user_agent_suffix;  ///< `my-service/2.1`: appended to this library's own
  Timeouts timeouts;              ///< how long a call may take
  RetryPolicy retry;              ///< what is repeated, and when
  TlsOptions tls;                 ///< whom to trust, and who we are
  ProxyOptions proxy;             ///< none by default
  /// a larger body is ErrorKind::too_large, and is not read to its end
  std::size_t max_response_bytes = 1024 * 1024;
  PoolOptions pool;               ///< connections kept for the next call
  bool allow_plain_http = false;  ///< allows `http://` to hosts other than loopback
  /// Called after each attempt, on the thread of the call; what it throws is swallowed. Must be
  /// callable from many threads at once when the client is.
  std::function<void(const AttemptEvent&)> observer;
  /// Without an access token, a client gets one with these when it first needs it, and renews it.
  ClientCredentials client_credentials;
  /// Scheme, host, and optionally port and path: `/oauth/token` goes after it. Empty:
  /// `https://login.X` when `base_url` is `https://api.X`; it must be set for any other host.
  std::string login_url;

  /// The defaults, with `base_url` set to the region's API host.
  static Configuration for_region(Region region);

  /// From the environment variables that the Genesys Cloud CLI, SDKs and Terraform provider use:
  /// GENESYSCLOUD_ACCESS_TOKEN, or else GENESYSCLOUD_OAUTHCLIENT_{ID,SECRET};
  /// GENESYSCLOUD_REGION or GENESYS_CLOUD_REGION; GENESYSCLOUD_GATEWAY_{HOST,PORT,PROTOCOL}, where
  /// HOST may have a path and `login_url` is the same; GENESYSCLOUD_PROXY_{HOST,PORT,PROTOCOL,
  /// AUTH_USERNAME,AUTH_PASSWORD}, or else HTTPS_PROXY and NO_PROXY. SSL_CERT_FILE is read by
  /// OpenSSL itself. Space around a value does not count. Throws ApiException
  /// (ErrorKind::invalid_argument), which names the variable, also for one that is set and cannot
  /// be honoured.
  static Configuration from_environment();
};

namespace detail {

/// `login_url`, or else `https://login.X` where `base_url` is `https://api.X` without a port and a
/// path; empty when it is neither.
std::string login_url_of(const Configuration& configuration);

}  // namespace detail

}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/configuration.ipp>
#endif
