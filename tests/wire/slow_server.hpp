// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "hostile_server.hpp"

namespace wire {

/// A server whose every response comes some time after its request, for more connections than there
/// could be threads. It reads no more of a request than where its head ends.
class SlowServer {
 public:
  SlowServer(std::chrono::milliseconds delay, std::string response)
      : delay_(delay), response_(std::move(response)) {
    Address address = loopback(AF_INET);
    ::bind(listening_, address.generic(), address.size);
    ::listen(listening_, 4096);
    port_ = port_of(listening_);
    thread_ = std::thread([this] { serve(); });
  }
  ~SlowServer() {
    ending_ = true;
    thread_.join();
    for (const auto& each : peers_) socket_system::close(each.first);
    socket_system::close(listening_);
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
      socket_system::poll(watched.data(), watched.size(), 10);
      for (const pollfd& each : watched) {
        if (each.revents == 0) continue;
        each.fd == listening_ ? accept() : read(each.fd);
      }
      for (auto& [handle, peer] : peers_) {
        if (peer.due > Clock::now()) continue;
        ::send(handle, response_.data(), socket_system::length(response_.size()),
               socket_system::no_signal);
        peer = {};
      }
    }
  }

  void accept() {
    const Handle handle = ::accept(listening_, nullptr, nullptr);
    if (handle == socket_system::none) return;
    peers_[handle];
    ++connections_;
  }

  void read(Handle handle) {
    char buffer[4096];
    const auto size = ::recv(handle, buffer, sizeof buffer, 0);
    if (size <= 0) {
      peers_.erase(handle);
      socket_system::close(handle);
      return;
    }
    Peer& peer = peers_[handle];
    peer.received.append(buffer, static_cast<std::size_t>(size));
    if (peer.received.find("\r\n\r\n") != std::string::npos) peer.due = Clock::now() + delay_;
  }

  const std::chrono::milliseconds delay_;
  const std::string response_;
  const Handle listening_ = socket_system::open(AF_INET);
  int port_ = 0;
  std::atomic<bool> ending_{false};
  std::atomic<std::size_t> connections_{0};
  std::map<Handle, Peer> peers_;
  std::thread thread_;
};

}  // namespace wire
