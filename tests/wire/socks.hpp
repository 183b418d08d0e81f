// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "hostile_server.hpp"

namespace wire {

/// A SOCKS5 proxy's side of opening a tunnel (RFC 1928), and what it was asked for.
struct SocksTunnel {
  bool wants_password = false;
  char password_status = 0;  ///< RFC 1929: 0 is success
  char reply = 0;            ///< 0 is success

  std::string offered;  ///< the client's methods of authentication, a byte each
  std::string username, password;
  std::string host;  ///< empty when it was asked for an address, not a name
  int port = 0;

  /// False when the client gave up or was refused.
  bool open(HostileServer::Peer& peer) {
    using namespace std::string_view_literals;
    peer.read_bytes(1);
    offered = sized(peer);
    peer.send(wants_password ? "\5\2"sv : "\5\0"sv);
    if (wants_password) {
      peer.read_bytes(1);
      username = sized(peer);
      password = sized(peer);
      peer.send(std::string{1, password_status});
      if (password_status != 0) return false;
    }
    const std::string request = peer.read_bytes(4);  // version, CONNECT, reserved, address type
    if (request == "\5\1\0\3"sv) host = sized(peer);
    const std::string number = peer.read_bytes(2);
    if (number.size() == 2)
      port = static_cast<unsigned char>(number[0]) << 8 | static_cast<unsigned char>(number[1]);
    return peer.send(std::string{5, reply} + std::string("\0\1\0\0\0\0\0\0"sv)) && reply == 0;
  }

 private:
  static std::string sized(HostileServer::Peer& peer) {
    const std::string size = peer.read_bytes(1);
    return size.empty() ? "" : peer.read_bytes(static_cast<unsigned char>(size[0]));
  }
};

}  // namespace wire
