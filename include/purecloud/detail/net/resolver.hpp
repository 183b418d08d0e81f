// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstring>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#if !defined(_WIN32)
#include <netdb.h>
#endif

#include <purecloud/detail/net/connect.hpp>
#include <purecloud/detail/net/destination.hpp>
#include <purecloud/detail/net/thread.hpp>
#include <purecloud/detail/net/time_limit.hpp>
#include <purecloud/detail/text/url.hpp>
#include <purecloud/http.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Returns the addresses of a host, in the system's order of preference; empty if it has none.
inline SocketAddresses look_up(const std::string& host, int port) {
  addrinfo hints = {};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found) != 0) return {};
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, freeaddrinfo);
  SocketAddresses addresses;
  for (const addrinfo* each = found; each; each = each->ai_next) {
    SocketAddress address = {};
    if (each->ai_addrlen > sizeof address.storage) continue;
    std::memcpy(&address.storage, each->ai_addr, each->ai_addrlen);
    address.size = static_cast<socklen_t>(each->ai_addrlen);
    addresses.push_back(address);
  }
  return addresses;
}

/// Finds the addresses of one host, within time limits. getaddrinfo() has no time limit, so it runs
/// on a thread. All calls wait for the same look-up. If all of them stop waiting, the look-up is
/// left behind, and uses only its own memory.
class Resolver {
 public:
  Resolver(std::string host, int port) : host_(std::move(host)), port_(port) {}

  const std::string& host() const { return host_; }

  /// Gets the addresses, or returns why there are none. Throws std::bad_alloc, also if memory ran
  /// out in the look-up.
  std::optional<HttpFailure> resolve(const TimeLimit& limit, SocketAddresses& addresses) {
    if (is_ip_address(host_)) {
      addresses = look_up(host_, port_);  // needs no name server
      return std::nullopt;
    }

    std::shared_ptr<LookUp> look_up;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (!current_ || current_->is_done()) {
        if (const int hanging = left_behind(0); hanging >= most_left_behind)
          return HttpFailure{ErrorKind::connection,
                             "the name server does not respond: " + std::to_string(hanging) +
                                 " look-ups still wait for it, so " + host_ + " is not looked up"};
        try {
          current_ = start();
        } catch (const std::system_error&) {
          return HttpFailure{ErrorKind::connection, "no thread to look up " + host_ + " on"};
        }
      }
      look_up = current_;
    }
    const bool found = wait(*look_up, limit);
    if (!found)
      return limit.stopped() ? Destination::cancelled(false)
                             : HttpFailure{ErrorKind::timeout,
                                           "the address of " + host_ + " was not found in time"};
    if (look_up->exception) std::rethrow_exception(look_up->exception);
    if (look_up->addresses.empty()) return Destination::no_address(host_);
    addresses = look_up->addresses;
    return std::nullopt;
  }

 private:
  struct LookUp {
    std::mutex mutex;
    std::condition_variable changed;
    std::thread thread;
    int waiting = 0;
    bool done = false;
    bool left_behind = false;  ///< all calls stopped waiting before it was done
    SocketAddresses addresses;
    std::exception_ptr exception;

    bool is_done() {
      const std::lock_guard<std::mutex> lock(mutex);
      return done;
    }

    void run(const std::string& host, int port) {
      SocketAddresses found;
      std::exception_ptr failure;
      try {
        found = look_up(host, port);
      } catch (...) {  // an exception that leaves a thread would end the process
        failure = std::current_exception();
      }
      const std::lock_guard<std::mutex> lock(mutex);
      addresses = std::move(found);
      exception = std::move(failure);
      done = true;
      if (left_behind) Resolver::left_behind(-1);
      changed.notify_all();
    }
  };

  static constexpr int most_left_behind = 16;

  std::shared_ptr<LookUp> start() const {
    auto started = std::make_shared<LookUp>();
    started->thread =
        start_thread([started, host = host_, port = port_] { started->run(host, port); });
    return started;
  }

  /// Adds `change` to the number of look-ups of this process that are left behind, and returns it.
  static int left_behind(int change) {
    static std::atomic<int> count{0};
    static std::atomic<long> process{0};
    // a forked child has none of its parent's threads
    if (process.exchange(process_id()) != process_id()) count = 0;
    return count += change;
  }

  /// Waits for the look-up, and returns whether it ended within the limit. The last call that waits
  /// joins the thread: this code may be part of a plugin, which may be unloaded after that call.
  static bool wait(LookUp& look_up, const TimeLimit& limit) {
    std::unique_lock<std::mutex> lock(look_up.mutex);
    ++look_up.waiting;
    while (!look_up.done && !limit.reached())
      look_up.changed.wait_until(lock, limit.next_look(), [&] { return look_up.done; });
    const bool done = look_up.done;
    std::thread ended;
    if (--look_up.waiting == 0 && done) {
      ended = std::move(look_up.thread);
    } else if (look_up.waiting == 0 && !look_up.left_behind) {
      keep_module_loaded();
      look_up.thread.detach();
      look_up.left_behind = true;
      left_behind(+1);
    }
    lock.unlock();
    if (ended.joinable()) ended.join();
    return done;
  }

  const std::string host_;
  const int port_;
  std::mutex mutex_;
  std::shared_ptr<LookUp> current_;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
