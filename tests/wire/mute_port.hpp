// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>
#include <vector>

#include "hostile_server.hpp"

namespace wire {

/// A port that does not respond: it listens, but nobody accepts, and its queue is full.
class MutePort {
 public:
  explicit MutePort(int family = AF_INET, int port = 0) : listener_(socket_system::open(family)) {
    Address address = loopback(family, port);
    if (listener_ == socket_system::none ||
        ::bind(listener_, address.generic(), address.size) != 0 || ::listen(listener_, 0) != 0)
      throw std::runtime_error("no port of the loopback can be had");
    port_ = port_of(listener_);
    address = loopback(family, port_);
    do {
      queued_.push_back(socket_system::open(family));
      (void)::connect(queued_.back(), address.generic(), address.size);
    } while (connects(queued_.back()));
  }
  ~MutePort() {
    for (const Handle handle : queued_) socket_system::close(handle);
    socket_system::close(listener_);
  }
  MutePort(const MutePort&) = delete;
  MutePort& operator=(const MutePort&) = delete;

  int port() const { return port_; }

 private:
  /// On the loopback a connection is there at once or not at all.
  static bool connects(Handle handle) {
    std::vector<pollfd> which = {{handle, POLLOUT, 0}};
    return socket_system::poll_connecting(which, 100) == 1;
  }

  const Handle listener_;
  int port_ = 0;
  std::vector<Handle> queued_;
};

}  // namespace wire
