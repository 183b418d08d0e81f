// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <cstring>
#include <memory>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#if !defined(_WIN32)
#include <netdb.h>
#endif

#include <purecloud/detail/net/socket.hpp>
#include <purecloud/detail/text/url.hpp>
#include <purecloud/http.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

using SocketAddresses = std::vector<SocketAddress>;

/// The addresses of a host in the system's order of preference; empty when it has none.
inline SocketAddresses look_up(const std::string& host, int port) {
  addrinfo hints = {};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICSERV;
  addrinfo* found = nullptr;
  SocketAddresses addresses;
  if (getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found) != 0)
    return addresses;
  for (const addrinfo* each = found; each; each = each->ai_next) {
    SocketAddress address = {};
    if (each->ai_addrlen > sizeof address.storage) continue;
    std::memcpy(&address.storage, each->ai_addr, each->ai_addrlen);
    address.size = static_cast<socklen_t>(each->ai_addrlen);
    addresses.push_back(address);
  }
  freeaddrinfo(found);
  return addresses;
}

/// The same by a deadline. getaddrinfo knows no timeout, so it runs on a thread that is left
/// behind when it takes too long.
inline std::variant<SocketAddresses, HttpFailure> resolve(const std::string& host, int port,
                                                          Deadline deadline) {
  if (is_ip_address(host)) return look_up(host, port);  // asks nobody

  struct LookUp {
    std::mutex mutex;
    std::condition_variable changed;
    bool done = false;
    SocketAddresses addresses;
  };
  const auto look_up_state = std::make_shared<LookUp>();
  try {
    std::thread([look_up_state, host, port] {
      auto addresses = look_up(host, port);
      const std::lock_guard<std::mutex> lock(look_up_state->mutex);
      look_up_state->addresses = std::move(addresses);
      look_up_state->done = true;
      look_up_state->changed.notify_one();
    }).detach();
  } catch (const std::system_error&) {
    return HttpFailure{ErrorKind::connection, "no thread to look up " + host + " on"};
  }

  std::unique_lock<std::mutex> lock(look_up_state->mutex);
  if (!look_up_state->changed.wait_until(lock, deadline, [&] { return look_up_state->done; }))
    return HttpFailure{ErrorKind::timeout, "the address of " + host + " was not found in time"};
  if (look_up_state->addresses.empty())
    return HttpFailure{ErrorKind::connection,
                       "the host name " + host + " has no address; check it and the name server"};
  return std::move(look_up_state->addresses);
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
