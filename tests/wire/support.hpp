// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/testing.hpp>
#include <purecloud/tokens.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backends.hpp"
#include "hostile_server.hpp"

namespace doctest {

template <>
struct StringMaker<purecloud::ErrorKind> {
  static String convert(purecloud::ErrorKind kind) { return std::string(to_string(kind)).c_str(); }
};

template <>
struct StringMaker<std::optional<purecloud::ErrorKind>> {
  static String convert(const std::optional<purecloud::ErrorKind>& kind) {
    return kind ? StringMaker<purecloud::ErrorKind>::convert(*kind) : "success";
  }
};

template <>
struct StringMaker<std::chrono::milliseconds> {
  static String convert(std::chrono::milliseconds time) {
    return (std::to_string(time.count()) + " ms").c_str();
  }
};

}  // namespace doctest

namespace wire {

using Peer = HostileServer::Peer;
using Script = HostileServer::Script;
using purecloud::ErrorKind;

inline constexpr std::string_view token = "cwRto9ScT-a-bearer-of-the-wire-tests";

/// A client of the server that sends each request once and has time enough.
template <class Server>
purecloud::Configuration configuration_for(const Server& server) {
  purecloud::Configuration configuration;
  configuration.base_url = "http://127.0.0.1:" + std::to_string(server.port());
  configuration.access_token = token;
  configuration.retry.max_attempts = 1;
  configuration.timeouts.attempt = std::chrono::seconds(10);
  return configuration;
}

template <class Backend>
purecloud::BasicTokensApi<Backend> client_of(const HostileServer& server) {
  return purecloud::BasicTokensApi<Backend>(configuration_for(server));
}

/// A response with a body and its length.
inline std::string response(int status, std::string_view body, std::string_view headers = {}) {
  return "HTTP/1.1 " + std::to_string(status) +
         " Some Reason\r\nContent-Type: application/json\r\n" + std::string(headers) +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

/// A TokenInfo that can be told from another.
inline std::string token_info(std::string_view name) {
  return R"({"organization":{"name":")" + std::string(name) + R"("}})";
}

inline std::string name_in(const purecloud::TokenInfo& info) {
  return info.organization ? info.organization->name.value_or("") : "";
}

/// Responds to every request alike, as long as the client likes.
inline Script always(std::string bytes) {
  return [bytes = std::move(bytes)](Peer& peer) {
    while (peer.read_request()) peer.send(bytes);
  };
}

/// Responds to one request with these bytes and leaves the connection open.
inline Script once_then_hold(std::string bytes) {
  return [bytes = std::move(bytes)](Peer& peer) {
    if (peer.read_request() && peer.send(bytes)) peer.wait_for_close();
  };
}

template <class Result>
std::optional<ErrorKind> kind_of(const Result& result) {
  if (result.has_value()) return std::nullopt;
  return result.error().kind;
}

template <class Result>
std::string message_of(const Result& result) {
  return result.has_value() ? "success" : result.error().message;
}

inline bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// The number after a word in /proc/self/status.
inline int own_status(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;)
    if (int value = 0; word == name + ":" && status >> value) return value;
  return -1;
}

class Stopwatch {
 public:
  milliseconds elapsed() const {
    return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - start_);
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// The shortest of up to three times that `work` says it took, as soon as one is within the bound:
/// a busy machine may hold up any of them, but what is late by itself is late each time.
template <class Work>
milliseconds shortest(milliseconds bound, Work work) {
  milliseconds time = work();
  for (int tries = 1; tries < 3 && time >= bound; ++tries) time = (std::min)(time, work());
  return time;
}

/// That a call with a deadline of 300 ms, which gets no response, is a timeout within 250 ms of its
/// time. `call` makes one with the options that it is given.
template <class Call>
void check_ends_by_deadline(Call call) {
  purecloud::CallOptions options;
  options.deadline = milliseconds(300);
  CHECK(shortest(milliseconds(550), [&] {
          const Stopwatch stopwatch;
          const auto result = call(options);
          const auto elapsed = stopwatch.elapsed();
          CHECK(kind_of(result) == ErrorKind::timeout);
          CHECK_MESSAGE(contains(message_of(result), "deadline of 300 ms"), message_of(result));
          CHECK(elapsed >= milliseconds(300));
          return elapsed;
        }) < milliseconds(550));
}

}  // namespace wire
