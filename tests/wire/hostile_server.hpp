// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <purecloud/tokens.hpp>
#if __has_include(<purecloud/detail/text/text.hpp>)  // else a single header has it
#include <purecloud/detail/net/socket_system.hpp>
#endif

#if !defined(_WIN32)
#include <arpa/inet.h>
#include <pthread.h>
#endif

#include <openssl/ssl.h>

namespace wire {

namespace socket_system = purecloud::detail::socket_system;
using socket_system::Handle;
using std::chrono::milliseconds;

struct Address {
  sockaddr_storage storage = {};
  socklen_t size = sizeof storage;

  sockaddr* generic() { return reinterpret_cast<sockaddr*>(&storage); }
};

/// The loopback's address; port 0 is any that is free.
inline Address loopback(int family, int port = 0) {
  Address address;
  if (family == AF_INET6) {
    auto& in6 = reinterpret_cast<sockaddr_in6&>(address.storage);
    in6.sin6_family = AF_INET6;
    in6.sin6_addr = in6addr_loopback;
    in6.sin6_port = htons(static_cast<std::uint16_t>(port));
    address.size = sizeof in6;
  } else {
    auto& in = reinterpret_cast<sockaddr_in&>(address.storage);
    in.sin_family = AF_INET;
    in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    in.sin_port = htons(static_cast<std::uint16_t>(port));
    address.size = sizeof in;
  }
  return address;
}

inline Address bound_address(Handle handle) {
  Address address;
  ::getsockname(handle, address.generic(), &address.size);
  return address;
}

inline int port_of(Handle handle) {
  Address address = bound_address(handle);
  return ntohs(address.storage.ss_family == AF_INET6
                   ? reinterpret_cast<sockaddr_in6&>(address.storage).sin6_port
                   : reinterpret_cast<sockaddr_in&>(address.storage).sin_port);
}

/// A server on a port of the loopback, a free one by default, that does to each connection exactly
/// what a script says, and keeps what it was sent.
class HostileServer {
 public:
  class Peer;
  using Script = std::function<void(Peer&)>;

  /// The scripts of the first, second, … connection; the last is that of all further ones too. With
  /// a `tls` context each begins after a handshake, and is left out when that fails.
  explicit HostileServer(std::vector<Script> scripts, SSL_CTX* tls = nullptr, int family = AF_INET,
                         int port = 0)
      : scripts_(std::move(scripts)), tls_(tls), listener_(::socket(family, SOCK_STREAM, 0)) {
    Address address = loopback(family, port);
    if (listener_ == socket_system::none ||
        ::bind(listener_, address.generic(), address.size) != 0 || ::listen(listener_, 128) != 0)
      throw std::runtime_error("no port of the loopback can be had");
    port_ = port_of(listener_);
    acceptor_ = std::thread([this] { accept(); });
  }

  ~HostileServer() {
    stopping_ = true;
    wake_acceptor();
    acceptor_.join();
    std::unique_lock<std::mutex> lock(mutex_);
    for (const Handle handle : open_) ::shutdown(handle, both_ways);
    changed_.wait(lock, [&] { return running_.empty(); });
    join_ended();
    socket_system::close(listener_);
  }

  HostileServer(const HostileServer&) = delete;
  HostileServer& operator=(const HostileServer&) = delete;

  int port() const { return port_; }

  std::size_t connections() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return connections_;
  }

  /// The bytes of each request, in the order in which they came.
  std::vector<std::string> requests() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return requests_;
  }

  /// Waits, for at most ten seconds, until as many scripts have ended.
  bool wait_until_ended(std::size_t scripts) const {
    std::unique_lock<std::mutex> lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(10), [&] { return ended_ >= scripts; });
  }

 private:
  void accept() {
    block_signals();
    for (;;) {
      const Handle handle = ::accept(listener_, nullptr, nullptr);
      if (handle == socket_system::none && socket_system::interrupted()) continue;
      if (handle == socket_system::none || stopping_) {
        if (handle != socket_system::none) socket_system::close(handle);
        return;
      }
      const std::lock_guard<std::mutex> lock(mutex_);
      join_ended();
      open_.push_back(handle);
      const Script& script = scripts_[(std::min)(connections_++, scripts_.size() - 1)];
      const auto own = running_.emplace(running_.end());
      *own = std::thread([this, handle, &script, own] { serve(handle, script, own); });
    }
  }

  using Threads = std::list<std::thread>;

  void serve(Handle handle, const Script& script, Threads::iterator own);

#if defined(_WIN32)
  static constexpr int both_ways = SD_BOTH, sending = SD_SEND;

  void wake_acceptor() const {
    Address address = bound_address(listener_);
    const Handle handle = ::socket(address.storage.ss_family, SOCK_STREAM, 0);
    ::connect(handle, address.generic(), address.size);
    socket_system::close(handle);
  }
#else
  static constexpr int both_ways = SHUT_RDWR, sending = SHUT_WR;

  void wake_acceptor() const { ::shutdown(listener_, both_ways); }
#endif

  /// Or their stacks would fill the memory of a machine of 32 bits. Under the mutex.
  void join_ended() {
    for (; !joinable_.empty(); joinable_.pop_front()) joinable_.front().join();
  }

  /// SIGPIPE among them: the tests are about the client's.
  static void block_signals() {
#if !defined(_WIN32)
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, nullptr);
#endif
  }

  const std::vector<Script> scripts_;
  SSL_CTX* const tls_;
  const Handle listener_;
  int port_ = 0;
  std::atomic<bool> stopping_{false};
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::vector<std::string> requests_;
  std::size_t connections_ = 0;
  std::size_t ended_ = 0;
  std::vector<Handle> open_;
  Threads running_;
  Threads joinable_;  ///< which have done their work
  std::thread acceptor_;
};

/// One connection, as its script sees it. Closed when the script ends.
class HostileServer::Peer {
 public:
  Peer(HostileServer& server, Handle handle) : server_(server), handle_(handle) {
    set_option(IPPROTO_TCP, TCP_NODELAY, 1);
  }
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  /// False when the client does not get as far.
  bool start_tls(SSL_CTX* context) {
    tls_.reset(SSL_new(context));
    SSL_set_fd(tls_.get(), static_cast<int>(handle_));
    return SSL_accept(tls_.get()) == 1;
  }

  /// Reads one request's head, and its body where it has a length. False when the client closed.
  bool read_request(std::string* copy = nullptr) {
    std::string request;
    if (!read_until(request, [](const std::string& text) {
          const auto head = text.find("\r\n\r\n");
          return head != std::string::npos && text.size() >= head + 4 + content_length(text);
        }))
      return false;
    if (copy) *copy = request;
    record(std::move(request));
    return true;
  }

  /// The same without the body.
  bool read_head() {
    std::string request;
    if (!read_until(request, [](const std::string& text) {
          return text.find("\r\n\r\n") != std::string::npos;
        }))
      return false;
    record(std::move(request));
    return true;
  }

  /// Reads so many bytes, fewer when the client closes, and keeps no record of them.
  std::string read_bytes(std::size_t count) {
    std::string bytes(count, '\0');
    std::size_t got = 0;
    while (got < count) {
      const auto received =
          tls_ ? SSL_read(tls_.get(), bytes.data() + got, static_cast<int>(count - got))
               : ::recv(handle_, bytes.data() + got, socket_system::length(count - got), 0);
      if (received <= 0) break;
      got += static_cast<std::size_t>(received);
    }
    bytes.resize(got);
    return bytes;
  }

  /// False when the client has closed.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = tls_ ? SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size()))
                             : ::send(handle_, bytes.data(), socket_system::length(bytes.size()),
                                      socket_system::no_signal);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  /// Over TLS 1.3, session tickets: what a client reads without anything being said. Until the
  /// client closes.
  void send_tickets(int count) {
    while (count-- > 0 && SSL_new_session_ticket(tls_.get()) == 1 &&
           SSL_do_handshake(tls_.get()) == 1) {
    }
  }

  /// A byte each interval, until the client closes.
  void drip(std::string_view bytes, milliseconds interval) {
    for (const char& byte : bytes)
      if (!send({&byte, 1}) || closed_within(interval)) return;
  }

  /// The same bytes over and over, until the client closes or had `limit` bytes.
  void flood(const std::string& bytes, std::size_t limit) {
    std::string block;
    while (block.size() < 64 * 1024) block += bytes;
    for (std::size_t sent = 0; sent < limit && send(block);) sent += block.size();
  }

  void wait_for_close() {
    std::string rest;
    read_until(rest, [](const std::string&) { return false; });
  }

  /// Ends the connection with RST instead of FIN.
  void reset() { set_option(SOL_SOCKET, SO_LINGER, linger{1, 0}); }

  /// Says with FIN that nothing more will come.
  void end_sending() { ::shutdown(handle_, sending); }

  /// Says goodbye at the TLS level only.
  void close_notify() { SSL_shutdown(tls_.get()); }

 private:
  static std::size_t content_length(const std::string& request) {
    constexpr std::string_view name = "\r\nContent-Length: ";
    const auto found = request.find(name);
    if (found == std::string::npos) return 0;
    return static_cast<std::size_t>(
        std::strtoull(request.c_str() + found + name.size(), nullptr, 10));
  }

  template <class Enough>
  bool read_until(std::string& text, Enough enough) {
    static thread_local std::array<char, 64 * 1024> buffer;
    while (!enough(text)) {
      const auto received =
          tls_ ? SSL_read(tls_.get(), buffer.data(), static_cast<int>(buffer.size()))
               : ::recv(handle_, buffer.data(), socket_system::length(buffer.size()), 0);
      if (received <= 0) return false;
      text.append(buffer.data(), static_cast<std::size_t>(received));
    }
    return true;
  }

  bool closed_within(milliseconds time) const {
    pollfd which = {handle_, POLLIN, 0};
    return socket_system::poll(&which, 1, static_cast<int>(time.count())) != 0;
  }

  template <class Value>
  void set_option(int level, int option, const Value& value) {
    ::setsockopt(handle_, level, option, reinterpret_cast<const char*>(&value), sizeof value);
  }

  void record(std::string request) {
    const std::lock_guard<std::mutex> lock(server_.mutex_);
    server_.requests_.push_back(std::move(request));
  }

  HostileServer& server_;
  const Handle handle_;
  std::unique_ptr<SSL, decltype(&SSL_free)> tls_{nullptr, SSL_free};
};

inline void HostileServer::serve(Handle handle, const Script& script, Threads::iterator own) {
  block_signals();
  {
    Peer peer(*this, handle);
    if (!tls_ || peer.start_tls(tls_)) script(peer);
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  open_.erase(std::find(open_.begin(), open_.end(), handle));
  socket_system::close(handle);
  ++ended_;
  joinable_.splice(joinable_.end(), running_, own);
  changed_.notify_all();
}

}  // namespace wire
