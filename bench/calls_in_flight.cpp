// SPDX-License-Identifier: MIT

// Calls getTokensMe, many at once, through the contender that it was compiled with, and prints what
// that took. calls_in_flight URL COUNT IN_FLIGHT CONNECTIONS

#include <chrono>
#include <cstdio>
#include <exception>
#include <string>

#include "cpu_seconds.hpp"
#include CONTENDER

int main(int argc, char** argv) {
  if (argc != 5) return 2;
  try {
    Options options;
    options.url = argv[1];
    const int count = std::stoi(argv[2]), in_flight = std::stoi(argv[3]);
    options.connections = std::stoi(argv[4]);
    Contender contender(options);
    const double cpu_before = cpu_seconds();
    const auto started = std::chrono::steady_clock::now();
    contender.call(count, in_flight);
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - started;
    std::printf("{\"calls\": %d, \"seconds\": %.9f, \"cpu_seconds\": %.9f}\n", count, wall.count(),
                cpu_seconds() - cpu_before);
    return 0;
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "%s\n", problem.what());
    return 1;
  }
}
