// SPDX-License-Identifier: MIT
// A response as a peer may send it, in pieces: its head, its framing, its chunks. Without sockets.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <purecloud/detail/net/response_parser.hpp>

#include "require.hpp"

namespace {

using namespace purecloud;
using detail::ResponseParser;
using State = ResponseParser::State;

constexpr std::size_t max_body = 1000;

struct Outcome {
  State state;
  bool keeps_alive;
  bool more_followed;
  const char* problem;
  HttpResponse response;
};

/// `step` cuts the bytes: it is the size of the first piece, and each is one larger than the last.
Outcome parse(std::string_view method, std::string_view bytes, std::size_t step, bool ended) {
  ResponseParser parser{std::string(method), max_body};
  while (!bytes.empty() && parser.state() <= State::body) {
    // a copy of its own, so that a sanitizer sees what is read beyond it
    const std::string piece(bytes.substr(0, step));
    bytes.remove_prefix(piece.size());
    parser.take(piece);
    ++step;
  }
  if (ended && parser.state() <= State::body) parser.end();
  // what was not taken is found in the socket when the connection is to be used again
  Outcome outcome{parser.state(),
                  parser.keeps_alive() && bytes.empty(),
                  parser.more_followed() || !bytes.empty(),
                  parser.problem(),
                  {}};
  if (parser.has_head()) outcome.response = std::move(parser).take_response();
  return outcome;
}

void check(std::string_view method, const Outcome& outcome) {
  require((outcome.state == State::broken) == (outcome.problem != nullptr),
          "what is broken says why, and nothing else does");
  require(outcome.state == State::complete || !outcome.keeps_alive,
          "a connection is kept only after a whole response");
  require(!outcome.more_followed || !outcome.keeps_alive,
          "a connection on which more came is not kept");
  if (outcome.state != State::complete) return;
  const HttpResponse& response = outcome.response;
  require(response.status >= 200 && response.status <= 599, "a status is one of a final response");
  require(response.body.size() <= max_body, "a body keeps its bound");
  if (method == "HEAD" || response.status == 204 || response.status == 304)
    require(response.body.empty(), "what has no body has none");
  for (const auto& [name, value] : response.headers) {
    require(detail::is_header_name(name), "a header has a name");
    require(std::none_of(value.begin(), value.end(), detail::is_control),
            "a header's value has no control");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  static constexpr std::string_view methods[] = {"GET", "HEAD", "PUT", "CONNECT"};
  const std::string_view method = methods[data[0] % 4];
  const bool ended = (data[0] & 4) != 0;
  const std::size_t step = data[1] + std::size_t{1};
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 2, size - 2);

  const Outcome whole = parse(method, bytes, bytes.size() + 1, ended);
  check(method, whole);
  const Outcome cut = parse(method, bytes, step, ended);
  check(method, cut);
  require(whole.state == cut.state && whole.keeps_alive == cut.keeps_alive,
          "where the bytes are cut changes nothing");
  require(whole.response.status == cut.response.status &&
              whole.response.headers == cut.response.headers &&
              (whole.state != State::complete || whole.response.body == cut.response.body),
          "nor what the response is");
  return 0;
}
