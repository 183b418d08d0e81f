// SPDX-License-Identifier: MIT
// How much a server can make us keep.
#include <cstdint>
#include <fstream>

#include "support.hpp"

#include <algorithm>

namespace {

using namespace wire;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define WIRE_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define WIRE_SANITIZED 1
#endif
#endif

constexpr std::size_t limit = 8 * 1024 * 1024;
constexpr std::size_t gibibyte = 1024 * 1024 * 1024;

/// How far the process's memory grew beyond where it was, at its highest. Linux alone tells, and a
/// sanitizer's own memory drowns it.
class PeakMemory {
 public:
  PeakMemory() {
    std::ofstream("/proc/self/clear_refs") << "5";  // forgets the highest until now
    start_ = peak();
  }

  std::size_t growth() const { return (std::max)(peak(), start_) - start_; }

 private:
  static std::size_t peak() {
#if !defined(WIRE_SANITIZED)
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
      std::size_t kibibytes = 0;
      if (word == "VmHWM:" && status >> kibibytes) return kibibytes * 1024;
    }
#endif
    return 0;
  }

  std::size_t start_ = 0;
};

purecloud::Configuration limited(const HostileServer& server) {
  auto configuration = configuration_for(server);
  configuration.max_response_bytes = limit;
  return configuration;
}

/// A gzip stream of `size` zeros: one literal, then copies of 258 bytes (RFC 1951, 3.2.6).
std::string gzip_bomb(std::size_t size) {
  std::string bytes("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03", 10);
  std::uint64_t pending = 0;
  int count = 0;
  const auto put = [&](std::uint32_t bits, int length) {
    pending |= std::uint64_t{bits} << count;
    for (count += length; count >= 8; count -= 8, pending >>= 8)
      bytes += static_cast<char>(pending & 0xff);
  };
  put(0b011, 3);       // the last block, with the fixed codes
  put(0b00001100, 8);  // literal 0, the code's bits from the left
  for (std::size_t made = 1; made < size; made += 258) put(0b00000'10100011, 13);
  put(0, 7);  // the end
  put(0, 8);
  return bytes + std::string(8, '\0');  // a check that nobody lives to see
}

Script flood_with(std::string head, std::string bytes) {
  return [=](Peer& peer) {
    if (peer.read_request() && peer.send(head)) peer.flood(bytes, gibibyte);
  };
}

}  // namespace

TEST_CASE_TEMPLATE("a gibibyte of body ends at max_response_bytes", Backend, WIRE_BACKENDS) {
  const std::string head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
  const std::string spaces(16 * 1024, ' ');
  const struct {
    std::string how;
    Script script;
  } servers[] = {
      {"with a length", flood_with(head + "Content-Length: 1073741824\r\n\r\n", spaces)},
      {"with a length beyond all memory",
       flood_with(head + "Content-Length: 99999999999999999\r\n\r\n", spaces)},
      {"without a length", flood_with(head + "\r\n", spaces)},
      {"in chunks",
       flood_with(head + "Transfer-Encoding: chunked\r\n\r\n", "4000\r\n" + spaces + "\r\n")},
      {"in one chunk", flood_with(head + "Transfer-Encoding: chunked\r\n\r\n40000000\r\n", spaces)},
      {"of an error", flood_with("HTTP/1.1 500 Oh\r\n\r\n", spaces)},
  };
  for (const auto& each : servers) {
    const auto& how = each.how;
    const auto& script = each.script;
    CAPTURE(how);
    const HostileServer server({script});
    const purecloud::BasicTokensApi<Backend> client(limited(server));
    const PeakMemory memory;
    const Stopwatch stopwatch;
    const auto result = client.try_get_tokens_me();
    CHECK(memory.growth() < 4 * limit);
    CHECK(kind_of(result) == ErrorKind::too_large);
    CHECK(contains(message_of(result), "max_response_bytes"));
    CHECK(server.requests().size() == 1);
    CHECK(stopwatch.elapsed() < milliseconds(3000));
    CHECK(server.wait_until_ended(1));  // it is not read to its end
  }
}

TEST_CASE_TEMPLATE("what is compressed within max_response_bytes is not made larger", Backend,
                   WIRE_BACKENDS) {
  const std::string bomb = gzip_bomb(128 * 1024 * 1024);
  auto configuration = purecloud::Configuration();
  REQUIRE(bomb.size() < configuration.max_response_bytes);
  const HostileServer server({always(response(200, bomb, "Content-Encoding: gzip\r\n"))});
  const auto client = client_of<Backend>(server);
  const PeakMemory memory;
  const auto result = client.try_get_tokens_me();
  CHECK(memory.growth() < 4 * configuration.max_response_bytes);
  CHECK(kind_of(result) == ErrorKind::decode);
  CHECK(contains(message_of(result), "gzip"));
}

TEST_CASE_TEMPLATE("a body of exactly max_response_bytes is accepted, one byte more is not",
                   Backend, WIRE_BACKENDS) {
  for (const bool chunked : {false, true}) {
    for (const std::size_t more : {std::size_t{0}, std::size_t{1}}) {
      CAPTURE(chunked);
      CAPTURE(more);
      std::string body = "{}";
      body.resize(1000 + more, ' ');
      const HostileServer server(
          {always(chunked ? "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\n" +
                                body.substr(0, 1000) + (more ? "\r\n1\r\n " : "") + "\r\n0\r\n\r\n"
                          : response(200, body))});
      auto configuration = configuration_for(server);
      configuration.max_response_bytes = 1000;
      const auto result = purecloud::BasicTokensApi<Backend>(configuration).try_get_tokens_me();
      if (more)
        CHECK(kind_of(result) == ErrorKind::too_large);
      else
        CHECK(result);
    }
  }
}

TEST_CASE_TEMPLATE("what is not body is bounded too", Backend, WIRE_BACKENDS) {
  const std::string head = "HTTP/1.1 200 OK\r\n";
  const std::string chunked = head + "Transfer-Encoding: chunked\r\n\r\n";
  const struct {
    std::string what;
    Script script;
  } servers[] = {
      {"a status line", flood_with("HTTP/1.1 200 ", "OK ")},
      {"a header", flood_with(head + "X-Long: ", "endless ")},
      {"headers", flood_with(head, "X-Another: header\r\n")},
      {"interim responses", flood_with("", "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")},
      {"a chunk's size", flood_with(chunked, "0")},
      {"a chunk's extension", flood_with(chunked + "2;x=", "endless ")},
      {"trailers", flood_with(chunked + "2\r\n{}\r\n0\r\n", "X-Another: trailer\r\n")},
  };
  for (const auto& each : servers) {
    const auto& what = each.what;
    const auto& script = each.script;
    CAPTURE(what);
    const HostileServer server({script});
    const auto client = client_of<Backend>(server);
    const PeakMemory memory;
    const Stopwatch stopwatch;
    CHECK(kind_of(client.try_get_tokens_me()) == ErrorKind::protocol);
    CHECK(memory.growth() < 4 * 1024 * 1024);
    CHECK(stopwatch.elapsed() < milliseconds(3000));
    CHECK(server.wait_until_ended(1));
  }
}

TEST_CASE_TEMPLATE("a head of usual size, cookies and all, is accepted", Backend, WIRE_BACKENDS) {
  std::string headers;
  for (int i = 0; i < 60; ++i)
    headers += "Set-Cookie: name" + std::to_string(i) + "=" + std::string(250, 'v') + "\r\n";
  const HostileServer server({always(response(200, "{}", headers))});
  CHECK(client_of<Backend>(server).try_get_tokens_me());
}
