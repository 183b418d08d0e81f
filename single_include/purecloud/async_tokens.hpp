// SPDX-License-Identifier: MIT

// purecloud/async_tokens.hpp of purecloud-tokens 1.0.0, in one file: a client for the Genesys Cloud Tokens
// API. Generated from include/ by single_include/amalgamate.py: change it there.
#undef PURECLOUD_TOKENS_SINGLE_HEADER
#define PURECLOUD_TOKENS_SINGLE_HEADER

// ---- purecloud/async_tokens.hpp ------------------------------------------------------------------
// Without #pragma once: see detail/bodies.hpp.

#include "tokens.hpp"

// ---- purecloud/async_tokens_api.hpp --------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_ASYNC_TOKENS_API_HPP)
#define PURECLOUD_TOKENS_ASYNC_TOKENS_API_HPP

// ---- purecloud/detail/async/async_driver.hpp -----------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_ASYNC_ASYNC_DRIVER_HPP)
#define PURECLOUD_TOKENS_DETAIL_ASYNC_ASYNC_DRIVER_HPP

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

// ---- purecloud/detail/async/async_call.hpp -------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_ASYNC_ASYNC_CALL_HPP)
#define PURECLOUD_TOKENS_DETAIL_ASYNC_ASYNC_CALL_HPP

// ---- purecloud/detail/async/call_state.hpp -------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_ASYNC_CALL_STATE_HPP)
#define PURECLOUD_TOKENS_DETAIL_ASYNC_CALL_STATE_HPP

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

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Throws the std::logic_error of a Future that has no call.
[[noreturn]] void raise_no_outcome();

/// Calls `work`. Returns false if it threw std::bad_alloc. A body for the reason given at
/// error_of().
bool has_memory(void (*work)(void*), void* context);

/// Marks this thread, during the scope's lifetime, as a thread of a backend.
class BackendScope {
 public:
  explicit BackendScope(const void* backend) : backend_(backend), outer_(innermost()) {
    innermost() = this;
  }
  ~BackendScope() { innermost() = outer_; }
  BackendScope(const BackendScope&) = delete;
  BackendScope& operator=(const BackendScope&) = delete;

  static bool is_thread_of(const void* backend);

 private:
  static const BackendScope*& innermost();

  const void* const backend_;
  const BackendScope* const outer_;
};

/// The state that a call in flight and its Future share: the part that does not depend on the type
/// of the result. Its stop cancels the call.
class CallState : public StopState, public std::enable_shared_from_this<CallState> {
 public:
  /// `backend` is only compared with other addresses.
  explicit CallState(const void* backend) : backend_(backend) { sources = 1; }
  virtual ~CallState() = default;
  CallState(const CallState&) = delete;
  CallState& operator=(const CallState&) = delete;

  StopToken stop_token() { return StopToken(shared_from_this()); }

  bool ended() const;
  /// Waits until at most `until`, and returns whether the call has ended. Throws std::logic_error
  /// if waiting would be a deadlock.
  bool wait_until(Deadline until);
  void wait();

 protected:
  /// Ends the call: `store` stores the outcome. Calls the handler if there is one. The caller keeps
  /// the state alive.
  template <class Store>
  void end(Store store) noexcept {
    std::unique_lock<std::mutex> lock(mutex_);
    store();
    ended_ = true;
    const bool has_handler = has_handler_;
    lock.unlock();  // before the notification, or a thread that wakes would wait for the lock
    if (has_handler)
      run_handler();
    else
      changed_.notify_all();
  }

  /// If the call has not ended, calls `set`, which stores a handler, and returns true.
  template <class Set>
  bool set_handler(Set set) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (ended_) return false;
    set();
    has_handler_ = true;
    return true;
  }

  /// Forgets the handler.
  void drop_handler() {
    const std::lock_guard<std::mutex> lock(mutex_);
    has_handler_ = false;
  }

  /// Calls the handler now; if another handler is running on this thread, after that one.
  void run_handler() noexcept;

 private:
  virtual void call_handler() noexcept = 0;
  void check_thread() const;

  const void* const backend_;
  mutable std::mutex mutex_;
  Condition changed_;
  bool ended_ = false;
  bool has_handler_ = false;
  std::shared_ptr<CallState> next_;  ///< the call whose handler runs after this one's
};

/// The state that a call in flight and its Future<T> share.
template <class T>
class ResultState : public CallState {
 public:
  using CallState::CallState;
  using Handler = OnceFunction<Result<T>>;

  /// Sets a function that gets the outcome at once; then there is no Future. To be called before
  /// the call begins.
  void set_receiver(Handler receiver) { receiver_ = std::move(receiver); }

  /// Ends the call. The driver calls this exactly once.
  void end_with(Result<T> result) noexcept {
    if (receiver_) return receiver_(std::move(result));
    this->end([&] { result_.emplace(std::move(result)); });
  }

  /// Returns the outcome of a call that has ended, and forgets it.
  Result<T> take() { return *std::exchange(result_, std::nullopt); }

  /// Calls `handler` when the call ends; now, if it has ended.
  void then(Handler handler) {
    if (try_then(handler)) return;
    handler_ = std::move(handler);
    this->run_handler();
  }

  /// Stores the handler and returns true; if the call has ended, returns false, and `handler` stays
  /// with the caller.
  bool try_then(Handler& handler) {
    return this->set_handler([&] { handler_ = std::move(handler); });
  }

  /// Forgets the handler of a call that has not ended.
  void forget_handler() {
    this->drop_handler();
    handler_ = Handler();
  }

 private:
  void call_handler() noexcept override {
    Handler handler = std::move(handler_);
    if (handler) handler(take());  // else it was forgotten while another handler ran
  }

  std::optional<Result<T>> result_;
  Handler handler_;
  Handler receiver_;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

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
namespace detail {

/// True for a backend with a queue. It gets the deadline of the call, and Timeouts::attempt begins
/// when the request leaves the queue.
template <class Backend, class = void>
struct HasQueue : std::false_type {};
template <class Backend>
struct HasQueue<Backend, std::enable_if_t<Backend::has_queue>> : std::true_type {};

/// A call in flight over an asynchronous backend: it starts what its Exchange says, and continues
/// when the backend calls back. It never recurses, even if the backend calls back before `start`
/// returns.
template <class Backend, class T>
class AsyncCall final : public ResultState<T> {
 public:
  using Engine = decltype(engine_of(std::declval<Backend&>()));

  explicit AsyncCall(Engine engine) : ResultState<T>(&*engine), engine_(std::move(engine)) {}

  /// Starts the call. Afterwards the backend keeps it alive until it has ended.
  void begin(std::shared_ptr<const ClientSettings> settings, Call<T> call,
             std::shared_ptr<const AccessToken> token, std::shared_ptr<Login<Backend>> login) {
    login_ = std::move(login);
    const StopToken users_stop = std::exchange(call.options.stop, this->stop_token());
    exchange_.emplace(std::move(settings), std::move(call), std::move(token), now());
    if (users_stop.stop_possible()) forward_stop_.emplace(users_stop, Forward{self()});
    guarded([this] { advance(exchange_->next(now())); });
  }

 private:
  using Action = Exchange::Action;

  /// A stop callback that requests another stop: that of the call, or of its wait for a token.
  struct Forward {
    std::shared_ptr<StopState> state;
    void operator()() const noexcept {
      // a copy, because the stop may destroy this object
      const std::shared_ptr<StopState> kept = state;
      kept->request();
    }
  };

  std::shared_ptr<AsyncCall> self() {
    return std::static_pointer_cast<AsyncCall>(this->shared_from_this());
  }

  /// A stop callback that continues the call when the token has come; for a backend with its own
  /// clock.
  struct Resume {
    std::shared_ptr<AsyncCall> call;
    void operator()() const noexcept {
      const std::shared_ptr<AsyncCall> kept = call;
      kept->woken();
    }
  };

  /// Carries out a step and those that follow, until the call has to wait for the backend.
  void advance(Exchange::Step step) {
    while (step.action != Action::done) {
      whose_turn_ = Turn::starting;
      if (step.action == Action::send) {
        const Deadline until = HasQueue<Backend>::value ? exchange_->deadline() : step.until;
        engine_->start(HttpRequest(exchange_->request()), until, exchange_->stop(),
                       [call = self()](HttpResult result) { call->completed(std::move(result)); });
      } else if (step.action == Action::wait) {
        engine_->call_at(step.until, exchange_->stop(), [call = self()] { call->woken(); });
      } else if (const auto next = get_token()) {
        step = *next;
        continue;
      }
      // the backend may have called back already, on this thread or on another one
      if (whose_turn_.exchange(Turn::callers) != Turn::ours) return;
      step = next_step();
    }
    finish_call();
  }

  void completed(HttpResult result) {
    result_.emplace(std::move(result));
    woken();
  }

  void woken() {
    if (whose_turn_.exchange(Turn::ours) == Turn::starting) return;  // advance() continues
    const BackendScope scope(&*engine_);
    const auto keep_alive = self();
    guarded([this] { advance(next_step()); });
  }

  Exchange::Step next_step() {
    const Moment now = moment_of(*engine_);
    if (wake_) return token_came();
    if (!result_) return exchange_->next(now.steady);
    HttpResult result = *std::move(result_);
    result_.reset();
    return exchange_->received(std::move(result), now);
  }

  /// Asks for a token. Returns nothing if the call has to wait for it.
  std::optional<Exchange::Step> get_token() {
    TokenSource::Decision decision =
        login_->source.ask(exchange_->token_need(), now(), std::exchange(waited_, nullptr).get());
    switch (decision.action) {
      case TokenSource::Action::use: return exchange_->use_token(std::move(decision.token), now());
      case TokenSource::Action::none: return exchange_->no_token(std::nullopt, now());
      case TokenSource::Action::fail: return exchange_->no_token(std::move(decision.error), now());
      case TokenSource::Action::fetch: fetch_token(decision.is_early); break;
      case TokenSource::Action::wait: break;
    }
    wait_until_ = exchange_->deadline();
    if (decision.is_early)
      wait_until_ = now() + time_for_early_renewal(wait_until_ - now(), *login_->settings());
    wake_ = std::move(decision.wake);
    stop_wait_.emplace(exchange_->stop(), Forward{wake_});
    if constexpr (HasClock<Backend>::value) {
      // not call_at(), which would move such a clock to the deadline
      resume_.emplace(StopToken(wake_), Resume{self()});
    } else {
      engine_->call_at(wait_until_, StopToken(wake_), [call = self()] { call->woken(); });
    }
    return std::nullopt;
  }

  Exchange::Step token_came() {
    waited_ = std::exchange(wake_, nullptr);
    stop_wait_.reset();
    resume_.reset();
    const auto step = exchange_->next(now());
    if (step.action != Action::get_token || waited_->requested() || now() >= wait_until_)
      return step;
    // no token, no stop, no deadline: the backend called back because it is being destroyed
    Error error;
    error.kind = ErrorKind::cancelled;
    error.message = name_of(exchange_->request()) + ": cancelled before anything was sent";
    return exchange_->no_token(std::move(error), now());
  }

  /// Starts the request for a token, on behalf of all calls that wait. It has its own deadline, so
  /// it goes on if this call ends.
  void fetch_token(bool is_early) {
    const std::shared_ptr<Login<Backend>> login = login_;
    struct Report {  // in case the request could not be started; else the request reports
      AsyncCall& call;
      Login<Backend>& login;
      std::optional<Result<OAuthToken>> result;
      bool due = true;
      ~Report() {
        if (due) login.source.report(std::move(result), call.now());
      }
    } report{*this, *login, std::nullopt};
    auto no_backend = error_of([&] {
      Backend* const own = login->own_backend();
      const Engine engine = own ? engine_of(*own) : engine_;
      const auto request = std::make_shared<AsyncCall<Backend, OAuthToken>>(engine);
      request->set_receiver([login = std::weak_ptr<Login<Backend>>(login),
                             clock = &*engine](Result<OAuthToken> result) {
        const auto alive = login.lock();
        if (!alive) return;
        std::optional<Result<OAuthToken>> response;
        // if memory ran out before anything was sent, that is not a failure of the login host
        if (result || (result.error)().attempts > 0 ||
            (result.error)().kind != ErrorKind::connection)
          response = std::move(result);
        alive->source.report(std::move(response), steady_now(*clock));
      });
      CallOptions options;
      if (is_early) options.deadline = login->settings()->configuration.timeouts.attempt;
      request->begin(login->settings(), login->call(options), nullptr, nullptr);
    });
    report.due = no_backend.has_value();
    if (no_backend) report.result = Result<OAuthToken>(*std::move(no_backend));
  }

  Deadline now() const { return steady_now(*engine_); }

  void finish_call() {
    if (const auto lost = exchange_->lost_token()) login_->source.forget(lost);
    Result<T> result = finish<T>(*exchange_);
    release_all();
    this->end_with(std::move(result));
  }

  /// Runs `work`. If memory runs out, the call fails, and the program goes on.
  template <class Work>
  void guarded(Work work) noexcept {
    if (!has_memory([](void* context) { (*static_cast<Work*>(context))(); }, &work)) {
      Error error;
      error.kind = ErrorKind::connection;
      error.message = "out of memory";
      release_all();
      this->end_with(std::move(error));
    }
  }

  void release_all() noexcept {
    forward_stop_.reset();
    stop_wait_.reset();
    resume_.reset();
    exchange_.reset();
    login_.reset();
    engine_ = nullptr;
  }

  /// Who continues the call.
  enum class Turn {
    starting,  ///< advance() is starting an exchange or a wait
    callers,   ///< advance() has returned: the callback continues the call
    ours,      ///< the callback has come: it continues, unless advance() was `starting`
  };

  Engine engine_;
  std::optional<Exchange> exchange_;
  std::shared_ptr<Login<Backend>> login_;
  std::optional<StopCallback<Forward>> forward_stop_;
  std::shared_ptr<TokenSource::Wake> wake_;    ///< set while the call waits for a token
  Deadline wait_until_{};                      ///< the end of that wait
  std::shared_ptr<TokenSource::Wake> waited_;  ///< set after that, until the call has asked again
  std::optional<StopCallback<Forward>> stop_wait_;
  std::optional<StopCallback<Resume>> resume_;
  std::optional<HttpResult> result_;
  std::atomic<Turn> whose_turn_{Turn::starting};
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/future.hpp ------------------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_FUTURE_HPP)
#define PURECLOUD_TOKENS_FUTURE_HPP

#if defined(__cpp_impl_coroutine) && defined(__has_include)
#if __has_include(<coroutine>)
#include <coroutine>
#endif
#endif

namespace purecloud {
inline namespace v1 {

template <class T>
class FutureResult;

/// The future outcome of an asynchronous call. Destroying a Future does not end its call.
///
/// After its outcome was taken, after a move, and when default-constructed, a Future has no call:
/// valid() is false, cancel() does nothing, and the other members throw std::logic_error. cancel()
/// may be called while another thread waits in a member; otherwise a Future is not thread-safe. On
/// a thread of the call's backend (in a handler, or after a `co_await`) a member that would wait
/// throws std::logic_error, because the call could never end.
template <class T>
class [[nodiscard]] Future {
 public:
  /// A Future without a call.
  Future() noexcept = default;
  /// Used by the clients.
  explicit Future(std::shared_ptr<detail::ResultState<T>> state) noexcept
      : state_(std::move(state)) {}

  Future(Future&&) noexcept = default;
  Future& operator=(Future&&) noexcept = default;

  /// Calls `handler(Result<T>)` exactly once: on a thread of the backend, or before then() returns
  /// if the call has ended already; when called in another handler, after that one. The handler
  /// must not block; an exception from it ends the program. To cancel such a call, use
  /// CallOptions::stop.
  template <class Handler>
  void then(Handler&& handler) && {
    static_assert(std::is_invocable_v<std::decay_t<Handler>&, Result<T>>,
                  "purecloud: the handler of Future<T>::then must be callable with a Result<T>");
    take_state()->then(std::forward<Handler>(handler));
  }

  /// Waits for the end of the call, and returns its value. Throws ApiException if the call failed.
  T get() { return result().value(); }

  /// Waits for the end of the call, and returns its outcome.
  Result<T> result() {
    state().wait();
    // state_ is not reset, because another thread may read it in cancel()
    spent_ = true;
    return state_->take();
  }

  /// Waits for at most `time`, and returns whether the call has ended.
  template <class Rep, class Period>
  bool wait_for(std::chrono::duration<Rep, Period> time) const {
    using namespace std::chrono;
    // as a double, because no duration overflows it
    const auto longest = duration<double>(detail::longest_time);
    const auto bounded = (std::min)(duration<double>(time), longest);
    return wait_until(steady_clock::now() + ceil<milliseconds>((std::max)(bounded, -longest)));
  }

  /// Waits until at most `until`, and returns whether the call has ended.
  bool wait_until(Deadline until) const { return state().wait_until(until); }

  /// Returns whether the call has ended.
  bool is_ready() const { return state().ended(); }

  /// Returns whether there is a call whose outcome was not taken yet.
  bool valid() const noexcept { return state_ && !spent_; }

  /// Ends the call with ErrorKind::cancelled within 50 ms, unless it ends otherwise before. A
  /// request that was sent already may have been carried out. Runs no handler itself (only over
  /// testing::FakeBackend it does). Must not be called in a signal handler.
  void cancel() const noexcept {
    // a copy, because a handler may destroy this future
    if (const auto state = state_) state->request();
  }

  /// Returns an object for `co_await`, which gives the Result<T> instead of throwing.
  FutureResult<T> as_result() && { return FutureResult<T>(std::move(*this)); }

 private:
  template <class>
  friend class FutureResult;
  template <class, bool>
  friend class FutureAwaiter;

  detail::ResultState<T>& state() const {
    if (!valid()) detail::raise_no_outcome();
    return *state_;
  }
  std::shared_ptr<detail::ResultState<T>> take_state() {
    state();
    return std::move(state_);
  }

  std::shared_ptr<detail::ResultState<T>> state_;
  bool spent_ = false;
};

/// What Future::as_result() returns, for `co_await`.
template <class T>
class [[nodiscard]] FutureResult {
 public:
  /// Takes over the call of a Future.
  explicit FutureResult(Future<T> awaited) noexcept : future(std::move(awaited)) {}
  Future<T> future;  ///< the call
};

#if defined(__cpp_impl_coroutine) && defined(__cpp_lib_coroutine)

/// Suspends a coroutine until a call has ended, and resumes it where a handler would run.
template <class T, bool throws>
class FutureAwaiter {
 public:
  explicit FutureAwaiter(Future<T> future) : state_(future.take_state()) {}
  FutureAwaiter(FutureAwaiter&&) = delete;
  // While `waits_`: the suspended coroutine is being destroyed.
  ~FutureAwaiter() {
    if (waits_) state_->forget_handler();
  }

  bool await_ready() const { return state_->ended(); }

  bool await_suspend(std::coroutine_handle<> coroutine) {
    typename detail::ResultState<T>::Handler handler(Resume{this, coroutine});
    waits_ = true;
    // from here on another thread may resume the coroutine, which destroys this object
    if (state_->try_then(handler)) return true;
    waits_ = false;
    return false;
  }

  auto await_resume() {
    Result<T> result = result_ ? *std::move(result_) : state_->take();
    if constexpr (throws)
      return std::move(result).value();
    else
      return result;
  }

 private:
  struct Resume {
    FutureAwaiter* awaiter;
    std::coroutine_handle<> coroutine;
    void operator()(Result<T> result) {
      awaiter->waits_ = false;
      awaiter->result_.emplace(std::move(result));
      coroutine.resume();
    }
  };

  std::shared_ptr<detail::ResultState<T>> state_;
  std::optional<Result<T>> result_;
  bool waits_ = false;
};

/// `co_await tokens.get_tokens_me()` gives the value, or throws ApiException.
template <class T>
FutureAwaiter<T, true> operator co_await(Future<T>&& future) {
  return FutureAwaiter<T, true>(std::move(future));
}

/// `co_await tokens.get_tokens_me().as_result()` gives the Result, and throws nothing.
template <class T>
FutureAwaiter<T, false> operator co_await(FutureResult<T>&& future) {
  return FutureAwaiter<T, false>(std::move(future.future));
}

#endif

}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Starts calls over an asynchronous backend. Immutable, and therefore thread-safe.
template <class Backend>
class AsyncDriver {
  static_assert(check_async_backend<Backend>());

 public:
  explicit AsyncDriver(ClientState<Backend> state) : state_(std::move(state)) {}

  /// Returns a driver with the same settings and backend, and another token.
  AsyncDriver with_access_token(AccessToken token) const {
    return AsyncDriver(state_.with_access_token(std::move(token)));
  }

  template <class T>
  Future<T> start(Call<T> call) const {
    const auto state = std::make_shared<AsyncCall<Backend, T>>(engine_of(*state_.backend));
    state->begin(state_.settings, std::move(call), state_.token, state_.login);
    return Future<T>(state);
  }

 private:
  ClientState<Backend> state_;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {

/// The Tokens API of Genesys Cloud, asynchronously. The operations are those of BasicTokensApi;
/// each starts its call and returns at once. It copies its arguments, and throws nothing but
/// std::bad_alloc: the error of a refused argument is in the Future.
///
/// Cheap to copy, and thread-safe. Neither a call in flight nor its Future keeps the backend alive.
/// The backend is destroyed with its last reference (with the last copy of the client, if the
/// client built it). Then its calls end with ErrorKind::cancelled, their handlers run, and the
/// destructor returns when the backend's threads have ended. If a handler of that backend destroys
/// it, the destructor returns at once, and the remaining handlers run after that one. Do not hold
/// a lock that a handler requires while you destroy a backend.
template <class AsyncBackend>
class BasicAsyncTokensApi {
 public:
  /// See BasicTokensApi.
  explicit BasicAsyncTokensApi(const Configuration& configuration)
      : driver_(State(configuration)) {}

  /// See BasicTokensApi.
  BasicAsyncTokensApi(const Configuration& configuration, std::shared_ptr<AsyncBackend> backend)
      : driver_(State(configuration, std::move(backend), nullptr)) {}

  /// See BasicTokensApi.
  BasicAsyncTokensApi(const Configuration& configuration, std::shared_ptr<AsyncBackend> backend,
                      std::shared_ptr<AsyncBackend> login_backend)
      : driver_(State(configuration, std::move(backend), std::move(login_backend))) {}

  /// See BasicTokensApi::with_access_token().
  BasicAsyncTokensApi with_access_token(AccessToken token) const {
    return BasicAsyncTokensApi(driver_.with_access_token(std::move(token)));
  }

  /// See BasicTokensApi::get_tokens_me().
  Future<TokenInfo> get_tokens_me(const GetTokensMeOptions& options = {}) const {
    return driver_.start(detail::operations::get_tokens_me(options));
  }

  /// See BasicTokensApi::head_tokens_me().
  Future<bool> head_tokens_me(const CallOptions& options = {}) const {
    return driver_.start(detail::operations::head_tokens_me(options));
  }

  /// See BasicTokensApi::delete_tokens_me().
  Future<void> delete_tokens_me(const CallOptions& options = {}) const {
    return driver_.start(detail::operations::delete_tokens_me(options));
  }

  /// See BasicTokensApi::delete_token().
  Future<void> delete_token(std::string_view user_id, const CallOptions& options = {}) const {
    return driver_.start(detail::operations::delete_token(user_id, options));
  }

  /// See BasicTokensApi::get_tokens_timeout().
  Future<IdleTokenTimeout> get_tokens_timeout(const CallOptions& options = {}) const {
    return driver_.start(detail::operations::get_tokens_timeout(options));
  }

  /// See BasicTokensApi::put_tokens_timeout().
  Future<IdleTokenTimeout> put_tokens_timeout(const IdleTokenTimeout& timeout,
                                              const CallOptions& options = {}) const {
    return driver_.start(detail::operations::put_tokens_timeout(timeout, options));
  }

 private:
  using State = detail::ClientState<AsyncBackend>;

  explicit BasicAsyncTokensApi(detail::AsyncDriver<AsyncBackend> driver)
      : driver_(std::move(driver)) {}

  detail::AsyncDriver<AsyncBackend> driver_;
};

}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/backend/threaded.hpp --------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_BACKEND_THREADED_HPP)
#define PURECLOUD_TOKENS_BACKEND_THREADED_HPP

// ---- purecloud/detail/async/worker_threads.hpp ---------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_ASYNC_WORKER_THREADS_HPP)
#define PURECLOUD_TOKENS_DETAIL_ASYNC_WORKER_THREADS_HPP

#include <list>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Carries out requests on a bounded number of threads, which start when they are needed and end
/// when they are idle. One more thread, the clock, ends requests whose deadline passes in the
/// queue, and requests that are cancelled.
class WorkerThreads final : public AsyncEngine, public std::enable_shared_from_this<WorkerThreads> {
 public:
  using Send = std::function<HttpResult(const HttpRequest&, Deadline, const StopToken&)>;

  /// `send_heeds_stop`: whether `send` ends soon after a stop. If not, a cancelled call ends before
  /// its `send` does.
  WorkerThreads(Send send, bool send_heeds_stop, const Configuration& configuration);

  void start(HttpRequest request, Deadline deadline, StopToken stop,
             Completion done) noexcept override;
  void call_at(Deadline until, StopToken stop, Timer due) noexcept override;

  /// Ends all requests with ErrorKind::cancelled, and waits for the threads to end. On one of these
  /// threads, and in a forked child, it returns at once. The owner gives up its reference by this.
  static void close(std::shared_ptr<WorkerThreads> threads) noexcept;

 private:
  struct Alarm;
  using Alarms = std::multimap<Deadline, std::shared_ptr<Alarm>>;

  /// Calls `ring` on the clock's thread: at its time, when a stop is requested, or on close().
  struct Alarm {
    struct RingNow {
      WorkerThreads* threads;
      Alarm* alarm;
      void operator()() const noexcept;
    };
    Timer ring;
    Alarms::iterator place;
    bool is_set = false;
    bool stopped = false;  ///< the stop was requested before it was set
    std::optional<StopCallback<RingNow>> on_stop;
  };

  enum class Phase { queued, running, ended };

  /// A request. `send` gets its stop, which its alarm requests.
  struct Job : StopState {
    ~Job() { wipe_secrets(http); }

    HttpRequest http;
    Deadline deadline;
    StopToken calls_stop;
    Completion done;
    std::shared_ptr<Alarm> alarm;
    Phase phase = Phase::queued;
    std::list<std::shared_ptr<Job>>::iterator place;
  };

  bool enqueue(const std::shared_ptr<Job>& job);
  void set(const std::shared_ptr<Alarm>& alarm, Deadline until);
  void clear(Alarm& alarm) noexcept;
  void alarmed(const std::shared_ptr<Job>& job) noexcept;
  HttpResult send(const std::shared_ptr<Job>& job) const noexcept;
  void work() noexcept;
  void keep_time() noexcept;
  void start_thread(std::list<std::thread>& threads, void (WorkerThreads::*loop)() noexcept);
  void leave(std::list<std::thread>& threads);

  const Send send_;
  const bool send_heeds_stop_;
  const std::size_t max_threads_;
  const std::chrono::milliseconds idle_for_;
  const std::chrono::milliseconds attempt_;
  const long process_;

  std::mutex mutex_;
  Condition work_;
  Condition time_;
  std::list<std::shared_ptr<Job>> queue_;
  Alarms alarms_;
  std::list<std::thread> workers_;
  std::list<std::thread> clock_;  ///< one thread, or none
  std::list<std::thread> left_;   ///< threads that have ended, to be joined
  std::size_t idle_ = 0;          ///< workers without work
  bool closing_ = false;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {

/// Makes an asynchronous backend of a synchronous one: requests are sent on at most
/// `pool.max_connections` threads, which start when they are needed and end after they were idle
/// for `pool.idle_for`; one more thread is for timers. Further requests wait in a queue. The time
/// in the queue does not count towards `timeouts.connect` and `timeouts.attempt`.
///
/// A cancelled call ends at once. If the `send` of the Backend accepts no stop token, it still runs
/// to its end, and the destructor waits for it.
template <class Backend>
class ThreadedBackend {
  static_assert(detail::check_backend<Backend>());

 public:
  using EngineOwner = ThreadedBackend;
  static constexpr bool has_queue = true;  ///< `start` gets the deadline of the call

  /// Builds a Backend. Throws what its constructor throws.
  template <class B = Backend,
            std::enable_if_t<std::is_constructible_v<B, const Configuration&>, int> = 0>
  explicit ThreadedBackend(const Configuration& configuration)
      : ThreadedBackend(configuration, std::make_shared<Backend>(configuration)) {}

  /// Uses a backend that is given, and may be shared. It must not be null.
  ThreadedBackend(const Configuration& configuration, std::shared_ptr<Backend> backend)
      : threads_(std::make_shared<detail::WorkerThreads>(
            [backend = std::move(backend)](const HttpRequest& request, Deadline deadline,
                                           const StopToken& stop) {
              return detail::send(*backend, request, deadline, stop);
            },
            detail::HasStoppableSend<Backend>::value, configuration)) {}

  /// Ends all calls: see BasicAsyncTokensApi.
  // passes a copy, because the calls that this ends use their threads once more
  ~ThreadedBackend() { detail::WorkerThreads::close(threads_); }
  ThreadedBackend(const ThreadedBackend&) = delete;
  ThreadedBackend& operator=(const ThreadedBackend&) = delete;

  /// Sends a request, and calls `done` with the response by `deadline`, or soon after a stop is
  /// requested.
  void start(HttpRequest request, Deadline deadline, StopToken stop, Completion done) noexcept {
    threads_->start(std::move(request), deadline, std::move(stop), std::move(done));
  }

  /// Calls `due` at `until`, or soon after a stop is requested.
  void call_at(Deadline until, StopToken stop, Timer due) noexcept {
    threads_->call_at(until, std::move(stop), std::move(due));
  }

  /// Used by calls.
  std::shared_ptr<detail::AsyncEngine> engine() const { return threads_; }

 private:
  std::shared_ptr<detail::WorkerThreads> threads_;
};

}  // namespace v1
}  // namespace purecloud

#endif

namespace purecloud {
inline namespace v1 {

/// The asynchronous client of the Tokens API, over cpp-httplib: each request occupies a thread.
using AsyncTokensApi = BasicAsyncTokensApi<ThreadedBackend<HttplibBackend>>;

}  // namespace v1
}  // namespace purecloud

#if PURECLOUD_TOKENS_BODIES

// ---- purecloud/detail/async/call_state.ipp -------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_ASYNC_CALL_STATE_IPP)
#define PURECLOUD_TOKENS_DETAIL_ASYNC_CALL_STATE_IPP

namespace purecloud {
inline namespace v1 {
namespace detail {

PURECLOUD_TOKENS_INLINE const BackendScope*& BackendScope::innermost() {
  thread_local const BackendScope* innermost = nullptr;
  return innermost;
}

PURECLOUD_TOKENS_INLINE bool BackendScope::is_thread_of(const void* backend) {
  for (const BackendScope* scope = innermost(); scope; scope = scope->outer_)
    if (scope->backend_ == backend) return true;
  return false;
}

PURECLOUD_TOKENS_INLINE void raise_no_outcome() {
  throw std::logic_error("purecloud::Future: there is no call, or its outcome was taken already");
}

PURECLOUD_TOKENS_INLINE bool has_memory(void (*work)(void*), void* context) {
  try {
    work(context);
    return true;
  } catch (const std::bad_alloc&) {
    return false;
  }
}

PURECLOUD_TOKENS_INLINE bool CallState::ended() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return ended_;
}

PURECLOUD_TOKENS_INLINE void CallState::check_thread() const {
  if (!ended_ && BackendScope::is_thread_of(backend_))
    throw std::logic_error(
        "purecloud::Future: waiting on a thread of the call's own backend, in a handler or after a "
        "co_await, would be a deadlock; use then() or co_await");
}

PURECLOUD_TOKENS_INLINE bool CallState::wait_until(Deadline until) {
  std::unique_lock<std::mutex> lock(mutex_);
  check_thread();
  return wait_on(changed_, lock, until, [&] { return ended_; });
}

PURECLOUD_TOKENS_INLINE void CallState::wait() {
  std::unique_lock<std::mutex> lock(mutex_);
  check_thread();
  changed_.wait(lock, [&] { return ended_; });
}

PURECLOUD_TOKENS_INLINE void CallState::run_handler() noexcept {
  struct Queue {
    std::shared_ptr<CallState>* end = nullptr;  // null while no handler runs on this thread
  };
  thread_local Queue queue;
  if (queue.end) {
    *queue.end = shared_from_this();
    queue.end = &next_;
    return;
  }
  std::shared_ptr<CallState> first;
  queue.end = &first;
  call_handler();
  while (const std::shared_ptr<CallState> state = std::move(first)) {
    first = std::move(state->next_);
    if (!first) queue.end = &first;
    state->call_handler();
  }
  queue.end = nullptr;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif

// ---- purecloud/detail/async/worker_threads.ipp ---------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_ASYNC_WORKER_THREADS_IPP)
#define PURECLOUD_TOKENS_DETAIL_ASYNC_WORKER_THREADS_IPP

#include <system_error>

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

// ---- purecloud/detail/net/thread.hpp -------------------------------------------------------------
#if !defined(PURECLOUD_TOKENS_DETAIL_NET_THREAD_HPP)
#define PURECLOUD_TOKENS_DETAIL_NET_THREAD_HPP

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

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Returns the WorkerThreads to which this thread belongs; null for any other thread.
inline const WorkerThreads*& threads_of_this_one() {
  thread_local const WorkerThreads* threads = nullptr;
  return threads;
}

PURECLOUD_TOKENS_INLINE WorkerThreads::WorkerThreads(Send send, bool send_heeds_stop,
                                                     const Configuration& configuration)
    : send_(std::move(send)),
      send_heeds_stop_(send_heeds_stop),
      max_threads_(configuration.pool.max_connections),
      idle_for_((std::min)(configuration.pool.idle_for, longest_time)),
      attempt_((std::min)(configuration.timeouts.attempt, longest_time)),
      process_(process_id()) {}

PURECLOUD_TOKENS_INLINE void WorkerThreads::start(HttpRequest request, Deadline deadline,
                                                  StopToken stop, Completion done) noexcept {
  std::shared_ptr<Job> job;
  try {
    job = std::make_shared<Job>();
    job->alarm = std::make_shared<Alarm>();
  } catch (const std::bad_alloc&) {
    return done(HttpFailure{ErrorKind::connection, "out of memory"});
  }
  job->sources = 1;
  job->http = std::move(request);
  job->deadline = deadline;
  job->calls_stop = std::move(stop);
  job->done = std::move(done);
  job->alarm->ring = [this, job] { alarmed(job); };
  // before enqueue(), which sets the alarm: from then on other threads use it
  job->alarm->on_stop.emplace(job->calls_stop, Alarm::RingNow{this, job->alarm.get()});
  bool too_late = false;
  try {
    if (enqueue(job)) return;
    too_late = true;
  } catch (const std::exception&) {
  }
  clear(*job->alarm);
  job->done(too_late ? Destination::cancelled(false) : Destination::not_begun());
}

/// Returns false after close(). Throws if there is no memory, or no thread can be started.
PURECLOUD_TOKENS_INLINE bool WorkerThreads::enqueue(const std::shared_ptr<Job>& job) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (closing_) return false;
  queue_.push_back(job);
  job->place = std::prev(queue_.end());
  try {
    set(job->alarm, job->deadline);
    if (queue_.size() > idle_ && workers_.size() < max_threads_) {
      try {
        start_thread(workers_, &WorkerThreads::work);
      } catch (const std::system_error&) {
        if (workers_.empty()) throw;  // else the job waits for one of the other workers
      }
    }
  } catch (...) {
    job->phase = Phase::ended;  // in case its alarm rings
    queue_.erase(job->place);
    throw;
  }
  work_.notify_one();
  return true;
}

PURECLOUD_TOKENS_INLINE void WorkerThreads::call_at(Deadline until, StopToken stop,
                                                    Timer due) noexcept {
  try {
    const auto alarm = std::make_shared<Alarm>();
    alarm->on_stop.emplace(std::move(stop), Alarm::RingNow{this, alarm.get()});
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!closing_) {
      set(alarm, until);
      alarm->ring = std::move(due);
      return;
    }
  } catch (const std::exception&) {
    // without memory or a thread it is due at once
  }
  due();
}

/// Sets an alarm. Requires the lock.
PURECLOUD_TOKENS_INLINE void WorkerThreads::set(const std::shared_ptr<Alarm>& alarm,
                                                Deadline until) {
  if (clock_.empty()) start_thread(clock_, &WorkerThreads::keep_time);
  alarm->place = alarms_.emplace(alarm->stopped ? (Deadline::min)() : until, alarm);
  alarm->is_set = true;
  if (alarm->place == alarms_.begin()) time_.notify_one();
}

/// Makes sure that an alarm does not ring any more, whether it was set or not.
PURECLOUD_TOKENS_INLINE void WorkerThreads::clear(Alarm& alarm) noexcept {
  Timer never_rung;  // declared before the lock, to be destroyed without it
  const std::lock_guard<std::mutex> lock(mutex_);
  never_rung = std::move(alarm.ring);
  if (!std::exchange(alarm.is_set, false)) return;
  alarms_.erase(alarm.place);
}

PURECLOUD_TOKENS_INLINE void WorkerThreads::Alarm::RingNow::operator()() const noexcept {
  const std::lock_guard<std::mutex> lock(threads->mutex_);
  alarm->stopped = true;
  if (!alarm->is_set) return;
  auto node = threads->alarms_.extract(alarm->place);
  node.key() = (Deadline::min)();
  alarm->place = threads->alarms_.insert(std::move(node));
  threads->time_.notify_one();
}

/// Called by a job's alarm: the deadline has passed, the call was cancelled, or close() was called.
PURECLOUD_TOKENS_INLINE void WorkerThreads::alarmed(const std::shared_ptr<Job>& job) noexcept {
  std::unique_lock<std::mutex> lock(mutex_);
  if (job->phase == Phase::ended) return;
  const bool stopped = closing_ || job->calls_stop.stop_requested();
  const bool sent = job->phase == Phase::running;
  if (sent && !stopped) return;  // `send` itself ends by the deadline
  if (sent && send_heeds_stop_) {
    lock.unlock();
    job->request();
    return;
  }
  job->phase = Phase::ended;
  if (!sent) queue_.erase(job->place);
  lock.unlock();
  if (sent)
    job->done(Destination::cancelled(true));
  else if (stopped)
    job->done(Destination::cancelled(false));
  else
    job->done(Destination::waited_for_connection(max_threads_));
}

PURECLOUD_TOKENS_INLINE HttpResult
WorkerThreads::send(const std::shared_ptr<Job>& job) const noexcept {
  try {
    const Deadline attempt = std::chrono::steady_clock::now() + attempt_;
    return send_(job->http, (std::min)(job->deadline, attempt), StopToken(job));
  } catch (const std::exception&) {
    return HttpFailure{ErrorKind::connection, "out of memory"};
  }
}

PURECLOUD_TOKENS_INLINE void WorkerThreads::work() noexcept {
  std::unique_lock<std::mutex> lock(mutex_);
  while (!closing_) {
    if (queue_.empty()) {
      ++idle_;
      const bool needed = wait_on(work_, lock, std::chrono::steady_clock::now() + idle_for_,
                                  [&] { return closing_ || !queue_.empty(); });
      --idle_;
      if (!needed) break;
      continue;
    }
    std::shared_ptr<Job> job = queue_.front();
    queue_.pop_front();
    job->phase = Phase::running;
    lock.unlock();
    HttpResult result =
        job->calls_stop.stop_requested() ? Destination::cancelled(false) : send(job);
    clear(*job->alarm);
    lock.lock();
    const bool abandoned = std::exchange(job->phase, Phase::ended) == Phase::ended;
    lock.unlock();
    if (!abandoned) job->done(std::move(result));
    job.reset();  // without the lock: it may wait for a stop's callback, which locks
    lock.lock();
  }
  leave(workers_);
}

PURECLOUD_TOKENS_INLINE void WorkerThreads::keep_time() noexcept {
  std::unique_lock<std::mutex> lock(mutex_);
  for (;;) {
    if (alarms_.empty()) {
      if (closing_) break;
      if (!wait_on(time_, lock, std::chrono::steady_clock::now() + idle_for_,
                   [&] { return closing_ || !alarms_.empty(); }))
        break;
      continue;
    }
    const Deadline until = alarms_.begin()->first;
    if (!closing_ && until > std::chrono::steady_clock::now()) {
      wait_on(time_, lock, until);
      continue;
    }
    std::shared_ptr<Alarm> alarm = std::move(alarms_.begin()->second);
    alarms_.erase(alarms_.begin());
    alarm->is_set = false;
    Timer ring = std::move(alarm->ring);
    lock.unlock();
    ring();
    alarm.reset();  // without the lock: it may wait for a stop's callback, which locks
    lock.lock();
  }
  leave(clock_);
}

/// Starts a thread that runs `loop`. Requires the lock.
PURECLOUD_TOKENS_INLINE void WorkerThreads::start_thread(std::list<std::thread>& threads,
                                                         void (WorkerThreads::*loop)() noexcept) {
  for (std::thread& thread : left_) thread.join();  // they do not need the lock any more
  left_.clear();
  threads.emplace_back();
  try {
    threads.back() = detail::start_thread([self = shared_from_this(), loop] {
      threads_of_this_one() = self.get();
      ((*self).*loop)();
    });
  } catch (...) {
    threads.pop_back();
    throw;
  }
}

/// Called by a thread that is about to end. Requires the lock.
PURECLOUD_TOKENS_INLINE void WorkerThreads::leave(std::list<std::thread>& threads) {
  if (closing_) return;  // close() has the threads
  const auto self = std::find_if(threads.begin(), threads.end(), [](const std::thread& thread) {
    return thread.get_id() == std::this_thread::get_id();
  });
  left_.splice(left_.end(), threads, self);
}

PURECLOUD_TOKENS_INLINE void WorkerThreads::close(std::shared_ptr<WorkerThreads> threads) noexcept {
  if (threads->process_ != process_id()) return keep_forever(std::move(threads));
  std::list<std::thread> all;
  {
    const std::lock_guard<std::mutex> lock(threads->mutex_);
    threads->closing_ = true;
    all.splice(all.end(), threads->workers_);
    all.splice(all.end(), threads->clock_);
    all.splice(all.end(), threads->left_);
  }
  threads->work_.notify_all();
  threads->time_.notify_all();
  const bool is_own_thread = threads_of_this_one() == threads.get();
  if (is_own_thread) keep_module_loaded();
  for (std::thread& thread : all) is_own_thread ? thread.detach() : thread.join();
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#endif
#endif
