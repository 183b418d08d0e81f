// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/detail/httplib/compat.hpp>

#if !defined(_WIN32)
#include <dirent.h>
#include <netinet/in.h>
#include <sys/socket.h>
#endif

#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

#include <purecloud/testing/fake_tokens_server.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Ends the connections to an IPv4 port of this process. Needed because cpp-httplib 0.11 closes an
/// idle connection 5 seconds after its last request, not when the server stops, and has no function
/// that returns the socket.
inline void end_connections_to(int port) {
#if defined(_WIN32)
  static_cast<void>(port);
#else
  DIR* const folder = opendir("/dev/fd");
  if (!folder) return;
  while (const dirent* entry = readdir(folder)) {
    const int file = std::atoi(entry->d_name);
    sockaddr_in local{};
    socklen_t size = sizeof local;
    if (getsockname(file, reinterpret_cast<sockaddr*>(&local), &size) == 0 &&
        local.sin_family == AF_INET && ntohs(local.sin_port) == port)
      shutdown(file, SHUT_RDWR);
  }
  closedir(folder);
#endif
}

}  // namespace detail

namespace testing {

class FakeTokensServer::Impl {
 public:
  Impl() {
    server_.set_tcp_nodelay(true);
    server_.set_keep_alive_max_count(1'000'000);
    server_.new_task_queue = [] { return new httplib::ThreadPool(64); };
    mount(service, server_);
    port_ = server_.bind_to_any_port("127.0.0.1");
    if (port_ <= 0) throw std::runtime_error("FakeTokensServer: no port of 127.0.0.1 can be had");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    // otherwise the destructor could call stop() before the server runs, and wait for ever
    while (!server_.is_running()) std::this_thread::yield();
  }

  ~Impl() {
    server_.stop();
    detail::end_connections_to(port_);
    thread_.join();
  }

  std::string base_url() const { return "http://127.0.0.1:" + std::to_string(port_); }

  FakeTokensService service;

 private:
  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
};

PURECLOUD_TOKENS_INLINE FakeTokensServer::FakeTokensServer() : impl_(std::make_unique<Impl>()) {}

PURECLOUD_TOKENS_INLINE FakeTokensServer::~FakeTokensServer() = default;

PURECLOUD_TOKENS_INLINE FakeTokensService& FakeTokensServer::service() { return impl_->service; }

PURECLOUD_TOKENS_INLINE std::string FakeTokensServer::base_url() const { return impl_->base_url(); }

}  // namespace testing
}  // namespace v1
}  // namespace purecloud
