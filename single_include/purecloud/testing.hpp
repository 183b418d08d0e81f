// SPDX-License-Identifier: MIT

// purecloud/testing.hpp of purecloud-tokens 1.0.0, in one file: a client for the Genesys Cloud Tokens
// API. Generated from include/ by single_include/amalgamate.py: change it there.
#undef PURECLOUD_TOKENS_SINGLE_HEADER
#define PURECLOUD_TOKENS_SINGLE_HEADER

// ---- purecloud/testing.hpp -----------------------------------------------------------------------
// Without #pragma once: see detail/bodies.hpp.

#include "tokens.hpp"

// ---- purecloud/testing/fake_backend.hpp ----------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_TESTING_FAKE_BACKEND_HPP)
#define PURECLOUD_TOKENS_TESTING_FAKE_BACKEND_HPP

// ---- purecloud/backend/async_policy.hpp ----------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_BACKEND_ASYNC_POLICY_HPP)
#define PURECLOUD_TOKENS_BACKEND_ASYNC_POLICY_HPP

// ---- purecloud/detail/once_function.hpp ----------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_ONCE_FUNCTION_HPP)
#define PURECLOUD_TOKENS_DETAIL_ONCE_FUNCTION_HPP

#include <new>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// A function object that can be moved, not copied, and is called once. A function no larger than
/// three pointers is stored without an allocation.
template <class... Args>
class OnceFunction {
 public:
  OnceFunction() noexcept = default;

  template <class F, std::enable_if_t<!std::is_same_v<std::decay_t<F>, OnceFunction> &&
                                          std::is_invocable_v<std::decay_t<F>&, Args...>,
                                      int> = 0>
  OnceFunction(F&& function) {
    using Stored = std::decay_t<F>;
    if constexpr (fits<Stored>) {
      ::new (static_cast<void*>(memory_)) Stored(std::forward<F>(function));
      actions_ = &in_place<Stored>;
    } else {
      ::new (static_cast<void*>(memory_)) Stored*(new Stored(std::forward<F>(function)));
      actions_ = &allocated<Stored>;
    }
  }
  OnceFunction(OnceFunction&& other) noexcept : actions_(std::exchange(other.actions_, nullptr)) {
    if (actions_) actions_->relocate(other.memory_, memory_);
  }
  OnceFunction& operator=(OnceFunction&& other) noexcept {
    if (this == &other) return *this;
    this->~OnceFunction();
    return *::new (static_cast<void*>(this)) OnceFunction(std::move(other));
  }
  ~OnceFunction() {
    if (actions_) actions_->destroy(memory_);
  }

  explicit operator bool() const noexcept { return actions_ != nullptr; }

  /// Calls the function, and then destroys it on this thread.
  void operator()(Args... args) {
    OnceFunction called = std::move(*this);
    called.actions_->call(called.memory_, std::forward<Args>(args)...);
  }

 private:
  struct Actions {
    void (*call)(void* memory, Args... args);
    void (*relocate)(void* from, void* to) noexcept;
    void (*destroy)(void* memory) noexcept;
  };

  static constexpr std::size_t size = 3 * sizeof(void*);
  template <class F>
  static constexpr bool fits =
      sizeof(F) <= size &&
      alignof(F) <= alignof(std::max_align_t) && std::is_nothrow_move_constructible_v<F>;

  template <class F>
  static constexpr Actions in_place = {
      [](void* memory, Args... args) { (*static_cast<F*>(memory))(std::forward<Args>(args)...); },
      [](void* from, void* to) noexcept {
        ::new (to) F(std::move(*static_cast<F*>(from)));
        static_cast<F*>(from)->~F();
      },
      [](void* memory) noexcept { static_cast<F*>(memory)->~F(); }};
  template <class F>
  static constexpr Actions allocated = {
      [](void* memory, Args... args) { (**static_cast<F**>(memory))(std::forward<Args>(args)...); },
      [](void* from, void* to) noexcept { ::new (to) F*(*static_cast<F**>(from)); },
      [](void* memory) noexcept { delete *static_cast<F**>(memory); }};

  const Actions* actions_ = nullptr;
  alignas(std::max_align_t) unsigned char memory_[size];
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {

/// The callback of an exchange. An asynchronous backend calls it exactly once, when the exchange
/// has ended, on any thread, possibly before `start` returns. Can be moved, not copied.
using Completion = detail::OnceFunction<HttpResult>;

/// The callback of a timer. An asynchronous backend calls it exactly once, at the given time or
/// when a stop is requested, on any thread, possibly before `call_at` returns. Can be moved, not
/// copied.
using Timer = detail::OnceFunction<>;

namespace detail {

template <class Backend, class = void>
struct HasStart : std::false_type {};
template <class Backend>
struct HasStart<Backend, std::void_t<decltype(std::declval<Backend&>().start(
                             std::declval<HttpRequest>(), std::declval<Deadline>(),
                             std::declval<StopToken>(), std::declval<Completion>()))>>
    : std::true_type {};

template <class Backend, class = void>
struct HasCallAt : std::false_type {};
template <class Backend>
struct HasCallAt<Backend,
                 std::void_t<decltype(std::declval<Backend&>().call_at(
                     std::declval<Deadline>(), std::declval<StopToken>(), std::declval<Timer>()))>>
    : std::true_type {};

/// The part of a backend that its calls keep alive. It outlives a backend that is destroyed on one
/// of its own threads. After that it ends each new request and timer at once.
class AsyncEngine {
 public:
  virtual ~AsyncEngine() = default;
  virtual void start(HttpRequest request, Deadline deadline, StopToken stop,
                     Completion done) noexcept = 0;
  virtual void call_at(Deadline until, StopToken stop, Timer due) noexcept = 0;
};

/// True for a backend that has an engine. False for a class derived from one: it may override
/// `start` and `call_at`.
template <class Backend, class = void>
struct HasEngine : std::false_type {};
template <class Backend>
struct HasEngine<Backend, std::void_t<typename Backend::EngineOwner>>
    : std::is_same<typename Backend::EngineOwner, Backend> {};

/// Returns what calls keep of a backend: its engine, or a pointer to the backend if it has none.
template <class Backend>
auto engine_of(Backend& backend) {
  if constexpr (HasEngine<Backend>::value)
    return backend.engine();
  else
    return &backend;
}

template <class Backend>
constexpr bool check_async_backend() {
  static_assert(std::is_class_v<Backend>,
                "purecloud: the backend of BasicAsyncTokensApi must be a class with the members "
                "start(HttpRequest, Deadline, StopToken, Completion) and "
                "call_at(Deadline, StopToken, Timer)");
  static_assert(HasStart<Backend>::value,
                "purecloud: the asynchronous backend lacks a member that can be called as "
                "start(purecloud::HttpRequest, purecloud::Deadline, purecloud::StopToken, "
                "purecloud::Completion)");
  static_assert(HasCallAt<Backend>::value,
                "purecloud: the asynchronous backend lacks a member that can be called as "
                "call_at(purecloud::Deadline, purecloud::StopToken, purecloud::Timer)");
  return true;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/testing/fake_tokens_service.hpp ---------------------------------------------------
#if !defined(PURECLOUD_TOKENS_TESTING_FAKE_TOKENS_SERVICE_HPP)
#define PURECLOUD_TOKENS_TESTING_FAKE_TOKENS_SERVICE_HPP

// ---- purecloud/testing/fake_client.hpp -----------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_TESTING_FAKE_CLIENT_HPP)
#define PURECLOUD_TOKENS_TESTING_FAKE_CLIENT_HPP

namespace purecloud {
inline namespace v1 {
namespace testing {

/// The user and the rights of a token of a FakeTokensService.
struct TokenGrant {
  /// the token's user, the argument of delete_token()
  std::string user_id = "11111111-aaaa-4bbb-8ccc-000000000001";
  /// `oauth:token:delete` for delete_token(), `directory:organization:admin` for
  /// put_tokens_timeout()
  std::vector<std::string> permissions;
  std::vector<std::string> scopes;                             ///< TokenInfo::authorized_scope
  AuthorizedGrantType grant_type = AuthorizedGrantType::code;  ///< of the OAuth client
};

/// An OAuth client that a FakeTokensService knows.
struct FakeClient {
  std::string id = "0c000000-0000-4000-8000-000000000001";  ///< OAuth's client_id
  /// For Basic authentication. Empty: a public client, which sends its id in the form.
  std::string secret = "fake-secret-4uXo9QmZr7Lk2BvT";
  /// The user and the rights of the client's tokens. `grant_type` is the only grant that the client
  /// may use: `code` (with refresh tokens), `client_credentials` or `saml2_bearer`.
  TokenGrant grant = [] {
    TokenGrant client_credentials;
    client_credentials.grant_type = AuthorizedGrantType::client_credentials;
    return client_credentials;
  }();
  /// The lifetime of its tokens. None: they never expire, and the response has no `expires_in`.
  std::optional<std::chrono::seconds> lifetime = std::chrono::hours(24);
  bool refreshes = true;  ///< whether a code gives a refresh token, which can be used once
  std::vector<std::string> redirect_uris;  ///< allowed redirect URIs; empty: all
};

}  // namespace testing
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/testing/fault.hpp -----------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_TESTING_FAULT_HPP)
#define PURECLOUD_TOKENS_TESTING_FAULT_HPP

namespace purecloud {
inline namespace v1 {
namespace testing {

/// A fault that a FakeTokensService shows in one request. Made by the functions below.
struct Fault {
  /// An error response with the API's code and message for this status.
  static Fault status(int status);
  /// 429 or 503 with `Retry-After`; `value` is in seconds or an HTTP-date.
  static Fault retry_after(int status, std::string value);
  /// Any response, for example a captive portal's page.
  static Fault answer(HttpResponse response);
  /// No response. With ErrorKind::timeout, FakeBackend moves the service's clock to the attempt's
  /// deadline. Over HTTP (FakeTokensServer, mount()) the connection breaks within the response's
  /// body, for any kind; the response to HEAD has no body, and is 503 instead.
  static Fault failure(ErrorKind kind);
  /// The request is carried out, but its response is lost.
  static Fault lost_answer();

  std::optional<HttpResponse> response;  ///< the response; nothing for a failure
  std::optional<ErrorKind> kind;         ///< the kind of a failure
  bool carry_out = false;                ///< whether the request is carried out
};

}  // namespace testing
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/testing/recorded_request.hpp ------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_TESTING_RECORDED_REQUEST_HPP)
#define PURECLOUD_TOKENS_TESTING_RECORDED_REQUEST_HPP

namespace purecloud {
inline namespace v1 {
namespace testing {

/// A request that a FakeTokensService received, without its secrets: `<access token>` replaces the
/// token; `<secret>` replaces a client's secret and the members `code`, `code_verifier`,
/// `refresh_token`, `assertion` and `client_secret` of a form.
struct RecordedRequest {
  std::string method;          ///< `GET`, `HEAD`, `PUT`, `DELETE` or `POST`
  std::string target;          ///< path and query
  HttpHeaders headers;         ///< the value of `Authorization` is `Bearer <access token>` or
                               ///< `Basic <secret>`
  std::string body;            ///< `<secret>` for a token request that is not a form
  int status = 0;              ///< the status of the response; 0 without one
  std::string correlation_id;  ///< of the response; empty without one
};

}  // namespace testing

namespace detail {

/// Returns the record of a request, without its secrets.
testing::RecordedRequest fake_record(const HttpRequest& request, int status,
                                     std::string correlation_id);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {
namespace testing {

/// The Tokens API of Genesys Cloud and its login host in memory, for tests: tokens with scopes and
/// permissions, idle timeouts and lifetimes by a clock that only the test moves, OAuth clients,
/// revocation, the cloud's error bodies, a correlation id on every response, and faults on demand.
/// Thread-safe.
class FakeTokensService {
 public:
  FakeTokensService();
  ~FakeTokensService();
  FakeTokensService(const FakeTokensService&) = delete;
  FakeTokensService& operator=(const FakeTokensService&) = delete;

  /// Returns a new token. A user's eleventh token ends the first one, as in the cloud.
  std::string issue_token(const TokenGrant& grant = {});
  /// Ends a token. Does nothing if the token is unknown or has ended already.
  void revoke_token(std::string_view token);
  /// Returns whether a request with the token would be accepted now. Does not reset its idle timer.
  bool is_valid(std::string_view token) const;

  /// Adds an OAuth client, or replaces the one with the same id. Returns its id and secret, for
  /// Configuration::client_credentials.
  ClientCredentials register_client(FakeClient client = {});
  /// Returns an authorization code, as if a user had logged in with a browser. It is valid for 10
  /// minutes, once. Throws std::invalid_argument when no client has this id.
  std::string issue_code(const std::string& client_id, std::string redirect_uri,
                         std::string code_challenge = {});
  /// Returns a SAML2 assertion, as from an identity provider. It is valid for 10 minutes, once,
  /// with this `org_name`.
  std::string issue_assertion(std::string org_name);

  /// Returns the time of the service's clock. It starts at 2026-01-01T00:00:00Z, and cannot be
  /// moved past 2260-01-01T00:00:00Z, because clocks that count nanoseconds end soon after.
  Timestamp now() const;
  /// Moves the clock forward. Does nothing if `time` is negative.
  void advance(std::chrono::milliseconds time);
  /// Moves the clock forward to `time`. Does nothing if `time` is in the past.
  void advance_to(Timestamp time);

  /// Returns the organization's idle timeout; by default 8 hours.
  IdleTokenTimeout idle_timeout() const;
  /// Changes the organization's idle timeout. Accepts any value, unlike put_tokens_timeout().
  void set_idle_timeout(IdleTokenTimeout timeout);

  /// Makes the next `count` requests to any endpoint fail. Further faults follow after these.
  void fail_next(int count, const Fault& fault);
  /// Makes the next `count` requests to the token endpoint fail. These faults come
  /// before those of fail_next().
  void fail_next_login(int count, const Fault& fault);

  /// Returns the requests that were received, in order, with those that failed.
  std::vector<RecordedRequest> requests() const;
  /// Forgets the requests that were received so far.
  void clear_requests();

  /// Returns the response to a request, or the HttpFailure of a fault. A path before `/api/v2/`,
  /// `/oauth/token` or `/oauth/authorize` in the target is ignored, because a gateway may add one.
  HttpResult handle(const HttpRequest& request);

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace testing
}  // namespace v1
}  // namespace purecloud

// ---- purecloud/testing/mount.hpp -----------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_TESTING_MOUNT_HPP)
#define PURECLOUD_TOKENS_TESTING_MOUNT_HPP

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Marks a request's body as read, which it is when a handler is called. Otherwise cpp-httplib 0.40
/// to 0.44 waits for a body after a DELETE, and reads the next request as that body.
template <class Request>
auto body_is_read(const Request& request, int) -> decltype(void(request.body_consumed_)) {
  const_cast<Request&>(request).body_consumed_ = true;
}
template <class Request>
void body_is_read(const Request&, long) {}

/// Gives a service's response to one request of a `httplib::Server`.
template <class Request, class Response>
void fake_serve(testing::FakeTokensService& service, const Request& request, std::string body,
                Response& response) {
  HttpRequest copy;
  copy.method = request.method;
  copy.target = request.target;
  for (const auto& [name, value] : request.headers) copy.headers.emplace(name, value);
  copy.body = std::move(body);
  body_is_read(request, 0);
  const HttpResult result = service.handle(copy);
  const auto* given = std::get_if<HttpResponse>(&result);
  if (!given && request.method == "HEAD") {
    response.status = 503;
    return;
  }
  if (!given) {
    // announces a body but writes none: that closes the connection
    response.set_content_provider(1, "application/json", [](auto, auto, auto&) { return false; });
    return;
  }
  response.status = given->status;
  std::string type = "text/plain";
  for (const auto& [name, value] : given->headers) {
    if (HttpHeaders({{"Content-Type", ""}}).count(name))
      type = value;
    else
      response.set_header(name, value);
  }
  if (!given->body.empty()) response.set_content(given->body, type.c_str());
}

}  // namespace detail

namespace testing {

/// Serves a service through a `httplib::Server`, at any path. `service` must outlive the server's
/// last request.
template <class HttplibServer>
void mount(FakeTokensService& service, HttplibServer& server) {
  const auto handle = [&service](const auto& request, auto& response) {
    detail::fake_serve(service, request, request.body, response);
  };
  server.Get(".*", handle);  // also serves HEAD
  server.Put(".*", handle);
  server.Delete(".*", handle);
  // reads the body itself, because cpp-httplib refuses a form of more than 8 KiB
  server.Post(".*", [&service](const auto& request, auto& response, const auto& read) {
    std::string body;
    if (request.has_header("Content-Length") || request.has_header("Transfer-Encoding"))
      read([&body](const char* data, std::size_t size) {
        body.append(data, size);
        return true;
      });
    detail::fake_serve(service, request, std::move(body), response);
  });
}

}  // namespace testing
}  // namespace v1
}  // namespace purecloud

#endif

#endif

namespace purecloud {
inline namespace v1 {
namespace testing {

/// A backend without sockets, synchronous and asynchronous: `BasicTokensApi<FakeBackend>` and
/// `BasicAsyncTokensApi<FakeBackend>` send to a FakeTokensService. Calls wait by the service's
/// clock, so that retries take no real time. Asynchronous calls have ended when the operation
/// returns, unless hold() was called. Thread-safe.
class FakeBackend {
 public:
  static constexpr bool serves_every_origin = true;  ///< so it is the login host's backend, too

  /// Builds a service.
  FakeBackend();
  /// Builds a service; for clients that build their backend.
  explicit FakeBackend(const Configuration&) : FakeBackend() {}
  /// Uses a service that is given, and may be shared. It must not be null.
  explicit FakeBackend(std::shared_ptr<FakeTokensService> service);
  /// Ends the calls that are held with ErrorKind::cancelled, on this thread.
  ~FakeBackend();
  FakeBackend(const FakeBackend&) = delete;
  FakeBackend& operator=(const FakeBackend&) = delete;

  /// Returns the service. Valid as long as the backend is.
  FakeTokensService& service() { return *service_; }

  /// From now on withholds the responses to asynchronous calls. Their requests still reach the
  /// service at once. Future::cancel(), a requested stop and the backend's destructor end a call at
  /// once, on their thread.
  void hold();
  /// Ends the hold: before it returns, it gives the responses in the order in which the requests
  /// were started. Calls whose deadline has passed by the service's clock time out.
  void release();

  /// Returns the service's response at once. Fault::failure(ErrorKind::timeout) moves the service's
  /// clock to the deadline.
  HttpResult send(const HttpRequest& request, Deadline deadline);
  /// Like send(), but calls `done` with the response: before start() returns, or in release().
  void start(HttpRequest request, Deadline deadline, StopToken stop, Completion done) noexcept;
  /// Moves the service's clock to `until`, and calls `due`; while responses are held, release()
  /// does so, or a requested stop calls `due`.
  void call_at(Deadline until, StopToken stop, Timer due) noexcept;

  /// Returns the service's time.
  Moment now() const;
  /// Moves the service's clock to `until`.
  void wait_until(Deadline until);

 private:
  class Held;

  std::shared_ptr<FakeTokensService> service_;
  std::shared_ptr<Held> held_;
};

}  // namespace testing
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/testing/fake_tokens_server.hpp ----------------------------------------------------
#if !defined(PURECLOUD_TOKENS_TESTING_FAKE_TOKENS_SERVER_HPP)
#define PURECLOUD_TOKENS_TESTING_FAKE_TOKENS_SERVER_HPP

namespace purecloud {
inline namespace v1 {
namespace testing {

/// Serves a FakeTokensService over HTTP, on a port of 127.0.0.1, with cpp-httplib.
class FakeTokensServer {
 public:
  /// Starts the server. Throws std::runtime_error if no port is available.
  FakeTokensServer();
  /// Stops the server. On Windows with a cpp-httplib before 0.18.1 this waits until connections
  /// have been idle for 5 seconds.
  ~FakeTokensServer();
  FakeTokensServer(const FakeTokensServer&) = delete;
  FakeTokensServer& operator=(const FakeTokensServer&) = delete;

  /// Returns the service. Valid as long as the server is.
  FakeTokensService& service();

  /// Returns the address for Configuration::base_url, for example `http://127.0.0.1:41234`.
  std::string base_url() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace testing
}  // namespace v1
}  // namespace purecloud

#endif

#if PURECLOUD_TOKENS_TESTING_BODIES

// ---- purecloud/testing/fake_backend.ipp ----------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_TESTING_FAKE_BACKEND_IPP)
#define PURECLOUD_TOKENS_TESTING_FAKE_BACKEND_IPP

#include <list>

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

namespace purecloud {
inline namespace v1 {
namespace testing {

/// The ends of requests and of waits that hold() withholds, in the order in which they were
/// started.
class FakeBackend::Held {
 public:
  using End = detail::OnceFunction<bool>;  ///< the argument tells whether a stop is the reason

  /// Keeps `end` and returns true while hold() is in effect; else returns false, and `end` stays
  /// with the caller. Throws std::bad_alloc.
  bool keep(StopToken stop, End& end) {
    const auto entry = std::make_shared<Entry>();
    entry->on_stop.emplace(std::move(stop), EndNow{this, entry.get()});
    std::unique_lock<std::mutex> lock(mutex_);
    if (!holding_) return false;
    entry->end = std::move(end);
    entry->number = next_number_++;
    entries_.push_back(entry);
    const bool stopped = entry->stopped;
    lock.unlock();
    if (stopped) end_first([&](const Entry& each) { return &each == entry.get(); }, true);
    return true;
  }

  void hold() {
    const std::lock_guard<std::mutex> lock(mutex_);
    holding_ = true;
  }

  /// Calls all ends as stopped; from now on nothing is held.
  void close() {
    closed_ = true;
    release(true);
  }

  bool closed() const { return closed_; }

  /// Calls the ends that are held now. `stopped` tells whether the backend's destructor is the
  /// reason.
  void release(bool stopped) {
    std::uint64_t end = 0;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      holding_ = false;
      end = next_number_;
    }
    while (end_first([end](const Entry& each) { return each.number < end; }, stopped)) {
    }
  }

 private:
  struct Entry;
  struct EndNow {
    Held* held;
    Entry* entry;
    void operator()() const noexcept { held->stop(*entry); }
  };
  struct Entry {
    End end;
    std::uint64_t number = 0;
    bool stopped = false;  ///< a stop was requested before it was listed
    std::optional<StopCallback<EndNow>> on_stop;
  };

  void stop(Entry& entry) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      entry.stopped = true;
    }
    end_first([&entry](const Entry& each) { return &each == &entry; }, true);
  }

  /// Calls the end of the first entry that fits, on this thread. Returns false if none fits.
  template <class Fits>
  bool end_first(Fits fits, bool stopped) {
    std::shared_ptr<Entry> entry;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      auto place = entries_.begin();
      while (place != entries_.end() && !fits(**place)) ++place;
      if (place == entries_.end()) return false;
      entry = std::move(*place);
      entries_.erase(place);
    }
    entry->end(stopped);
    return true;
  }

  std::mutex mutex_;
  std::list<std::shared_ptr<Entry>> entries_;
  std::uint64_t next_number_ = 0;
  bool holding_ = false;
  std::atomic<bool> closed_{false};
};

PURECLOUD_TOKENS_INLINE FakeBackend::FakeBackend()
    : FakeBackend(std::make_shared<FakeTokensService>()) {}

PURECLOUD_TOKENS_INLINE FakeBackend::FakeBackend(std::shared_ptr<FakeTokensService> service)
    : service_(std::move(service)), held_(std::make_shared<Held>()) {}

PURECLOUD_TOKENS_INLINE FakeBackend::~FakeBackend() { held_->close(); }

PURECLOUD_TOKENS_INLINE void FakeBackend::hold() { held_->hold(); }

PURECLOUD_TOKENS_INLINE void FakeBackend::release() {
  const std::shared_ptr<Held> kept = held_;  // a copy: a handler may destroy this object
  kept->release(false);
}

PURECLOUD_TOKENS_INLINE HttpResult FakeBackend::send(const HttpRequest& request,
                                                     Deadline deadline) {
  HttpResult result = service_->handle(request);
  const auto* failure = std::get_if<HttpFailure>(&result);
  if (failure && failure->kind == ErrorKind::timeout) wait_until(deadline);
  return result;
}

PURECLOUD_TOKENS_INLINE void FakeBackend::start(HttpRequest request, Deadline deadline,
                                                StopToken stop, Completion done) noexcept {
  // shared, because a catch clause needs it when `done` has been moved
  std::shared_ptr<Completion> respond;
  try {
    respond = std::make_shared<Completion>(std::move(done));
  } catch (const std::bad_alloc&) {
    return done(HttpFailure{ErrorKind::connection, "out of memory"});
  }
  try {
    if (held_->closed() || stop.stop_requested())
      return (*respond)(detail::Destination::cancelled(false));
    HttpResult result = service_->handle(request);
    Held::End end = [this, deadline, respond, result = std::move(result)](bool stopped) mutable {
      const auto* failure = std::get_if<HttpFailure>(&result);
      const bool times_out = failure && failure->kind == ErrorKind::timeout;
      if (stopped)
        result = detail::Destination::cancelled(true);
      else if (times_out)
        wait_until(deadline);
      else if (now().steady >= deadline)
        result = HttpFailure{ErrorKind::timeout, "no response by the deadline"};
      (*respond)(std::move(result));
    };
    if (!held_->keep(std::move(stop), end)) end(false);
  } catch (const std::bad_alloc&) {
    (*respond)(HttpFailure{ErrorKind::connection, "out of memory"});
  }
}

PURECLOUD_TOKENS_INLINE void FakeBackend::call_at(Deadline until, StopToken stop,
                                                  Timer due) noexcept {
  Held::End end = [this, until, due = std::move(due)](bool stopped) mutable {
    if (!stopped) wait_until(until);
    due();
  };
  try {
    if (held_->closed() || stop.stop_requested()) return end(true);
    if (!held_->keep(std::move(stop), end)) end(false);
  } catch (const std::bad_alloc&) {
    end(true);
  }
}

PURECLOUD_TOKENS_INLINE Moment FakeBackend::now() const {
  const auto since_epoch = service_->now().time_since_epoch();
  return {Deadline(since_epoch), std::chrono::system_clock::time_point(since_epoch)};
}

PURECLOUD_TOKENS_INLINE void FakeBackend::wait_until(Deadline until) {
  service_->advance_to(
      Timestamp(std::chrono::ceil<std::chrono::milliseconds>(until.time_since_epoch())));
}

}  // namespace testing
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/testing/fake_login.ipp ------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_TESTING_FAKE_LOGIN_IPP)
#define PURECLOUD_TOKENS_TESTING_FAKE_LOGIN_IPP

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

// ---- purecloud/testing/fake_login.hpp ------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_TESTING_FAKE_LOGIN_HPP)
#define PURECLOUD_TOKENS_TESTING_FAKE_LOGIN_HPP

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Returns whether a request goes to the token endpoint, with any path before it.
bool is_token_request(const HttpRequest& request);

/// Returns whether a request goes to the page where a user logs in, with any path before it.
bool is_authorize_request(const HttpRequest& request);

/// Returns whether a request's `Content-Type` is that of a form.
bool is_form_request(const HttpRequest& request);

/// Returns the client of a request with Basic authentication (RFC 6749, 2.3.1); with empty members
/// if the header cannot be decoded; nothing if there is no such header.
std::optional<ClientCredentials> basic_credentials_of(const HttpRequest& request);

/// The login host of a FakeTokensService. Not thread-safe.
class FakeLogin {
 public:
  /// Makes an access token for a client.
  using IssueToken = std::function<std::string(const testing::FakeClient&)>;

  void register_client(testing::FakeClient client);
  std::string issue_code(const std::string& client_id, std::string redirect_uri,
                         std::string code_challenge, Timestamp now);
  std::string issue_assertion(std::string org_name, Timestamp now);

  /// Responds to a request to the token endpoint.
  HttpResponse give_token(const HttpRequest& request, Timestamp now, const IssueToken& issue);
  /// Responds to a browser as if its user had logged in at once.
  HttpResponse authorize(std::string_view query, Timestamp now);

 private:
  using Form = std::map<std::string, std::string>;

  struct Code {
    std::string client_id;
    std::string redirect_uri;
    std::string code_challenge;
    Timestamp expires;
  };
  struct Assertion {
    std::string org_name;
    Timestamp expires;
  };
  struct Grant;

  static std::optional<Form> read_form(std::string_view text);
  const testing::FakeClient* authenticate(const HttpRequest& request, Form& form) const;
  /// Uses up the code, assertion or refresh token of a request. Returns false if it is not valid.
  bool redeem(const Grant& grant, Form& form, const testing::FakeClient& client, Timestamp now);
  /// Returns the `error` for a browser that gets no code; null if it gets one.
  const char* refuse_authorization(Form& query) const;
  std::string new_secret(const char* kind);

  std::map<std::string, testing::FakeClient> clients_;
  std::map<std::string, Code> codes_;
  std::map<std::string, Assertion> assertions_;
  std::map<std::string, std::string> refresh_tokens_;  ///< each with the id of its client
  unsigned secrets_ = 0;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/testing/fault.ipp -----------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_TESTING_FAULT_IPP)
#define PURECLOUD_TOKENS_TESTING_FAULT_IPP

namespace purecloud {
inline namespace v1 {
namespace detail {

/// The cloud's code and message for a status.
struct FakeErrorText {
  int status;
  const char* code;
  const char* message;
};

inline const FakeErrorText& fake_error_text(int status) {
  static const FakeErrorText texts[] = {
      {400, "bad.request",
       "The request could not be understood by the server due to malformed syntax."},
      {401, "bad.credentials", "Invalid login credentials."},
      {403, "not.authorized", "You are not authorized to perform the requested action."},
      {404, "not.found", "The requested resource was not found."},
      {415, "unsupported.media.type", "The media type of the request is not supported."},
      {429, "too.many.requests",
       "Rate limit exceeded the maximum. Retry the request in [1] seconds"},
      {500, "internal.server.error", "The server encountered an unexpected condition."},
      {503, "service.unavailable", "The service is temporarily unavailable."},
      {504, "authentication.request.timeout", "The request timed out."},
  };
  static const FakeErrorText other{0, "error", "The request failed."};
  const auto* found =
      std::find_if(std::begin(texts), std::end(texts),
                   [status](const FakeErrorText& text) { return text.status == status; });
  return found == std::end(texts) ? other : *found;
}

inline HttpResponse fake_response(int status, std::string body) {
  return {status, {{"Content-Type", "application/json"}}, std::move(body)};
}

inline HttpResponse fake_error(int status, const std::string& code, const std::string& message) {
  ErrorBody body;
  body.message = message;
  body.code = code;
  body.status = status;
  return fake_response(status, to_json(body));
}

inline HttpResponse fake_error(int status) {
  const FakeErrorText& text = fake_error_text(status);
  return fake_error(status, text.code, text.message);
}

inline HttpResponse method_not_allowed() {
  return fake_error(405, "method.not.allowed", "The method is not allowed for the resource.");
}

}  // namespace detail

namespace testing {

PURECLOUD_TOKENS_INLINE Fault Fault::status(int status) {
  return answer(detail::fake_error(status));
}

PURECLOUD_TOKENS_INLINE Fault Fault::retry_after(int status, std::string value) {
  Fault fault = Fault::status(status);
  fault.response->headers["Retry-After"] = std::move(value);
  return fault;
}

PURECLOUD_TOKENS_INLINE Fault Fault::answer(HttpResponse response) {
  Fault fault;
  fault.response = std::move(response);
  return fault;
}

PURECLOUD_TOKENS_INLINE Fault Fault::failure(ErrorKind kind) {
  Fault fault;
  fault.kind = kind;
  return fault;
}

PURECLOUD_TOKENS_INLINE Fault Fault::lost_answer() {
  Fault fault = failure(ErrorKind::connection);
  fault.carry_out = true;
  return fault;
}

}  // namespace testing
}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

inline bool path_ends_with(const HttpRequest& request, std::string_view end) {
  const auto path = std::string_view(request.target).substr(0, request.target.find('?'));
  return path.size() >= end.size() && path.substr(path.size() - end.size()) == end;
}

PURECLOUD_TOKENS_INLINE bool is_token_request(const HttpRequest& request) {
  return path_ends_with(request, "/oauth/token");
}

PURECLOUD_TOKENS_INLINE bool is_authorize_request(const HttpRequest& request) {
  return path_ends_with(request, "/oauth/authorize");
}

PURECLOUD_TOKENS_INLINE bool is_form_request(const HttpRequest& request) {
  const auto type = request.headers.find("Content-Type");
  return type != request.headers.end() &&
         lower_case(trimmed(std::string_view(type->second).substr(0, type->second.find(';')))) ==
             "application/x-www-form-urlencoded";
}

PURECLOUD_TOKENS_INLINE std::optional<ClientCredentials> basic_credentials_of(
    const HttpRequest& request) {
  constexpr std::string_view scheme = "basic ";
  const auto found = request.headers.find("Authorization");
  if (found == request.headers.end()) return std::nullopt;
  const std::string_view value = found->second;
  if (lower_case(value.substr(0, scheme.size())) != scheme) return std::nullopt;
  const auto pair = base64_decode(trimmed(value.substr(scheme.size())));
  const auto colon = pair ? pair->find(':') : std::string::npos;
  if (colon == std::string::npos) return ClientCredentials{};
  const auto id = parse_form_component(std::string_view(*pair).substr(0, colon));
  const auto secret = parse_form_component(std::string_view(*pair).substr(colon + 1));
  return id && secret ? ClientCredentials{*id, *secret} : ClientCredentials{};
}

inline HttpResponse fake_login_error(const std::string& error, const std::string& description) {
  return fake_response(400, "{\"error\":\"" + error + "\",\"description\":\"" + description +
                                "\",\"error_description\":\"" + description + "\"}");
}

/// A grant: its name, the clients that may use it, and the members of the form that it requires.
struct FakeLogin::Grant {
  const char* name;
  AuthorizedGrantTypeValues::Value type;
  std::vector<const char*> members;
};

PURECLOUD_TOKENS_INLINE void FakeLogin::register_client(testing::FakeClient client) {
  std::string id = client.id;
  clients_.insert_or_assign(std::move(id), std::move(client));
}

PURECLOUD_TOKENS_INLINE std::string FakeLogin::issue_code(const std::string& client_id,
                                                          std::string redirect_uri,
                                                          std::string code_challenge,
                                                          Timestamp now) {
  if (clients_.count(client_id) == 0)
    throw std::invalid_argument("issue_code: no client has this id");
  std::string code = new_secret("code");
  codes_[code] = {client_id, std::move(redirect_uri), std::move(code_challenge),
                  now + std::chrono::minutes(10)};
  return code;
}

PURECLOUD_TOKENS_INLINE std::string FakeLogin::issue_assertion(std::string org_name,
                                                               Timestamp now) {
  std::string assertion = base64("<Assertion ID=\"" + new_secret("assertion") + "\"/>");
  assertions_[assertion] = {std::move(org_name), now + std::chrono::minutes(10)};
  return assertion;
}

PURECLOUD_TOKENS_INLINE std::string FakeLogin::new_secret(const char* kind) {
  return "fake-" + (kind + ("-" + std::to_string(++secrets_))) + "-Jw3nV8yHc6PqLs0D";
}

PURECLOUD_TOKENS_INLINE std::optional<FakeLogin::Form> FakeLogin::read_form(std::string_view text) {
  auto members = parse_form(text);
  if (!members) return std::nullopt;
  Form form;
  for (auto& [name, value] : *members)
    if (!form.emplace(std::move(name), std::move(value)).second) return std::nullopt;
  return form;
}

PURECLOUD_TOKENS_INLINE const testing::FakeClient* FakeLogin::authenticate(
    const HttpRequest& request, Form& form) const {
  const auto basic = basic_credentials_of(request);
  if (!basic && request.headers.count("Authorization") > 0) return nullptr;
  const std::string& named = form["client_id"];
  if (basic && !named.empty() && named != basic->client_id) return nullptr;
  const auto found = clients_.find(basic ? basic->client_id : named);
  if (found == clients_.end()) return nullptr;
  const std::string& secret = found->second.secret;
  // with PKCE, the code's verifier replaces the secret
  const bool needs_none = secret.empty() || !form["code_verifier"].empty();
  const bool good = basic ? !secret.empty() && basic->client_secret == secret : needs_none;
  return good ? &found->second : nullptr;
}

PURECLOUD_TOKENS_INLINE HttpResponse FakeLogin::give_token(const HttpRequest& request,
                                                           Timestamp now, const IssueToken& issue) {
  static const Grant grants[] = {
      {"client_credentials", AuthorizedGrantTypeValues::client_credentials, {}},
      {"authorization_code", AuthorizedGrantTypeValues::code, {"code", "redirect_uri"}},
      {"refresh_token", AuthorizedGrantTypeValues::code, {"refresh_token"}},
      {"urn:ietf:params:oauth:grant-type:saml2-bearer",
       AuthorizedGrantTypeValues::saml2_bearer,
       {"orgName", "assertion"}},
  };
  if (request.method != "POST") return method_not_allowed();
  auto form = is_form_request(request) ? read_form(request.body) : std::nullopt;
  if (!form)
    return fake_login_error("invalid_request", "the body is not a form of distinct members");
  const testing::FakeClient* client = authenticate(request, *form);
  if (!client) return fake_login_error("invalid_client", "authentication failed");

  const std::string& name = (*form)["grant_type"];
  if (name.empty()) return fake_login_error("invalid_request", "grant_type is missing");
  const auto* grant = std::find_if(std::begin(grants), std::end(grants),
                                   [&](const Grant& each) { return each.name == name; });
  if (grant == std::end(grants))
    return fake_login_error("unsupported_grant_type", "the grant type is not supported");
  const bool may_be_public = grant->type == AuthorizedGrantTypeValues::code;
  if (client->grant.grant_type != grant->type || (client->secret.empty() && !may_be_public))
    return fake_login_error("unauthorized_client", "the client may not use this grant type");
  for (const char* member : grant->members)
    if ((*form)[member].empty())
      return fake_login_error("invalid_request", std::string(member) + " is missing");
  if (!redeem(*grant, *form, *client, now))
    return fake_login_error("invalid_grant", "the grant is wrong, expired or used");

  std::string body = R"({"access_token":")" + issue(*client) + R"(","token_type":"bearer")";
  if (client->lifetime) body += ",\"expires_in\":" + std::to_string(client->lifetime->count());
  if (may_be_public && client->refreshes) {
    const std::string token = new_secret("refresh-token");
    refresh_tokens_[token] = client->id;
    body += ",\"refresh_token\":\"" + token + "\"";
  }
  HttpResponse response = fake_response(200, body + "}");
  response.headers["Cache-Control"] = "no-store";
  return response;
}

/// Returns whether a challenge was made from this verifier (RFC 7636, 4.6).
inline bool verifies_code(const std::string& verifier, const std::string& challenge) {
  if (challenge.empty()) return verifier.empty();
  const bool unreserved = percent_encode(verifier) == verifier;
  return unreserved && verifier.size() >= 43 && verifier.size() <= 128 &&
         base64url(sha256(verifier)) == challenge;
}

PURECLOUD_TOKENS_INLINE bool FakeLogin::redeem(const Grant& grant, Form& form,
                                               const testing::FakeClient& client, Timestamp now) {
  const std::string_view name = grant.name;
  if (name == "authorization_code") {
    const auto found = codes_.find(form["code"]);
    if (found == codes_.end()) return false;
    const Code& code = found->second;
    const bool good = code.client_id == client.id && code.redirect_uri == form["redirect_uri"] &&
                      now < code.expires &&
                      verifies_code(form["code_verifier"], code.code_challenge);
    if (good) codes_.erase(found);
    return good;
  }
  if (name == "refresh_token") {
    const auto found = refresh_tokens_.find(form["refresh_token"]);
    if (found == refresh_tokens_.end() || found->second != client.id) return false;
    refresh_tokens_.erase(found);
  }
  if (grant.type == AuthorizedGrantTypeValues::saml2_bearer) {
    const auto found = assertions_.find(form["assertion"]);
    if (found == assertions_.end() || found->second.org_name != form["orgName"] ||
        now >= found->second.expires)
      return false;
    assertions_.erase(found);
  }
  return true;
}

PURECLOUD_TOKENS_INLINE const char* FakeLogin::refuse_authorization(Form& query) const {
  const auto client = clients_.find(query["client_id"]);
  if (client == clients_.end() ||
      client->second.grant.grant_type != AuthorizedGrantTypeValues::code)
    return "unauthorized_client";
  if (query["response_type"] != "code") return "unsupported_response_type";
  const std::string& method = query["code_challenge_method"];
  if (query["code_challenge"].empty() ? !method.empty() : method != "S256")
    return "invalid_request";
  return query["org"].empty() == query["provider"].empty() ? nullptr : "invalid_request";
}

PURECLOUD_TOKENS_INLINE HttpResponse FakeLogin::authorize(std::string_view text, Timestamp now) {
  auto query = read_form(text);
  if (!query)
    return fake_login_error("invalid_request", "the query is not a form of distinct members");
  // if these are wrong, the browser is not redirected: RFC 6749, 4.1.2.1
  const std::string& redirect_uri = (*query)["redirect_uri"];
  const auto client = clients_.find((*query)["client_id"]);
  const std::vector<std::string> registered =
      client == clients_.end() ? std::vector<std::string>() : client->second.redirect_uris;
  const bool is_registered = registered.empty() || std::find(registered.begin(), registered.end(),
                                                             redirect_uri) != registered.end();
  const bool is_visible = std::all_of(redirect_uri.begin(), redirect_uri.end(),
                                      [](char c) { return c > ' ' && c < 0x7f; });
  if (redirect_uri.empty() || !is_registered || !is_visible)
    return fake_login_error("invalid_request", "redirect_uri is missing or not the client's");

  const char* refusal = refuse_authorization(*query);
  std::string query_string =
      refusal ? form_encode({{"error", refusal}, {"error_description", "the request was refused"}})
              : form_encode({{"code", issue_code(client->first, redirect_uri,
                                                 (*query)["code_challenge"], now)}});
  if (const std::string& state = (*query)["state"]; !state.empty())
    query_string += "&" + form_encode({{"state", state}});
  const char separator = redirect_uri.find('?') == std::string::npos ? '?' : '&';
  return {302, {{"Location", redirect_uri + separator + query_string}}, {}};
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/testing/fake_tokens_server.ipp ----------------------------------------------------
#if !defined(PURECLOUD_TOKENS_TESTING_FAKE_TOKENS_SERVER_IPP)
#define PURECLOUD_TOKENS_TESTING_FAKE_TOKENS_SERVER_IPP

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

#include <limits>

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

#if !defined(_WIN32)
#include <dirent.h>
#include <netinet/in.h>
#include <sys/socket.h>
#endif

#include <cstdlib>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Ends the connections to an IPv4 port of this process. Needed because cpp-httplib 0.11 closes an
/// idle connection 5 seconds after its last request, not when the server stops, and has no function
/// that returns the socket.
inline void end_connections_to(int port) {
#if defined(_WIN32)
  static_cast<void>(port);
#else
  DIR* const folder = opendir("/dev/fd");
  if (!folder) return;
  while (const dirent* entry = readdir(folder)) {
    const int file = std::atoi(entry->d_name);
    sockaddr_in local{};
    socklen_t size = sizeof local;
    if (getsockname(file, reinterpret_cast<sockaddr*>(&local), &size) == 0 &&
        local.sin_family == AF_INET && ntohs(local.sin_port) == port)
      shutdown(file, SHUT_RDWR);
  }
  closedir(folder);
#endif
}

}  // namespace detail

namespace testing {

class FakeTokensServer::Impl {
 public:
  Impl() {
    server_.set_tcp_nodelay(true);
    server_.set_keep_alive_max_count(1'000'000);
    server_.new_task_queue = [] { return new httplib::ThreadPool(64); };
    mount(service, server_);
    port_ = server_.bind_to_any_port("127.0.0.1");
    if (port_ <= 0) throw std::runtime_error("FakeTokensServer: no port of 127.0.0.1 can be had");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    // otherwise the destructor could call stop() before the server runs, and wait for ever
    while (!server_.is_running()) std::this_thread::yield();
  }

  ~Impl() {
    server_.stop();
    detail::end_connections_to(port_);
    thread_.join();
  }

  std::string base_url() const { return "http://127.0.0.1:" + std::to_string(port_); }

  FakeTokensService service;

 private:
  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
};

PURECLOUD_TOKENS_INLINE FakeTokensServer::FakeTokensServer() : impl_(std::make_unique<Impl>()) {}

PURECLOUD_TOKENS_INLINE FakeTokensServer::~FakeTokensServer() = default;

PURECLOUD_TOKENS_INLINE FakeTokensService& FakeTokensServer::service() { return impl_->service; }

PURECLOUD_TOKENS_INLINE std::string FakeTokensServer::base_url() const { return impl_->base_url(); }

}  // namespace testing
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/testing/fake_tokens_service.ipp ---------------------------------------------------
#if !defined(PURECLOUD_TOKENS_TESTING_FAKE_TOKENS_SERVICE_IPP)
#define PURECLOUD_TOKENS_TESTING_FAKE_TOKENS_SERVICE_IPP

#include <cstdio>
#include <deque>

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

namespace purecloud {
inline namespace v1 {
namespace testing {

class FakeTokensService::State {
 public:
  struct Token {
    TokenGrant grant;
    std::string client_id;
    Timestamp last_used;
    std::optional<Timestamp> expires;
    bool expired = false;  ///< not revoked: the error differs
  };

  HttpResult handle(const HttpRequest& request) {
    const std::lock_guard<std::mutex> lock(mutex);
    char id[40];
    std::snprintf(id, sizeof id, "fa4e0000-0000-4000-8000-%012u", ++responses);

    std::optional<Fault> fault;
    auto& queue =
        detail::is_token_request(request) && !login_faults.empty() ? login_faults : faults;
    if (!queue.empty()) {
      fault = std::move(queue.front());
      queue.pop_front();
    }
    HttpResult result;
    if (!fault || fault->carry_out) result = respond(request);
    if (fault && fault->response) result = *fault->response;
    if (fault && fault->kind) result = HttpFailure{*fault->kind, "a scripted failure"};

    auto* response = std::get_if<HttpResponse>(&result);
    if (response) {
      response->headers.emplace("ININ-Correlation-Id", id);
      if (request.method == "HEAD") response->body.clear();
    }
    requests.push_back(detail::fake_record(request, response ? response->status : 0, id));
    return result;
  }

  /// Returns the error for a token that is not valid. Returns nothing for a valid token, and resets
  /// its idle timer unless `preserve_idle_ttl`.
  std::optional<HttpResponse> authentication_failure(const HttpRequest& request,
                                                     bool preserve_idle_ttl) {
    const std::string bearer(detail::bearer_token_of(request));
    if (bearer.empty())
      return detail::fake_error(
          401, "authentication.required",
          "No authentication bearer token specified in authorization header.");
    const auto found = tokens.find(bearer);
    if (found == tokens.end()) return detail::fake_error(401);
    Token& token = found->second;
    token.expired = has_expired(token);
    if (token.expired)
      return detail::fake_error(401, "credentials.expired",
                                "The supplied credentials are expired and cannot be used.");
    if (!preserve_idle_ttl) token.last_used = clock;
    return std::nullopt;
  }

  bool has_expired(const Token& token) const {
    return token.expired || is_idle(token) || (token.expires && clock >= *token.expires);
  }

  bool is_idle(const Token& token) const {
    return timeout.enable_idle_token_timeout.value_or(false) &&
           clock - token.last_used >= idle_seconds();
  }

  bool is_good(const std::string& token) const {
    const auto found = tokens.find(token);
    return found != tokens.end() && !has_expired(found->second);
  }

  /// Issues a token. A user's eleventh one ends the first.
  std::string issue_token(const TokenGrant& grant, const std::string& client_id,
                          std::optional<Timestamp> expires) {
    constexpr std::size_t tokens_a_user = 10;
    const std::string token = "fake-token-" + std::to_string(++issues) + "-x7Qe2LmV9sKd4TzR";
    tokens.emplace(token, Token{grant, client_id, clock, expires});
    issued.emplace_back(grant.user_id, token);

    std::vector<std::string> theirs;
    for (const auto& [user, each] : issued)
      if (user == grant.user_id && is_good(each)) theirs.push_back(each);
    if (theirs.size() > tokens_a_user) tokens.erase(theirs.front());
    return token;
  }

  std::string issue_token(const FakeClient& client) {
    std::optional<Timestamp> expires;
    if (client.lifetime) {
      const auto zero = std::chrono::seconds(0);
      // bounded, so that no lifetime overflows the clock
      const auto longest = std::chrono::duration_cast<std::chrono::seconds>(latest() - clock);
      expires = clock + (std::min)((std::max)(*client.lifetime, zero), longest);
    }
    return issue_token(client.grant, client.id, expires);
  }

  static Timestamp latest() { return *parse_timestamp("2260-01-01T00:00:00Z"); }

  std::chrono::seconds idle_seconds() const {
    return std::chrono::seconds(timeout.idle_token_timeout_seconds.value_or(28'800));
  }

  static std::optional<HttpResponse> refuse_permission(const Token& token, const char* permission) {
    const auto& held = token.grant.permissions;
    if (std::find(held.begin(), held.end(), permission) != held.end()) return std::nullopt;
    return detail::fake_error(
        403, "missing.any.permissions",
        std::string("Unable to perform the requested action. You must have at least one of "
                    "the following permissions assigned: [") +
            permission + "]");
  }

  HttpResponse respond(const HttpRequest& request) {
    if (detail::is_token_request(request))
      return login.give_token(request, clock,
                              [this](const FakeClient& client) { return issue_token(client); });
    static constexpr std::string_view root = "/api/v2/tokens/";
    const std::string_view target = request.target;
    const auto query_at = (std::min)(target.find('?'), target.size());
    const std::string_view path = target.substr(0, query_at);
    if (detail::is_authorize_request(request)) {
      const auto query = target.substr((std::min)(query_at + 1, target.size()));
      return request.method == "GET" ? login.authorize(query, clock) : detail::method_not_allowed();
    }
    const auto root_at = path.find(root);
    const bool preserve = target.substr(query_at).find("preserveIdleTTL=true") != target.npos;
    if (auto refusal = authentication_failure(request, preserve && request.method == "GET"))
      return *refusal;
    if (root_at == std::string_view::npos) return detail::fake_error(404);

    const auto token = tokens.find(std::string(detail::bearer_token_of(request)));
    const std::string_view resource = path.substr(root_at + root.size());
    const std::string& method = request.method;
    if (resource == "me") {
      if (method == "GET") return detail::fake_response(200, to_json(describe(token->second)));
      if (method == "HEAD") return {200, {}, {}};
      if (method == "DELETE") {
        tokens.erase(token);
        return {204, {}, {}};
      }
    } else if (resource == "timeout") {
      if (method == "GET") return detail::fake_response(200, to_json(timeout));
      if (method == "PUT") return change_timeout(request, token->second);
    } else if (method == "DELETE") {
      return delete_user(resource, token->second);
    }
    return detail::method_not_allowed();
  }

  HttpResponse change_timeout(const HttpRequest& request, const Token& token) {
    if (auto refusal = refuse_permission(token, "directory:organization:admin")) return *refusal;
    const auto type = request.headers.find("Content-Type");
    if (type == request.headers.end() || type->second.rfind("application/json", 0) != 0)
      return detail::fake_error(415);
    auto change = from_json<IdleTokenTimeout>(request.body);
    if (!change) return detail::fake_error(400);
    const int seconds = change->idle_token_timeout_seconds.value_or(300);
    if (seconds < 300 || seconds > 28'800)
      return detail::fake_error(400, "invalid.value",
                                "idleTokenTimeoutSeconds must be between 300 and 28800");
    timeout = *std::move(change);
    return detail::fake_response(200, to_json(timeout));
  }

  HttpResponse delete_user(std::string_view encoded_id, const Token& token) {
    if (auto refusal = refuse_permission(token, "oauth:token:delete")) return *refusal;
    bool found = false;
    for (auto each = tokens.begin(); each != tokens.end();) {
      const bool theirs = detail::percent_encode(each->second.grant.user_id) == encoded_id;
      found = found || theirs;
      each = theirs ? tokens.erase(each) : std::next(each);
    }
    return found ? HttpResponse{204, {}, {}} : detail::fake_error(404);
  }

  TokenInfo describe(const Token& token) const {
    TokenInfo info;
    info.organization = NamedEntity{"0f000000-0000-4000-8000-000000000001", "Fake Org", {}};
    info.home_organization = info.organization;
    info.authorized_scope = token.grant.scopes;
    if (timeout.enable_idle_token_timeout.value_or(false))
      info.date_token_idles = token.last_used + idle_seconds();
    OrgOAuthClient client;
    client.id = token.client_id;
    client.name = "Fake client";
    client.authorized_grant_type = token.grant.grant_type;
    client.state = OAuthClientState::active;
    client.scope = token.grant.scopes;
    client.organization = info.organization;
    info.oauth_client = client;
    return info;
  }

  mutable std::mutex mutex;
  std::map<std::string, Token> tokens;
  std::deque<std::pair<std::string, std::string>> issued;  // user and token, oldest first
  IdleTokenTimeout timeout;
  Timestamp clock = *parse_timestamp("2026-01-01T00:00:00Z");
  detail::FakeLogin login;
  std::deque<Fault> faults;
  std::deque<Fault> login_faults;
  std::vector<RecordedRequest> requests;
  unsigned responses = 0;
  unsigned issues = 0;
};

PURECLOUD_TOKENS_INLINE FakeTokensService::FakeTokensService() : state_(std::make_unique<State>()) {
  state_->timeout.idle_token_timeout_seconds = 28'800;
  state_->timeout.enable_idle_token_timeout = true;
  state_->timeout.inactivity_timeout_unit = InactivityTimeoutUnit::hours;
}

PURECLOUD_TOKENS_INLINE FakeTokensService::~FakeTokensService() = default;

PURECLOUD_TOKENS_INLINE std::string FakeTokensService::issue_token(const TokenGrant& grant) {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  return state_->issue_token(grant, FakeClient{}.id, std::nullopt);
}

PURECLOUD_TOKENS_INLINE void FakeTokensService::revoke_token(std::string_view token) {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  state_->tokens.erase(std::string(token));
}

PURECLOUD_TOKENS_INLINE bool FakeTokensService::is_valid(std::string_view token) const {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  return state_->is_good(std::string(token));
}

PURECLOUD_TOKENS_INLINE ClientCredentials FakeTokensService::register_client(FakeClient client) {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  ClientCredentials credentials{client.id, client.secret};
  state_->login.register_client(std::move(client));
  return credentials;
}

PURECLOUD_TOKENS_INLINE std::string FakeTokensService::issue_code(const std::string& client_id,
                                                                  std::string redirect_uri,
                                                                  std::string code_challenge) {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  return state_->login.issue_code(client_id, std::move(redirect_uri), std::move(code_challenge),
                                  state_->clock);
}

PURECLOUD_TOKENS_INLINE std::string FakeTokensService::issue_assertion(std::string org_name) {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  return state_->login.issue_assertion(std::move(org_name), state_->clock);
}

PURECLOUD_TOKENS_INLINE Timestamp FakeTokensService::now() const {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  return state_->clock;
}

PURECLOUD_TOKENS_INLINE void FakeTokensService::advance(std::chrono::milliseconds time) {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  time = (std::max)(time, std::chrono::milliseconds(0));
  state_->clock += (std::min)(time, State::latest() - state_->clock);
}

PURECLOUD_TOKENS_INLINE void FakeTokensService::advance_to(Timestamp time) {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  state_->clock = (std::max)(state_->clock, (std::min)(time, State::latest()));
}

PURECLOUD_TOKENS_INLINE IdleTokenTimeout FakeTokensService::idle_timeout() const {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  return state_->timeout;
}

PURECLOUD_TOKENS_INLINE void FakeTokensService::set_idle_timeout(IdleTokenTimeout timeout) {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  state_->timeout = std::move(timeout);
}

PURECLOUD_TOKENS_INLINE void FakeTokensService::fail_next(int count, const Fault& fault) {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  for (int i = 0; i < count; ++i) state_->faults.push_back(fault);
}

PURECLOUD_TOKENS_INLINE void FakeTokensService::fail_next_login(int count, const Fault& fault) {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  for (int i = 0; i < count; ++i) state_->login_faults.push_back(fault);
}

PURECLOUD_TOKENS_INLINE std::vector<RecordedRequest> FakeTokensService::requests() const {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  return state_->requests;
}

PURECLOUD_TOKENS_INLINE void FakeTokensService::clear_requests() {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  state_->requests.clear();
}

PURECLOUD_TOKENS_INLINE HttpResult FakeTokensService::handle(const HttpRequest& request) {
  return state_->handle(request);
}

}  // namespace testing
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/testing/recorded_request.ipp ------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_TESTING_RECORDED_REQUEST_IPP)
#define PURECLOUD_TOKENS_TESTING_RECORDED_REQUEST_IPP

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Returns a form with `<secret>` as the value of each secret member. Adds those values to
/// `redactor`.
inline std::string form_without_secrets(std::string_view form, Redactor& redactor) {
  static constexpr std::string_view secrets[] = {"code", "code_verifier", "refresh_token",
                                                 "assertion", "client_secret"};
  std::string recorded;
  for (std::size_t at = 0; at <= form.size();) {
    const std::string_view member = form.substr(at, form.find('&', at) - at);
    if (at > 0) recorded += '&';
    at += member.size() + 1;
    const auto equals = (std::min)(member.find('='), member.size());
    const auto name = parse_form_component(member.substr(0, equals));
    if (equals == member.size() ||
        (name && std::find(std::begin(secrets), std::end(secrets), *name) == std::end(secrets))) {
      recorded += member;
      continue;
    }
    if (const auto value = parse_form_component(member.substr(equals + 1)))
      redactor.add(*value, SecretKind::mark);
    recorded.append(member.substr(0, equals + 1)).append(SecretKind::mark);
  }
  return recorded;
}

PURECLOUD_TOKENS_INLINE testing::RecordedRequest fake_record(const HttpRequest& request, int status,
                                                             std::string correlation_id) {
  testing::RecordedRequest seen{request.method, request.target, request.headers,
                                request.body,   status,         std::move(correlation_id)};
  Redactor redactor;
  redactor.add(bearer_token_of(request), AccessTokenKind::mark);
  if (const auto found = seen.headers.find("Authorization"); found != seen.headers.end()) {
    const auto basic = basic_credentials_of(request);
    if (basic) redactor.add(basic->client_secret);
    found->second = basic ? "Basic <secret>" : "Bearer <access token>";
  }
  if (is_token_request(request)) {
    const auto query_at = (std::min)(seen.target.find('?'), seen.target.size() - 1) + 1;
    seen.target.replace(
        query_at, seen.target.npos,
        form_without_secrets(std::string_view(request.target).substr(query_at), redactor));
    seen.body = is_form_request(request) || request.body.empty()
                    ? form_without_secrets(request.body, redactor)
                    : std::string(SecretKind::mark);
  }
  for (auto& [name, value] : seen.headers) value = redactor.redact(std::move(value));
  seen.target = redactor.redact(std::move(seen.target));
  seen.body = redactor.redact(std::move(seen.body));
  return seen;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif
#endif
