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

/// A function object that can be moved, not copied, and is called once. What is no larger than
/// three pointers needs no allocation.
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

  /// Calls the function, and destroys it on this thread.
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

/// What an asynchronous backend calls when an exchange has ended: exactly once, on any thread, also
/// before `start` returns. Can be moved, not copied.
using Completion = detail::OnceFunction<HttpResult>;

/// What an asynchronous backend calls when a time has come, or a stop was requested before: as
/// Completion.
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

namespace purecloud {
inline namespace v1 {
namespace testing {

/// What FakeTokensService::issue_token grants.
struct TokenGrant {
  /// whose token it is: deleteToken takes it
  std::string user_id = "11111111-aaaa-4bbb-8ccc-000000000001";
  /// `oauth:token:delete`, for deleteToken; `directory:organization:admin`, for putTokensTimeout
  std::vector<std::string> permissions;
  std::vector<std::string> scopes;                             ///< TokenInfo::authorized_scope
  AuthorizedGrantType grant_type = AuthorizedGrantType::code;  ///< of the OAuth client
};

/// One thing that goes wrong, once. Made by the functions below.
struct Fault {
  /// An error answer: in the API's own form, with the code and message that it has for the status.
  static Fault status(int status);
  /// 429 or 503 that asks for a wait: seconds or an HTTP-date.
  static Fault retry_after(int status, std::string value);
  /// Any answer: a captive portal's page, a truncated body.
  static Fault answer(HttpResponse response);
  /// No answer. With ErrorKind::timeout, FakeBackend's clock moves to the attempt's deadline. A
  /// mounted service breaks the connection off instead, whatever the kind; a HEAD, whose answer has
  /// no body to break off in, gets a 503.
  static Fault failure(ErrorKind kind);
  /// The request is carried out, but its answer is lost on the way.
  static Fault lost_answer();

  std::optional<HttpResponse> response;  ///< the answer; none for a failure
  std::optional<ErrorKind> kind;         ///< of a failure
  bool carry_out = false;                ///< whether the request takes effect all the same
};

/// A request that the service saw. The bearer is in no member of it.
struct RecordedRequest {
  std::string method;          ///< `GET`, `HEAD`, `PUT` or `DELETE`
  std::string target;          ///< path and query, as they came
  HttpHeaders headers;         ///< the value of `Authorization` is `Bearer <access token>`
  std::string body;            ///< as it came
  int status = 0;              ///< what was answered; 0 for no answer
  std::string correlation_id;  ///< what the answer carried, if there was one
};

/// The Tokens API of Genesys Cloud in memory, for tests: tokens with scopes and permissions, idle
/// timeouts on a clock that stands still until it is moved, revocation, the cloud's error bodies,
/// a correlation id on every answer, and faults on demand. Safe to use from many threads.
class FakeTokensService {
 public:
  FakeTokensService();
  ~FakeTokensService();
  FakeTokensService(const FakeTokensService&) = delete;
  FakeTokensService& operator=(const FakeTokensService&) = delete;

  /// A new token. A user's eleventh ends the first, as in the cloud.
  std::string issue_token(const TokenGrant& grant = {});
  /// Ends a token; one that is unknown, or ended already, is left alone.
  void revoke_token(std::string_view token);
  /// Whether a request with the token would be let in now. Does not count as use of it.
  bool is_valid(std::string_view token) const;

  /// The clock begins at 2026-01-01T00:00:00Z.
  Timestamp now() const;
  /// Moves the clock forward by a time: tokens idle meanwhile.
  void advance(std::chrono::milliseconds time);
  /// Moves the clock forward to a time; one in the past leaves it alone.
  void advance_to(Timestamp time);

  /// The organization's idle timeout: 8 hours until it is changed.
  IdleTokenTimeout idle_timeout() const;
  /// Changes it, as putTokensTimeout does, but unchecked.
  void set_idle_timeout(IdleTokenTimeout timeout);

  /// The next `count` requests fail; further calls queue behind.
  void fail_next(int count, const Fault& fault);

  /// What came, in order, those that failed included.
  std::vector<RecordedRequest> requests() const;
  /// Forgets what came so far.
  void clear_requests();

  /// Answers a request; what is before `/api/v2/` in its target is a gateway's and ignored. A fault
  /// may be an HttpFailure.
  HttpResult handle(const HttpRequest& request);

 private:
  class State;
  std::unique_ptr<State> state_;
};

/// Serves a service through a `httplib::Server`, at any path. `service` must outlive the server's
/// last request.
template <class HttplibServer>
void mount(FakeTokensService& service, HttplibServer& server) {
  const auto answer = [&service](const auto& request, auto& response) {
    HttpRequest copy;
    copy.method = request.method;
    copy.target = request.target;
    for (const auto& [name, value] : request.headers) copy.headers.emplace(name, value);
    copy.body = request.body;
    const HttpResult result = service.handle(copy);
    const auto* answered = std::get_if<HttpResponse>(&result);
    if (!answered && request.method == "HEAD") {
      response.status = 503;
      return;
    }
    if (!answered) {
      // promises a body and breaks off, which closes the connection
      response.set_content_provider(1, "application/json", [](auto, auto, auto&) { return false; });
      return;
    }
    response.status = answered->status;
    std::string type = "text/plain";
    for (const auto& [name, value] : answered->headers) {
      if (HttpHeaders({{"Content-Type", ""}}).count(name))
        type = value;
      else
        response.set_header(name, value);
    }
    if (!answered->body.empty()) response.set_content(answered->body, type.c_str());
  };
  server.Get(".*", answer);  // and HEAD
  server.Put(".*", answer);
  server.Delete(".*", answer);
}

}  // namespace testing
}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {
namespace testing {

/// A backend without sockets, of both kinds: `BasicTokensApi<FakeBackend>` and
/// `BasicAsyncTokensApi<FakeBackend>` talk to a FakeTokensService. Calls wait on the service's
/// clock, so that retries take no real time; asynchronous ones have ended when the operation
/// returns, unless hold() was called. Safe to use from many threads.
class FakeBackend {
 public:
  static constexpr bool serves_every_origin = true;  ///< the login host, too

  /// With a service of its own.
  FakeBackend();
  /// The same, for clients that build their own backend.
  explicit FakeBackend(const Configuration&) : FakeBackend() {}
  /// With a service that others may use too. It must not be null.
  explicit FakeBackend(std::shared_ptr<FakeTokensService> service);
  /// Ends the calls that are held with ErrorKind::cancelled, on this thread.
  ~FakeBackend();
  FakeBackend(const FakeBackend&) = delete;
  FakeBackend& operator=(const FakeBackend&) = delete;

  /// The cloud behind it. Valid as long as the backend is.
  FakeTokensService& service() { return *service_; }

  /// Withholds the responses to asynchronous calls from now on. Their requests reach the service at
  /// once. Cancellation, a stop and the end of the backend still end a call at once, on that
  /// thread.
  void hold();
  /// Ends the hold, and responds in the order in which the requests were started, before it
  /// returns. Calls whose deadline the service's clock has passed time out.
  void release();

  /// Responds at once, but for Fault::failure(ErrorKind::timeout), which moves the service's clock
  /// to the deadline.
  HttpResult send(const HttpRequest& request, Deadline deadline);
  /// The same, asynchronously; `done` is called here, or by release().
  void start(HttpRequest request, Deadline deadline, StopToken stop, Completion done) noexcept;
  /// Moves the service's clock to `until`, and calls `due`; while responses are held, release()
  /// does, or a stop.
  void call_at(Deadline until, StopToken stop, Timer due) noexcept;

  /// The service's time.
  Moment now() const;
  /// Moves the service's clock to `until`.
  void wait_until(Deadline until);

 private:
  class Held;

  std::shared_ptr<FakeTokensService> service_;
  std::unique_ptr<Held> held_;
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

/// A FakeTokensService on a port of 127.0.0.1, over cpp-httplib, from construction to destruction.
class FakeTokensServer {
 public:
  /// Throws std::runtime_error when no port can be had.
  FakeTokensServer();
  ~FakeTokensServer();
  FakeTokensServer(const FakeTokensServer&) = delete;
  FakeTokensServer& operator=(const FakeTokensServer&) = delete;

  /// The cloud behind it. Valid as long as the server is.
  FakeTokensService& service();

  /// For Configuration::base_url: `http://127.0.0.1:41234`.
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

namespace purecloud {
inline namespace v1 {
namespace testing {

/// What is held back: the ends of requests and of waits, in the order in which they were started.
class FakeBackend::Held {
 public:
  using End = detail::OnceFunction<bool>;  ///< is told whether it comes from a stop

  /// Keeps `end`. Leaves it alone, and returns false, when nothing is held. Throws std::bad_alloc.
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

  /// Ends what is held by now. `stopped`: because of the end of the backend.
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
    bool stopped = false;  ///< before it was listed
    std::optional<StopCallback<EndNow>> on_stop;
  };

  void stop(Entry& entry) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      entry.stopped = true;
    }
    end_first([&entry](const Entry& each) { return &each == &entry; }, true);
  }

  /// Ends the first entry that fits, on this thread. False when there is none.
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
};

PURECLOUD_TOKENS_INLINE FakeBackend::FakeBackend()
    : FakeBackend(std::make_shared<FakeTokensService>()) {}

PURECLOUD_TOKENS_INLINE FakeBackend::FakeBackend(std::shared_ptr<FakeTokensService> service)
    : service_(std::move(service)), held_(std::make_unique<Held>()) {}

PURECLOUD_TOKENS_INLINE FakeBackend::~FakeBackend() { held_->release(true); }

PURECLOUD_TOKENS_INLINE void FakeBackend::hold() { held_->hold(); }

PURECLOUD_TOKENS_INLINE void FakeBackend::release() { held_->release(false); }

PURECLOUD_TOKENS_INLINE HttpResult FakeBackend::send(const HttpRequest& request,
                                                     Deadline deadline) {
  HttpResult result = service_->handle(request);
  const auto* failure = std::get_if<HttpFailure>(&result);
  if (failure && failure->kind == ErrorKind::timeout) wait_until(deadline);
  return result;
}

PURECLOUD_TOKENS_INLINE void FakeBackend::start(HttpRequest request, Deadline deadline,
                                                StopToken stop, Completion done) noexcept {
  // in a catch clause, `done` may be somewhere else already: so it is shared
  std::shared_ptr<Completion> respond;
  try {
    respond = std::make_shared<Completion>(std::move(done));
  } catch (const std::bad_alloc&) {
    return done(HttpFailure{ErrorKind::connection, "out of memory"});
  }
  try {
    if (stop.stop_requested())
      return (*respond)(HttpFailure{ErrorKind::cancelled, "cancelled before it was sent"});
    HttpResult result = service_->handle(request);
    Held::End end = [this, deadline, respond, result = std::move(result)](bool stopped) mutable {
      const auto* failure = std::get_if<HttpFailure>(&result);
      const bool times_out = failure && failure->kind == ErrorKind::timeout;
      if (stopped)
        result =
            HttpFailure{ErrorKind::cancelled, "cancelled; the request may have been carried out"};
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
    if (stop.stop_requested()) return end(true);
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

// ---- purecloud/testing/fake_tokens_server.ipp ----------------------------------------------------
#if !defined(PURECLOUD_TOKENS_TESTING_FAKE_TOKENS_SERVER_IPP)
#define PURECLOUD_TOKENS_TESTING_FAKE_TOKENS_SERVER_IPP

// ---- purecloud/detail/httplib/compat.hpp ---------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_HTTPLIB_COMPAT_HPP)
#define PURECLOUD_TOKENS_DETAIL_HTTPLIB_COMPAT_HPP

// Everything that differs from one cpp-httplib to the next, 0.11.4 to 0.53.1. Members are detected,
// not versions: CPPHTTPLIB_VERSION_NUM is a string.

#include <exception>  // 0.11.4 uses it, and leaves including it to the standard library

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
    // or the destructor could ask it to stop before it has begun, and wait for ever
    while (!server_.is_running()) std::this_thread::yield();
  }

  ~Impl() {
    server_.stop();
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

/// What is wrong with a call before anything of it is sent; empty when nothing is.
std::string call_problem(const OperationCall& call, std::string_view secret);

/// The request of a call, but for its Authorization.
HttpRequest make_request(const ClientSettings& settings, OperationCall& call);

/// Gives a request an Authorization of `scheme` (RFC 9110, 11.6.2).
void authorize(HttpRequest& request, std::string_view scheme, std::string_view credentials);

/// Overwrites what may be secret in a request that is about to be freed.
void wipe_secrets(HttpRequest& request);
/// The same for its Authorization alone.
void wipe_authorization(HttpRequest& request);

/// The token of a request with a Bearer Authorization; empty when it has none.
std::string_view bearer_token_of(const HttpRequest& request);

/// `GET /api/v2/tokens/me`: a request in a message, without the query.
std::string name_of(const HttpRequest& request);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

/// The text that the cloud has for each error.
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

inline HttpResponse fake_answer(int status, std::string body) {
  return {status, {{"Content-Type", "application/json"}}, std::move(body)};
}

inline HttpResponse fake_error(int status, const std::string& code, const std::string& message) {
  ErrorBody body;
  body.message = message;
  body.code = code;
  body.status = status;
  return fake_answer(status, to_json(body));
}

inline HttpResponse fake_error(int status) {
  const FakeErrorText& text = fake_error_text(status);
  return fake_error(status, text.code, text.message);
}

}  // namespace detail

namespace testing {

class FakeTokensService::State {
 public:
  struct Token {
    TokenGrant grant;
    Timestamp last_used;
    bool expired = false;  ///< for want of use, as against revoked: it is remembered
  };

  HttpResult handle(const HttpRequest& request) {
    const std::lock_guard<std::mutex> lock(mutex);
    char id[40];
    std::snprintf(id, sizeof id, "fa4e0000-0000-4000-8000-%012u", ++answers);

    std::optional<Fault> fault;
    if (!faults.empty()) {
      fault = faults.front();
      faults.pop_front();
    }
    HttpResult result;
    if (!fault || fault->carry_out) result = answer(request);
    if (fault && fault->response) result = *fault->response;
    if (fault && fault->kind) result = HttpFailure{*fault->kind, "a scripted failure"};

    auto* response = std::get_if<HttpResponse>(&result);
    if (response) {
      response->headers.emplace("ININ-Correlation-Id", id);
      if (request.method == "HEAD") response->body.clear();
    }
    record(request, response ? response->status : 0, id);
    return result;
  }

  void record(const HttpRequest& request, int status, const char* correlation_id) {
    RecordedRequest seen{request.method, request.target, request.headers,
                         request.body,   status,         correlation_id};
    const std::string_view bearer = detail::bearer_token_of(request);
    if (seen.headers.count("Authorization"))
      seen.headers["Authorization"] = "Bearer <access token>";
    for (auto& [name, value] : seen.headers) value = detail::redact(std::move(value), bearer);
    seen.target = detail::redact(std::move(seen.target), bearer);
    seen.body = detail::redact(std::move(seen.body), bearer);
    requests.push_back(std::move(seen));
  }

  /// Empty when the token is good, and then it counts as used.
  std::optional<HttpResponse> refuse_bearer(const HttpRequest& request, bool preserve_idle_ttl) {
    const std::string bearer(detail::bearer_token_of(request));
    if (bearer.empty())
      return detail::fake_error(
          401, "authentication.required",
          "No authentication bearer token specified in authorization header.");
    const auto found = tokens.find(bearer);
    if (found == tokens.end()) return detail::fake_error(401);
    Token& token = found->second;
    token.expired = token.expired || is_idle(token);
    if (token.expired)
      return detail::fake_error(401, "credentials.expired",
                                "The supplied credentials are expired and cannot be used.");
    if (!preserve_idle_ttl) token.last_used = clock;
    return std::nullopt;
  }

  bool is_idle(const Token& token) const {
    return timeout.enable_idle_token_timeout.value_or(false) &&
           clock - token.last_used >= idle_seconds();
  }

  bool is_good(const std::string& token) const {
    const auto found = tokens.find(token);
    return found != tokens.end() && !found->second.expired && !is_idle(found->second);
  }

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

  HttpResponse answer(const HttpRequest& request) {
    static constexpr std::string_view root = "/api/v2/tokens/";
    const std::string_view target = request.target;
    const auto query_at = (std::min)(target.find('?'), target.size());
    const std::string_view path = target.substr(0, query_at);
    const auto root_at = path.find(root);
    const bool preserve = target.substr(query_at).find("preserveIdleTTL=true") != target.npos;
    if (auto refusal = refuse_bearer(request, preserve && request.method == "GET")) return *refusal;
    if (root_at == std::string_view::npos) return detail::fake_error(404);

    const auto token = tokens.find(std::string(detail::bearer_token_of(request)));
    const std::string_view resource = path.substr(root_at + root.size());
    const std::string& method = request.method;
    if (resource == "me") {
      if (method == "GET") return detail::fake_answer(200, to_json(describe(token->second)));
      if (method == "HEAD") return {200, {}, {}};
      if (method == "DELETE") {
        tokens.erase(token);
        return {204, {}, {}};
      }
    } else if (resource == "timeout") {
      if (method == "GET") return detail::fake_answer(200, to_json(timeout));
      if (method == "PUT") return change_timeout(request, token->second);
    } else if (method == "DELETE") {
      return delete_user(resource, token->second);
    }
    return detail::fake_error(405, "method.not.allowed",
                              "The method is not allowed for the resource.");
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
    return detail::fake_answer(200, to_json(timeout));
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
    client.id = "0c000000-0000-4000-8000-000000000001";
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
  std::deque<Fault> faults;
  std::vector<RecordedRequest> requests;
  unsigned answers = 0;
  unsigned issues = 0;
};

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

PURECLOUD_TOKENS_INLINE FakeTokensService::FakeTokensService() : state_(std::make_unique<State>()) {
  state_->timeout.idle_token_timeout_seconds = 28'800;
  state_->timeout.enable_idle_token_timeout = true;
  state_->timeout.inactivity_timeout_unit = InactivityTimeoutUnit::hours;
}

PURECLOUD_TOKENS_INLINE FakeTokensService::~FakeTokensService() = default;

PURECLOUD_TOKENS_INLINE std::string FakeTokensService::issue_token(const TokenGrant& grant) {
  constexpr std::size_t tokens_a_user = 10;
  const std::lock_guard<std::mutex> lock(state_->mutex);
  auto& tokens = state_->tokens;
  const std::string token = "fake-token-" + std::to_string(++state_->issues) + "-x7Qe2LmV9sKd4TzR";
  tokens.emplace(token, State::Token{grant, state_->clock});
  state_->issued.emplace_back(grant.user_id, token);

  std::vector<std::string> theirs;
  for (const auto& [user, each] : state_->issued)
    if (user == grant.user_id && state_->is_good(each)) theirs.push_back(each);
  if (theirs.size() > tokens_a_user) tokens.erase(theirs.front());
  return token;
}

PURECLOUD_TOKENS_INLINE void FakeTokensService::revoke_token(std::string_view token) {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  state_->tokens.erase(std::string(token));
}

PURECLOUD_TOKENS_INLINE bool FakeTokensService::is_valid(std::string_view token) const {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  return state_->is_good(std::string(token));
}

PURECLOUD_TOKENS_INLINE Timestamp FakeTokensService::now() const {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  return state_->clock;
}

PURECLOUD_TOKENS_INLINE void FakeTokensService::advance(std::chrono::milliseconds time) {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  state_->clock += time;
}

PURECLOUD_TOKENS_INLINE void FakeTokensService::advance_to(Timestamp time) {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  state_->clock = (std::max)(state_->clock, time);
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
#endif
