// SPDX-License-Identifier: MIT

// Decodes and encodes a TokenInfo, and prints the microseconds for each. usage: json FILE
// ITERATIONS

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include <nlohmann/json.hpp>
#include <purecloud/tokens.hpp>

#include "cpu_seconds.hpp"

namespace {

constexpr int chunks = 20;

/// `work` returns a size, so that the compiler does not optimize it away.
template <class Work>
double microseconds_each(int iterations, Work work) {
  std::size_t sum = 0;
  const double before = cpu_seconds();
  for (int i = 0; i < iterations; ++i) sum += work();
  const double took = cpu_seconds() - before;
  if (sum == 0) std::abort();
  return took * 1e6 / iterations;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  std::ifstream file(argv[1]);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const int iterations = std::atoi(argv[2]) / chunks;
  const auto info = purecloud::from_json<purecloud::TokenInfo>(text).value();
  const auto document = nlohmann::json::parse(text);

  const auto decode_this = [&] {
    return purecloud::from_json<purecloud::TokenInfo>(text)->organization->name->size();
  };
  const auto decode_bare = [&] { return nlohmann::json::parse(text).size(); };
  const auto encode_this = [&] { return purecloud::to_json(info).size(); };
  const auto encode_bare = [&] { return document.dump().size(); };
  std::array<double, 4> took = {};
  for (int chunk = -2; chunk < chunks; ++chunk) {  // two to warm up; both libraries by turns
    const std::array<double, 4> each = {
        microseconds_each(iterations, decode_this), microseconds_each(iterations, decode_bare),
        microseconds_each(iterations, encode_this), microseconds_each(iterations, encode_bare)};
    for (std::size_t i = 0; chunk >= 0 && i < each.size(); ++i) took[i] += each[i] / chunks;
  }
  std::printf(
      "{\"decode_this\": %.6f, \"decode_bare\": %.6f, \"encode_this\": %.6f, "
      "\"encode_bare\": %.6f}\n",
      took[0], took[1], took[2], took[3]);
}
