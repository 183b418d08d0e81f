// SPDX-License-Identifier: MIT

// Measures a call without I/O: nanoseconds, and heap allocations, which this program's operator new
// counts. usage: rules BATCHES

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

// not inlined, because g++ would warn that memory of malloc() is given to delete
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

constexpr std::size_t batch = 64;  // few, to stay in the CPU's cache like those of one call

/// Returns responses that were made before, so that it takes no time itself.
class PreparedBackend {
 public:
  void prepare() {
    responses_.assign(batch, no_content());
    next_ = 0;
  }

  purecloud::HttpResult send(const purecloud::HttpRequest&, purecloud::Deadline) {
    return std::move(responses_[next_++]);
  }

 private:
  std::vector<purecloud::HttpResult> responses_;
  std::size_t next_ = 0;
};

struct Cost {
  double nanoseconds = 0;
  double allocations = 0;
};

/// Returns the mean cost of `work`, without that of `prepare` before each batch.
template <class Prepare, class Work>
Cost cost_of(int batches, Prepare prepare, Work work) {
  Cost cost;
  const double count = static_cast<double>(batch) * batches;
  for (int i = 0; i < batches; ++i) {
    prepare();
    const std::size_t allocations_before = allocations;
    const double cpu_before = cpu_seconds();
    for (std::size_t each = 0; each < batch; ++each) work(each);
    cost.nanoseconds += (cpu_seconds() - cpu_before) * 1e9 / count;
    cost.allocations += static_cast<double>(allocations - allocations_before) / count;
  }
  return cost;
}

void require(bool fits) {
  if (!fits) std::abort();
}

/// Measures detail::Exchange, with its request.
Cost exchange_alone(int batches) {
  const purecloud::Configuration config;
  const auto settings =
      std::make_shared<purecloud::detail::ClientSettings>(purecloud::detail::make_settings(config));
  const auto token = std::make_shared<purecloud::AccessToken>(std::string(86, 'x'));
  std::vector<purecloud::HttpResult> responses;
  const auto prepare = [&] { responses.assign(batch, no_content()); };
  return cost_of(batches, prepare, [&](std::size_t i) {
    const auto now = purecloud::detail::current_moment();
    Exchange exchange(settings, purecloud::detail::operations::delete_tokens_me({}), token,
                      now.steady);
    require(exchange.next(now.steady).action == Exchange::Action::send);
    require(exchange.received(std::move(responses[i]), now, 0.5).action == Exchange::Action::done);
    require(!exchange.outcome().error);
  });
}

/// Measures a complete call without the backend's work: the request, the rules and the result.
Cost whole_call(int batches) {
  purecloud::Configuration config;
  config.access_token = std::string(86, 'x');
  const auto backend = std::make_shared<PreparedBackend>();
  const purecloud::BasicTokensApi<PreparedBackend> api(config, backend);
  return cost_of(
      batches, [&] { backend->prepare(); },
      [&](std::size_t) { require(bool(api.try_delete_tokens_me())); });
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const int batches = std::atoi(argv[1]);
  exchange_alone(batches / 10);  // to warm up
  whole_call(batches / 10);
  const Cost exchange = exchange_alone(batches);
  const Cost call = whole_call(batches);
  std::printf(
      "{\"exchange_ns\": %.3f, \"exchange_allocations\": %.3f, \"call_ns\": %.3f, "
      "\"call_allocations\": %.3f}\n",
      exchange.nanoseconds, exchange.allocations, call.nanoseconds, call.allocations);
}
