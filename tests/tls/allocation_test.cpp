// SPDX-License-Identifier: MIT
// OpenSSL without memory. A program of its own: its allocator can be set before its first use only.
#include <cstdlib>
#include <new>
#include <optional>
#include <variant>

#include <openssl/crypto.h>

#include "../can_run.hpp"
#include "support.hpp"

#if defined(__ELF__)

namespace {

using namespace wire;
using tls::certificates;
using tls::server_context;
using tls::trusting;

constexpr int never = -1;
/// How many of OpenSSL's allocations on this thread still succeed.
thread_local int left = never;
thread_local bool failed = false;

bool fails() {
  if (left == never) return false;
  if (left > 0) return --left, false;
  left = never;  // one, not all that follow
  return failed = true;
}

void* allocate(std::size_t size, const char*, int) { return fails() ? nullptr : std::malloc(size); }
void* reallocate(void* memory, std::size_t size, const char*, int) {
  return fails() ? nullptr : std::realloc(memory, size);
}
void release(void* memory, const char*, int) { std::free(memory); }

bool set = false;

/// Before the constructors of libraries, of which some use OpenSSL.
void set_functions(int, char**, char**) {
  set = CRYPTO_set_mem_functions(allocate, reallocate, release) == 1;
}
__attribute__((section(".preinit_array"), used)) void (*const at_start)(int, char**,
                                                                        char**) = set_functions;

/// Runs `work` while the allocation of this number fails. Whether there was one.
template <class Work>
bool with_failure(int number, Work work) {
  left = number;
  failed = false;
  work();
  left = never;
  return failed;
}

const std::string whole = response(200, token_info("whole"));

}  // namespace

TEST_CASE_TEMPLATE(
    "whatever allocation of OpenSSL fails, no server gets a request without a proof" *
        doctest::skip(support::no_localhost()),
    Backend, SYNCHRONOUS_BACKENDS) {  // on this thread
  REQUIRE(set);
  if (over_libcurl<Backend> && OpenSSL_version_num() >= 0x30500000UL)
    return support::skipped_here(
        "SSL_set0_rbio() of OpenSSL 3.5 crashes, which libcurl calls after a failed allocation");
  for (const std::string certificate : {"other-name", "unknown-ca", "good"}) {
    CAPTURE(certificate);
    const auto context = server_context(certificates(), certificate);
    const HostileServer server({always(whole)}, context.get());
    auto configuration = trusting(server, "localhost");
    configuration.pool.max_idle = 0;
    Backend backend(configuration);
    int accepted = 0, number = 0;
    const auto send = [&] {
      try {
        const auto result = backend.send(
            {"GET", "/", {}, {}}, std::chrono::steady_clock::now() + std::chrono::seconds(10));
        accepted += std::holds_alternative<purecloud::HttpResponse>(result);
      } catch (const std::bad_alloc&) {
      }
    };
    while (with_failure(number, send)) ++number;
    CHECK(number > 100);
    CHECK((accepted > 0) == (certificate == "good"));
    CHECK(server.requests().size() >= static_cast<std::size_t>(accepted));
    if (certificate != "good") CHECK(server.requests().empty());
  }
}

TEST_CASE_TEMPLATE("a backend is built whole, or not at all", Backend,
                   SYNCHRONOUS_BACKENDS) {  // on this thread
  const auto context = server_context(certificates(), "unknown-ca");
  const HostileServer server({always(whole)}, context.get());
  int number = 0, built = 0;
  const auto build = [&] {
    try {
      Backend backend(trusting(server));
      ++built;
    } catch (const std::bad_alloc&) {
    } catch (const purecloud::ApiException&) {  // the CA's file cannot be read
    }
  };
  while (with_failure(number, build)) ++number;
  CHECK(number > 10);
  CHECK(built > 0);
}

#endif
