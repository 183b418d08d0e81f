// SPDX-License-Identifier: MIT

// purecloud/tokens.hpp of purecloud-tokens 1.0.0, in one file: a client for the Genesys Cloud Tokens
// API. Generated from include/ by single_include/amalgamate.py: change it there.
#undef PURECLOUD_TOKENS_SINGLE_HEADER
#define PURECLOUD_TOKENS_SINGLE_HEADER

// ---- purecloud/tokens.hpp ------------------------------------------------------------------------
// Without #pragma once: see detail/bodies.hpp.

// ---- purecloud/detail/separate.hpp ---------------------------------------------------------------
// Without #pragma once: a file may define PURECLOUD_TOKENS_IMPLEMENTATION between two includes.

// Whether a file compiles the bodies, and how they are declared. By default every file compiles
// them, inline. If PURECLOUD_TOKENS_SEPARATE is defined (in every file), only a file that also
// defines PURECLOUD_TOKENS_IMPLEMENTATION compiles them; for the bodies of <purecloud/testing.hpp>
// that macro is PURECLOUD_TOKENS_TESTING_IMPLEMENTATION.
#undef PURECLOUD_TOKENS_INLINE
#undef PURECLOUD_TOKENS_BODIES
#undef PURECLOUD_TOKENS_TESTING_BODIES
#if !defined(PURECLOUD_TOKENS_SEPARATE)
#define PURECLOUD_TOKENS_INLINE inline
#define PURECLOUD_TOKENS_BODIES 1
#define PURECLOUD_TOKENS_TESTING_BODIES 1
#else
#define PURECLOUD_TOKENS_INLINE
#if defined(PURECLOUD_TOKENS_IMPLEMENTATION)
#define PURECLOUD_TOKENS_BODIES 1
#else
#define PURECLOUD_TOKENS_BODIES 0
#endif
#if defined(PURECLOUD_TOKENS_TESTING_IMPLEMENTATION)
#define PURECLOUD_TOKENS_TESTING_BODIES 1
#else
#define PURECLOUD_TOKENS_TESTING_BODIES 0
#endif
#endif

// ---- purecloud/version.hpp -----------------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_VERSION_HPP)
#define PURECLOUD_TOKENS_VERSION_HPP

/// @file

/// @{
/// The version of this header, by the rules of <https://semver.org>. Everything lives in an inline
/// namespace that carries the major version (`purecloud::v1`), so that the linker keeps the types
/// of two major versions in one program apart.
#define PURECLOUD_TOKENS_VERSION_MAJOR 1
#define PURECLOUD_TOKENS_VERSION_MINOR 0
#define PURECLOUD_TOKENS_VERSION_PATCH 0
#define PURECLOUD_TOKENS_VERSION "1.0.0"
/// @}

#endif

// ---- purecloud/access_token.hpp ------------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_ACCESS_TOKEN_HPP)
#define PURECLOUD_TOKENS_ACCESS_TOKEN_HPP

#include <string_view>

// ---- purecloud/secret.hpp ------------------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_SECRET_HPP)
#define PURECLOUD_TOKENS_SECRET_HPP

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace purecloud {
inline namespace v1 {

namespace detail {

/// Overwrites memory. It calls memset through a volatile pointer, because a compiler may remove
/// writes to memory that is about to be freed.
inline void wipe(void* memory, std::size_t size) noexcept {
  using Fill = void* (*)(void*, int, std::size_t);
  static constexpr Fill fill_memory = &std::memset;
  const volatile Fill fill = fill_memory;
  if (size > 0) fill(memory, 0, size);
}

/// Appends to a text that may contain secrets. If it has to grow, its old memory is overwritten.
inline void append_and_wipe(std::string& text, std::string_view part) {
  if (part.size() > text.capacity() - text.size()) {
    std::string larger;
    larger.reserve((std::max)(2 * text.capacity(), text.size() + part.size()));
    larger.append(text);
    larger.swap(text);
    wipe(larger.data(), larger.size());
  }
  text.append(part);
}

/// Overwrites memory before it is freed. `Upstream` allocates; a test passes its own, to look at
/// what is freed.
template <class T, class Upstream = std::allocator<T>>
struct WipingAllocator {
  using value_type = T;
  template <class U>
  struct rebind {
    using other =
        WipingAllocator<U, typename std::allocator_traits<Upstream>::template rebind_alloc<U>>;
  };

  WipingAllocator() = default;
  template <class U, class V>
  WipingAllocator(const WipingAllocator<U, V>&) noexcept {}

  T* allocate(std::size_t count) { return Upstream{}.allocate(count); }

  void deallocate(T* memory, std::size_t count) noexcept {
    wipe(memory, count * sizeof(T));
    Upstream{}.deallocate(memory, count);
  }

  friend bool operator==(const WipingAllocator&, const WipingAllocator&) { return true; }
  friend bool operator!=(const WipingAllocator&, const WipingAllocator&) { return false; }
};

}  // namespace detail

/// Text that must not be seen. It never prints, and the memory that held it is wiped on
/// destruction, assignment and move. Copies that an HTTP library makes while it sends a request are
/// not wiped. `Kind` makes each kind of secret a type; `Kind::mark` is printed instead of the text.
template <class Kind, class Allocator = std::allocator<char>>
class BasicSecret {
 public:
  /// An empty text: no secret.
  BasicSecret() = default;
  /// Copies the text; the caller's copy is not wiped. Implicit, so that a string can be assigned.
  /// Accepts any text: an invalid one is refused by the call that uses it.
  BasicSecret(std::string_view text) : characters_(text.begin(), text.end()) {}
  /// Copies the text.
  BasicSecret(const std::string& text) : BasicSecret(std::string_view(text)) {}
  /// Copies the text; `text` must not be null.
  BasicSecret(const char* text) : BasicSecret(std::string_view(text)) {}

  /// Copies the text into new memory, which is wiped as well.
  BasicSecret(const BasicSecret&) = default;
  /// Leaves the other empty.
  BasicSecret(BasicSecret&&) noexcept = default;
  /// Wipes the text that it held before.
  BasicSecret& operator=(const BasicSecret& other) { return *this = BasicSecret(other); }
  /// Wipes the text that it held before, and leaves the other empty.
  // Not by value: for `secret = {}` in a template, clang++ 14 does not destroy such a parameter.
  // Not into the old buffer: that would leave the tail of a longer secret.
  BasicSecret& operator=(BasicSecret&& other) noexcept {
    BasicSecret taken(std::move(other));
    characters_.swap(taken.characters_);
    return *this;
  }

  /// Returns whether the text is empty.
  bool empty() const noexcept { return characters_.empty(); }

  /// Returns the text itself, to be sent in a request and used nowhere else. Valid until this
  /// object is changed or destroyed.
  std::string_view reveal() const noexcept { return {characters_.data(), characters_.size()}; }

  /// Compares the texts. Not in constant time: it stops where they differ.
  friend bool operator==(const BasicSecret& a, const BasicSecret& b) {
    return a.characters_ == b.characters_;
  }
  /// Returns the opposite of `==`.
  friend bool operator!=(const BasicSecret& a, const BasicSecret& b) { return !(a == b); }

  /// Writes `Kind::mark`, whatever the text.
  friend std::ostream& operator<<(std::ostream& out, const BasicSecret&) {
    return out << Kind::mark;
  }

 private:
  // A vector, not a string: a short string would live inside the object, where a move leaves it.
  std::vector<char, detail::WipingAllocator<char, Allocator>> characters_;
};

namespace detail {

struct SecretKind {
  static constexpr std::string_view mark = "<secret>";
};

}  // namespace detail

/// A client secret, an authorization code, a code verifier, an assertion or a refresh token. Prints
/// `<secret>`.
using Secret = BasicSecret<detail::SecretKind>;

}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

struct AccessTokenKind {
  static constexpr std::string_view mark = "<access token>";
};

}  // namespace detail

/// An OAuth 2.0 access token (RFC 6750). Prints `<access token>`. A call with an empty one is
/// refused (ErrorKind::invalid_argument).
using AccessToken = BasicSecret<detail::AccessTokenKind>;

}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/backend/httplib.hpp ---------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_BACKEND_HTTPLIB_HPP)
#define PURECLOUD_TOKENS_BACKEND_HTTPLIB_HPP

// ---- purecloud/configuration.hpp -----------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_CONFIGURATION_HPP)
#define PURECLOUD_TOKENS_CONFIGURATION_HPP

#include <chrono>
#include <functional>
#include <optional>

// ---- purecloud/http.hpp --------------------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_HTTP_HPP)
#define PURECLOUD_TOKENS_HTTP_HPP

#include <map>
#include <variant>

namespace purecloud {
inline namespace v1 {

/// A time on the steady clock by which something must have ended.
using Deadline = std::chrono::steady_clock::time_point;

/// The current time on two clocks.
struct Moment {
  std::chrono::steady_clock::time_point steady;  ///< for deadlines and durations
  std::chrono::system_clock::time_point utc;     ///< for the date in `Retry-After`
};

/// The kinds of errors, which a caller can tell apart without reading the message.
enum class ErrorKind {
  invalid_argument,  ///< nothing was sent: the message names the invalid argument
  connection,        ///< no connection, or it broke before the response was complete
  timeout,           ///< the deadline, or the time for one attempt, ran out
  tls,               ///< the TLS handshake failed or the server's certificate was not accepted
  protocol,          ///< the response is not valid HTTP
  too_large,         ///< the response exceeds Configuration::max_response_bytes
  http_status,       ///< a status other than 2xx: see Error::status and Error::body
  decode,            ///< the status is 2xx, but the body is not what the operation returns
  cancelled,         ///< stopped by CallOptions::stop, Future::cancel() or the end of the backend
};

/// Returns the enumerator's name, for example `too_large`.
inline std::string_view to_string(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::invalid_argument: return "invalid_argument";
    case ErrorKind::connection: return "connection";
    case ErrorKind::timeout: return "timeout";
    case ErrorKind::tls: return "tls";
    case ErrorKind::protocol: return "protocol";
    case ErrorKind::too_large: return "too_large";
    case ErrorKind::http_status: return "http_status";
    case ErrorKind::decode: return "decode";
    case ErrorKind::cancelled: return "cancelled";
  }
  return "unknown";
}

/// Writes to_string(kind).
inline std::ostream& operator<<(std::ostream& out, ErrorKind kind) {
  return out << to_string(kind);
}

/// Orders header names without regard to case (RFC 9110, 5.1).
struct HeaderNameLess {
  using is_transparent = void;  ///< allows a lookup by std::string_view, without a copy
  /// Returns whether `a` comes before `b`. ASCII letters compare as lower case.
  bool operator()(std::string_view a, std::string_view b) const {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                        [](char x, char y) { return lower(x) < lower(y); });
  }

 private:
  static char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
};

/// Header fields by name. The values of fields with one name are joined by `, ` (RFC 9110, 5.3).
using HttpHeaders = std::map<std::string, std::string, HeaderNameLess>;

/// A request, as it is sent.
struct HttpRequest {
  std::string method;   ///< `GET`, `HEAD`, `PUT`, `DELETE` or `POST`
  std::string target;   ///< path and query, percent-encoded, beginning with `/` (RFC 9112, 3.2.1)
  HttpHeaders headers;  ///< contain the access token: a backend must not log them
  std::string body;     ///< empty, JSON in UTF-8, or a form, which may hold secrets
  /// Whether a backend may send the request again, when it was sent over a kept-alive connection
  /// that the server closed before any byte of a response came.
  bool may_be_resent = true;
};

/// A response, as it was received.
struct HttpResponse {
  int status = 0;       ///< 100 to 599
  HttpHeaders headers;  ///< by name; the case of a name does not matter
  std::string body;     ///< of any media type; empty for HEAD
};

/// Why there is no response.
struct HttpFailure {
  /// connection, timeout, tls, protocol, too_large or cancelled
  ErrorKind kind = ErrorKind::connection;
  std::string message;   ///< one line for a person; contains no header value and no body
  int proxy_status = 0;  ///< the status of a proxy that refused the connection; else 0
};

/// The outcome of one exchange: a response of any status, or the reason why there is none.
using HttpResult = std::variant<HttpResponse, HttpFailure>;

}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/region.hpp ------------------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_REGION_HPP)
#define PURECLOUD_TOKENS_REGION_HPP

namespace purecloud {
inline namespace v1 {

/// A Genesys Cloud region, named after the AWS region that it runs in.
enum class Region {
  us_east_1,       ///< `mypurecloud.com`
  eu_west_1,       ///< `mypurecloud.ie`
  ap_southeast_2,  ///< `mypurecloud.com.au`
  ap_northeast_1,  ///< `mypurecloud.jp`
  eu_central_1,    ///< `mypurecloud.de`
  us_west_2,       ///< `usw2.pure.cloud`
  ca_central_1,    ///< `cac1.pure.cloud`
  ap_northeast_2,  ///< `apne2.pure.cloud`
  eu_west_2,       ///< `euw2.pure.cloud`
  ap_south_1,      ///< `aps1.pure.cloud`
  us_east_2,       ///< `use2.us-gov-pure.cloud`
  sa_east_1,       ///< `sae1.pure.cloud`
  me_central_1,    ///< `mec1.pure.cloud`
  ap_northeast_3,  ///< `apne3.pure.cloud`
  eu_central_2,    ///< `euc2.pure.cloud`
  mx_central_1,    ///< `mxc1.pure.cloud`
  ap_southeast_1,  ///< `apse1.pure.cloud`
  eusc_de_east_1,  ///< `edee1.eusc-pure.cloud`
};

/// Returns the region's domain, for example `mypurecloud.ie`: the API is at
/// `https://api.mypurecloud.ie`, the login host is `https://login.mypurecloud.ie`.
std::string_view domain_of(Region region);

/// Reads a region's name or address: `eu_west_1`, `eu-west-1`, `mypurecloud.ie`,
/// `api.mypurecloud.ie` or `https://login.mypurecloud.ie/`, in upper or lower case, with space
/// around it, with or without the last slash, also with `http://`. Returns nothing for any other
/// text.
std::optional<Region> parse_region(std::string_view text);

namespace detail {
/// Returns the names of all regions, for error messages: `us_east_1, eu_west_1, …`.
std::string region_names();
}  // namespace detail

}  // namespace v1
}  // namespace purecloud

#endif

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

#endif

// ---- purecloud/stop_token.hpp --------------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_STOP_TOKEN_HPP)
#define PURECLOUD_TOKENS_STOP_TOKEN_HPP

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <type_traits>

#if defined(__has_include) && __cplusplus >= 202002L
#if __has_include(<stop_token>)
#include <stop_token>
#endif
#endif

namespace purecloud {
inline namespace v1 {

namespace detail {

/// The state that the sources, tokens and callbacks of one stop share.
class StopState {
 public:
  /// A registered callback, in a linked list. `run` may destroy the registration.
  struct Registration {
    void (*run)(Registration&) noexcept = nullptr;
    Registration* next = nullptr;
    Registration* previous = nullptr;
    bool listed = false;
  };

  bool requested() const noexcept { return requested_.load(std::memory_order_acquire); }

  /// Requests the stop, and runs the callbacks on this thread. Returns false when the stop was
  /// requested before.
  bool request() noexcept {
    std::unique_lock<std::mutex> lock(mutex_);
    if (requested_.exchange(true)) return false;
    runner_ = std::this_thread::get_id();
    while (first_) {
      Registration& registration = *first_;
      unlink(registration);
      running_ = &registration;
      lock.unlock();
      registration.run(registration);
      lock.lock();
      running_ = nullptr;
      ended_.notify_all();
    }
    return true;
  }

  /// Registers a callback. Returns false when the stop was requested already: then the caller runs
  /// the callback.
  bool add(Registration& registration) noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (requested_) return false;
    registration.next = first_;
    if (first_) first_->previous = &registration;
    first_ = &registration;
    registration.listed = true;
    return true;
  }

  /// Removes a callback. If it is running on another thread, waits for its end.
  void remove(Registration& registration) noexcept {
    std::unique_lock<std::mutex> lock(mutex_);
    if (registration.listed) return unlink(registration);
    if (runner_ != std::this_thread::get_id())
      ended_.wait(lock, [&] { return running_ != &registration; });
  }

  std::atomic<int> sources{0};  ///< how many sources can still request the stop

 private:
  void unlink(Registration& registration) noexcept {
    (registration.previous ? registration.previous->next : first_) = registration.next;
    if (registration.next) registration.next->previous = registration.previous;
    registration.listed = false;
  }

  std::atomic<bool> requested_{false};
  std::mutex mutex_;
  std::condition_variable ended_;
  Registration* first_ = nullptr;
  Registration* running_ = nullptr;
  std::thread::id runner_;
};

/// Lets a StopToken be made from another library's stop token: `Callback<F>` is that library's
/// stop_callback. Specialised for std::stop_token if the standard library has it.
template <class Token>
struct StopTokenTraits;

#if defined(__cpp_lib_jthread)
template <>
struct StopTokenTraits<std::stop_token> {
  template <class F>
  using Callback = std::stop_callback<F>;
};
#endif

}  // namespace detail

template <class F>
class StopCallback;

/// Tells whether a StopSource was asked to stop. Like C++20's std::stop_token, which converts to
/// it. Cheap to copy; copies may be used on several threads.
class StopToken {
 public:
  /// A token whose stop is never requested.
  StopToken() noexcept = default;

  /// Converts a std::stop_token (C++20): its stop is also this token's. Throws std::bad_alloc.
  template <class Token, class = decltype(sizeof(detail::StopTokenTraits<Token>))>
  StopToken(const Token& other) {
    if (!other.stop_possible()) return;
    struct Forward {
      std::weak_ptr<detail::StopState> state;
      void operator()() const noexcept {
        if (const auto target = state.lock()) target->request();
      }
    };
    using Callback = typename detail::StopTokenTraits<Token>::template Callback<Forward>;
    struct Linked : detail::StopState {
      std::optional<Callback> callback;
    };
    const auto linked = std::make_shared<Linked>();
    linked->sources = 1;
    linked->callback.emplace(other, Forward{linked});
    state_ = linked;
  }

  /// Used by StopSource, and by calls.
  explicit StopToken(std::shared_ptr<detail::StopState> state) noexcept
      : state_(std::move(state)) {}

  /// Returns whether the stop was requested.
  bool stop_requested() const noexcept { return state_ && state_->requested(); }
  /// Returns whether the stop was requested, or a source can still request it.
  bool stop_possible() const noexcept {
    return state_ && (state_->requested() || state_->sources > 0);
  }

 private:
  template <class F>
  friend class StopCallback;

  std::shared_ptr<detail::StopState> state_;
};

/// Requests a stop. Like C++20's std::stop_source. Copies share one stop.
class StopSource {
 public:
  /// A source of a new stop. Throws std::bad_alloc.
  StopSource() : state_(std::make_shared<detail::StopState>()) { state_->sources = 1; }
  /// Shares the stop of `other`.
  StopSource(const StopSource& other) noexcept : state_(other.state_) {
    if (state_) ++state_->sources;
  }
  /// Takes over the stop of `other`, which then has none.
  StopSource(StopSource&& other) noexcept = default;
  /// Shares the stop of `other`, and gives up its own.
  StopSource& operator=(StopSource other) noexcept {
    state_.swap(other.state_);
    return *this;
  }
  ~StopSource() {
    if (state_) --state_->sources;
  }

  /// Returns a token of this stop.
  StopToken get_token() const noexcept { return StopToken(state_); }
  /// Returns whether the stop was requested.
  bool stop_requested() const noexcept { return state_ && state_->requested(); }
  /// Returns false after a move, else true.
  bool stop_possible() const noexcept { return state_ != nullptr; }
  /// Requests the stop, and runs the callbacks on this thread. Returns false when the stop was
  /// requested before. Must not be called in a signal handler: it locks a mutex.
  bool request_stop() noexcept {
    // a copy, because a callback may destroy this object
    const std::shared_ptr<detail::StopState> kept = state_;
    return kept && kept->request();
  }

 private:
  std::shared_ptr<detail::StopState> state_;
};

/// Calls a function when a stop is requested, on the requesting thread; in the constructor, if the
/// stop was requested before. Like C++20's std::stop_callback. If the function is running on
/// another thread, the destructor waits for its end. The function must not throw.
template <class F>
class StopCallback : detail::StopState::Registration {
 public:
  /// Registers `function`.
  template <class Function, std::enable_if_t<std::is_constructible_v<F, Function>, int> = 0>
  explicit StopCallback(StopToken token, Function&& function)
      : function_(std::forward<Function>(function)), state_(std::move(token.state_)) {
    run = [](Registration& self) noexcept { static_cast<StopCallback&>(self).function_(); };
    if (state_ && !state_->add(*this)) {
      state_.reset();
      function_();
    }
  }
  ~StopCallback() {
    if (state_) state_->remove(*this);
  }
  StopCallback(const StopCallback&) = delete;
  StopCallback& operator=(const StopCallback&) = delete;

 private:
  F function_;
  std::shared_ptr<detail::StopState> state_;
};

template <class Function>
StopCallback(StopToken, Function) -> StopCallback<Function>;

}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {

/// The default backend: cpp-httplib and OpenSSL, with a pool of kept-alive connections to the host
/// of one `base_url`. Thread-safe: each thread sends over its own connection. `timeouts.connect` is
/// the time for the TCP connection to the host, over all its addresses: they are tried at
/// intervals, and the first connection that succeeds is used (RFC 8305).
///
/// The first connection that is kept alive starts one thread, which closes idle connections; the
/// look-up of a name runs on another thread. No signal handler runs on these threads. A child
/// process after `fork()` does not have them, and shares the parent's connections: build another
/// backend there. The inherited one may only be destroyed, which does not disturb the parent.
class HttplibBackend {
 public:
  /// Throws ApiException (ErrorKind::tls) for a certificate, key or CA that cannot be used; the
  /// message names the file.
  explicit HttplibBackend(const Configuration& configuration);
  ~HttplibBackend();
  HttplibBackend(const HttplibBackend&) = delete;
  HttplibBackend& operator=(const HttplibBackend&) = delete;

  /// Sends a request, and returns the response. Ends by `deadline`, or within 50 ms after a stop is
  /// requested. If the server closed a kept-alive connection while it was idle, the request is sent
  /// over a new one, if HttpRequest::may_be_resent. pthread_cancel() of the calling thread takes
  /// effect after the return. Throws std::bad_alloc.
  HttpResult send(const HttpRequest& request, Deadline deadline, const StopToken& stop = {});

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/json.hpp --------------------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_JSON_HPP)
#define PURECLOUD_TOKENS_JSON_HPP

// ---- purecloud/detail/json/document.hpp ----------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_JSON_DOCUMENT_HPP)
#define PURECLOUD_TOKENS_DETAIL_JSON_DOCUMENT_HPP

// ---- purecloud/detail/json/limits.hpp ------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_JSON_LIMITS_HPP)
#define PURECLOUD_TOKENS_DETAIL_JSON_LIMITS_HPP

#include <cstdint>

namespace purecloud {
inline namespace v1 {
namespace detail {

constexpr std::size_t json_depth_limit = 100;
constexpr const char* json_too_deep = "nested deeper than 100 levels";

/// Returns how much memory the elements of arrays may take. Without a bound, `[{},{},…]` would take
/// 500 bytes for each byte of text. Everything else takes at most 16: the shortest unknown member
/// has 8 bytes of text, and takes 112 of memory.
constexpr std::uint64_t json_elements_limit(std::size_t text_size) {
  return 256 * 1024 + std::uint64_t{16} * text_size;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/error.hpp -------------------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_ERROR_HPP)
#define PURECLOUD_TOKENS_ERROR_HPP

#include <stdexcept>

// ---- purecloud/model/error_body.hpp --------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_MODEL_ERROR_BODY_HPP)
#define PURECLOUD_TOKENS_MODEL_ERROR_BODY_HPP

// ---- purecloud/model/model.hpp -------------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_MODEL_MODEL_HPP)
#define PURECLOUD_TOKENS_MODEL_MODEL_HPP

namespace purecloud {
inline namespace v1 {

/// The members of a JSON object that this version does not know: JSON text as received, by name.
/// to_json writes them, so that a model that is got, changed and put loses nothing.
using AdditionalProperties = std::map<std::string, std::string>;

namespace detail {

// A model is an aggregate of optional members that lists them once:
//     template <class Visit> static void each_member(Visit&& visit) { visit("id", &Entity::id); }
// Decoding, encoding, comparison and the JSON pointer of an error all come from that list.
struct AnyMember {
  template <class Member>
  void operator()(const char*, Member) const {}
};

template <class T, class = void>
struct IsModel : std::false_type {};
template <class T>
struct IsModel<T, decltype(T::each_member(AnyMember{}))> : std::true_type {};

}  // namespace detail

/// Compares all members, `additional_properties` included.
template <class T, std::enable_if_t<detail::IsModel<T>::value, int> = 0>
bool operator==(const T& a, const T& b) {
  bool equal = a.additional_properties == b.additional_properties;
  T::each_member([&](const char*, auto member) { equal = equal && a.*member == b.*member; });
  return equal;
}

/// Returns the opposite of `==`.
template <class T, std::enable_if_t<detail::IsModel<T>::value, int> = 0>
bool operator!=(const T& a, const T& b) {
  return !(a == b);
}

}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {

/// One cause of an error.
struct Detail {
  std::optional<std::string> error_code;       ///< for a program
  std::optional<std::string> field_name;       ///< the member of the request that is wrong
  std::optional<std::string> entity_id;        ///< the id of the object concerned
  std::optional<std::string> entity_name;      ///< that object's name
  AdditionalProperties additional_properties;  ///< members unknown to this version

  /// Calls `visit` with each member's JSON name and a pointer to it.
  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("errorCode", &Detail::error_code);
    visit("fieldName", &Detail::field_name);
    visit("entityId", &Detail::entity_id);
    visit("entityName", &Detail::entity_name);
  }
};

/// A limit that a request exceeded.
struct Limit {
  std::optional<std::string> key;              ///< the limit's name
  std::optional<std::string> namespace_;       ///< the service that sets it; `namespace` in JSON
  std::optional<int> value;                    ///< how much it allows
  AdditionalProperties additional_properties;  ///< members unknown to this version

  /// Calls `visit` with each member's JSON name and a pointer to it.
  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("key", &Limit::key);
    visit("namespace", &Limit::namespace_);
    visit("value", &Limit::value);
  }
};

/// The API's description of an error: the body of a response with a status other than 2xx. In
/// Error::body, a value whose type differs from its member's is put into `additional_properties`,
/// and the member is absent.
struct ErrorBody {
  std::optional<std::string> message;      ///< for a person
  std::optional<std::string> code;         ///< for a program, for example `credentials.expired`
  std::optional<int> status;               ///< the HTTP status
  std::optional<std::string> entity_id;    ///< the id of the object concerned
  std::optional<std::string> entity_name;  ///< that object's name
  /// the message, with `{name}` in place of each parameter
  std::optional<std::string> message_with_params;
  std::optional<std::map<std::string, std::string>> message_params;  ///< the values, by name
  std::optional<std::string> context_id;         ///< the correlation id, for Genesys support
  std::optional<std::vector<Detail>> details;    ///< the causes of the error
  std::optional<std::vector<ErrorBody>> errors;  ///< the errors that this one combines
  std::optional<Limit> limit;                    ///< the limit that was exceeded
  AdditionalProperties additional_properties;    ///< members unknown to this version

  /// Calls `visit` with each member's JSON name and a pointer to it.
  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("message", &ErrorBody::message);
    visit("code", &ErrorBody::code);
    visit("status", &ErrorBody::status);
    visit("entityId", &ErrorBody::entity_id);
    visit("entityName", &ErrorBody::entity_name);
    visit("messageWithParams", &ErrorBody::message_with_params);
    visit("messageParams", &ErrorBody::message_params);
    visit("contextId", &ErrorBody::context_id);
    visit("details", &ErrorBody::details);
    visit("errors", &ErrorBody::errors);
    visit("limit", &ErrorBody::limit);
  }
};

}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {

/// Why a call did not succeed. No member holds the access token: where the response repeats it,
/// `<access token>` stands instead.
struct Error {
  ErrorKind kind = ErrorKind::invalid_argument;  ///< the kind of the error, for a program
  /// One line for a person: the call, what went wrong, and the correlation id if there is one.
  std::string message;
  int status = 0;                 ///< the HTTP status of the last response; 0 without a response
  std::optional<ErrorBody> body;  ///< the API's error body, if the response had one
  std::string correlation_id;     ///< `ININ-Correlation-Id`, which Genesys support asks for
  /// How long to wait before the next call: what `Retry-After` asked for, or the wait for which the
  /// call's deadline left no time.
  std::optional<std::chrono::seconds> retry_after;
  int attempts = 0;  ///< how many requests were sent
  /// whether the call failed because the login host gave it no token
  bool login_failed = false;
};

/// Writes Error::message.
inline std::ostream& operator<<(std::ostream& out, const Error& error) {
  return out << error.message;
}

/// An Error as an exception. `what()` returns Error::message.
class ApiException : public std::runtime_error {
 public:
  /// Makes an exception of an error.
  explicit ApiException(Error error)
      : std::runtime_error(error.message), error_(std::move(error)) {}

  /// Returns the error. Valid as long as the exception is.
  const Error&(error)() const noexcept { return error_; }

 private:
  Error error_;
};

namespace detail {

/// Throws an ApiException with this error.
[[noreturn]] void raise(const Error& error);

/// Calls `work`, and returns the error of the ApiException that it threw, if it did. `raise` and
/// this function are bodies, so that a file compiled without exceptions can include this library in
/// separate mode.
std::optional<Error> error_of(void (*work)(void*), void* context);

/// Like error_of() above, for any callable.
template <class Work>
std::optional<Error> error_of(Work&& work) {
  return error_of([](void* context) { (*static_cast<std::remove_reference_t<Work>*>(context))(); },
                  &work);
}

}  // namespace detail

}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

inline Error json_error(ErrorKind kind, std::string message) {
  Error error;
  error.kind = kind;
  error.message = std::move(message);
  return error;
}

/// Writes a document of nlohmann/json as text, with at most json_depth_limit levels. Not by its
/// dump(), whose recursion has no bound: the document may come from a peer.
template <class Json>
void write_document(const Json& value, std::string& text, std::size_t depth = 0) {
  if (!value.is_structured()) {
    text += value.dump();
    return;
  }
  if (depth == json_depth_limit) raise(json_error(ErrorKind::decode, json_too_deep));
  const char* before = value.is_array() ? "[" : "{";
  if (value.empty()) text += before;
  for (const auto& item : value.items()) {
    text += before;
    before = ",";
    if (value.is_object()) (text += Json(item.key()).dump()) += ':';
    write_document(item.value(), text, depth + 1);
  }
  text += value.is_array() ? ']' : '}';
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/result.hpp ------------------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_RESULT_HPP)
#define PURECLOUD_TOKENS_RESULT_HPP

namespace purecloud {
inline namespace v1 {

namespace detail {

/// The last response to a call, and how many requests were sent.
struct CallRecord {
  std::optional<HttpResponse> response;
  int attempts = 0;
};

/// The common part of Result<T> and Result<void>.
class ResultBase {
 public:
  /// Returns the error. Throws std::bad_optional_access when there is none.
  const Error&(error)() const { return error_.value(); }

  /// Returns the last response, of any status, if there was one. Its body may hold secrets.
  const std::optional<HttpResponse>& response() const noexcept { return record_.response; }

  /// Returns the number of requests that were sent; 0 when the call was refused before that.
  int attempts() const noexcept { return record_.attempts; }

  /// Returns the last response's `ININ-Correlation-Id`, which Genesys support asks for; empty if
  /// there is none.
  const std::string& correlation_id() const noexcept {
    static const std::string none;
    if (!record_.response) return none;
    const auto found = record_.response->headers.find("ININ-Correlation-Id");
    return found == record_.response->headers.end() ? none : found->second;
  }

 protected:
  ResultBase() = default;
  /// For a call that was sent or refused.
  explicit ResultBase(CallRecord record) : record_(std::move(record)) {}
  /// For one that failed.
  ResultBase(Error error, CallRecord record)
      : error_(std::move(error)), record_(std::move(record)) {}

  bool has_error() const noexcept { return error_.has_value(); }

 private:
  friend void forget_body(ResultBase& result);

  std::optional<Error> error_;
  CallRecord record_;
};

/// Wipes the body of the response.
inline void forget_body(ResultBase& result) {
  if (!result.record_.response) return;
  std::string& body = result.record_.response->body;
  wipe(body.data(), body.size());
  body.clear();
}

}  // namespace detail

/// The value that a call returned, or its Error. Converts to bool as has_value(). Result<bool> does
/// not convert, because `if (tokens.try_head_tokens_me())` would test the wrong thing.
template <class T>
class [[nodiscard]] Result : public detail::ResultBase {
 public:
  /// A success.
  Result(T value, detail::CallRecord record = {})
      : ResultBase(std::move(record)), value_(std::move(value)) {}
  /// A failure.
  Result(Error error, detail::CallRecord record = {})
      : ResultBase(std::move(error), std::move(record)) {}

  /// Returns whether there is a value.
  bool has_value() const noexcept { return value_.has_value(); }

  /// @{
  /// Returns has_value(). Does not compile for a Result<bool>.
  template <class U = T, std::enable_if_t<!std::is_same_v<U, bool>, int> = 0>
  explicit operator bool() const noexcept {
    return has_value();
  }
  // clang-format off
  template <class U = T, std::enable_if_t<std::is_same_v<U, bool>, int> = 0>
  explicit operator bool() const = delete;  // of a Result<bool>: write has_value() or *result
  // clang-format on
  /// @}

  /// @{
  /// Returns the value. Throws ApiException with the error when there is none.
  T& value() & { return require_value(), *value_; }
  const T& value() const& { return require_value(), *value_; }
  T&& value() && { return require_value(), *std::move(value_); }
  /// @}

  /// @{
  /// Like value().
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  /// @}

 private:
  void require_value() const {
    if (!value_) detail::raise((error)());
  }

  std::optional<T> value_;
};

/// The outcome of a call that returns no value: success, or its Error.
template <>
class [[nodiscard]] Result<void> : public detail::ResultBase {
 public:
  /// A success.
  explicit Result(detail::CallRecord record = {}) : ResultBase(std::move(record)) {}
  /// A failure.
  Result(Error error, detail::CallRecord record = {})
      : ResultBase(std::move(error), std::move(record)) {}

  /// Returns whether the call succeeded.
  bool has_value() const noexcept { return !has_error(); }
  /// Returns has_value().
  explicit operator bool() const noexcept { return has_value(); }

  /// Throws ApiException with the error when the call failed.
  void value() const {
    if (has_error()) detail::raise((error)());
  }
  /// Like value().
  void operator*() const { value(); }
};

}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {

/// Returns a model as JSON text. Absent members are left out. Throws ApiException
/// (ErrorKind::invalid_argument) for what JSON cannot express: text that is not UTF-8, a date-time
/// after the year 9999, an additional property that is not JSON. The message gives the place as a
/// JSON pointer (RFC 6901).
template <class T>
std::string to_json(const T& model);

/// Reads a model from JSON text. Members may be absent or `null`. ErrorKind::decode is returned for
/// text that is not JSON or nests deeper than 100 levels, a member of the wrong type or an invalid
/// date-time; the message begins with the place as a JSON pointer (RFC 6901):
/// `/OAuthClient/dateCreated: not a date-time`. An integer may have any form: `1800`, `1800.0`,
/// `1.8e3`. Unknown members go to `additional_properties` as spelled, without white space
/// between tokens.
///
/// Time and memory are proportional to the text: decoding takes at most 256 KiB and 32 bytes for
/// each byte of text. Text that would take more (`[{},{},…]`, which no API sends) is
/// ErrorKind::decode, too. Throws nothing but std::bad_alloc.
template <class T>
Result<T> from_json(std::string_view text);

namespace detail {
/// Returns why a text is not JSON; an empty string when it is JSON.
std::string json_problem(std::string_view text);
}  // namespace detail

/// Converts a model to a document of nlohmann/json (any nlohmann::basic_json), which finds this
/// function by itself: `nlohmann::json j = info;`. No header of nlohmann/json is included. Throws
/// ApiException as to_json(model) does. A number that the document cannot hold exactly is rounded.
/// Not available in a file that is compiled without exceptions.
#if defined(__cpp_exceptions)
template <class Json, class Model, class OutOfRange = typename Json::out_of_range,
          std::enable_if_t<detail::IsModel<Model>::value, int> = 0>
void to_json(Json& to, const Model& model) {
  const std::string text = to_json(model);
  try {
    to = Json::parse(text);
  } catch (const OutOfRange&) {
    throw ApiException(
        detail::json_error(ErrorKind::invalid_argument,
                           "an additional property with a number that nlohmann::json cannot hold"));
  }
}

/// Converts a document of nlohmann/json to a model: `j.get<purecloud::TokenInfo>()`. Throws
/// ApiException (ErrorKind::decode), and then leaves the model unchanged.
template <class Json, class Model, class TypeError = typename Json::type_error,
          std::enable_if_t<detail::IsModel<Model>::value, int> = 0>
void from_json(const Json& from, Model& model) {
  std::string text;
  try {
    detail::write_document(from, text);
  } catch (const TypeError&) {
    throw ApiException(detail::json_error(ErrorKind::decode, "text that is not UTF-8"));
  }
  model = from_json<Model>(text).value();
}
#endif

}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/oauth_api.hpp ---------------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_OAUTH_API_HPP)
#define PURECLOUD_TOKENS_OAUTH_API_HPP

// ---- purecloud/call_options.hpp ------------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_CALL_OPTIONS_HPP)
#define PURECLOUD_TOKENS_CALL_OPTIONS_HPP

namespace purecloud {
inline namespace v1 {

/// Options of one call, which take precedence over the Configuration.
struct CallOptions {
  HttpHeaders headers;  ///< added to Configuration::default_headers; replaces those of one name
  /// Replaces Timeouts::total: the time for this call, retries and waits included.
  std::optional<std::chrono::milliseconds> deadline;
  /// When its stop is requested, the call ends with ErrorKind::cancelled, whatever it is doing.
  StopToken stop;
};

/// Options of getTokensMe.
struct GetTokensMeOptions {
  /// True: the call does not reset the token's idle timer. Unset or false: it does.
  std::optional<bool> preserve_idle_ttl;
  CallOptions call;  ///< the options of every call
};

}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/client_state.hpp -----------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_CLIENT_STATE_HPP)
#define PURECLOUD_TOKENS_DETAIL_CLIENT_STATE_HPP

// ---- purecloud/detail/call/settings.hpp ----------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_CALL_SETTINGS_HPP)
#define PURECLOUD_TOKENS_DETAIL_CALL_SETTINGS_HPP

namespace purecloud {
inline namespace v1 {
namespace detail {

/// A client's configuration, checked, and what is derived from it.
struct ClientSettings {
  Configuration configuration;  ///< without the token and the client credentials
  std::string base_path;
  HttpHeaders headers;
};

/// The host that a client calls.
enum class Service {
  api,    ///< `base_url`; client id and secret are both set, or neither
  login,  ///< `login_url`, which becomes the settings' `base_url`; requires a client id
};

/// Checks a configuration. Throws ApiException (ErrorKind::invalid_argument), which names the
/// member.
ClientSettings make_settings(Configuration configuration, Service service = Service::api);

/// Returns why a token cannot be sent in a header; empty if it can.
std::string token_problem(std::string_view token);

/// Returns what is wrong with headers that the user adds; empty if nothing is. `member` names them.
std::string headers_problem(const std::string& member, const HttpHeaders& headers,
                            std::string_view secret);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/longest_time.hpp -----------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_LONGEST_TIME_HPP)
#define PURECLOUD_TOKENS_DETAIL_LONGEST_TIME_HPP

namespace purecloud {
inline namespace v1 {
namespace detail {

/// The upper bound of every time limit: a year, which overflows no clock that counts nanoseconds.
constexpr std::chrono::milliseconds longest_time = std::chrono::hours(24 * 365);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/oauth/login.hpp ------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_OAUTH_LOGIN_HPP)
#define PURECLOUD_TOKENS_DETAIL_OAUTH_LOGIN_HPP

// ---- purecloud/detail/oauth/operations.hpp -------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_OAUTH_OPERATIONS_HPP)
#define PURECLOUD_TOKENS_DETAIL_OAUTH_OPERATIONS_HPP

// ---- purecloud/detail/call/operation.hpp ---------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_CALL_OPERATION_HPP)
#define PURECLOUD_TOKENS_DETAIL_CALL_OPERATION_HPP

namespace purecloud {
inline namespace v1 {
namespace detail {

/// What a 401 means for an operation.
enum class Unauthorized {
  is_error,             ///< a client that renews its token gets a new one and repeats the call once
  is_result,            ///< headTokensMe: the token is not valid
  is_success_of_retry,  ///< deleteTokensMe: an earlier attempt deleted it; its response was lost
};

/// Whether the request of an operation may be sent again.
enum class Repeat {
  freely,    ///< by Exchange, and by a backend whose kept-alive connection was closed
  by_rules,  ///< only by Exchange, because the second response means something else
  never,     ///< not at all: the first response may have been lost, with the token in it
};

/// How a request is authenticated.
enum class Authentication {
  token,   ///< by an access token (RFC 6750)
  client,  ///< by the OAuth client's credentials (RFC 6749, 2.3), in a token request
};

/// An operation, without its arguments.
struct Operation {
  std::string_view method;
  std::string_view path;  ///< as in the API's documentation: `/api/v2/tokens/{userId}`
  Unauthorized unauthorized = Unauthorized::is_error;
  Repeat repeat = Repeat::freely;
  Authentication authentication = Authentication::token;
  std::string_view if_lost = {};  ///< added to the message if a response was lost
};

/// An operation with its arguments.
struct OperationCall {
  Operation operation;
  CallOptions options;
  std::string target = std::string(operation.path);  ///< path and query, with the arguments
  std::string body = {};
  std::string_view content_type = "application/json";  ///< of the body
  std::string refusal = {};          ///< what is wrong with the arguments; if set, nothing is sent
  Secret basic_credentials = {};     ///< for Authentication::client; empty: they are in the body
  std::vector<Secret> secrets = {};  ///< secrets in the body, for the Redactor
};

/// An OperationCall that returns a T: a model, bool (whether the response is 2xx) or void.
template <class T>
struct Call : OperationCall {};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/model/oauth_token.hpp -------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_MODEL_OAUTH_TOKEN_HPP)
#define PURECLOUD_TOKENS_MODEL_OAUTH_TOKEN_HPP

namespace purecloud {
inline namespace v1 {

/// The login host's response to a grant (RFC 6749, 5.1). It has no to_json, because it is secret.
struct OAuthToken {
  AccessToken access_token;             ///< for Configuration::access_token, or with_access_token()
  std::optional<Secret> refresh_token;  ///< from an authorization code; for OAuthApi::refresh()
  std::string token_type;               ///< `bearer`; empty if the response has none
  std::optional<std::chrono::seconds> expires_in;  ///< greater than zero, if the response has it
};

}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/oauth_grants.hpp ------------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_OAUTH_GRANTS_HPP)
#define PURECLOUD_TOKENS_OAUTH_GRANTS_HPP

namespace purecloud {
inline namespace v1 {

/// An authorization code, which a user's browser brings to the redirect URI (RFC 6749, 4.1.3).
struct AuthorizationCode {
  Secret code;               ///< the parameter `code` of the redirect
  std::string redirect_uri;  ///< the same as in the AuthorizeRequest
  Secret code_verifier;      ///< Pkce::verifier, if the request had its challenge; else empty
};

/// A SAML2 assertion (RFC 7522).
struct Saml2Bearer {
  std::string org_name;  ///< the organization's short name
  Secret assertion;      ///< in base64
};

/// The parameters of the page where a user logs in (RFC 6749, 4.1.1). Empty ones are left out.
struct AuthorizeRequest {
  std::string redirect_uri;    ///< registered for the OAuth client
  std::string state;           ///< is returned in the redirect: compare it, to detect forgeries
  std::string code_challenge;  ///< Pkce::challenge
  std::string org;             ///< with `provider`: the organization to log in to
  std::string provider;        ///< with `org`: its identity provider
  std::string target;          ///< passed on to the identity provider
  std::string login_hint;      ///< passed on to the identity provider
  std::string prompt;          ///< for example `login`
};

/// A proof key for one authorization (RFC 7636, S256).
struct Pkce {
  Secret verifier;        ///< for AuthorizationCode
  std::string challenge;  ///< for AuthorizeRequest

  /// Makes one from 32 random bytes of OpenSSL. Throws std::runtime_error when OpenSSL has none.
  static Pkce generate();
};

}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

/// The operations of the login host, one for each grant.
namespace operations {

Call<OAuthToken> client_credentials(const ClientCredentials& client, const CallOptions& options);
Call<OAuthToken> authorization_code(const ClientCredentials& client, const AuthorizationCode& code,
                                    const CallOptions& options);
Call<OAuthToken> refresh(const ClientCredentials& client, const Secret& refresh_token,
                         const CallOptions& options);
Call<OAuthToken> saml2_bearer(const ClientCredentials& client, const Saml2Bearer& bearer,
                              const CallOptions& options);

}  // namespace operations

/// Returns the URL of the page where a user logs in. Throws ApiException
/// (ErrorKind::invalid_argument).
std::string authorize_url(std::string login_url, const std::string& client_id,
                          const AuthorizeRequest& request);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/oauth/token_source.hpp -----------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_OAUTH_TOKEN_SOURCE_HPP)
#define PURECLOUD_TOKENS_DETAIL_OAUTH_TOKEN_SOURCE_HPP

// ---- purecloud/detail/call/exchange.hpp ----------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_CALL_EXCHANGE_HPP)
#define PURECLOUD_TOKENS_DETAIL_CALL_EXCHANGE_HPP

// ---- purecloud/detail/call/call_error.hpp --------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_CALL_CALL_ERROR_HPP)
#define PURECLOUD_TOKENS_DETAIL_CALL_CALL_ERROR_HPP

// ---- purecloud/detail/text/redaction.hpp ---------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_TEXT_REDACTION_HPP)
#define PURECLOUD_TOKENS_DETAIL_TEXT_REDACTION_HPP

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Replaces secrets in text from elsewhere, each by its mark.
///
/// In a secret of 16 or more characters, every run of 16 is found, so a secret that was cut at
/// either end is found, too. A shorter secret is found only as a unit; one of less than 6
/// characters is not searched for. A run is found literally, with `+` for a space, with JSON's
/// escapes, percent-encoded and in base64. Up to three of these encodings may be nested (base64
/// only as the innermost). Line breaks within a run do not matter.
///
/// Not found: parts of 15 characters or less that stand alone; in base64, up to one character at
/// each end of a run, because it also depends on the bytes beside it; any other encoding. If a
/// secret contains escapes itself, for example `%41`, the length of a run is counted after
/// decoding.
///
/// The time depends on the size of the text only, about 20 ms for 1 MiB. The memory is seven times
/// the size of the text.
class Redactor {
 public:
  /// A redactor without secrets.
  Redactor() = default;

  /// Adds a secret, which is replaced by `Kind::mark`.
  template <class Kind, class Allocator>
  void add(const BasicSecret<Kind, Allocator>& secret) {
    add(secret.reveal(), Kind::mark);
  }

  /// Adds a secret, which is replaced by `mark`. Copies the secret into memory that is wiped; does
  /// not copy `mark`.
  void add(std::string_view secret, std::string_view mark);

  /// Returns the text without the secrets. Marks that it contains already stay as they are.
  std::string redact(std::string text) const;

  /// Returns the response without the secrets in its headers' names and values and in its body.
  HttpResponse redact(HttpResponse response) const;

 private:
  using Text = std::vector<char, WipingAllocator<char>>;
  using Cover =
      std::vector<std::uint8_t>;  ///< for each byte of a text, the number of its mark, or 0
  class View;

  /// A run of characters of a form.
  struct Window {
    std::uint32_t at = 0;   ///< its position in forms_
    std::uint8_t mark = 0;  ///< 1 for the first of marks_; 0 for an empty slot
  };

  /// The windows of one width, in a hash table.
  struct Windows {
    std::size_t width;
    std::size_t count = 0;
    std::vector<Window> table;  ///< a power of two, most of them empty
  };

  void add_base64_forms(std::string_view secret, std::uint8_t mark);
  void add_form(const Text& form, std::uint8_t mark);
  void reserve(Windows& windows, std::size_t count) const;
  /// Returns the slot with these characters, or the empty slot for them.
  std::size_t slot_of(const Windows& windows, const char* characters) const;
  void cover(std::string_view text, const View& view, const Windows& windows, Cover& covered) const;

  Text forms_;  ///< the texts to search for, in all encodings, one after another
  std::vector<Windows> windows_;
  std::vector<std::string_view> marks_;
};

/// Returns `text` without the access token.
std::string redact(std::string text, std::string_view access_token);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Returns the value of a header field; empty if the response does not have it.
std::string_view header(const HttpResponse& response, std::string_view name);

/// The request of a call, and the secrets that its errors must not show.
struct CallDescription {
  const HttpRequest& request;
  const Redactor& redactor;
  std::string login_host;  ///< for token requests, whose response is secret; else empty
};

/// Returns the error of a call that ended without a usable response. `problem` may contain text
/// from the peer.
Error failure_error(ErrorKind kind, const CallDescription& call, const CallRecord& record,
                    std::string problem);

/// Returns the error for a status that is neither 2xx nor expected.
Error status_error(const CallDescription& call, const CallRecord& record);

/// Returns the error for a 2xx whose body is not what the operation returns. `problem` says why.
Error decode_error(const CallDescription& call, const CallRecord& record,
                   const std::string& problem);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Returns a uniformly distributed random number in [0, 1).
double random_fraction() noexcept;

/// The outcome of a call, apart from its value. `error` is empty when the call succeeded.
struct Outcome {
  std::optional<Error> error;
  CallRecord record;
};

/// Which token a call requires.
struct TokenNeed {
  std::shared_ptr<const AccessToken> rejected;  ///< the token that the API rejected, or null
  bool only_existing = false;                   ///< deleteTokensMe: no new token is fetched
};

/// The rules of one call: what to send, how long to wait, when to stop, and what a response means.
/// It does no I/O, reads no clock and uses no thread: its driver carries out each Step and reports
/// the result. It holds no reference to anything that it does not own.
///
///     (constructed) ── next() ──┬─→ send ────── received() ──┐
///          ┌────────────────────┤                            ├─→ send, wait, get_token or done
///          │                    ├─→ get_token ─ use_token(), │
///        next() ←──── wait ←────┤               no_token() ──┘
///                               │
///                               └─→ done ────── outcome()
///
/// next() may also be called instead of use_token() or no_token(), when the token did not come by
/// the deadline or before a stop.
class Exchange {
 public:
  enum class Action { send, wait, get_token, done };

  struct Step {
    Action action;
    Deadline until;  ///< send: the attempt's deadline; wait: the end of the wait
  };

  /// If `token` is null, the exchange asks the driver for one. `call.options.stop` cancels the
  /// call.
  Exchange(std::shared_ptr<const ClientSettings> settings, OperationCall call,
           std::shared_ptr<const AccessToken> token, Deadline now);
  ~Exchange();
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  Step next(Deadline now);
  /// Reports the result of a `send`. Calls the observer. `random` spreads the waits of many
  /// clients.
  Step received(HttpResult result, Moment now, double random = random_fraction());
  /// Reports the token after a `get_token`.
  Step use_token(std::shared_ptr<const AccessToken> token, Deadline now);
  /// Reports after a `get_token` that there is no token, and why. Without a reason the call
  /// succeeds (TokenNeed::only_existing).
  Step no_token(std::optional<Error> reason, Deadline now);

  const HttpRequest& request() const { return request_; }
  /// Returns what an error of this call requires.
  CallDescription describe() const;
  bool is_login() const { return operation_.authentication == Authentication::client; }
  int attempts() const { return attempts_; }
  /// Returns the deadline of the call.
  Deadline deadline() const { return deadline_; }
  const StopToken& stop() const { return stop_; }
  TokenNeed token_need() const;

  /// Returns the token if the call's last response rejected or deleted it, else null.
  std::shared_ptr<const AccessToken> lost_token() const;

  /// Returns the outcome, once, after a step that is `done`.
  Outcome outcome();

 private:
  bool succeeded() const;
  bool may_renew() const;
  bool may_retry() const;
  Step send(Deadline now);
  Step give_up(Deadline now);
  const Redactor& redactor() const;
  Step end(Error error, Deadline now);
  void refuse(const std::string& problem);
  void observe(const HttpResult& result, std::chrono::nanoseconds duration) const;
  void clean(HttpResponse& response) const;
  std::string shown_correlation_id(std::string id) const;
  std::optional<std::chrono::milliseconds> requested_delay(Moment now) const;

  std::shared_ptr<const ClientSettings> settings_;
  const Operation operation_;
  const StopToken stop_;
  const std::chrono::milliseconds total_;
  const Deadline deadline_;
  const bool token_is_renewable_;
  const std::vector<Secret> secrets_;
  const bool target_has_arguments_;
  std::shared_ptr<const AccessToken> token_;
  HttpRequest request_;

  int attempts_ = 0;
  Deadline sent_{};
  HttpResult last_;
  std::shared_ptr<const AccessToken> rejected_;     ///< the token before the renewal
  std::optional<std::chrono::milliseconds> delay_;  ///< the wait before the next attempt
  std::optional<Error> error_;
  mutable std::optional<Redactor> redactor_;  ///< made when it is needed, for most calls never
};

/// Returns the result of a call whose exchange is done.
template <class T>
Result<T> finish(Exchange& exchange);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

/// The token that the copies of a client share, and the rules for getting and renewing it. It does
/// no I/O and reads no clock: a driver asks what to do, and reports the login host's response.
/// Thread-safe.
///
/// At most one request to the login host is in flight. A token is renewed when the smaller of 60 s
/// and a tenth of its lifetime is left; if the renewal fails, the token is used until it expires.
/// After a failure all calls get the same error, until a backoff has passed.
class TokenSource {
 public:
  enum class Action {
    use,    ///< use the token
    none,   ///< there is no token, and the call does not require one
    fail,   ///< the call fails with the error
    wait,   ///< wait until the stop of `wake` is requested, and ask again
    fetch,  ///< request a token, report the result by report(), and ask again
  };

  /// Its stop is requested when the request for a token has ended.
  struct Wake : StopState {
    bool failed = false;  ///< whether it failed; set before the stop is requested
  };

  struct Decision {
    Action action;
    std::shared_ptr<const AccessToken> token = nullptr;
    std::optional<Error> error = std::nullopt;
    std::shared_ptr<Wake> wake = nullptr;  ///< for `wait` and `fetch`
    bool is_early = false;  ///< for `fetch`: the old token is still valid, so do not wait for long
  };

  TokenSource(const RetryPolicy& retry) : retry_(retry) {}

  /// Returns what a call with this need has to do. `waited` is the Wake for which the call waited:
  /// if that request failed, the call gets its error, even if the backoff has passed.
  Decision ask(const TokenNeed& need, Deadline now, const Wake* waited = nullptr);

  /// Reports the result of a `fetch`; no result if the call gave up, and another one has to fetch.
  void report(std::optional<Result<OAuthToken>> result, Deadline now) noexcept;

  /// Stops the use of a token that was rejected or deleted.
  void forget(const std::shared_ptr<const AccessToken>& token);

 private:
  Decision fetch(bool is_early);
  bool is_good(Deadline now) const;

  const RetryPolicy retry_;
  std::mutex mutex_;
  std::shared_ptr<const AccessToken> token_;
  std::optional<Deadline> expires_;
  std::optional<Deadline> renew_;  ///< when the token is renewed
  bool fetching_ = false;
  std::vector<std::shared_ptr<Wake>> waiting_;  ///< for the calls that wait
  std::optional<Error> failure_;                ///< of the last request for a token
  int failures_ = 0;                            ///< how many in a row
  Deadline retry_at_{};                         ///< the end of the backoff
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/text/url.hpp ---------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_TEXT_URL_HPP)
#define PURECLOUD_TOKENS_DETAIL_TEXT_URL_HPP

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Returns an Error of the kind invalid_argument.
Error invalid_argument(std::string message);

/// Throws ApiException (ErrorKind::invalid_argument) with the message `what: problem`.
[[noreturn]] void refuse(const std::string& what, const std::string& problem);

/// A URL's scheme, host, port and path.
struct BaseUrl {
  bool https = true;
  std::string host;  ///< lower case; an IPv6 address without its brackets
  int port = 443;
  bool has_port = false;  ///< whether the URL contains a port
  std::string path;       ///< empty, or begins with `/` and does not end with it
};

/// Parses a base URL. Throws ApiException (ErrorKind::invalid_argument). The message begins with
/// `what`, the name of the setting, ends with an example, and does not repeat the text, which may
/// contain a password.
BaseUrl parse_base_url(const std::string& what, std::string_view text,
                       const std::string& example = "https://api.mypurecloud.com");

/// Reads a port in decimal digits, 1 to 65535. Returns nothing for any other text.
std::optional<int> parse_port(std::string_view text);

/// Returns whether a host is this machine: `localhost`, 127.0.0.0/8 or `::1`.
bool is_loopback(const std::string& host);

/// Returns whether a text has the characters of a host name, as every HTTP library reads it.
bool is_host_name(std::string_view text);

/// Returns a host as it stands in a URL: an IPv6 address in brackets (RFC 3986, 3.2.2).
std::string bracketed(const std::string& host);

/// Returns the 4 or 16 bytes of an IPv4 or IPv6 address; empty for any other text.
std::string ip_bytes(const std::string& text);

/// Returns whether a host is an IPv4 or IPv6 address, not a name.
bool is_ip_address(const std::string& host);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

/// True for a backend that serves the API and the login host, for example FakeBackend.
template <class Backend, class = void>
struct ServesEveryOrigin : std::false_type {};
template <class Backend>
struct ServesEveryOrigin<Backend, std::enable_if_t<Backend::serves_every_origin>> : std::true_type {
};

/// What the copies of a client share to log in: the token, the client credentials, and the backend
/// of the login host.
template <class Backend>
class Login {
 public:
  /// `backend` is for the login host. If it is null, one is built when it is first needed, unless
  /// the API's backend serves both hosts. Throws ApiException (ErrorKind::invalid_argument).
  Login(const Configuration& configuration, std::shared_ptr<Backend> backend)
      : source(configuration.retry),
        settings_(std::make_shared<ClientSettings>(make_settings(configuration, Service::login))),
        credentials_(configuration.client_credentials),
        one_origin_(have_one_origin(configuration.base_url, login_url_of(configuration))),
        own_(std::move(backend)) {}

  TokenSource source;

  const std::shared_ptr<const ClientSettings>& settings() const { return settings_; }

  Call<OAuthToken> call(const CallOptions& options) const {
    return operations::client_credentials(credentials_, options);
  }

  /// Returns the backend of the login host; null if the API's backend serves both hosts. Throws
  /// ApiException, and what the Backend's constructor throws.
  Backend* own_backend() {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (own_ || ServesEveryOrigin<Backend>::value || one_origin_) return own_.get();
    if constexpr (std::is_constructible_v<Backend, const Configuration&>)
      own_ = std::make_shared<Backend>(settings_->configuration);
    else
      refuse("login backend",
             "cannot be built from a Configuration; pass one as the client's third argument");
    return own_.get();
  }

 private:
  static bool have_one_origin(const std::string& base_url, const std::string& login_url) {
    const BaseUrl api = parse_base_url("base_url", base_url);
    const BaseUrl login = parse_base_url("login_url", login_url);
    return api.https == login.https && api.host == login.host && api.port == login.port;
  }

  const std::shared_ptr<const ClientSettings> settings_;
  const ClientCredentials credentials_;
  const bool one_origin_;
  std::mutex mutex_;
  std::shared_ptr<Backend> own_;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Returns how long an early renewal of the token may take in a call that has `left` until its
/// deadline. If the renewal fails, the rest of the time is for the call with the old token.
inline Deadline::duration time_for_early_renewal(Deadline::duration left,
                                                 const ClientSettings& settings) {
  return (std::min<Deadline::duration>)((left + Deadline::duration(1)) / 2,
                                        (std::min)(settings.configuration.timeouts.attempt,
                                                   longest_time));
}

/// The state of a client, synchronous or asynchronous. Copies share it.
template <class Backend>
struct ClientState {
  /// Builds a backend. Throws ApiException: ErrorKind::invalid_argument for the configuration, and
  /// what the Backend's constructor throws.
  explicit ClientState(const Configuration& configuration, Service service = Service::api)
      : settings(std::make_shared<ClientSettings>(make_settings(configuration, service))) {
    static_assert(std::is_constructible_v<Backend, const Configuration&>,
                  "purecloud: a client that builds its own backend needs a backend that is "
                  "constructible from const purecloud::Configuration&; or pass a "
                  "std::shared_ptr to one as the second argument");
    backend = std::make_shared<Backend>(settings->configuration);
    if (service == Service::api) take_credentials(configuration, nullptr);
  }

  /// Uses a shared backend, and another one for the login host if it is not null. Throws
  /// ApiException (ErrorKind::invalid_argument).
  ClientState(const Configuration& configuration, std::shared_ptr<Backend> shared,
              std::shared_ptr<Backend> login_backend, Service service = Service::api)
      : settings(std::make_shared<ClientSettings>(make_settings(configuration, service))),
        backend(std::move(shared)) {
    if (!backend) refuse("backend", "is null; pass one");
    if (service == Service::api) take_credentials(configuration, std::move(login_backend));
  }

  /// Returns a copy with another token, which is never renewed.
  ClientState with_access_token(AccessToken fixed) const {
    ClientState other = *this;
    other.token = std::make_shared<AccessToken>(std::move(fixed));
    other.login = nullptr;
    return other;
  }

  std::shared_ptr<const ClientSettings> settings;
  std::shared_ptr<const AccessToken> token;  ///< null: the token comes from `login`
  std::shared_ptr<Login<Backend>> login;     ///< null: `token` is used
  std::shared_ptr<Backend> backend;

 private:
  void take_credentials(const Configuration& configuration,
                        std::shared_ptr<Backend> login_backend) {
    if (configuration.access_token.empty() && !configuration.client_credentials.client_id.empty())
      login = std::make_shared<Login<Backend>>(configuration, std::move(login_backend));
    else
      token = std::make_shared<AccessToken>(configuration.access_token);
  }
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/driver.hpp -----------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_DRIVER_HPP)
#define PURECLOUD_TOKENS_DETAIL_DRIVER_HPP

// ---- purecloud/backend/policy.hpp ----------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_BACKEND_POLICY_HPP)
#define PURECLOUD_TOKENS_BACKEND_POLICY_HPP

namespace purecloud {
inline namespace v1 {
namespace detail {

template <class Backend, class = void>
struct HasSend : std::false_type {};
template <class Backend>
struct HasSend<Backend, std::void_t<decltype(std::declval<Backend&>().send(
                            std::declval<const HttpRequest&>(), std::declval<Deadline>()))>>
    : std::true_type {
  using Returned = decltype(std::declval<Backend&>().send(std::declval<const HttpRequest&>(),
                                                          std::declval<Deadline>()));
};

/// True for a backend whose `send` also accepts a stop token, and ends when the stop is requested.
template <class Backend, class = void>
struct HasStoppableSend : std::false_type {};
template <class Backend>
struct HasStoppableSend<Backend, std::void_t<decltype(std::declval<Backend&>().send(
                                     std::declval<const HttpRequest&>(), std::declval<Deadline>(),
                                     std::declval<const StopToken&>()))>> : std::true_type {
  using Returned = decltype(std::declval<Backend&>().send(std::declval<const HttpRequest&>(),
                                                          std::declval<Deadline>(),
                                                          std::declval<const StopToken&>()));
};

template <class Has, class = void>
struct ReturnsResult : std::true_type {};
template <class Has>
struct ReturnsResult<Has, std::void_t<typename Has::Returned>>
    : std::is_convertible<typename Has::Returned, HttpResult> {};

template <class Backend>
HttpResult send(Backend& backend, const HttpRequest& request, Deadline deadline,
                const StopToken& stop) {
  if constexpr (HasStoppableSend<Backend>::value)
    return backend.send(request, deadline, stop);
  else
    return backend.send(request, deadline);
}

/// True for a backend with its own clock. Calls then wait by that clock, so that tests take no real
/// time.
template <class Backend, class = void>
struct HasClock : std::false_type {};
template <class Backend>
struct HasClock<Backend, std::void_t<decltype(Moment(std::declval<Backend&>().now())),
                                     decltype(std::declval<Backend&>().wait_until(Deadline()))>>
    : std::true_type {};

template <class Backend>
constexpr bool check_backend() {
  static_assert(std::is_class_v<Backend>,
                "purecloud: the backend of BasicTokensApi must be a class with a member "
                "send(const HttpRequest&, Deadline)");
  static_assert(HasSend<Backend>::value || HasStoppableSend<Backend>::value,
                "purecloud: the backend lacks a member that can be called as "
                "send(const purecloud::HttpRequest&, purecloud::Deadline)");
  static_assert(
      ReturnsResult<HasSend<Backend>>::value && ReturnsResult<HasStoppableSend<Backend>>::value,
      "purecloud: the backend's send(request, deadline) must return a "
      "purecloud::HttpResult (or an HttpResponse, or an HttpFailure)");
  return true;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

Moment current_moment();

/// Waits until `until`, or until a stop is requested.
void sleep_until(Deadline until, const StopToken& stop);

template <class Backend>
Moment moment_of(Backend& backend) {
  if constexpr (HasClock<Backend>::value)
    return backend.now();
  else
    return static_cast<void>(backend), current_moment();
}

/// Returns moment_of(backend).steady, and reads no other clock.
template <class Backend>
Deadline steady_now(Backend& backend) {
  if constexpr (HasClock<Backend>::value)
    return backend.now().steady;
  else
    return static_cast<void>(backend), std::chrono::steady_clock::now();
}

/// Carries out a call on the caller's thread: it sends and waits as an Exchange says. Immutable,
/// and therefore thread-safe.
template <class Backend>
class Driver {
  static_assert(check_backend<Backend>());

 public:
  explicit Driver(ClientState<Backend> state) : state_(std::move(state)) {}

  /// Returns a driver with the same settings and backend, and another token.
  Driver with_access_token(AccessToken token) const {
    return Driver(state_.with_access_token(std::move(token)));
  }

  template <class T>
  Result<T> run(Call<T> call) const {
    Exchange exchange(state_.settings, std::move(call), state_.token, now());
    drive(exchange, *state_.backend);
    if (const auto lost = exchange.lost_token()) state_.login->source.forget(lost);
    return finish<T>(exchange);
  }

 private:
  using Action = Exchange::Action;

  void drive(Exchange& exchange, Backend& backend) const {
    auto step = exchange.next(steady_now(backend));
    while (step.action != Action::done) {
      if (step.action == Action::send) {
        HttpResult result = send(backend, exchange.request(), step.until, exchange.stop());
        step = exchange.received(std::move(result), moment_of(backend));
      } else if (step.action == Action::wait) {
        wait_until(backend, step.until, exchange.stop());
        step = exchange.next(steady_now(backend));
      } else {
        step = get_token(exchange);
      }
    }
  }

  Exchange::Step get_token(Exchange& exchange) const {
    std::shared_ptr<TokenSource::Wake> waited;
    for (;;) {
      TokenSource::Decision decision =
          state_.login->source.ask(exchange.token_need(), now(), waited.get());
      switch (decision.action) {
        case TokenSource::Action::use: return exchange.use_token(std::move(decision.token), now());
        case TokenSource::Action::none: return exchange.no_token(std::nullopt, now());
        case TokenSource::Action::fail: return exchange.no_token(std::move(decision.error), now());
        case TokenSource::Action::wait: wait_for_token(exchange, decision.wake); break;
        case TokenSource::Action::fetch:
          if (auto error = fetch_token(exchange, decision.is_early))
            return exchange.no_token(std::move(error), now());
      }
      const auto step = exchange.next(now());
      if (step.action != Action::get_token) return step;
      waited = std::move(decision.wake);
    }
  }

  /// Waits while another call gets the token.
  void wait_for_token(const Exchange& exchange,
                      const std::shared_ptr<TokenSource::Wake>& wake) const {
    const StopCallback stopped(exchange.stop(), [&wake] { wake->request(); });
    // in real time, even if the backend has its own clock: the other call runs in real time
    const auto left = exchange.deadline() - now();
    sleep_until(std::chrono::steady_clock::now() + left, StopToken(wake));
  }

  /// Gets the token within this call's deadline. Returns an error if this call has to give up: then
  /// another call that waits gets the token. An early renewal leaves time for the call with the old
  /// token.
  std::optional<Error> fetch_token(const Exchange& exchange, bool is_early) const {
    Login<Backend>& login = *state_.login;
    struct Report {  // in a destructor, so that an exception is reported, too
      Login<Backend>& login;
      std::optional<Result<OAuthToken>> result;
      Deadline now;
      ~Report() { login.source.report(std::move(result), now); }
    } report{login, std::nullopt, now()};

    CallOptions options;
    options.stop = exchange.stop();
    // at least 1, because the call's deadline may have passed in the meantime
    Deadline::duration left = (std::max)(Deadline::duration(1), exchange.deadline() - report.now);
    if (is_early) left = time_for_early_renewal(left, *state_.settings);
    options.deadline = std::chrono::ceil<std::chrono::milliseconds>(left);
    const Deadline until = report.now + *options.deadline;
    const bool is_short =
        !is_early || *options.deadline < state_.settings->configuration.timeouts.attempt;
    std::optional<Error> gives_up;
    auto no_backend = error_of([&] {
      Backend* const own = login.own_backend();
      Exchange request(login.settings(), login.call(options), nullptr, report.now);
      drive(request, own ? *own : *state_.backend);
      Result<OAuthToken> result = finish<OAuthToken>(request);
      report.now = now();
      const bool gave_up =
          !result &&
          ((result.error)().kind == ErrorKind::cancelled ||
           ((result.error)().kind == ErrorKind::timeout && is_short && report.now >= until));
      if (!gave_up)
        report.result.emplace(std::move(result));
      else if (!is_early)
        gives_up.emplace((result.error)());
    });
    if (no_backend) report.result.emplace(*std::move(no_backend));
    return gives_up;
  }

  Deadline now() const { return steady_now(*state_.backend); }

  static void wait_until(Backend& backend, Deadline until, const StopToken& stop) {
    if constexpr (HasClock<Backend>::value)
      backend.wait_until(until);
    else
      static_cast<void>(backend), sleep_until(until, stop);
  }

  ClientState<Backend> state_;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {

/// Gets tokens from the login host (RFC 6749), which is Configuration::login_url.
/// Configuration::client_credentials has the OAuth client's id, and its secret if it has one.
///
/// Only client_credentials() is repeated by the rules of RetryPolicy. A code, a refresh token or an
/// assertion is sent once; if the response is lost, the token in it is lost, too, and the error
/// says so. Result::response() has an empty body. Cheap to copy, and thread-safe.
template <class Backend>
class BasicOAuthApi {
 public:
  /// Builds a backend for the login host. Throws ApiException: ErrorKind::invalid_argument for an
  /// invalid member of the configuration, which the message names; ErrorKind::tls for a certificate
  /// that cannot be used.
  explicit BasicOAuthApi(const Configuration& configuration);

  /// Uses a backend that is given, which other clients may share. Throws as above.
  BasicOAuthApi(const Configuration& configuration, std::shared_ptr<Backend> backend);

  /// Returns a token for the OAuth client itself (RFC 6749, 4.4). BasicTokensApi does this by
  /// itself if its configuration has client_credentials. Throws ApiException.
  OAuthToken client_credentials(const CallOptions& options = {}) const;
  /// Like client_credentials(), but returns a Result.
  Result<OAuthToken> try_client_credentials(const CallOptions& options = {}) const;

  /// Returns a token for the user who logged in (RFC 6749, 4.1.3; RFC 7636, 4.5). Throws
  /// ApiException.
  OAuthToken authorization_code(const AuthorizationCode& code,
                                const CallOptions& options = {}) const;
  /// Like authorization_code(), but returns a Result.
  Result<OAuthToken> try_authorization_code(const AuthorizationCode& code,
                                            const CallOptions& options = {}) const;

  /// Returns a new token for a refresh token (RFC 6749, 6). Throws ApiException.
  OAuthToken refresh(const Secret& refresh_token, const CallOptions& options = {}) const;
  /// Like refresh(), but returns a Result.
  Result<OAuthToken> try_refresh(const Secret& refresh_token,
                                 const CallOptions& options = {}) const;

  /// Returns a token for the user of an identity provider's assertion (RFC 7522). Throws
  /// ApiException.
  OAuthToken saml2_bearer(const Saml2Bearer& bearer, const CallOptions& options = {}) const;
  /// Like saml2_bearer(), but returns a Result.
  Result<OAuthToken> try_saml2_bearer(const Saml2Bearer& bearer,
                                      const CallOptions& options = {}) const;

  /// Returns the address of the page where a user logs in, for the browser. Throws ApiException
  /// (ErrorKind::invalid_argument).
  std::string authorize_url(const AuthorizeRequest& request) const;

 private:
  ClientCredentials client_;
  detail::Driver<Backend> driver_;
  std::string login_url_;
};

// Outside the class, so that a file with `extern template` does not compile them: it would compile
// bodies in the class, which are inline.

template <class Backend>
BasicOAuthApi<Backend>::BasicOAuthApi(const Configuration& configuration)
    : client_(configuration.client_credentials),
      driver_(detail::ClientState<Backend>(configuration, detail::Service::login)),
      login_url_(detail::login_url_of(configuration)) {}

template <class Backend>
BasicOAuthApi<Backend>::BasicOAuthApi(const Configuration& configuration,
                                      std::shared_ptr<Backend> backend)
    : client_(configuration.client_credentials),
      driver_(detail::ClientState<Backend>(configuration, std::move(backend), nullptr,
                                           detail::Service::login)),
      login_url_(detail::login_url_of(configuration)) {}

template <class Backend>
OAuthToken BasicOAuthApi<Backend>::client_credentials(const CallOptions& options) const {
  return try_client_credentials(options).value();
}

template <class Backend>
Result<OAuthToken> BasicOAuthApi<Backend>::try_client_credentials(
    const CallOptions& options) const {
  return driver_.run(detail::operations::client_credentials(client_, options));
}

template <class Backend>
OAuthToken BasicOAuthApi<Backend>::authorization_code(const AuthorizationCode& code,
                                                      const CallOptions& options) const {
  return try_authorization_code(code, options).value();
}

template <class Backend>
Result<OAuthToken> BasicOAuthApi<Backend>::try_authorization_code(
    const AuthorizationCode& code, const CallOptions& options) const {
  return driver_.run(detail::operations::authorization_code(client_, code, options));
}

template <class Backend>
OAuthToken BasicOAuthApi<Backend>::refresh(const Secret& refresh_token,
                                           const CallOptions& options) const {
  return try_refresh(refresh_token, options).value();
}

template <class Backend>
Result<OAuthToken> BasicOAuthApi<Backend>::try_refresh(const Secret& refresh_token,
                                                       const CallOptions& options) const {
  return driver_.run(detail::operations::refresh(client_, refresh_token, options));
}

template <class Backend>
OAuthToken BasicOAuthApi<Backend>::saml2_bearer(const Saml2Bearer& bearer,
                                                const CallOptions& options) const {
  return try_saml2_bearer(bearer, options).value();
}

template <class Backend>
Result<OAuthToken> BasicOAuthApi<Backend>::try_saml2_bearer(const Saml2Bearer& bearer,
                                                            const CallOptions& options) const {
  return driver_.run(detail::operations::saml2_bearer(client_, bearer, options));
}

template <class Backend>
std::string BasicOAuthApi<Backend>::authorize_url(const AuthorizeRequest& request) const {
  return detail::authorize_url(login_url_, client_.client_id, request);
}

}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/tokens_api.hpp --------------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_TOKENS_API_HPP)
#define PURECLOUD_TOKENS_TOKENS_API_HPP

// ---- purecloud/detail/operations.hpp -------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_OPERATIONS_HPP)
#define PURECLOUD_TOKENS_DETAIL_OPERATIONS_HPP

// ---- purecloud/model/idle_token_timeout.hpp ------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_MODEL_IDLE_TOKEN_TIMEOUT_HPP)
#define PURECLOUD_TOKENS_MODEL_IDLE_TOKEN_TIMEOUT_HPP

// ---- purecloud/model/open_enum.hpp ---------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_MODEL_OPEN_ENUM_HPP)
#define PURECLOUD_TOKENS_MODEL_OPEN_ENUM_HPP

#include <iterator>

namespace purecloud {
inline namespace v1 {

/// An enum of the API. The cloud may add values at any time: a value that this version does not
/// know is kept as text.
///
/// `Values` has `enum Value {…}` and, in the same order, `texts`. The enumerators are members of
/// this class, for example `InactivityTimeoutUnit::hours`.
template <class Values>
class OpenEnum : public Values {
 public:
  using Value = typename Values::Value;  ///< the values that this version knows

  /// One of the known values; implicit, so that the enumerators can be assigned and compared.
  OpenEnum(Value value) : value_(value) {}

  /// Makes a value from the API's text, known or not.
  explicit OpenEnum(std::string_view text) {
    for (std::size_t i = 0; i < std::size(Values::texts); ++i) {
      if (text == Values::texts[i]) {
        value_ = static_cast<Value>(i);
        return;
      }
    }
    unknown_text_ = text;
  }

  /// Returns the enumerator, for a `switch`; nothing if this version does not know the value.
  std::optional<Value> value() const { return value_; }

  /// Returns the text in the API's JSON.
  std::string_view text() const {
    return value_ ? Values::texts[static_cast<std::size_t>(*value_)]
                  : std::string_view(unknown_text_);
  }

  /// Compares the texts.
  friend bool operator==(const OpenEnum& a, const OpenEnum& b) { return a.text() == b.text(); }
  /// Returns the opposite of `==`.
  friend bool operator!=(const OpenEnum& a, const OpenEnum& b) { return !(a == b); }
  /// Writes text().
  friend std::ostream& operator<<(std::ostream& out, const OpenEnum& e) { return out << e.text(); }

 private:
  std::optional<Value> value_;
  std::string unknown_text_;
};

namespace detail {
template <class T>
struct IsOpenEnum : std::false_type {};
template <class Values>
struct IsOpenEnum<OpenEnum<Values>> : std::true_type {};
}  // namespace detail

}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {

/// The values of InactivityTimeoutUnit.
struct InactivityTimeoutUnitValues {
  /// The constants, in the order of `texts`.
  enum Value {
    minutes,  ///< `Minutes`
    hours,    ///< `Hours`
  };
  /// The texts in the API's JSON.
  static constexpr std::string_view texts[] = {"Minutes", "Hours"};
};
/// The unit in which administrators see a timeout.
using InactivityTimeoutUnit = OpenEnum<InactivityTimeoutUnitValues>;

/// An idle timeout for the members of some groups.
struct InactivityTimeoutGroupBundle {
  std::optional<int> priority;         ///< 1 to 5
  std::optional<int> timeout_seconds;  ///< 300 to 28800
  /// the unit that administrators see
  std::optional<InactivityTimeoutUnit> inactivity_timeout_unit;
  std::optional<std::vector<std::string>> groups;  ///< ids of groups
  AdditionalProperties additional_properties;      ///< members unknown to this version

  /// Calls `visit` with each member's JSON name and a pointer to it.
  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("priority", &InactivityTimeoutGroupBundle::priority);
    visit("timeoutSeconds", &InactivityTimeoutGroupBundle::timeout_seconds);
    visit("inactivityTimeoutUnit", &InactivityTimeoutGroupBundle::inactivity_timeout_unit);
    visit("groups", &InactivityTimeoutGroupBundle::groups);
  }
};

/// An organization's idle timeout for tokens (getTokensTimeout, putTokensTimeout).
struct IdleTokenTimeout {
  /// 300 to 28800; at most 900 where HIPAA is enabled
  std::optional<int> idle_token_timeout_seconds;
  std::optional<bool> enable_idle_token_timeout;  ///< whether idle tokens expire
  /// the unit that administrators see
  std::optional<InactivityTimeoutUnit> inactivity_timeout_unit;
  /// whether `inactivity_timeout_group_bundles` are applied
  std::optional<bool> inactivity_timeout_groups_enabled;
  /// other timeouts for the members of some groups
  std::optional<std::vector<InactivityTimeoutGroupBundle>> inactivity_timeout_group_bundles;
  AdditionalProperties additional_properties;  ///< members unknown to this version

  /// Calls `visit` with each member's JSON name and a pointer to it.
  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("idleTokenTimeoutSeconds", &IdleTokenTimeout::idle_token_timeout_seconds);
    visit("enableIdleTokenTimeout", &IdleTokenTimeout::enable_idle_token_timeout);
    visit("inactivityTimeoutUnit", &IdleTokenTimeout::inactivity_timeout_unit);
    visit("inactivityTimeoutGroupsEnabled", &IdleTokenTimeout::inactivity_timeout_groups_enabled);
    visit("inactivityTimeoutGroupBundles", &IdleTokenTimeout::inactivity_timeout_group_bundles);
  }
};

}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/model/token_info.hpp --------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_MODEL_TOKEN_INFO_HPP)
#define PURECLOUD_TOKENS_MODEL_TOKEN_INFO_HPP

// ---- purecloud/model/entity.hpp ------------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_MODEL_ENTITY_HPP)
#define PURECLOUD_TOKENS_MODEL_ENTITY_HPP

namespace purecloud {
inline namespace v1 {

/// A reference to an object by its id.
struct Entity {
  std::optional<std::string> id;               ///< the id in the API's paths
  AdditionalProperties additional_properties;  ///< members unknown to this version

  /// Calls `visit` with each member's JSON name and a pointer to it.
  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("id", &Entity::id);
  }
};

/// An object's id and name.
struct NamedEntity {
  std::optional<std::string> id;               ///< the id in the API's paths
  std::optional<std::string> name;             ///< the name that people see
  AdditionalProperties additional_properties;  ///< members unknown to this version

  /// Calls `visit` with each member's JSON name and a pointer to it.
  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("id", &NamedEntity::id);
    visit("name", &NamedEntity::name);
  }
};

/// A reference to an object of the organization's directory.
struct DomainEntityRef {
  std::optional<std::string> id;               ///< the id in the API's paths
  std::optional<std::string> name;             ///< the name that people see
  std::optional<std::string> self_uri;         ///< its path in the API
  AdditionalProperties additional_properties;  ///< members unknown to this version

  /// Calls `visit` with each member's JSON name and a pointer to it.
  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("id", &DomainEntityRef::id);
    visit("name", &DomainEntityRef::name);
    visit("selfUri", &DomainEntityRef::self_uri);
  }
};

}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/model/org_oauth_client.hpp --------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_MODEL_ORG_OAUTH_CLIENT_HPP)
#define PURECLOUD_TOKENS_MODEL_ORG_OAUTH_CLIENT_HPP

// ---- purecloud/timestamp.hpp ---------------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_TIMESTAMP_HPP)
#define PURECLOUD_TOKENS_TIMESTAMP_HPP

namespace purecloud {
inline namespace v1 {

/// A date-time of the API: in UTC, with milliseconds.
using Timestamp = std::chrono::time_point<std::chrono::system_clock, std::chrono::milliseconds>;

/// Reads a date-time of RFC 3339, 5.6: `yyyy-MM-ddTHH:mm:ss`, optionally a fraction, and `Z` or an
/// offset from UTC such as `+01:00`. Digits beyond milliseconds are dropped; a leap second is read
/// as the next second. Returns nothing for another form, a date that does not exist, or a year in
/// UTC outside 0000 to 9999.
std::optional<Timestamp> parse_timestamp(std::string_view text);

/// Writes `yyyy-MM-ddTHH:mm:ss.mmmZ`. Returns nothing for a year outside 0000 to 9999, for which
/// this form has no place.
std::optional<std::string> format_timestamp(Timestamp time);

}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {

/// The values of AuthorizedGrantType.
struct AuthorizedGrantTypeValues {
  /// The constants, in the order of `texts`.
  enum Value {
    code,                ///< `CODE`: authorization code (RFC 6749, 4.1)
    token,               ///< `TOKEN`: implicit (RFC 6749, 4.2)
    saml2_bearer,        ///< `SAML2-BEARER` (RFC 7522)
    password,            ///< `PASSWORD` (RFC 6749, 4.3)
    client_credentials,  ///< `CLIENT-CREDENTIALS` (RFC 6749, 4.4)
  };
  /// The texts in the API's JSON.
  static constexpr std::string_view texts[] = {"CODE", "TOKEN", "SAML2-BEARER", "PASSWORD",
                                               "CLIENT-CREDENTIALS"};
};
/// The grant by which an OAuth client obtains its tokens.
using AuthorizedGrantType = OpenEnum<AuthorizedGrantTypeValues>;

/// The values of OAuthClientState.
struct OAuthClientStateValues {
  /// The constants, in the order of `texts`.
  enum Value {
    active,    ///< `active`
    disabled,  ///< `disabled`
    inactive,  ///< `inactive`
  };
  /// The texts in the API's JSON.
  static constexpr std::string_view texts[] = {"active", "disabled", "inactive"};
};
/// Whether an OAuth client may be used.
using OAuthClientState = OpenEnum<OAuthClientStateValues>;

/// A role, and the division in which it is granted.
struct RoleDivision {
  std::optional<std::string> role_id;          ///< the role
  std::optional<std::string> division_id;      ///< the division
  AdditionalProperties additional_properties;  ///< members unknown to this version

  /// Calls `visit` with each member's JSON name and a pointer to it.
  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("roleId", &RoleDivision::role_id);
    visit("divisionId", &RoleDivision::division_id);
  }
};

/// An organization's OAuth client.
struct OrgOAuthClient {
  std::optional<std::string> id;                             ///< OAuth's client_id
  std::optional<std::string> name;                           ///< the name that people see
  std::optional<Timestamp> date_created;                     ///< when it was created
  std::optional<Timestamp> date_modified;                    ///< when it was last changed
  std::optional<DomainEntityRef> created_by;                 ///< who created it
  std::optional<DomainEntityRef> modified_by;                ///< who changed it last
  std::optional<AuthorizedGrantType> authorized_grant_type;  ///< how it obtains tokens
  std::optional<std::vector<std::string>> scope;             ///< scopes that it may request
  /// the roles of a client-credentials client
  std::optional<std::vector<RoleDivision>> role_divisions;
  std::optional<OAuthClientState> state;    ///< whether it may be used
  std::optional<Timestamp> date_to_delete;  ///< when an inactive client is due to be deleted
  /// its id is `purecloud-builtin` for the cloud's own clients
  std::optional<NamedEntity> organization;
  AdditionalProperties additional_properties;  ///< members unknown to this version

  /// Calls `visit` with each member's JSON name and a pointer to it.
  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("id", &OrgOAuthClient::id);
    visit("name", &OrgOAuthClient::name);
    visit("dateCreated", &OrgOAuthClient::date_created);
    visit("dateModified", &OrgOAuthClient::date_modified);
    visit("createdBy", &OrgOAuthClient::created_by);
    visit("modifiedBy", &OrgOAuthClient::modified_by);
    visit("authorizedGrantType", &OrgOAuthClient::authorized_grant_type);
    visit("scope", &OrgOAuthClient::scope);
    visit("roleDivisions", &OrgOAuthClient::role_divisions);
    visit("state", &OrgOAuthClient::state);
    visit("dateToDelete", &OrgOAuthClient::date_to_delete);
    visit("organization", &OrgOAuthClient::organization);
  }
};

}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {

/// The user of a trustee organization, as cloned in the trustor organization.
struct TokenInfoClonedUser {
  std::optional<std::string> id;               ///< the id of the user who was cloned
  std::optional<Entity> organization;          ///< the trustee's own organization
  AdditionalProperties additional_properties;  ///< members unknown to this version

  /// Calls `visit` with each member's JSON name and a pointer to it.
  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("id", &TokenInfoClonedUser::id);
    visit("organization", &TokenInfoClonedUser::organization);
  }
};

/// What the cloud knows about an access token (getTokensMe).
struct TokenInfo {
  std::optional<NamedEntity> organization;       ///< the organization that the token acts in
  std::optional<NamedEntity> home_organization;  ///< the organization that the token comes from
  /// scopes authorised for the OAuth client
  std::optional<std::vector<std::string>> authorized_scope;
  /// set only if the token's user is the clone of a trustee's user in a trustor organization
  std::optional<TokenInfoClonedUser> cloned_user;
  std::optional<Timestamp> date_token_idles;   ///< when the token expires if it is not used
  std::optional<OrgOAuthClient> oauth_client;  ///< the OAuth client that the token was issued to
  AdditionalProperties additional_properties;  ///< members unknown to this version

  /// Calls `visit` with each member's JSON name and a pointer to it.
  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("organization", &TokenInfo::organization);
    visit("homeOrganization", &TokenInfo::home_organization);
    visit("authorizedScope", &TokenInfo::authorized_scope);
    visit("clonedUser", &TokenInfo::cloned_user);
    visit("dateTokenIdles", &TokenInfo::date_token_idles);
    visit("OAuthClient", &TokenInfo::oauth_client);
  }
};

}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

/// The operations of the Tokens API. Each returns a Call, which a driver carries out.
namespace operations {

Call<TokenInfo> get_tokens_me(const GetTokensMeOptions& options);
Call<bool> head_tokens_me(const CallOptions& options);
Call<void> delete_tokens_me(const CallOptions& options);
Call<void> delete_token(std::string_view user_id, const CallOptions& options);
Call<IdleTokenTimeout> get_tokens_timeout(const CallOptions& options);
Call<IdleTokenTimeout> put_tokens_timeout(const IdleTokenTimeout& timeout,
                                          const CallOptions& options);

}  // namespace operations
}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {

/// The Tokens API of Genesys Cloud. Each operation has two forms: the plain one throws
/// ApiException, `try_…` returns a Result and throws nothing but std::bad_alloc. Failed attempts
/// are repeated by the rules of RetryPolicy. Every call ends by its deadline.
///
/// Cheap to copy, and thread-safe: each call uses its own connection, from the backend's pool.
template <class Backend>
class BasicTokensApi {
 public:
  /// Builds a backend. Throws ApiException: ErrorKind::invalid_argument for an invalid member of
  /// the configuration, which the message names; ErrorKind::tls for a certificate that cannot be
  /// used.
  explicit BasicTokensApi(const Configuration& configuration);

  /// Uses a backend that is given, which clients of the same `base_url` may share. Throws as above.
  BasicTokensApi(const Configuration& configuration, std::shared_ptr<Backend> backend);

  /// Uses a second backend for the login host. Needed with Configuration::client_credentials if
  /// Backend cannot be built from a Configuration. Throws as above.
  BasicTokensApi(const Configuration& configuration, std::shared_ptr<Backend> backend,
                 std::shared_ptr<Backend> login_backend);

  /// Returns a client for another token, over the same connections. Accepts any token: an invalid
  /// one is refused by the call that uses it.
  BasicTokensApi with_access_token(AccessToken token) const;

  /// Returns what the cloud knows about the token. (getTokensMe, GET /api/v2/tokens/me)
  TokenInfo get_tokens_me(const GetTokensMeOptions& options = {}) const;
  /// Like get_tokens_me(), but returns a Result.
  Result<TokenInfo> try_get_tokens_me(const GetTokensMeOptions& options = {}) const;

  /// Returns whether the token is valid: true for 2xx, false for 401; any other status is an error.
  /// (headTokensMe, HEAD /api/v2/tokens/me)
  bool head_tokens_me(const CallOptions& options = {}) const;
  /// Like head_tokens_me(), but returns a Result.
  Result<bool> try_head_tokens_me(const CallOptions& options = {}) const;

  /// Deletes the token. A 401 in response to a retry is success, because an earlier attempt has
  /// then deleted the token. (deleteTokensMe, DELETE /api/v2/tokens/me)
  void delete_tokens_me(const CallOptions& options = {}) const;
  /// Like delete_tokens_me(), but returns a Result.
  Result<void> try_delete_tokens_me(const CallOptions& options = {}) const;

  /// Deletes all tokens of a user, those of the API and those of the UI. (To log a user out of the
  /// UI only, the platform has `DELETE /api/v2/apps/users/{userId}/logout`.) Requires the
  /// permission oauth:token:delete. ErrorKind::invalid_argument, before anything is sent, for an id
  /// that is empty, `me`, `timeout`, `.`, `..`, longer than 255 bytes, or has a control character.
  /// (deleteToken, DELETE /api/v2/tokens/{userId})
  void delete_token(std::string_view user_id, const CallOptions& options = {}) const;
  /// Like delete_token(), but returns a Result.
  Result<void> try_delete_token(std::string_view user_id, const CallOptions& options = {}) const;

  /// Returns the organization's idle timeout. (getTokensTimeout, GET /api/v2/tokens/timeout)
  IdleTokenTimeout get_tokens_timeout(const CallOptions& options = {}) const;
  /// Like get_tokens_timeout(), but returns a Result.
  Result<IdleTokenTimeout> try_get_tokens_timeout(const CallOptions& options = {}) const;

  /// Changes the organization's idle timeout, and returns the new one. Requires the permission
  /// directory:organization:admin. (putTokensTimeout, PUT /api/v2/tokens/timeout)
  IdleTokenTimeout put_tokens_timeout(const IdleTokenTimeout& timeout,
                                      const CallOptions& options = {}) const;
  /// Like put_tokens_timeout(), but returns a Result.
  Result<IdleTokenTimeout> try_put_tokens_timeout(const IdleTokenTimeout& timeout,
                                                  const CallOptions& options = {}) const;

 private:
  using State = detail::ClientState<Backend>;

  explicit BasicTokensApi(detail::Driver<Backend> driver);

  detail::Driver<Backend> driver_;
};

// Outside the class, so that a file with `extern template` does not compile them: it would compile
// bodies in the class, which are inline.

template <class Backend>
BasicTokensApi<Backend>::BasicTokensApi(const Configuration& configuration)
    : driver_(State(configuration)) {}

template <class Backend>
BasicTokensApi<Backend>::BasicTokensApi(const Configuration& configuration,
                                        std::shared_ptr<Backend> backend)
    : driver_(State(configuration, std::move(backend), nullptr)) {}

template <class Backend>
BasicTokensApi<Backend>::BasicTokensApi(const Configuration& configuration,
                                        std::shared_ptr<Backend> backend,
                                        std::shared_ptr<Backend> login_backend)
    : driver_(State(configuration, std::move(backend), std::move(login_backend))) {}

template <class Backend>
BasicTokensApi<Backend> BasicTokensApi<Backend>::with_access_token(AccessToken token) const {
  return BasicTokensApi(driver_.with_access_token(std::move(token)));
}

template <class Backend>
TokenInfo BasicTokensApi<Backend>::get_tokens_me(const GetTokensMeOptions& options) const {
  return try_get_tokens_me(options).value();
}

template <class Backend>
Result<TokenInfo> BasicTokensApi<Backend>::try_get_tokens_me(
    const GetTokensMeOptions& options) const {
  return driver_.run(detail::operations::get_tokens_me(options));
}

template <class Backend>
bool BasicTokensApi<Backend>::head_tokens_me(const CallOptions& options) const {
  return try_head_tokens_me(options).value();
}

template <class Backend>
Result<bool> BasicTokensApi<Backend>::try_head_tokens_me(const CallOptions& options) const {
  return driver_.run(detail::operations::head_tokens_me(options));
}

template <class Backend>
void BasicTokensApi<Backend>::delete_tokens_me(const CallOptions& options) const {
  try_delete_tokens_me(options).value();
}

template <class Backend>
Result<void> BasicTokensApi<Backend>::try_delete_tokens_me(const CallOptions& options) const {
  return driver_.run(detail::operations::delete_tokens_me(options));
}

template <class Backend>
void BasicTokensApi<Backend>::delete_token(std::string_view user_id,
                                           const CallOptions& options) const {
  try_delete_token(user_id, options).value();
}

template <class Backend>
Result<void> BasicTokensApi<Backend>::try_delete_token(std::string_view user_id,
                                                       const CallOptions& options) const {
  return driver_.run(detail::operations::delete_token(user_id, options));
}

template <class Backend>
IdleTokenTimeout BasicTokensApi<Backend>::get_tokens_timeout(const CallOptions& options) const {
  return try_get_tokens_timeout(options).value();
}

template <class Backend>
Result<IdleTokenTimeout> BasicTokensApi<Backend>::try_get_tokens_timeout(
    const CallOptions& options) const {
  return driver_.run(detail::operations::get_tokens_timeout(options));
}

template <class Backend>
IdleTokenTimeout BasicTokensApi<Backend>::put_tokens_timeout(const IdleTokenTimeout& timeout,
                                                             const CallOptions& options) const {
  return try_put_tokens_timeout(timeout, options).value();
}

template <class Backend>
Result<IdleTokenTimeout> BasicTokensApi<Backend>::try_put_tokens_timeout(
    const IdleTokenTimeout& timeout, const CallOptions& options) const {
  return driver_.run(detail::operations::put_tokens_timeout(timeout, options));
}

template <class Backend>
BasicTokensApi<Backend>::BasicTokensApi(detail::Driver<Backend> driver)
    : driver_(std::move(driver)) {}

}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {

/// The client of the Tokens API, over cpp-httplib.
using TokensApi = BasicTokensApi<HttplibBackend>;

/// The client of the login host, over cpp-httplib.
using OAuthApi = BasicOAuthApi<HttplibBackend>;

}  // namespace v1
}  // namespace purecloud

#if defined(PURECLOUD_TOKENS_SEPARATE) && !PURECLOUD_TOKENS_BODIES
namespace purecloud {
inline namespace v1 {
extern template class BasicTokensApi<HttplibBackend>;
extern template class BasicOAuthApi<HttplibBackend>;
}  // namespace v1
}  // namespace purecloud
#endif

// ---- purecloud/detail/bodies.hpp -----------------------------------------------------------------
// The bodies of everything but the backends. Without #pragma once: a file may include a header of
// this library before it defines PURECLOUD_TOKENS_IMPLEMENTATION and includes the bodies.
#if PURECLOUD_TOKENS_BODIES

// ---- purecloud/configuration.ipp -----------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_CONFIGURATION_IPP)
#define PURECLOUD_TOKENS_CONFIGURATION_IPP

#include <initializer_list>

// ---- purecloud/detail/environment_variable.hpp ---------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_ENVIRONMENT_VARIABLE_HPP)
#define PURECLOUD_TOKENS_DETAIL_ENVIRONMENT_VARIABLE_HPP

#include <cstdlib>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Returns the value of an environment variable; null if it is not set.
inline const char* environment_variable(const char* name) {
#if defined(_MSC_VER)
#pragma warning(push)
#pragma warning(disable : 4996)  // asks for a function that is not part of C++
#endif
  return std::getenv(name);
#if defined(_MSC_VER)
#pragma warning(pop)
#endif
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/text/no_proxy.hpp ----------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_TEXT_NO_PROXY_HPP)
#define PURECLOUD_TOKENS_DETAIL_TEXT_NO_PROXY_HPP

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Returns whether a list like NO_PROXY contains a host. Its entries are separated by commas or
/// spaces: `*` for all hosts; a domain, which includes its subdomains, optionally with `*.` or `.`
/// before it and a dot after it; an IPv4 or IPv6 address, optionally in brackets; an address block,
/// `10.0.0.0/8`. A domain or an address may have a port, and then only applies to that port. Throws
/// ApiException (ErrorKind::invalid_argument) for any other entry; the message names the variable
/// and the entry.
bool excluded_from_proxy(const std::string& variable, std::string_view list,
                         const std::string& host, int port);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/text/text.hpp --------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_TEXT_TEXT_HPP)
#define PURECLOUD_TOKENS_DETAIL_TEXT_TEXT_HPP

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Returns whether a character is a C0 control or DEL.
constexpr bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

/// Returns the text without spaces, tabs and line breaks around it.
std::string_view trimmed(std::string_view text);

/// Returns the text with ASCII letters in lower case, whatever the locale.
std::string lower_case(std::string_view text);

/// Returns the value of a hexadecimal digit; -1 for any other character.
int hex_digit(char c);

/// Decodes each `%XX`. Leaves everything else unchanged.
std::string percent_decode(std::string_view text);

/// Encodes a text as one path segment: all but RFC 3986's unreserved characters as %XX.
std::string percent_encode(std::string_view text);

/// Makes untrusted text fit for a message of one line: controls and line breaks become spaces, and
/// the part beyond `limit` bytes becomes `…`.
std::string one_line(std::string_view text, std::size_t limit);

/// Like one_line(), but other characters than ASCII become `?`. For headers, whose encoding is not
/// known.
std::string ascii_line(std::string_view text, std::size_t limit);

/// Returns whether a text is valid as a header value in a request: no controls but tabs (RFC 9110,
/// 5.5).
bool is_header_value(std::string_view text);

/// Returns whether a text is valid as a header name: a `token` of RFC 9110, 5.6.2.
bool is_header_name(std::string_view text);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Returns an environment variable without the space around it; empty if it is not set.
inline std::string_view environment(const std::string& name) {
  const char* value = environment_variable(name.c_str());
  return trimmed(value ? value : "");
}

/// Refuses a value that cannot stand in one header line.
inline void require_one_line(const std::string& name, std::string_view value) {
  if (!is_header_value(value))
    refuse(name, "holds a line break or another control character; remove it");
}

/// Returns an environment variable unchanged: a name or a password may begin or end with a space.
inline std::string login_from_environment(const std::string& name) {
  const char* value = environment_variable(name.c_str());
  require_one_line(name, value ? value : "");
  return value ? value : "";
}

/// Throws for the first of these variables that is set.
inline void refuse_each(const std::string& prefix, std::initializer_list<const char*> names,
                        const std::string& problem) {
  for (const char* name : names)
    if (!environment(prefix + name).empty()) refuse(prefix + name, problem);
}

/// The address that the variables HOST, PROTOCOL and PORT of one prefix give. HOST may have the
/// form
/// `[scheme://]host[:port][/path]`.
struct Place {
  std::string scheme;           ///< lower case; empty if no variable has it
  std::string scheme_variable;  ///< the variable that has the scheme
  std::string host;             ///< lower case; an IPv6 address without its brackets
  std::optional<int> port;
  std::string path;  ///< empty, or begins with `/` and does not end with it
};

inline std::optional<Place> place_from_environment(const std::string& prefix,
                                                   const std::string& example) {
  const std::string host_variable = prefix + "HOST";
  std::string text(environment(host_variable));
  if (text.empty()) {
    refuse_each(prefix, {"PORT", "PROTOCOL", "AUTH_USERNAME", "AUTH_PASSWORD"},
                "is set without " + host_variable + "; set both or neither");
    return std::nullopt;
  }
  const std::string advice = "; write it like " + example;
  if (text.find('@') != text.npos)
    refuse(host_variable, "holds a user name or password: leave out '@' and what stands before it");

  Place place;
  if (const auto end = text.find("://"); end != text.npos) {
    place.scheme = lower_case(text.substr(0, end));
    place.scheme_variable = host_variable;
    text.erase(0, end + 3);
  }
  if (is_ip_address(text)) text = bracketed(text);
  const BaseUrl url = parse_base_url(host_variable, "https://" + text, example);
  place.host = url.host;
  place.path = url.path;
  if (url.has_port) place.port = url.port;

  std::string scheme = lower_case(environment(prefix + "PROTOCOL"));
  scheme = scheme.substr(0, scheme.find(':'));  // `https://`
  if (!scheme.empty()) {
    if (!place.scheme.empty() && place.scheme != scheme)
      refuse(prefix + "PROTOCOL", "differs from what " + host_variable + " begins with" + advice);
    place.scheme = scheme;
    place.scheme_variable = prefix + "PROTOCOL";
  }
  if (const auto given = environment(prefix + "PORT"); !given.empty()) {
    const auto port = parse_port(given);
    if (!port) refuse(prefix + "PORT", "must be a port, 1 to 65535");
    if (place.port && place.port != port)
      refuse(prefix + "PORT", "differs from the port in " + host_variable + "; leave out one");
    place.port = port;
  }
  return place;
}

inline std::string gateway_from_environment() {
  const std::string prefix = "GENESYSCLOUD_GATEWAY_";
  refuse_each(prefix, {"PATH_NAME", "PATH_VALUE"},
              "is not supported; write the path after the host in GENESYSCLOUD_GATEWAY_HOST, like "
              "gateway.example.com/genesys, and unset this");
  refuse_each(prefix, {"AUTH_USERNAME", "AUTH_PASSWORD"},
              "is not supported, because the access token goes where this would go; let the "
              "gateway accept the token, and unset this");
  const auto place = place_from_environment(prefix, "gateway.example.com/genesys");
  if (!place) return {};
  if (!place->scheme.empty() && place->scheme != "https" && place->scheme != "http")
    refuse(place->scheme_variable, "has a scheme that is neither https nor http");
  return (place->scheme.empty() ? "https" : place->scheme) + "://" + bracketed(place->host) +
         (place->port ? ":" + std::to_string(*place->port) : "") + place->path;
}

inline ProxyScheme parse_proxy_scheme(const std::string& variable, const std::string& scheme) {
  if (scheme == "socks5" || scheme == "socks5h") return ProxyScheme::socks5;
  if (scheme == "https")
    refuse(variable,
           "names a proxy that is itself reached over TLS, which is not supported; https goes "
           "through a plain one as well: write http");
  if (scheme != "http") refuse(variable, "must be http, or socks5 for CurlBackend");
  return ProxyScheme::http;
}

inline ProxyOptions proxy_from_environment() {
  const std::string prefix = "GENESYSCLOUD_PROXY_";
  const auto place = place_from_environment(prefix, "proxy.example.com");
  if (!place) return {};
  ProxyOptions proxy;
  if (!place->scheme.empty())
    proxy.scheme = parse_proxy_scheme(place->scheme_variable, place->scheme);
  if (!place->path.empty()) refuse(prefix + "HOST", "holds a path: leave out '/' and what follows");
  proxy.host = place->host;
  if (!place->port) refuse(prefix + "PORT", "must be a port, 1 to 65535");
  proxy.port = *place->port;
  proxy.username = login_from_environment(prefix + "AUTH_USERNAME");
  proxy.password = login_from_environment(prefix + "AUTH_PASSWORD");
  if (proxy.username.empty() && !proxy.password.empty())
    refuse(prefix + "AUTH_PASSWORD", "is set without " + prefix + "AUTH_USERNAME");
  return proxy;
}

/// Reads a proxy of the form `[scheme://][user[:password]@]host[:port]`.
inline ProxyOptions parse_proxy(const std::string& variable, std::string text) {
  ProxyOptions proxy;
  if (const auto end = text.find("://"); end != text.npos) {
    proxy.scheme = parse_proxy_scheme(variable, lower_case(text.substr(0, end)));
    text.erase(0, end + 3);
  }
  if (const auto at = text.rfind('@'); at != text.npos) {
    const std::string_view user_info = std::string_view(text).substr(0, at);
    const auto colon = user_info.find(':');
    proxy.username = percent_decode(user_info.substr(0, colon));
    if (colon != user_info.npos) proxy.password = percent_decode(user_info.substr(colon + 1));
    require_one_line(variable, proxy.username + proxy.password);
    text.erase(0, at + 1);
  }
  const BaseUrl url = parse_base_url(variable, "http://" + text, "http://proxy.example.com:3128");
  proxy.host = url.host;
  proxy.port = url.has_port || proxy.scheme == ProxyScheme::http ? url.port : 1080;
  return proxy;
}

/// Returns the proxy in HTTPS_PROXY, unless NO_PROXY contains the host of `base_url`.
inline ProxyOptions usual_proxy_from_environment(const Configuration& configuration) {
  // in the order of curl
  const char* variable = environment("https_proxy").empty() ? "HTTPS_PROXY" : "https_proxy";
  const std::string_view address = environment(variable);
  const auto excluded = [](const BaseUrl& url) {
    bool named = false;
    for (const char* list : {"NO_PROXY", "no_proxy"})
      named = excluded_from_proxy(list, environment(list), url.host, url.port) || named;
    return named;
  };
  const BaseUrl url = parse_base_url("base_url", configuration.base_url);
  if (address.empty() || !url.https) return {};
  const bool direct = excluded(url);
  const std::string login_url = login_url_of(configuration);
  if (!configuration.client_credentials.client_id.empty() && !login_url.empty() &&
      excluded(parse_base_url("login_url", login_url)) != direct)
    refuse(environment("no_proxy").empty() ? "NO_PROXY" : "no_proxy",
           "names only one of the API's host and the login host; name both, or their domain");
  return direct ? ProxyOptions{} : parse_proxy(variable, std::string(address));
}

PURECLOUD_TOKENS_INLINE std::string login_url_of(const Configuration& configuration) {
  if (!configuration.login_url.empty()) return configuration.login_url;
  const BaseUrl url = parse_base_url("base_url", configuration.base_url);
  const bool is_api = url.https && !url.has_port && url.path.empty() && url.host.size() > 4 &&
                      url.host.compare(0, 4, "api.") == 0;
  return is_api ? "https://login." + url.host.substr(4) : "";
}

}  // namespace detail

PURECLOUD_TOKENS_INLINE Configuration Configuration::for_region(Region region) {
  Configuration configuration;
  configuration.base_url = "https://api." + std::string(domain_of(region));
  return configuration;
}

PURECLOUD_TOKENS_INLINE Configuration Configuration::from_environment() {
  using detail::environment;
  Configuration configuration;
  for (const char* variable : {"GENESYSCLOUD_ACCESS_TOKEN", "GENESYSCLOUD_OAUTHCLIENT_ID",
                               "GENESYSCLOUD_OAUTHCLIENT_SECRET"})
    detail::require_one_line(variable, environment(variable));
  configuration.access_token = environment("GENESYSCLOUD_ACCESS_TOKEN");
  if (configuration.access_token.empty()) {
    const auto id = environment("GENESYSCLOUD_OAUTHCLIENT_ID");
    const auto secret = environment("GENESYSCLOUD_OAUTHCLIENT_SECRET");
    if (id.empty() != secret.empty())
      detail::refuse(id.empty() ? "GENESYSCLOUD_OAUTHCLIENT_ID" : "GENESYSCLOUD_OAUTHCLIENT_SECRET",
                     "is not set, but the other of id and secret is; set both or neither");
    configuration.client_credentials = {std::string(id), secret};
  }

  for (const char* variable : {"GENESYSCLOUD_REGION", "GENESYS_CLOUD_REGION"}) {
    const std::string_view name = environment(variable);
    if (name.empty()) continue;
    const auto region = parse_region(name);
    if (!region)
      detail::refuse(variable, "is not a region; use one of " + detail::region_names() +
                                   ", or the region's domain");
    configuration.base_url = for_region(*region).base_url;
    break;
  }
  if (const std::string gateway = detail::gateway_from_environment(); !gateway.empty())
    configuration.base_url = configuration.login_url = gateway;

  configuration.proxy = detail::proxy_from_environment();
  if (configuration.proxy.host.empty())
    configuration.proxy = detail::usual_proxy_from_environment(configuration);
  return configuration;
}

}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/call/call_error.ipp --------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_CALL_CALL_ERROR_IPP)
#define PURECLOUD_TOKENS_DETAIL_CALL_CALL_ERROR_IPP

// ---- purecloud/detail/call/request.hpp -----------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_CALL_REQUEST_HPP)
#define PURECLOUD_TOKENS_DETAIL_CALL_REQUEST_HPP

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Returns what is wrong with a call's arguments and options; empty if nothing is.
std::string call_problem(const OperationCall& call, std::string_view secret);

/// Returns the request of a call, without `Authorization`. Moves the target and the body out of it.
HttpRequest make_request(const ClientSettings& settings, OperationCall& call);

/// Sets the `Authorization` of a request (RFC 9110, 11.6.2).
void authorize(HttpRequest& request, std::string_view scheme, std::string_view credentials);

/// Overwrites the `Authorization` and the body of a request that is about to be freed.
void wipe_secrets(HttpRequest& request);
/// Overwrites the `Authorization` of a request.
void wipe_authorization(HttpRequest& request);

/// Returns the token of a request; empty if its `Authorization` is not `Bearer`.
std::string_view bearer_token_of(const HttpRequest& request);

/// Returns a request's name for messages, without the query: `GET /api/v2/tokens/me`.
std::string name_of(const HttpRequest& request);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/json/decoder.hpp -----------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_JSON_DECODER_HPP)
#define PURECLOUD_TOKENS_DETAIL_JSON_DECODER_HPP

// ---- purecloud/detail/json/integer.hpp -----------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_JSON_INTEGER_HPP)
#define PURECLOUD_TOKENS_DETAIL_JSON_INTEGER_HPP

#include <limits>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Whether a JSON number is an integer that fits into 64 bits.
enum class JsonInteger { fits, out_of_range, has_fraction };

/// Reads an integer from a JSON number in any form: `1800`, `1800.0` and `1.8e3` are the same. It
/// calculates in decimal, because a `double` would round.
PURECLOUD_TOKENS_INLINE JsonInteger json_integer(std::string_view spelling, std::int64_t& value) {
  const bool negative = spelling[0] == '-';
  if (negative) spelling.remove_prefix(1);
  const std::size_t e = (std::min)(spelling.find_first_of("eE"), spelling.size());
  const std::string_view digits = spelling.substr(0, e);

  // greater than the number of digits in any text, so that the sum below is right, and does not
  // overflow
  constexpr std::int64_t greatest_exponent = 1'000'000'000'000'000;
  std::int64_t exponent = 0;
  for (const char c : spelling.substr(e))
    if (c >= '0' && c <= '9') exponent = (std::min)(exponent * 10 + (c - '0'), greatest_exponent);
  if (e + 1 < spelling.size() && spelling[e + 1] == '-') exponent = -exponent;

  // the power of ten of the current digit
  std::int64_t power =
      static_cast<std::int64_t>((std::min)(digits.find('.'), digits.size())) + exponent;
  std::uint64_t magnitude = 0;
  for (const char c : digits) {
    if (c == '.') continue;
    --power;
    if (c == '0') continue;
    if (power < 0) return JsonInteger::has_fraction;
    if (power > 18) return JsonInteger::out_of_range;  // 10^19 is beyond 64 bits with a sign
    std::uint64_t counts = static_cast<std::uint64_t>(c - '0');
    for (std::int64_t i = 0; i < power; ++i) counts *= 10;
    magnitude += counts;
  }
  constexpr auto greatest = std::uint64_t{(std::numeric_limits<std::int64_t>::max)()};
  if (magnitude > greatest + (negative ? 1 : 0)) return JsonInteger::out_of_range;
  // the least integer has no positive counterpart
  value = magnitude > greatest ? (std::numeric_limits<std::int64_t>::min)()
          : negative           ? -static_cast<std::int64_t>(magnitude)
                               : static_cast<std::int64_t>(magnitude);
  return JsonInteger::fits;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/json/place.hpp -------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_JSON_PLACE_HPP)
#define PURECLOUD_TOKENS_DETAIL_JSON_PLACE_HPP

namespace purecloud {
inline namespace v1 {
namespace detail {

/// One step of a JSON pointer: a member's name, or, if the name is null, an element's index.
struct JsonStep {
  std::string_view name;
  std::size_t index;
};

/// Appends a step to a JSON pointer (RFC 6901).
PURECLOUD_TOKENS_INLINE void append_step(std::string& pointer, const JsonStep& step) {
  pointer += '/';
  if (!step.name.data()) pointer += std::to_string(step.index);
  for (const char c : step.name) {
    if (c == '~')
      pointer += "~0";
    else if (c == '/')
      pointer += "~1";
    else
      pointer += c;
  }
}

/// A place in a document: the steps from the root, as a linked list on the stack. The pointer's
/// text is only made for an error.
struct JsonPlace {
  const JsonPlace* parent = nullptr;
  JsonStep step = {};
};

/// Returns a place as a JSON pointer (RFC 6901).
PURECLOUD_TOKENS_INLINE std::string to_pointer(const JsonPlace& place) {
  if (!place.parent) return {};
  std::string pointer = to_pointer(*place.parent);
  append_step(pointer, place.step);
  return pointer;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/json/scanner.hpp -----------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_JSON_SCANNER_HPP)
#define PURECLOUD_TOKENS_DETAIL_JSON_SCANNER_HPP

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Returns the length of the UTF-8 sequence (RFC 3629) at the beginning of `text`; 0 if it is not
/// valid.
PURECLOUD_TOKENS_INLINE std::size_t utf8_size(std::string_view text) {
  const auto byte = [&](std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0u;
  };
  const auto continues = [&](std::size_t at) { return (byte(at) & 0xc0u) == 0x80u; };
  const unsigned first = byte(0), second = byte(1);
  if (first < 0x80) return text.empty() ? 0 : 1;
  if (first < 0xc2 || first > 0xf4 || !continues(1)) return 0;
  if (first < 0xe0) return 2;
  if (!continues(2)) return 0;
  if (first < 0xf0) {
    const bool overlong = first == 0xe0 && second < 0xa0;
    const bool surrogate = first == 0xed && second >= 0xa0;
    return overlong || surrogate ? 0 : 3;
  }
  const bool overlong = first == 0xf0 && second < 0x90;
  const bool beyond_unicode = first == 0xf4 && second >= 0x90;
  return overlong || beyond_unicode || !continues(3) ? 0 : 4;
}

/// Splits JSON text (RFC 8259) into tokens. Each function skips white space and reads one token; if
/// the text has another token, it returns false, and the position is near the error. A byte order
/// mark at the beginning is skipped (RFC 8259, 8.1).
///
/// nlohmann/json's parser is not used: it converts every number to a `double`, so that the text of
/// a number is lost, it fails at `1e400`, and it ends the process if memory runs out in its lexer.
/// With it, a file that decodes a model takes 3.2 s to compile and has 118 KB (g++ 12 -O2); with
/// this class 2.4 s and 69 KB.
class JsonScanner {
 public:
  explicit JsonScanner(std::string_view text) : text_(text) {
    if (text.substr(0, 3) == "\xef\xbb\xbf") at_ = 3;
  }

  /// Returns how many bytes were read.
  std::size_t position() const { return at_; }
  /// Goes back to a position.
  void rewind(std::size_t position) { at_ = position; }

  /// Returns the first character of the next token; NUL at the end of the text.
  char peek() {
    while (here() == ' ' || here() == '\n' || here() == '\r' || here() == '\t') ++at_;
    return here();
  }

  /// Returns whether only white space is left.
  bool at_end() {
    peek();
    return at_ == text_.size();
  }

  /// Reads one of `{}[]:,`, or a literal.
  bool take(std::string_view token) {
    peek();
    if (text_.substr(at_, token.size()) != token) return false;
    at_ += token.size();
    return true;
  }

  /// Reads a number, and returns its text in `spelling`.
  bool number(std::string_view& spelling) {
    peek();
    const std::size_t begin = at_;
    if (here() == '-') ++at_;
    if (here() == '0')
      ++at_;
    else if (!digits())
      return false;
    if (here() == '.') {
      ++at_;
      if (!digits()) return false;
    }
    if (here() == 'e' || here() == 'E') {
      ++at_;
      if (here() == '+' || here() == '-') ++at_;
      if (!digits()) return false;
    }
    spelling = text_.substr(begin, at_ - begin);
    return true;
  }

  /// Reads a string, and returns its text with the quotes, and its value.
  bool string(std::string_view& spelling, std::string& value) {
    peek();
    const std::size_t begin = at_;
    if (here() != '"') return false;
    ++at_;
    value.clear();
    while (here() != '"')
      if (!plain(value) && !escape(value)) return false;
    ++at_;
    spelling = text_.substr(begin, at_ - begin);
    return true;
  }

 private:
  char here() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  bool digits() {
    const std::size_t begin = at_;
    while (here() >= '0' && here() <= '9') ++at_;
    return at_ > begin;
  }

  /// Reads one or more characters without escapes.
  bool plain(std::string& value) {
    const std::size_t begin = at_;
    for (;;) {
      const auto c = static_cast<unsigned char>(here());
      if (c < 0x20 || c == '"' || c == '\\') break;
      const std::size_t size = c < 0x80 ? 1 : utf8_size(text_.substr(at_, 4));
      if (size == 0) break;
      at_ += size;
    }
    value.append(text_, begin, at_ - begin);
    return at_ > begin;
  }

  bool escape(std::string& value) {
    if (here() != '\\') return false;
    ++at_;
    constexpr std::string_view letters = "\"\\/bfnrt", values = "\"\\/\b\f\n\r\t";
    const std::size_t letter = letters.find(here());
    if (letter != std::string_view::npos) {
      value += values[letter];
      ++at_;
      return true;
    }
    std::uint32_t code = 0, low = 0;
    if (!utf16(code)) return false;
    if (code >= 0xd800 && code < 0xe000) {  // half of a surrogate pair
      if (code >= 0xdc00 || here() != '\\') return false;
      ++at_;
      if (!utf16(low) || low < 0xdc00 || low >= 0xe000) return false;
      code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    }
    append_utf8(value, code);
    return true;
  }

  /// Reads `u` and four hexadecimal digits.
  bool utf16(std::uint32_t& unit) {
    if (here() != 'u') return false;
    ++at_;
    for (int i = 0; i < 4; ++i, ++at_) {
      const char c = here();
      const char zero = c <= '9' ? '0' : c <= 'F' ? 'A' - 10 : 'a' - 10;
      if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f')))
        return false;
      unit = unit << 4 | static_cast<std::uint32_t>(c - zero);
    }
    return true;
  }

  static void append_utf8(std::string& text, std::uint32_t code) {
    const auto byte = [&](std::uint32_t bits) { text += static_cast<char>(bits); };
    if (code < 0x80) return byte(code);
    if (code < 0x800) {
      byte(0xc0 | code >> 6);
    } else {
      if (code < 0x10000) {
        byte(0xe0 | code >> 12);
      } else {
        byte(0xf0 | code >> 18);
        byte(0x80 | (code >> 12 & 0x3f));
      }
      byte(0x80 | (code >> 6 & 0x3f));
    }
    byte(0x80 | (code & 0x3f));
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/json/type.hpp --------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_JSON_TYPE_HPP)
#define PURECLOUD_TOKENS_DETAIL_JSON_TYPE_HPP

namespace purecloud {
inline namespace v1 {
namespace detail {

struct JsonType;

/// The target of a value: an object and its type; and the step to the value in the document.
struct JsonSlot {
  void* to;
  const JsonType* type;
  JsonStep step;
};

/// How JSON values are stored in objects of one C++ type. With such tables the decoder is compiled
/// once, not for each type. `to` points to the object. A function is null if the type does not
/// accept that kind of value.
struct JsonType {
  const char* mismatch;                                             ///< message for other values
  bool (*string)(void* to, const std::string& value) = nullptr;     ///< false: a mismatch
  bool (*integer)(void* to, std::int64_t value) = nullptr;          ///< false: out of range
  void (*boolean)(void* to, bool value) = nullptr;                  ///< never fails
  JsonSlot (*element)(void* to) = nullptr;                          ///< appends one to an array
  std::size_t element_cost = 0;                                     ///< memory, in bytes
  JsonSlot (*member)(void* to, const std::string& name) = nullptr;  ///< resets and returns it
  /// Returns the additional property that keeps a misfit (JsonMisfit::is_kept).
  JsonSlot (*misfit)(void* to, const std::string& name) = nullptr;
  /// If `to` is a std::optional: gives it a new value, and returns that. The other functions then
  /// apply to the value.
  void* (*emplace)(void* to) = nullptr;
  bool any = false;  ///< accepts any value, and keeps its text: `to` is a std::string
};

template <class T>
struct JsonTag {};

/// The table of a type: what its overload of json_type_of returns.
template <class T>
inline constexpr JsonType json_type = json_type_of(JsonTag<T>{});

constexpr JsonType json_type_of(JsonTag<std::string>) {
  JsonType type{"not a string"};
  type.string = [](void* to, const std::string& value) {
    *static_cast<std::string*>(to) = value;
    return true;
  };
  return type;
}

template <class Kind>
constexpr JsonType json_type_of(JsonTag<BasicSecret<Kind>>) {
  JsonType type{"not a string"};
  type.string = [](void* to, const std::string& value) {
    *static_cast<BasicSecret<Kind>*>(to) = value;
    return true;
  };
  return type;
}

constexpr JsonType json_type_of(JsonTag<bool>) {
  JsonType type{"not a boolean"};
  type.boolean = [](void* to, bool value) { *static_cast<bool*>(to) = value; };
  return type;
}

constexpr JsonType json_type_of(JsonTag<int>) {
  JsonType type{"not an integer"};
  type.integer = [](void* to, std::int64_t value) {
    using Limits = std::numeric_limits<int>;
    if (value < (Limits::min)() || value > (Limits::max)()) return false;
    *static_cast<int*>(to) = static_cast<int>(value);
    return true;
  };
  return type;
}

constexpr JsonType json_type_of(JsonTag<Timestamp>) {
  JsonType type{"not a date-time"};
  type.string = [](void* to, const std::string& value) {
    const auto time = parse_timestamp(value);
    if (time) *static_cast<Timestamp*>(to) = *time;
    return time.has_value();
  };
  return type;
}

template <class Values>
constexpr JsonType json_type_of(JsonTag<OpenEnum<Values>>) {
  JsonType type{"not a string"};
  type.string = [](void* to, const std::string& value) {
    *static_cast<OpenEnum<Values>*>(to) = OpenEnum<Values>(value);
    return true;
  };
  return type;
}

template <class T>
constexpr JsonType json_type_of(JsonTag<std::optional<T>>) {
  JsonType type = json_type<T>;
  type.emplace = [](void* to) -> void* {
    auto& optional = *static_cast<std::optional<T>*>(to);
    if constexpr (IsOpenEnum<T>::value)
      return &optional.emplace(std::string_view());  // it has no default
    else
      return &optional.emplace();
  };
  return type;
}

template <class T>
constexpr JsonType json_type_of(JsonTag<std::vector<T>>) {
  JsonType type{"not an array"};
  type.element = [](void* to) {
    auto& array = *static_cast<std::vector<T>*>(to);
    return JsonSlot{&array.emplace_back(), &json_type<T>, {{}, array.size() - 1}};
  };
  // a vector that grows holds its elements twice, and has room for as many more
  type.element_cost = 3 * sizeof(T);
  return type;
}

template <class T>
constexpr JsonType json_type_of(JsonTag<std::map<std::string, T>>) {
  JsonType type{"not an object"};
  type.member = [](void* to, const std::string& name) {
    auto& map = *static_cast<std::map<std::string, T>*>(to);
    auto& [key, value] = *map.insert_or_assign(name, T()).first;
    return JsonSlot{&value, &json_type<T>, {key, 0}};
  };
  return type;
}

/// Stands for a std::string that holds the JSON text of any value.
struct JsonText {};

constexpr JsonType json_type_of(JsonTag<JsonText>) {
  JsonType type{""};
  type.any = true;
  return type;
}

inline JsonSlot unknown_member(AdditionalProperties& properties, const std::string& name) {
  auto& [key, text] = *properties.insert_or_assign(name, std::string()).first;
  return {&text, &json_type<JsonText>, {key, 0}};
}

template <class Model, std::enable_if_t<IsModel<Model>::value, int> = 0>
constexpr JsonType json_type_of(JsonTag<Model>) {
  JsonType type{"not an object"};
  type.member = [](void* to, const std::string& name) {
    auto& model = *static_cast<Model*>(to);
    JsonSlot slot{};
    Model::each_member([&](std::string_view known, auto member) {
      if (known != name) return;
      auto& value = model.*member;
      value.reset();
      slot = {&value, &json_type<std::decay_t<decltype(value)>>, {known, 0}};
    });
    if (!slot.to) return unknown_member(model.additional_properties, name);
    model.additional_properties.erase(name);  // from an earlier misfit of the same name
    return slot;
  };
  type.misfit = [](void* to, const std::string& name) {
    json_type<Model>.member(to, name);  // resets the member
    return unknown_member(static_cast<Model*>(to)->additional_properties, name);
  };
  return type;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

/// What happens to a misfit: a value of another type than its member's, or an array with too many
/// elements.
enum class JsonMisfit {
  fails,  ///< decoding ends
  /// The value is kept as text in the additional properties of the innermost model around it. To do
  /// so the value is read again; once that has added up to the size of the text, values go to the
  /// additional properties of the root instead.
  is_kept,
};

/// Decodes one JSON text into the object of a slot.
class JsonDecoder {
 public:
  JsonDecoder(std::string_view text, JsonMisfit misfit)
      : scan_(text),
        misfit_(misfit),
        elements_left_(json_elements_limit(text.size())),
        reread_left_(text.size()) {
    string_.reserve(text.size());
  }
  /// Wipes the strings, which in a login host's response are secret.
  ~JsonDecoder() {
    string_.resize(string_.capacity());
    wipe(string_.data(), string_.size());
  }
  JsonDecoder(const JsonDecoder&) = delete;
  JsonDecoder& operator=(const JsonDecoder&) = delete;

  /// Returns false when the text is not JSON or does not fit: problem() says why.
  bool decode(const JsonSlot& root) { return value(root, {}) && (scan_.at_end() || not_json()); }

  const std::string& problem() const { return error_; }

 private:
  // The recursion is bounded by json_depth_limit. A level takes some 600 bytes of stack without
  // optimization.
  bool value(const JsonSlot& slot, const JsonPlace& place) {
    const JsonType& type = *slot.type;
    switch (scan_.peek()) {
      case '{': return object(slot, place);
      case '[': return array(slot, place);
      case '"': {
        std::string_view spelling;
        if (!scan_.string(spelling, string_)) return not_json();
        if (type.any) return keep(slot, spelling);
        return (type.string && type.string(object_of(slot), string_)) || mismatch(slot, place);
      }
      case 't': return boolean("true", true, slot, place);
      case 'f': return boolean("false", false, slot, place);
      case 'n':
        if (!scan_.take("null")) return not_json();
        if (type.any) return keep(slot, "null");
        return type.emplace || mismatch(slot, place);  // null is like an absent member
      default: return number(slot, place);
    }
  }

  bool boolean(std::string_view spelling, bool value, const JsonSlot& slot,
               const JsonPlace& place) {
    if (!scan_.take(spelling)) return not_json();
    if (slot.type->any) return keep(slot, spelling);
    if (!slot.type->boolean) return mismatch(slot, place);
    slot.type->boolean(object_of(slot), value);
    return true;
  }

  bool number(const JsonSlot& slot, const JsonPlace& place) {
    std::string_view spelling;
    if (!scan_.number(spelling)) return not_json();
    if (slot.type->any) return keep(slot, spelling);
    if (!slot.type->integer) return mismatch(slot, place);
    std::int64_t value = 0;
    const JsonInteger integer = json_integer(spelling, value);
    if (integer == JsonInteger::has_fraction) return mismatch(slot, place);
    return (integer == JsonInteger::fits && slot.type->integer(object_of(slot), value)) ||
           fail("an integer out of range", place);
  }

  bool array(const JsonSlot& slot, const JsonPlace& place) {
    if (!slot.type->any && !slot.type->element) return mismatch(slot, place);
    if (!begin("[", slot)) return false;
    void* const to = slot.type->any ? nullptr : object_of(slot);
    for (bool first = true; !scan_.take("]"); first = false) {
      if (!first && !separator(",", slot)) return false;
      if (!(to ? element(*slot.type, to, place) : value(slot, place))) return false;
    }
    return end("]", slot);
  }

  bool object(const JsonSlot& slot, const JsonPlace& place) {
    if (!slot.type->any && !slot.type->member) return mismatch(slot, place);
    if (!begin("{", slot)) return false;
    void* const to = slot.type->any ? nullptr : object_of(slot);
    for (bool first = true; !scan_.take("}"); first = false) {
      if (!first && !separator(",", slot)) return false;
      std::string_view spelling;
      if (!scan_.string(spelling, string_)) return not_json();
      keep(slot, spelling);
      if (!separator(":", slot)) return false;
      if (!(to ? member(*slot.type, to, place) : value(slot, place))) return false;
    }
    return end("}", slot);
  }

  bool element(const JsonType& type, void* to, const JsonPlace& place) {
    if (type.element_cost > elements_left_)
      return fail("an array of too many elements for a text of its size", place);
    elements_left_ -= type.element_cost;
    const JsonSlot slot = type.element(to);
    return value(slot, {&place, slot.step});
  }

  /// Reads the value of the member whose name was just read.
  bool member(const JsonType& type, void* to, const JsonPlace& place) {
    const JsonSlot slot = type.member(to, string_);
    const std::size_t begin = scan_.position(), depth = depth_;
    if (value(slot, {&place, slot.step})) return true;
    if (!is_misfit_ || misfit_ == JsonMisfit::fails || !type.misfit) return false;
    const std::size_t reread = scan_.position() - begin;
    if (depth > 1) {  // a member of the root is never read more than twice
      if (reread > reread_left_) return false;
      reread_left_ -= reread;
    }
    is_misfit_ = false;
    depth_ = depth;
    scan_.rewind(begin);
    return value(type.misfit(to, std::string(slot.step.name)), place);
  }

  bool begin(std::string_view token, const JsonSlot& slot) {
    if (depth_ == json_depth_limit) {
      error_ = json_too_deep;
      return false;
    }
    ++depth_;
    scan_.take(token);
    return keep(slot, token);
  }

  bool separator(std::string_view token, const JsonSlot& slot) {
    return scan_.take(token) ? keep(slot, token) : not_json();
  }

  bool end(std::string_view token, const JsonSlot& slot) {
    --depth_;
    return keep(slot, token);
  }

  static void* object_of(const JsonSlot& slot) {
    return slot.type->emplace ? slot.type->emplace(slot.to) : slot.to;
  }

  /// If the value is kept as text, appends a token to it.
  static bool keep(const JsonSlot& slot, std::string_view token) {
    if (slot.type->any) *static_cast<std::string*>(slot.to) += token;
    return true;
  }

  bool mismatch(const JsonSlot& slot, const JsonPlace& place) {
    return fail(slot.type->mismatch, place);
  }

  bool fail(const char* problem, const JsonPlace& place) {
    is_misfit_ = true;
    if (misfit_ == JsonMisfit::is_kept) return false;  // the message would not be read
    const std::string pointer = one_line(to_pointer(place), 200);
    error_ = pointer.empty() ? problem : pointer + ": " + problem;
    return false;
  }

  bool not_json() {
    error_ = "not JSON (at byte " + std::to_string(scan_.position() + 1) + ")";
    return false;
  }

  JsonScanner scan_;
  JsonMisfit misfit_;
  std::uint64_t elements_left_;  ///< memory for array elements, in bytes
  std::size_t reread_left_;      ///< how many bytes may be read again for misfits
  std::size_t depth_ = 0;        ///< how many arrays and objects are open
  bool is_misfit_ = false;       ///< decoding failed because of a misfit
  std::string string_;  ///< the string or name that was read last; reserved, so never moved
  std::string error_;
};

/// Decodes a text into `root`. Returns what is wrong with it; empty if nothing is.
PURECLOUD_TOKENS_INLINE std::string decode_json(std::string_view text, const JsonSlot& root) {
  JsonDecoder decoder(text, JsonMisfit::fails);
  decoder.decode(root);
  return decoder.problem();
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/json/error_body.hpp --------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_JSON_ERROR_BODY_HPP)
#define PURECLOUD_TOKENS_DETAIL_JSON_ERROR_BODY_HPP

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Decodes the body of an error response. It is lenient, so that a decoding error does not hide the
/// API's error: a value of another type than its member's, or an array with too many elements, is
/// kept as text in the additional properties of its model. If the body has no message, it gets that
/// of its first error. Returns nothing when the text is not a JSON object.
std::optional<ErrorBody> decode_error_body(std::string_view text);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

PURECLOUD_TOKENS_INLINE std::string_view header(const HttpResponse& response,
                                                std::string_view name) {
  const auto found = response.headers.find(name);
  return found == response.headers.end() ? std::string_view() : std::string_view(found->second);
}

/// Describes an unexpected body for a message: `text/html, beginning with "<html>"`.
inline std::string describe_body(const CallDescription& call, const HttpResponse& response) {
  if (response.body.empty()) return "an empty body";
  const std::string_view type = header(response, "Content-Type");
  const std::string_view encoding = header(response, "Content-Encoding");
  std::string text = type.empty() ? "a body without Content-Type" : ascii_line(type, 80);
  if (!encoding.empty()) text += " in the encoding " + ascii_line(encoding, 40);
  if (!call.login_host.empty()) return text;  // the body may be a new token
  return text + ", beginning with \"" + ascii_line(response.body, 80) + "\"";
}

/// Returns the part of an error's message that follows the status.
inline std::string describe_status(const CallDescription& call, const HttpResponse& response,
                                   const std::optional<ErrorBody>& body) {
  if (response.status / 100 == 3) {
    std::string_view location = header(response, "Location");
    location = location.substr(0, location.find_first_of("?#"));
    return " redirect to " + (location.empty() ? "nowhere" : ascii_line(location, 200)) +
           (call.login_host.empty()
                ? ", not followed, because the access token would travel there; check base_url"
                : ", not followed, because the client's secret would travel there; check "
                  "login_url");
  }
  if (body && (body->code || body->message)) {
    std::string text;
    if (body->code) text += " " + one_line(*body->code, 100);
    if (body->message) text += (body->code ? ": " : " ") + one_line(*body->message, 500);
    return text;
  }
  if (response.body.empty()) return " without a body";
  return ", not in the API's own form, but " + describe_body(call, response);
}

/// Returns a response without its secrets. Its body is cut to `body_size` bytes, because the search
/// for secrets in a very large body would outlast the deadline.
inline HttpResponse redact(const HttpResponse& response, const Redactor& redactor,
                           std::size_t body_size) {
  HttpResponse shown = redactor.redact(
      HttpResponse{response.status, response.headers, response.body.substr(0, body_size)});
  // the cut body may end with a part of a secret that is too short to be found
  constexpr std::size_t longest_piece = 160;
  if (response.body.size() > body_size)
    shown.body.resize(shown.body.size() - (std::min)(shown.body.size(), longest_piece));
  return shown;
}

/// Returns an error without a response.
inline Error call_error(ErrorKind kind, const CallDescription& call, const CallRecord& record,
                        std::string message) {
  Error error;
  error.kind = kind;
  error.attempts = record.attempts;
  error.login_failed = !call.login_host.empty();
  if (record.attempts > 1) message += " (after " + std::to_string(record.attempts) + " attempts)";
  error.message = call.redactor.redact(name_of(call.request) + ": " + std::move(message));
  return error;
}

/// Returns an error with a response. Its message ends with the correlation id.
inline Error response_error(ErrorKind kind, const CallDescription& call, const CallRecord& record,
                            const HttpResponse& shown, std::string message,
                            std::optional<ErrorBody> body) {
  Error error = call_error(kind, call, record, std::move(message));
  error.status = shown.status;
  error.correlation_id = ascii_line(header(shown, "ININ-Correlation-Id"), 128);
  if (error.correlation_id.empty() && body && body->context_id)
    error.correlation_id = one_line(*body->context_id, 128);
  if (!error.correlation_id.empty())
    error.message += " (correlation id " + error.correlation_id + ")";
  if (body) error.body.emplace(*std::move(body));
  return error;
}

/// Returns the string in a member that ErrorBody does not have.
inline std::optional<std::string> text_of(const ErrorBody& body, const char* member) {
  const auto found = body.additional_properties.find(member);
  if (found == body.additional_properties.end()) return std::nullopt;
  std::string text;
  if (!decode_json(found->second, {&text, &json_type<std::string>, {}}).empty())
    return std::nullopt;
  return text;
}

/// Converts an error body of OAuth (RFC 6749, 5.2) to the form of the API.
inline ErrorBody oauth_error_body(const ErrorBody& body) {
  ErrorBody error;
  error.code = body.code ? body.code : text_of(body, "error");
  error.message = text_of(body, "error_description");
  if (!error.message) error.message = text_of(body, "description");
  if (!error.message) error.message = body.message;
  error.context_id = body.context_id;
  return error;
}

PURECLOUD_TOKENS_INLINE Error failure_error(ErrorKind kind, const CallDescription& call,
                                            const CallRecord& record, std::string problem) {
  return call_error(kind, call, record, one_line(call.redactor.redact(std::move(problem)), 500));
}

PURECLOUD_TOKENS_INLINE Error status_error(const CallDescription& call, const CallRecord& record) {
  const HttpResponse shown = redact(*record.response, call.redactor, 1024 * 1024);
  std::optional<ErrorBody> body = decode_error_body(shown.body);
  if (body && !call.login_host.empty()) body.emplace(oauth_error_body(*body));
  std::string message = std::to_string(shown.status) + describe_status(call, shown, body);
  if (!call.login_host.empty())
    message += body && body->code == "invalid_client"
                   ? "; check the client id and secret, and that " + call.login_host +
                         " is the region of your organization"
                   : "; from " + call.login_host;
  return response_error(ErrorKind::http_status, call, record, shown, std::move(message),
                        std::move(body));
}

PURECLOUD_TOKENS_INLINE Error decode_error(const CallDescription& call, const CallRecord& record,
                                           const std::string& problem) {
  const HttpResponse shown = redact(*record.response, call.redactor, 1024);
  std::string message = std::to_string(shown.status) +
                        ", but the body is not what the operation returns: " + problem +
                        "; it is " + describe_body(call, shown);
  if (!call.login_host.empty()) message += "; from " + call.login_host;
  return response_error(ErrorKind::decode, call, record, shown, std::move(message), std::nullopt);
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/call/exchange.ipp ----------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_CALL_EXCHANGE_IPP)
#define PURECLOUD_TOKENS_DETAIL_CALL_EXCHANGE_IPP

#include <cmath>
#include <random>

// ---- purecloud/detail/call/retry_after.hpp -------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_CALL_RETRY_AFTER_HPP)
#define PURECLOUD_TOKENS_DETAIL_CALL_RETRY_AFTER_HPP

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Reads an HTTP-date in any of its three forms (RFC 9110, 5.6.7). A date outside the clock's range
/// (a clock that counts nanoseconds ends in 2262) becomes the nearest one in it. Returns nothing if
/// the text is not an HTTP-date.
std::optional<std::chrono::system_clock::time_point> parse_http_date(std::string_view text);

/// The greatest delay that parse_retry_after returns. It is longer than any call, and overflows no
/// clock that counts nanoseconds.
constexpr std::chrono::milliseconds longest_retry_after = std::chrono::hours(100 * 365 * 24);

/// Reads the value of `Retry-After` (RFC 9110, 10.2.3): seconds, or an HTTP-date, of which it
/// returns the time from `now` on. A longer delay becomes longest_retry_after. A fraction of a
/// second, which some servers send, is rounded up. Returns nothing if the text has neither form. So
/// it does for a date in the past, which must not cause a retry without a wait.
std::optional<std::chrono::milliseconds> parse_retry_after(
    std::string_view text, std::chrono::system_clock::time_point now);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/instantiations.hpp ---------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_INSTANTIATIONS_HPP)
#define PURECLOUD_TOKENS_DETAIL_INSTANTIATIONS_HPP

// The templates that a separate build instantiates once, in the file that has the bodies. The lists
// expand to Use(T) for each T.

/// Every model: to_json and from_json are instantiated for it.
#define PURECLOUD_TOKENS_EACH_MODEL(Use)                                                  \
  Use(Entity) Use(NamedEntity) Use(DomainEntityRef) Use(RoleDivision) Use(OrgOAuthClient) \
      Use(TokenInfoClonedUser) Use(TokenInfo) Use(InactivityTimeoutGroupBundle)           \
          Use(IdleTokenTimeout) Use(Detail) Use(Limit) Use(ErrorBody)

/// Every type that an operation returns: finish() is instantiated for it.
#define PURECLOUD_TOKENS_EACH_RESULT(Use) \
  Use(TokenInfo) Use(IdleTokenTimeout) Use(bool) Use(void) Use(OAuthToken)

#endif

// ---- purecloud/detail/net/thread.hpp -------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_NET_THREAD_HPP)
#define PURECLOUD_TOKENS_DETAIL_NET_THREAD_HPP

#include <new>

#if !defined(_WIN32)
#include <dlfcn.h>
#include <pthread.h>
#include <unistd.h>
#include <csignal>
#endif

// ---- purecloud/detail/windows.hpp ----------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_WINDOWS_HPP)
#define PURECLOUD_TOKENS_DETAIL_WINDOWS_HPP

#if defined(_WIN32)

// Otherwise <windows.h> defines the macros `min` and `max`.
#if !defined(NOMINMAX)
#define NOMINMAX
#endif

#include <winsock2.h>
#include <ws2tcpip.h>

#include <windows.h>

#include <wincrypt.h>

// Macros with the names of OpenSSL's types. OpenSSL's headers undefine them only if they are
// included later.
#undef OCSP_REQUEST
#undef OCSP_RESPONSE
#undef PKCS7_ISSUER_AND_SERIAL
#undef PKCS7_SIGNER_INFO
#undef X509_CERT_PAIR
#undef X509_EXTENSIONS
#undef X509_NAME

#endif

#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

#if defined(_WIN32)

/// Does nothing: on Windows, threads have no signals to block.
class AllSignalsBlocked {
 public:
  AllSignalsBlocked() {}
};

/// Does nothing: Windows has no pthread_cancel().
class NoCancellation {
 public:
  NoCancellation() {}
};

#else

/// During its lifetime, no signal handler runs on this thread, nor on those that it starts.
class AllSignalsBlocked {
 public:
  AllSignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~AllSignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  AllSignalsBlocked(const AllSignalsBlocked&) = delete;
  AllSignalsBlocked& operator=(const AllSignalsBlocked&) = delete;

 private:
  sigset_t before_;
};

/// During its lifetime, pthread_cancel() of this thread is deferred. Otherwise it would unwind the
/// stack from poll(), through C functions and destructors, which do not allow that.
class NoCancellation {
 public:
#if defined(PTHREAD_CANCEL_DISABLE)
  NoCancellation() { pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &before_); }
  ~NoCancellation() { pthread_setcancelstate(before_, nullptr); }

 private:
  int before_ = PTHREAD_CANCEL_ENABLE;

 public:
#else  // Android has no pthread_cancel()
  NoCancellation() {}
#endif
  NoCancellation(const NoCancellation&) = delete;
  NoCancellation& operator=(const NoCancellation&) = delete;
};

#endif

/// Starts a thread on which no signal handler runs. Throws std::system_error or std::bad_alloc if
/// it cannot be started.
template <class Work>
std::thread start_thread(Work work) {
  const AllSignalsBlocked inherited;
  return std::thread(std::move(work));
}

/// Returns the id of the process, to recognize a forked child, which lacks its parent's threads.
inline long process_id() {
#if defined(_WIN32)
  return static_cast<long>(GetCurrentProcessId());
#else
  return static_cast<long>(::getpid());
#endif
}

/// Keeps an object until the process ends. For a forked child, where the threads of an object do
/// not exist, and one of them may have held its lock at the fork.
template <class T>
void keep_forever(std::shared_ptr<T> object) noexcept {
  struct Kept {
    std::shared_ptr<T> object;
    Kept* next;
  };
  static std::atomic<Kept*> first{nullptr};  // so that it can be reached, and is no leak
  auto* const kept = ::new (std::nothrow) Kept{std::move(object), first.load()};
  while (kept && !first.compare_exchange_weak(kept->next, kept)) {
  }
}

/// Keeps the module with this code loaded until the process ends. Used when a thread is left
/// behind: a plugin must not be unloaded while a thread runs in it.
inline void keep_module_loaded() {
  static char in_this_module;
#if defined(_WIN32)
  HMODULE module;
  GetModuleHandleExA(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_PIN,
                     &in_this_module, &module);
#elif defined(RTLD_NODELETE)
  Dl_info found;
  if (dladdr(&in_this_module, &found) != 0)
    static_cast<void>(dlopen(found.dli_fname, RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE));
#endif
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/oauth/token_response.hpp ---------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_OAUTH_TOKEN_RESPONSE_HPP)
#define PURECLOUD_TOKENS_DETAIL_OAUTH_TOKEN_RESPONSE_HPP

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Decodes the login host's response to a grant (RFC 6749, 5.1). Returns what is wrong with it,
/// with the place as a JSON pointer; empty if nothing is.
std::string decode_oauth_token(std::string_view body, OAuthToken& granted);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

PURECLOUD_TOKENS_INLINE double random_fraction() noexcept {
  const auto seed = []() noexcept -> unsigned {
    try {
      return std::random_device{}();
    } catch (...) {  // a call must not fail because it has no random number
      return static_cast<unsigned>(std::chrono::steady_clock::now().time_since_epoch().count());
    }
  };
  using Generator = std::minstd_rand;
  thread_local Generator generator{seed()};
  constexpr double count = (Generator::max)() - (Generator::min)() + 1.0;
  return static_cast<double>(generator() - (Generator::min)()) / count;
}

PURECLOUD_TOKENS_INLINE Exchange::Exchange(std::shared_ptr<const ClientSettings> settings,
                                           OperationCall call,
                                           std::shared_ptr<const AccessToken> token, Deadline now)
    : settings_(std::move(settings)),
      operation_(call.operation),
      stop_(call.options.stop),
      total_((std::clamp)(call.options.deadline.value_or(settings_->configuration.timeouts.total),
                          std::chrono::milliseconds(0), longest_time)),
      deadline_(now + total_),
      token_is_renewable_(!token && call.operation.authentication == Authentication::token),
      secrets_(std::move(call.secrets)),
      target_has_arguments_(call.target.substr(0, call.target.find('?')) != call.operation.path) {
  const std::string_view secret = token ? token->reveal() : std::string_view();
  const std::string problem = call_problem(call, secret);
  request_ = make_request(*settings_, call);
  if (!problem.empty())
    refuse(problem);
  else if (token)
    use_token(std::move(token), now);
  else if (!call.basic_credentials.empty())
    authorize(request_, "Basic", call.basic_credentials.reveal());
}

PURECLOUD_TOKENS_INLINE Exchange::~Exchange() { wipe_secrets(request_); }

PURECLOUD_TOKENS_INLINE void Exchange::refuse(const std::string& problem) {
  Error error;
  error.message = std::string(operation_.method) + " " + std::string(operation_.path) + ": " +
                  redactor().redact(problem);
  error.login_failed = is_login();
  error_.emplace(std::move(error));
}

PURECLOUD_TOKENS_INLINE Exchange::Step Exchange::next(Deadline now) {
  if (error_) return {Action::done, now};
  if (stop_.stop_requested() || now >= deadline_) return give_up(now);
  if (!token_ && token_is_renewable_) return {Action::get_token, deadline_};
  return send(now);
}

PURECLOUD_TOKENS_INLINE Exchange::Step Exchange::send(Deadline now) {
  sent_ = now;
  const auto attempt = (std::min)(settings_->configuration.timeouts.attempt, longest_time);
  return {Action::send, (std::min)(deadline_, now + attempt)};
}

PURECLOUD_TOKENS_INLINE Exchange::Step Exchange::use_token(std::shared_ptr<const AccessToken> token,
                                                           Deadline now) {
  token_ = std::move(token);
  redactor_.reset();
  const std::string problem = token_->empty()
                                  ? "access_token: is empty; set Configuration::access_token, or "
                                    "GENESYSCLOUD_ACCESS_TOKEN for from_environment()"
                                  : token_problem(token_->reveal());
  if (problem.empty())
    authorize(request_, "Bearer", token_->reveal());
  else
    refuse(problem);
  return next(now);
}

PURECLOUD_TOKENS_INLINE Exchange::Step Exchange::no_token(std::optional<Error> reason,
                                                          Deadline now) {
  if (reason) {
    reason->attempts = attempts_;
    return end(*std::move(reason), now);
  }
  last_ = HttpResponse{204, {}, {}};
  return {Action::done, now};
}

PURECLOUD_TOKENS_INLINE TokenNeed Exchange::token_need() const {
  return {rejected_, operation_.unauthorized == Unauthorized::is_success_of_retry};
}

PURECLOUD_TOKENS_INLINE std::shared_ptr<const AccessToken> Exchange::lost_token() const {
  const auto* response = std::get_if<HttpResponse>(&last_);
  if (!token_is_renewable_ || !response || attempts_ == 0) return nullptr;
  // here the API has rejected a token that was just renewed: it would reject the next one, too
  if (operation_.unauthorized == Unauthorized::is_error) return nullptr;
  const bool deleted = operation_.unauthorized == Unauthorized::is_success_of_retry && !error_;
  return deleted || response->status == 401 ? token_ : nullptr;
}

PURECLOUD_TOKENS_INLINE Exchange::Step Exchange::received(HttpResult result, Moment now,
                                                          double random) {
  ++attempts_;
  observe(result, now.steady - sent_);
  last_ = std::move(result);
  delay_.reset();
  if (auto* response = std::get_if<HttpResponse>(&last_)) clean(*response);
  if (succeeded()) return {Action::done, now.steady};
  if (may_renew()) {
    rejected_ = std::move(token_);
    token_ = nullptr;
    return next(now.steady);
  }

  delay_ = requested_delay(now);
  const RetryPolicy& retry = settings_->configuration.retry;
  // the repetition with a new token does not count towards max_attempts
  if (!may_retry() || attempts_ - (rejected_ ? 1 : 0) >= retry.max_attempts)
    return give_up(now.steady);
  if (!delay_) {
    const double doubled =
        std::ldexp(static_cast<double>(retry.base_delay.count()), (std::min)(attempts_ - 1, 60));
    const auto max_delay = (std::min)(retry.max_delay, longest_time);
    const double bound = (std::min)(doubled, static_cast<double>(max_delay.count()));
    delay_ = std::chrono::milliseconds(static_cast<std::chrono::milliseconds::rep>(bound * random));
  }
  if (*delay_ >= deadline_ - now.steady) return give_up(now.steady);
  return {Action::wait, now.steady + *delay_};
}

PURECLOUD_TOKENS_INLINE const Redactor& Exchange::redactor() const {
  if (redactor_) return *redactor_;
  Redactor complete;  // stored only when it knows all secrets, because memory may run out
  if (token_) complete.add(*token_);
  if (rejected_) complete.add(*rejected_);
  for (const Secret& secret : secrets_) complete.add(secret);
  return redactor_.emplace(std::move(complete));
}

PURECLOUD_TOKENS_INLINE CallDescription Exchange::describe() const {
  return {request_, redactor(),
          is_login() ? parse_base_url("login_url", settings_->configuration.base_url).host : ""};
}

PURECLOUD_TOKENS_INLINE void Exchange::clean(HttpResponse& response) const {
  for (auto& [name, value] : response.headers)
    // A header may contain an encoded line break, which some HTTP libraries decode.
    std::replace_if(value.begin(), value.end(), is_control, ' ');
  if (response.status / 100 != 2 || is_login()) {
    for (auto& [name, value] : response.headers) value = redactor().redact(std::move(value));
  } else if (const auto id = response.headers.find("ININ-Correlation-Id");
             id != response.headers.end()) {
    // because users log it, from the Result
    id->second = shown_correlation_id(std::move(id->second));
  }
}

/// Returns how many characters around `a_at` in `a` are the same as those around `b_at` in `b`.
inline std::size_t common_run(std::string_view a, std::size_t a_at, std::string_view b,
                              std::size_t b_at) {
  std::size_t begin = 0, end = 0;
  while (begin < a_at && begin < b_at && a[a_at - begin - 1] == b[b_at - begin - 1]) ++begin;
  while (a_at + end < a.size() && b_at + end < b.size() && a[a_at + end] == b[b_at + end]) ++end;
  return begin + end;
}

/// Returns whether a text is a UUID without any run of 16 characters of a secret, and false if the
/// secret has characters that a Redactor decodes. True for most correlation ids: that saves the
/// making of a Redactor.
inline bool is_other_uuid(std::string_view text, std::string_view secret) {
  constexpr std::size_t size = 36, run = 16, dashes[] = {8, 13, 18, 23};
  if (text.size() != size || secret.size() < run) return false;
  if (secret.find_first_of("%+ ") != secret.npos) return false;
  for (std::size_t i = 0; i < size; ++i) {
    const bool is_dash = std::find(std::begin(dashes), std::end(dashes), i) != std::end(dashes);
    if (is_dash ? text[i] != '-' : hex_digit(text[i]) < 0) return false;
  }
  // each run of 16 characters of a UUID has a dash
  for (auto at = secret.find('-'); at != secret.npos; at = secret.find('-', at + 1))
    for (const std::size_t dash : dashes)
      if (common_run(text, dash, secret, at) >= run) return false;
  return true;
}

PURECLOUD_TOKENS_INLINE std::string Exchange::shown_correlation_id(std::string id) const {
  if (id.empty() || (token_ && !rejected_ && is_other_uuid(id, token_->reveal()))) return id;
  return redactor().redact(std::move(id));
}

PURECLOUD_TOKENS_INLINE bool Exchange::succeeded() const {
  const auto* response = std::get_if<HttpResponse>(&last_);
  if (!response) return false;
  if (response->status / 100 == 2) return true;
  if (response->status != 401) return false;
  return operation_.unauthorized == Unauthorized::is_result ||
         (operation_.unauthorized == Unauthorized::is_success_of_retry && attempts_ > 1);
}

PURECLOUD_TOKENS_INLINE bool Exchange::may_renew() const {
  const auto* response = std::get_if<HttpResponse>(&last_);
  return token_is_renewable_ && !rejected_ && response && response->status == 401 &&
         operation_.unauthorized == Unauthorized::is_error;
}

PURECLOUD_TOKENS_INLINE bool Exchange::may_retry() const {
  if (operation_.repeat == Repeat::never) return false;
  const auto* failure = std::get_if<HttpFailure>(&last_);
  if (failure && failure->kind == ErrorKind::timeout) return true;
  if (failure && failure->kind != ErrorKind::connection) return false;
  // if a proxy refused the connection, its status decides
  const int status = failure ? failure->proxy_status : std::get<HttpResponse>(last_).status;
  switch (status) {
    case 0:
    case 502:
    case 503:
    case 504: return true;
    case 429: return !failure;
    default: return false;
  }
}

PURECLOUD_TOKENS_INLINE std::optional<std::chrono::milliseconds> Exchange::requested_delay(
    Moment now) const {
  const auto* response = std::get_if<HttpResponse>(&last_);
  if (!response) return std::nullopt;
  // A date is compared with the response's `Date` if it has one: this machine's clock may be wrong.
  const auto date = parse_http_date(header(*response, "Date"));
  return parse_retry_after(header(*response, "Retry-After"), date.value_or(now.utc));
}

PURECLOUD_TOKENS_INLINE Exchange::Step Exchange::give_up(Deadline now) {
  CallRecord record;
  record.attempts = attempts_;
  const auto fail = [&](ErrorKind kind, std::string problem) {
    return end(failure_error(kind, describe(), record, std::move(problem)), now);
  };
  const auto* failure = attempts_ > 0 ? std::get_if<HttpFailure>(&last_) : nullptr;
  std::string problem;
  if (failure) {
    problem = failure->message;
    if (!operation_.if_lost.empty()) problem.append("; ").append(operation_.if_lost);
  }
  if (failure && failure->kind == ErrorKind::cancelled) return fail(failure->kind, problem);
  if (stop_.stop_requested())
    return fail(ErrorKind::cancelled,
                attempts_ == 0 ? "cancelled before anything was sent"
                : failure      ? "cancelled; an earlier attempt may have been carried out"
                               : "cancelled while waiting to retry");
  if (attempts_ == 0 || (failure && failure->kind == ErrorKind::timeout && now >= deadline_)) {
    const std::string deadline =
        "no response within the call's deadline of " + std::to_string(total_.count()) + " ms";
    return fail(ErrorKind::timeout, failure ? deadline + ": " + problem
                                    : token_is_renewable_ && !token_
                                        ? deadline +
                                              ": it waited for a "
                                              "token from " +
                                              login_url_of(settings_->configuration)
                                        : deadline);
  }
  if (failure) return fail(failure->kind, problem);
  record.response = std::get<HttpResponse>(std::move(last_));
  Error error = status_error(describe(), record);
  last_ = *std::move(record.response);
  return end(std::move(error), now);
}

PURECLOUD_TOKENS_INLINE Exchange::Step Exchange::end(Error error, Deadline now) {
  if (delay_) error.retry_after = std::chrono::ceil<std::chrono::seconds>(*delay_);
  if (token_is_renewable_ && !token_) error.login_failed = true;
  error_.emplace(std::move(error));
  return {Action::done, now};
}

PURECLOUD_TOKENS_INLINE void Exchange::observe(const HttpResult& result,
                                               std::chrono::nanoseconds duration) const {
  const auto& observer = settings_->configuration.observer;
  if (!observer) return;
  AttemptEvent event;
  event.method = request_.method;
  event.path = request_.target.substr(0, request_.target.find('?'));
  if (target_has_arguments_) event.path = redactor().redact(std::move(event.path));
  event.attempt = attempts_;
  event.duration = duration;
  if (const auto* response = std::get_if<HttpResponse>(&result)) {
    event.status = response->status;
    event.bytes = response->body.size();
    event.correlation_id = ascii_line(
        shown_correlation_id(std::string(header(*response, "ININ-Correlation-Id"))), 128);
  } else {
    event.error = std::get<HttpFailure>(result).kind;
  }
  const NoCancellation uninterrupted;  // a cancellation is an exception that must not be caught
  try {
    observer(event);
  } catch (...) {
    // an observer must not change what the call returns
  }
}

PURECLOUD_TOKENS_INLINE Outcome Exchange::outcome() {
  Outcome outcome{std::move(error_), {std::nullopt, attempts_}};
  if (auto* response = std::get_if<HttpResponse>(&last_); response && attempts_ > 0)
    outcome.record.response = std::move(*response);
  return outcome;
}

/// Decodes a response's body, which is a model or a token. Returns what is wrong with it.
template <class T>
std::string decode_body(const std::string& body, T& value) {
  if constexpr (std::is_same_v<T, OAuthToken>)
    return decode_oauth_token(body, value);
  else
    return decode_json(body, {&value, &json_type<T>, {}});
}

template <class T>
Result<T> result_of(Exchange& exchange) {
  Outcome outcome = exchange.outcome();
  CallRecord& record = outcome.record;
  if (outcome.error) return Result<T>(*std::move(outcome.error), std::move(record));
  const auto undecodable = [&](const std::string& problem) {
    Error error = decode_error(exchange.describe(), record, problem);
    return Result<T>(std::move(error), std::move(record));
  };
  constexpr bool is_model = !std::is_void_v<T> && !std::is_same_v<T, bool>;
  // Also if the operation returns no model: a gateway or a captive portal responds 2xx to anything.
  if (const auto& response = record.response; !is_model && response && response->status != 401) {
    const std::string type = lower_case(header(*response, "Content-Type"));
    if (!response->body.empty()) {
      if (const auto problem = json_problem(response->body); !problem.empty())
        return undecodable(problem);
    } else if (std::is_same_v<T, bool> && !type.empty() && type.find("json") == type.npos) {
      return undecodable("not JSON");
    }
  }
  if constexpr (std::is_void_v<T>) {
    return Result<void>(std::move(record));
  } else if constexpr (std::is_same_v<T, bool>) {
    const bool valid = record.response->status / 100 == 2;
    return Result<bool>(valid, std::move(record));
  } else {
    T value;
    const std::string problem = decode_body(record.response->body, value);
    if (!problem.empty()) return undecodable(problem);
    return Result<T>(std::move(value), std::move(record));
  }
}

template <class T>
Result<T> finish(Exchange& exchange) {
  Result<T> result = result_of<T>(exchange);
  if (exchange.is_login()) forget_body(result);
  return result;
}

#if defined(PURECLOUD_TOKENS_SEPARATE)
#define PURECLOUD_TOKENS_INSTANTIATE(T) template Result<T> finish<T>(Exchange & exchange);
PURECLOUD_TOKENS_EACH_RESULT(PURECLOUD_TOKENS_INSTANTIATE)
#undef PURECLOUD_TOKENS_INSTANTIATE
#endif

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/call/request.ipp -----------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_CALL_REQUEST_IPP)
#define PURECLOUD_TOKENS_DETAIL_CALL_REQUEST_IPP

namespace purecloud {
inline namespace v1 {
namespace detail {

PURECLOUD_TOKENS_INLINE std::string call_problem(const OperationCall& call,
                                                 std::string_view secret) {
  if (auto problem = headers_problem("headers", call.options.headers, secret); !problem.empty())
    return problem;
  if (call.options.deadline && call.options.deadline->count() <= 0)
    return "deadline: must be greater than zero";
  return call.refusal;
}

PURECLOUD_TOKENS_INLINE HttpRequest make_request(const ClientSettings& settings,
                                                 OperationCall& call) {
  HttpRequest request;
  request.method = call.operation.method;
  request.target =
      settings.base_path.empty() ? std::move(call.target) : settings.base_path + call.target;
  request.headers = settings.headers;
  if (!call.body.empty()) request.headers["Content-Type"] = call.content_type;
  for (const auto& [name, value] : call.options.headers) request.headers[name] = value;
  request.body = std::move(call.body);
  request.may_be_resent = call.operation.repeat == Repeat::freely;
  return request;
}

PURECLOUD_TOKENS_INLINE void authorize(HttpRequest& request, std::string_view scheme,
                                       std::string_view credentials) {
  wipe_authorization(request);
  std::string& value = request.headers["Authorization"];
  value.clear();
  value.reserve(scheme.size() + 1 + credentials.size());
  value.append(scheme).append(" ").append(credentials);
}

PURECLOUD_TOKENS_INLINE void wipe_secrets(HttpRequest& request) {
  wipe_authorization(request);
  wipe(request.body.data(), request.body.size());
}

PURECLOUD_TOKENS_INLINE void wipe_authorization(HttpRequest& request) {
  const auto found = request.headers.find("Authorization");
  if (found != request.headers.end()) wipe(found->second.data(), found->second.size());
}

PURECLOUD_TOKENS_INLINE std::string_view bearer_token_of(const HttpRequest& request) {
  const auto found = request.headers.find("Authorization");
  if (found == request.headers.end()) return {};
  constexpr std::string_view scheme = "Bearer ";
  const std::string_view value = found->second;
  return value.substr(0, scheme.size()) == scheme ? value.substr(scheme.size())
                                                  : std::string_view();
}

PURECLOUD_TOKENS_INLINE std::string name_of(const HttpRequest& request) {
  return request.method + " " + request.target.substr(0, request.target.find('?'));
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/call/retry_after.ipp -------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_CALL_RETRY_AFTER_IPP)
#define PURECLOUD_TOKENS_DETAIL_CALL_RETRY_AFTER_IPP

// ---- purecloud/detail/text/calendar.hpp ----------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_TEXT_CALENDAR_HPP)
#define PURECLOUD_TOKENS_DETAIL_TEXT_CALENDAR_HPP

namespace purecloud {
inline namespace v1 {
namespace detail {

/// A date and time of the proleptic Gregorian calendar, years 0 to 9999.
struct UtcTime {
  int year = 0;
  int month = 0;  ///< 1 to 12
  int day = 0;    ///< 1 to 31
  int hour = 0;
  int minute = 0;
  int second = 0;  ///< 0 to 59; 60 in a leap second
};

/// Returns the POSIX time of a local time that is `offset` seconds ahead of UTC. A leap second,
/// which POSIX time does not count, becomes the next second. Returns nothing when a field is out of
/// range, the month does not have the day, or the year in UTC is outside 0 to 9999.
std::optional<std::int64_t> seconds_since_epoch(const UtcTime& time, int offset = 0);

/// Converts a POSIX time to a date and time. Returns nothing for a year outside 0 to 9999.
std::optional<UtcTime> utc_time(std::int64_t seconds_since_epoch);

/// Reads text of a fixed form from left to right. It remembers if something did not fit, so that
/// the caller checks only once, by complete().
class DigitReader {
 public:
  explicit DigitReader(std::string_view text) : rest_(text) {}

  /// Reads exactly `digits` digits.
  int number(std::size_t digits);
  /// Reads one or more digits; drops those after the third.
  int fraction_in_thousandths();
  void literal(char c);
  void literal(std::string_view text);
  /// Reads the next character, which must be one of `characters`.
  char one_of(std::string_view characters);
  /// Reads letters up to the next character that is not a letter.
  std::string_view word();
  char next() const { return rest_.empty() ? '\0' : rest_.front(); }

  /// Returns whether the text was read to its end, and everything fitted.
  bool complete() const { return fits_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool fits_ = true;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

PURECLOUD_TOKENS_INLINE std::optional<std::chrono::system_clock::time_point> parse_http_date(
    std::string_view text) {
  static constexpr std::string_view months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  static constexpr std::string_view days[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                              "Thursday", "Friday", "Saturday"};
  const auto month_number = [](std::string_view name) {
    for (std::size_t i = 0; i < std::size(months); ++i)
      if (months[i] == name) return static_cast<int>(i) + 1;
    return 0;
  };

  DigitReader read(text);
  UtcTime utc;
  const auto read_time = [&] {
    utc.hour = read.number(2);
    read.literal(':');
    utc.minute = read.number(2);
    read.literal(':');
    utc.second = read.number(2);
  };

  const std::string_view day_name = read.word();
  bool is_day = false, is_long_day = false;
  for (const std::string_view day : days) {
    is_day = is_day || day_name == day.substr(0, 3);
    is_long_day = is_long_day || day_name == day;
  }
  if (is_day && read.next() == ',') {  // Sun, 06 Nov 1994 08:49:37 GMT
    read.literal(", ");
    utc.day = read.number(2);
    read.literal(' ');
    utc.month = month_number(read.word());
    read.literal(' ');
    utc.year = read.number(4);
    read.literal(' ');
    read_time();
    read.literal(" GMT");
  } else if (is_long_day) {  // Sunday, 06-Nov-94 08:49:37 GMT
    read.literal(", ");
    utc.day = read.number(2);
    read.literal('-');
    utc.month = month_number(read.word());
    read.literal('-');
    utc.year = read.number(2);
    utc.year += utc.year < 70 ? 2000 : 1900;
    read.literal(' ');
    read_time();
    read.literal(" GMT");
  } else if (is_day) {  // Sun Nov  6 08:49:37 1994
    read.literal(' ');
    utc.month = month_number(read.word());
    read.literal(' ');
    if (read.next() == ' ') {
      read.literal(' ');
      utc.day = read.number(1);
    } else {
      utc.day = read.number(2);
    }
    read.literal(' ');
    read_time();
    read.literal(' ');
    utc.year = read.number(4);
  }
  const auto since_epoch = seconds_since_epoch(utc);
  if (!read.complete() || !since_epoch) return std::nullopt;
  using std::chrono::system_clock, std::chrono::floor, std::chrono::seconds;
  const seconds date(*since_epoch);
  if (date <= floor<seconds>((system_clock::time_point::min)().time_since_epoch()))
    return (system_clock::time_point::min)();
  if (date >= floor<seconds>((system_clock::time_point::max)().time_since_epoch()))
    return (system_clock::time_point::max)();
  return system_clock::time_point(date);
}

/// Reads `299` or `299.997`, and rounds up. Returns nothing for any other form.
inline std::optional<std::chrono::seconds> parse_seconds(std::string_view text) {
  constexpr std::string_view digits = "0123456789";
  constexpr std::chrono::seconds longest =
      std::chrono::duration_cast<std::chrono::seconds>(longest_retry_after);
  const std::string_view whole =
      text.substr(0, (std::min)(text.find_first_not_of(digits), text.size()));
  std::string_view fraction = text.substr(whole.size());
  const bool has_fraction = fraction.size() > 1 && fraction.front() == '.';
  if (has_fraction) fraction.remove_prefix(1);
  if (whole.empty() || fraction.find_first_not_of(digits) != std::string_view::npos)
    return std::nullopt;

  std::chrono::seconds delay{0};
  for (const char digit : whole)
    delay = (std::min)(delay * 10 + std::chrono::seconds(digit - '0'), longest);
  const bool rounds_up = fraction.find_first_not_of('0') != std::string_view::npos;
  return (std::min)(delay + std::chrono::seconds(rounds_up ? 1 : 0), longest);
}

PURECLOUD_TOKENS_INLINE std::optional<std::chrono::milliseconds> parse_retry_after(
    std::string_view text, std::chrono::system_clock::time_point now) {
  if (const auto date = parse_http_date(text)) {
    // in milliseconds, because nanoseconds overflow beyond 292 years
    using std::chrono::floor, std::chrono::milliseconds;
    const milliseconds delay = floor<milliseconds>(*date) - floor<milliseconds>(now);
    if (delay.count() < 0) return std::nullopt;
    return (std::min)(delay, longest_retry_after);
  }
  return parse_seconds(text);
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/call/settings.ipp ----------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_CALL_SETTINGS_IPP)
#define PURECLOUD_TOKENS_DETAIL_CALL_SETTINGS_IPP

#include <array>

namespace purecloud {
inline namespace v1 {
namespace detail {

PURECLOUD_TOKENS_INLINE std::string token_problem(std::string_view token) {
  if (token.find(' ') != std::string_view::npos)
    return "access_token: holds a space; pass the token alone, without `Bearer`";
  const bool visible =
      std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < 0x7f; });
  if (!visible)
    return "access_token: holds a line break, a control or a non-ASCII character; pass the token "
           "alone";
  return {};
}

PURECLOUD_TOKENS_INLINE std::string headers_problem(const std::string& member,
                                                    const HttpHeaders& headers,
                                                    std::string_view secret) {
  static constexpr std::array<std::string_view, 6> ours = {
      "Authorization", "Connection", "Content-Length", "Expect", "Host", "Transfer-Encoding"};
  const auto is_ours = [](std::string_view name) {
    const auto same = [&](std::string_view our) { return lower_case(our) == lower_case(name); };
    return std::any_of(ours.begin(), ours.end(), same);
  };
  for (const auto& [name, value] : headers) {
    // An invalid name is not shown: it may be a complete line, `Authorization: Bearer …`.
    if (!is_header_name(name))
      return member + ": holds a name that is not one of a header; use letters, digits and '-'";
    const std::string which = member + ": " + one_line(redact(name, secret), 60);
    if (is_ours(name)) return which + " is set by this library; leave it out";
    if (!is_header_value(value))
      return which + " has a value with a line break or another control character; remove it";
  }
  return {};
}

/// Checks and parses a URL of the configuration. `secret_name` names the secret that plain http
/// would show.
inline BaseUrl parse_service_url(const std::string& member, const std::string& text,
                                 const Configuration& configuration,
                                 const std::string& secret_name) {
  const BaseUrl url = parse_base_url(member, text);
  if (url.https || configuration.allow_plain_http) return url;
  const std::string problem = "plain http would send " + secret_name + " unencrypted to ";
  if (!is_loopback(url.host))
    refuse(member, problem + "another machine; write https:// instead, or set allow_plain_http");
  if (!configuration.proxy.host.empty())
    refuse(member, problem +
                       "the proxy; write https:// instead, use no proxy for this machine, "
                       "or set allow_plain_http");
  return url;
}

/// Throws for client credentials that the service cannot use, and if the login host is not known.
inline void check_credentials(const Configuration& configuration, Service service) {
  const auto& [id, secret] = configuration.client_credentials;
  const std::string member = "client_credentials.";
  if (std::any_of(id.begin(), id.end(), is_control))
    refuse(member + "client_id", "holds a line break or another control character; remove it");
  const std::string_view text = secret.reveal();
  if (std::any_of(text.begin(), text.end(), is_control))
    refuse(member + "client_secret", "holds a line break or another control character; remove it");
  if (id.empty() && (service == Service::login || !secret.empty()))
    refuse(member + "client_id", "is empty; set it to the OAuth client's id");
  if (service == Service::api && secret.empty() && !id.empty())
    refuse(member + "client_secret", "is empty; set it to the OAuth client's secret");

  if (!configuration.login_url.empty())
    parse_service_url("login_url", configuration.login_url, configuration, "the client secret");
  const bool logs_in =
      service == Service::login || (configuration.access_token.empty() && !id.empty());
  if (logs_in && login_url_of(configuration).empty())
    refuse("login_url",
           "is empty, and cannot be derived from base_url, which is not of the form "
           "https://api.X; set it to where /oauth/token is");
}

PURECLOUD_TOKENS_INLINE ClientSettings make_settings(Configuration configuration, Service service) {
  const auto refuse_unless = [](bool fits, const char* problem) {
    if (!fits) throw ApiException(invalid_argument(problem));
  };
  const auto require_none = [](std::string problem) {
    if (!problem.empty()) throw ApiException(invalid_argument(std::move(problem)));
  };
  const auto positive = [](std::chrono::milliseconds time) { return time.count() > 0; };

  BaseUrl url =
      parse_service_url("base_url", configuration.base_url, configuration, "the access token");
  require_none(token_problem(configuration.access_token.reveal()));
  require_none(headers_problem("default_headers", configuration.default_headers,
                               configuration.access_token.reveal()));
  refuse_unless(is_header_value(configuration.user_agent_suffix),
                "user_agent_suffix: holds a line break or another control character; remove it");

  refuse_unless(positive(configuration.timeouts.connect),
                "timeouts.connect: must be greater than zero");
  refuse_unless(positive(configuration.timeouts.attempt),
                "timeouts.attempt: must be greater than zero");
  refuse_unless(positive(configuration.timeouts.total),
                "timeouts.total: must be greater than zero");
  refuse_unless(configuration.retry.max_attempts >= 1,
                "retry.max_attempts: must be at least 1, which means no retry");
  refuse_unless(configuration.retry.base_delay.count() >= 0,
                "retry.base_delay: must not be negative");
  refuse_unless(configuration.retry.max_delay.count() >= 0,
                "retry.max_delay: must not be negative");
  refuse_unless(configuration.max_response_bytes > 0,
                "max_response_bytes: must be greater than zero");
  refuse_unless(positive(configuration.pool.idle_for), "pool.idle_for: must be greater than zero");
  refuse_unless(configuration.pool.max_connections > 0, "pool.max_connections: must be at least 1");

  const TlsOptions& tls = configuration.tls;
  refuse_unless(tls.client_certificate.empty() == tls.client_key.empty(),
                tls.client_key.empty()
                    ? "tls.client_key: is empty; set it to the certificate's key file"
                    : "tls.client_certificate: is empty; set it to the key's certificate file");
  const ProxyOptions& proxy = configuration.proxy;
  refuse_unless(
      proxy.host.empty() || is_host_name(proxy.host) || is_ip_address(proxy.host),
      "proxy.host: must be a host name or an IP address, without a scheme, a port or brackets");
  refuse_unless(proxy.host.empty() || (proxy.port >= 1 && proxy.port <= 65535),
                "proxy.port: must be 1 to 65535");
  refuse_unless(is_header_value(proxy.username) && is_header_value(proxy.password),
                "proxy.username, proxy.password: hold a line break or another control character");

  check_credentials(configuration, service);

  ClientSettings settings;
  if (service == Service::login) {
    configuration.base_url = login_url_of(configuration);
    url = parse_base_url("login_url", configuration.base_url);
  }
  settings.base_path = url.path;
  settings.headers = {{"Accept", "application/json"},
                      {"User-Agent", "purecloud-tokens/" PURECLOUD_TOKENS_VERSION}};
  if (!configuration.user_agent_suffix.empty())
    settings.headers["User-Agent"] += " " + configuration.user_agent_suffix;
  for (const auto& [name, value] : configuration.default_headers) settings.headers[name] = value;
  configuration.access_token = {};
  configuration.client_credentials = {};
  settings.configuration = std::move(configuration);
  return settings;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/condition.ipp --------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_CONDITION_IPP)
#define PURECLOUD_TOKENS_DETAIL_CONDITION_IPP

// ---- purecloud/detail/condition.hpp --------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_CONDITION_HPP)
#define PURECLOUD_TOKENS_DETAIL_CONDITION_HPP

#if !defined(_WIN32) && !defined(__APPLE__)
#include <pthread.h>
#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

#if defined(_WIN32) || defined(__APPLE__)  // where the system itself waits for a span of time

using Condition = std::condition_variable;

#else

/// A std::condition_variable that always waits by the steady clock. Where the C library has no
/// pthread_cond_clockwait() (musl, FreeBSD, glibc before 2.30), the standard one waits by the clock
/// on the wall, and if somebody set that back by an hour, a wait would last an hour longer.
class MonotonicCondition {
 public:
  MonotonicCondition();  ///< throws std::bad_alloc if the system has no more of them
  ~MonotonicCondition() { ::pthread_cond_destroy(&condition_); }
  MonotonicCondition(const MonotonicCondition&) = delete;
  MonotonicCondition& operator=(const MonotonicCondition&) = delete;

  void notify_one() noexcept { ::pthread_cond_signal(&condition_); }
  void notify_all() noexcept { ::pthread_cond_broadcast(&condition_); }

  void wait(std::unique_lock<std::mutex>& lock) {
    ::pthread_cond_wait(&condition_, lock.mutex()->native_handle());
  }

  template <class Predicate>
  void wait(std::unique_lock<std::mutex>& lock, Predicate done) {
    while (!done()) wait(lock);
  }

  void wait_until(std::unique_lock<std::mutex>& lock, Deadline until);

 private:
  pthread_cond_t condition_;
};

#if defined(_GLIBCXX_USE_PTHREAD_COND_CLOCKWAIT)
using Condition = std::condition_variable;
#else
using Condition = MonotonicCondition;
#endif

#endif

/// Like Condition::wait_until(), but for any time, which would overflow there. May return early.
inline void wait_on(Condition& condition, std::unique_lock<std::mutex>& lock, Deadline until) {
  condition.wait_until(lock, (std::min)(until, std::chrono::steady_clock::now() + longest_time));
}

/// Waits for `done()`, at most until a time, and returns whether it came true.
template <class Predicate>
bool wait_on(Condition& condition, std::unique_lock<std::mutex>& lock, Deadline until,
             Predicate done) {
  while (!done()) {
    if (std::chrono::steady_clock::now() >= until) return false;
    wait_on(condition, lock, until);
  }
  return true;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

#if !defined(_WIN32) && !defined(__APPLE__)

#include <time.h>

namespace purecloud {
inline namespace v1 {
namespace detail {

PURECLOUD_TOKENS_INLINE MonotonicCondition::MonotonicCondition() {
  pthread_condattr_t attributes;
  if (::pthread_condattr_init(&attributes) != 0) throw std::bad_alloc();
  const bool made = ::pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0 &&
                    ::pthread_cond_init(&condition_, &attributes) == 0;
  ::pthread_condattr_destroy(&attributes);
  if (!made) throw std::bad_alloc();
}

PURECLOUD_TOKENS_INLINE void MonotonicCondition::wait_until(std::unique_lock<std::mutex>& lock,
                                                            Deadline until) {
  using namespace std::chrono;
  // whatever std::chrono::steady_clock counts from
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  const nanoseconds left = until - steady_clock::now();
  const nanoseconds at =
      (std::max)(left, nanoseconds(0)) + seconds(now.tv_sec) + nanoseconds(now.tv_nsec);
  timespec time{};
  time.tv_sec = static_cast<decltype(time.tv_sec)>(duration_cast<seconds>(at).count());
  time.tv_nsec = static_cast<decltype(time.tv_nsec)>((at % seconds(1)).count());
  ::pthread_cond_timedwait(&condition_, lock.mutex()->native_handle(), &time);
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

#endif

// ---- purecloud/detail/driver.ipp -----------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_DRIVER_IPP)
#define PURECLOUD_TOKENS_DETAIL_DRIVER_IPP

namespace purecloud {
inline namespace v1 {
namespace detail {

PURECLOUD_TOKENS_INLINE Moment current_moment() {
  return {std::chrono::steady_clock::now(), std::chrono::system_clock::now()};
}

PURECLOUD_TOKENS_INLINE void sleep_until(Deadline until, const StopToken& stop) {
  if (!stop.stop_possible()) return std::this_thread::sleep_until(until);
  std::mutex mutex;
  Condition stopped;
  const StopCallback wake(stop, [&] {
    const std::lock_guard<std::mutex> lock(mutex);
    stopped.notify_one();
  });
  std::unique_lock<std::mutex> lock(mutex);
  wait_on(stopped, lock, until, [&] { return stop.stop_requested(); });
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/json/error_body.ipp --------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_JSON_ERROR_BODY_IPP)
#define PURECLOUD_TOKENS_DETAIL_JSON_ERROR_BODY_IPP

namespace purecloud {
inline namespace v1 {
namespace detail {

PURECLOUD_TOKENS_INLINE std::optional<ErrorBody> decode_error_body(std::string_view text) {
  std::optional<ErrorBody> body(std::in_place);
  JsonDecoder decoder(text, JsonMisfit::is_kept);
  if (!decoder.decode({&*body, &json_type<ErrorBody>, {}})) return std::nullopt;
  if (body->message) return body;
  if (body->errors && !body->errors->empty()) body->message = body->errors->front().message;

  // `errors` may also be an array of strings
  const auto misfit = body->additional_properties.find("errors");
  std::vector<std::string> texts;
  if (misfit != body->additional_properties.end() &&
      decode_json(misfit->second, {&texts, &json_type<std::vector<std::string>>, {}}).empty() &&
      !texts.empty())
    body->message = std::move(texts.front());
  return body;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/oauth/digest.ipp -----------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_OAUTH_DIGEST_IPP)
#define PURECLOUD_TOKENS_DETAIL_OAUTH_DIGEST_IPP

#include <openssl/evp.h>
#include <openssl/rand.h>

// ---- purecloud/detail/oauth/digest.hpp -----------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_OAUTH_DIGEST_HPP)
#define PURECLOUD_TOKENS_DETAIL_OAUTH_DIGEST_HPP

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Encodes in base64 (RFC 4648, 4), with padding and without line breaks.
std::string base64(std::string_view bytes);

/// Encodes in base64url (RFC 4648, 5), without padding, as RFC 7636 requires.
std::string base64url(std::string_view bytes);

/// Decodes what base64() returns. Returns nothing for any other text.
std::optional<std::string> base64_decode(std::string_view text);

/// Returns the 32 bytes of the SHA-256 digest.
std::string sha256(std::string_view bytes);

/// Returns random bytes that are fit for secrets. Throws std::runtime_error when OpenSSL has none.
std::string random_bytes(std::size_t count);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

// OpenSSL requires unsigned char, which may alias char.
inline const unsigned char* octets(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
inline unsigned char* octets(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

PURECLOUD_TOKENS_INLINE std::string base64(std::string_view bytes) {
  const std::size_t size = (bytes.size() + 2) / 3 * 4;
  std::string text(size + 1, '\0');  // EVP_EncodeBlock ends it with a zero
  EVP_EncodeBlock(octets(text), octets(bytes), static_cast<int>(bytes.size()));
  text.resize(size);
  return text;
}

PURECLOUD_TOKENS_INLINE std::string base64url(std::string_view bytes) {
  std::string text = base64(bytes);
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  text.resize((std::min)(text.find('='), text.size()));
  return text;
}

PURECLOUD_TOKENS_INLINE std::optional<std::string> base64_decode(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::string bytes(text.size() / 4 * 3, '\0');
  if (EVP_DecodeBlock(octets(bytes), octets(text), static_cast<int>(text.size())) < 0)
    return std::nullopt;
  // EVP_DecodeBlock counts the padding as bytes, and accepts spaces and misplaced padding
  const std::size_t padding = text.size() - (text.find_last_not_of('=') + 1);
  bytes.resize(bytes.size() - (std::min)(padding, bytes.size()));
  if (base64(bytes) != text) return std::nullopt;
  return bytes;
}

PURECLOUD_TOKENS_INLINE std::string sha256(std::string_view bytes) {
  std::string digest(32, '\0');
  if (EVP_Digest(bytes.data(), bytes.size(), octets(digest), nullptr, EVP_sha256(), nullptr) != 1)
    throw std::runtime_error("OpenSSL offers no SHA-256");
  return digest;
}

PURECLOUD_TOKENS_INLINE std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  if (RAND_bytes(octets(bytes), static_cast<int>(count)) != 1)
    throw std::runtime_error("OpenSSL has no random bytes");
  return bytes;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/oauth/form.ipp -------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_OAUTH_FORM_IPP)
#define PURECLOUD_TOKENS_DETAIL_OAUTH_FORM_IPP

// ---- purecloud/detail/oauth/form.hpp -------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_OAUTH_FORM_HPP)
#define PURECLOUD_TOKENS_DETAIL_OAUTH_FORM_HPP

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Appends a name or a value encoded for application/x-www-form-urlencoded (URL standard, 5.2): a
/// space as `+`, everything but letters, digits and `*-._` as %XX. RFC 6749, 2.3.1, requires this
/// for a client's id and secret. The result has up to three times the size. For a secret, reserve
/// that first, because a string that grows leaves a copy in freed memory.
void append_form_component(std::string& form, std::string_view text);

/// Decodes what append_form_component() appends. Returns nothing if a `%` is not followed by two
/// hexadecimal digits.
std::optional<std::string> parse_form_component(std::string_view component);

/// Encodes names and values as a form: `a=1&b=2`.
std::string form_encode(const std::vector<std::pair<std::string_view, std::string_view>>& members);

/// Decodes a form (URL standard, 5.1). Returns its names and values in order, repeated names
/// included; nothing if a `%` is not followed by two hexadecimal digits.
std::optional<std::vector<std::pair<std::string, std::string>>> parse_form(std::string_view text);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

PURECLOUD_TOKENS_INLINE void append_form_component(std::string& form, std::string_view text) {
  static constexpr char hex[] = "0123456789ABCDEF";
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '*' || c == '-' || c == '.' || c == '_';
    const auto byte = static_cast<unsigned char>(c);
    if (plain)
      form += c;
    else if (c == ' ')
      form += '+';
    else
      form += {'%', hex[byte >> 4], hex[byte & 15]};
  }
}

PURECLOUD_TOKENS_INLINE std::optional<std::string> parse_form_component(
    std::string_view component) {
  for (auto at = component.find('%'); at != component.npos; at = component.find('%', at + 1))
    if (component.size() - at < 3 || hex_digit(component[at + 1]) < 0 ||
        hex_digit(component[at + 2]) < 0)
      return std::nullopt;
  std::string spaced(component);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  return percent_decode(spaced);
}

PURECLOUD_TOKENS_INLINE std::string form_encode(
    const std::vector<std::pair<std::string_view, std::string_view>>& members) {
  std::size_t size = 0;
  for (const auto& [name, value] : members) size += 3 * (name.size() + value.size()) + 2;
  std::string form;
  form.reserve(size);
  for (const auto& [name, value] : members) {
    if (!form.empty()) form += '&';
    append_form_component(form, name);
    form += '=';
    append_form_component(form, value);
  }
  return form;
}

PURECLOUD_TOKENS_INLINE std::optional<std::vector<std::pair<std::string, std::string>>> parse_form(
    std::string_view text) {
  std::vector<std::pair<std::string, std::string>> members;
  while (!text.empty()) {
    const std::string_view member = text.substr(0, text.find('&'));
    text.remove_prefix((std::min)(member.size() + 1, text.size()));
    if (member.empty()) continue;
    const auto equals = (std::min)(member.find('='), member.size());
    auto name = parse_form_component(member.substr(0, equals));
    auto value = parse_form_component(member.substr((std::min)(equals + 1, member.size())));
    if (!name || !value) return std::nullopt;
    members.emplace_back(*std::move(name), *std::move(value));
  }
  return members;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/oauth/operations.ipp -------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_OAUTH_OPERATIONS_IPP)
#define PURECLOUD_TOKENS_DETAIL_OAUTH_OPERATIONS_IPP

namespace purecloud {
inline namespace v1 {
namespace detail {

using FormMembers = std::vector<std::pair<std::string_view, std::string_view>>;

/// Returns a request for a token. The OAuth client authenticates with its secret. If it has none,
/// or PKCE replaces it, the form contains only the client's id.
inline Call<OAuthToken> token_request(Operation operation, const ClientCredentials& client,
                                      FormMembers form, bool with_secret,
                                      const CallOptions& options) {
  operation.method = "POST";
  operation.path = "/oauth/token";
  operation.authentication = Authentication::client;
  Call<OAuthToken> call{{operation, options}};
  call.content_type = "application/x-www-form-urlencoded";
  const std::string_view secret = client.client_secret.reveal();
  if (with_secret && !secret.empty()) {
    // RFC 6749, 2.3.1
    std::string pair;
    pair.reserve(3 * (client.client_id.size() + secret.size()) + 1);
    append_form_component(pair, client.client_id);
    append_form_component(pair += ':', secret);
    std::string encoded = base64(pair);
    call.basic_credentials = Secret(encoded);
    call.secrets = {client.client_secret, call.basic_credentials};
    wipe(pair.data(), pair.size());
    wipe(encoded.data(), encoded.size());
  } else {
    form.emplace_back("client_id", client.client_id);
  }
  call.body = form_encode(form);
  return call;
}

/// Adds an argument to the call's secrets, and refuses an empty one.
inline void take(Call<OAuthToken>& call, const char* name, const Secret& secret) {
  if (secret.empty() && call.refusal.empty())
    call.refusal = std::string(name) +
                   ": is empty; pass what the login host or the user's "
                   "identity provider gave";
  call.secrets.push_back(secret);
}

inline void require_client_secret(Call<OAuthToken>& call, const ClientCredentials& client) {
  if (client.client_secret.empty())
    call.refusal =
        "client_credentials.client_secret: is empty; this grant requires the OAuth client's secret";
}

namespace operations {

PURECLOUD_TOKENS_INLINE Call<OAuthToken> client_credentials(const ClientCredentials& client,
                                                            const CallOptions& options) {
  auto call = token_request({}, client, {{"grant_type", "client_credentials"}}, true, options);
  require_client_secret(call, client);
  return call;
}

PURECLOUD_TOKENS_INLINE Call<OAuthToken> authorization_code(const ClientCredentials& client,
                                                            const AuthorizationCode& code,
                                                            const CallOptions& options) {
  Operation operation;
  operation.repeat = Repeat::never;
  operation.if_lost = "the code may have been used: let the user log in again";
  FormMembers form = {{"grant_type", "authorization_code"},
                      {"code", code.code.reveal()},
                      {"redirect_uri", code.redirect_uri}};
  const std::string_view verifier = code.code_verifier.reveal();
  if (!verifier.empty()) form.emplace_back("code_verifier", verifier);
  auto call = token_request(operation, client, std::move(form), verifier.empty(), options);
  take(call, "code", code.code);
  if (!verifier.empty()) take(call, "code_verifier", code.code_verifier);
  constexpr std::string_view unreserved =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  const bool is_verifier = verifier.size() >= 43 && verifier.size() <= 128 &&
                           verifier.find_first_not_of(unreserved) == std::string_view::npos;
  if (code.redirect_uri.empty())
    call.refusal = "redirect_uri: is empty; pass the one of the authorization request";
  else if (!verifier.empty() && !is_verifier)
    call.refusal =
        "code_verifier: must be 43 to 128 letters, digits and `-._~` (RFC 7636, 4.1); pass "
        "Pkce::verifier";
  return call;
}

PURECLOUD_TOKENS_INLINE Call<OAuthToken> refresh(const ClientCredentials& client,
                                                 const Secret& refresh_token,
                                                 const CallOptions& options) {
  Operation operation;
  operation.repeat = Repeat::never;
  operation.if_lost =
      "the refresh token may have been used: if it no longer works, let the user "
      "log in again";
  auto call = token_request(
      operation, client,
      {{"grant_type", "refresh_token"}, {"refresh_token", refresh_token.reveal()}}, true, options);
  take(call, "refresh_token", refresh_token);
  return call;
}

PURECLOUD_TOKENS_INLINE Call<OAuthToken> saml2_bearer(const ClientCredentials& client,
                                                      const Saml2Bearer& bearer,
                                                      const CallOptions& options) {
  Operation operation;
  operation.repeat = Repeat::never;
  operation.if_lost = "the assertion may have been used: get another";
  auto call = token_request(operation, client,
                            {{"grant_type", "urn:ietf:params:oauth:grant-type:saml2-bearer"},
                             {"orgName", bearer.org_name},
                             {"assertion", bearer.assertion.reveal()}},
                            true, options);
  take(call, "assertion", bearer.assertion);
  if (bearer.org_name.empty())
    call.refusal = "org_name: is empty; pass the organization's short name";
  else
    require_client_secret(call, client);
  return call;
}

}  // namespace operations

PURECLOUD_TOKENS_INLINE std::string authorize_url(std::string login_url,
                                                  const std::string& client_id,
                                                  const AuthorizeRequest& request) {
  if (request.redirect_uri.empty())
    refuse("redirect_uri", "is empty; set it to one that is registered for the OAuth client");
  if (request.org.empty() != request.provider.empty())
    refuse(request.org.empty() ? "org" : "provider",
           "is empty; set both org and provider, or neither");
  FormMembers form = {
      {"response_type", "code"}, {"client_id", client_id}, {"redirect_uri", request.redirect_uri}};
  const auto add = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) form.emplace_back(name, value);
  };
  add("state", request.state);
  add("code_challenge", request.code_challenge);
  add("code_challenge_method", request.code_challenge.empty() ? "" : "S256");
  add("org", request.org);
  add("provider", request.provider);
  add("target", request.target);
  add("login_hint", request.login_hint);
  add("prompt", request.prompt);
  login_url.erase(login_url.find_last_not_of('/') + 1);
  return login_url + "/oauth/authorize?" + form_encode(form);
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/oauth/token_response.ipp ---------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_OAUTH_TOKEN_RESPONSE_IPP)
#define PURECLOUD_TOKENS_DETAIL_OAUTH_TOKEN_RESPONSE_IPP

namespace purecloud {
inline namespace v1 {
namespace detail {

/// The members of the login host's response.
struct TokenResponse {
  std::optional<AccessToken> access_token;
  std::optional<Secret> refresh_token;
  std::optional<std::string> token_type;
  std::optional<int> expires_in;
  AdditionalProperties additional_properties;

  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("access_token", &TokenResponse::access_token);
    visit("refresh_token", &TokenResponse::refresh_token);
    visit("token_type", &TokenResponse::token_type);
    visit("expires_in", &TokenResponse::expires_in);
  }
};

PURECLOUD_TOKENS_INLINE std::string decode_oauth_token(std::string_view body, OAuthToken& granted) {
  TokenResponse response;
  std::string problem = decode_json(body, {&response, &json_type<TokenResponse>, {}});
  if (!problem.empty()) return problem;
  if (!response.access_token || response.access_token->empty())
    return "/access_token: is missing or empty";
  if (!token_problem(response.access_token->reveal()).empty())
    return "/access_token: holds a character that no access token may hold";
  if (response.token_type && lower_case(*response.token_type) != "bearer")
    return "/token_type: is not bearer";
  if (response.expires_in && *response.expires_in <= 0)
    return "/expires_in: is not greater than zero";

  granted.access_token = *std::move(response.access_token);
  if (response.refresh_token && !response.refresh_token->empty())
    granted.refresh_token = std::move(response.refresh_token);
  granted.token_type = response.token_type.value_or("");
  if (response.expires_in) granted.expires_in = std::chrono::seconds(*response.expires_in);
  return {};
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/oauth/token_source.ipp -----------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_OAUTH_TOKEN_SOURCE_IPP)
#define PURECLOUD_TOKENS_DETAIL_OAUTH_TOKEN_SOURCE_IPP

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

#endif

// ---- purecloud/detail/operations.ipp -------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_OPERATIONS_IPP)
#define PURECLOUD_TOKENS_DETAIL_OPERATIONS_IPP

namespace purecloud {
inline namespace v1 {
namespace detail {
namespace operations {

PURECLOUD_TOKENS_INLINE Call<TokenInfo> get_tokens_me(const GetTokensMeOptions& options) {
  Call<TokenInfo> call{{{"GET", "/api/v2/tokens/me"}, options.call}};
  if (options.preserve_idle_ttl)
    call.target += *options.preserve_idle_ttl ? "?preserveIdleTTL=true" : "?preserveIdleTTL=false";
  return call;
}

PURECLOUD_TOKENS_INLINE Call<bool> head_tokens_me(const CallOptions& options) {
  return {{{"HEAD", "/api/v2/tokens/me", Unauthorized::is_result}, options}};
}

PURECLOUD_TOKENS_INLINE Call<void> delete_tokens_me(const CallOptions& options) {
  return {{{"DELETE", "/api/v2/tokens/me", Unauthorized::is_success_of_retry, Repeat::by_rules},
           options}};
}

/// Returns why an id cannot be the last segment of `/api/v2/tokens/{userId}`; empty if it can.
inline std::string user_id_problem(std::string_view user_id) {
  if (user_id.empty()) return "is empty";
  if (user_id == "me")
    return "is `me`, which would delete the caller's own token; that is delete_tokens_me";
  if (user_id == "timeout" || user_id == "." || user_id == "..")
    return "is `" + std::string(user_id) + "`, which would address another resource";
  if (user_id.size() > 255) return "is longer than 255 bytes";
  if (std::any_of(user_id.begin(), user_id.end(), is_control)) return "holds a control character";
  return {};
}

PURECLOUD_TOKENS_INLINE Call<void> delete_token(std::string_view user_id,
                                                const CallOptions& options) {
  Call<void> call{
      {{"DELETE", "/api/v2/tokens/{userId}", Unauthorized::is_error, Repeat::by_rules}, options}};
  if (const auto problem = user_id_problem(user_id); !problem.empty())
    call.refusal = "user_id: " + problem + "; pass the id of a user";
  else
    call.target = "/api/v2/tokens/" + percent_encode(user_id);
  return call;
}

PURECLOUD_TOKENS_INLINE Call<IdleTokenTimeout> get_tokens_timeout(const CallOptions& options) {
  return {{{"GET", "/api/v2/tokens/timeout"}, options}};
}

PURECLOUD_TOKENS_INLINE Call<IdleTokenTimeout> put_tokens_timeout(const IdleTokenTimeout& timeout,
                                                                  const CallOptions& options) {
  Call<IdleTokenTimeout> call{{{"PUT", "/api/v2/tokens/timeout"}, options}};
  try {
    call.body = to_json(timeout);
  } catch (const ApiException& unencodable) {
    call.refusal = (unencodable.error)().message;
  }
  return call;
}

}  // namespace operations
}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/text/calendar.ipp ----------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_TEXT_CALENDAR_IPP)
#define PURECLOUD_TOKENS_DETAIL_TEXT_CALENDAR_IPP

namespace purecloud {
inline namespace v1 {
namespace detail {

// Years are counted from March, so that the leap day is a year's last; a cycle of 400 years has
// 146,097 days, and March 1st of year 0 lies 719,468 days before 1970.
constexpr std::int64_t days_before_epoch = 719'468;
constexpr std::int64_t days_in_400_years = 146'097;

constexpr std::int64_t days_since_march_of_year_0(int year, int month, int day) {
  const int march_year = month > 2 ? year : year - 1;
  const int march_month = month > 2 ? month - 3 : month + 9;
  // January of year 0 belongs to the march year -1: shift by a cycle to stay positive
  const std::int64_t shifted = march_year + 400;
  return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + (153 * march_month + 2) / 5 +
         day - 1 - days_in_400_years;
}

PURECLOUD_TOKENS_INLINE std::optional<std::int64_t> seconds_since_epoch(const UtcTime& time,
                                                                        int offset) {
  constexpr int days_in_month[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap_year = (time.year % 4 == 0 && time.year % 100 != 0) || time.year % 400 == 0;
  const bool leap_second = time.second == 60;
  const auto within = [](int value, int low, int high) { return value >= low && value <= high; };
  if (!within(time.year, 0, 9999) || !within(time.month, 1, 12) || !within(time.hour, 0, 23) ||
      !within(time.minute, 0, 59) || !within(time.second, 0, 60))
    return std::nullopt;
  const int days = days_in_month[time.month - 1] + (leap_year && time.month == 2 ? 1 : 0);
  if (!within(time.day, 1, days)) return std::nullopt;
  const auto day = days_since_march_of_year_0(time.year, time.month, time.day) - days_before_epoch;
  const auto seconds = ((day * 24 + time.hour) * 60 + time.minute) * 60 + time.second - offset;
  const auto utc = utc_time(seconds);
  if (!utc) return std::nullopt;
  // a leap second can only follow the last second of a day
  if (leap_second && (utc->hour != 0 || utc->minute != 0 || utc->second != 0)) return std::nullopt;
  return seconds;
}

PURECLOUD_TOKENS_INLINE std::optional<UtcTime> utc_time(std::int64_t seconds) {
  constexpr std::int64_t day_length = 86'400;
  std::int64_t day = seconds / day_length;
  std::int64_t second = seconds % day_length;
  if (second < 0) {
    second += day_length;
    --day;
  }
  const std::int64_t first_day = days_since_march_of_year_0(0, 1, 1) - days_before_epoch;
  const std::int64_t last_day = days_since_march_of_year_0(9999, 12, 31) - days_before_epoch;
  if (day < first_day || day > last_day) return std::nullopt;

  // the cycle and the day in it, then the year in the cycle, then the month
  day += days_before_epoch + days_in_400_years;
  const std::int64_t cycle = day / days_in_400_years;
  const std::int64_t in_cycle = day % days_in_400_years;
  const std::int64_t year_in_cycle =
      (in_cycle - in_cycle / 1'460 + in_cycle / 36'524 - in_cycle / 146'096) / 365;
  const std::int64_t day_of_year =
      in_cycle - (365 * year_in_cycle + year_in_cycle / 4 - year_in_cycle / 100);
  const std::int64_t march_month = (5 * day_of_year + 2) / 153;

  UtcTime utc;
  utc.day = static_cast<int>(day_of_year - (153 * march_month + 2) / 5 + 1);
  utc.month = static_cast<int>(march_month < 10 ? march_month + 3 : march_month - 9);
  utc.year = static_cast<int>(cycle * 400 + year_in_cycle - 400 + (utc.month <= 2 ? 1 : 0));
  utc.hour = static_cast<int>(second / 3'600);
  utc.minute = static_cast<int>(second / 60 % 60);
  utc.second = static_cast<int>(second % 60);
  return utc;
}

PURECLOUD_TOKENS_INLINE int DigitReader::number(std::size_t digits) {
  int value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const char c = next();
    if (c < '0' || c > '9') {
      fits_ = false;
      return 0;
    }
    value = value * 10 + (c - '0');
    rest_.remove_prefix(1);
  }
  return value;
}

PURECLOUD_TOKENS_INLINE int DigitReader::fraction_in_thousandths() {
  int value = number(1) * 100;
  for (int scale = 10; next() >= '0' && next() <= '9'; scale /= 10) value += number(1) * scale;
  return value;
}

PURECLOUD_TOKENS_INLINE void DigitReader::literal(char c) { literal(std::string_view(&c, 1)); }

PURECLOUD_TOKENS_INLINE void DigitReader::literal(std::string_view text) {
  if (rest_.substr(0, text.size()) == text)
    rest_.remove_prefix(text.size());
  else
    fits_ = false;
}

PURECLOUD_TOKENS_INLINE char DigitReader::one_of(std::string_view characters) {
  const char c = next();
  if (characters.find(c) == std::string_view::npos)
    fits_ = false;
  else
    rest_.remove_prefix(1);
  return c;
}

PURECLOUD_TOKENS_INLINE std::string_view DigitReader::word() {
  std::size_t size = 0;
  while (size < rest_.size() &&
         ((rest_[size] >= 'a' && rest_[size] <= 'z') || (rest_[size] >= 'A' && rest_[size] <= 'Z')))
    ++size;
  const std::string_view word = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return word;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/text/no_proxy.ipp ----------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_TEXT_NO_PROXY_IPP)
#define PURECLOUD_TOKENS_DETAIL_TEXT_NO_PROXY_IPP

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Returns whether the first `bits` bits of an address are those of the block.
inline bool in_block(const std::string& address, const std::string& block, std::size_t bits) {
  if (address.size() != block.size()) return false;
  for (std::size_t bit = 0; bit < bits; ++bit) {
    const int differences = address[bit / 8] ^ block[bit / 8];
    if (differences >> (7 - bit % 8) & 1) return false;
  }
  return true;
}

/// Returns whether a name is the domain or in it; nothing if `domain` is not a valid domain.
inline std::optional<bool> in_domain(std::string_view name, std::string_view domain) {
  if (domain.substr(0, 2) == "*.")
    domain.remove_prefix(2);
  else if (!domain.empty() && domain.front() == '.')
    domain.remove_prefix(1);
  if (!domain.empty() && domain.back() == '.') domain.remove_suffix(1);
  const std::string_view last_label = domain.substr(domain.rfind('.') + 1);
  if (domain.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-._") != domain.npos ||
      last_label.find_first_not_of("0123456789") == last_label.npos)
    return std::nullopt;  // `192.168.` and `192.168.*` are not domains
  if (name == domain) return true;
  return name.size() > domain.size() && name[name.size() - domain.size() - 1] == '.' &&
         name.substr(name.size() - domain.size()) == domain;
}

/// Returns a text without the brackets around it, if there are any.
inline std::string without_brackets(const std::string& text) {
  const bool bracketed = text.size() >= 2 && text.front() == '[' && text.back() == ']';
  return bracketed ? text.substr(1, text.size() - 2) : text;
}

/// Returns whether an entry contains the host; nothing if the entry is not valid.
inline std::optional<bool> entry_names(std::string entry, const std::string& host, int port) {
  if (entry == "*") return true;
  const std::string address = ip_bytes(host);
  if (const auto slash = entry.find('/'); slash != entry.npos) {
    const std::string block = ip_bytes(without_brackets(entry.substr(0, slash)));
    const auto bits = entry.substr(slash + 1) == "0" ? 0 : parse_port(entry.substr(slash + 1));
    if (!bits || static_cast<std::size_t>(*bits) > block.size() * 8) return std::nullopt;
    return in_block(address, block, static_cast<std::size_t>(*bits));
  }

  std::optional<int> only_port;
  const auto colon = entry.rfind(':');
  const bool has_port = colon != entry.npos && colon > 0 && !is_ip_address(entry) &&
                        (entry.find(':') == colon || entry[colon - 1] == ']');
  if (has_port) {
    only_port = parse_port(entry.substr(colon + 1));
    if (!only_port) return std::nullopt;
    entry.resize(colon);
  }
  std::optional<bool> named;
  if (entry.front() == '[') {
    const std::string bytes = ip_bytes(without_brackets(entry));
    if (bytes.size() == 16) named = bytes == address;
  } else if (is_ip_address(entry)) {
    named = ip_bytes(entry) == address;
  } else {
    named = in_domain(host, entry);
  }
  if (named && only_port && *only_port != port) return false;
  return named;
}

PURECLOUD_TOKENS_INLINE bool excluded_from_proxy(const std::string& variable, std::string_view list,
                                                 const std::string& host, int port) {
  const bool dotted = !host.empty() && host.back() == '.';
  const std::string plain_host = lower_case(dotted ? host.substr(0, host.size() - 1) : host);
  bool excluded = false;
  while (!list.empty()) {
    const auto end = (std::min)(list.find_first_of(", \t\r\n"), list.size());
    const std::string entry = lower_case(list.substr(0, end));
    list.remove_prefix((std::min)(end + 1, list.size()));
    if (entry.empty() || entry == ".") continue;
    const auto named = entry_names(entry, plain_host, port);
    if (!named)
      refuse(variable, (entry.find('@') == entry.npos ? "holds `" + one_line(entry, 80) + "`"
                                                      : "holds an entry with '@'") +
                           std::string(", which is not understood; write a host, a domain, an IP "
                                       "address or a block like 10.0.0.0/8"));
    excluded = excluded || *named;
  }
  return excluded;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/text/redaction.ipp ---------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_TEXT_REDACTION_IPP)
#define PURECLOUD_TOKENS_DETAIL_TEXT_REDACTION_IPP

namespace purecloud {
inline namespace v1 {
namespace detail {

constexpr std::size_t shortest_secret = 6;
constexpr std::size_t widest_window = 16;
constexpr int most_encodings = 3;

/// Maps characters that encodings exchange to one: `+` to a space, base64url's to base64's.
constexpr char fold(char c) { return c == ' ' || c == '-' ? '+' : c == '_' ? '/' : c; }

/// Returns whether a character is a line break.
constexpr bool is_break(char c) { return c == '\r' || c == '\n' || c == '\t'; }

/// A character that is decoded from the beginning of a text, and the length of its encoding.
struct Unit {
  char character;
  std::uint8_t size;
};

inline Unit unit_at(const char* text, std::size_t size) {
  const auto hex_byte = [text](std::size_t at) {
    const int high = hex_digit(text[at]), low = hex_digit(text[at + 1]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  };
  if (text[0] == '%' && size >= 3) {
    if (const int byte = hex_byte(1); byte >= 0) return {static_cast<char>(byte), 3};
  } else if (text[0] == '\\' && size >= 2) {
    if (text[1] == 'u' && size >= 6 && hex_byte(2) == 0)
      if (const int byte = hex_byte(4); byte >= 0) return {static_cast<char>(byte), 6};
    const bool breaks = text[1] == 'n' || text[1] == 'r' || text[1] == 't';
    return {breaks ? '\n' : text[1], 2};
  }
  return {text[0], 1};
}

/// A text without line breaks and with folded characters. Each decode() removes one encoding.
class Redactor::View {
 public:
  explicit View(std::string_view text) : characters_(text.size()), begins_(text.size() + 1) {
    bool after_break = false;
    std::size_t size = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
      const char c = text[at];
      if (is_break(c)) after_break = true;
      if (is_break(c) || (after_break && c == ' ')) continue;
      after_break = false;
      characters_[size] = fold(c);
      begins_[size++] = static_cast<std::uint32_t>(at);
    }
    cut(size, static_cast<std::uint32_t>(text.size()));
  }

  /// Removes one more encoding. Returns false when the text has none.
  bool decode() {
    const std::size_t before = characters_.size();
    std::size_t size = 0;
    for (std::size_t at = 0; at < before;) {
      const Unit unit = unit_at(characters_.data() + at, before - at);
      if (!is_break(unit.character)) {
        begins_[size] = begins_[at];
        characters_[size++] = fold(unit.character);
      }
      at += unit.size;
    }
    cut(size, begins_[before]);
    return size < before;
  }

  const Text& characters() const { return characters_; }

  /// Returns the position in the original text where a character begins.
  std::size_t begin_of(std::size_t character) const { return begins_[character]; }

 private:
  void cut(std::size_t size, std::uint32_t end) {
    characters_.resize(size);
    begins_.resize(size + 1);
    begins_[size] = end;
  }

  Text characters_;
  std::vector<std::uint32_t> begins_;
};

/// Identifies a window among those of one width: its first and its last 8 bytes, which overlap.
struct WindowKey {
  std::uint64_t first = 0;
  std::uint64_t last = 0;

  WindowKey(const char* characters, std::size_t width) {
    if (width >= 8) {
      std::memcpy(&first, characters, 8);
      std::memcpy(&last, characters + width - 8, 8);
    } else {
      std::memcpy(&first, characters, 4);
      std::memcpy(&last, characters + width - 4, 4);
    }
  }

  std::size_t hash() const {
    const std::uint64_t mixed = (first * 0x9e3779b97f4a7c15) ^ (last * 0xc2b2ae3d27d4eb4f);
    return static_cast<std::size_t>(mixed >> 32 ^ mixed >> 15);
  }

  bool operator==(const WindowKey& other) const {
    return first == other.first && last == other.last;
  }
};

PURECLOUD_TOKENS_INLINE void Redactor::add(std::string_view secret, std::string_view mark) {
  if (secret.size() < shortest_secret) return;
  const auto known = std::find(marks_.begin(), marks_.end(), mark);
  const auto id = static_cast<std::uint8_t>(known - marks_.begin() + 1);
  if (known == marks_.end()) marks_.push_back(mark);

  View view(secret);
  add_form(view.characters(), id);
  // a secret that contains `%41` itself is also searched for in decoded form
  for (int i = 0; i < most_encodings && view.decode(); ++i) add_form(view.characters(), id);

  add_base64_forms(secret, id);
  // Basic authentication of a client encodes twice (RFC 6749, 2.3.1)
  Text encoded;
  for (const char& c : secret)
    for (const char part : percent_encode({&c, 1})) encoded.push_back(part);
  if (encoded.size() > secret.size()) add_base64_forms({encoded.data(), encoded.size()}, id);
}

PURECLOUD_TOKENS_INLINE void Redactor::add_base64_forms(std::string_view secret,
                                                        std::uint8_t mark) {
  static constexpr char digits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto byte = [&](std::size_t at) {
    return at < secret.size() ? static_cast<unsigned char>(secret[at]) : 0u;
  };
  for (const std::size_t skipped_bits : {0u, 4u, 2u}) {  // with 0, 1, 2 bytes before it, modulo 3
    Text form;
    for (std::size_t bit = skipped_bits; bit + 6 <= secret.size() * 8; bit += 6) {
      const unsigned two_bytes = byte(bit / 8) << 8 | byte(bit / 8 + 1);
      form.push_back(digits[two_bytes >> (10 - bit % 8) & 63]);
    }
    add_form(form, mark);
  }
}

PURECLOUD_TOKENS_INLINE void Redactor::add_form(const Text& form, std::uint8_t mark) {
  if (form.size() < shortest_secret) return;
  const std::size_t width = (std::min)(form.size(), widest_window);
  auto windows = std::find_if(windows_.begin(), windows_.end(),
                              [=](const Windows& each) { return each.width == width; });
  if (windows == windows_.end()) {
    windows_.push_back({width, 0, {}});
    windows = std::prev(windows_.end());
  }

  const std::size_t begin = forms_.size();
  forms_.resize(begin + form.size());
  std::copy(form.begin(), form.end(), forms_.data() + begin);
  const std::size_t count = form.size() - width + 1;
  reserve(*windows, windows->count + count);
  for (std::size_t at = begin; at < begin + count; ++at)
    if (Window& slot = windows->table[slot_of(*windows, forms_.data() + at)]; slot.mark == 0) {
      slot = {static_cast<std::uint32_t>(at), mark};
      ++windows->count;
    }
}

PURECLOUD_TOKENS_INLINE void Redactor::reserve(Windows& windows, std::size_t count) const {
  std::size_t size = (std::max)(windows.table.size(), std::size_t{16});
  while (size < 8 * count) size *= 2;
  if (size == windows.table.size()) return;
  const auto old = std::exchange(windows.table, std::vector<Window>(size));
  for (const Window& window : old)
    if (window.mark != 0) windows.table[slot_of(windows, forms_.data() + window.at)] = window;
}

PURECLOUD_TOKENS_INLINE std::size_t Redactor::slot_of(const Windows& windows,
                                                      const char* characters) const {
  const WindowKey key(characters, windows.width);
  const std::size_t last = windows.table.size() - 1;
  for (std::size_t at = key.hash() & last;; at = (at + 1) & last) {
    const Window& slot = windows.table[at];
    if (slot.mark == 0 || WindowKey(forms_.data() + slot.at, windows.width) == key) return at;
  }
}

PURECLOUD_TOKENS_INLINE void Redactor::cover(std::string_view text, const View& view,
                                             const Windows& windows, Cover& covered) const {
  const Text& characters = view.characters();
  std::size_t done = 0;
  for (std::size_t at = 0; at + windows.width <= characters.size(); ++at) {
    const std::uint8_t mark = windows.table[slot_of(windows, characters.data() + at)].mark;
    if (mark == 0) continue;
    covered.resize(text.size());
    std::size_t end = view.begin_of(at + windows.width);
    while (is_break(text[end - 1]) || text[end - 1] == ' ') --end;
    for (done = (std::max)(done, view.begin_of(at)); done < end; ++done)
      if (covered[done] == 0) covered[done] = mark;
  }
}

PURECLOUD_TOKENS_INLINE std::string Redactor::redact(std::string text) const {
  if (text.size() < shortest_secret || marks_.empty()) return text;
  constexpr std::size_t longest_text = (std::numeric_limits<std::uint32_t>::max)();
  if (text.size() > longest_text) text.resize(longest_text);

  Cover covered;
  View view(text);
  for (int encodings = 0;; ++encodings) {
    for (const Windows& windows : windows_) cover(text, view, windows, covered);
    if (encodings == most_encodings || !view.decode()) break;
  }
  if (covered.empty()) return text;

  for (std::size_t i = 0; i < marks_.size(); ++i)
    for (auto at = text.find(marks_[i]); at != text.npos; at = text.find(marks_[i], at + 1))
      std::fill_n(covered.begin() + static_cast<std::ptrdiff_t>(at), marks_[i].size(),
                  static_cast<std::uint8_t>(i + 1));

  std::string redacted;
  for (std::size_t at = 0; at < text.size();) {
    const std::uint8_t mark = covered[at];
    if (mark == 0) {
      redacted += text[at++];
    } else {
      redacted += marks_[mark - 1u];
      while (at < text.size() && covered[at] == mark) ++at;
    }
  }
  return redacted;
}

PURECLOUD_TOKENS_INLINE HttpResponse Redactor::redact(HttpResponse response) const {
  HttpHeaders headers;
  for (auto& [name, value] : response.headers)
    headers.emplace(redact(name), redact(std::move(value)));
  response.headers = std::move(headers);
  response.body = redact(std::move(response.body));
  return response;
}

PURECLOUD_TOKENS_INLINE std::string redact(std::string text, std::string_view access_token) {
  Redactor redactor;
  redactor.add(access_token, AccessTokenKind::mark);
  return redactor.redact(std::move(text));
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/text/text.ipp --------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_TEXT_TEXT_IPP)
#define PURECLOUD_TOKENS_DETAIL_TEXT_TEXT_IPP

namespace purecloud {
inline namespace v1 {
namespace detail {

PURECLOUD_TOKENS_INLINE std::string_view trimmed(std::string_view text) {
  constexpr std::string_view space = " \t\r\n";
  text.remove_prefix((std::min)(text.find_first_not_of(space), text.size()));
  return text.substr(0, text.find_last_not_of(space) + 1);
}

PURECLOUD_TOKENS_INLINE std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

PURECLOUD_TOKENS_INLINE int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

PURECLOUD_TOKENS_INLINE std::string percent_decode(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool encoded = text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
                         hex_digit(text[i + 2]) >= 0;
    decoded +=
        encoded ? static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2])) : text[i];
    if (encoded) i += 2;
  }
  return decoded;
}

PURECLOUD_TOKENS_INLINE std::string percent_encode(std::string_view text) {
  static constexpr char hex[] = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size());
  for (const char c : text) {
    const bool unreserved = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                            (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
    if (unreserved) {
      encoded += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      encoded += {'%', hex[byte >> 4], hex[byte & 15]};
    }
  }
  return encoded;
}

/// Returns the size of the character at the beginning of `text` if it breaks a line or controls a
/// terminal (a C0 or C1 control, U+2028 or U+2029), else 0.
inline std::size_t control_size(std::string_view text) {
  if (is_control(text[0])) return 1;
  if (text[0] == '\xc2' && text.size() > 1 && static_cast<unsigned char>(text[1]) < 0xa0) return 2;
  text = text.substr(0, 3);
  return text == "\xe2\x80\xa8" || text == "\xe2\x80\xa9" ? 3 : 0;
}

PURECLOUD_TOKENS_INLINE std::string one_line(std::string_view text, std::size_t limit) {
  std::size_t size = (std::min)(text.size(), limit);
  // do not cut within a UTF-8 sequence, whose later bytes are 10xxxxxx
  while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80)
    --size;
  std::string line(text.substr(0, size));
  for (std::size_t at = 0; at < line.size(); ++at)
    std::fill_n(line.begin() + static_cast<std::ptrdiff_t>(at),
                control_size(std::string_view(line).substr(at)), ' ');
  if (size < text.size()) line += "\xe2\x80\xa6";  // an ellipsis in UTF-8
  return line;
}

PURECLOUD_TOKENS_INLINE std::string ascii_line(std::string_view text, std::size_t limit) {
  std::string ascii(text.substr(0, limit + 1));
  std::replace_if(
      ascii.begin(), ascii.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; },
      '?');
  return one_line(ascii, limit);
}

PURECLOUD_TOKENS_INLINE bool is_header_value(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return is_control(c) && c != '\t'; });
}

PURECLOUD_TOKENS_INLINE bool is_header_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return c > ' ' && c < 0x7f &&
           std::string_view("\"(),/:;<=>?@[\\]{}").find(c) == std::string_view::npos;
  });
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/text/url.ipp ---------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_TEXT_URL_IPP)
#define PURECLOUD_TOKENS_DETAIL_TEXT_URL_IPP

#if !defined(_WIN32)
#include <arpa/inet.h>
#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

PURECLOUD_TOKENS_INLINE std::string ip_bytes(const std::string& text) {
  char bytes[16];
  if (inet_pton(AF_INET, text.c_str(), bytes) == 1) return std::string(bytes, 4);
  if (inet_pton(AF_INET6, text.c_str(), bytes) == 1) return std::string(bytes, 16);
  return {};
}

PURECLOUD_TOKENS_INLINE bool is_ip_address(const std::string& host) {
  return !ip_bytes(host).empty();
}

PURECLOUD_TOKENS_INLINE bool is_host_name(std::string_view text) {
  return !text.empty() && text.front() != '-' &&
         lower_case(text).find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyz-._") == text.npos;
}

PURECLOUD_TOKENS_INLINE std::string bracketed(const std::string& host) {
  return host.find(':') == std::string::npos ? host : "[" + host + "]";
}

PURECLOUD_TOKENS_INLINE bool is_loopback(const std::string& host) {
  return host == "localhost" || host == "::1" ||
         (host.compare(0, 4, "127.") == 0 && is_ip_address(host));
}

PURECLOUD_TOKENS_INLINE Error invalid_argument(std::string message) {
  Error error;
  error.kind = ErrorKind::invalid_argument;
  error.message = std::move(message);
  return error;
}

PURECLOUD_TOKENS_INLINE void refuse(const std::string& what, const std::string& problem) {
  throw ApiException(invalid_argument(what + ": " + problem));
}

PURECLOUD_TOKENS_INLINE std::optional<int> parse_port(std::string_view text) {
  if (text.empty() || text.size() > 5 ||
      text.find_first_not_of("0123456789") != std::string_view::npos)
    return std::nullopt;
  const int port = std::stoi(std::string(text));
  return port >= 1 && port <= 65535 ? std::optional(port) : std::nullopt;
}

PURECLOUD_TOKENS_INLINE BaseUrl parse_base_url(const std::string& what, std::string_view text,
                                               const std::string& example) {
  const auto refuse_unless = [&](bool fits, const char* problem) {
    if (!fits) refuse(what, std::string(problem) + "; write it like " + example);
  };
  BaseUrl url;
  refuse_unless(!text.empty(), "is empty");
  const auto is_odd = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= ' ' || byte >= 0x7f || c == '\\';
  };
  refuse_unless(std::none_of(text.begin(), text.end(), is_odd),
                "holds a space, a backslash, a control or a non-ASCII character");

  const auto scheme_end = text.find("://");
  refuse_unless(scheme_end != std::string_view::npos, "has no scheme");
  const std::string scheme = lower_case(text.substr(0, scheme_end));
  refuse_unless(scheme == "https" || scheme == "http",
                "has a scheme that is neither https nor http");
  url.https = scheme == "https";
  text.remove_prefix(scheme_end + 3);

  refuse_unless(text.find('?') == std::string_view::npos,
                "has a query: leave out '?' and what follows");
  refuse_unless(text.find('#') == std::string_view::npos,
                "has a fragment: leave out '#' and what follows");
  const auto authority_end = (std::min)(text.find('/'), text.size());
  std::string_view authority = text.substr(0, authority_end);
  std::string_view path = text.substr(authority_end);
  refuse_unless(authority.find('@') == std::string_view::npos,
                "holds a user name or password: leave out '@' and what stands before it");

  const bool ipv6 = !authority.empty() && authority.front() == '[';
  const auto host_end =
      ipv6 ? authority.find(']') : (std::min)(authority.find(':'), authority.size());
  refuse_unless(host_end != std::string_view::npos, "has '[' without ']'");
  url.host = lower_case(authority.substr(ipv6 ? 1 : 0, host_end - (ipv6 ? 1 : 0)));
  const std::string_view rest = authority.substr(host_end + (ipv6 ? 1 : 0));
  refuse_unless(!url.host.empty(), "has no host");
  refuse_unless(ipv6 ? is_ip_address(url.host) : is_host_name(url.host),
                "has a host that is neither a name nor an IP address");

  url.port = url.https ? 443 : 80;
  if (!rest.empty()) {
    const auto port = rest.front() == ':' ? parse_port(rest.substr(1)) : std::nullopt;
    refuse_unless(port.has_value(), "has a port that is not 1 to 65535");
    url.port = *port;
    url.has_port = true;
  }

  while (!path.empty() && path.back() == '/') path.remove_suffix(1);
  url.path = path;
  return url;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/error.ipp -------------------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_ERROR_IPP)
#define PURECLOUD_TOKENS_ERROR_IPP

namespace purecloud {
inline namespace v1 {
namespace detail {

PURECLOUD_TOKENS_INLINE void raise(const Error& error) { throw ApiException(error); }

PURECLOUD_TOKENS_INLINE std::optional<Error> error_of(void (*work)(void*), void* context) {
  try {
    work(context);
    return std::nullopt;
  } catch (const ApiException& thrown) {
    return (thrown.error)();
  }
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/json.ipp --------------------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_JSON_IPP)
#define PURECLOUD_TOKENS_JSON_IPP

// ---- purecloud/detail/json/encoder.hpp -----------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_JSON_ENCODER_HPP)
#define PURECLOUD_TOKENS_DETAIL_JSON_ENCODER_HPP

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Writes values as JSON text. Throws ApiException for a value that JSON cannot express.
class JsonEncoder {
 public:
  /// Returns the text that was written.
  std::string& text() { return text_; }

  void write(const std::string& value, const JsonPlace& place) {
    if (!quote(value)) refuse(place, "text that is not UTF-8; convert it first");
  }

  void write(bool value, const JsonPlace&) { text_ += value ? "true" : "false"; }
  void write(int value, const JsonPlace&) { text_ += std::to_string(value); }

  void write(Timestamp value, const JsonPlace& place) {
    const auto text = format_timestamp(value);
    if (!text) refuse(place, "a year outside 0 to 9999, which a date-time cannot hold");
    quote(*text);
  }

  template <class Values>
  void write(const OpenEnum<Values>& value, const JsonPlace& place) {
    write(std::string(value.text()), place);
  }

  template <class T>
  void write(const std::vector<T>& values, const JsonPlace& place) {
    text_ += '[';
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (i > 0) text_ += ',';
      write(values[i], JsonPlace{&place, {{}, i}});
    }
    text_ += ']';
  }

  template <class T>
  void write(const std::map<std::string, T>& values, const JsonPlace& place) {
    Members members;
    for (const auto& [name, value] : values) members.emplace(name, Member{&value, write_member<T>});
    write_object(members, place);
  }

  template <class Model, std::enable_if_t<IsModel<Model>::value, int> = 0>
  void write(const Model& model, const JsonPlace& place) {
    Members members;
    Model::each_member([&](const char* name, auto member) {
      const auto& value = model.*member;
      using T = std::decay_t<decltype(*value)>;
      if (value) members.emplace(name, Member{&*value, write_member<T>});
    });
    for (const auto& [name, text] : model.additional_properties)
      members.emplace(name, Member{&text, write_unknown});
    write_object(members, place);
  }

 private:
  /// A value without its type, so that write_object is not compiled for each type.
  struct Member {
    const void* value;
    void (*write)(JsonEncoder& to, const void* value, const JsonPlace& place);
  };
  using Members = std::map<std::string_view, Member>;

  template <class T>
  static void write_member(JsonEncoder& to, const void* value, const JsonPlace& place) {
    to.write(*static_cast<const T*>(value), place);
  }

  static void write_unknown(JsonEncoder& to, const void* value, const JsonPlace& place) {
    std::string text;
    if (!decode_json(*static_cast<const std::string*>(value), {&text, &json_type<JsonText>, {}})
             .empty())
      refuse(place, "an additional property that is not JSON");
    to.text_ += text;
  }

  void write_object(const Members& members, const JsonPlace& place) {
    char before = '{';
    for (const auto& [name, member] : members) {
      text_ += before;
      before = ',';
      if (!quote(name)) refuse(place, "a name that is not UTF-8");
      text_ += ':';
      member.write(*this, member.value, JsonPlace{&place, {name, 0}});
    }
    text_ += members.empty() ? "{}" : "}";
  }

  /// Writes a string with quotes and escapes. Returns false when it is not UTF-8.
  bool quote(std::string_view text) {
    constexpr std::string_view values = "\"\\\b\f\n\r\t", letters = "\"\\bfnrt";
    constexpr std::string_view hex = "0123456789abcdef";
    text_ += '"';
    std::size_t begin = 0;  // of the characters without escapes
    for (std::size_t at = 0; at < text.size();) {
      const auto c = static_cast<unsigned char>(text[at]);
      const std::size_t size = c < 0x80 ? 1 : utf8_size(text.substr(at, 4));
      if (size == 0) return false;
      at += size;
      if (c >= ' ' && c != '"' && c != '\\') continue;
      text_ += text.substr(begin, at - 1 - begin);
      begin = at;
      const std::size_t letter = values.find(text[at - 1]);
      if (letter != std::string_view::npos)
        (text_ += '\\') += letters[letter];
      else
        ((text_ += "\\u00") += hex[c >> 4]) += hex[c & 15];
    }
    text_ += text.substr(begin);
    text_ += '"';
    return true;
  }

  [[noreturn]] static void refuse(const JsonPlace& place, const char* problem) {
    const std::string pointer = one_line(to_pointer(place), 200);
    Error error;
    error.message = pointer.empty() ? problem : pointer + ": " + problem;
    throw ApiException(std::move(error));
  }

  std::string text_;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {

PURECLOUD_TOKENS_INLINE std::string detail::json_problem(std::string_view text) {
  std::string ignored;
  return decode_json(text, {&ignored, &json_type<JsonText>, {}});
}

template <class T>
std::string to_json(const T& model) {
  detail::JsonEncoder encoder;
  encoder.write(model, detail::JsonPlace{});
  return std::move(encoder.text());
}

template <class T>
Result<T> from_json(std::string_view text) {
  T model;
  std::string problem = detail::decode_json(text, {&model, &detail::json_type<T>, {}});
  if (!problem.empty()) return detail::json_error(ErrorKind::decode, std::move(problem));
  return model;
}

#if defined(PURECLOUD_TOKENS_SEPARATE)
#define PURECLOUD_TOKENS_INSTANTIATE(Model)                \
  template std::string to_json<Model>(const Model& model); \
  template Result<Model> from_json<Model>(std::string_view text);
PURECLOUD_TOKENS_EACH_MODEL(PURECLOUD_TOKENS_INSTANTIATE)
#undef PURECLOUD_TOKENS_INSTANTIATE
#endif

}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/oauth_grants.ipp ------------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_OAUTH_GRANTS_IPP)
#define PURECLOUD_TOKENS_OAUTH_GRANTS_IPP

namespace purecloud {
inline namespace v1 {

PURECLOUD_TOKENS_INLINE Pkce Pkce::generate() {
  std::string bytes = detail::random_bytes(32);
  std::string verifier = detail::base64url(bytes);
  Pkce pkce{Secret(verifier), detail::base64url(detail::sha256(verifier))};
  detail::wipe(bytes.data(), bytes.size());
  detail::wipe(verifier.data(), verifier.size());
  return pkce;
}

}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/region.ipp ------------------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_REGION_IPP)
#define PURECLOUD_TOKENS_REGION_IPP

namespace purecloud {
inline namespace v1 {
namespace detail {

struct RegionFacts {
  std::string_view name;
  std::string_view domain;
};

// in the order of Region
inline constexpr RegionFacts regions[] = {
    {"us_east_1", "mypurecloud.com"},         {"eu_west_1", "mypurecloud.ie"},
    {"ap_southeast_2", "mypurecloud.com.au"}, {"ap_northeast_1", "mypurecloud.jp"},
    {"eu_central_1", "mypurecloud.de"},       {"us_west_2", "usw2.pure.cloud"},
    {"ca_central_1", "cac1.pure.cloud"},      {"ap_northeast_2", "apne2.pure.cloud"},
    {"eu_west_2", "euw2.pure.cloud"},         {"ap_south_1", "aps1.pure.cloud"},
    {"us_east_2", "use2.us-gov-pure.cloud"},  {"sa_east_1", "sae1.pure.cloud"},
    {"me_central_1", "mec1.pure.cloud"},      {"ap_northeast_3", "apne3.pure.cloud"},
    {"eu_central_2", "euc2.pure.cloud"},      {"mx_central_1", "mxc1.pure.cloud"},
    {"ap_southeast_1", "apse1.pure.cloud"},   {"eusc_de_east_1", "edee1.eusc-pure.cloud"},
};

PURECLOUD_TOKENS_INLINE std::string region_names() {
  std::string names;
  for (const RegionFacts& region : regions) {
    if (!names.empty()) names += ", ";
    names += region.name;
  }
  return names;
}

}  // namespace detail

PURECLOUD_TOKENS_INLINE std::string_view domain_of(Region region) {
  return detail::regions[static_cast<std::size_t>(region)].domain;
}

PURECLOUD_TOKENS_INLINE std::optional<Region> parse_region(std::string_view text) {
  std::string lower = detail::lower_case(detail::trimmed(text));
  if (!lower.empty() && lower.back() == '/') lower.pop_back();
  std::string name = lower;
  std::replace(name.begin(), name.end(), '-', '_');

  std::string_view host = lower;
  const auto strip_prefix = [&](std::string_view prefix) {
    const bool found = host.substr(0, prefix.size()) == prefix;
    if (found) host.remove_prefix(prefix.size());
    return found;
  };
  static_cast<void>(strip_prefix("https://") || strip_prefix("http://"));
  static_cast<void>(strip_prefix("api.") || strip_prefix("login.") || strip_prefix("apps."));

  for (std::size_t i = 0; i < std::size(detail::regions); ++i)
    if (detail::regions[i].name == name || detail::regions[i].domain == host)
      return static_cast<Region>(i);
  return std::nullopt;
}

}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/timestamp.ipp ---------------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_TIMESTAMP_IPP)
#define PURECLOUD_TOKENS_TIMESTAMP_IPP

#include <cstdio>

namespace purecloud {
inline namespace v1 {

PURECLOUD_TOKENS_INLINE std::optional<Timestamp> parse_timestamp(std::string_view text) {
  detail::DigitReader read(text);
  detail::UtcTime time;
  time.year = read.number(4);
  read.literal('-');
  time.month = read.number(2);
  read.literal('-');
  time.day = read.number(2);
  read.one_of("Tt");
  time.hour = read.number(2);
  read.literal(':');
  time.minute = read.number(2);
  read.literal(':');
  time.second = read.number(2);
  int milliseconds = 0;
  if (read.next() == '.') {
    read.literal('.');
    milliseconds = read.fraction_in_thousandths();
  }
  int offset = 0;  // in minutes
  if (const char zone = read.one_of("Zz+-"); zone == '+' || zone == '-') {
    const int hours = read.number(2);
    read.literal(':');
    const int minutes = read.number(2);
    if (hours > 23 || minutes > 59) return std::nullopt;
    offset = (zone == '-' ? -1 : 1) * (hours * 60 + minutes);
  }
  const auto seconds = detail::seconds_since_epoch(time, offset * 60);
  if (!read.complete() || !seconds) return std::nullopt;
  return Timestamp(std::chrono::seconds(*seconds) + std::chrono::milliseconds(milliseconds));
}

PURECLOUD_TOKENS_INLINE std::optional<std::string> format_timestamp(Timestamp time) {
  const std::int64_t count = time.time_since_epoch().count();
  std::int64_t seconds = count / 1000;
  std::int64_t milliseconds = count % 1000;
  if (milliseconds < 0) {
    milliseconds += 1000;
    --seconds;
  }
  const auto utc = detail::utc_time(seconds);
  if (!utc) return std::nullopt;
  char text[64];
  std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", utc->year, utc->month,
                utc->day, utc->hour, utc->minute, utc->second, static_cast<int>(milliseconds));
  return std::string(text);
}

}  // namespace v1
}  // namespace purecloud

#endif
#endif

#if PURECLOUD_TOKENS_BODIES

// ---- purecloud/tokens.ipp ------------------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_TOKENS_IPP)
#define PURECLOUD_TOKENS_TOKENS_IPP

// ---- purecloud/backend/httplib.ipp ---------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_BACKEND_HTTPLIB_IPP)
#define PURECLOUD_TOKENS_BACKEND_HTTPLIB_IPP

// ---- purecloud/detail/httplib/request_writer.hpp -------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_HTTPLIB_REQUEST_WRITER_HPP)
#define PURECLOUD_TOKENS_DETAIL_HTTPLIB_REQUEST_WRITER_HPP

// ---- purecloud/detail/httplib/compat.hpp ---------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_HTTPLIB_COMPAT_HPP)
#define PURECLOUD_TOKENS_DETAIL_HTTPLIB_COMPAT_HPP

// Everything that depends on the version of cpp-httplib, 0.11.4 to 0.53.1. It detects members, not
// versions, because CPPHTTPLIB_VERSION_NUM is a string, which the preprocessor cannot compare.

// Macros of X11's headers and others, with names that httplib.h uses.
#pragma push_macro("None")
#pragma push_macro("Success")
#pragma push_macro("error")
#undef None
#undef Success
#undef error

#include <exception>  // because 0.11.4 uses it without including it

#if defined(PURECLOUD_TOKENS_BUNDLE)  // which contains a httplib.h, in its own namespace
#include <httplib.h>
#else
#if defined(__has_include)
#if !__has_include(<openssl/ssl.h>)
#error \
    "purecloud-tokens speaks HTTPS and needs OpenSSL's headers: install libssl-dev (Debian), openssl-devel (Fedora) or openssl@3 (Homebrew)"
#endif
#if !__has_include(<httplib.h>)
#error \
    "purecloud-tokens needs cpp-httplib: install libcpp-httplib-dev (Debian), cpp-httplib-devel (Fedora) or cpp-httplib (Homebrew), or put a httplib.h on the include path"
#endif
#endif

// CPPHTTPLIB_OPENSSL_SUPPORT changes the layout of the classes in upstream's single-file httplib.h.
// If one file of a program defines it and another does not, the program corrupts its memory, and no
// tool reports that. So this library includes its own copy, in the namespace purecloud_httplib and
// without TLS, which it does not need from cpp-httplib. The program's own copy is not affected.
// With a split httplib.h, for example Debian's, that is not possible: its functions are in a
// library, compiled in the namespace httplib and with OpenSSL. The single-file header is recognized
// by USE_IF2IP, which its bodies define (except on Windows).
#pragma push_macro("CPPHTTPLIB_HTTPLIB_H")
#pragma push_macro("CPPHTTPLIB_OPENSSL_SUPPORT")
#pragma push_macro("CPPHTTPLIB_MBEDTLS_SUPPORT")
#pragma push_macro("CPPHTTPLIB_WOLFSSL_SUPPORT")
#pragma push_macro("CPPHTTPLIB_SSL_ENABLED")
#pragma push_macro("CPPHTTPLIB_ZLIB_SUPPORT")
#pragma push_macro("CPPHTTPLIB_BROTLI_SUPPORT")
#pragma push_macro("CPPHTTPLIB_ZSTD_SUPPORT")
#pragma push_macro("USE_IF2IP")
#undef CPPHTTPLIB_HTTPLIB_H
#undef CPPHTTPLIB_OPENSSL_SUPPORT
#undef CPPHTTPLIB_MBEDTLS_SUPPORT
#undef CPPHTTPLIB_WOLFSSL_SUPPORT
#undef CPPHTTPLIB_SSL_ENABLED
#undef CPPHTTPLIB_ZLIB_SUPPORT
#undef CPPHTTPLIB_BROTLI_SUPPORT
#undef CPPHTTPLIB_ZSTD_SUPPORT
#undef USE_IF2IP
#if !defined(_WIN32)
#define httplib purecloud_httplib
#include <httplib.h>
#undef httplib
#endif
#if defined(USE_IF2IP)
#define PURECLOUD_TOKENS_OWN_HTTPLIB
#endif
#undef CPPHTTPLIB_HTTPLIB_H
#undef CPPHTTPLIB_SSL_ENABLED
#undef USE_IF2IP
#pragma pop_macro("CPPHTTPLIB_HTTPLIB_H")
#pragma pop_macro("CPPHTTPLIB_OPENSSL_SUPPORT")
#pragma pop_macro("CPPHTTPLIB_MBEDTLS_SUPPORT")
#pragma pop_macro("CPPHTTPLIB_WOLFSSL_SUPPORT")
#pragma pop_macro("CPPHTTPLIB_SSL_ENABLED")
#pragma pop_macro("CPPHTTPLIB_ZLIB_SUPPORT")
#pragma pop_macro("CPPHTTPLIB_BROTLI_SUPPORT")
#pragma pop_macro("CPPHTTPLIB_ZSTD_SUPPORT")
#pragma pop_macro("USE_IF2IP")
#if !defined(PURECLOUD_TOKENS_OWN_HTTPLIB)
#if defined(CPPHTTPLIB_HTTPLIB_H) && !defined(CPPHTTPLIB_OPENSSL_SUPPORT) && defined(_WIN32)
#error \
    "<httplib.h> was included before purecloud-tokens without OpenSSL: compile every file of the program that includes it with -DCPPHTTPLIB_OPENSSL_SUPPORT"
#elif defined(CPPHTTPLIB_HTTPLIB_H) && !defined(CPPHTTPLIB_OPENSSL_SUPPORT)
#error \
    "this httplib.h has its functions in a library, built with OpenSSL, but was included before purecloud-tokens without it: include <purecloud/tokens.hpp> first, or compile everything with -DCPPHTTPLIB_OPENSSL_SUPPORT"
#endif
#if !defined(CPPHTTPLIB_OPENSSL_SUPPORT)
#define CPPHTTPLIB_OPENSSL_SUPPORT
#endif
#include <httplib.h>
#endif
#endif

#pragma pop_macro("None")
#pragma pop_macro("Success")
#pragma pop_macro("error")

namespace purecloud {
inline namespace v1 {

#if defined(PURECLOUD_TOKENS_OWN_HTTPLIB)
namespace httplib = ::purecloud_httplib;
#undef PURECLOUD_TOKENS_OWN_HTTPLIB
#endif

namespace detail {
namespace httplib_compat {

template <int Rank>
struct Prefer : Prefer<Rank - 1> {};
template <>
struct Prefer<0> {};

/// Makes cpp-httplib send the target unchanged, because it is encoded already.
template <class Client>
auto disable_path_encoding(Client& client, Prefer<1>) -> decltype(client.set_path_encode(false)) {
  client.set_path_encode(false);  // since 0.23
}
template <class Client>
auto disable_path_encoding(Client& client, Prefer<0>) -> decltype(client.set_url_encode(false)) {
  client.set_url_encode(false);
}

/// Checks that ClientImpl::process_request() exists, and accepts these arguments.
struct ProcessRequest : httplib::ClientImpl {
  template <class Client>
  static auto fits(Client* client)
      -> decltype(client->process_request(std::declval<httplib::Stream&>(),
                                          std::declval<httplib::Request&>(),
                                          std::declval<httplib::Response&>(), false,
                                          std::declval<httplib::Error&>()),
                  std::true_type{});
  static std::false_type fits(void*);
};
static_assert(decltype(ProcessRequest::fits(static_cast<ProcessRequest*>(nullptr)))::value,
              "purecloud-tokens writes its requests with ClientImpl::process_request(Stream&, "
              "Request&, Response&, bool, Error&), which this cpp-httplib does not have: use one "
              "from 0.11.4 to 0.53.1");

}  // namespace httplib_compat
}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

/// A string that is wiped on destruction, unless it is so short that it needs no allocation.
using WipedString = std::basic_string<char, std::char_traits<char>, WipingAllocator<char>>;

#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsuggest-override"
#endif

/// A stream into which cpp-httplib writes a request. Reading from it fails.
class HeadSink : public httplib::Stream {
 public:
  // Without `override`, because no version of cpp-httplib declares all of these.
  ssize_t read(char*, std::size_t) { return -1; }
  ssize_t write(const char* data, std::size_t size) {
    text.append(data, size);
    return static_cast<ssize_t>(size);
  }
  bool is_readable() const { return false; }
  bool is_writable() const { return true; }
  bool wait_readable() const { return false; }
  bool wait_writable() const { return true; }
  bool is_peer_alive() const { return true; }
  socket_t socket() const { return INVALID_SOCKET; }
  time_t duration() const { return 0; }
  void get_remote_ip_and_port(std::string&, int&) const {}
  void get_local_ip_and_port(std::string&, int&) const {}

  WipedString text;
};

#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

/// Lets cpp-httplib write the heads of requests.
class RequestWriter : public httplib::ClientImpl {
 public:
  RequestWriter(const std::string& host, int port) : ClientImpl(host, port) {
    httplib_compat::disable_path_encoding(*this, httplib_compat::Prefer<1>{});
  }

  /// Returns the head of `request` for a body of `body_size` bytes; empty if cpp-httplib refuses
  /// the request. `request.body` must be empty.
  ///
  /// cpp-httplib gets a body of one byte: for more than a kilobyte some versions send
  /// `Expect: 100-continue`, whatever CPPHTTPLIB_EXPECT_100_THRESHOLD is, and wait a second for a
  /// response.
  WipedString head(httplib::Request request, std::size_t body_size) {
    constexpr std::string_view end = "\r\n\r\n";
    const std::string_view stand_in = body_size > 0 ? "x" : "";
    if (body_size > 0) {
      request.body = stand_in;
      request.headers.emplace("Content-Length", std::to_string(body_size));
    }
    // otherwise some versions ask for compression
    request.content_receiver = [](const char*, std::size_t, auto, auto) { return false; };
    HeadSink sink;
    sink.text.reserve(1024);
    httplib::Response none;
    auto error = httplib::Error();
    // a protected function: the public ones write to cpp-httplib's socket, which has no deadline
    process_request(sink, request, none, /*close_connection=*/false, error);
    const std::size_t size = sink.text.size() - (std::min)(sink.text.size(), stand_in.size());
    const bool whole =
        size > end.size() && sink.text.compare(size - end.size(), end.size(), end) == 0;
    sink.text.resize(whole ? size : 0);
    return std::move(sink.text);
  }
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/httplib/channel.hpp --------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_HTTPLIB_CHANNEL_HPP)
#define PURECLOUD_TOKENS_DETAIL_HTTPLIB_CHANNEL_HPP

// ---- purecloud/detail/net/response_parser.hpp ----------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_NET_RESPONSE_PARSER_HPP)
#define PURECLOUD_TOKENS_DETAIL_NET_RESPONSE_PARSER_HPP

// ---- purecloud/detail/net/chunked_body.hpp -------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_NET_CHUNKED_BODY_HPP)
#define PURECLOUD_TOKENS_DETAIL_NET_CHUNKED_BODY_HPP

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Decodes a chunked body (RFC 9112, 7.1). The size of the framing between its parts is bounded.
class ChunkedBody {
 public:
  /// Decodes the next bytes, and passes the body in them to `sink`. Returns false if they are not
  /// valid chunks, if there is too much framing without body, or if `sink` returns false.
  template <class Sink>
  bool take(std::string_view bytes, Sink sink) {
    while (!bytes.empty()) {
      if (complete()) {
        more_followed_ = true;
        return true;
      }
      if (left_ > 0) {
        const std::string_view part = bytes.substr(
            0, static_cast<std::size_t>((std::min<std::uint64_t>)(left_, bytes.size())));
        if (!sink(part)) return false;
        left_ -= part.size();
        bytes.remove_prefix(part.size());
        framing_bytes_ = 0;
        continue;
      }
      const std::size_t size = bytes.find('\n') + 1;  // 0 without an end of the line
      const std::string_view part = size == 0 ? bytes : bytes.substr(0, size);
      framing_bytes_ += part.size();
      if (framing_bytes_ > max_framing_bytes) return false;
      line_.append(part);
      bytes.remove_prefix(part.size());
      if (size > 0 ? !take_line() : !may_go_on()) return false;
    }
    return true;
  }

  bool complete() const { return next_ == Line::none; }
  /// Returns whether bytes followed after the end of the body.
  bool more_followed() const { return more_followed_; }

 private:
  static constexpr std::string_view digits = "0123456789abcdefABCDEF";
  static constexpr std::size_t max_digits = 15;

  enum class Line { size, end_of_chunk, trailer, none };
  static constexpr std::size_t max_framing_bytes = 64 * 1024;

  /// Returns whether the beginning of a line may still become a valid line. A size has a bound on
  /// its digits; other lines only have the bound on the framing.
  bool may_go_on() const {
    return next_ != Line::size ||
           (std::min)(line_.find_first_not_of(digits), line_.size()) <= max_digits;
  }

  bool take_line() {
    const std::string line = std::move(line_);
    line_.clear();
    if (line.size() < 2 || line[line.size() - 2] != '\r') return false;
    const std::string_view text = std::string_view(line).substr(0, line.size() - 2);
    switch (next_) {
      case Line::size: {
        const std::string_view number = text.substr(0, text.find_first_of("; \t"));
        if (number.empty() || number.size() > max_digits ||
            number.find_first_not_of(digits) != std::string_view::npos)
          return false;
        left_ = std::strtoull(line.c_str(), nullptr, 16);
        next_ = left_ > 0 ? Line::end_of_chunk : Line::trailer;
        return true;
      }
      case Line::end_of_chunk: next_ = Line::size; return text.empty();
      case Line::trailer:
      case Line::none: break;
    }
    if (text.empty()) next_ = Line::none;
    return true;
  }

  Line next_ = Line::size;  ///< the line that follows after the rest of the chunk
  std::uint64_t left_ = 0;
  std::string line_;
  std::size_t framing_bytes_ = 0;  ///< since the last byte of the body
  bool more_followed_ = false;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/net/framing.hpp ------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_NET_FRAMING_HPP)
#define PURECLOUD_TOKENS_DETAIL_NET_FRAMING_HPP

// ---- purecloud/detail/net/head.hpp ---------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_NET_HEAD_HPP)
#define PURECLOUD_TOKENS_DETAIL_NET_HEAD_HPP

namespace purecloud {
inline namespace v1 {
namespace detail {

/// The head of a response: its status and its header fields.
struct ResponseHead {
  int version = 0;  ///< the version of HTTP, major times ten plus minor: 10, 11, 20
  int status = 0;   ///< 100 to 599
  HttpHeaders headers;
};

/// Parses the head of a response, line by line (RFC 9112, 4 and 5). It skips interim responses and
/// the reason in the status line, unfolds folded lines, and joins repeated fields.
class HeadCollector {
 public:
  enum class State { incomplete, complete, broken };

  /// The bound on the heads of a response, interim ones included. Servers accept 8 to 64 KiB for
  /// the head of a request.
  static constexpr std::size_t max_bytes = 64 * 1024;

  /// Parses the next line, which includes its CRLF. Must not be called after the head is complete.
  State take_line(std::string_view line) {
    if (line.size() > max_bytes - bytes_) return refuse(too_long);
    bytes_ += line.size();
    if (line.empty() || line.back() != '\n') return refuse("its head is cut off");
    line.remove_suffix(1);
    if (line.empty() || line.back() != '\r') return refuse("its lines end with LF alone");
    line.remove_suffix(1);
    if (head_.status == 0) return take_status_line(line);
    if (line.empty()) return end();
    return take_field(line);
  }

  /// Returns whether a line of so many bytes still fits. For a caller that has only the beginning
  /// of the line.
  bool has_room_for(std::size_t bytes) const { return bytes <= max_bytes - bytes_; }

  /// Returns whether these bytes may be the beginning of a status line.
  static bool may_begin_with(std::string_view bytes) {
    constexpr std::string_view name = "HTTP/";
    return bytes.substr(0, name.size()) == name.substr(0, bytes.size());
  }

  const ResponseHead& head() const { return head_; }
  ResponseHead& head() { return head_; }

  /// Returns why the head is broken, for Destination::not_understood(); null if it is not broken.
  const char* problem() const { return problem_; }

  static constexpr const char* too_long = "its head is longer than 64 KiB";
  static constexpr const char* no_status_line = "it does not begin with a status line of HTTP";

 private:
  State refuse(const char* problem) {
    problem_ = problem;
    return State::broken;
  }

  /// Parses `HTTP/1.1 200`, with or without a reason; HTTP/2 has no minor version.
  State take_status_line(std::string_view line) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (line.size() < 6 || !may_begin_with(line) || !is_digit(line[5]))
      return refuse(no_status_line);
    head_.version = 10 * (line[5] - '0');
    line.remove_prefix(6);
    if (line.size() >= 2 && line[0] == '.' && is_digit(line[1])) {
      head_.version += line[1] - '0';
      line.remove_prefix(2);
    }
    if (line.size() < 4 || line[0] != ' ' || !std::all_of(&line[1], &line[1] + 3, is_digit) ||
        (line.size() > 4 && line[4] != ' '))
      return refuse("its status is not a number of three digits");
    const int status = 100 * (line[1] - '0') + 10 * (line[2] - '0') + (line[3] - '0');
    if (status < 100 || status > 599) return refuse("its status is not from 100 to 599");
    head_.status = status;
    return State::incomplete;
  }

  State take_field(std::string_view line) {
    if (line.front() == ' ' || line.front() == '\t') {
      if (!last_) return refuse("its first header field has no name");
      append(*last_, " ", line);
      return State::incomplete;
    }
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || !is_header_name(line.substr(0, colon)))
      return refuse("a line of its head is not a header field");
    const auto [field, first] = head_.headers.try_emplace(std::string(line.substr(0, colon)));
    append(field->second, first ? "" : ", ", line.substr(colon + 1));
    last_ = &field->second;
    return State::incomplete;
  }

  State end() {
    if (head_.status == 101) return refuse("it switches protocols, which was not requested");
    if (head_.status >= 200) return State::complete;
    head_ = ResponseHead();  // an interim response: the final one follows (RFC 9110, 15.2)
    last_ = nullptr;
    return State::incomplete;
  }

  /// Appends a value without the blanks around it, and with spaces for its controls (RFC
  /// 9110, 5.5).
  static void append(std::string& value, std::string_view separator, std::string_view more) {
    constexpr std::string_view blanks = " \t";
    more.remove_prefix((std::min)(more.find_first_not_of(blanks), more.size()));
    more = more.substr(0, more.find_last_not_of(blanks) + 1);
    value += separator;
    std::replace_copy_if(more.begin(), more.end(), std::back_inserter(value), is_control, ' ');
  }

  ResponseHead head_;
  std::size_t bytes_ = 0;
  std::string* last_ = nullptr;  ///< the value that a folded line continues
  const char* problem_ = nullptr;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Where a response's body ends.
enum class BodyEnd {
  at_once,  ///< after the head: there is no body, whatever the head says
  length,   ///< after Framing::length bytes
  chunks,   ///< after the last chunk
  close,    ///< at the end of the connection, or of the stream in HTTP/2
};

/// What the head of a response says about its body and its connection (RFC 9112, 6.3 and 9.3).
struct Framing {
  BodyEnd body_end = BodyEnd::at_once;
  std::uint64_t length = 0;       ///< for BodyEnd::length
  bool keeps_alive = false;       ///< whether another request may follow on the connection
  const char* problem = nullptr;  ///< why the head is invalid; null if it is valid
};

/// Calls `use` with each member of a list field (RFC 9110, 5.6.1).
template <class Use>
void for_each_member(std::string_view list, Use use) {
  constexpr std::string_view blanks = " \t";
  for (bool more = true; more;) {
    const auto comma = list.find(',');
    more = comma != std::string_view::npos;
    std::string_view member = list.substr(0, comma);
    if (more) list.remove_prefix(comma + 1);
    member.remove_prefix((std::min)(member.find_first_not_of(blanks), member.size()));
    use(member.substr(0, member.find_last_not_of(blanks) + 1));
  }
}

/// Reads `Content-Length`. The same length may be repeated in it. Returns false if it is not valid.
inline bool parse_content_length(std::string_view field, std::uint64_t& length) {
  std::string_view first;
  bool sound = true;
  for_each_member(field, [&](std::string_view member) {
    if (first.empty()) first = member;
    sound = sound && member == first && !member.empty() && member.size() <= 18 &&
            member.find_first_not_of("0123456789") == std::string_view::npos;
  });
  length = 0;
  if (sound)
    for (const char digit : first) length = 10 * length + static_cast<std::uint64_t>(digit - '0');
  return sound;
}

/// Returns the framing of a response to a request with this method.
inline Framing framing_of(std::string_view method, const ResponseHead& head) {
  Framing framing;
  const auto field = [&](std::string_view name) {
    const auto found = head.headers.find(name);
    return found == head.headers.end() ? nullptr : &found->second;
  };
  const std::string* const coding = field("Transfer-Encoding");
  const std::string* const length = field("Content-Length");
  if (coding && (lower_case(*coding) != "chunked" || head.version >= 20))
    framing.problem = "its transfer coding is not understood";
  else if (length && !parse_content_length(*length, framing.length))
    framing.problem = "its Content-Length is not one length";
  if (framing.problem) return framing;

  const bool bodiless = method == "HEAD" || head.status / 100 == 1 || head.status == 204 ||
                        head.status == 304 || (method == "CONNECT" && head.status / 100 == 2);
  framing.body_end = bodiless ? BodyEnd::at_once
                     : coding ? BodyEnd::chunks
                     : length ? BodyEnd::length
                              : BodyEnd::close;
  if (head.version >= 20) {
    framing.keeps_alive = true;
    return framing;
  }
  // chunks and a Content-Length: allowed, but the sign of a wrong response (RFC 9112, 6.3)
  framing.keeps_alive =
      head.version >= 11 && framing.body_end != BodyEnd::close && !(coding && length);
  if (const std::string* const options = field("Connection"))
    for_each_member(*options, [&](std::string_view option) {
      if (lower_case(option) == "close") framing.keeps_alive = false;
    });
  return framing;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Parses one HTTP/1.1 response from parts of any size. The memory that it takes is bounded.
class ResponseParser {
 public:
  enum class State { head, body, complete, broken, too_large };

  /// `method` is the method of the request.
  ResponseParser(std::string method, std::size_t max_body_bytes)
      : method_(std::move(method)), max_body_bytes_(max_body_bytes) {}

  /// Parses the next bytes. To be called while the state is `head` or `body`.
  State take(std::string_view bytes) {
    heard_ = heard_ || !bytes.empty();
    while (state_ == State::head && !bytes.empty()) take_of_head(bytes);
    if (state_ == State::body && !bytes.empty()) take_of_body(bytes);
    more_followed_ = more_followed_ || (state_ == State::complete && !bytes.empty());
    return state_;
  }

  /// To be called when the server has closed the connection properly.
  State end() {
    if (state_ == State::body && framing_.body_end == BodyEnd::close) state_ = State::complete;
    return state_;
  }

  State state() const { return state_; }
  /// Returns whether the server sent any byte.
  bool heard() const { return heard_; }
  bool has_head() const { return head_.head().status > 0 && state_ != State::head; }
  int status() const { return head_.head().status; }
  /// Returns why the response is broken, for Destination::not_understood().
  const char* problem() const { return problem_; }
  /// Returns whether the response allows another request on the connection.
  bool keeps_alive() const {
    return state_ == State::complete && framing_.keeps_alive && !more_followed_;
  }
  /// Returns whether bytes followed after the end of the response.
  bool more_followed() const { return more_followed_; }

  HttpResponse take_response() && {
    return {head_.head().status, std::move(head_.head().headers), std::move(body_)};
  }

 private:
  void refuse(const char* problem) {
    state_ = State::broken;
    problem_ = problem;
  }

  void take_of_head(std::string_view& bytes) {
    const std::size_t size = bytes.find('\n') + 1;  // 0 without an end of the line
    const std::string_view part = size == 0 ? bytes : bytes.substr(0, size);
    bytes.remove_prefix(part.size());
    if (!head_.has_room_for(line_.size() + part.size())) return refuse(HeadCollector::too_long);
    const bool whole = line_.empty() && size > 0;  // the usual case
    if (!whole) line_.append(part);
    const std::string_view line = whole ? part : std::string_view(line_);
    if (head_.head().status == 0 && !HeadCollector::may_begin_with(line))
      return refuse(HeadCollector::no_status_line);  // at once, because its line may never end
    if (size == 0) return;
    const auto state = head_.take_line(line);
    line_.clear();
    if (state == HeadCollector::State::broken) return refuse(head_.problem());
    if (head_.head().status > 0 && head_.head().version / 10 != 1)
      return refuse("its version is not HTTP/1.1");
    if (state == HeadCollector::State::complete) begin_body();
  }

  void begin_body() {
    framing_ = framing_of(method_, head_.head());
    state_ = State::body;
    if (framing_.problem) return refuse(framing_.problem);
    if (framing_.body_end == BodyEnd::length) {
      if (framing_.length > max_body_bytes_) {
        state_ = State::too_large;
        return;
      }
      body_.reserve(static_cast<std::size_t>(framing_.length));
    }
    complete_if_whole();
  }

  void take_of_body(std::string_view& bytes) {
    switch (framing_.body_end) {
      case BodyEnd::at_once: break;
      case BodyEnd::length: {
        const std::size_t left = static_cast<std::size_t>(framing_.length) - body_.size();
        const std::string_view part = bytes.substr(0, left);
        append_and_wipe(body_, part);
        bytes.remove_prefix(part.size());
        break;
      }
      case BodyEnd::chunks:
        if (!chunks_.take(bytes, [this](std::string_view part) { return append(part); })) {
          if (state_ != State::too_large) refuse("its chunks are broken");
          return;
        }
        more_followed_ = chunks_.more_followed();
        bytes = {};
        break;
      case BodyEnd::close:
        append(bytes);
        bytes = {};
        break;
    }
    if (state_ == State::body) complete_if_whole();
  }

  bool append(std::string_view part) {
    if (part.size() > max_body_bytes_ - body_.size()) {
      state_ = State::too_large;
      return false;
    }
    append_and_wipe(body_, part);
    return true;
  }

  void complete_if_whole() {
    const bool whole = framing_.body_end == BodyEnd::at_once ||
                       (framing_.body_end == BodyEnd::length && body_.size() == framing_.length) ||
                       (framing_.body_end == BodyEnd::chunks && chunks_.complete());
    if (whole) state_ = State::complete;
  }

  const std::string method_;
  const std::size_t max_body_bytes_;
  HeadCollector head_;
  std::string line_;  ///< the beginning of an incomplete line
  Framing framing_;
  ChunkedBody chunks_;
  std::string body_;
  State state_ = State::head;
  bool heard_ = false;
  bool more_followed_ = false;
  const char* problem_ = nullptr;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/net/socket.hpp -------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_NET_SOCKET_HPP)
#define PURECLOUD_TOKENS_DETAIL_NET_SOCKET_HPP

// ---- purecloud/detail/net/socket_system.hpp ------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_NET_SOCKET_SYSTEM_HPP)
#define PURECLOUD_TOKENS_DETAIL_NET_SOCKET_SYSTEM_HPP

#include <cerrno>

#if !defined(_WIN32)
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

/// What differs between POSIX and Windows. Sockets are not inherited by child processes.
namespace socket_system {

/// Returns the milliseconds until `time`, for poll(). Rounded up, so that poll() does not return
/// before it.
inline int milliseconds_until(Deadline time, Deadline now) {
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(time - (std::min)(time, now)).count();
  constexpr auto longest = (std::numeric_limits<int>::max)();
  return left < longest ? static_cast<int>(left) : longest;
}

#if defined(_WIN32)

using Handle = SOCKET;
constexpr Handle none = INVALID_SOCKET;
constexpr int no_signal = 0;

inline int length(std::size_t size) {
  return static_cast<int>((std::min)(size, std::size_t{1} << 30));
}
inline bool would_block() { return WSAGetLastError() == WSAEWOULDBLOCK; }
inline bool in_progress() { return would_block(); }
inline bool interrupted() { return false; }
inline void close(Handle handle) { ::closesocket(handle); }
inline int poll(pollfd* which, std::size_t count, int milliseconds) {
  return ::WSAPoll(which, static_cast<ULONG>(count), milliseconds);
}
inline Handle open(int family) {
#if !defined(WSA_FLAG_NO_HANDLE_INHERIT)
#define WSA_FLAG_NO_HANDLE_INHERIT 0x80
#endif
  const Handle handle = ::WSASocketW(family, SOCK_STREAM, 0, nullptr, 0,
                                     WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT);
  u_long yes = 1;
  if (handle != none) ::ioctlsocket(handle, static_cast<long>(FIONBIO), &yes);
  return handle;
}

/// Waits for the outcome of connection attempts, and sets `revents` of those that have one. Uses
/// select(), because WSAPoll reports a refused connection only since Windows 10, version 2004.
inline int poll_connecting(std::vector<pollfd>& which, int milliseconds) {
  fd_set connected, refused;
  FD_ZERO(&connected);
  FD_ZERO(&refused);
  for (const pollfd& each : which) {
    FD_SET(each.fd, &connected);
    FD_SET(each.fd, &refused);
  }
  timeval time = {milliseconds / 1000, milliseconds % 1000 * 1000};
  const int ready = ::select(0, nullptr, &connected, &refused, &time);
  for (pollfd& each : which)
    each.revents = ready > 0 && (FD_ISSET(each.fd, &connected) || FD_ISSET(each.fd, &refused));
  return ready;
}

#else

using Handle = int;
constexpr Handle none = -1;
#if defined(MSG_NOSIGNAL)
constexpr int no_signal = MSG_NOSIGNAL;
#else
constexpr int no_signal = 0;  // SO_NOSIGPIPE is used instead
#endif

inline std::size_t length(std::size_t size) { return size; }
inline bool interrupted() { return errno == EINTR; }
inline bool would_block() { return errno == EAGAIN || errno == EWOULDBLOCK || interrupted(); }
inline bool in_progress() { return errno == EINPROGRESS || interrupted(); }
inline void close(Handle handle) { ::close(handle); }
inline int poll(pollfd* which, std::size_t count, int milliseconds) {
  return ::poll(which, static_cast<nfds_t>(count), milliseconds);
}
inline Handle open(int family) {
#if defined(SOCK_CLOEXEC) && defined(SOCK_NONBLOCK)
  return ::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
#else
  const Handle handle = ::socket(family, SOCK_STREAM, 0);
  if (handle == none) return none;
  ::fcntl(handle, F_SETFD, FD_CLOEXEC);
  ::fcntl(handle, F_SETFL, ::fcntl(handle, F_GETFL) | O_NONBLOCK);
  return handle;
#endif
}
inline int poll_connecting(std::vector<pollfd>& which, int milliseconds) {
  return ::poll(which.data(), static_cast<nfds_t>(which.size()), milliseconds);
}

#endif

}  // namespace socket_system
}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/net/time_limit.hpp ---------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_NET_TIME_LIMIT_HPP)
#define PURECLOUD_TOKENS_DETAIL_NET_TIME_LIMIT_HPP

namespace purecloud {
inline namespace v1 {
namespace detail {

/// When an operation must end: at a deadline, or soon after a stop is requested.
class TimeLimit {
 public:
  TimeLimit(Deadline deadline, StopToken stop = {}) : deadline_(deadline), stop_(std::move(stop)) {}

  Deadline deadline() const { return deadline_; }
  const StopToken& stop() const { return stop_; }

  bool stopped() const { return stop_.stop_requested(); }
  /// Returns whether the operation must end now.
  bool reached() const { return stopped() || std::chrono::steady_clock::now() >= deadline_; }

  /// Returns until when to block, at most, before the next check of reached().
  Deadline next_look() const { return next_look(std::chrono::steady_clock::now()); }
  Deadline next_look(Deadline now) const {
    return stop_.stop_possible() ? (std::min)(deadline_, now + slice) : deadline_;
  }

  /// Returns a limit with the same stop and an earlier deadline.
  TimeLimit by(Deadline earlier) const { return {(std::min)(deadline_, earlier), stop_}; }

  /// The interval between checks for a stop, so that a stopped call ends within 50 ms.
  static constexpr std::chrono::milliseconds slice{20};

 private:
  Deadline deadline_;
  StopToken stop_;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

/// How an operation on a connection ended.
enum class IoStatus {
  done,
  timed_out,  ///< its time limit was reached, or it would have had to wait
  closed,     ///< the peer has closed the connection properly
  broken,
  tls_failure,
};

struct SocketAddress {
  sockaddr_storage storage;
  socklen_t size;
};

/// A TCP connection. Every operation has a time limit, and blocks only in poll(). Writing to a peer
/// that is gone is an error, and raises no SIGPIPE.
class Socket {
 public:
  Socket() = default;
  Socket(Socket&& other) noexcept
      : handle_(std::exchange(other.handle_, socket_system::none)),
        wrote_(std::exchange(other.wrote_, false)) {}
  Socket& operator=(Socket&& other) noexcept {
    std::swap(handle_, other.handle_);
    std::swap(wrote_, other.wrote_);
    return *this;
  }
  ~Socket() {
    if (handle_ != socket_system::none) socket_system::close(handle_);
  }

  socket_system::Handle handle() const { return handle_; }

  /// Begins to connect. Returns `timed_out` if the attempt goes on.
  IoStatus begin_connect(const SocketAddress& address) {
    *this = Socket(socket_system::open(address.storage.ss_family));
    if (handle_ == socket_system::none) return IoStatus::broken;
    // otherwise a request's body waits 40 ms for the ACK of its head
    switch_on(IPPROTO_TCP, TCP_NODELAY);
#if defined(SO_NOSIGPIPE)
    switch_on(SOL_SOCKET, SO_NOSIGPIPE);
#endif
    if (::connect(handle_, reinterpret_cast<const sockaddr*>(&address.storage), address.size) == 0)
      return IoStatus::done;
    return socket_system::in_progress() ? IoStatus::timed_out : IoStatus::broken;
  }

  /// Returns the outcome of begin_connect(), after poll_connecting() has reported one.
  IoStatus end_connect() {
    int error = 0;
    socklen_t size = sizeof error;
    const int told =
        ::getsockopt(handle_, SOL_SOCKET, SO_ERROR, reinterpret_cast<char*>(&error), &size);
    return told == 0 && error == 0 ? IoStatus::done : IoStatus::broken;
  }

  /// Waits for data, and reads what there is, at least one byte; `count` is the number.
  IoStatus read(char* data, std::size_t size, const TimeLimit& limit, std::size_t& count) {
    // after a write the response is not there yet: the first try_read() would be in vain
    bool in_vain = std::exchange(wrote_, false);
    for (;;) {
      if (limit.reached()) return IoStatus::timed_out;
      const IoStatus status =
          std::exchange(in_vain, false) ? IoStatus::timed_out : try_read(data, size, count);
      if (status != IoStatus::timed_out) return status;
      if (wait(POLLIN, limit) == 0) return IoStatus::timed_out;
    }
  }

  /// Like read(), but returns `timed_out` instead of waiting.
  IoStatus try_read(char* data, std::size_t size, std::size_t& count) {
    const auto received = ::recv(handle_, data, socket_system::length(size), 0);
    if (received == 0) return IoStatus::closed;
    if (received < 0) return failure();
    count = static_cast<std::size_t>(received);
    return IoStatus::done;
  }

  /// Waits until the peer accepts data, and writes at least one byte; `count` is the number. With
  /// `heed_input` it returns `closed` if the peer accepts nothing more, but there is something to
  /// read: a response, or the end of the connection.
  IoStatus write(const char* data, std::size_t size, const TimeLimit& limit, std::size_t& count,
                 bool heed_input) {
    for (;;) {
      if (limit.reached()) return IoStatus::timed_out;
      const IoStatus status = try_write(data, size, count);
      if (status != IoStatus::timed_out) return status;
      const short events = wait(heed_input ? POLLIN | POLLOUT : POLLOUT, limit);
      if (events == 0) return IoStatus::timed_out;
      if (heed_input && (events & POLLOUT) == 0) return IoStatus::closed;
    }
  }

  /// Like write(), but returns `timed_out` instead of waiting.
  IoStatus try_write(const char* data, std::size_t size, std::size_t& count) {
    const auto sent = ::send(handle_, data, socket_system::length(size), socket_system::no_signal);
    if (sent < 0) return failure();
    count = static_cast<std::size_t>(sent);
    wrote_ = true;
    return IoStatus::done;
  }

  /// Returns whether there is something to read now: bytes, or the end of the connection.
  bool has_input() const {
    pollfd which = {};
    which.fd = handle_;
    which.events = POLLIN;
    return socket_system::poll(&which, 1, 0) != 0;
  }

 private:
  explicit Socket(socket_system::Handle handle) : handle_(handle) {}

  static IoStatus failure() {
    return socket_system::would_block() ? IoStatus::timed_out : IoStatus::broken;
  }

  void switch_on(int level, int option) {
    const int yes = 1;
    ::setsockopt(handle_, level, option, reinterpret_cast<const char*>(&yes), sizeof yes);
  }

  /// Waits for events, and returns them, POLLHUP and POLLERR included; 0 if the limit was reached.
  short wait(short events, const TimeLimit& limit) const {
    for (;;) {
      const auto now = std::chrono::steady_clock::now();
      pollfd which = {};
      which.fd = handle_;
      which.events = events;
      const int ready = socket_system::poll(
          &which, 1, socket_system::milliseconds_until(limit.next_look(now), now));
      if (ready > 0) return which.revents;
      if (ready < 0 && !socket_system::interrupted()) return POLLERR;
      if (limit.reached()) return 0;
    }
  }

  socket_system::Handle handle_ = socket_system::none;
  bool wrote_ = false;  ///< whether the last operation was a write
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/net/tls_session.hpp --------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_NET_TLS_SESSION_HPP)
#define PURECLOUD_TOKENS_DETAIL_NET_TLS_SESSION_HPP

#include <climits>

// ---- purecloud/detail/net/tls_failure.hpp --------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_NET_TLS_FAILURE_HPP)
#define PURECLOUD_TOKENS_DETAIL_NET_TLS_FAILURE_HPP

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Returns the message for a server's certificate that was refused with X509_V_ERR_….
/// `has_authorities`: whether any CA is trusted.
inline std::string explain_certificate(long result, const std::string& host,
                                       bool has_authorities = true) {
  switch (result) {
    case X509_V_ERR_CERT_HAS_EXPIRED: return "the server's certificate has expired";
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return "the server's certificate is not yet valid; check this machine's clock";
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
      return "the server's certificate is self-signed; if you trust it, name it in tls.ca_file";
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      return has_authorities
                 ? "the server's certificate is from an unknown CA; install the system's CAs, or "
                   "name the CA in tls.ca_file (behind a proxy that inspects TLS, its CA)"
                 : "no CA certificates on this machine: install ca-certificates, or set "
                   "tls.ca_file";
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return "the server's certificate does not name the IP address " + host;
    case X509_V_ERR_HOSTNAME_MISMATCH:
      return "the server's certificate does not name the host " + host;
    default:
      return std::string("the server's certificate was refused: ") +
             X509_verify_cert_error_string(result);
  }
}

/// Returns whether an error of OpenSSL is a failure of TLS. A closed connection is not.
inline bool is_tls_failure(unsigned long code) {
  if (ERR_GET_LIB(code) != ERR_LIB_SSL) return false;
#if defined(SSL_R_UNEXPECTED_EOF_WHILE_READING)
  if (ERR_GET_REASON(code) == SSL_R_UNEXPECTED_EOF_WHILE_READING) return false;
#endif
  return true;
}

/// Returns the message for a handshake that failed with an error of OpenSSL.
inline std::string explain_handshake(unsigned long code) {
  switch (ERR_GET_REASON(code)) {
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION:
      return "the server speaks no version of TLS from tls.minimum_version on";
    case SSL_R_WRONG_VERSION_NUMBER: return "the server does not speak TLS; check the port";
    case SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED:
    case SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE:
    case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
    case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
      return "the server refused the handshake; it may require a client certificate that it knows: "
             "check tls.client_certificate";
    default: {
      const char* const text = ERR_reason_error_string(code);
      return text ? text : "unknown reason";
    }
  }
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/net/tls_trust.hpp ----------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_NET_TLS_TRUST_HPP)
#define PURECLOUD_TOKENS_DETAIL_NET_TLS_TRUST_HPP

#include <sys/stat.h>
#include <sys/types.h>

// ---- purecloud/detail/net/system_authorities.hpp -------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_NET_SYSTEM_AUTHORITIES_HPP)
#define PURECLOUD_TOKENS_DETAIL_NET_SYSTEM_AUTHORITIES_HPP

#if !defined(_WIN32)
#include <dirent.h>
#endif

#include <openssl/x509.h>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Returns whether a folder, or one of a list separated by `:`, contains a file.
inline bool holds_files(const std::string& folders) {
#if defined(_WIN32)
  return static_cast<void>(folders), false;
#else
  for (std::size_t begin = 0; begin <= folders.size();) {
    const std::size_t end = (std::min)(folders.find(':', begin), folders.size());
    const std::unique_ptr<DIR, int (*)(DIR*)> folder(
        ::opendir(folders.substr(begin, end - begin).c_str()), ::closedir);
    while (const dirent* const entry = folder ? ::readdir(folder.get()) : nullptr)
      if (entry->d_name[0] != '.') return true;
    begin = end + 1;
  }
  return false;
#endif
}

/// Returns whether OpenSSL has any CA to verify with: one that it has read, or one in the folder
/// that it reads when it needs a CA.
inline bool has_system_authorities(SSL_CTX* context) {
  X509_STORE* const store = SSL_CTX_get_cert_store(context);
#if OPENSSL_VERSION_NUMBER >= 0x30300000L  // OpenSSL 4 deprecates the other way
  STACK_OF(X509_OBJECT)* const read = X509_STORE_get1_objects(store);
  const int count = sk_X509_OBJECT_num(read);
  sk_X509_OBJECT_pop_free(read, X509_OBJECT_free);
#else
  const int count = sk_X509_OBJECT_num(X509_STORE_get0_objects(store));
#endif
  if (count > 0) return true;
  const char* const set = environment_variable(X509_get_default_cert_dir_env());
  return holds_files(set ? set : X509_get_default_cert_dir());
}

#if defined(_WIN32)

/// Returns whether Windows trusts a CA for servers, and not only, for example, for programs.
inline bool is_for_servers(const CERT_CONTEXT* authority) {
  DWORD size = 0;
  if (!::CertGetEnhancedKeyUsage(authority, 0, nullptr, &size)) return false;
  std::vector<CERT_ENHKEY_USAGE> usage(size / sizeof(CERT_ENHKEY_USAGE) + 1);
  if (!::CertGetEnhancedKeyUsage(authority, 0, usage.data(), &size)) return false;
  const DWORD count = usage[0].cUsageIdentifier;
  if (count == 0) return ::GetLastError() == static_cast<DWORD>(CRYPT_E_NOT_FOUND);  // is for all
  char** const each = usage[0].rgpszUsageIdentifier;
  return std::any_of(each, each + count, [](const char* identifier) {
    return std::strcmp(identifier, szOID_PKIX_KP_SERVER_AUTH) == 0 ||
           std::strcmp(identifier, szOID_ANY_ENHANCED_KEY_USAGE) == 0;
  });
}

#endif

/// Trusts the system's CAs: those in OpenSSL's default places, which SSL_CERT_FILE and SSL_CERT_DIR
/// change, and those of Windows. Returns false if memory runs out.
inline bool trust_system_authorities(SSL_CTX* context) {
  const bool set = SSL_CTX_set_default_verify_paths(context) == 1;
#if defined(_WIN32)
  const auto close = [](void* store) { ::CertCloseStore(store, CERT_CLOSE_STORE_FORCE_FLAG); };
  const std::unique_ptr<void, decltype(close)> store(::CertOpenSystemStoreA(0, "ROOT"), close);
  const CERT_CONTEXT* each = nullptr;
  while (store && (each = ::CertEnumCertificatesInStore(store.get(), each)) != nullptr) {
    if (!is_for_servers(each)) continue;
    const unsigned char* bytes = each->pbCertEncoded;
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(
        d2i_X509(nullptr, &bytes, static_cast<long>(each->cbCertEncoded)), X509_free);
    if (certificate) X509_STORE_add_cert(SSL_CTX_get_cert_store(context), certificate.get());
  }
#elif defined(__APPLE__)
  // Not tested. macOS has its root CAs in this file, too, for programs that do not use the
  // keychain.
  if (!has_system_authorities(context))
    SSL_CTX_load_verify_locations(context, "/etc/ssl/cert.pem", nullptr);
#endif
  ERR_clear_error();
  return set;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

/// The CAs and the client certificate of a TlsOptions, read once and used by every connection.
class TlsTrust {
 public:
  /// Throws ApiException (ErrorKind::tls), which names the file that cannot be used.
  explicit TlsTrust(const TlsOptions& options)
      : context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free) {
    ERR_clear_error();
    if (!context_) throw std::bad_alloc();
    SSL_CTX_set_verify(context(), SSL_VERIFY_PEER, nullptr);
    // the system's configuration may have a higher minimum, which is not lowered
    const int minimum =
        options.minimum_version == TlsVersion::v1_3 ? TLS1_3_VERSION : TLS1_2_VERSION;
    if (SSL_CTX_get_min_proto_version(context()) < minimum &&
        SSL_CTX_set_min_proto_version(context(), minimum) != 1)
      throw std::bad_alloc();
    SSL_CTX_set_read_ahead(context(), 1);  // otherwise each record costs two reads
    load_authorities(options);
    if (!options.client_certificate.empty()) load_client_certificate(options);
  }
  TlsTrust(const TlsTrust&) = delete;
  TlsTrust& operator=(const TlsTrust&) = delete;

  ~TlsTrust() {
    if (openssl_has_ended()) static_cast<void>(context_.release());
  }

  SSL_CTX* context() const { return context_.get(); }

  /// Returns whether any CA is trusted.
  bool has_authorities() const { return !uses_system_ || has_system_authorities(context()); }

  /// Returns whether OpenSSL has cleaned up at the end of the program. A static object may outlive
  /// that, and then must not free its OpenSSL objects.
  static bool openssl_has_ended() { return OPENSSL_init_ssl(0, nullptr) != 1; }

 private:
  [[noreturn]] static void refuse(const char* member, const std::string& file,
                                  const char* problem) {
    Error error;
    error.kind = ErrorKind::tls;
    error.message = std::string(member) + ": " + file + " " + problem;
    const unsigned long code = ERR_peek_last_error();
    if (const char* reason = code ? ERR_reason_error_string(code) : nullptr)
      error.message += std::string(" (") + reason + ")";
    ERR_clear_error();
    throw ApiException(std::move(error));
  }

  void load_authorities(const TlsOptions& options) {
    const char* const file = options.ca_file.empty() ? nullptr : options.ca_file.c_str();
    const char* const directory =
        options.ca_directory.empty() ? nullptr : options.ca_directory.c_str();
    uses_system_ = !file && !directory;
    if (uses_system_ && !trust_system_authorities(context())) throw std::bad_alloc();
    if (file && SSL_CTX_load_verify_locations(context(), file, nullptr) != 1)
      refuse("tls.ca_file", options.ca_file, "cannot be read as CA certificates in PEM");
    // OpenSSL accepts any name here, and would find no CA later
    struct stat status;
    if (directory && (stat(directory, &status) != 0 || (status.st_mode & S_IFMT) != S_IFDIR ||
                      SSL_CTX_load_verify_locations(context(), nullptr, directory) != 1))
      refuse("tls.ca_directory", options.ca_directory, "is not a directory");
  }

  void load_client_certificate(const TlsOptions& options) {
    // without this, OpenSSL would ask for a passphrase on the terminal, and wait
    SSL_CTX_set_default_passwd_cb(context(), [](char*, int, int, void*) { return 0; });
    if (SSL_CTX_use_certificate_chain_file(context(), options.client_certificate.c_str()) != 1)
      refuse("tls.client_certificate", options.client_certificate,
             "cannot be read as a certificate in PEM");
    if (SSL_CTX_use_PrivateKey_file(context(), options.client_key.c_str(), SSL_FILETYPE_PEM) != 1)
      refuse("tls.client_key", options.client_key,
             "cannot be read as a private key in PEM, without a passphrase, that belongs to "
             "tls.client_certificate");
    if (SSL_CTX_check_private_key(context()) != 1)
      refuse("tls.client_key", options.client_key, "does not belong to tls.client_certificate");
  }

  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
  bool uses_system_ = false;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

#include <openssl/bio.h>
#include <openssl/x509v3.h>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// TLS over a Socket: the same operations, encrypted, with a server whose name was verified.
class TlsSession {
 public:
  /// `trust` and `socket` must outlive it, and `socket` must stay where it is.
  TlsSession(const TlsTrust& trust, Socket& socket, std::string host)
      : trust_(trust),
        socket_(socket),
        host_(std::move(host)),
        method_(BIO_meth_new(BIO_TYPE_SOURCE_SINK, "purecloud-tokens socket"), BIO_meth_free),
        ssl_(SSL_new(trust.context()), SSL_free) {
    // TLS has host names without the final dot of DNS (RFC 6066, 3)
    if (!host_.empty() && host_.back() == '.') host_.pop_back();
    prepared_ = method_ && ssl_ && attach() && expect_host();
  }
  TlsSession(const TlsSession&) = delete;
  TlsSession& operator=(const TlsSession&) = delete;

  ~TlsSession() {
    if (TlsTrust::openssl_has_ended()) {
      static_cast<void>(ssl_.release());
      static_cast<void>(method_.release());
      return;
    }
    begin(nullptr, 0);  // sends close_notify without waiting
    if (established_) SSL_shutdown(ssl_.get());
    ERR_clear_error();
  }

  IoStatus handshake(const TimeLimit& limit) {
    if (!prepared_) return fail("out of memory, or the host name is too long");
    begin(&limit, max_handshake);
    const int result = SSL_connect(ssl_.get());
    established_ = result == 1;
    if (!established_) return end(result);
    return proved_name() ? IoStatus::done : fail("the server did not prove its name");
  }

  IoStatus read(char* data, std::size_t size, const TimeLimit& limit, std::size_t& count) {
    if (ended_ != IoStatus::timed_out) return ended_;
    begin(&limit, no_bound);
    const int result = SSL_read(ssl_.get(), data, length(size));
    if (result <= 0) return end(result);
    count = static_cast<std::size_t>(result);
    return IoStatus::done;
  }

  IoStatus write(const char* data, std::size_t size, const TimeLimit& limit, std::size_t& count) {
    begin(&limit, no_bound);
    const int result = SSL_write(ssl_.get(), data, length(size));
    if (result <= 0) return end(result);
    count = static_cast<std::size_t>(result);
    return IoStatus::done;
  }

  /// Like Socket::has_input(). TLS's own messages, for example session tickets, do not count as
  /// input, unless there are too many. An incomplete record does.
  bool has_input() {
    if (SSL_has_pending(ssl_.get()) == 0 && !socket_.has_input()) return false;
    char byte;
    begin(nullptr, max_idle);
    const int result = SSL_peek(ssl_.get(), &byte, 1);
    if (result > 0) return true;
    ended_ = end(result);
    return ended_ != IoStatus::timed_out || SSL_has_pending(ssl_.get()) != 0;
  }

  /// Returns why an operation ended with `tls_failure`: a message for a person.
  const std::string& failure() const { return failure_; }

 private:
  // OpenSSL itself has no bound on records that carry no data.
  static constexpr std::size_t max_handshake = 256 * 1024;
  static constexpr std::size_t max_idle = 64 * 1024;
  static constexpr std::size_t no_bound = static_cast<std::size_t>(-1);
  static constexpr unsigned name_rules =
      X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT;

  static int length(std::size_t size) { return size < INT_MAX ? static_cast<int>(size) : INT_MAX; }

  /// Connects OpenSSL to the socket, whose operations have a time limit and raise no SIGPIPE.
  bool attach() {
    if (BIO_meth_set_read(method_.get(), &TlsSession::on_read) != 1 ||
        BIO_meth_set_write(method_.get(), &TlsSession::on_write) != 1 ||
        BIO_meth_set_ctrl(method_.get(), [](BIO*, int command, long, void*) -> long {
          return command == BIO_CTRL_FLUSH;
        }) != 1)
      return false;
    BIO* const bio = BIO_new(method_.get());
    if (!bio) return false;
    BIO_set_data(bio, this);
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl_.get(), bio, bio);
    return true;
  }

  bool expect_host() {
    X509_VERIFY_PARAM* const rules = SSL_get0_param(ssl_.get());
    X509_VERIFY_PARAM_set_hostflags(rules, name_rules);
    if (is_ip_address(host_)) return X509_VERIFY_PARAM_set1_ip_asc(rules, host_.c_str()) == 1;
    // SSL_ctrl() replaces the macro SSL_set_tlsext_host_name(), which has an old-style cast
    return X509_VERIFY_PARAM_set1_host(rules, host_.c_str(), host_.size()) == 1 &&
           SSL_ctrl(ssl_.get(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                    const_cast<char*>(host_.c_str())) == 1;
  }

  /// Verifies the name again after the handshake, in case OpenSSL did not do so.
  bool proved_name() const {
    const STACK_OF(X509)* const chain = SSL_get0_verified_chain(ssl_.get());
    if (SSL_get_verify_result(ssl_.get()) != X509_V_OK || !chain || sk_X509_num(chain) < 1)
      return false;
    X509* const server = sk_X509_value(chain, 0);
    return is_ip_address(host_)
               ? X509_check_ip_asc(server, host_.c_str(), name_rules) == 1
               : X509_check_host(server, host_.c_str(), host_.size(), name_rules, nullptr) == 1;
  }

  /// Begins an operation. Without a limit it does not wait. `bound`: how many bytes it may read
  /// from the socket.
  void begin(const TimeLimit* limit, std::size_t bound) {
    limit_ = limit;
    left_ = bound;
    ERR_clear_error();  // SSL_get_error() reads the thread's queue of errors, old ones included
  }

  IoStatus end(int result) {
    const int reason = SSL_get_error(ssl_.get(), result);
    const unsigned long code = ERR_peek_last_error();
    const long verified = SSL_get_verify_result(ssl_.get());
    ERR_clear_error();
    if (reason == SSL_ERROR_ZERO_RETURN) return IoStatus::closed;
    if (reason == SSL_ERROR_WANT_READ || reason == SSL_ERROR_WANT_WRITE) return IoStatus::timed_out;
    established_ = false;  // after any other error no close_notify is sent
    if (left_ == 0) return fail("the server sends records without end that carry no data");
    if (verified != X509_V_OK) {
      failure_ = explain_certificate(verified, host_, trust_.has_authorities());
      return IoStatus::tls_failure;
    }
    if (!is_tls_failure(code)) return IoStatus::broken;
    return fail(explain_handshake(code));
  }

  IoStatus fail(const std::string& problem) {
    established_ = false;
    failure_ = "TLS with " + host_ + " failed: " + problem;
    return IoStatus::tls_failure;
  }

  static int on_read(BIO* bio, char* data, int size) {
    TlsSession& self = *static_cast<TlsSession*>(BIO_get_data(bio));
    const auto most = (std::min)(static_cast<std::size_t>(size), self.left_);
    std::size_t count = 0;
    IoStatus status = IoStatus::broken;
    if (most > 0)
      status = self.limit_ ? self.socket_.read(data, most, *self.limit_, count)
                           : self.socket_.try_read(data, most, count);
    self.left_ -= count;
    return transferred(bio, status, count, BIO_FLAGS_READ);
  }

  static int on_write(BIO* bio, const char* data, int size) {
    TlsSession& self = *static_cast<TlsSession*>(BIO_get_data(bio));
    const auto most = static_cast<std::size_t>(size);
    std::size_t count = 0;
    const IoStatus status =
        self.limit_ ? self.socket_.write(data, most, *self.limit_, count, /*heed_input=*/false)
                    : self.socket_.try_write(data, most, count);
    return transferred(bio, status, count, BIO_FLAGS_WRITE);
  }

  static int transferred(BIO* bio, IoStatus status, std::size_t count, int direction) {
    BIO_clear_retry_flags(bio);
    if (status == IoStatus::done) return static_cast<int>(count);
    if (status == IoStatus::timed_out) BIO_set_flags(bio, direction | BIO_FLAGS_SHOULD_RETRY);
    return status == IoStatus::closed ? 0 : -1;
  }

  const TlsTrust& trust_;
  Socket& socket_;
  std::string host_;
  std::unique_ptr<BIO_METHOD, decltype(&BIO_meth_free)> method_;
  std::unique_ptr<SSL, decltype(&SSL_free)> ssl_;
  const TimeLimit* limit_ = nullptr;
  std::size_t left_ = 0;
  bool prepared_ = false;
  bool established_ = false;
  /// The end of the connection that has_input() found, kept for read(), because OpenSSL reports it
  /// only once. `timed_out` if there was none.
  IoStatus ended_ = IoStatus::timed_out;
  std::string failure_;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

/// A connection to a server, with or without TLS.
struct Channel {
  Socket socket;
  std::optional<TlsSession> tls;
  bool found_silent = false;  ///< reusable() found no input, and nothing was written since

  bool has_input() { return tls ? tls->has_input() : socket.has_input(); }
  /// Returns whether another request may be sent over it.
  bool reusable() { return found_silent = !has_input(); }

  IoStatus read(char* data, std::size_t size, const TimeLimit& limit, std::size_t& count) {
    return tls ? tls->read(data, size, limit, count) : socket.read(data, size, limit, count);
  }
  IoStatus write(const char* data, std::size_t size, const TimeLimit& limit, std::size_t& count) {
    return tls ? tls->write(data, size, limit, count)
               : socket.write(data, size, limit, count, /*heed_input=*/true);
  }
};

/// Sends one request over a channel, and reads the response.
class WireExchange {
 public:
  WireExchange(Channel& channel, const TimeLimit& limit) : channel_(channel), limit_(limit) {}

  /// Sends a part of the request. If the server responds early and stops reading, the rest is not
  /// sent.
  void write(std::string_view bytes) {
    if (!std::exchange(channel_.found_silent, false) && channel_.has_input()) in_turn_ = false;
    while (!bytes.empty() && status_ == IoStatus::done) {
      std::size_t count = 0;
      status_ = channel_.write(bytes.data(), bytes.size(), limit_, count);
      sent_ = sent_ || count > 0;
      bytes.remove_prefix(count);
    }
    if (status_ != IoStatus::done) in_turn_ = false;
  }

  /// Reads until `enough` returns true for the parser's state, or reading fails.
  template <class Enough>
  void read(ResponseParser& parser, Enough enough) {
    if (status_ == IoStatus::timed_out) return;
    status_ = IoStatus::done;
    while (status_ == IoStatus::done && !enough(parser.state())) {
      char received[16 * 1024];  // a TLS record
      std::size_t count = 0;
      status_ = channel_.read(received, sizeof received, limit_, count);
      if (status_ == IoStatus::done) parser.take({received, count});
      if (status_ == IoStatus::closed) parser.end();
    }
  }

  /// Returns how the last operation on the channel ended.
  IoStatus status() const { return status_; }
  /// Returns whether any byte of the request may have reached the server.
  bool sent() const { return sent_; }
  /// Returns whether the complete request was sent, and no input was there before.
  bool in_turn() const { return in_turn_; }

 private:
  Channel& channel_;
  const TimeLimit& limit_;
  IoStatus status_ = IoStatus::done;
  bool sent_ = false;
  bool in_turn_ = true;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/net/connect.hpp ------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_NET_CONNECT_HPP)
#define PURECLOUD_TOKENS_DETAIL_NET_CONNECT_HPP

namespace purecloud {
inline namespace v1 {
namespace detail {

using SocketAddresses = std::vector<SocketAddress>;

/// Returns addresses in the order in which to try them: IPv4 and IPv6 by turns, beginning with the
/// family of the first (RFC 8305, 4).
inline SocketAddresses interleaved(const SocketAddresses& addresses) {
  SocketAddresses of_first, others, result;
  for (const SocketAddress& each : addresses)
    (each.storage.ss_family == addresses.front().storage.ss_family ? of_first : others)
        .push_back(each);
  for (std::size_t i = 0; result.size() < addresses.size(); ++i) {
    if (i < of_first.size()) result.push_back(of_first[i]);
    if (i < others.size()) result.push_back(others[i]);
  }
  return result;
}

/// Connects to the first address that responds (RFC 8305, 5). An attempt begins when the one before
/// has failed, or after 250 ms; sooner if `connect_timeout`, which is for all attempts together,
/// would otherwise leave no time for the last address. The first success ends the other attempts.
class ConnectionRace {
 public:
  ConnectionRace(const SocketAddresses& addresses, std::chrono::milliseconds connect_timeout,
                 const TimeLimit& limit)
      : addresses_(interleaved(addresses)),
        limit_(limit.by(Clock::now() + (std::min)(connect_timeout, longest_time))) {}

  /// Returns `done` with a connected socket in `winner`, `broken` if all attempts failed, or
  /// `timed_out`.
  IoStatus run(Socket& winner) {
    std::size_t begun = 0;
    Deadline next_begin = Clock::now();
    while (!limit_.reached()) {
      const bool more = begun < addresses_.size();
      if (!more && under_way_.empty()) return IoStatus::broken;
      const Deadline now = Clock::now();
      if (more && (now >= next_begin || under_way_.empty())) {
        Socket socket;
        const IoStatus status = socket.begin_connect(addresses_[begun++]);
        next_begin = now;
        if (status != IoStatus::broken) next_begin += interval(now, addresses_.size() - begun);
        // the oldest attempt has had enough time
        if (under_way_.size() == most_at_once) under_way_.erase(under_way_.begin());
        if (status == IoStatus::timed_out) under_way_.push_back(std::move(socket));
        if (status == IoStatus::done) winner = std::move(socket);
        if (status == IoStatus::done) return status;
        continue;
      }
      const Deadline look = limit_.next_look(now);
      if (has_winner(more ? (std::min)(look, next_begin) : look, now, winner))
        return IoStatus::done;
      if (one_failed_) next_begin = now;
    }
    return IoStatus::timed_out;
  }

 private:
  using Clock = std::chrono::steady_clock;

  static constexpr std::size_t most_at_once = 32;  ///< select() of Windows accepts 64

  /// Returns the time until the next attempt, if `left` attempts remain. It depends on the
  /// remaining time, so that after a delay there is still time for the last attempt.
  Clock::duration interval(Deadline now, std::size_t left) const {
    using std::chrono::milliseconds;
    return std::clamp<Clock::duration>((limit_.deadline() - now) / static_cast<int>(left + 2),
                                       milliseconds(10), milliseconds(250));
  }

  /// Waits until an attempt has an outcome. Removes attempts that failed. Returns true for a
  /// success.
  bool has_winner(Deadline until, Deadline now, Socket& winner) {
    polled_.clear();
    for (const Socket& each : under_way_) {
      polled_.emplace_back();
      polled_.back().fd = each.handle();
      polled_.back().events = POLLOUT;
    }
    one_failed_ = false;
    if (socket_system::poll_connecting(polled_, socket_system::milliseconds_until(until, now)) <= 0)
      return false;
    for (std::size_t i = polled_.size(); i-- > 0;) {
      if (polled_[i].revents == 0) continue;
      if (under_way_[i].end_connect() == IoStatus::done) {
        winner = std::move(under_way_[i]);
        return true;
      }
      under_way_.erase(under_way_.begin() + static_cast<std::ptrdiff_t>(i));
      one_failed_ = true;
    }
    return false;
  }

  const SocketAddresses addresses_;
  const TimeLimit limit_;
  std::vector<Socket> under_way_;
  std::vector<pollfd> polled_;
  bool one_failed_ = false;  ///< in the last has_winner()
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/net/connection_pool.hpp ----------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_NET_CONNECTION_POOL_HPP)
#define PURECLOUD_TOKENS_DETAIL_NET_CONNECTION_POOL_HPP

#include <list>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Keeps idle connections. The first one starts a thread, the keeper, which closes those that have
/// been idle for too long.
///
/// `Connection` has `bool reusable()`: whether another request may be sent over it. It must not
/// wait, and must not read without a bound.
template <class Connection>
class ConnectionPool {
 public:
  explicit ConnectionPool(const PoolOptions& options) : state_(std::make_unique<State>(options)) {}
  ConnectionPool(const ConnectionPool&) = delete;
  ConnectionPool& operator=(const ConnectionPool&) = delete;

  /// Closes the connections. In a forked child it does nothing: the keeper does not exist there,
  /// and the connections are the parent's.
  ~ConnectionPool() {
    if (state_->keeper.joinable() && state_->process != process_id())
      static_cast<void>(state_.release());
  }

  /// Returns the connection that was used last, because it is the most likely to be alive; null if
  /// none is idle.
  std::unique_ptr<Connection> take() {
    for (;;) {
      std::list<Idle> taken;
      {
        const std::lock_guard<std::mutex> lock(state_->mutex);
        if (state_->idle.empty()) return nullptr;
        taken.splice(taken.end(), state_->idle, std::prev(state_->idle.end()));
      }
      if (taken.front().connection->reusable()) return std::move(taken.front().connection);
    }
  }

  /// Keeps a connection for later; closes it if memory runs out, or the keeper cannot be started.
  void give_back(std::unique_ptr<Connection> connection) noexcept {
    try {
      state_->keep(std::move(connection));
    } catch (const std::exception&) {  // no memory or no thread: the connection is closed
    }
  }

 private:
  struct Idle {
    std::unique_ptr<Connection> connection;
    Deadline close_at;
  };

  struct State {
    explicit State(const PoolOptions& pool_options) : options(pool_options) {}
    ~State() {
      {
        const std::lock_guard<std::mutex> lock(mutex);
        stopping = true;
      }
      changed.notify_one();
      if (keeper.joinable()) keeper.join();
    }

    std::chrono::milliseconds idle_for() const {
      return (std::min)(options.idle_for, longest_time);
    }

    void keep(std::unique_ptr<Connection> connection) {
      if (options.max_idle == 0) return;
      std::list<Idle> added;
      added.push_back({std::move(connection), std::chrono::steady_clock::now() + idle_for()});
      std::list<Idle> removed;  // closed after the lock is released
      bool wake = false;
      {
        const std::lock_guard<std::mutex> lock(mutex);
        if (!keeper.joinable()) {
          process = process_id();
          keeper = start_thread([this] { close_expired(); });
        }
        idle.splice(idle.end(), added);
        if (idle.size() > options.max_idle) removed.splice(removed.end(), idle, idle.begin());
        wake = std::exchange(keeper_rests, false);
      }
      if (wake) changed.notify_one();
    }

    /// The keeper's loop. It allocates nothing, because it could not report a failure.
    void close_expired() {
      std::unique_lock<std::mutex> lock(mutex);
      bool unused = false;
      while (!stopping) {
        // all are kept for the same time, so those that expire first are in front
        const Deadline now = std::chrono::steady_clock::now();
        const auto fresh = std::find_if(idle.begin(), idle.end(),
                                        [now](const Idle& each) { return each.close_at > now; });
        std::list<Idle> expired;
        expired.splice(expired.end(), idle, idle.begin(), fresh);
        if (!expired.empty()) {
          lock.unlock();
          expired.clear();  // may write to the network
          lock.lock();
        } else if (!idle.empty()) {
          wait_on(changed, lock, idle.front().close_at);
          unused = false;
        } else if (!unused) {
          // a connection that comes back now expires later than this wait ends: so give_back() need
          // not wake the keeper, which would cost every call
          unused =
              !wait_on(changed, lock, now + idle_for(), [&] { return stopping || !idle.empty(); });
        } else {
          keeper_rests = true;
          changed.wait(lock);
          unused = false;
        }
      }
    }

    const PoolOptions options;
    std::mutex mutex;
    Condition changed;
    std::list<Idle> idle;
    bool keeper_rests = false;  ///< whether keep() has to wake it
    bool stopping = false;
    long process = 0;  ///< the process in which the keeper was started
    std::thread keeper;
  };

  std::unique_ptr<State> state_;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/net/destination.hpp --------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_NET_DESTINATION_HPP)
#define PURECLOUD_TOKENS_DETAIL_NET_DESTINATION_HPP

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Returns the failure that `make` returns or, without memory for its message, one with a short
/// message. For places that must not throw.
template <class Make>
HttpFailure failure_without_throw(ErrorKind kind, Make make) noexcept {
  try {
    return make();
  } catch (const std::bad_alloc&) {
    return {kind, "out of memory"};
  }
}

/// The names of a backend's server and proxy, and the failures that all backends report.
class Destination {
 public:
  Destination(const BaseUrl& url, const ProxyOptions& proxy)
      : origin_(bracketed(url.host) + ":" + std::to_string(url.port)),
        proxy_(proxy.host.empty()
                   ? std::string()
                   : "the proxy " + bracketed(proxy.host) + ":" + std::to_string(proxy.port)) {}

  /// The server: `host:port`.
  const std::string& origin() const { return origin_; }
  /// `the proxy host:port`; empty without a proxy.
  const std::string& proxy() const { return proxy_; }
  /// The host that TCP connects to: the proxy or the server.
  const std::string& next_hop() const { return proxy_.empty() ? origin_ : proxy_; }

  /// `sent`: whether any byte of the request may have reached the server.
  static HttpFailure cancelled(bool sent) noexcept {
    return failure_without_throw(ErrorKind::cancelled, [sent]() -> HttpFailure {
      return {ErrorKind::cancelled, sent ? "cancelled; the request may have been carried out"
                                         : "cancelled before the request was sent"};
    });
  }

  /// The failure of a request that could not be started.
  static HttpFailure not_begun() noexcept {
    return failure_without_throw(ErrorKind::connection, []() -> HttpFailure {
      return {ErrorKind::connection, "no memory, or no thread could be started"};
    });
  }

  /// The failure of a request that ran out of time in a backend's queue.
  static HttpFailure waited_for_connection(std::size_t max_connections) noexcept {
    return failure_without_throw(ErrorKind::timeout, [=]() -> HttpFailure {
      return {ErrorKind::timeout, "it waited for one of the " + std::to_string(max_connections) +
                                      " connections of pool.max_connections"};
    });
  }

  HttpFailure no_response_in_time() const {
    return {ErrorKind::timeout, "no response from " + origin_ + " in the time for an attempt"};
  }

  HttpFailure not_connected_in_time(std::chrono::milliseconds connect_timeout) const {
    return {ErrorKind::timeout, "no connection to " + next_hop() + " within timeouts.connect, " +
                                    std::to_string(connect_timeout.count()) + " ms"};
  }

  HttpFailure not_connected() const {
    return {ErrorKind::connection, "cannot connect to " + next_hop() + "; check " +
                                       (proxy_.empty() ? "base_url" : "proxy") +
                                       " and the network"};
  }

  static HttpFailure no_address(const std::string& host) {
    return {ErrorKind::connection,
            "the host name " + host + " has no address; check it and the name server"};
  }

  HttpFailure broken() const {
    return {ErrorKind::connection,
            "the connection to " + origin_ + " broke before the response was complete"};
  }

  /// `problem` is the end of a sentence about the response: `its head is longer than 64 KiB`.
  HttpFailure not_understood(const std::string& problem) const {
    return {ErrorKind::protocol, "the response from " + origin_ + " is not understood: " + problem};
  }

  /// `status` is the proxy's; 0 if it closed the connection without a response.
  HttpFailure refused_by_proxy(long status) const {
    std::string message = proxy_ + " refused the connection to " + origin_;
    if (status > 0) message += " with status " + std::to_string(status);
    message += status == 407 ? "; check proxy.username and proxy.password" : "; check proxy";
    return {ErrorKind::connection, std::move(message), static_cast<int>(status)};
  }

  static HttpFailure too_large(std::size_t max_response_bytes) {
    return {ErrorKind::too_large, "the response is larger than max_response_bytes, " +
                                      std::to_string(max_response_bytes)};
  }

 private:
  const std::string origin_;
  const std::string proxy_;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/net/resolver.hpp -----------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_NET_RESOLVER_HPP)
#define PURECLOUD_TOKENS_DETAIL_NET_RESOLVER_HPP

#include <system_error>

#if !defined(_WIN32)
#include <netdb.h>
#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Returns the addresses of a host, in the system's order of preference; empty if it has none.
inline SocketAddresses look_up(const std::string& host, int port) {
  addrinfo hints = {};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found) != 0) return {};
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, freeaddrinfo);
  SocketAddresses addresses;
  for (const addrinfo* each = found; each; each = each->ai_next) {
    SocketAddress address = {};
    if (each->ai_addrlen > sizeof address.storage) continue;
    std::memcpy(&address.storage, each->ai_addr, each->ai_addrlen);
    address.size = static_cast<socklen_t>(each->ai_addrlen);
    addresses.push_back(address);
  }
  return addresses;
}

/// Finds the addresses of one host. getaddrinfo() has no time limit, so it runs on a thread. All
/// calls wait for the same look-up. If all of them stop waiting, the look-up is left behind, and
/// uses only its own memory.
class Resolver {
 public:
  Resolver(std::string host, int port)
      : host_(std::move(host)), port_(port), is_address_(is_ip_address(host_)) {}

  /// A look-up on a thread. When it has ended, its stop is requested.
  class LookUp : public StopState {
   public:
    /// Runs on the thread.
    void run(const std::string& host, int port) {
      SocketAddresses found;
      std::exception_ptr failure;
      try {
        found = look_up(host, port);
      } catch (...) {  // an exception that leaves a thread would end the process
        failure = std::current_exception();
      }
      {
        const std::lock_guard<std::mutex> lock(mutex);
        addresses = std::move(found);
        exception = std::move(failure);
        done = true;
        if (left_behind) Resolver::left_behind(-1);
        changed.notify_all();
      }
      request();
    }

    bool has_ended() {
      const std::lock_guard<std::mutex> lock(mutex);
      return done;
    }

   private:
    friend class Resolver;

    std::mutex mutex;
    Condition changed;
    std::thread thread;
    int waiting = 0;
    bool done = false;
    bool left_behind = false;  ///< all calls stopped waiting before it was done
    SocketAddresses addresses;
    std::exception_ptr exception;
  };

  /// A wait for a look-up. The last one that ends joins the thread: this code may be part of a
  /// plugin, which may be unloaded after that. If the look-up has not ended, it is left behind.
  class Waiter {
   public:
    explicit Waiter(std::shared_ptr<LookUp> look_up) : look_up_(std::move(look_up)) {
      const std::lock_guard<std::mutex> lock(look_up_->mutex);
      ++look_up_->waiting;
    }
    ~Waiter() {
      std::thread ended;
      {
        const std::lock_guard<std::mutex> lock(look_up_->mutex);
        if (--look_up_->waiting > 0) return;
        if (look_up_->done) {
          ended = std::move(look_up_->thread);
        } else if (!look_up_->left_behind) {
          keep_module_loaded();
          look_up_->thread.detach();
          look_up_->left_behind = true;
          left_behind(+1);
        }
      }
      if (ended.joinable()) ended.join();
    }
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;

    LookUp& look_up() const { return *look_up_; }
    /// A token whose stop is requested when the look-up has ended.
    StopToken ended() const { return StopToken(look_up_); }

    /// Waits until the look-up has ended, and returns true; false if the limit came first.
    bool wait(const TimeLimit& limit) const {
      std::unique_lock<std::mutex> lock(look_up_->mutex);
      while (!look_up_->done && !limit.reached())
        wait_on(look_up_->changed, lock, limit.next_look(), [&] { return look_up_->done; });
      return look_up_->done;
    }

   private:
    const std::shared_ptr<LookUp> look_up_;
  };

  /// Returns whether the host is an address, so that there is nothing to look up.
  bool is_address() const { return is_address_; }

  /// Gets the addresses, or returns why there are none. Throws std::bad_alloc, also if memory ran
  /// out in the look-up.
  std::optional<HttpFailure> resolve(const TimeLimit& limit, SocketAddresses& addresses) {
    if (is_address_) {
      addresses = look_up(host_, port_);  // needs no name server
      return std::nullopt;
    }
    std::shared_ptr<LookUp> current;
    if (auto failure = begin(current)) return failure;
    const Waiter waiter(std::move(current));
    if (!waiter.wait(limit))
      return limit.stopped() ? Destination::cancelled(false) : not_found_in_time();
    return result(waiter.look_up(), addresses);
  }

  /// Gets the look-up that is under way; starts one if there is none. Returns why it cannot.
  std::optional<HttpFailure> begin(std::shared_ptr<LookUp>& current) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!current_ || current_->has_ended()) {
      if (const int hanging = left_behind(0); hanging >= most_left_behind)
        return HttpFailure{ErrorKind::connection,
                           "the name server does not respond: " + std::to_string(hanging) +
                               " look-ups still wait for it, so " + host_ + " is not looked up"};
      try {
        current_ = start();
      } catch (const std::system_error&) {
        return HttpFailure{ErrorKind::connection, "no thread to look up " + host_ + " on"};
      }
    }
    current = current_;
    return std::nullopt;
  }

  /// Gets the addresses that a look-up, which has ended, has found. Like resolve().
  std::optional<HttpFailure> result(const LookUp& ended, SocketAddresses& addresses) const {
    if (ended.exception) std::rethrow_exception(ended.exception);
    if (ended.addresses.empty()) return Destination::no_address(host_);
    addresses = ended.addresses;
    return std::nullopt;
  }

  HttpFailure not_found_in_time() const {
    return {ErrorKind::timeout, "the address of " + host_ + " was not found in time"};
  }

 private:
  static constexpr int most_left_behind = 16;

  std::shared_ptr<LookUp> start() const {
    auto started = std::make_shared<LookUp>();
    started->thread =
        start_thread([started, host = host_, port = port_] { started->run(host, port); });
    return started;
  }

  /// Adds `change` to the number of look-ups of this process that are left behind, and returns it.
  static int left_behind(int change) {
    static std::atomic<int> count{0};
    static std::atomic<long> process{process_id()};
    // a forked child has none of its parent's threads
    if (process.exchange(process_id()) != process_id()) count = 0;
    return count += change;
  }

  const std::string host_;
  const int port_;
  const bool is_address_;
  std::mutex mutex_;
  std::shared_ptr<LookUp> current_;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Sends cpp-httplib's requests over this library's Channel, because cpp-httplib's sockets have no
/// deadline, and its TLS connections cannot share CAs. ResponseParser reads the responses.
struct HttplibConnection {
  HttplibConnection(const std::string& host, int port) : writer(host, port) {}

  bool reusable() { return channel.reusable(); }

  Channel channel;
  RequestWriter writer;
};

}  // namespace detail

class HttplibBackend::Impl {
 public:
  explicit Impl(const Configuration& configuration)
      : url_(detail::parse_base_url("base_url", configuration.base_url)),
        destination_(url_, configuration.proxy),
        connect_timeout_(configuration.timeouts.connect),
        proxy_(configuration.proxy),
        max_response_bytes_(configuration.max_response_bytes),
        resolver_(through_proxy() ? proxy_.host : url_.host,
                  through_proxy() ? proxy_.port : url_.port),
        pool_(configuration.pool) {
    if (proxy_.scheme != ProxyScheme::http)
      detail::refuse("proxy.scheme", "must be http; for SOCKS use CurlBackend");
    if (url_.https) trust_.emplace(configuration.tls);
    const bool default_port = url_.port == (url_.https ? 443 : 80);
    host_header_ = default_port ? detail::bracketed(url_.host) : destination_.origin();
    if (!proxy_.username.empty() || !proxy_.password.empty())
      proxy_authorization_ =
          httplib::make_basic_authentication_header(proxy_.username, proxy_.password, true).second;
  }

  HttpResult send(const HttpRequest& request, const detail::TimeLimit& limit) {
    bool sent = false;
    if (limit.reached()) return out_of_time(limit, sent);
    if (auto connection = pool_.take()) {
      Attempt attempt = exchange(*connection, request, limit, sent);
      // the server closed the kept-alive connection just before this request: not a failure, so the
      // request goes over a new connection
      if (!attempt.unheard || !request.may_be_resent)
        return finish(std::move(connection), std::move(attempt));
    }
    auto connection = std::make_unique<Connection>(url_.host, url_.port);
    if (auto failure = open(*connection, limit, sent)) return *std::move(failure);
    Attempt attempt = exchange(*connection, request, limit, sent);
    return finish(std::move(connection), std::move(attempt));
  }

 private:
  using Connection = detail::HttplibConnection;
  using IoStatus = detail::IoStatus;
  using State = detail::ResponseParser::State;
  using TimeLimit = detail::TimeLimit;

  struct Attempt {
    HttpResult result;
    bool reusable = false;
    bool unheard = false;  ///< the connection broke before any byte of a response came
  };

  bool through_proxy() const { return !proxy_.host.empty(); }

  HttpResult finish(std::unique_ptr<Connection> connection, Attempt attempt) {
    if (attempt.reusable) pool_.give_back(std::move(connection));
    return std::move(attempt.result);
  }

  /// In this function and those below, `sent` tells whether the server may have got any byte of the
  /// request.
  HttpFailure out_of_time(const TimeLimit& limit, bool sent) const {
    return limit.stopped() ? destination_.cancelled(sent) : destination_.no_response_in_time();
  }

  std::optional<HttpFailure> open(Connection& connection, const TimeLimit& limit, bool sent) {
    detail::Channel& channel = connection.channel;
    auto failure = connect(channel.socket, limit, sent);
    if (failure || !url_.https) return failure;
    if (through_proxy()) failure = open_tunnel(connection, limit, sent);
    if (failure) return failure;
    channel.tls.emplace(*trust_, channel.socket, url_.host);
    const IoStatus status = channel.tls->handshake(limit);
    if (status != IoStatus::done) return explain(status, channel, limit, sent);
    return std::nullopt;
  }

  std::optional<HttpFailure> connect(detail::Socket& socket, const TimeLimit& limit, bool sent) {
    detail::SocketAddresses addresses;
    if (auto failure = resolver_.resolve(limit, addresses))
      return limit.stopped() ? destination_.cancelled(sent) : std::move(failure);
    detail::ConnectionRace race(addresses, connect_timeout_, limit);
    const IoStatus status = race.run(socket);
    if (status == IoStatus::done) return std::nullopt;
    if (limit.reached()) return out_of_time(limit, sent);
    return status == IoStatus::timed_out ? destination_.not_connected_in_time(connect_timeout_)
                                         : destination_.not_connected();
  }

  std::optional<HttpFailure> open_tunnel(Connection& connection, const TimeLimit& limit,
                                         bool sent) const {
    httplib::Request wire;
    wire.method = "CONNECT";
    wire.path = destination_.origin();
    wire.headers.emplace("Host", destination_.origin());
    auto head = connection.writer.head(std::move(wire), 0);
    add_secret(head, "Proxy-Authorization", proxy_authorization_);
    detail::WireExchange exchange(connection.channel, limit);
    detail::ResponseParser parser("CONNECT", max_response_bytes_);
    exchange.write(head);
    exchange.read(parser, [](State state) { return state != State::head; });
    if (parser.state() == State::complete && parser.status() / 100 == 2 && exchange.in_turn() &&
        !parser.more_followed())
      return std::nullopt;
    if (!parser.has_head() && exchange.status() == IoStatus::timed_out)
      return out_of_time(limit, sent);
    return destination_.refused_by_proxy(parser.status());
  }

  Attempt exchange(Connection& connection, const HttpRequest& request, const TimeLimit& limit,
                   bool& sent) const {
    Attempt attempt;
    auto head = write_head(connection.writer, request);
    if (head.empty()) {
      attempt.result =
          HttpFailure{ErrorKind::protocol, "cpp-httplib does not write such a request"};
      return attempt;
    }
    const bool in_one = request.body.size() <= most_in_one;
    if (in_one) head.append(request.body);
    detail::WireExchange exchange(connection.channel, limit);
    detail::ResponseParser parser(request.method, max_response_bytes_);
    exchange.write(head);
    if (!in_one) exchange.write(request.body);
    exchange.read(parser, [](State state) { return state > State::body; });
    sent = sent || exchange.sent();
    attempt.unheard = !parser.heard() && (exchange.status() == IoStatus::broken ||
                                          exchange.status() == IoStatus::closed);
    switch (parser.state()) {
      case State::complete: break;
      case State::broken: attempt.result = destination_.not_understood(parser.problem()); break;
      case State::too_large: attempt.result = destination_.too_large(max_response_bytes_); break;
      case State::head:
      case State::body:
        attempt.result = explain(exchange.status(), connection.channel, limit, sent);
        break;
    }
    if (parser.state() != State::complete) return attempt;
    attempt.reusable = exchange.in_turn() && parser.keeps_alive();
    if (parser.status() == 407 && through_proxy())
      attempt.result = destination_.refused_by_proxy(parser.status());
    else
      attempt.result = std::move(parser).take_response();
    return attempt;
  }

  /// Adds the token without cpp-httplib, which would leave copies of it in memory.
  detail::WipedString write_head(detail::RequestWriter& writer, const HttpRequest& request) const {
    httplib::Request wire;
    wire.method = request.method;
    wire.path = request.target;
    const auto authorization = request.headers.find("Authorization");
    for (auto each = request.headers.begin(); each != request.headers.end(); ++each)
      if (each != authorization) wire.headers.emplace(each->first, each->second);
    wire.headers.emplace("Host", host_header_);
    const bool whole_url = through_proxy() && !url_.https;
    if (whole_url) wire.path = "http://" + host_header_ + request.target;
    auto head = writer.head(std::move(wire), request.body.size());
    if (authorization != request.headers.end())
      add_secret(head, authorization->first, authorization->second);
    if (whole_url) add_secret(head, "Proxy-Authorization", proxy_authorization_);
    return head;
  }

  /// Adds a field to a complete head. Does nothing if the head or the value is empty.
  static void add_secret(detail::WipedString& head, std::string_view name, std::string_view value) {
    if (head.empty() || value.empty()) return;
    head.resize(head.size() - 2);  // the empty line
    head.append(name).append(": ").append(value).append("\r\n\r\n");
  }

  HttpFailure explain(IoStatus status, const detail::Channel& channel, const TimeLimit& limit,
                      bool sent) const {
    switch (status) {
      case IoStatus::timed_out: return out_of_time(limit, sent);
      case IoStatus::tls_failure: return {ErrorKind::tls, channel.tls->failure()};
      case IoStatus::done:
      case IoStatus::broken:
      case IoStatus::closed: break;
    }
    return destination_.broken();
  }

  static constexpr std::size_t most_in_one = 16 * 1024;  ///< a TLS record

  const detail::BaseUrl url_;
  const detail::Destination destination_;
  std::string host_header_;
  const std::chrono::milliseconds connect_timeout_;
  const ProxyOptions proxy_;
  std::string proxy_authorization_;  ///< empty without authentication
  const std::size_t max_response_bytes_;
  std::optional<detail::TlsTrust> trust_;  // before the pool, whose connections use it
  detail::Resolver resolver_;
  detail::ConnectionPool<Connection> pool_;
};

PURECLOUD_TOKENS_INLINE HttplibBackend::HttplibBackend(const Configuration& configuration)
    : impl_(std::make_unique<Impl>(configuration)) {}

PURECLOUD_TOKENS_INLINE HttplibBackend::~HttplibBackend() = default;

PURECLOUD_TOKENS_INLINE HttpResult HttplibBackend::send(const HttpRequest& request,
                                                        Deadline deadline, const StopToken& stop) {
  const detail::NoCancellation whole;
  return impl_->send(request, detail::TimeLimit(deadline, stop));
}

}  // namespace v1
}  // namespace purecloud

#endif

#if defined(PURECLOUD_TOKENS_SEPARATE)
namespace purecloud {
inline namespace v1 {
template class BasicTokensApi<HttplibBackend>;
template class BasicOAuthApi<HttplibBackend>;
}  // namespace v1
}  // namespace purecloud
#endif

#endif
#endif
