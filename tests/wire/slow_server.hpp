// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace wire {

/// A server whose every response comes some time after its request, for more connections than there
/// could be threads. It reads no more of a request than where its head ends.
class SlowServer {
 public:
  SlowServer(std::chrono::milliseconds delay, std::string response)
      : delay_(delay), response_(std::move(response)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    ::bind(listening_, any, size);
    ::listen(listening_, 4096);
    ::getsockname(listening_, any, &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~SlowServer() {
    ending_ = true;
    thread_.join();
    for (const auto& each : peers_) ::close(each.first);
    ::close(listening_);
  }
  SlowServer(const SlowServer&) = delete;
  SlowServer& operator=(const SlowServer&) = delete;

  int port() const { return port_; }
  std::size_t connections() const { return connections_; }

 private:
  using Clock = std::chrono::steady_clock;

  struct Peer {
    std::string received;
    Clock::time_point due = (Clock::time_point::max)();  ///< of the response
  };

  void serve() {
    std::vector<pollfd> watched;
    while (!ending_) {
      watched.assign(1, {listening_, POLLIN, 0});
      for (const auto& each : peers_) watched.push_back({each.first, POLLIN, 0});
      ::poll(watched.data(), static_cast<nfds_t>(watched.size()), 10);
      for (const pollfd& each : watched) {
        if (each.revents == 0) continue;
        each.fd == listening_ ? accept() : read(each.fd);
      }
      for (auto& [handle, peer] : peers_) {
        if (peer.due > Clock::now()) continue;
        ::send(handle, response_.data(), response_.size(), MSG_NOSIGNAL);
        peer = {};
      }
    }
  }

  void accept() {
    const int handle = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
    if (handle < 0) return;
    peers_[handle];
    ++connections_;
  }

  void read(int handle) {
    char buffer[4096];
    const auto size = ::recv(handle, buffer, sizeof buffer, 0);
    if (size <= 0) {
      peers_.erase(handle);
      ::close(handle);
      return;
    }
    Peer& peer = peers_[handle];
    peer.received.append(buffer, static_cast<std::size_t>(size));
    if (peer.received.find("\r\n\r\n") != std::string::npos) peer.due = Clock::now() + delay_;
  }

  const std::chrono::milliseconds delay_;
  const std::string response_;
  const int listening_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  int port_ = 0;
  std::atomic<bool> ending_{false};
  std::atomic<std::size_t> connections_{0};
  std::map<int, Peer> peers_;
  std::thread thread_;
};

}  // namespace wire
