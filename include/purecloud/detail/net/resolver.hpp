// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
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

#include <purecloud/detail/condition.hpp>
#include <purecloud/detail/net/connect.hpp>
#include <purecloud/detail/net/destination.hpp>
#include <purecloud/detail/net/thread.hpp>
#include <purecloud/detail/net/time_limit.hpp>
#include <purecloud/detail/text/url.hpp>
#include <purecloud/http.hpp>
#include <purecloud/stop_token.hpp>

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

/// Finds the addresses of one host. getaddrinfo() has no time limit, so it runs on a thread. All
/// calls wait for the same look-up. If all of them stop waiting, the look-up is left behind, and
/// uses only its own memory.
class Resolver {
 public:
  Resolver(std::string host, int port)
      : host_(std::move(host)), port_(port), is_address_(is_ip_address(host_)) {}

  /// A look-up on a thread. When it has ended, its stop is requested.
  class LookUp : public StopState {
   public:
    /// Runs on the thread.
    void run(const std::string& host, int port) {
      SocketAddresses found;
      std::exception_ptr failure;
      try {
        found = look_up(host, port);
      } catch (...) {  // an exception that leaves a thread would end the process
        failure = std::current_exception();
      }
      {
        const std::lock_guard<std::mutex> lock(mutex);
        addresses = std::move(found);
        exception = std::move(failure);
        done = true;
        if (left_behind) Resolver::left_behind(-1);
        changed.notify_all();
      }
      request();
    }

    bool has_ended() {
      const std::lock_guard<std::mutex> lock(mutex);
      return done;
    }

   private:
    friend class Resolver;

    std::mutex mutex;
    Condition changed;
    std::thread thread;
    int waiting = 0;
    bool done = false;
    bool left_behind = false;  ///< all calls stopped waiting before it was done
    SocketAddresses addresses;
    std::exception_ptr exception;
  };

  /// A wait for a look-up. The last one that ends joins the thread: this code may be part of a
  /// plugin, which may be unloaded after that. If the look-up has not ended, it is left behind.
  class Waiter {
   public:
    explicit Waiter(std::shared_ptr<LookUp> look_up) : look_up_(std::move(look_up)) {
      const std::lock_guard<std::mutex> lock(look_up_->mutex);
      ++look_up_->waiting;
    }
    ~Waiter() {
      std::thread ended;
      {
        const std::lock_guard<std::mutex> lock(look_up_->mutex);
        if (--look_up_->waiting > 0) return;
        if (look_up_->done) {
          ended = std::move(look_up_->thread);
        } else if (!look_up_->left_behind) {
          keep_module_loaded();
          look_up_->thread.detach();
          look_up_->left_behind = true;
          left_behind(+1);
        }
      }
      if (ended.joinable()) ended.join();
    }
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;

    LookUp& look_up() const { return *look_up_; }
    /// A token whose stop is requested when the look-up has ended.
    StopToken ended() const { return StopToken(look_up_); }

    /// Waits until the look-up has ended, and returns true; false if the limit came first.
    bool wait(const TimeLimit& limit) const {
      std::unique_lock<std::mutex> lock(look_up_->mutex);
      while (!look_up_->done && !limit.reached())
        wait_on(look_up_->changed, lock, limit.next_look(), [&] { return look_up_->done; });
      return look_up_->done;
    }

   private:
    const std::shared_ptr<LookUp> look_up_;
  };

  /// Returns whether the host is an address, so that there is nothing to look up.
  bool is_address() const { return is_address_; }

  /// Gets the addresses, or returns why there are none. Throws std::bad_alloc, also if memory ran
  /// out in the look-up.
  std::optional<HttpFailure> resolve(const TimeLimit& limit, SocketAddresses& addresses) {
    if (is_address_) {
      addresses = look_up(host_, port_);  // needs no name server
      return std::nullopt;
    }
    std::shared_ptr<LookUp> current;
    if (auto failure = begin(current)) return failure;
    const Waiter waiter(std::move(current));
    if (!waiter.wait(limit))
      return limit.stopped() ? Destination::cancelled(false) : not_found_in_time();
    return result(waiter.look_up(), addresses);
  }

  /// Gets the look-up that is under way; starts one if there is none. Returns why it cannot.
  std::optional<HttpFailure> begin(std::shared_ptr<LookUp>& current) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!current_ || current_->has_ended()) {
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
    current = current_;
    return std::nullopt;
  }

  /// Gets the addresses that a look-up, which has ended, has found. Like resolve().
  std::optional<HttpFailure> result(const LookUp& ended, SocketAddresses& addresses) const {
    if (ended.exception) std::rethrow_exception(ended.exception);
    if (ended.addresses.empty()) return Destination::no_address(host_);
    addresses = ended.addresses;
    return std::nullopt;
  }

  HttpFailure not_found_in_time() const {
    return {ErrorKind::timeout, "the address of " + host_ + " was not found in time"};
  }

 private:
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
    static std::atomic<long> process{process_id()};
    // a forked child has none of its parent's threads
    if (process.exchange(process_id()) != process_id()) count = 0;
    return count += change;
  }

  const std::string host_;
  const int port_;
  const bool is_address_;
  std::mutex mutex_;
  std::shared_ptr<LookUp> current_;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
