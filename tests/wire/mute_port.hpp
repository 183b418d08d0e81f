// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>
#include <vector>

#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "hostile_server.hpp"

namespace wire {

/// A port that does not respond: it listens, but nobody accepts, and its queue is full.
class MutePort {
 public:
  explicit MutePort(int family = AF_INET, int port = 0) : listener_(open(family)) {
    Address address = loopback(family, port);
    if (listener_ < 0 || ::bind(listener_, address.generic(), address.size) != 0 ||
        ::listen(listener_, 0) != 0)
      throw std::runtime_error("no port of the loopback can be had");
    port_ = port_of(listener_);
    address = loopback(family, port_);
    do {
      queued_.push_back(open(family));
      ::fcntl(queued_.back(), F_SETFL, O_NONBLOCK);
      (void)::connect(queued_.back(), address.generic(), address.size);
    } while (connects(queued_.back()));
  }
  ~MutePort() {
    for (const int handle : queued_) ::close(handle);
    ::close(listener_);
  }
  MutePort(const MutePort&) = delete;
  MutePort& operator=(const MutePort&) = delete;

  int port() const { return port_; }

 private:
  static int open(int family) { return ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0); }

  /// On the loopback a connection is there at once or not at all.
  static bool connects(int handle) {
    pollfd which = {handle, POLLOUT, 0};
    return ::poll(&which, 1, 100) == 1;
  }

  const int listener_;
  int port_ = 0;
  std::vector<int> queued_;
};

}  // namespace wire
