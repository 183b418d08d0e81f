// SPDX-License-Identifier: MIT

// Calls getTokensMe with the contender that it was compiled with, and prints time and memory.

#include <chrono>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "cpu_seconds.hpp"
#include CONTENDER

namespace {

void call(Contender& contender, int count) {
  for (int i = 0; i < count; ++i)
    if (contender.organization() != "Example Organization")
      throw std::runtime_error("not the expected response");
}

void call_on_threads(const Options& options, int threads, int count) {
  const auto or_die = [](auto&& work) {
    try {
      work();
    } catch (const std::exception& problem) {
      std::fprintf(stderr, "%s\n", problem.what());
      std::_Exit(1);
    }
  };
  std::vector<std::thread> running;
  if constexpr (Contender::shareable) {
    Contender shared(options);
    for (int i = 0; i < threads; ++i)
      running.emplace_back([&] { or_die([&] { call(shared, count / threads); }); });
    for (std::thread& thread : running) thread.join();
  } else {
    for (int i = 0; i < threads; ++i)
      running.emplace_back([&] {
        or_die([&] {
          Contender own(options);
          call(own, count / threads);
        });
      });
    for (std::thread& thread : running) thread.join();
  }
}

/// Checks whether a second connection can be verified after the CA's file was removed.
bool connects_without_ca_file(const Options& options) {
  Contender contender(options);
  call(contender, 1);
  if (std::remove(options.ca_file.c_str()) != 0) throw std::runtime_error("cannot remove the CA");
  try {
    call(contender, 1);
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

int run(const std::vector<std::string>& arguments) {
  Options options;
  options.url = arguments.at(0);
  const int count = std::stoi(arguments.at(1));
  int threads = 0;
  bool remove_ca = false;
  for (std::size_t i = 2; i < arguments.size(); ++i) {
    const std::string& option = arguments[i];
    if (option == "--ca")
      options.ca_file = arguments.at(++i);
    else if (option == "--threads")
      threads = std::stoi(arguments.at(++i));
    else if (option == "--new-connections")
      options.reuse_connections = false;
    else if (option == "--remove-ca")
      remove_ca = true;
    else
      throw std::runtime_error("no such option: " + option);
  }

  if (remove_ca) {
    std::printf("{\"ca_read_once\": %d}\n", connects_without_ca_file(options) ? 1 : 0);
    return 0;
  }
  using Clock = std::chrono::steady_clock;
  const auto print = [count](Clock::time_point started, double cpu_before) {
    const std::chrono::duration<double> wall = Clock::now() - started;
    std::printf("{\"calls\": %d, \"seconds\": %.9f, \"cpu_seconds\": %.9f}\n", count, wall.count(),
                cpu_seconds() - cpu_before);
  };
  if (threads > 0) {
    const double cpu_before = cpu_seconds();
    const auto started = Clock::now();
    call_on_threads(options, threads, count);
    print(started, cpu_before);
  } else {
    Contender contender(options);
    call(contender, count / 20);  // to warm up
    const double cpu_before = cpu_seconds();
    const auto started = Clock::now();
    call(contender, count);
    print(started, cpu_before);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(std::vector<std::string>(argv + 1, argv + argc));
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "%s\n", problem.what());
    return 1;
  }
}
