// SPDX-License-Identifier: MIT
// What the memory that the library gives back held, and what happens where there is none. In a
// program whose operators new and delete look.
#include "support.hpp"

#include <atomic>
#include <cstdlib>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>

#include <pthread.h>
#include <unistd.h>
#include <csignal>

#include "child.hpp"

#if defined(PURECLOUD_TOKENS_SEPARATE)               // what otherwise comes with the bodies
#if __has_include(<purecloud/detail/text/text.hpp>)  // else a single header has them
#include <purecloud/detail/oauth/digest.hpp>
#endif
#endif

namespace {

using namespace wire;
using purecloud::AuthorizationCode;
using purecloud::BasicOAuthApi;
using purecloud::BasicTokensApi;
using purecloud::Configuration;
using purecloud::HttpRequest;
using purecloud::HttpResponse;
using purecloud::HttpResult;
using purecloud::Secret;

const std::string client_id = "6f1c2d3e-84b5-4a97-b0c8-d1e2f3a4b5c6";
const std::string client_secret = "client5ecret0cwRto9ScTfKZ0mQp7xAbC";
const std::string basic = purecloud::detail::base64(client_id + ":" + client_secret).substr(52);
const std::string code = "code0b9Zq8LkW2vB5nM1tY6hJdGf";
const std::string verifier = "verifier0Zk3Jq8Wm5Xt1Bv7Nc4Lr9Ps2Hd6Gf0Ya-_.~";
const std::string refresh_token = "refresh0Xq7Lm2Pv9Rk4Tn8Ws1Yd";
const std::string assertion = "assertion0Hj6Fg3Ds8Aq5Zx1Cv7Bn";
const std::string access_token = "granted0Op4Iu7Yt2Re9Wq6Lk3Jh";
const std::string next_refresh_token = "next0Mn8Bv5Cx2Zl9Ki6Ju3Hy";

enum class Where { nowhere, on_this_thread, everywhere };
std::atomic<Where> looking{Where::nowhere};
thread_local bool is_looking = false;
std::atomic<const std::string*> found{nullptr};

/// Looks for pieces of a secret, for its beginning may have been written over.
void look_at(std::string_view memory) noexcept {
  constexpr std::size_t piece = 10;
  for (const std::string* const secret : {&client_secret, &basic, &code, &verifier, &refresh_token,
                                          &assertion, &access_token, &next_refresh_token})
    for (std::size_t at = 0; at + piece <= secret->size(); ++at)
      if (memory.find(std::string_view(*secret).substr(at, piece)) != memory.npos) found = secret;
}

/// How many allocations of any thread still succeed; negative: all do.
std::atomic<long> until_failure{-1};
std::atomic<bool> fails_for_good{false};  ///< else one fails, and none after it
std::atomic<bool> has_failed{false};

bool fails() noexcept {
  if (until_failure < 0) return false;
  const long left = until_failure--;
  if (left > 0) return false;
  if (left < 0) return until_failure = -1, false;  // another thread's failed
  if (fails_for_good) until_failure = 0;
  return has_failed = true;
}

constexpr std::size_t header = alignof(std::max_align_t);

}  // namespace

void* operator new(std::size_t size) {
  if (fails()) throw std::bad_alloc();
  // zeros, so that nothing is found but what was written there
  char* const memory = static_cast<char*>(std::calloc(1, size + header));
  if (!memory) throw std::bad_alloc();
  ::new (static_cast<void*>(memory)) std::size_t(size);
  return memory + header;
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  try {
    return operator new(size);
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}
void operator delete(void* memory) noexcept {
  if (!memory) return;
  char* const begin = static_cast<char*>(memory) - header;
  if (looking == Where::everywhere || is_looking)
    look_at({begin + header, *reinterpret_cast<std::size_t*>(begin)});
  std::free(begin);
}
void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }

namespace {

/// What was found in memory that `work` gave back.
template <class Work>
std::string left_by(Where where, Work work) {
  found = nullptr;
  looking = where;
  is_looking = true;
  work();
  is_looking = false;
  looking = Where::nowhere;
  const std::string* const secret = found;
  return secret ? *secret : "";
}

constexpr const char* granted =
    R"({"token_type":"bearer","access_token":"granted0Op4Iu7Yt2Re9Wq6Lk3Jh",)"
    R"("refresh_token":"next0Mn8Bv5Cx2Zl9Ki6Ju3Hy","expires_in":1000})";

/// Grants a token, and leaves nothing of it behind but what it returns.
struct GrantingBackend {
  GrantingBackend() = default;
  explicit GrantingBackend(const Configuration&) {}

  HttpResult send(const HttpRequest& request, purecloud::Deadline) const {
    return HttpResponse{200, {}, request.method == "POST" ? granted : "{}"};
  }
};

Configuration with_credentials(const std::string& url) {
  Configuration configuration;
  configuration.client_credentials = {client_id, client_secret};
  configuration.base_url = configuration.login_url = url;
  return configuration;
}

}  // namespace

TEST_CASE("nothing secret is left in memory that is given back") {
  REQUIRE(left_by(Where::on_this_thread,
                  [] { const auto copy = std::make_unique<std::string>(verifier); }) == verifier);
  const auto backend = std::make_shared<GrantingBackend>();
  std::optional<Configuration> configuration = with_credentials("https://gateway.example");

  SUBCASE("by a client that gets its token") {
    CHECK(left_by(Where::everywhere, [&] {
            const BasicTokensApi<GrantingBackend> api(*configuration, backend);
            CHECK(api.try_get_tokens_me().has_value());
            configuration.reset();
          }) == "");
  }
  SUBCASE("by an asynchronous client") {
    using Threaded = purecloud::ThreadedBackend<GrantingBackend>;
    CHECK(left_by(Where::everywhere, [&] {
            const purecloud::BasicAsyncTokensApi<Threaded> api(*configuration);
            CHECK(api.get_tokens_me().result().has_value());
            configuration.reset();
          }) == "");
  }
  SUBCASE("by the grants") {
    CHECK(left_by(Where::everywhere, [&] {
            const BasicOAuthApi<GrantingBackend> oauth(*configuration, backend);
            configuration.reset();
            CHECK(oauth.try_client_credentials().has_value());
            CHECK(oauth.try_refresh(Secret(std::string_view(refresh_token))).has_value());
            AuthorizationCode used{Secret(std::string_view(code)), "http://localhost/", {}};
            CHECK(oauth.try_authorization_code(used).has_value());
            used.code_verifier = Secret(std::string_view(verifier));
            CHECK(oauth.try_authorization_code(used).has_value());
            CHECK(oauth.try_saml2_bearer({"org", Secret(std::string_view(assertion))}).has_value());
          }) == "");
  }
}

TEST_CASE_TEMPLATE("nor by a client over a connection, whose response comes in pieces", Backend,
                   SYNCHRONOUS_BACKENDS) {
  for (const bool chunked : {false, true}) {
    CAPTURE(chunked);
    std::string granting = response(200, granted);
    if (chunked) {
      granting = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
      for (const char* at = granted; *at; at += 1) granting += std::string("1\r\n") + *at + "\r\n";
      granting += "0\r\n\r\n";
    }
    const HostileServer server({[&](Peer& peer) {
      std::string request;
      while (peer.read_request(&request))
        peer.send(request.substr(0, 4) == "POST" ? granting : response(200, "{}"));
    }});
    std::optional<Configuration> configuration =
        with_credentials(configuration_for(server).base_url);
    CHECK(left_by(Where::on_this_thread, [&] {
            const BasicOAuthApi<Backend> oauth(*configuration);
            const BasicTokensApi<Backend> api(*configuration);
            configuration.reset();
            CHECK(api.try_get_tokens_me().has_value());
            CHECK(oauth.try_client_credentials().has_value());
            CHECK(oauth.try_refresh(Secret(std::string_view(refresh_token))).has_value());
          }) == "");
  }
}

#if !defined(WIRE_NO_THREADS_AFTER_FORK)

TEST_CASE_TEMPLATE("whatever allocation fails, a call ends, and the next ones succeed", Backend,
                   WIRE_BACKENDS) {
  int told[2], until_told[2];
  REQUIRE(::pipe(told) == 0);
  REQUIRE(::pipe(until_told) == 0);
  // a process of its own, which has memory
  const Child server([&] {
    ::close(until_told[1]);
    purecloud::testing::FakeTokensServer cloud;
    purecloud::testing::FakeClient client;
    client.id = client_id;
    client.secret = client_secret;
    cloud.service().register_client(client);
    std::string url = cloud.base_url();
    url.replace(url.find("127.0.0.1"), 9, "localhost");  // which is looked up
    url.resize(100);
    char byte;
    return ::write(told[1], url.data(), url.size()) == 100 && ::read(until_told[0], &byte, 1) == 0
               ? 0
               : 1;
  });
  ::close(until_told[0]);
  std::string url(100, '\0');
  REQUIRE(::read(told[0], url.data(), url.size()) == 100);
  Configuration configuration = with_credentials(url.substr(0, url.find('\0')));
  configuration.retry.base_delay = milliseconds(0);

  for (const bool for_good : {false, true}) {
    CAPTURE(for_good);
    fails_for_good = for_good;
    long number = 0;
    for (bool failed = true; failed && number < 5'000; number += for_good ? 3 : 1) {
      CAPTURE(number);
      const BasicTokensApi<Backend> client(configuration);
      std::optional<ErrorKind> kind;
      has_failed = false;
      until_failure = number;
      try {
        const auto result = client.try_get_tokens_me();
        until_failure = -1;
        if (!result) kind = result.error().kind;
      } catch (const std::bad_alloc&) {
      }
      until_failure = -1;
      failed = has_failed;
      sigset_t blocked;
      pthread_sigmask(SIG_BLOCK, nullptr, &blocked);
      CHECK(sigismember(&blocked, SIGUSR1) == 0);
      // a call whose wait finds no memory ends as with its backend
      if (kind) CHECK((kind == ErrorKind::connection || kind == ErrorKind::cancelled));
      const auto result = client.try_get_tokens_me();
      CHECK_MESSAGE(result, message_of(result));
    }
    CHECK(number > 50);
    CHECK(number < 5'000);
  }
  ::close(until_told[1]);
  ::close(told[0]);
  ::close(told[1]);
  CHECK(server.wait() == 0);
}

#endif
