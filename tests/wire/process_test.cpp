// SPDX-License-Identifier: MIT
// What holds in a process that forks, can start no threads, or waits for a SIGPIPE of its own.
#include <cerrno>
#include <cstdint>
#include <functional>
#include <future>
#include <variant>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include "child.hpp"
#include "sigpipe.hpp"
#include "support.hpp"

using namespace wire;

// the guard's body is in the library of a separate build
#if defined(PURECLOUD_TOKENS_TEST_CURL) && !defined(PURECLOUD_TOKENS_SEPARATE)

TEST_CASE("a SIGPIPE under the guard is gone after it, one that was pending is not") {
  for (const bool pending : {false, true}) {
    CAPTURE(pending);
    int ends[2];
    REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
    ::close(ends[0]);
    const SigpipeState sigpipe(pending);
    {
      const purecloud::detail::SigpipeGuard guard;
      CHECK(::write(ends[1], "x", 1) == -1);
      CHECK(errno == EPIPE);
    }
    CHECK(sigpipe.is_as_it_was());
    ::close(ends[1]);
  }
}

#endif

namespace {

/// For pthread_create(): makes a call and, if it succeeded, lets a cancellation that waits end the
/// thread. Nothing is to be destroyed here: with LLVM's unwinder (libc++ of Debian 12 and 13) a
/// cancellation that meets a destructor crashes any program.
void* call_then_end(void* call) {
  if ((*static_cast<std::function<bool()>*>(call))()) pthread_testcancel();
  return nullptr;
}

}  // namespace

TEST_CASE_TEMPLATE("a thread that is cancelled in a call ends after it, and the process lives",
                   Backend, SYNCHRONOUS_BACKENDS) {
  std::promise<void> reached, cancelled;
  const HostileServer server({[&](Peer& peer) {
    peer.read_request();
    reached.set_value();
    cancelled.get_future().wait();
    peer.send(response(200, token_info("whole")));
    peer.wait_for_close();
  }});
  Backend backend(configuration_for(server));
  bool answered = false;
  std::function<bool()> call = [&] {
    answered = std::holds_alternative<purecloud::HttpResponse>(backend.send(
        {"GET", "/", {}, {}}, std::chrono::steady_clock::now() + std::chrono::seconds(10)));
    return answered;
  };
  pthread_t thread;
  REQUIRE(pthread_create(&thread, nullptr, call_then_end, &call) == 0);
  reached.get_future().wait();
  pthread_cancel(thread);
  cancelled.set_value();
  void* outcome = nullptr;
  CHECK(pthread_join(thread, &outcome) == 0);
  CHECK(outcome == PTHREAD_CANCELED);
  CHECK(answered);
}

TEST_CASE_TEMPLATE("no socket of a backend is inherited by a program that is started", Backend,
                   WIRE_BACKENDS) {
  const HostileServer server({always(response(200, "{}"))});
  const auto client = client_of<Backend>(server);
  REQUIRE(client.try_get_tokens_me());
  int ours = 0;
  for (int handle = 0; handle < 1024; ++handle) {
    sockaddr_in peer = {};
    socklen_t size = sizeof peer;
    if (::getpeername(handle, reinterpret_cast<sockaddr*>(&peer), &size) != 0 ||
        peer.sin_family != AF_INET || ntohs(peer.sin_port) != server.port())
      continue;
    ++ours;
    CHECK((::fcntl(handle, F_GETFD) & FD_CLOEXEC) != 0);
  }
  CHECK(ours == 1);
}

#if !defined(WIRE_NO_THREADS_AFTER_FORK)

TEST_CASE_TEMPLATE("a thread that is cancelled in the observer ends after the call", Backend,
                   SYNCHRONOUS_BACKENDS) {
  const HostileServer server({always(response(200, "{}"))});
  const Child child([&] {
    auto configuration = configuration_for(server);
    configuration.observer = [](const purecloud::AttemptEvent&) {
      pthread_cancel(pthread_self());
      pthread_testcancel();
    };
    purecloud::BasicTokensApi<Backend> client(configuration);
    std::function<bool()> call = [&] { return client.try_get_tokens_me().has_value(); };
    pthread_t thread;
    if (pthread_create(&thread, nullptr, call_then_end, &call) != 0) return 1;
    void* outcome = nullptr;
    return pthread_join(thread, &outcome) == 0 && outcome == PTHREAD_CANCELED ? 0 : 2;
  });
  CHECK(child.wait() == 0);
}

TEST_CASE_TEMPLATE("in a forked child the parent's backend is destroyed at once", Backend,
                   WIRE_BACKENDS) {
  const HostileServer server({always(response(200, "{}"))});
  std::optional<Backend> backend(std::in_place, configuration_for(server));
  const purecloud::HttpRequest request{"GET", "/", {}, {}};
  const auto send = [&] {
    return std::holds_alternative<purecloud::HttpResponse>(
        backend->send(request, std::chrono::steady_clock::now() + std::chrono::seconds(5)));
  };
  REQUIRE(send());
  CHECK(Child([&] {
          const Stopwatch stopwatch;
          backend.reset();
          return stopwatch.elapsed() < milliseconds(200) ? 0 : 1;
        }).wait() == 0);
  CHECK(send());  // over the same connection
  CHECK(server.connections() == 1);
}

TEST_CASE_TEMPLATE("a forked child can call with a client of its own, and its parent goes on",
                   Backend, WIRE_BACKENDS) {
  const HostileServer server({always(response(200, token_info("parent's"))),
                              always(response(200, token_info("child's"))), always("")});
  const auto client = client_of<Backend>(server);
  REQUIRE(name_in(client.get_tokens_me()) == "parent's");  // now there is an idle connection
  const Child child([&] {
    const auto own = client_of<Backend>(server);
    for (int i = 0; i < 10; ++i) {
      const auto result = own.try_get_tokens_me();
      if (!result || name_in(*result) != "child's") return 1;
    }
    return 0;
  });
  for (int i = 0; i < 10; ++i) CHECK(name_in(client.get_tokens_me()) == "parent's");
  CHECK(child.wait() == 0);
  CHECK(name_in(client.get_tokens_me()) == "parent's");
  CHECK(server.connections() == 2);
}

TEST_CASE_TEMPLATE("after a fork idle connections are closed in the child and in its parent",
                   Backend, WIRE_BACKENDS) {
  const HostileServer server({always(response(200, "{}"))});
  auto configuration = configuration_for(server);
  configuration.pool.idle_for = milliseconds(100);
  const purecloud::BasicTokensApi<Backend> client(configuration);
  REQUIRE(client.try_get_tokens_me());
  int until_told[2];
  REQUIRE(::pipe(until_told) == 0);
  const Child child([&] {
    ::close(until_told[1]);
    const purecloud::BasicTokensApi<Backend> own(configuration);
    char byte;
    return own.try_get_tokens_me() && ::read(until_told[0], &byte, 1) == 0 ? 0 : 1;
  });
  ::close(until_told[0]);
  // the parent's stays open for as long as the child has a copy of it
  CHECK(server.wait_until_ended(1));
  ::close(until_told[1]);
  CHECK(child.wait() == 0);
  CHECK(server.wait_until_ended(2));
}

#if defined(__GLIBC__)

/// Makes every thread fail to start, in this process.
bool start_no_threads() {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, SIZE_MAX / 4 * 3);  // which no machine has
  return pthread_setattr_default_np(&attributes) == 0;
}

TEST_CASE("a call says when no thread can be started for it") {
  const HostileServer server({always(response(200, "{}"))});
  const Child child([&] {
    if (!start_no_threads()) return 10;
    const auto result = client_of<AwaitedHttplib>(server).try_get_tokens_me();
    if (kind_of(result) != ErrorKind::connection) return 1;
    return contains(message_of(result), "no thread could be started") ? 0 : 2;
  });
  CHECK(child.wait() == 0);
  CHECK(server.connections() == 0);
}

TEST_CASE_TEMPLATE("where no thread can be started nothing is kept, and no signal stays blocked",
                   Backend, SYNCHRONOUS_BACKENDS) {
  const HostileServer server({always(response(200, "{}"))});
  auto by_name = configuration_for(server);
  by_name.base_url = "https://no-such-host.invalid";
  const Child child([&] {
    if (!start_no_threads()) return 10;
    const auto client = client_of<Backend>(server);
    for (int i = 0; i < 3; ++i)
      if (!client.try_get_tokens_me()) return 1;
    sigset_t blocked;
    pthread_sigmask(SIG_BLOCK, nullptr, &blocked);
    if (sigismember(&blocked, SIGUSR1) != 0) return 4;
    const auto result = purecloud::BasicTokensApi<Backend>(by_name).try_get_tokens_me();
    if (kind_of(result) != ErrorKind::connection) return 2;
    return contains(message_of(result), "no-such-host.invalid") ? 0 : 3;
  });
  CHECK(child.wait() == 0);
  CHECK(server.connections() == 3);
}

#endif
#endif
