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

#if defined(_WIN32)
#include <winsock2.h>
#include <ws2tcpip.h>
#else
#include <netdb.h>
#include <sys/socket.h>
#endif

#include <purecloud/detail/base_url.hpp>
#include <purecloud/http.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// The addresses of a host name in the system's order of preference; empty when it has none.
inline std::vector<std::string> look_up(const std::string& host) {
  addrinfo hints;
  std::memset(&hints, 0, sizeof hints);
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  std::vector<std::string> addresses;
  if (getaddrinfo(host.c_str(), nullptr, &hints, &found) != 0) return addresses;
  for (const addrinfo* each = found; each; each = each->ai_next) {
    char text[NI_MAXHOST];
    if (getnameinfo(each->ai_addr, static_cast<socklen_t>(each->ai_addrlen), text, sizeof text,
                    nullptr, 0, NI_NUMERICHOST) == 0)
      addresses.emplace_back(text);
  }
  freeaddrinfo(found);
  return addresses;
}

/// The same by a deadline. getaddrinfo knows no timeout, so it runs on a thread that is left
/// behind when it takes too long.
inline std::variant<std::vector<std::string>, HttpFailure> resolve(const std::string& host,
                                                                   Deadline deadline) {
  if (is_ip_address(host)) return std::vector<std::string>{host};

  struct LookUp {
    std::mutex mutex;
    std::condition_variable changed;
    bool done = false;
    std::vector<std::string> addresses;
  };
  const auto look_up_state = std::make_shared<LookUp>();
  try {
    std::thread([look_up_state, host] {
      auto addresses = look_up(host);
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
