// SPDX-License-Identifier: MIT

// What a call costs without its I/O: nanoseconds, and heap allocations counted by an operator new
// of this program's own. rules ITERATIONS

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <new>
#include <utility>
#include <vector>

#include <purecloud/tokens.hpp>

#include "cpu_seconds.hpp"

static std::size_t allocations = 0;

// inlined, g++ would see malloc() end in delete
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace {

using purecloud::detail::Exchange;

purecloud::HttpResponse no_content() {
  return {204,
          {{"Connection", "keep-alive"},
           {"Date", "Thu, 01 Jan 2026 00:00:00 GMT"},
           {"ININ-Correlation-Id", "6f3e8a52-91c4-4d7b-a0e6-3b5c9d28f417"},
           {"Server", "nginx"}},
          {}};
}

/// Hands out answers that were made before, so that it allocates nothing itself.
class PreparedBackend {
 public:
  explicit PreparedBackend(int count)
      : answers_(static_cast<std::size_t>(count), purecloud::HttpResult(no_content())) {}

  purecloud::HttpResult send(const purecloud::HttpRequest&, purecloud::Deadline) {
    return std::move(answers_[next_++]);
  }

 private:
  std::vector<purecloud::HttpResult> answers_;
  std::size_t next_ = 0;
};

struct Cost {
  double nanoseconds;
  double allocations;
};

template <class Work>
Cost cost_of(int iterations, Work work) {
  const std::size_t allocations_before = allocations;
  const double before = cpu_seconds();
  for (int i = 0; i < iterations; ++i) work(static_cast<std::size_t>(i));
  return {(cpu_seconds() - before) * 1e9 / iterations,
          static_cast<double>(allocations - allocations_before) / iterations};
}

void require(bool fits) {
  if (!fits) std::abort();
}

purecloud::Configuration configuration() {
  purecloud::Configuration config;
  config.access_token = std::string(86, 'x');
  return config;
}

/// detail::Exchange, with request and answer made before.
Cost exchange_alone(int iterations) {
  const purecloud::Configuration config;
  purecloud::HttpRequest request;
  request.method = "DELETE";
  request.target = "/api/v2/tokens/me";
  request.headers = {{"Accept", "application/json"},
                     {"Authorization", "Bearer " + std::string(86, 'x')},
                     {"User-Agent", "purecloud-tokens"}};
  const auto count = static_cast<std::size_t>(iterations);
  std::vector<purecloud::HttpRequest> requests(count, request);
  std::vector<purecloud::HttpResult> answers(count, purecloud::HttpResult(no_content()));
  return cost_of(iterations, [&](std::size_t i) {
    const auto now = purecloud::detail::current_moment();
    Exchange exchange(std::move(requests[i]), purecloud::detail::Unauthorized::is_error,
                      config.retry, config.timeouts, config.timeouts.total, now.steady);
    require(exchange.start(now.steady).action == Exchange::Action::send);
    require(exchange.received(std::move(answers[i]), now, 0.5).action == Exchange::Action::done);
    require(!std::move(exchange).outcome().error);
  });
}

/// A whole call but for its backend: the request is made, the rules run, the result is handed out.
Cost whole_call(int iterations) {
  const purecloud::BasicTokensApi<PreparedBackend> api(
      configuration(), std::make_shared<PreparedBackend>(iterations));
  return cost_of(iterations, [&](std::size_t) { require(bool(api.try_delete_tokens_me())); });
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const int iterations = std::atoi(argv[1]);
  exchange_alone(iterations / 10);  // to warm up
  whole_call(iterations / 10);
  const Cost exchange = exchange_alone(iterations);
  const Cost call = whole_call(iterations);
  std::printf(
      "{\"exchange_ns\": %.3f, \"exchange_allocations\": %.3f, \"call_ns\": %.3f, "
      "\"call_allocations\": %.3f}\n",
      exchange.nanoseconds, exchange.allocations, call.nanoseconds, call.allocations);
}
