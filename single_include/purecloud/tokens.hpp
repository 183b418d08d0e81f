// SPDX-License-Identifier: MIT

// purecloud/tokens.hpp of purecloud-tokens 1.0.0, in one file: a client for the Genesys Cloud Tokens
// API. Generated from include/ by single_include/amalgamate.py: change it there.
#undef PURECLOUD_TOKENS_SINGLE_HEADER
#define PURECLOUD_TOKENS_SINGLE_HEADER

// ---- purecloud/tokens.hpp ------------------------------------------------------------------------
// Without #pragma once: see detail/bodies.hpp.

// ---- purecloud/detail/separate.hpp ---------------------------------------------------------------
// Without #pragma once: a file may define PURECLOUD_TOKENS_IMPLEMENTATION between two includes.

// Whether this file has the bodies, and how they are declared. By default every file has them,
// inline. With PURECLOUD_TOKENS_SEPARATE, defined everywhere, only a file that defines
// PURECLOUD_TOKENS_IMPLEMENTATION has them (for <purecloud/testing.hpp>:
// PURECLOUD_TOKENS_TESTING_IMPLEMENTATION).
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
/// The version of this header, as <https://semver.org> counts. Everything lives in an inline
/// namespace that carries the major version (`purecloud::v1`), so that two majors in one program
/// are different types to the linker.
#define PURECLOUD_TOKENS_VERSION_MAJOR 1
#define PURECLOUD_TOKENS_VERSION_MINOR 0
#define PURECLOUD_TOKENS_VERSION_PATCH 0
#define PURECLOUD_TOKENS_VERSION "1.0.0"
/// @}

#endif

// ---- purecloud/access_token.hpp ------------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_ACCESS_TOKEN_HPP)
#define PURECLOUD_TOKENS_ACCESS_TOKEN_HPP

#include <cstddef>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace purecloud {
inline namespace v1 {

namespace detail {

/// Overwrites memory before it is given back. `Upstream` does the allocating; a test passes its own
/// to look at the bytes that come back.
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
    // volatile, or the compiler drops writes to memory that is about to be freed
    volatile unsigned char* bytes = reinterpret_cast<unsigned char*>(memory);
    for (std::size_t i = 0; i < count * sizeof(T); ++i) bytes[i] = 0;
    Upstream{}.deallocate(memory, count);
  }

  friend bool operator==(const WipingAllocator&, const WipingAllocator&) { return true; }
  friend bool operator!=(const WipingAllocator&, const WipingAllocator&) { return false; }
};

}  // namespace detail

/// An OAuth 2.0 access token (RFC 6750). It never prints, and the memory that held it is wiped on
/// destruction, assignment and move. The copies that an HTTP library makes while it sends a
/// request are beyond its reach.
template <class Allocator = std::allocator<char>>
class BasicAccessToken {
 public:
  /// Empty: a call with it is refused.
  BasicAccessToken() = default;
  /// Copies the token, and leaves the caller's copy to the caller. Implicit, so that a string can
  /// be assigned; what cannot be a token is refused by the call, not here.
  BasicAccessToken(std::string_view token) : characters_(token.begin(), token.end()) {}
  /// As above.
  BasicAccessToken(const std::string& token) : BasicAccessToken(std::string_view(token)) {}
  /// As above; `token` must not be null.
  BasicAccessToken(const char* token) : BasicAccessToken(std::string_view(token)) {}

  /// A copy in memory of its own, which is wiped as well.
  BasicAccessToken(const BasicAccessToken&) = default;
  /// Leaves nothing behind in the other.
  BasicAccessToken(BasicAccessToken&&) noexcept = default;
  /// Wipes what it held before.
  // By value and swap: assigning into the old buffer would leave the tail of a longer token.
  BasicAccessToken& operator=(BasicAccessToken other) noexcept {
    characters_.swap(other.characters_);
    return *this;
  }

  /// Whether there is no token.
  bool empty() const noexcept { return characters_.empty(); }

  /// The token itself, for the `Authorization` header and nothing else. Valid until this object is
  /// changed or destroyed.
  std::string_view reveal() const noexcept { return {characters_.data(), characters_.size()}; }

  /// Compares the tokens, in time that depends on where they differ.
  friend bool operator==(const BasicAccessToken& a, const BasicAccessToken& b) {
    return a.characters_ == b.characters_;
  }
  /// The opposite.
  friend bool operator!=(const BasicAccessToken& a, const BasicAccessToken& b) { return !(a == b); }

  /// Writes `<access token>`, whatever it holds.
  friend std::ostream& operator<<(std::ostream& out, const BasicAccessToken&) {
    return out << "<access token>";
  }

 private:
  // A vector, not a string: a short string would live inside the object, where a move leaves it.
  std::vector<char, detail::WipingAllocator<char, Allocator>> characters_;
};

/// The access token that clients take.
using AccessToken = BasicAccessToken<>;

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

#include <algorithm>
#include <map>
#include <variant>

namespace purecloud {
inline namespace v1 {

/// A point on the steady clock by which something must have ended.
using Deadline = std::chrono::steady_clock::time_point;

/// One instant on both clocks: the steady one measures, the other reads an HTTP-date.
struct Moment {
  std::chrono::steady_clock::time_point steady;  ///< for deadlines and durations
  std::chrono::system_clock::time_point utc;     ///< for `Retry-After`
};

/// What went wrong: what a caller decides by.
enum class ErrorKind {
  invalid_argument,  ///< refused before anything was sent: the message names the argument
  connection,        ///< no connection, or it broke before the answer was complete
  timeout,           ///< the deadline, or the time for one attempt, ran out
  tls,               ///< the TLS handshake failed or the server's certificate was not accepted
  protocol,          ///< what came back is not HTTP
  too_large,         ///< the answer exceeds Configuration::max_response_bytes
  http_status,       ///< an answer that is neither 2xx nor expected: see Error::status and body
  decode,            ///< 2xx, but the body is not what the operation returns
  cancelled,         ///< stopped by CallOptions::stop, Future::cancel() or the end of the backend
};

/// The enumerator's own name, for example `too_large`.
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
  using is_transparent = void;  ///< lookup by std::string_view makes no copy
  /// Whether `a` comes before `b`, ASCII letters taken as lower case.
  bool operator()(std::string_view a, std::string_view b) const {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                        [](char x, char y) { return lower(x) < lower(y); });
  }

 private:
  static char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
};

/// Header fields by name. A field that came in several lines is one value here, its parts joined
/// by `, ` (RFC 9110, 5.3).
using HttpHeaders = std::map<std::string, std::string, HeaderNameLess>;

/// One request as it goes on the wire.
struct HttpRequest {
  std::string method;   ///< `GET`, `HEAD`, `PUT` or `DELETE`
  std::string target;   ///< path and query, percent-encoded, beginning with `/` (RFC 9112, 3.2.1)
  HttpHeaders headers;  ///< holds the bearer: a backend must not log them
  std::string body;     ///< empty, or UTF-8 JSON
  /// Whether a backend may send it a second time by itself, when a connection that was kept alive
  /// turns out to be closed before anything of a response came.
  bool may_be_resent = true;
};

/// One answer as it came from the wire.
struct HttpResponse {
  int status = 0;       ///< 100 to 599
  HttpHeaders headers;  ///< as they came, whatever their case
  std::string body;     ///< as it came, of any media type; empty for HEAD
};

/// Why there is no answer. `message` is one line for a person, without any header value or body.
struct HttpFailure {
  ErrorKind kind =
      ErrorKind::connection;  ///< connection, timeout, tls, protocol, too_large or cancelled
  std::string message;        ///< for a person
  int proxy_status = 0;       ///< what a proxy refused the connection with; 0 without a refusal
};

/// How one exchange ended: with an answer of any status, or without one.
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

/// The region's domain, `mypurecloud.ie` say: its API answers at `https://api.mypurecloud.ie`,
/// its login at `https://login.mypurecloud.ie`.
std::string_view domain_of(Region region);

/// Reads a region as users paste it: `eu_west_1`, `eu-west-1`, `mypurecloud.ie`,
/// `api.mypurecloud.ie`, `https://login.mypurecloud.ie/`, in any case. Empty when it is none of
/// the regions above.
std::optional<Region> parse_region(std::string_view text);

namespace detail {
/// `us_east_1, eu_west_1, …`: every name that parse_region takes, for error messages.
std::string region_names();
}  // namespace detail

}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {

/// How long things may take. All are greater than zero.
struct Timeouts {
  std::chrono::milliseconds connect{5'000};   ///< to open a connection, TLS handshake excluded
  std::chrono::milliseconds attempt{16'000};  ///< for one request and its answer, connect included
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
};

/// One attempt of a call, as the observer sees it: nothing here is secret.
struct AttemptEvent {
  std::string method;                    ///< `GET`, `HEAD`, `PUT` or `DELETE`
  std::string path;                      ///< without the query
  int attempt = 1;                       ///< 1 is the first
  int status = 0;                        ///< 0 without an answer
  std::optional<ErrorKind> error;        ///< set without an answer
  std::chrono::nanoseconds duration{0};  ///< that the backend took
  std::string correlation_id;            ///< the answer's `ININ-Correlation-Id`; empty without one
  std::size_t bytes = 0;                 ///< size of the answer's body
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

  /// The defaults, with `base_url` set to the region's API host.
  static Configuration for_region(Region region);

  /// From the environment variables that the Genesys Cloud CLI, SDKs and Terraform provider use:
  /// GENESYSCLOUD_ACCESS_TOKEN; GENESYSCLOUD_REGION or GENESYS_CLOUD_REGION;
  /// GENESYSCLOUD_GATEWAY_{HOST,PORT,PROTOCOL}; GENESYSCLOUD_PROXY_{HOST,PORT,PROTOCOL,
  /// AUTH_USERNAME,AUTH_PASSWORD}, or else HTTPS_PROXY and NO_PROXY. SSL_CERT_FILE is read by
  /// OpenSSL itself. Throws ApiException (ErrorKind::invalid_argument), which names the variable.
  static Configuration from_environment();
};

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

/// What the sources, the tokens and the callbacks of one stop share.
class StopState {
 public:
  /// A callback in the list of those to run. `run` may destroy the registration.
  struct Registration {
    void (*run)(Registration&) noexcept = nullptr;
    Registration* next = nullptr;
    Registration* previous = nullptr;
    bool listed = false;
  };

  bool requested() const noexcept { return requested_.load(std::memory_order_acquire); }

  /// Runs the callbacks on this thread. False when somebody was first.
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

  /// False when the stop was requested already: then the callback is the caller's to run.
  bool add(Registration& registration) noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (requested_) return false;
    registration.next = first_;
    if (first_) first_->previous = &registration;
    first_ = &registration;
    registration.listed = true;
    return true;
  }

  /// Returns when the callback neither runs, but for on this thread, nor will.
  void remove(Registration& registration) noexcept {
    std::unique_lock<std::mutex> lock(mutex_);
    if (registration.listed) return unlink(registration);
    if (runner_ != std::this_thread::get_id())
      ended_.wait(lock, [&] { return running_ != &registration; });
  }

  std::atomic<int> sources{0};  ///< that can still request the stop

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

/// How another library's stop tokens become ours: `Callback<F>` is its stop_callback. Specialised
/// for std::stop_token where there is one.
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

/// Whether a stop was requested of a StopSource, as C++20's std::stop_token, which converts to it.
/// Cheap to copy; any number of threads may use copies of one.
class StopToken {
 public:
  /// One that never stops anything.
  StopToken() noexcept = default;

  /// From a std::stop_token (C++20): stopped when that one is. Allocates.
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

  /// Whether the stop was requested.
  bool stop_requested() const noexcept { return state_ && state_->requested(); }
  /// Whether it was, or there is still a source that can.
  bool stop_possible() const noexcept {
    return state_ && (state_->requested() || state_->sources > 0);
  }

 private:
  friend class StopSource;
  template <class F>
  friend class StopCallback;

  explicit StopToken(std::shared_ptr<detail::StopState> state) noexcept
      : state_(std::move(state)) {}

  std::shared_ptr<detail::StopState> state_;
};

/// Requests a stop, as C++20's std::stop_source. Copies share one stop.
class StopSource {
 public:
  /// Throws std::bad_alloc.
  StopSource() : StopSource(std::make_shared<detail::StopState>()) {}
  /// The stop of a state that is part of something else.
  explicit StopSource(std::shared_ptr<detail::StopState> state) noexcept
      : state_(std::move(state)) {
    ++state_->sources;
  }
  /// Shares the other's stop.
  StopSource(const StopSource& other) noexcept : state_(other.state_) {
    if (state_) ++state_->sources;
  }
  /// Leaves the other without one.
  StopSource(StopSource&& other) noexcept = default;
  /// Shares the other's stop instead of its own.
  StopSource& operator=(StopSource other) noexcept {
    state_.swap(other.state_);
    return *this;
  }
  ~StopSource() {
    if (state_) --state_->sources;
  }

  /// A token of this stop.
  StopToken get_token() const noexcept { return StopToken(state_); }
  /// Whether the stop was requested.
  bool stop_requested() const noexcept { return state_ && state_->requested(); }
  /// Whether there is a stop to request.
  bool stop_possible() const noexcept { return state_ != nullptr; }
  /// Requests the stop, and runs the callbacks on this thread. False when somebody was first. Not
  /// for signal handlers: it takes a lock.
  bool request_stop() noexcept { return state_ && state_->request(); }

 private:
  std::shared_ptr<detail::StopState> state_;
};

/// Calls a function when a stop is requested, on that thread, or in the constructor when it was
/// already; as C++20's std::stop_callback. The destructor waits for a call on another thread to
/// end. The function must not throw.
template <class F>
class StopCallback : detail::StopState::Registration {
 public:
  /// Calls `function` once the token's stop is requested.
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
/// of one `base_url`. Any number of threads may send at once, each on a connection of its own.
/// `timeouts.connect` is the time for TCP's connection to the host, however many addresses it has:
/// they are tried at intervals, and the first that responds is taken (RFC 8305).
///
/// The first connection that is kept starts one thread, which closes those that are idle for too
/// long; a look-up of a name runs on another. No signal handler runs on them. A child process after
/// `fork()` has no such threads, and shares its parent's connections: build another backend there;
/// this one may only be destroyed, which leaves all as it is.
class HttplibBackend {
 public:
  /// Throws ApiException: ErrorKind::tls, with the file's name, for a certificate, key or CA that
  /// cannot be used.
  explicit HttplibBackend(const Configuration& configuration);
  ~HttplibBackend();
  HttplibBackend(const HttplibBackend&) = delete;
  HttplibBackend& operator=(const HttplibBackend&) = delete;

  /// One exchange, over by `deadline`, and within 50 ms of a stop. A connection that turns out to
  /// have been closed by the server while it was idle is replaced without a failure, if the request
  /// may be resent. pthread_cancel() takes effect when it is over. Throws std::bad_alloc.
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

// ---- purecloud/result.hpp ------------------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_RESULT_HPP)
#define PURECLOUD_TOKENS_RESULT_HPP

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

/// The members of a JSON object that this version does not know: name to JSON text. They are
/// written back, so that a get, change, put loses nothing.
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

/// Equal when every member is equal, and so are the members that this version does not know.
template <class T, std::enable_if_t<detail::IsModel<T>::value, int> = 0>
bool operator==(const T& a, const T& b) {
  bool equal = a.additional_properties == b.additional_properties;
  T::each_member([&](const char*, auto member) { equal = equal && a.*member == b.*member; });
  return equal;
}

/// The opposite.
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
  std::optional<std::string> field_name;       ///< the member of the request that is at fault
  std::optional<std::string> entity_id;        ///< the object that it is about
  std::optional<std::string> entity_name;      ///< that object's name
  AdditionalProperties additional_properties;  ///< what this version does not know

  /// Calls `visit` with each member's JSON name and a pointer to it.
  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("errorCode", &Detail::error_code);
    visit("fieldName", &Detail::field_name);
    visit("entityId", &Detail::entity_id);
    visit("entityName", &Detail::entity_name);
  }
};

/// The limit that a request ran into.
struct Limit {
  std::optional<std::string> key;              ///< the limit's name
  std::optional<std::string> namespace_;       ///< whose limit it is; `namespace` in JSON
  std::optional<int> value;                    ///< how much it allows
  AdditionalProperties additional_properties;  ///< what this version does not know

  /// Calls `visit` with each member's JSON name and a pointer to it.
  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("key", &Limit::key);
    visit("namespace", &Limit::namespace_);
    visit("value", &Limit::value);
  }
};

/// What the API says of an error, in the body of an answer that is not 2xx.
struct ErrorBody {
  std::optional<std::string> message;      ///< for a person
  std::optional<std::string> code;         ///< for a program: `credentials.expired`
  std::optional<int> status;               ///< the HTTP status
  std::optional<std::string> entity_id;    ///< the object that it is about
  std::optional<std::string> entity_name;  ///< that object's name
  /// the message, with `{name}` for each of its parameters
  std::optional<std::string> message_with_params;
  std::optional<std::map<std::string, std::string>> message_params;  ///< name to value
  std::optional<std::string> context_id;         ///< the correlation id, for Genesys support
  std::optional<std::vector<Detail>> details;    ///< its causes, one by one
  std::optional<std::vector<ErrorBody>> errors;  ///< those that this one is made of
  std::optional<Limit> limit;                    ///< where one was exceeded
  AdditionalProperties additional_properties;    ///< what this version does not know

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

/// Why a call did not succeed. No member holds the access token: where an answer repeats it, it
/// is replaced by `<access token>`.
struct Error {
  ErrorKind kind = ErrorKind::invalid_argument;  ///< what to branch on
  /// One line for a person: the call, what went wrong, and the correlation id if there is one.
  std::string message;
  int status = 0;                 ///< the HTTP status of the last answer; 0 without an answer
  std::optional<ErrorBody> body;  ///< what the API said, where it said it in its own form
  std::string correlation_id;     ///< `ININ-Correlation-Id`, which Genesys support asks for
  /// How long to wait before another try: what `Retry-After` asked for, or the wait that the
  /// call's deadline did not leave time for.
  std::optional<std::chrono::seconds> retry_after;
  int attempts = 0;  ///< requests that were sent
};

/// Writes Error::message.
inline std::ostream& operator<<(std::ostream& out, const Error& error) {
  return out << error.message;
}

/// An Error, thrown. `what()` is Error::message.
class ApiException : public std::runtime_error {
 public:
  /// Takes the error that is thrown.
  explicit ApiException(Error error)
      : std::runtime_error(error.message), error_(std::move(error)) {}

  /// What went wrong. Valid as long as the exception is.
  const Error& error() const noexcept { return error_; }

 private:
  Error error_;
};

namespace detail {

/// Throws it as an ApiException.
[[noreturn]] void raise(const Error& error);

}  // namespace detail

}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {

namespace detail {

/// How a call went, apart from its value.
struct CallRecord {
  std::optional<HttpResponse> response;
  int attempts = 0;
};

/// What Result<T> and Result<void> share.
class ResultBase {
 public:
  /// The last answer, of any status, if there was one. Its raw body may hold secrets.
  const std::optional<HttpResponse>& response() const noexcept { return record_.response; }

  /// The number of requests that were sent; 0 when the call was refused before that.
  int attempts() const noexcept { return record_.attempts; }

  /// The last answer's `ININ-Correlation-Id`, which Genesys support asks for; empty without one.
  const std::string& correlation_id() const noexcept {
    static const std::string none;
    if (!record_.response) return none;
    const auto found = record_.response->headers.find("ININ-Correlation-Id");
    return found == record_.response->headers.end() ? none : found->second;
  }

 protected:
  ResultBase() = default;
  /// For a call that was made, or refused.
  explicit ResultBase(CallRecord record) : record_(std::move(record)) {}

 private:
  CallRecord record_;
};

}  // namespace detail

/// What a call returned, or the Error that it ended in. True when there is a value.
template <class T>
class [[nodiscard]] Result : public detail::ResultBase {
 public:
  /// A success.
  Result(T value, detail::CallRecord record = {})
      : ResultBase(std::move(record)), outcome_(std::in_place_index<0>, std::move(value)) {}
  /// A failure.
  Result(Error error, detail::CallRecord record = {})
      : ResultBase(std::move(record)), outcome_(std::in_place_index<1>, std::move(error)) {}

  /// Whether there is a value, not what it is: a Result<bool> that holds `false` is true.
  explicit operator bool() const noexcept { return outcome_.index() == 0; }

  /// @{
  /// The value. Throws ApiException with the error when there is none.
  T& value() & { return require(), std::get<0>(outcome_); }
  const T& value() const& { return require(), std::get<0>(outcome_); }
  T&& value() && { return require(), std::get<0>(std::move(outcome_)); }
  /// @}

  /// @{
  /// As value().
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  /// @}

  /// The error. Throws std::bad_variant_access when there is a value instead.
  const Error& error() const { return std::get<1>(outcome_); }

 private:
  void require() const {
    if (!*this) detail::raise(error());
  }

  std::variant<T, Error> outcome_;
};

/// How a call that returns nothing went. True when it succeeded.
template <>
class [[nodiscard]] Result<void> : public detail::ResultBase {
 public:
  /// A success.
  explicit Result(detail::CallRecord record = {}) : ResultBase(std::move(record)) {}
  /// A failure.
  Result(Error error, detail::CallRecord record = {})
      : ResultBase(std::move(record)), error_(std::move(error)) {}

  /// Whether the call succeeded.
  explicit operator bool() const noexcept { return !error_; }

  /// Throws ApiException with the error when the call failed.
  void value() const {
    if (error_) detail::raise(*error_);
  }
  /// As value().
  void operator*() const { value(); }

  /// The error. Throws std::bad_optional_access when there is none.
  const Error& error() const { return error_.value(); }

 private:
  std::optional<Error> error_;
};

}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {

/// A model as JSON text, without the members that are absent. Throws ApiException
/// (ErrorKind::invalid_argument), with the place as a JSON pointer, for what JSON or the API's
/// date-time cannot hold: text that is not UTF-8, a year beyond 9999, an additional property that
/// is not JSON.
template <class T>
std::string to_json(const T& model);

/// A model from JSON text. Members may be absent or `null`; one of the wrong type, a bad
/// date-time, text that is not JSON or nests deeper than 100 levels is ErrorKind::decode, its
/// message beginning with the place as a JSON pointer (RFC 6901): `/OAuthClient/dateCreated: not a
/// date-time`. Unknown members go to `additional_properties`.
template <class T>
Result<T> from_json(std::string_view text);

}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/tokens_api.hpp --------------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_TOKENS_API_HPP)
#define PURECLOUD_TOKENS_TOKENS_API_HPP

// ---- purecloud/api_client.hpp --------------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_API_CLIENT_HPP)
#define PURECLOUD_TOKENS_API_CLIENT_HPP

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

/// A backend may take a stop token, too, and end at once when its stop is requested.
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

/// A backend may bring a clock of its own: then calls wait on it, and a test needs no real time.
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

// ---- purecloud/detail/text/url.hpp ---------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_TEXT_URL_HPP)
#define PURECLOUD_TOKENS_DETAIL_TEXT_URL_HPP

namespace purecloud {
inline namespace v1 {
namespace detail {

/// An Error of kind invalid_argument.
Error invalid_argument(std::string message);

/// Throws ApiException (invalid_argument): `what: problem`.
[[noreturn]] void refuse(const std::string& what, const std::string& problem);

/// A URL's scheme, host, port and path.
struct BaseUrl {
  bool https = true;
  std::string host;  ///< lower case; an IPv6 address without its brackets
  int port = 443;
  std::string path;  ///< empty, or begins with `/` and does not end with it
};

/// Takes a base URL apart. Throws ApiException (invalid_argument) that begins with `what`, where it
/// came from, and never repeats the text, which may hold a password.
BaseUrl parse_base_url(const std::string& what, std::string_view text);

/// A port in decimal digits, 1 to 65535; empty when it is none.
std::optional<int> parse_port(std::string_view text);

/// Whether a host is this machine: `localhost`, 127.0.0.0/8, `::1`.
bool is_loopback(const std::string& host);

/// A host as a URL has it: an IPv6 address in brackets (RFC 3986, 3.2.2).
std::string bracketed(const std::string& host);

/// Whether a host is an IPv4 or IPv6 address, not a name.
bool is_ip_address(const std::string& host);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/call/request.hpp -----------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_CALL_REQUEST_HPP)
#define PURECLOUD_TOKENS_DETAIL_CALL_REQUEST_HPP

// ---- purecloud/call_options.hpp ------------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_CALL_OPTIONS_HPP)
#define PURECLOUD_TOKENS_CALL_OPTIONS_HPP

namespace purecloud {
inline namespace v1 {

/// What one call does differently.
struct CallOptions {
  HttpHeaders headers;  ///< sent in addition to, or instead of, Configuration::default_headers
  /// Total time for this call, retries and waits included; instead of Timeouts::total.
  std::optional<std::chrono::milliseconds> deadline;
  /// Ends the call with ErrorKind::cancelled, wherever it is, when its stop is requested.
  StopToken stop;
};

/// For getTokensMe.
struct GetTokensMeOptions {
  /// True looks at the token without resetting its idle timer; unset or false resets it.
  std::optional<bool> preserve_idle_ttl;
  CallOptions call;  ///< as for any other call
};

}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/call/exchange.hpp ----------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_CALL_EXCHANGE_HPP)
#define PURECLOUD_TOKENS_DETAIL_CALL_EXCHANGE_HPP

namespace purecloud {
inline namespace v1 {
namespace detail {

/// What a 401 is to an operation.
enum class Unauthorized {
  is_error,
  is_answer,            ///< headTokensMe: the token is not valid
  is_success_of_retry,  ///< deleteTokensMe: the first attempt did delete it, its answer was lost
};

/// The error is empty when the call succeeded.
struct Outcome {
  std::optional<Error> error;
  CallRecord record;
};

/// The rules of one call: what to send, how long to wait, when to stop, and what the answer means.
/// It does no I/O and reads no clock: its driver does what the Step says and reports back.
class Exchange {
 public:
  enum class Action { send, wait, done };

  struct Step {
    Action action;
    Deadline until;  ///< send: the attempt must have ended by then; wait: until then
  };

  /// `retry` and `timeouts` must outlive the exchange; `total` is counted from `now`.
  Exchange(HttpRequest request, Unauthorized unauthorized, const RetryPolicy& retry,
           const Timeouts& timeouts, std::chrono::milliseconds total, Deadline now);

  Step start(Deadline now);
  /// `random` is from [0, 1) and spreads the waits of many clients.
  Step received(HttpResult result, Moment now, double random);
  Step waited(Deadline now);

  const HttpRequest& request() const { return request_; }
  int attempts() const { return attempts_; }

  /// Once a step was `done`.
  Outcome outcome() &&;

 private:
  bool succeeded() const;
  bool may_retry() const;
  Step send_or_give_up(Deadline now);
  Step give_up(Deadline now);
  std::optional<std::chrono::milliseconds> requested_delay(Moment now) const;

  HttpRequest request_;
  Unauthorized unauthorized_;
  const RetryPolicy& retry_;
  const Timeouts& timeouts_;
  std::chrono::milliseconds total_;
  Deadline deadline_;

  int attempts_ = 0;
  HttpResult last_;
  std::optional<std::chrono::milliseconds>
      delay_;  ///< the wait that a next attempt would begin with
  std::optional<Error> error_;
};

/// The Error for a 2xx whose body is not the model that is due. `problem` says why.
Error decode_error(const HttpRequest& request, const CallRecord& record, const Error& problem);

/// The bearer of a request, for redaction; empty when it has none.
std::string_view bearer_of(const HttpRequest& request);

/// `GET /api/v2/tokens/me`: a request in a message. Without the query.
std::string name_of(const HttpRequest& request);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

/// What tokens_api.hpp says of one call.
struct Call {
  std::string_view method;
  std::string target;  ///< from `/api/v2/` on
  Unauthorized unauthorized = Unauthorized::is_error;
  std::optional<std::string_view> user_id = {};  ///< to follow the target as its last segment
  std::string body = {};
};

/// What a client works out once from its configuration.
struct ClientSettings {
  Configuration configuration;  ///< without the token
  std::string base_path;
  HttpHeaders headers;
};

/// Checks a configuration. Throws ApiException (invalid_argument) naming the member.
ClientSettings make_settings(Configuration configuration);

/// The request of a call, or why it is refused before anything is sent.
std::variant<HttpRequest, Error> make_request(const ClientSettings& settings,
                                              const AccessToken& token, Call call,
                                              const CallOptions& options);

/// A uniformly distributed number from [0, 1).
double random_fraction();

Moment current_moment();
void sleep_until(Deadline until);

/// Tells the observer of an attempt.
void notify(const ClientSettings& settings, const Exchange& exchange, const HttpResult& result,
            std::chrono::nanoseconds duration);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {

/// Drives one call at a time for BasicTokensApi: the rules are in detail::Exchange, the I/O is the
/// backend's. Immutable, so any number of threads may call one object.
template <class Backend>
class ApiClient {
  static_assert(detail::check_backend<Backend>());

 public:
  /// Builds a backend of its own. Throws ApiException, as the Backend's constructor does, and
  /// invalid_argument for the configuration.
  explicit ApiClient(Configuration configuration)
      : settings_(std::make_shared<detail::ClientSettings>(detail::make_settings(configuration))),
        token_(std::make_shared<AccessToken>(std::move(configuration.access_token))) {
    static_assert(std::is_constructible_v<Backend, const Configuration&>,
                  "purecloud: a client that builds its own backend needs a backend that is "
                  "constructible from const purecloud::Configuration&; or pass a "
                  "std::shared_ptr to one as the second argument");
    backend_ = std::make_shared<Backend>(settings_->configuration);
  }

  /// Takes a backend that others may use too. Throws ApiException (invalid_argument).
  ApiClient(Configuration configuration, std::shared_ptr<Backend> backend)
      : settings_(std::make_shared<detail::ClientSettings>(detail::make_settings(configuration))),
        token_(std::make_shared<AccessToken>(std::move(configuration.access_token))),
        backend_(std::move(backend)) {
    if (!backend_) detail::refuse("backend", "is null; pass one");
  }

  /// The same settings and backend with another bearer.
  ApiClient with_access_token(AccessToken token) const {
    ApiClient other = *this;
    other.token_ = std::make_shared<AccessToken>(std::move(token));
    return other;
  }

  /// Carries out a call with its retries. T is a model, bool (whether the answer is 2xx) or void.
  template <class T>
  Result<T> call(detail::Call call, const CallOptions& options) const;

  /// The same with a model as the request's body.
  template <class T, class Body>
  Result<T> call(detail::Call call, const Body& body, const CallOptions& options) const;

 private:
  using Action = detail::Exchange::Action;

  void drive(detail::Exchange& exchange) const;

  template <class T>
  static Result<T> finish(detail::Exchange exchange);

  Moment now() const {
    if constexpr (detail::HasClock<Backend>::value)
      return backend_->now();
    else
      return detail::current_moment();
  }

  void wait_until(Deadline until) const {
    if constexpr (detail::HasClock<Backend>::value)
      backend_->wait_until(until);
    else
      detail::sleep_until(until);
  }

  std::shared_ptr<const detail::ClientSettings> settings_;
  std::shared_ptr<const AccessToken> token_;
  std::shared_ptr<Backend> backend_;
};

template <class Backend>
template <class T>
Result<T> ApiClient<Backend>::call(detail::Call call, const CallOptions& options) const {
  const auto unauthorized = call.unauthorized;
  auto request = detail::make_request(*settings_, *token_, std::move(call), options);
  if (auto* refusal = std::get_if<Error>(&request)) return Result<T>(std::move(*refusal));

  const Configuration& configuration = settings_->configuration;
  detail::Exchange exchange(std::get<HttpRequest>(std::move(request)), unauthorized,
                            configuration.retry, configuration.timeouts,
                            options.deadline.value_or(configuration.timeouts.total), now().steady);
  drive(exchange);
  return finish<T>(std::move(exchange));
}

template <class Backend>
template <class T, class Body>
Result<T> ApiClient<Backend>::call(detail::Call call, const Body& body,
                                   const CallOptions& options) const {
  try {
    call.body = to_json(body);
  } catch (const ApiException& unencodable) {
    Error refusal = unencodable.error();
    refusal.message = std::string(call.method) + " " + call.target + ": " + refusal.message;
    return Result<T>(std::move(refusal));
  }
  return this->call<T>(std::move(call), options);
}

template <class Backend>
void ApiClient<Backend>::drive(detail::Exchange& exchange) const {
  auto step = exchange.start(now().steady);
  while (step.action != Action::done) {
    if (step.action == Action::wait) {
      wait_until(step.until);
      step = exchange.waited(now().steady);
      continue;
    }
    const auto sent = now().steady;
    HttpResult result = backend_->send(exchange.request(), step.until);
    const Moment received = now();
    if (settings_->configuration.observer)
      detail::notify(*settings_, exchange, result, received.steady - sent);
    step = exchange.received(std::move(result), received, detail::random_fraction());
  }
}

template <class Backend>
template <class T>
Result<T> ApiClient<Backend>::finish(detail::Exchange exchange) {
  auto [error, record] = std::move(exchange).outcome();
  if (error) return Result<T>(*std::move(error), std::move(record));
  if constexpr (std::is_void_v<T>) {
    return Result<void>(std::move(record));
  } else if constexpr (std::is_same_v<T, bool>) {
    const bool valid = record.response->status / 100 == 2;
    return Result<bool>(valid, std::move(record));
  } else {
    auto model = from_json<T>(record.response->body);
    if (model) return Result<T>(*std::move(model), std::move(record));
    Error problem = detail::decode_error(exchange.request(), record, model.error());
    return Result<T>(std::move(problem), std::move(record));
  }
}

}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/model/idle_token_timeout.hpp ------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_MODEL_IDLE_TOKEN_TIMEOUT_HPP)
#define PURECLOUD_TOKENS_MODEL_IDLE_TOKEN_TIMEOUT_HPP

// ---- purecloud/model/open_enum.hpp ---------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_MODEL_OPEN_ENUM_HPP)
#define PURECLOUD_TOKENS_MODEL_OPEN_ENUM_HPP

#include <iterator>

namespace purecloud {
inline namespace v1 {

/// An enum of the API, to which the cloud adds values without notice: a value that this version
/// does not know keeps its text.
///
/// `Values` holds `enum Value {…}` and, in the same order, `texts`. The enumerators are members of
/// the class: `InactivityTimeoutUnit::hours`.
template <class Values>
class OpenEnum : public Values {
 public:
  using Value = typename Values::Value;  ///< the values that this version knows

  /// One of the known values; implicit, so that the enumerators can be assigned and compared.
  OpenEnum(Value value) : value_(value) {}

  /// From the API's text, known or not.
  explicit OpenEnum(std::string_view text) {
    for (std::size_t i = 0; i < std::size(Values::texts); ++i) {
      if (text == Values::texts[i]) {
        value_ = static_cast<Value>(i);
        return;
      }
    }
    unknown_text_ = text;
  }

  /// For a `switch`. Empty when this version does not know the value.
  std::optional<Value> value() const { return value_; }

  /// The text in the API's JSON.
  std::string_view text() const {
    return value_ ? Values::texts[static_cast<std::size_t>(*value_)]
                  : std::string_view(unknown_text_);
  }

  /// Equal when the texts are.
  friend bool operator==(const OpenEnum& a, const OpenEnum& b) { return a.text() == b.text(); }
  /// The opposite.
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

/// The unit in which administrators see a timeout; see InactivityTimeoutUnit.
struct InactivityTimeoutUnitValues {
  /// The constants, in the order of `texts`.
  enum Value {
    minutes,  ///< `Minutes`
    hours,    ///< `Hours`
  };
  /// The API's own texts.
  static constexpr std::string_view texts[] = {"Minutes", "Hours"};
};
/// Minutes or hours, or what the cloud adds to them.
using InactivityTimeoutUnit = OpenEnum<InactivityTimeoutUnitValues>;

/// An idle timeout for the members of some groups.
struct InactivityTimeoutGroupBundle {
  std::optional<int> priority;         ///< 1 to 5
  std::optional<int> timeout_seconds;  ///< 300 to 28800
  /// the unit that administrators see
  std::optional<InactivityTimeoutUnit> inactivity_timeout_unit;
  std::optional<std::vector<std::string>> groups;  ///< ids of groups
  AdditionalProperties additional_properties;      ///< what this version does not know

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
  std::optional<bool> enable_idle_token_timeout;  ///< whether tokens idle out at all
  /// the unit that administrators see
  std::optional<InactivityTimeoutUnit> inactivity_timeout_unit;
  /// whether `inactivity_timeout_group_bundles` count
  std::optional<bool> inactivity_timeout_groups_enabled;
  /// other timeouts for the members of some groups
  std::optional<std::vector<InactivityTimeoutGroupBundle>> inactivity_timeout_group_bundles;
  AdditionalProperties additional_properties;  ///< what this version does not know

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
  std::optional<std::string> id;               ///< as in the API's paths
  AdditionalProperties additional_properties;  ///< what this version does not know

  /// Calls `visit` with each member's JSON name and a pointer to it.
  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("id", &Entity::id);
  }
};

/// An object's id and name.
struct NamedEntity {
  std::optional<std::string> id;               ///< as in the API's paths
  std::optional<std::string> name;             ///< as people gave it
  AdditionalProperties additional_properties;  ///< what this version does not know

  /// Calls `visit` with each member's JSON name and a pointer to it.
  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("id", &NamedEntity::id);
    visit("name", &NamedEntity::name);
  }
};

/// A reference to an object of the organization's directory.
struct DomainEntityRef {
  std::optional<std::string> id;               ///< as in the API's paths
  std::optional<std::string> name;             ///< as people gave it
  std::optional<std::string> self_uri;         ///< its path in the API
  AdditionalProperties additional_properties;  ///< what this version does not know

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

/// A date-time of the API: UTC, in milliseconds.
using Timestamp = std::chrono::time_point<std::chrono::system_clock, std::chrono::milliseconds>;

/// Reads `yyyy-MM-ddTHH:mm:ss[.fraction]Z`; digits beyond the millisecond are cut. Empty when the
/// text has another form or names no real date.
std::optional<Timestamp> parse_timestamp(std::string_view text);

/// Writes `yyyy-MM-ddTHH:mm:ss.mmmZ`. Empty for a year outside 0000 to 9999, which that form
/// cannot hold.
std::optional<std::string> format_timestamp(Timestamp time);

}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {

/// How an OAuth client obtains its tokens; see AuthorizedGrantType.
struct AuthorizedGrantTypeValues {
  /// The constants, in the order of `texts`.
  enum Value {
    code,                ///< `CODE`: authorization code (RFC 6749, 4.1)
    token,               ///< `TOKEN`: implicit (RFC 6749, 4.2)
    saml2_bearer,        ///< `SAML2-BEARER` (RFC 7522)
    password,            ///< `PASSWORD` (RFC 6749, 4.3)
    client_credentials,  ///< `CLIENT-CREDENTIALS` (RFC 6749, 4.4)
  };
  /// The API's own texts.
  static constexpr std::string_view texts[] = {"CODE", "TOKEN", "SAML2-BEARER", "PASSWORD",
                                               "CLIENT-CREDENTIALS"};
};
/// An OAuth grant, or what the cloud adds to them.
using AuthorizedGrantType = OpenEnum<AuthorizedGrantTypeValues>;

/// Whether an OAuth client may be used; see OAuthClientState.
struct OAuthClientStateValues {
  /// The constants, in the order of `texts`.
  enum Value {
    active,    ///< `active`
    disabled,  ///< `disabled`
    inactive,  ///< `inactive`
  };
  /// The API's own texts.
  static constexpr std::string_view texts[] = {"active", "disabled", "inactive"};
};
/// The state of an OAuth client, or what the cloud adds to them.
using OAuthClientState = OpenEnum<OAuthClientStateValues>;

/// A role, and the division in which it is granted.
struct RoleDivision {
  std::optional<std::string> role_id;          ///< what is granted
  std::optional<std::string> division_id;      ///< where
  AdditionalProperties additional_properties;  ///< what this version does not know

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
  std::optional<std::string> name;                           ///< as people gave it
  std::optional<Timestamp> date_created;                     ///< when it was made
  std::optional<Timestamp> date_modified;                    ///< when it was last changed
  std::optional<DomainEntityRef> created_by;                 ///< who made it
  std::optional<DomainEntityRef> modified_by;                ///< who changed it last
  std::optional<AuthorizedGrantType> authorized_grant_type;  ///< how it obtains tokens
  std::optional<std::vector<std::string>> scope;             ///< scopes that it may ask for
  /// what a client-credentials client may do, and where
  std::optional<std::vector<RoleDivision>> role_divisions;
  std::optional<OAuthClientState> state;    ///< whether it may be used
  std::optional<Timestamp> date_to_delete;  ///< when an inactive client is due to be deleted
  /// its id is `purecloud-builtin` for the cloud's own clients
  std::optional<NamedEntity> organization;
  AdditionalProperties additional_properties;  ///< what this version does not know

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

/// The trustor organization's clone of a trustee's user.
struct TokenInfoClonedUser {
  std::optional<std::string> id;               ///< of the user who was cloned
  std::optional<Entity> organization;          ///< the trustee's own organization
  AdditionalProperties additional_properties;  ///< what this version does not know

  /// Calls `visit` with each member's JSON name and a pointer to it.
  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("id", &TokenInfoClonedUser::id);
    visit("organization", &TokenInfoClonedUser::organization);
  }
};

/// What the cloud knows of an access token (getTokensMe).
struct TokenInfo {
  std::optional<NamedEntity> organization;       ///< the organization that the token acts in
  std::optional<NamedEntity> home_organization;  ///< the organization that the token comes from
  /// scopes authorised for the OAuth client
  std::optional<std::vector<std::string>> authorized_scope;
  /// only for the clone of a trustee's user in a trustor organization
  std::optional<TokenInfoClonedUser> cloned_user;
  std::optional<Timestamp> date_token_idles;   ///< when the token is due to expire for want of use
  std::optional<OrgOAuthClient> oauth_client;  ///< the OAuth client that the token was issued to
  AdditionalProperties additional_properties;  ///< what this version does not know

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

/// The Tokens API of Genesys Cloud. Each operation comes twice: the plain one throws ApiException,
/// `try_…` returns a Result and throws nothing but std::bad_alloc. All are repeated as RetryPolicy
/// says and end by the call's deadline.
///
/// Cheap to copy. Any number of threads may call one object at once; each call has a connection of
/// its own from the backend's pool.
template <class Backend>
class BasicTokensApi {
 public:
  /// Builds a backend of its own. Throws ApiException: invalid_argument names the member of the
  /// configuration; a certificate that cannot be used is ErrorKind::tls.
  explicit BasicTokensApi(Configuration configuration) : client_(std::move(configuration)) {}

  /// Shares a backend with other clients of the same `base_url`, or takes yours. Throws as above.
  BasicTokensApi(Configuration configuration, std::shared_ptr<Backend> backend)
      : client_(std::move(configuration), std::move(backend)) {}

  /// A client for another bearer over the same connections. A token that cannot be one is refused
  /// by the call, not here.
  BasicTokensApi with_access_token(AccessToken token) const {
    return BasicTokensApi(client_.with_access_token(std::move(token)));
  }

  /// What the cloud knows of the bearer token. (getTokensMe, GET /api/v2/tokens/me)
  TokenInfo get_tokens_me(const GetTokensMeOptions& options = {}) const {
    return try_get_tokens_me(options).value();
  }
  /// As get_tokens_me(), in a Result.
  Result<TokenInfo> try_get_tokens_me(const GetTokensMeOptions& options = {}) const {
    std::string target = "/api/v2/tokens/me";
    if (options.preserve_idle_ttl)
      target += *options.preserve_idle_ttl ? "?preserveIdleTTL=true" : "?preserveIdleTTL=false";
    return client_.template call<TokenInfo>({"GET", std::move(target)}, options.call);
  }

  /// Whether the bearer token is valid: true for 2xx, false for 401, an error for all else.
  /// (headTokensMe, HEAD /api/v2/tokens/me)
  bool head_tokens_me(const CallOptions& options = {}) const {
    return try_head_tokens_me(options).value();
  }
  /// As head_tokens_me(), in a Result.
  Result<bool> try_head_tokens_me(const CallOptions& options = {}) const {
    return client_.template call<bool>(
        {"HEAD", "/api/v2/tokens/me", detail::Unauthorized::is_answer}, options);
  }

  /// Deletes the bearer token. Done when it is gone: a 401 that answers a retry is success, for
  /// then an earlier attempt deleted it. (deleteTokensMe, DELETE /api/v2/tokens/me)
  void delete_tokens_me(const CallOptions& options = {}) const {
    try_delete_tokens_me(options).value();
  }
  /// As delete_tokens_me(), in a Result.
  Result<void> try_delete_tokens_me(const CallOptions& options = {}) const {
    return client_.template call<void>(
        {"DELETE", "/api/v2/tokens/me", detail::Unauthorized::is_success_of_retry}, options);
  }

  /// Deletes all tokens of a user, of the API and of the UI; to log a user out of the UI alone,
  /// the platform has `DELETE /api/v2/apps/users/{userId}/logout`. Needs the permission
  /// oauth:token:delete. Refuses (invalid_argument, nothing is sent) an id that is empty, `me`,
  /// `timeout`, `.`, `..`, longer than 255 bytes, or holds a control character.
  /// (deleteToken, DELETE /api/v2/tokens/{userId})
  void delete_token(std::string_view user_id, const CallOptions& options = {}) const {
    try_delete_token(user_id, options).value();
  }
  /// As delete_token(), in a Result.
  Result<void> try_delete_token(std::string_view user_id, const CallOptions& options = {}) const {
    return client_.template call<void>(
        {"DELETE", "/api/v2/tokens/", detail::Unauthorized::is_error, user_id}, options);
  }

  /// The organization's idle timeout. (getTokensTimeout, GET /api/v2/tokens/timeout)
  IdleTokenTimeout get_tokens_timeout(const CallOptions& options = {}) const {
    return try_get_tokens_timeout(options).value();
  }
  /// As get_tokens_timeout(), in a Result.
  Result<IdleTokenTimeout> try_get_tokens_timeout(const CallOptions& options = {}) const {
    return client_.template call<IdleTokenTimeout>({"GET", "/api/v2/tokens/timeout"}, options);
  }

  /// Changes the organization's idle timeout, and returns what it is now. Needs the permission
  /// directory:organization:admin. (putTokensTimeout, PUT /api/v2/tokens/timeout)
  IdleTokenTimeout put_tokens_timeout(const IdleTokenTimeout& timeout,
                                      const CallOptions& options = {}) const {
    return try_put_tokens_timeout(timeout, options).value();
  }
  /// As put_tokens_timeout(), in a Result.
  Result<IdleTokenTimeout> try_put_tokens_timeout(const IdleTokenTimeout& timeout,
                                                  const CallOptions& options = {}) const {
    return client_.template call<IdleTokenTimeout>({"PUT", "/api/v2/tokens/timeout"}, timeout,
                                                   options);
  }

 private:
  explicit BasicTokensApi(ApiClient<Backend> client) : client_(std::move(client)) {}

  ApiClient<Backend> client_;
};

}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {

/// The client over cpp-httplib.
using TokensApi = BasicTokensApi<HttplibBackend>;

}  // namespace v1
}  // namespace purecloud

// ---- purecloud/detail/bodies.hpp -----------------------------------------------------------------
// Without #pragma once, as detail/separate.hpp: the bodies of all but the backends, for a file that
// has included a header of this library before it defined PURECLOUD_TOKENS_IMPLEMENTATION.
#if PURECLOUD_TOKENS_BODIES

// ---- purecloud/configuration.ipp -----------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_CONFIGURATION_IPP)
#define PURECLOUD_TOKENS_CONFIGURATION_IPP

#include <cstdlib>

// ---- purecloud/detail/text/text.hpp --------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_TEXT_TEXT_HPP)
#define PURECLOUD_TOKENS_DETAIL_TEXT_TEXT_HPP

namespace purecloud {
inline namespace v1 {
namespace detail {

/// A C0 control or DEL.
constexpr bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

/// ASCII letters in lower case, whatever the locale.
std::string lower_case(std::string_view text);

/// A string as exactly one path segment: all but RFC 3986's unreserved characters as %XX.
std::string percent_encode(std::string_view text);

/// Untrusted text as part of a one-line message: controls and line breaks become spaces, and what
/// is beyond `limit` bytes becomes `…`.
std::string one_line(std::string_view text, std::size_t limit);

/// The same with `?` for what is not ASCII: for headers, whose encoding nobody says.
std::string ascii_line(std::string_view text, std::size_t limit);

/// `text` with each occurrence of the secret, plain, percent-encoded, with JSON's escapes or in
/// base64, alone or amid other text, replaced by `<access token>`. A secret shorter than 6 bytes is
/// none, and leaves the text alone.
std::string redact(std::string text, std::string_view secret);

/// The character of a request's header value: visible, space or tab (RFC 9110, 5.5).
bool is_header_value(std::string_view text);

/// RFC 9110's token, which names headers.
bool is_header_name(std::string_view text);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

/// An environment variable; unset and empty are the same.
inline std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

inline int require_port(const std::string& what, const std::string& text) {
  const auto port = parse_port(text);
  if (!port) refuse(what, "must be a port, 1 to 65535");
  return *port;
}

inline std::string percent_decode(std::string_view text) {
  const auto hex = [](char c) {
    const auto digit = std::string_view("0123456789abcdef").find(lower_case({&c, 1})[0]);
    return digit == std::string_view::npos ? -1 : static_cast<int>(digit);
  };
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0) {
      decoded += static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
      i += 2;
    } else {
      decoded += text[i];
    }
  }
  return decoded;
}

/// Whether NO_PROXY, a list of domains with `*` for all, names the host.
inline bool excluded_from_proxy(std::string_view list, std::string_view host) {
  while (!list.empty()) {
    const auto comma = list.find(',');
    std::string domain = lower_case(list.substr(0, comma));
    list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
    const auto begin = domain.find_first_not_of(" .");
    if (begin == std::string::npos) continue;
    domain = domain.substr(begin, domain.find_last_not_of(' ') - begin + 1);
    if (domain.compare(0, 2, "*.") == 0) domain.erase(0, 2);
    if (domain == "*" || domain == host) return true;
    if (host.size() > domain.size() && host[host.size() - domain.size() - 1] == '.' &&
        host.substr(host.size() - domain.size()) == domain)
      return true;
  }
  return false;
}

/// `[http://][user[:password]@]host[:port]`
inline ProxyOptions parse_proxy(const std::string& variable, std::string text) {
  ProxyOptions proxy;
  if (text.find("://") == std::string::npos) text = "http://" + text;
  const auto authority = text.find("://") + 3;
  const auto at = text.rfind('@');
  if (at != std::string::npos) {
    const std::string_view user_info = std::string_view(text).substr(authority, at - authority);
    const auto colon = user_info.find(':');
    proxy.username = percent_decode(user_info.substr(0, colon));
    if (colon != std::string_view::npos)
      proxy.password = percent_decode(user_info.substr(colon + 1));
    text.erase(authority, at + 1 - authority);
  }
  const BaseUrl url = parse_base_url(variable, text);
  if (url.https)
    refuse(variable,
           "must be an http:// proxy; one that is itself reached over TLS is not supported");
  proxy.host = url.host;
  proxy.port = url.port;
  return proxy;
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
  configuration.access_token = environment("GENESYSCLOUD_ACCESS_TOKEN");

  for (const char* variable : {"GENESYSCLOUD_REGION", "GENESYS_CLOUD_REGION"}) {
    const std::string name = environment(variable);
    if (name.empty()) continue;
    const auto region = parse_region(name);
    if (!region)
      detail::refuse(variable, "is not a region; use one of " + detail::region_names() +
                                   ", or the region's domain");
    configuration.base_url = for_region(*region).base_url;
    break;
  }

  const std::string gateway = environment("GENESYSCLOUD_GATEWAY_HOST");
  if (!gateway.empty()) {
    std::string protocol = environment("GENESYSCLOUD_GATEWAY_PROTOCOL");
    std::string port = environment("GENESYSCLOUD_GATEWAY_PORT");
    if (protocol.empty()) protocol = "https";
    if (!port.empty())
      port = ":" + std::to_string(detail::require_port("GENESYSCLOUD_GATEWAY_PORT", port));
    configuration.base_url = protocol + "://" + gateway + port;
    detail::parse_base_url("GENESYSCLOUD_GATEWAY_{PROTOCOL,HOST,PORT}", configuration.base_url);
  }

  ProxyOptions& proxy = configuration.proxy;
  proxy.host = environment("GENESYSCLOUD_PROXY_HOST");
  if (!proxy.host.empty()) {
    const std::string protocol = environment("GENESYSCLOUD_PROXY_PROTOCOL");
    if (!protocol.empty() && detail::lower_case(protocol) != "http")
      detail::refuse("GENESYSCLOUD_PROXY_PROTOCOL", "must be http");
    proxy.port =
        detail::require_port("GENESYSCLOUD_PROXY_PORT", environment("GENESYSCLOUD_PROXY_PORT"));
    proxy.username = environment("GENESYSCLOUD_PROXY_AUTH_USERNAME");
    proxy.password = environment("GENESYSCLOUD_PROXY_AUTH_PASSWORD");
    return configuration;
  }

  const detail::BaseUrl url = detail::parse_base_url("base_url", configuration.base_url);
  for (const char* variable : {"HTTPS_PROXY", "https_proxy"}) {  // curl's order: the latter wins
    const std::string address = environment(variable);
    if (address.empty() || !url.https) continue;
    const std::string excluded = environment("NO_PROXY") + "," + environment("no_proxy");
    if (!detail::excluded_from_proxy(excluded, url.host))
      proxy = detail::parse_proxy(variable, address);
  }
  return configuration;
}

}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/call/exchange.ipp ----------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_CALL_EXCHANGE_IPP)
#define PURECLOUD_TOKENS_DETAIL_CALL_EXCHANGE_IPP

#include <cmath>

// ---- purecloud/detail/longest_time.hpp -----------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_LONGEST_TIME_HPP)
#define PURECLOUD_TOKENS_DETAIL_LONGEST_TIME_HPP

namespace purecloud {
inline namespace v1 {
namespace detail {

/// A year: as good as for ever, and no clock of nanoseconds overflows.
constexpr std::chrono::milliseconds longest_time = std::chrono::hours(24 * 365);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/call/retry_after.hpp -------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_CALL_RETRY_AFTER_HPP)
#define PURECLOUD_TOKENS_DETAIL_CALL_RETRY_AFTER_HPP

namespace purecloud {
inline namespace v1 {
namespace detail {

/// The instant that an HTTP-date names, in any of its three forms (RFC 9110, 5.6.7). Empty when the
/// text is none.
std::optional<std::chrono::system_clock::time_point> parse_http_date(std::string_view text);

/// The delay that `Retry-After` asks for (RFC 9110, 10.2.3), in seconds or as an HTTP-date seen at
/// `now`. Empty when it is unreadable, in the past, or more than 7 days away: no wait that a
/// server can mean.
std::optional<std::chrono::milliseconds> parse_retry_after(
    std::string_view text, std::chrono::system_clock::time_point now);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

/// A header's value; empty without one.
inline std::string_view header(const HttpResponse& response, std::string_view name) {
  const auto found = response.headers.find(name);
  return found == response.headers.end() ? std::string_view() : std::string_view(found->second);
}

PURECLOUD_TOKENS_INLINE std::string_view bearer_of(const HttpRequest& request) {
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

constexpr std::size_t longest_error_body = 1024 * 1024;

/// `text/html, beginning with "<html>"`: a body that is not what was expected.
inline std::string describe_body(const HttpResponse& response) {
  if (response.body.empty()) return "an empty body";
  const std::string_view type = header(response, "Content-Type");
  const std::string_view encoding = header(response, "Content-Encoding");
  std::string text = type.empty() ? "a body without Content-Type" : ascii_line(type, 80);
  if (!encoding.empty()) text += " in the encoding " + ascii_line(encoding, 40);
  return text + ", beginning with \"" + ascii_line(response.body, 80) + "\"";
}

/// What stands after the status in the message of an answer that is an error.
inline std::string describe_status(const HttpResponse& response,
                                   const std::optional<ErrorBody>& body) {
  if (response.status / 100 == 3) {
    std::string_view location = header(response, "Location");
    location = location.substr(0, location.find_first_of("?#"));
    return " redirect to " + (location.empty() ? "nowhere" : ascii_line(location, 200)) +
           ", not followed, because the access token would travel there; check base_url";
  }
  if (body && (body->code || body->message)) {
    std::string text;
    if (body->code) text += " " + one_line(*body->code, 100);
    if (body->message) text += (body->code ? ": " : " ") + one_line(*body->message, 500);
    return text;
  }
  if (response.body.empty()) return " without a body";
  return ", not in the API's own form, but " + describe_body(response);
}

/// A record whose answer may be shown. To redact what was cut short would leave most of a secret.
inline CallRecord redact(CallRecord record, std::string_view secret) {
  for (auto& [name, value] : record.response->headers) value = redact(std::move(value), secret);
  // to look for a secret in a body without bound would outlast the deadline
  std::string& body = record.response->body;
  if (body.size() > longest_error_body) body.resize(longest_error_body);
  body = redact(std::move(body), secret);
  return record;
}

/// Whatever an Error takes from its request and its redacted answer. The message is the caller's.
inline Error error_of(ErrorKind kind, const HttpRequest& request, const CallRecord& record,
                      std::string message) {
  Error error;
  error.kind = kind;
  error.attempts = record.attempts;
  const std::string_view secret = bearer_of(request);
  if (record.response) {
    error.status = record.response->status;
    error.correlation_id = ascii_line(header(*record.response, "ININ-Correlation-Id"), 128);
  }
  if (record.attempts > 1) message += " (after " + std::to_string(record.attempts) + " attempts)";
  error.message = redact(name_of(request) + ": " + std::move(message), secret);
  return error;
}

inline void append_correlation_id(Error& error) {
  if (!error.correlation_id.empty())
    error.message += " (correlation id " + error.correlation_id + ")";
}

PURECLOUD_TOKENS_INLINE Error decode_error(const HttpRequest& request, const CallRecord& record,
                                           const Error& problem) {
  const CallRecord shown = redact(record, bearer_of(request));
  const HttpResponse& response = *shown.response;
  Error error = error_of(ErrorKind::decode, request, shown,
                         std::to_string(response.status) + ", but the body is not what is due: " +
                             problem.message + "; it is " + describe_body(response));
  append_correlation_id(error);
  return error;
}

inline Error status_error(const HttpRequest& request, const CallRecord& record) {
  const CallRecord shown = redact(record, bearer_of(request));
  const HttpResponse& response = *shown.response;
  std::optional<ErrorBody> body;
  if (auto parsed = from_json<ErrorBody>(response.body)) body = *std::move(parsed);

  Error error = error_of(ErrorKind::http_status, request, shown,
                         std::to_string(response.status) + describe_status(response, body));
  if (error.correlation_id.empty() && body && body->context_id)
    error.correlation_id = one_line(*body->context_id, 128);
  append_correlation_id(error);
  error.body = std::move(body);
  return error;
}

PURECLOUD_TOKENS_INLINE Exchange::Exchange(HttpRequest request, Unauthorized unauthorized,
                                           const RetryPolicy& retry, const Timeouts& timeouts,
                                           std::chrono::milliseconds total, Deadline now)
    : request_(std::move(request)),
      unauthorized_(unauthorized),
      retry_(retry),
      timeouts_(timeouts),
      total_((std::min)(total, longest_time)),
      deadline_(now + total_) {}

PURECLOUD_TOKENS_INLINE Exchange::Step Exchange::start(Deadline now) {
  return send_or_give_up(now);
}

PURECLOUD_TOKENS_INLINE Exchange::Step Exchange::waited(Deadline now) {
  return send_or_give_up(now);
}

PURECLOUD_TOKENS_INLINE Exchange::Step Exchange::send_or_give_up(Deadline now) {
  if (now >= deadline_) return give_up(now);
  return {Action::send, (std::min)(deadline_, now + (std::min)(timeouts_.attempt, longest_time))};
}

PURECLOUD_TOKENS_INLINE Exchange::Step Exchange::received(HttpResult result, Moment now,
                                                          double random) {
  ++attempts_;
  last_ = std::move(result);
  delay_.reset();
  if (auto* response = std::get_if<HttpResponse>(&last_)) {
    // A header may carry an encoded line break, which some HTTP libraries decode.
    for (auto& [name, value] : response->headers)
      std::replace_if(value.begin(), value.end(), is_control, ' ');
    // Users log it, straight from the Result.
    const auto id = response->headers.find("ININ-Correlation-Id");
    if (id != response->headers.end())
      id->second = redact(std::move(id->second), bearer_of(request_));
  }
  if (succeeded()) return {Action::done, now.steady};

  delay_ = requested_delay(now);
  if (!may_retry() || attempts_ >= retry_.max_attempts) return give_up(now.steady);
  if (!delay_) {
    const double doubled =
        std::ldexp(static_cast<double>(retry_.base_delay.count()), (std::min)(attempts_ - 1, 60));
    const auto max_delay = (std::min)(retry_.max_delay, longest_time);
    const double bound = (std::min)(doubled, static_cast<double>(max_delay.count()));
    delay_ = std::chrono::milliseconds(static_cast<std::chrono::milliseconds::rep>(bound * random));
  }
  if (*delay_ >= deadline_ - now.steady) return give_up(now.steady);
  return {Action::wait, now.steady + *delay_};
}

PURECLOUD_TOKENS_INLINE bool Exchange::succeeded() const {
  const auto* response = std::get_if<HttpResponse>(&last_);
  if (!response) return false;
  if (response->status / 100 == 2) return true;
  if (response->status != 401) return false;
  return unauthorized_ == Unauthorized::is_answer ||
         (unauthorized_ == Unauthorized::is_success_of_retry && attempts_ > 1);
}

PURECLOUD_TOKENS_INLINE bool Exchange::may_retry() const {
  if (const auto* failure = std::get_if<HttpFailure>(&last_))
    return failure->kind == ErrorKind::connection || failure->kind == ErrorKind::timeout;
  switch (std::get<HttpResponse>(last_).status) {
    case 429:
    case 502:
    case 503:
    case 504: return true;
    default: return false;
  }
}

PURECLOUD_TOKENS_INLINE std::optional<std::chrono::milliseconds> Exchange::requested_delay(
    Moment now) const {
  const auto* response = std::get_if<HttpResponse>(&last_);
  if (!response) return std::nullopt;
  // A date is measured against the server's own clock where it says it: ours may be wrong.
  const auto date = parse_http_date(header(*response, "Date"));
  return parse_retry_after(header(*response, "Retry-After"), date.value_or(now.utc));
}

PURECLOUD_TOKENS_INLINE Exchange::Step Exchange::give_up(Deadline now) {
  CallRecord record;
  record.attempts = attempts_;
  const auto* failure = std::get_if<HttpFailure>(&last_);
  if (attempts_ == 0 || (failure && failure->kind == ErrorKind::timeout && now >= deadline_)) {
    error_ = error_of(
        ErrorKind::timeout, request_, record,
        "no answer within the call's deadline of " + std::to_string(total_.count()) + " ms");
  } else if (failure) {
    error_ = error_of(failure->kind, request_, record,
                      one_line(redact(failure->message, bearer_of(request_)), 500));
  } else {
    record.response = std::get<HttpResponse>(std::move(last_));
    error_ = status_error(request_, record);
    last_ = *std::move(record.response);
  }
  if (delay_) error_->retry_after = std::chrono::ceil<std::chrono::seconds>(*delay_);
  return {Action::done, now};
}

PURECLOUD_TOKENS_INLINE Outcome Exchange::outcome() && {
  Outcome outcome;
  outcome.error = std::move(error_);
  outcome.record.attempts = attempts_;
  if (auto* response = std::get_if<HttpResponse>(&last_); response && attempts_ > 0)
    outcome.record.response = std::move(*response);
  return outcome;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/call/request.ipp -----------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_CALL_REQUEST_IPP)
#define PURECLOUD_TOKENS_DETAIL_CALL_REQUEST_IPP

#include <array>
#include <exception>
#include <random>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// What is wrong with a token that goes into a header; empty when nothing is.
inline std::string token_problem(std::string_view token) {
  if (token.find(' ') != std::string_view::npos)
    return "access_token: holds a space; pass the token alone, without `Bearer`";
  const bool visible =
      std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < 0x7f; });
  if (!visible)
    return "access_token: holds a line break, a control or a non-ASCII character; pass the token "
           "alone";
  return {};
}

/// What is wrong with headers that the user adds; empty when nothing is.
inline std::string headers_problem(const std::string& member, const HttpHeaders& headers,
                                   std::string_view secret) {
  static constexpr std::array<std::string_view, 6> ours = {
      "Authorization", "Connection", "Content-Length", "Expect", "Host", "Transfer-Encoding"};
  const auto is_ours = [](std::string_view name) {
    const auto same = [&](std::string_view our) { return lower_case(our) == lower_case(name); };
    return std::any_of(ours.begin(), ours.end(), same);
  };
  for (const auto& [name, value] : headers) {
    // Shown only when it is a name: it may be a whole line, `Authorization: Bearer …`.
    if (!is_header_name(name))
      return member + ": holds a name that is not one of a header; use letters, digits and '-'";
    const std::string which = member + ": " + one_line(redact(name, secret), 60);
    if (is_ours(name)) return which + " is set by this library; leave it out";
    if (!is_header_value(value))
      return which + " has a value with a line break or another control character; remove it";
  }
  return {};
}

PURECLOUD_TOKENS_INLINE ClientSettings make_settings(Configuration configuration) {
  const auto require = [](bool fits, const char* problem) {
    if (!fits) throw ApiException(invalid_argument(problem));
  };
  const auto require_none = [](std::string problem) {
    if (!problem.empty()) throw ApiException(invalid_argument(std::move(problem)));
  };
  const auto positive = [](std::chrono::milliseconds time) { return time.count() > 0; };

  const BaseUrl url = parse_base_url("base_url", configuration.base_url);
  require(url.https || configuration.allow_plain_http || is_loopback(url.host),
          "base_url: plain http would send the token unencrypted to another machine; write "
          "https:// instead, or set allow_plain_http");

  require_none(token_problem(configuration.access_token.reveal()));
  require_none(headers_problem("default_headers", configuration.default_headers,
                               configuration.access_token.reveal()));
  require(is_header_value(configuration.user_agent_suffix),
          "user_agent_suffix: holds a line break or another control character; remove it");

  require(positive(configuration.timeouts.connect), "timeouts.connect: must be greater than zero");
  require(positive(configuration.timeouts.attempt), "timeouts.attempt: must be greater than zero");
  require(positive(configuration.timeouts.total), "timeouts.total: must be greater than zero");
  require(configuration.retry.max_attempts >= 1,
          "retry.max_attempts: must be at least 1, which means no retry");
  require(configuration.retry.base_delay.count() >= 0, "retry.base_delay: must not be negative");
  require(configuration.retry.max_delay.count() >= 0, "retry.max_delay: must not be negative");
  require(configuration.max_response_bytes > 0, "max_response_bytes: must be greater than zero");
  require(positive(configuration.pool.idle_for), "pool.idle_for: must be greater than zero");

  const TlsOptions& tls = configuration.tls;
  require(tls.client_certificate.empty() == tls.client_key.empty(),
          tls.client_key.empty()
              ? "tls.client_key: is empty; set it to the certificate's key file"
              : "tls.client_certificate: is empty; set it to the key's certificate file");
  const ProxyOptions& proxy = configuration.proxy;
  require(std::all_of(proxy.host.begin(), proxy.host.end(),
                      [](char c) { return c > ' ' && c < 0x7f && c != '/' && c != '@'; }),
          "proxy.host: must be a host name or an IP address, without a scheme or a port");
  require(proxy.host.empty() || (proxy.port >= 1 && proxy.port <= 65535),
          "proxy.port: must be 1 to 65535");
  require(is_header_value(proxy.username) && is_header_value(proxy.password),
          "proxy.username, proxy.password: hold a line break or another control character");

  ClientSettings settings;
  settings.base_path = url.path;
  settings.headers = {{"Accept", "application/json"},
                      {"User-Agent", "purecloud-tokens/" PURECLOUD_TOKENS_VERSION}};
  if (!configuration.user_agent_suffix.empty())
    settings.headers["User-Agent"] += " " + configuration.user_agent_suffix;
  for (const auto& [name, value] : configuration.default_headers) settings.headers[name] = value;
  configuration.access_token = {};
  settings.configuration = std::move(configuration);
  return settings;
}

/// Why an id cannot be the last segment of `/api/v2/tokens/{userId}`; empty when it can.
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

PURECLOUD_TOKENS_INLINE std::variant<HttpRequest, Error> make_request(
    const ClientSettings& settings, const AccessToken& token, Call call,
    const CallOptions& options) {
  const std::string_view secret = token.reveal();
  const auto refuse = [&](const std::string& problem) {
    std::string message(call.method);
    message += " " + call.target + (call.user_id ? "{userId}" : "") + ": " + problem;
    return invalid_argument(redact(std::move(message), secret));
  };

  if (token.empty())
    return refuse(
        "access_token: is empty; set Configuration::access_token, or "
        "GENESYSCLOUD_ACCESS_TOKEN for from_environment()");
  if (const auto problem = token_problem(secret); !problem.empty()) return refuse(problem);
  if (const auto problem = headers_problem("headers", options.headers, secret); !problem.empty())
    return refuse(problem);
  if (options.deadline && options.deadline->count() <= 0)
    return refuse("deadline: must be greater than zero");
  if (call.user_id) {
    if (const auto problem = user_id_problem(*call.user_id); !problem.empty())
      return refuse("user_id: " + problem + "; pass the id of a user");
    call.target += percent_encode(*call.user_id);
  }

  HttpRequest request;
  request.method = call.method;
  request.target =
      settings.base_path.empty() ? std::move(call.target) : settings.base_path + call.target;
  request.headers = settings.headers;
  std::string& authorization = request.headers["Authorization"];
  authorization.reserve(7 + secret.size());
  authorization.append("Bearer ").append(secret);
  if (!call.body.empty()) request.headers["Content-Type"] = "application/json";
  for (const auto& [name, value] : options.headers) request.headers[name] = value;
  request.body = std::move(call.body);
  return request;
}

PURECLOUD_TOKENS_INLINE double random_fraction() {
  thread_local std::minstd_rand generator{std::random_device{}()};
  return std::uniform_real_distribution<double>(0.0, 1.0)(generator);
}

PURECLOUD_TOKENS_INLINE Moment current_moment() {
  return {std::chrono::steady_clock::now(), std::chrono::system_clock::now()};
}

PURECLOUD_TOKENS_INLINE void sleep_until(Deadline until) { std::this_thread::sleep_until(until); }

PURECLOUD_TOKENS_INLINE void notify(const ClientSettings& settings, const Exchange& exchange,
                                    const HttpResult& result, std::chrono::nanoseconds duration) {
  const HttpRequest& request = exchange.request();
  const std::string_view secret = bearer_of(request);
  AttemptEvent event;
  event.method = request.method;
  event.path = redact(request.target.substr(0, request.target.find('?')), secret);
  event.attempt = exchange.attempts() + 1;
  event.duration = duration;
  if (const auto* response = std::get_if<HttpResponse>(&result)) {
    event.status = response->status;
    event.bytes = response->body.size();
    const auto id = response->headers.find("ININ-Correlation-Id");
    if (id != response->headers.end())
      event.correlation_id = ascii_line(redact(id->second, secret), 128);
  } else {
    event.error = std::get<HttpFailure>(result).kind;
  }
  try {
    settings.configuration.observer(event);
  } catch (...) {
    // an observer must not change what the call returns
  }
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/call/retry_after.ipp -------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_CALL_RETRY_AFTER_IPP)
#define PURECLOUD_TOKENS_DETAIL_CALL_RETRY_AFTER_IPP

#include <cstdint>

// ---- purecloud/detail/text/calendar.hpp ----------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_TEXT_CALENDAR_HPP)
#define PURECLOUD_TOKENS_DETAIL_TEXT_CALENDAR_HPP

namespace purecloud {
inline namespace v1 {
namespace detail {

/// A second of the proleptic Gregorian calendar, years 0 to 9999.
struct UtcTime {
  int year = 0;
  int month = 0;  ///< 1 to 12
  int day = 0;    ///< 1 to 31
  int hour = 0;
  int minute = 0;
  int second = 0;
};

/// Empty when a field is out of range or the month has no such day.
std::optional<std::int64_t> seconds_since_epoch(const UtcTime& utc);

/// Empty for a year outside 0 to 9999.
std::optional<UtcTime> utc_time(std::int64_t seconds_since_epoch);

/// Reads text of a fixed form from the left. The first thing that does not fit is remembered, so
/// that a caller asks once, at the end.
class DigitReader {
 public:
  explicit DigitReader(std::string_view text) : rest_(text) {}

  /// Exactly `digits` digits.
  int number(std::size_t digits);
  /// One digit or more; those after the third are cut.
  int fraction_in_thousandths();
  void literal(char c);
  void literal(std::string_view text);
  /// Letters up to the next character that is none.
  std::string_view word();
  char next() const { return rest_.empty() ? '\0' : rest_.front(); }

  /// Whether everything was read and everything fitted.
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
  // a leap second is legal here; as in POSIX time, it is the next day's first
  const bool leap_second = utc.hour == 23 && utc.minute == 59 && utc.second == 60;
  if (leap_second) utc.second = 59;
  const auto seconds = seconds_since_epoch(utc);
  if (!read.complete() || !seconds) return std::nullopt;
  // system_clock counts nanoseconds in 64 bits here and there: years 1678 to 2262
  if (utc.year < 1700 || utc.year > 2200) return std::nullopt;
  return std::chrono::system_clock::time_point(
      std::chrono::seconds(*seconds + (leap_second ? 1 : 0)));
}

PURECLOUD_TOKENS_INLINE std::optional<std::chrono::milliseconds> parse_retry_after(
    std::string_view text, std::chrono::system_clock::time_point now) {
  constexpr std::chrono::milliseconds longest = std::chrono::hours(7 * 24);
  std::chrono::milliseconds delay{-1};
  if (const auto date = parse_http_date(text)) {
    // in milliseconds, because nanoseconds overflow beyond 292 years
    using std::chrono::floor, std::chrono::milliseconds;
    delay = floor<milliseconds>(*date) - floor<milliseconds>(now);
  } else if (!text.empty() && text.size() <= 9 &&
             text.find_first_not_of("0123456789") == std::string_view::npos) {
    DigitReader read(text);
    delay = std::chrono::seconds(read.number(text.size()));
  }
  if (delay.count() < 0 || delay > longest) return std::nullopt;
  return delay;
}

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
  // year 0 begins in January, a march year before: shift by a cycle to stay positive
  const std::int64_t shifted = march_year + 400;
  return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + (153 * march_month + 2) / 5 +
         day - 1 - days_in_400_years;
}

PURECLOUD_TOKENS_INLINE std::optional<std::int64_t> seconds_since_epoch(const UtcTime& utc) {
  constexpr int days_in_month[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (utc.year % 4 == 0 && utc.year % 100 != 0) || utc.year % 400 == 0;
  const auto within = [](int value, int low, int high) { return value >= low && value <= high; };
  if (!within(utc.year, 0, 9999) || !within(utc.month, 1, 12) || !within(utc.hour, 0, 23) ||
      !within(utc.minute, 0, 59) || !within(utc.second, 0, 59))
    return std::nullopt;
  const int days = days_in_month[utc.month - 1] + (leap && utc.month == 2 ? 1 : 0);
  if (!within(utc.day, 1, days)) return std::nullopt;
  const auto day = days_since_march_of_year_0(utc.year, utc.month, utc.day) - days_before_epoch;
  return ((day * 24 + utc.hour) * 60 + utc.minute) * 60 + utc.second;
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

// ---- purecloud/detail/text/text.ipp --------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_TEXT_TEXT_IPP)
#define PURECLOUD_TOKENS_DETAIL_TEXT_TEXT_IPP

namespace purecloud {
inline namespace v1 {
namespace detail {

PURECLOUD_TOKENS_INLINE std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
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

/// How many bytes at the beginning of `text` break a line or steer a terminal: a C0 or C1 control,
/// U+2028 or U+2029. 0 when they do not.
inline std::size_t control_size(std::string_view text) {
  if (is_control(text[0])) return 1;
  if (text[0] == '\xc2' && text.size() > 1 && static_cast<unsigned char>(text[1]) < 0xa0) return 2;
  text = text.substr(0, 3);
  return text == "\xe2\x80\xa8" || text == "\xe2\x80\xa9" ? 3 : 0;
}

PURECLOUD_TOKENS_INLINE std::string one_line(std::string_view text, std::size_t limit) {
  std::size_t size = (std::min)(text.size(), limit);
  // do not cut a UTF-8 sequence in two: its later bytes are 10xxxxxx
  while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80)
    --size;
  std::string line(text.substr(0, size));
  for (std::size_t at = 0; at < line.size(); ++at)
    std::fill_n(line.begin() + static_cast<std::ptrdiff_t>(at),
                control_size(std::string_view(line).substr(at)), ' ');
  if (size < text.size()) line += "…";
  return line;
}

PURECLOUD_TOKENS_INLINE std::string ascii_line(std::string_view text, std::size_t limit) {
  std::string ascii(text.substr(0, limit + 1));
  std::replace_if(
      ascii.begin(), ascii.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; },
      '?');
  return one_line(ascii, limit);
}

/// How many bytes at the beginning of `text` spell `c`: as itself, as `%2B`, or as JSON's `\u002B`
/// or `\+`. 0 when they do not.
inline std::size_t spelled_size(std::string_view text, char c) {
  static constexpr char hex[] = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  const char code[] = {hex[byte >> 4], hex[byte & 15]};
  const auto spells = [&](std::string_view prefix) {
    return text.substr(0, prefix.size()) == prefix &&
           lower_case(text.substr(prefix.size(), 2)) == std::string_view(code, 2);
  };
  if (spells("%")) return 3;
  if (spells("\\u00")) return 6;
  if (text.size() > 1 && text[0] == '\\' && text[1] == c) return 2;
  return !text.empty() && text[0] == c ? 1 : 0;
}

/// The same for a whole word.
inline std::size_t spelled_size(std::string_view text, std::string_view word) {
  std::size_t size = 0;
  for (const char c : word) {
    const std::size_t step = spelled_size(text.substr(size), c);
    if (step == 0) return 0;
    size += step;
  }
  return size;
}

/// The part of a base64 text that the secret alone decides, where `before` bytes stand before it,
/// modulo 3.
inline std::string base64_core(std::string_view secret, std::size_t before,
                               std::string_view last_two) {
  static constexpr std::string_view first_62 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  const auto byte = [&](std::size_t at) {
    return at < secret.size() ? static_cast<unsigned char>(secret[at]) : 0u;
  };
  std::string core;
  for (std::size_t bit = before * 4 % 6; bit + 6 <= secret.size() * 8; bit += 6) {
    const unsigned two_bytes = byte(bit / 8) << 8 | byte(bit / 8 + 1);
    const unsigned digit = two_bytes >> (10 - bit % 8) & 63;
    core += digit < 62 ? first_62[digit] : last_two[digit - 62];
  }
  return core;
}

PURECLOUD_TOKENS_INLINE std::string redact(std::string text, std::string_view secret) {
  // no form of it is shorter than the secret
  if (secret.size() < 6 || text.size() < secret.size()) return text;
  std::vector<std::string> forms{std::string(secret)};
  for (const std::string_view last_two : {"+/", "-_"})
    for (std::size_t before = 0; before < 3; ++before)
      forms.push_back(base64_core(secret, before, last_two));
  const auto secret_size = [&](std::string_view rest) {
    // first as it is: in `\\` or `%25`, spelled_size sees one character
    if (rest.substr(0, secret.size()) == secret) return secret.size();
    for (const std::string& form : forms)
      if (const std::size_t size = spelled_size(rest, form)) return size;
    return std::size_t{0};
  };
  constexpr std::string_view marker = "<access token>";
  std::string redacted;
  redacted.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = std::string_view(text).substr(at);
    const bool was_redacted = rest.substr(0, marker.size()) == marker;
    if (const std::size_t size = was_redacted ? marker.size() : secret_size(rest)) {
      redacted += marker;
      at += size;
    } else {
      redacted += text[at++];
    }
  }
  return redacted;
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

#if defined(_WIN32)
#include <winsock2.h>
#include <ws2tcpip.h>
#else
#include <arpa/inet.h>
#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

PURECLOUD_TOKENS_INLINE bool is_ip_address(const std::string& host) {
  unsigned char address[16];
  return inet_pton(AF_INET, host.c_str(), address) == 1 ||
         inet_pton(AF_INET6, host.c_str(), address) == 1;
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

PURECLOUD_TOKENS_INLINE BaseUrl parse_base_url(const std::string& what, std::string_view text) {
  const auto require = [&](bool fits, const char* problem) {
    if (!fits) refuse(what, std::string(problem) + "; write it like https://api.mypurecloud.com");
  };
  BaseUrl url;
  require(!text.empty(), "is empty");
  const auto is_odd = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= ' ' || byte >= 0x7f || c == '\\';
  };
  require(std::none_of(text.begin(), text.end(), is_odd),
          "holds a space, a backslash, a control or a non-ASCII character");

  const auto scheme_end = text.find("://");
  require(scheme_end != std::string_view::npos, "has no scheme");
  const std::string scheme = lower_case(text.substr(0, scheme_end));
  require(scheme == "https" || scheme == "http", "has a scheme that is neither https nor http");
  url.https = scheme == "https";
  text.remove_prefix(scheme_end + 3);

  require(text.find('?') == std::string_view::npos, "has a query: leave out '?' and what follows");
  require(text.find('#') == std::string_view::npos,
          "has a fragment: leave out '#' and what follows");
  const auto authority_end = (std::min)(text.find('/'), text.size());
  std::string_view authority = text.substr(0, authority_end);
  std::string_view path = text.substr(authority_end);
  require(authority.find('@') == std::string_view::npos,
          "holds a user name or password: leave out '@' and what stands before it");

  const bool ipv6 = !authority.empty() && authority.front() == '[';
  const auto host_end =
      ipv6 ? authority.find(']') : (std::min)(authority.find(':'), authority.size());
  require(host_end != std::string_view::npos, "has '[' without ']'");
  url.host = lower_case(authority.substr(ipv6 ? 1 : 0, host_end - (ipv6 ? 1 : 0)));
  const std::string_view rest = authority.substr(host_end + (ipv6 ? 1 : 0));
  const std::string_view allowed =
      ipv6 ? "0123456789abcdef:." : "0123456789abcdefghijklmnopqrstuvwxyz-._";
  require(!url.host.empty(), "has no host");
  require(url.host.find_first_not_of(allowed) == std::string::npos &&
              (!ipv6 || is_ip_address(url.host)),
          "has a host that is neither a name nor an IP address");

  url.port = url.https ? 443 : 80;
  if (!rest.empty()) {
    const auto port = rest.front() == ':' ? parse_port(rest.substr(1)) : std::nullopt;
    require(port.has_value(), "has a port that is not 1 to 65535");
    url.port = *port;
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

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/json.ipp --------------------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_JSON_IPP)
#define PURECLOUD_TOKENS_JSON_IPP

#if defined(__has_include) && !defined(PURECLOUD_TOKENS_BUNDLE)
#if !__has_include(<nlohmann/json.hpp>)
#error \
    "purecloud-tokens needs nlohmann/json: install nlohmann-json3-dev (Debian), json-devel (Fedora) or nlohmann-json (Homebrew), or put its folder on the include path"
#endif
#endif
#include <nlohmann/json.hpp>

// ---- purecloud/detail/instantiations.hpp ---------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_INSTANTIATIONS_HPP)
#define PURECLOUD_TOKENS_DETAIL_INSTANTIATIONS_HPP

// The templates that a separate build instantiates once, in the file that has the bodies: each of
// these lists takes a macro of one argument.

/// Every model: to_json and from_json are instantiated for it.
#define PURECLOUD_TOKENS_EACH_MODEL(Use)                                                  \
  Use(Entity) Use(NamedEntity) Use(DomainEntityRef) Use(RoleDivision) Use(OrgOAuthClient) \
      Use(TokenInfoClonedUser) Use(TokenInfo) Use(InactivityTimeoutGroupBundle)           \
          Use(IdleTokenTimeout) Use(Detail) Use(Limit) Use(ErrorBody)

/// Whatever an operation returns: the drivers are instantiated for it.
#define PURECLOUD_TOKENS_EACH_RESULT(Use) Use(TokenInfo) Use(IdleTokenTimeout) Use(bool) Use(void)

#endif

// ---- purecloud/detail/json/decoder.hpp -----------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_JSON_DECODER_HPP)
#define PURECLOUD_TOKENS_DETAIL_JSON_DECODER_HPP

#include <limits>

// ---- purecloud/detail/json/type.hpp --------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_JSON_TYPE_HPP)
#define PURECLOUD_TOKENS_DETAIL_JSON_TYPE_HPP

namespace purecloud {
inline namespace v1 {
namespace detail {

/// One step of a JSON pointer: a member's name, or, where that is null, an element's index.
struct JsonStep {
  std::string_view name;
  std::size_t index;
};

/// Writes the step as RFC 6901 does.
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

struct JsonType;

/// Where a value of a document goes, and the step that leads to it.
struct JsonSlot {
  void* to;
  const JsonType* type;
  JsonStep step;
};

/// How values become objects of one C++ type, so that the decoder need not be compiled for each:
/// `to` points to such an object, and what the type does not take is null.
struct JsonType {
  const char* mismatch;                                             ///< said of all other values
  bool (*string)(void* to, const std::string& value) = nullptr;     ///< false: a mismatch
  bool (*integer)(void* to, std::int64_t value) = nullptr;          ///< false: out of range
  void (*boolean)(void* to, bool value) = nullptr;                  ///< never fails
  JsonSlot (*element)(void* to) = nullptr;                          ///< a new one of an array
  JsonSlot (*member)(void* to, const std::string& name) = nullptr;  ///< of an object, made absent
  /// Where `to` is a std::optional: gives it a new value, for which the rest of the table is.
  void* (*emplace)(void* to) = nullptr;
  bool any = false;  ///< takes every value, as its text: `to` is a std::string
};

template <class T>
struct JsonTag {};

/// Every type has an overload of json_type_of; this is what it returns.
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

/// JSON itself, as text in a std::string.
struct JsonText {};

constexpr JsonType json_type_of(JsonTag<JsonText>) {
  JsonType type{""};
  type.any = true;
  return type;
}

inline JsonSlot unknown_member(AdditionalProperties& properties, const std::string& name) {
  auto& [key, text] = *properties.try_emplace(name).first;
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
    return slot.to ? slot : unknown_member(model.additional_properties, name);
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

constexpr std::size_t json_depth_limit = 100;

/// Builds a document from the events of a parser.
class JsonBuilder {
 public:
  using Json = nlohmann::json;

  /// The arrays and objects that have not ended.
  std::size_t depth() const { return open_.size(); }
  /// What was built, once the depth is 0 again.
  Json& document() { return document_; }

  void key(const std::string& name) { key_ = name; }
  void begin(Json::value_t kind) { open_.push_back(&add(kind)); }
  void end() { open_.pop_back(); }

  Json& add(Json value) {
    if (open_.empty()) return document_ = std::move(value);
    Json& parent = *open_.back();
    if (!parent.is_array()) return parent[key_] = std::move(value);
    parent.push_back(std::move(value));
    return parent.back();
  }

 private:
  Json document_;
  std::vector<Json*> open_;
  std::string key_;
};

/// Takes the events of nlohmann::json's SAX parser (the functions have the names that it asks for),
/// and fills what `root` points to. They return false, with error() set, at the first value that
/// does not fit.
class JsonDecoder {
 public:
  using Json = nlohmann::json;

  explicit JsonDecoder(JsonSlot root) : next_(root) {}

  const std::string& error() const { return error_; }

  bool null() {
    const JsonType& type = next_type();
    if (type.any) return keep(nullptr);
    return type.emplace || mismatch();  // the same as absent
  }

  bool boolean(bool value) {
    const JsonType& type = next_type();
    if (type.any) return keep(value);
    if (!type.boolean) return mismatch();
    type.boolean(next_object(), value);
    return true;
  }

  bool number_integer(Json::number_integer_t value) {
    const JsonType& type = next_type();
    if (type.any) return keep(value);
    if (!type.integer) return mismatch();
    return type.integer(next_object(), value) || fail("an integer out of range");
  }

  bool number_unsigned(Json::number_unsigned_t value) {
    const JsonType& type = next_type();
    if (type.any) return keep(value);
    if (!type.integer) return mismatch();
    constexpr auto greatest = (std::numeric_limits<std::int64_t>::max)();
    return (value <= std::uint64_t{greatest} &&
            type.integer(next_object(), static_cast<std::int64_t>(value))) ||
           fail("an integer out of range");
  }

  bool number_float(Json::number_float_t value, const std::string&) {
    return next_type().any ? keep(value) : mismatch();
  }

  bool string(const std::string& value) {
    const JsonType& type = next_type();
    if (type.any) return keep(value);
    return (type.string && type.string(next_object(), value)) || mismatch();
  }

  /// Not in a text, but in a document.
  bool binary(const Json::binary_t& value) { return next_type().any ? keep(value) : mismatch(); }

  bool start_object(std::size_t) {
    const JsonType& type = next_type();
    return begin(Json::value_t::object, type.member != nullptr);
  }
  bool start_array(std::size_t) {
    const JsonType& type = next_type();
    return begin(Json::value_t::array, type.element != nullptr);
  }
  bool end_object() { return end(); }
  bool end_array() { return end(); }

  bool key(const std::string& name) {
    if (kept_.depth() > 0)
      kept_.key(name);
    else
      next_ = open_[depth_ - 1].type->member(open_[depth_ - 1].to, name);
    return true;
  }

  bool parse_error(std::size_t byte, const std::string&, const Json::exception& problem) {
    constexpr int number_overflow = 406;
    error_ = problem.id == number_overflow ? "a number out of range"
                                           : "not JSON (at byte " + std::to_string(byte) + ")";
    return false;
  }

 private:
  /// Of the value that begins.
  const JsonType& next_type() {
    if (depth_ > 0 && open_[depth_ - 1].type->element)
      next_ = open_[depth_ - 1].type->element(open_[depth_ - 1].to);
    return *next_.type;
  }

  void* next_object() { return next_.type->emplace ? next_.type->emplace(next_.to) : next_.to; }

  bool begin(Json::value_t kind, bool fits) {
    if (!next_.type->any && !fits) return mismatch();
    if (depth_ + kept_.depth() == json_depth_limit) {
      error_ = "nested deeper than 100 levels";
      return false;
    }
    if (next_.type->any)
      kept_.begin(kind);
    else
      open_[depth_++] = {next_object(), next_.type, next_.step};
    return true;
  }

  bool end() {
    if (kept_.depth() == 0) {
      --depth_;
    } else {
      kept_.end();
      write_kept();
    }
    return true;
  }

  bool keep(Json value) {
    kept_.add(std::move(value));
    write_kept();
    return true;
  }

  void write_kept() {
    if (kept_.depth() == 0) *static_cast<std::string*>(next_.to) = kept_.document().dump();
  }

  bool mismatch() { return fail(next_.type->mismatch); }

  bool fail(const char* problem) {
    std::string pointer;
    for (std::size_t i = 1; i < depth_; ++i) append_step(pointer, open_[i].step);
    if (depth_ > 0) append_step(pointer, next_.step);
    error_ = pointer.empty() ? problem : one_line(pointer, 200) + ": " + problem;
    return false;
  }

  JsonSlot next_;                    ///< of the value that comes, or has just come
  JsonSlot open_[json_depth_limit];  ///< the arrays and objects that have not ended, root first
  std::size_t depth_ = 0;            ///< how many they are
  JsonBuilder kept_;                 ///< an unknown member
  std::string error_;
};

/// Fills `root` from a text. Returns what is wrong with it, or nothing.
PURECLOUD_TOKENS_INLINE std::string decode_json(std::string_view text, JsonSlot root) {
  // nlohmann::json takes a NUL for the end of the text, and would not read what follows
  if (text.find('\0') != std::string_view::npos) return "not JSON (it holds a NUL)";
  JsonDecoder decoder(root);
  // As nlohmann::json::sax_parse, which would instantiate the readers of five binary formats too.
  auto input = nlohmann::detail::input_adapter(text);
  nlohmann::detail::parser<nlohmann::json, decltype(input)>(std::move(input)).sax_parse(&decoder);
  return decoder.error();
}

/// The events of a document.
template <class Json>
bool replay(const Json& value, JsonDecoder& to) {
  switch (value.type()) {
    case Json::value_t::boolean: return to.boolean(value.template get<bool>());
    case Json::value_t::number_integer:
      return to.number_integer(value.template get<std::int64_t>());
    case Json::value_t::number_unsigned:
      return to.number_unsigned(value.template get<std::uint64_t>());
    case Json::value_t::number_float: return to.number_float(value.template get<double>(), {});
    case Json::value_t::string: return to.string(value.template get_ref<const std::string&>());
    case Json::value_t::binary: return to.binary(value.get_binary());
    case Json::value_t::array:
      if (!to.start_array(value.size())) return false;
      for (const Json& element : value)
        if (!replay(element, to)) return false;
      return to.end_array();
    case Json::value_t::object:
      if (!to.start_object(value.size())) return false;
      for (const auto& [name, member] : value.template get_ref<const typename Json::object_t&>())
        if (!to.key(name) || !replay(member, to)) return false;
      return to.end_object();
    default: return to.null();
  }
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/json/encoder.hpp -----------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_JSON_ENCODER_HPP)
#define PURECLOUD_TOKENS_DETAIL_JSON_ENCODER_HPP

namespace purecloud {
inline namespace v1 {
namespace detail {

/// A place in a document: the steps from the root, as a list on the stack, so that it costs nothing
/// until an error spells it out.
struct JsonPlace {
  const JsonPlace* parent = nullptr;
  JsonStep step = {};
};

/// As a JSON pointer (RFC 6901).
PURECLOUD_TOKENS_INLINE std::string to_pointer(const JsonPlace& place) {
  if (!place.parent) return {};
  std::string pointer = to_pointer(*place.parent);
  append_step(pointer, place.step);
  return pointer;
}

/// Writes values as JSON text. Throws ApiException where one has no place in JSON.
class JsonEncoder {
 public:
  /// What was written.
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
  /// A value whose type only `write` knows, so that objects need not be compiled for each.
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

  /// False when the text is not UTF-8.
  bool quote(std::string_view text) {
    const auto is_plain = [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; };
    if (std::all_of(text.begin(), text.end(), is_plain)) {
      text_ += '"';
      text_ += text;
      text_ += '"';
      return true;
    }
    try {
      text_ += nlohmann::json(text).dump();
    } catch (const nlohmann::json::type_error&) {
      return false;
    }
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
namespace detail {

inline Error json_error(std::string message) {
  Error error;
  error.kind = ErrorKind::decode;
  error.message = std::move(message);
  return error;
}

}  // namespace detail

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
  if (!problem.empty()) return detail::json_error(std::move(problem));
  return model;
}

/// For nlohmann::json, which finds these by the model's namespace: `nlohmann::json j = info;` and
/// `j.get<purecloud::TokenInfo>()`. They throw ApiException as the functions above, and are there
/// where the bodies are.
template <class Model, std::enable_if_t<detail::IsModel<Model>::value, int> = 0>
void to_json(nlohmann::json& to, const Model& model) {
  to = nlohmann::json::parse(to_json(model));
}

template <class Model, std::enable_if_t<detail::IsModel<Model>::value, int> = 0>
void from_json(const nlohmann::json& from, Model& model) {
  Model decoded;
  detail::JsonDecoder decoder({&decoded, &detail::json_type<Model>, {}});
  try {
    if (!detail::replay(from, decoder)) throw ApiException(detail::json_error(decoder.error()));
  } catch (const nlohmann::json::type_error&) {  // of an unknown member, as text
    throw ApiException(detail::json_error("text that is not UTF-8"));
  }
  model = std::move(decoded);
}

#if defined(PURECLOUD_TOKENS_SEPARATE)
#define PURECLOUD_TOKENS_INSTANTIATE(Model)               \
  template std::string to_json<Model>(const Model& model); \
  template Result<Model> from_json<Model>(std::string_view text);
PURECLOUD_TOKENS_EACH_MODEL(PURECLOUD_TOKENS_INSTANTIATE)
#undef PURECLOUD_TOKENS_INSTANTIATE
#endif

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
  const std::string lower = detail::lower_case(text);
  std::string name = lower;
  std::replace(name.begin(), name.end(), '-', '_');

  std::string_view host = lower;
  const auto strip_prefix = [&](std::string_view prefix) {
    const bool found = host.substr(0, prefix.size()) == prefix;
    if (found) host.remove_prefix(prefix.size());
    return found;
  };
  if (strip_prefix("https://") && !host.empty() && host.back() == '/') host.remove_suffix(1);
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
  detail::UtcTime utc;
  utc.year = read.number(4);
  read.literal('-');
  utc.month = read.number(2);
  read.literal('-');
  utc.day = read.number(2);
  read.literal('T');
  utc.hour = read.number(2);
  read.literal(':');
  utc.minute = read.number(2);
  read.literal(':');
  utc.second = read.number(2);
  int milliseconds = 0;
  if (read.next() == '.') {
    read.literal('.');
    milliseconds = read.fraction_in_thousandths();
  }
  read.literal('Z');
  const auto seconds = detail::seconds_since_epoch(utc);
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

// ---- purecloud/backend/httplib.ipp ---------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_BACKEND_HTTPLIB_IPP)
#define PURECLOUD_TOKENS_BACKEND_HTTPLIB_IPP

// ---- purecloud/detail/httplib/request_writer.hpp -------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_HTTPLIB_REQUEST_WRITER_HPP)
#define PURECLOUD_TOKENS_DETAIL_HTTPLIB_REQUEST_WRITER_HPP

// ---- purecloud/detail/httplib/compat.hpp ---------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_HTTPLIB_COMPAT_HPP)
#define PURECLOUD_TOKENS_DETAIL_HTTPLIB_COMPAT_HPP

// Everything that differs from one cpp-httplib to the next, 0.11.4 to 0.53.1. Members are detected,
// not versions: CPPHTTPLIB_VERSION_NUM is a string.

#if defined(PURECLOUD_TOKENS_BUNDLE)  // which holds a httplib.h, under a name of its own
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

// The classes of upstream's single-file httplib.h have another layout with
// CPPHTTPLIB_OPENSSL_SUPPORT than without. A program whose files disagree about it corrupts its
// memory, and no tool says so. So we take a copy under a name of our own, without TLS, which we do
// not need; the user's is untouched. A split httplib.h, as Debian's, has its functions in a
// library, under their own name and with OpenSSL. We know it by the lack of USE_IF2IP, which the
// bodies leave behind (but on Windows).
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
#if defined(CPPHTTPLIB_HTTPLIB_H) && !defined(CPPHTTPLIB_OPENSSL_SUPPORT)
#error \
    "this httplib.h has its functions in a library, built with OpenSSL, but was included before purecloud-tokens without it: include <purecloud/tokens.hpp> first, or compile everything with -DCPPHTTPLIB_OPENSSL_SUPPORT"
#endif
#if !defined(CPPHTTPLIB_OPENSSL_SUPPORT)
#define CPPHTTPLIB_OPENSSL_SUPPORT
#endif
#include <httplib.h>
#endif
#endif

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

/// Sends the target as it is: it is encoded already.
template <class Client>
auto disable_path_encoding(Client& client, Prefer<1>) -> decltype(client.set_path_encode(false)) {
  client.set_path_encode(false);  // from 0.23
}
template <class Client>
auto disable_path_encoding(Client& client, Prefer<0>) -> decltype(client.set_url_encode(false)) {
  client.set_url_encode(false);
}

/// Whether ClientImpl::process_request() is there, and is what we take it for.
struct ProcessRequest : httplib::ClientImpl {
  template <class Client, class = void>
  struct Fits : std::false_type {};
  template <class Client>
  struct Fits<Client,
              std::void_t<decltype(std::declval<Client&>().process_request(
                  std::declval<httplib::Stream&>(), std::declval<httplib::Request&>(),
                  std::declval<httplib::Response&>(), false, std::declval<httplib::Error&>()))>>
      : std::true_type {};
};
static_assert(ProcessRequest::Fits<ProcessRequest>::value,
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

/// Wiped when it goes, once it is longer than what a string holds in itself.
using WipedString = std::basic_string<char, std::char_traits<char>, WipingAllocator<char>>;

/// What cpp-httplib writes a request into, and cannot read a response from.
class HeadSink : public httplib::Stream {
 public:
  // Each cpp-httplib asks for some of these, so none can say `override`.
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

/// The heads of requests, as cpp-httplib writes them.
class RequestWriter : public httplib::ClientImpl {
 public:
  RequestWriter(const std::string& host, int port) : ClientImpl(host, port) {
    httplib_compat::disable_path_encoding(*this, httplib_compat::Prefer<1>{});
  }

  /// The head of `request`, whose own body must be empty, for a body of `body_size` bytes. Empty
  /// when cpp-httplib refuses the request.
  ///
  /// cpp-httplib is given one byte for a body: for more than a kilobyte some versions send
  /// `Expect: 100-continue`, whatever our macro says, and wait a second for what it brings.
  WipedString head(httplib::Request request, std::size_t body_size) {
    constexpr std::string_view end = "\r\n\r\n";
    const std::string_view stand_in = body_size > 0 ? "x" : "";
    if (body_size > 0) {
      request.body = stand_in;
      request.headers.emplace("Content-Length", std::to_string(body_size));
    }
    // or some versions ask for compression
    request.content_receiver = [](const char*, std::size_t, auto, auto) { return false; };
    HeadSink sink;
    sink.text.reserve(1024);
    httplib::Response none;
    auto error = httplib::Error::Success;
    // protected: the public functions write to a socket of their own, whose time has no limit
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

/// Takes a chunked body apart (RFC 9112, 7.1), and bounds what is not body.
class ChunkedBody {
 public:
  /// Hands on to `sink` what the next bytes carry. False when they are no chunks, when nothing but
  /// framing comes, or when `sink` returns false.
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
      if (size > 0 && !take_line()) return false;
    }
    return true;
  }

  bool complete() const { return next_ == Line::none; }
  /// Whether there was something after the end.
  bool more_followed() const { return more_followed_; }

 private:
  enum class Line { size, end_of_chunk, trailer, none };
  static constexpr std::size_t max_framing_bytes = 64 * 1024;

  bool take_line() {
    const std::string line = std::move(line_);
    line_.clear();
    if (line.size() < 2 || line[line.size() - 2] != '\r') return false;
    const std::string_view text = std::string_view(line).substr(0, line.size() - 2);
    switch (next_) {
      case Line::size: {
        const std::string_view digits = text.substr(0, text.find_first_of("; \t"));
        if (digits.empty() || digits.size() > 15 ||
            digits.find_first_not_of("0123456789abcdefABCDEF") != std::string_view::npos)
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

  Line next_ = Line::size;  ///< once what is left of the chunk has come
  std::uint64_t left_ = 0;
  std::string line_;
  std::size_t framing_bytes_ = 0;  ///< since the last of the body
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

/// What a response begins with: its status line and its header fields.
struct ResponseHead {
  int version = 0;  ///< of HTTP, major times ten plus minor: 10, 11, 20
  int status = 0;   ///< 100 to 599
  HttpHeaders headers;
};

/// Puts a response's head together, line by line (RFC 9112, 4 and 5). Interim responses are passed
/// over, a reason is dropped, a folded line is made one, a repeated field is joined.
class HeadCollector {
 public:
  enum class State { incomplete, complete, broken };

  /// What servers themselves take for a request's head is 8 to 64 KiB. Interim heads count, too.
  static constexpr std::size_t max_bytes = 64 * 1024;

  /// Takes the next line, its end included. Not to be called again once the head is complete.
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

  /// For a caller that has no whole line yet: whether a line of so many bytes, or the beginning of
  /// one, can still become part of a head.
  bool has_room_for(std::size_t bytes) const { return bytes <= max_bytes - bytes_; }

  /// Whether bytes may be the beginning of a status line.
  static bool may_begin_with(std::string_view bytes) {
    constexpr std::string_view name = "HTTP/";
    return bytes.substr(0, name.size()) == name.substr(0, bytes.size());
  }

  const ResponseHead& head() const { return head_; }
  ResponseHead& head() { return head_; }

  /// Why a head is broken, as the end of a sentence about the response; null while it is not.
  const char* problem() const { return problem_; }

  static constexpr const char* too_long = "its head is longer than 64 KiB";
  static constexpr const char* no_status_line = "it does not begin with a status line of HTTP";

 private:
  State refuse(const char* problem) {
    problem_ = problem;
    return State::broken;
  }

  /// `HTTP/1.1 200` and a reason, or nothing; HTTP/2 has no minor version.
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
      return refuse("a line of its head is no header field");
    const auto [field, first] = head_.headers.try_emplace(std::string(line.substr(0, colon)));
    append(field->second, first ? "" : ", ", line.substr(colon + 1));
    last_ = &field->second;
    return State::incomplete;
  }

  State end() {
    if (head_.status == 101) return refuse("it switches to a protocol that nobody asked for");
    if (head_.status >= 200) return State::complete;
    head_ = ResponseHead();  // an interim response: the final one follows (RFC 9110, 15.2)
    last_ = nullptr;
    return State::incomplete;
  }

  /// What surrounds a value is no part of it, and a control within one is a space (RFC 9110, 5.5).
  static void append(std::string& value, std::string_view separator, std::string_view more) {
    constexpr std::string_view blanks = " \t";
    more.remove_prefix((std::min)(more.find_first_not_of(blanks), more.size()));
    more = more.substr(0, more.find_last_not_of(blanks) + 1);
    value += separator;
    std::replace_copy_if(more.begin(), more.end(), std::back_inserter(value), is_control, ' ');
  }

  ResponseHead head_;
  std::size_t bytes_ = 0;
  std::string* last_ = nullptr;  ///< the value that a folded line goes on with
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
  at_once,  ///< there is none, whatever its head says
  length,   ///< after so many bytes
  chunks,   ///< with the last chunk
  close,    ///< with the connection, or with the stream in HTTP/2
};

/// What the head of a response says about its body and its connection (RFC 9112, 6.3 and 9.3).
struct Framing {
  BodyEnd body_end = BodyEnd::at_once;
  std::uint64_t length = 0;       ///< for BodyEnd::length
  bool keeps_alive = false;       ///< whether another request may follow on the connection
  const char* problem = nullptr;  ///< why nobody can say where the body ends, which is then nowhere
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

/// The one length that a `Content-Length` names, which may be repeated. False without one.
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

/// Judges the head of the response to a request of this method.
inline Framing judge_framing(std::string_view method, const ResponseHead& head) {
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
  // both: legal, but the mark of a response that was put together wrongly (RFC 9112, 6.3)
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

/// Takes the bytes of one HTTP/1.1 response, however they are cut. It bounds what it keeps.
class ResponseParser {
 public:
  enum class State { head, body, complete, broken, too_large };

  /// `method` is the request's.
  ResponseParser(std::string method, std::size_t max_body_bytes)
      : method_(std::move(method)), max_body_bytes_(max_body_bytes) {}

  /// To be called while the state is `head` or `body`.
  State take(std::string_view bytes) {
    heard_ = heard_ || !bytes.empty();
    while (state_ == State::head && !bytes.empty()) take_of_head(bytes);
    if (state_ == State::body && !bytes.empty()) take_of_body(bytes);
    more_followed_ = more_followed_ || (state_ == State::complete && !bytes.empty());
    return state_;
  }

  /// Tells that the connection has ended in order.
  State end() {
    if (state_ == State::body && framing_.body_end == BodyEnd::close) state_ = State::complete;
    return state_;
  }

  State state() const { return state_; }
  /// Whether the server sent anything at all.
  bool heard() const { return heard_; }
  bool has_head() const { return head_.head().status > 0 && state_ != State::head; }
  int status() const { return head_.head().status; }
  /// Why it is broken, as Destination::not_understood() takes it.
  const char* problem() const { return problem_; }
  /// Whether the connection is fit for another request, as far as the response goes.
  bool keeps_alive() const {
    return state_ == State::complete && framing_.keeps_alive && !more_followed_;
  }
  /// Whether there was something after the end.
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
    const bool whole = line_.empty() && size > 0;  // as nearly always
    if (!whole) line_.append(part);
    const std::string_view line = whole ? part : std::string_view(line_);
    if (head_.head().status == 0 && !HeadCollector::may_begin_with(line))
      return refuse(HeadCollector::no_status_line);  // and perhaps never ends
    if (size == 0) return;
    const auto state = head_.take_line(line);
    line_.clear();
    if (state == HeadCollector::State::broken) return refuse(head_.problem());
    if (head_.head().status > 0 && head_.head().version / 10 != 1)
      return refuse("its version is not HTTP/1.1");
    if (state == HeadCollector::State::complete) begin_body();
  }

  void begin_body() {
    framing_ = judge_framing(method_, head_.head());
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
        body_.append(part);
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
    body_.append(part);
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
  std::string line_;  ///< the beginning of one that has not come whole
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

#if defined(_WIN32)
#else
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

/// What POSIX and Windows call differently. No child process inherits a socket of ours.
namespace socket_system {

/// For poll(): rounded up, so that a time that has passed has passed.
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

/// Of sockets that connect, marks in `revents` those with an outcome. WSAPoll tells of a refused
/// connection since Windows 10, version 2004, only; select() always did.
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
constexpr int no_signal = 0;  // SO_NOSIGPIPE instead
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
  /// Whether it must end now.
  bool reached() const { return stopped() || std::chrono::steady_clock::now() >= deadline_; }

  /// Until when to block, at the longest, before looking again whether it is reached.
  Deadline next_look() const { return next_look(std::chrono::steady_clock::now()); }
  Deadline next_look(Deadline now) const {
    return stop_.stop_possible() ? (std::min)(deadline_, now + slice) : deadline_;
  }

  /// The same stop, and an earlier deadline.
  TimeLimit by(Deadline earlier) const { return {(std::min)(deadline_, earlier), stop_}; }

  /// How long a stop may go unnoticed: a call that is stopped ends within 50 ms.
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
  closed,     ///< the peer will send no more, and said so
  broken,
  tls_failure,
};

struct SocketAddress {
  sockaddr_storage storage;
  socklen_t size;
};

/// A TCP connection whose every operation has a time limit. It never blocks in the kernel but in
/// poll(), and writing to a peer that is gone is an error, not a SIGPIPE.
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

  /// Begins to connect; `timed_out` means that it goes on.
  IoStatus begin_connect(const SocketAddress& address) {
    *this = Socket(socket_system::open(address.storage.ss_family));
    if (handle_ == socket_system::none) return IoStatus::broken;
    // or a request with a body waits 40 ms for the ACK of its head
    switch_on(IPPROTO_TCP, TCP_NODELAY);
#if defined(SO_NOSIGPIPE)
    switch_on(SOL_SOCKET, SO_NOSIGPIPE);
#endif
    if (::connect(handle_, reinterpret_cast<const sockaddr*>(&address.storage), address.size) == 0)
      return IoStatus::done;
    return socket_system::in_progress() ? IoStatus::timed_out : IoStatus::broken;
  }

  /// How it ended, once poll_connecting() has told that it did.
  IoStatus end_connect() {
    int error = 0;
    socklen_t size = sizeof error;
    const int told =
        ::getsockopt(handle_, SOL_SOCKET, SO_ERROR, reinterpret_cast<char*>(&error), &size);
    return told == 0 && error == 0 ? IoStatus::done : IoStatus::broken;
  }

  /// Reads what there is, at least one byte; `count` is the number.
  IoStatus read(char* data, std::size_t size, const TimeLimit& limit, std::size_t& count) {
    // the response to what was just written is hardly there yet: to ask for it would be in vain
    bool in_vain = std::exchange(wrote_, false);
    for (;;) {
      if (limit.reached()) return IoStatus::timed_out;
      const IoStatus status =
          std::exchange(in_vain, false) ? IoStatus::timed_out : try_read(data, size, count);
      if (status != IoStatus::timed_out) return status;
      if (wait(POLLIN, limit) == 0) return IoStatus::timed_out;
    }
  }

  /// The same without waiting.
  IoStatus try_read(char* data, std::size_t size, std::size_t& count) {
    const auto received = ::recv(handle_, data, socket_system::length(size), 0);
    if (received == 0) return IoStatus::closed;
    if (received < 0) return failure();
    count = static_cast<std::size_t>(received);
    return IoStatus::done;
  }

  /// Writes what the peer takes, at least one byte; `count` is the number. `heed_input` gives up
  /// with `closed` when the peer takes nothing more and has its response, or its end, to be read
  /// already.
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

  /// The same without waiting.
  IoStatus try_write(const char* data, std::size_t size, std::size_t& count) {
    const auto sent = ::send(handle_, data, socket_system::length(size), socket_system::no_signal);
    if (sent < 0) return failure();
    count = static_cast<std::size_t>(sent);
    wrote_ = true;
    return IoStatus::done;
  }

  /// Whether there is something to read at this moment: bytes, or the end of the connection.
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

  /// The events that came within the limit, POLLHUP and POLLERR included; 0 when none did.
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
  bool wrote_ = false;  ///< and has not read since
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

/// What to tell a person of a server's certificate that was refused with X509_V_ERR_….
/// `has_authorities`: whether there is any CA that it could have been from.
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
                   "name the CA in tls.ca_file"
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

/// Whether an error of OpenSSL's is TLS's own. That the peer hung up is not.
inline bool is_tls_failure(unsigned long code) {
  if (ERR_GET_LIB(code) != ERR_LIB_SSL) return false;
#if defined(SSL_R_UNEXPECTED_EOF_WHILE_READING)
  if (ERR_GET_REASON(code) == SSL_R_UNEXPECTED_EOF_WHILE_READING) return false;
#endif
  return true;
}

/// What to tell a person of a handshake that failed with an error of OpenSSL's.
inline std::string explain_handshake(unsigned long code) {
  switch (ERR_GET_REASON(code)) {
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION:
      return "the server speaks no version of TLS from tls.minimum_version on";
    case SSL_R_WRONG_VERSION_NUMBER: return "what the server speaks is not TLS; check the port";
    case SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED:
    case SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE:
    case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
    case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
      return "the server refused the handshake; it may want a client certificate that it knows: "
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

#include <new>

#include <sys/stat.h>
#include <sys/types.h>

// ---- purecloud/detail/net/system_authorities.hpp -------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_NET_SYSTEM_AUTHORITIES_HPP)
#define PURECLOUD_TOKENS_DETAIL_NET_SYSTEM_AUTHORITIES_HPP

#if defined(_WIN32)

#include <windows.h>

#include <wincrypt.h>
// Names of OpenSSL's types, which its own headers free of these macros only when they come later.
#undef OCSP_REQUEST
#undef OCSP_RESPONSE
#undef PKCS7_ISSUER_AND_SERIAL
#undef PKCS7_SIGNER_INFO
#undef X509_CERT_PAIR
#undef X509_EXTENSIONS
#undef X509_NAME
#else
#include <dirent.h>
#endif

#include <openssl/x509.h>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Whether a folder, or one of several as OpenSSL lists them, holds anything.
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

/// Whether OpenSSL has any CA to verify with: those it has read, and the folder that it looks into
/// when it needs one.
inline bool has_system_authorities(SSL_CTX* context) {
  if (sk_X509_OBJECT_num(X509_STORE_get0_objects(SSL_CTX_get_cert_store(context))) > 0) return true;
  const char* const set = std::getenv(X509_get_default_cert_dir_env());
  return holds_files(set ? set : X509_get_default_cert_dir());
}

/// Trusts the system's CAs: those where OpenSSL expects them, which SSL_CERT_FILE and SSL_CERT_DIR
/// change, and those of Windows. False when memory is lacking.
inline bool trust_system_authorities(SSL_CTX* context) {
  const bool set = SSL_CTX_set_default_verify_paths(context) == 1;
#if defined(_WIN32)
  if (const HCERTSTORE store = ::CertOpenSystemStoreA(0, "ROOT")) {
    const CERT_CONTEXT* each = nullptr;
    while ((each = ::CertEnumCertificatesInStore(store, each)) != nullptr) {
      const unsigned char* bytes = each->pbCertEncoded;
      const std::unique_ptr<X509, decltype(&X509_free)> certificate(
          d2i_X509(nullptr, &bytes, static_cast<long>(each->cbCertEncoded)), X509_free);
      if (certificate) X509_STORE_add_cert(SSL_CTX_get_cert_store(context), certificate.get());
    }
    ::CertCloseStore(store, 0);
  }
#elif defined(__APPLE__)
  // Not tried. macOS keeps its roots here, too, for programs that do not ask the keychain.
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

/// Whom we trust and who we are: the CAs and the client certificate of a TlsOptions, read once and
/// used by every connection.
class TlsTrust {
 public:
  /// Throws ApiException (ErrorKind::tls) with the file that cannot be used.
  explicit TlsTrust(const TlsOptions& options)
      : context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free) {
    ERR_clear_error();
    if (!context_) throw std::bad_alloc();
    SSL_CTX_set_verify(context(), SSL_VERIFY_PEER, nullptr);
    // the system's own minimum may be higher, and is then not lowered
    const int minimum =
        options.minimum_version == TlsVersion::v1_3 ? TLS1_3_VERSION : TLS1_2_VERSION;
    if (SSL_CTX_get_min_proto_version(context()) < minimum &&
        SSL_CTX_set_min_proto_version(context(), minimum) != 1)
      throw std::bad_alloc();
    SSL_CTX_set_read_ahead(context(), 1);  // or each record costs two reads, of five bytes first
    load_authorities(options);
    if (!options.client_certificate.empty()) load_client_certificate(options);
  }
  TlsTrust(const TlsTrust&) = delete;
  TlsTrust& operator=(const TlsTrust&) = delete;

  ~TlsTrust() {
    if (openssl_has_ended()) static_cast<void>(context_.release());
  }

  SSL_CTX* context() const { return context_.get(); }

  /// Whether there is any CA that a certificate could be from.
  bool has_authorities() const { return !uses_system_ || has_system_authorities(context()); }

  /// Whether OpenSSL has cleaned up at the end of the program. A static object may outlive that,
  /// and what it holds of OpenSSL's must then be left alone.
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
    // OpenSSL takes any name for a directory, and finds nothing in it later
    struct stat status;
    if (directory && (stat(directory, &status) != 0 || (status.st_mode & S_IFMT) != S_IFDIR ||
                      SSL_CTX_load_verify_locations(context(), nullptr, directory) != 1))
      refuse("tls.ca_directory", options.ca_directory, "is not a directory");
  }

  void load_client_certificate(const TlsOptions& options) {
    // without it OpenSSL would ask for a passphrase on the terminal, and wait
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

/// TLS over a Socket: the same operations, encrypted, with a server that proved its name.
class TlsSession {
 public:
  /// `trust` and `socket` must outlive it, and `socket` must stay where it is.
  TlsSession(const TlsTrust& trust, Socket& socket, std::string host)
      : trust_(trust),
        socket_(socket),
        host_(std::move(host)),
        method_(BIO_meth_new(BIO_TYPE_SOURCE_SINK, "purecloud-tokens socket"), BIO_meth_free),
        ssl_(SSL_new(trust.context()), SSL_free) {
    // a final dot is DNS's alone (RFC 6066, 3)
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
    begin(nullptr, 0);  // say goodbye, but do not wait for it
    if (established_) SSL_shutdown(ssl_.get());
    ERR_clear_error();
  }

  IoStatus handshake(const TimeLimit& limit) {
    if (!prepared_) return fail("it could not be prepared; is there memory, is the name too long?");
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

  /// As Socket::has_input(). What TLS sends for itself, for example session tickets, is none, but
  /// too much of it is, and so is a record that has not come whole.
  bool has_input() {
    if (SSL_has_pending(ssl_.get()) == 0 && !socket_.has_input()) return false;
    char byte;
    begin(nullptr, max_idle);
    const int result = SSL_peek(ssl_.get(), &byte, 1);
    if (result > 0) return true;
    ended_ = end(result);
    return ended_ != IoStatus::timed_out || SSL_has_pending(ssl_.get()) != 0;
  }

  /// Why an operation ended with `tls_failure`, to a person.
  const std::string& failure() const { return failure_; }

 private:
  // OpenSSL itself has no bound on the records that it passes over.
  static constexpr std::size_t max_handshake = 256 * 1024;
  static constexpr std::size_t max_idle = 64 * 1024;
  static constexpr std::size_t no_bound = static_cast<std::size_t>(-1);
  static constexpr unsigned name_rules =
      X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT;

  static int length(std::size_t size) { return size < INT_MAX ? static_cast<int>(size) : INT_MAX; }

  /// Gives OpenSSL its way to the socket: by our time limit, without a SIGPIPE.
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
    // the second is SSL_set_tlsext_host_name() without its old-style cast
    return X509_VERIFY_PARAM_set1_host(rules, host_.c_str(), host_.size()) == 1 &&
           SSL_ctrl(ssl_.get(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                    const_cast<char*>(host_.c_str())) == 1;
  }

  /// Looks once more, whatever happened to what was asked of the handshake.
  bool proved_name() const {
    const STACK_OF(X509)* const chain = SSL_get0_verified_chain(ssl_.get());
    if (SSL_get_verify_result(ssl_.get()) != X509_V_OK || !chain || sk_X509_num(chain) < 1)
      return false;
    X509* const server = sk_X509_value(chain, 0);
    return is_ip_address(host_)
               ? X509_check_ip_asc(server, host_.c_str(), name_rules) == 1
               : X509_check_host(server, host_.c_str(), host_.size(), name_rules, nullptr) == 1;
  }

  /// Without a limit nothing waits. `bound`: how many bytes may be read from the socket.
  void begin(const TimeLimit* limit, std::size_t bound) {
    limit_ = limit;
    left_ = bound;
    ERR_clear_error();  // SSL_get_error looks at the thread's whole queue
  }

  IoStatus end(int result) {
    const int reason = SSL_get_error(ssl_.get(), result);
    const unsigned long code = ERR_peek_last_error();
    const long verified = SSL_get_verify_result(ssl_.get());
    ERR_clear_error();
    if (reason == SSL_ERROR_ZERO_RETURN) return IoStatus::closed;
    if (reason == SSL_ERROR_WANT_READ || reason == SSL_ERROR_WANT_WRITE) return IoStatus::timed_out;
    established_ = false;  // after any other error there is no goodbye
    if (left_ == 0) return fail("it goes on without anything being said");
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
  /// What has_input() found instead of bytes, for read() to tell: OpenSSL says it once. `timed_out`
  /// when it found nothing yet.
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

/// A connection to a server, plain or through TLS.
struct Channel {
  Socket socket;
  std::optional<TlsSession> tls;
  bool found_silent = false;  ///< at the last look, with nothing written since

  bool has_input() { return tls ? tls->has_input() : socket.has_input(); }
  /// Whether another request may be sent through it.
  bool reusable() { return found_silent = !has_input(); }

  IoStatus read(char* data, std::size_t size, const TimeLimit& limit, std::size_t& count) {
    return tls ? tls->read(data, size, limit, count) : socket.read(data, size, limit, count);
  }
  IoStatus write(const char* data, std::size_t size, const TimeLimit& limit, std::size_t& count) {
    return tls ? tls->write(data, size, limit, count)
               : socket.write(data, size, limit, count, /*heed_input=*/true);
  }
};

/// One request, and the response to it, through a channel.
class WireExchange {
 public:
  WireExchange(Channel& channel, const TimeLimit& limit) : channel_(channel), limit_(limit) {}

  /// A server that has stopped listening may still have responded: then what is left is not sent.
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

  /// Reads until `enough`, given the parser's state, says so, or nothing more is to be had.
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

  /// How the last operation on the channel ended.
  IoStatus status() const { return status_; }
  /// Whether anything of the request may have reached the server.
  bool sent() const { return sent_; }
  /// Whether the request was sent whole, and the server did not respond before.
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

/// The order to try addresses in: as they are, but with one of the other family after each of the
/// first's (RFC 8305, 4).
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

/// Connects to the first of the addresses that responds (RFC 8305, 5). An attempt is begun when the
/// one before has failed, or after 250 ms; sooner where `connect_timeout`, which is for all of
/// them, would otherwise leave no time for the last. The first success ends the others.
class ConnectionRace {
 public:
  ConnectionRace(const SocketAddresses& addresses, std::chrono::milliseconds connect_timeout,
                 const TimeLimit& limit)
      : addresses_(interleaved(addresses)),
        limit_(limit.by(Clock::now() + (std::min)(connect_timeout, longest_time))) {}

  /// `broken` when all failed.
  IoStatus run(Socket& winner) {
    using std::chrono::milliseconds;
    const Clock::duration time = limit_.deadline() - Clock::now();
    const Clock::duration interval = std::clamp<Clock::duration>(
        time / static_cast<int>(addresses_.size() + 1), milliseconds(10), milliseconds(250));
    std::size_t begun = 0;
    Deadline next_begin = Clock::now();
    while (!limit_.reached()) {
      const bool more = begun < addresses_.size();
      if (!more && under_way_.empty()) return IoStatus::broken;
      const Deadline now = Clock::now();
      if (more && (now >= next_begin || under_way_.empty())) {
        Socket socket;
        const IoStatus status = socket.begin_connect(addresses_[begun++]);
        next_begin = status == IoStatus::broken ? now : now + interval;
        // the oldest has had its time
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

  static constexpr std::size_t most_at_once = 32;  ///< Windows' select() takes 64

  /// Waits for an outcome of those under way, and drops what failed.
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
  bool one_failed_ = false;  ///< at the last look
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/net/connection_pool.hpp ----------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_NET_CONNECTION_POOL_HPP)
#define PURECLOUD_TOKENS_DETAIL_NET_CONNECTION_POOL_HPP

#include <list>

// ---- purecloud/detail/net/thread.hpp -------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_NET_THREAD_HPP)
#define PURECLOUD_TOKENS_DETAIL_NET_THREAD_HPP

#if defined(_WIN32)

#else
#include <dlfcn.h>
#include <pthread.h>
#include <unistd.h>
#include <csignal>
#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

#if defined(_WIN32)

/// Windows has no signals for a thread to block.
class AllSignalsBlocked {
 public:
  AllSignalsBlocked() {}
};

/// Nor does it end a thread from another one in order.
class NoCancellation {
 public:
  NoCancellation() {}
};

#else

/// While it lives, no signal handler runs on this thread, nor on those that it starts.
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

/// While it lives, pthread_cancel() of this thread waits. Otherwise it would unwind the stack out
/// of poll(), through functions of C and of destructors that nothing may leave.
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

/// A thread on which none of the user's signal handlers runs. Throws std::system_error or
/// std::bad_alloc where none can be started.
template <class Work>
std::thread start_thread(Work work) {
  const AllSignalsBlocked inherited;
  return std::thread(std::move(work));
}

/// Tells a forked child, which has none of its parent's threads, from its parent.
inline long process_id() {
#if defined(_WIN32)
  return static_cast<long>(GetCurrentProcessId());
#else
  return static_cast<long>(::getpid());
#endif
}

/// Keeps the module that holds this code loaded for good: for a thread that is left behind. A
/// plugin may be unloaded while that thread is in it.
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

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Idle connections. A thread of its own, started with the first, closes what is idle for too long.
///
/// `Connection` has `bool reusable()`: whether another request may be sent through it. That must
/// neither wait nor read without end.
template <class Connection>
class ConnectionPool {
 public:
  explicit ConnectionPool(const PoolOptions& options) : state_(std::make_unique<State>(options)) {}
  ConnectionPool(const ConnectionPool&) = delete;
  ConnectionPool& operator=(const ConnectionPool&) = delete;

  /// In a forked child it leaves everything as it is: the thread that it would wait for is not
  /// there, and the connections are the parent's.
  ~ConnectionPool() {
    if (state_->keeper.joinable() && state_->process != process_id())
      static_cast<void>(state_.release());
  }

  /// The connection that was used last, for it is the likeliest to be alive; null when none is
  /// idle.
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

  /// Closes it instead where memory or a thread is lacking.
  void give_back(std::unique_ptr<Connection> connection) noexcept {
    try {
      state_->keep(std::move(connection));
    } catch (const std::exception&) {  // of std::thread or of memory: then nothing is kept
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
      std::list<Idle> removed;  // closed once the lock is gone
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

    /// The keeper's work. It allocates nothing: nobody could be told that it failed.
    void close_expired() {
      std::unique_lock<std::mutex> lock(mutex);
      bool unused = false;
      while (!stopping) {
        // all are kept for the same time, so the first to expire stand in front
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
          // a copy: wait_until() looks at the time once more, when that connection may be gone
          const Deadline close_at = idle.front().close_at;
          changed.wait_until(lock, close_at);
          unused = false;
        } else if (!unused) {
          // what comes back from now on expires later; to be woken by each would cost every call
          changed.wait_until(lock, now + idle_for());
          unused = true;
        } else {
          keeper_rests = true;
          changed.wait(lock);
          unused = false;
        }
      }
    }

    const PoolOptions options;
    std::mutex mutex;
    std::condition_variable changed;
    std::list<Idle> idle;
    bool keeper_rests = false;  ///< until it is woken
    bool stopping = false;
    long process = 0;  ///< that the keeper is a thread of
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

/// Where a backend's requests go, by name, and what every backend says when nothing comes back.
class Destination {
 public:
  Destination(const BaseUrl& url, const ProxyOptions& proxy)
      : origin_(bracketed(url.host) + ":" + std::to_string(url.port)),
        proxy_(proxy.host.empty()
                   ? std::string()
                   : "the proxy " + bracketed(proxy.host) + ":" + std::to_string(proxy.port)) {}

  /// `host:port`
  const std::string& origin() const { return origin_; }
  /// `the proxy host:port`; empty without one
  const std::string& proxy() const { return proxy_; }
  /// What TCP connects to.
  const std::string& next_hop() const { return proxy_.empty() ? origin_ : proxy_; }

  /// `sent`: whether anything of the request may have reached the server.
  static HttpFailure cancelled(bool sent) {
    return {ErrorKind::cancelled, sent ? "cancelled; the request may have been carried out"
                                       : "cancelled before the request was sent"};
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

  /// `problem` ends a sentence about the response: `its head is longer than 64 KiB`.
  HttpFailure not_understood(const std::string& problem) const {
    return {ErrorKind::protocol, "the response from " + origin_ + " is not understood: " + problem};
  }

  /// `status` is the proxy's; 0 when it hung up without one.
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

#include <cstring>
#include <system_error>

#if !defined(_WIN32)
#include <netdb.h>
#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

/// The addresses of a host in the system's order of preference; empty when it has none.
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

/// Finds the addresses of one host, within time limits. getaddrinfo() knows none, so it runs on a
/// thread: one at a time, however many calls wait for it. Where they all stop waiting, it is left
/// behind, and touches only its own memory.
class Resolver {
 public:
  Resolver(std::string host, int port) : host_(std::move(host)), port_(port) {}

  const std::string& host() const { return host_; }

  /// Throws std::bad_alloc, the look-up's own among them.
  std::variant<SocketAddresses, HttpFailure> resolve(const TimeLimit& limit) {
    if (is_ip_address(host_)) return look_up(host_, port_);  // asks nobody

    std::shared_ptr<LookUp> look_up;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (!current_ || current_->is_done()) {
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
      look_up = current_;
    }
    const bool found = wait(*look_up, limit);
    if (!found)
      return limit.stopped() ? Destination::cancelled(false)
                             : HttpFailure{ErrorKind::timeout,
                                           "the address of " + host_ + " was not found in time"};
    if (look_up->exception) std::rethrow_exception(look_up->exception);
    if (look_up->addresses.empty()) return Destination::no_address(host_);
    return look_up->addresses;
  }

 private:
  struct LookUp {
    std::mutex mutex;
    std::condition_variable changed;
    std::thread thread;
    int waiting = 0;
    bool done = false;
    bool left_behind = false;  ///< nobody waited any longer when it was not yet done
    SocketAddresses addresses;
    std::exception_ptr exception;

    bool is_done() {
      const std::lock_guard<std::mutex> lock(mutex);
      return done;
    }

    void run(const std::string& host, int port) {
      SocketAddresses found;
      std::exception_ptr failure;
      try {
        found = look_up(host, port);
      } catch (...) {  // nothing may leave a thread
        failure = std::current_exception();
      }
      const std::lock_guard<std::mutex> lock(mutex);
      addresses = std::move(found);
      exception = std::move(failure);
      done = true;
      if (left_behind) Resolver::left_behind(-1);
      changed.notify_all();
    }
  };

  static constexpr int most_left_behind = 16;

  std::shared_ptr<LookUp> start() const {
    auto started = std::make_shared<LookUp>();
    started->thread =
        start_thread([started, host = host_, port = port_] { started->run(host, port); });
    return started;
  }

  /// How many look-ups of this process are left behind, after this change.
  static int left_behind(int change) {
    static std::atomic<int> count{0};
    static std::atomic<long> process{0};
    // a forked child has none of its parent's threads
    if (process.exchange(process_id()) != process_id()) count = 0;
    return count += change;
  }

  /// Whether the look-up has ended within the limit. The last to wait for it joins its thread: no
  /// code of ours may run once the last call has returned, for it may be a plugin's, which is then
  /// unloaded.
  static bool wait(LookUp& look_up, const TimeLimit& limit) {
    std::unique_lock<std::mutex> lock(look_up.mutex);
    ++look_up.waiting;
    while (!look_up.done && !limit.reached())
      look_up.changed.wait_until(lock, limit.next_look(), [&] { return look_up.done; });
    const bool done = look_up.done;
    std::thread ended;
    if (--look_up.waiting == 0 && done) {
      ended = std::move(look_up.thread);
    } else if (look_up.waiting == 0 && !look_up.left_behind) {
      keep_module_loaded();
      look_up.thread.detach();
      look_up.left_behind = true;
      left_behind(+1);
    }
    lock.unlock();
    if (ended.joinable()) ended.join();
    return done;
  }

  const std::string host_;
  const int port_;
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

/// cpp-httplib's requests over a channel of ours: its own socket has no deadline, and its TLS no
/// shareable CAs. What comes back never reaches it: see ResponseParser.
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
      // closed by the server just when it was to be used again: nobody's failure, so a new one
      if (!attempt.unheard || !request.may_be_resent)
        return finish(std::move(connection), std::move(attempt));
    }
    auto opened = open(limit, sent);
    if (auto* failure = std::get_if<HttpFailure>(&opened)) return std::move(*failure);
    auto& connection = std::get<std::unique_ptr<Connection>>(opened);
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
    bool unheard = false;  ///< the connection broke before anything of a response came
  };

  bool through_proxy() const { return !proxy_.host.empty(); }

  HttpResult finish(std::unique_ptr<Connection> connection, Attempt attempt) {
    if (attempt.reusable) pool_.give_back(std::move(connection));
    return std::move(attempt.result);
  }

  /// `sent`: whether the server may have got anything of the request, here and below.
  HttpFailure out_of_time(const TimeLimit& limit, bool sent) const {
    return limit.stopped() ? destination_.cancelled(sent) : destination_.no_response_in_time();
  }

  std::variant<std::unique_ptr<Connection>, HttpFailure> open(const TimeLimit& limit, bool sent) {
    auto connection = std::make_unique<Connection>(url_.host, url_.port);
    detail::Channel& channel = connection->channel;
    if (auto failure = connect(channel.socket, limit, sent)) return *std::move(failure);
    if (!url_.https) return connection;
    if (through_proxy())
      if (auto failure = open_tunnel(*connection, limit, sent)) return *std::move(failure);
    channel.tls.emplace(*trust_, channel.socket, url_.host);
    const IoStatus status = channel.tls->handshake(limit);
    if (status != IoStatus::done) return explain(status, channel, limit, sent);
    return connection;
  }

  std::optional<HttpFailure> connect(detail::Socket& socket, const TimeLimit& limit, bool sent) {
    auto addresses = resolver_.resolve(limit);
    if (auto* failure = std::get_if<HttpFailure>(&addresses))
      return limit.stopped() ? destination_.cancelled(sent) : std::move(*failure);
    detail::ConnectionRace race(std::get<detail::SocketAddresses>(addresses), connect_timeout_,
                                limit);
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

  /// The bearer never passes through cpp-httplib, which would leave copies of it behind.
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

  /// Adds a field to a whole head, if there is one.
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
  std::string proxy_authorization_;  ///< empty for none
  const std::size_t max_response_bytes_;
  std::optional<detail::TlsTrust> trust_;  // outlives the connections in the pool
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
#endif
