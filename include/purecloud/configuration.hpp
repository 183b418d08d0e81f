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

/// Time limits. Each must be greater than zero; one above a year counts as a year.
struct Timeouts {
  std::chrono::milliseconds connect{5'000};   ///< to open a connection, without the TLS handshake
  std::chrono::milliseconds attempt{16'000};  ///< for one request, from connecting to its response
  std::chrono::milliseconds total{60'000};    ///< for a call, retries and waits included
};

/// How often a failed attempt is repeated, and after which wait. An attempt is repeated after 429,
/// 502, 503, 504, a connection failure or a timeout. The wait is what `Retry-After` asks for, or
/// else a random part of `base_delay`, which doubles with each attempt.
struct RetryPolicy {
  int max_attempts = 4;                        ///< the first included: 1 means no retry
  std::chrono::milliseconds base_delay{250};   ///< upper bound of the first random wait
  std::chrono::milliseconds max_delay{8'000};  ///< upper bound of every random wait
};

/// A version of TLS.
enum class TlsVersion {
  v1_2,  ///< RFC 5246
  v1_3,  ///< RFC 8446
};

/// Certificates for TLS. The server's is always verified, its chain and its name.
struct TlsOptions {
  std::string ca_file;             ///< PEM; this or ca_directory replaces the system's CAs
  std::string ca_directory;        ///< PEM files under their OpenSSL hash names
  std::string client_certificate;  ///< PEM, for mutual TLS; the chain may follow in the file
  std::string client_key;          ///< PEM, without a passphrase; for client_certificate
  TlsVersion minimum_version = TlsVersion::v1_2;  ///< the oldest that is accepted
};

/// The protocol of a proxy.
enum class ProxyScheme {
  http,    ///< HTTP/1.1, with CONNECT for https (RFC 9110, 9.3.6)
  socks5,  ///< RFC 1928; the proxy looks up the host. Only over libcurl
};

/// A proxy; none when `host` is empty.
struct ProxyOptions {
  std::string host;                        ///< a name or an address, without scheme and port
  int port = 0;                            ///< 1 to 65535
  std::string username;                    ///< for Basic authentication (RFC 7617); may be empty
  std::string password;                    ///< for `username`
  ProxyScheme scheme = ProxyScheme::http;  ///< the proxy's protocol
};

/// How many connections a backend opens, and keeps open between calls.
struct PoolOptions {
  std::size_t max_idle = 8;                    ///< kept open between calls, at most
  std::chrono::milliseconds idle_for{60'000};  ///< a connection unused for longer is closed
  /// open at once, at most, in asynchronous backends (synchronous ones ignore it); at least 1
  std::size_t max_connections = 16;
};

/// The id and the secret of an OAuth client (RFC 6749, 2.3.1). A client that gets its own token
/// needs both.
struct ClientCredentials {
  std::string client_id;  ///< not a secret
  Secret client_secret;   ///< is sent to the login host only
};

/// One attempt of a call, for Configuration::observer. No member holds a secret.
struct AttemptEvent {
  std::string method;                    ///< `GET`, `HEAD`, `PUT` or `DELETE`
  std::string path;                      ///< without the query
  int attempt = 1;                       ///< 1 is the first
  int status = 0;                        ///< 0 without a response
  std::optional<ErrorKind> error;        ///< set only if there was no response
  std::chrono::nanoseconds duration{0};  ///< how long the backend took
  std::string correlation_id;  ///< the response's `ININ-Correlation-Id`; empty without one
  std::size_t bytes = 0;       ///< size of the response's body
};

/// The settings of a client. Its constructor checks them: for an invalid one it throws ApiException
/// with ErrorKind::invalid_argument, and the message names the member.
struct Configuration {
  /// Scheme, host, and optionally port and path; `/api/v2/…` is appended.
  std::string base_url = "https://api.mypurecloud.com";
  /// May be empty if the client is only used to make others (`with_access_token`): a call without a
  /// token is refused.
  AccessToken access_token;
  HttpHeaders default_headers;    ///< sent with every request
  std::string user_agent_suffix;  ///< appended to `User-Agent`, for example `my-service/2.1`
  Timeouts timeouts;              ///< time limits of a call
  RetryPolicy retry;              ///< how failed attempts are repeated
  TlsOptions tls;                 ///< trusted CAs, and the client's certificate
  ProxyOptions proxy;             ///< none by default
  /// a response with a larger body is ErrorKind::too_large, and is not read further
  std::size_t max_response_bytes = 1024 * 1024;
  PoolOptions pool;               ///< how many connections are kept open
  bool allow_plain_http = false;  ///< allows `http://` to hosts other than loopback
  /// Called after each attempt: on the caller's thread, or, for asynchronous calls, on a thread of
  /// the backend. Exceptions that it throws are ignored. It must be thread-safe if the client is
  /// used from several threads.
  std::function<void(const AttemptEvent&)> observer;
  /// If `access_token` is empty, the client gets a token with these at its first call, and renews
  /// it.
  ClientCredentials client_credentials;
  /// Scheme, host, and optionally port and path; `/oauth/token` is appended. If empty, it is
  /// `https://login.X` when `base_url` is `https://api.X`; for any other host it must be set.
  std::string login_url;

  /// Returns the defaults, with `base_url` set to the region's API host.
  static Configuration for_region(Region region);

  /// Reads the environment variables that the Genesys Cloud CLI, SDKs and Terraform provider use:
  /// GENESYSCLOUD_ACCESS_TOKEN, or else GENESYSCLOUD_OAUTHCLIENT_{ID,SECRET};
  /// GENESYSCLOUD_REGION or GENESYS_CLOUD_REGION; GENESYSCLOUD_GATEWAY_{HOST,PORT,PROTOCOL}, where
  /// HOST may have a path and `login_url` is the same; GENESYSCLOUD_PROXY_{HOST,PORT,PROTOCOL,
  /// AUTH_USERNAME,AUTH_PASSWORD}, or else HTTPS_PROXY and NO_PROXY. SSL_CERT_FILE is read by
  /// OpenSSL itself. Space around a value is ignored. Throws ApiException
  /// (ErrorKind::invalid_argument) for a value that is invalid or not supported; the message names
  /// the variable.
  static Configuration from_environment();
};

namespace detail {

/// Returns `login_url`; if that is empty, `https://login.X` when `base_url` is `https://api.X`
/// without a port and a path; else an empty string.
std::string login_url_of(const Configuration& configuration);

}  // namespace detail

}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/configuration.ipp>
#endif
