// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support.hpp"

namespace tls {

/// Makes a server's context speak HTTP/2 (RFC 7301, 3.2).
inline void choose_http2(SSL_CTX* context) {
  SSL_CTX_set_alpn_select_cb(
      context,
      [](SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char*, unsigned,
         void*) -> int {
        *chosen = reinterpret_cast<const unsigned char*>("h2");
        *size = 2;
        return SSL_TLSEXT_ERR_OK;
      },
      nullptr);
}

/// A server's side of one connection over HTTP/2 (RFC 9113), frame by frame. It reads of a request
/// no more than which stream it is on.
class Http2Peer {
 public:
  enum Type : std::uint8_t {
    data = 0,
    headers = 1,
    priority = 2,
    rst_stream = 3,
    settings = 4,
    push_promise = 5,
    ping = 6,
    goaway = 7,
    window_update = 8,
    continuation = 9
  };
  static constexpr std::uint32_t refused_stream = 7;

  struct Frame {
    std::uint8_t type = 0;
    std::uint8_t flags = 0;
    std::uint32_t stream = 0;
    std::string payload;
  };

  /// Exchanges what a connection begins with.
  explicit Http2Peer(wire::Peer& peer, std::uint32_t most_streams = 250) : peer_(peer) {
    peer_.read_bytes(24);  // PRI * HTTP/2.0 …
    send({settings, 0, 0, bytes(max_concurrent_streams, 2) + bytes(most_streams, 4)});
  }

  /// Waits for the next request and returns its stream; 0 when the client has closed.
  std::uint32_t next_request() {
    while (const auto frame = next_frame())
      if (frame->type == headers) return frame->stream;
    return 0;
  }

  /// Waits until the client has acknowledged the settings. A connection that closes before, while
  /// libcurl writes that, fails.
  void wait_for_acknowledgement() {
    while (!acknowledged_ && next_frame()) {
    }
  }

  /// 200 with a body of JSON.
  bool respond(std::uint32_t stream, const std::string& body) {
    const std::string media_type = "application/json";
    const std::string fields = std::string("\x88\x0f\x10", 3) +  // :status: 200, content-type
                               static_cast<char>(media_type.size()) + media_type;
    return send({headers, end_headers, stream, fields}) && send({data, end_stream, stream, body});
  }

  bool send(const Frame& frame) { return peer_.send(bytes_of(frame)); }

  /// Sends frames over and over, until the client has closed.
  void flood(const std::vector<Frame>& frames) {
    std::string many;
    while (many.size() < 16 * 1024)
      for (const Frame& frame : frames) many += bytes_of(frame);
    while (peer_.send(many)) {
    }
  }

  /// Ends a stream with an error.
  bool reset(std::uint32_t stream, std::uint32_t error) {
    return send({rst_stream, 0, stream, bytes(error, 4)});
  }

  /// Says that no stream after `last` was looked at.
  bool go_away(std::uint32_t last) { return send({goaway, 0, 0, bytes(last, 4) + bytes(0, 4)}); }

 private:
  static constexpr std::uint32_t max_concurrent_streams = 3;
  static constexpr std::uint8_t acknowledgement = 1, end_stream = 1, end_headers = 4;

  static std::string bytes_of(const Frame& frame) {
    return bytes(static_cast<std::uint32_t>(frame.payload.size()), 3) +
           static_cast<char>(frame.type) + static_cast<char>(frame.flags) + bytes(frame.stream, 4) +
           frame.payload;
  }

  static std::uint32_t number(std::string_view from, std::size_t at, std::size_t size) {
    std::uint32_t value = 0;
    for (const char byte : from.substr(at, size))
      value = value << 8 | static_cast<unsigned char>(byte);
    return value;
  }

  static std::string bytes(std::uint32_t value, int size) {
    std::string text;
    while (size-- > 0) text += static_cast<char>(value >> (8 * size) & 0xff);
    return text;
  }

  std::optional<Frame> next_frame() {
    const std::string head = peer_.read_bytes(9);
    if (head.size() < 9) return std::nullopt;
    Frame frame{static_cast<std::uint8_t>(head[3]), static_cast<std::uint8_t>(head[4]),
                number(head, 5, 4) & 0x7fffffff, peer_.read_bytes(number(head, 0, 3))};
    if (frame.type == settings && frame.flags == 0) send({settings, acknowledgement, 0, {}});
    if (frame.type == settings && frame.flags == acknowledgement) acknowledged_ = true;
    return frame;
  }

  wire::Peer& peer_;
  bool acknowledged_ = false;
};

/// What a server does on each connection, once it speaks HTTP/2.
inline wire::Script over_http2(std::function<void(Http2Peer&)> script) {
  return [script = std::move(script)](wire::Peer& peer) {
    Http2Peer http2(peer);
    script(http2);
    peer.wait_for_close();
  };
}

}  // namespace tls
