// SPDX-License-Identifier: MIT
// Addresses at which nobody answers, or nobody is.
#include <cstring>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <fcntl.h>

#include "child.hpp"
#include "support.hpp"

#if defined(__linux__)
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#endif

namespace {

using namespace wire;

/// A port that does not answer: it listens, but nobody accepts, and its queue is full.
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

purecloud::Configuration configuration_for_port(int port) {
  purecloud::Configuration configuration;
  configuration.base_url = "http://127.0.0.1:" + std::to_string(port);
  configuration.access_token = token;
  configuration.retry.max_attempts = 1;
  configuration.timeouts.attempt = std::chrono::seconds(10);
  return configuration;
}

bool has_ipv6() {
  const int handle = ::socket(AF_INET6, SOCK_STREAM, 0);
  Address address = loopback(AF_INET6);
  const bool bound = ::bind(handle, address.generic(), address.size) == 0;
  ::close(handle);
  return bound;
}

}  // namespace

TEST_CASE_TEMPLATE("a host that does not answer is a timeout that names timeouts.connect", Backend,
                   WIRE_BACKENDS) {
  const MutePort mute;
  auto configuration = configuration_for_port(mute.port());
  configuration.timeouts.connect = milliseconds(300);
  const purecloud::BasicTokensApi<Backend> client(configuration);
  CHECK(shortest(milliseconds(550), [&] {
          const Stopwatch stopwatch;
          const auto result = client.try_get_tokens_me();
          const auto elapsed = stopwatch.elapsed();
          CHECK(kind_of(result) == ErrorKind::timeout);
          CHECK_MESSAGE(contains(message_of(result),
                                 "no connection to 127.0.0.1:" + std::to_string(mute.port()) +
                                     " within timeouts.connect, 300 ms"),
                        message_of(result));
          CHECK(elapsed >= milliseconds(298));  // libcurl rounds its clock
          return elapsed;
        }) < milliseconds(550));
}

TEST_CASE_TEMPLATE(
    "a proxy that does not answer is a timeout that names proxy and timeouts.connect", Backend,
    WIRE_BACKENDS) {
  const MutePort mute;
  auto configuration = configuration_for_port(mute.port());
  configuration.base_url = "https://api.example";
  configuration.proxy.host = "127.0.0.1";
  configuration.proxy.port = mute.port();
  configuration.timeouts.connect = milliseconds(100);
  const auto result = purecloud::BasicTokensApi<Backend>(configuration).try_get_tokens_me();
  CHECK(kind_of(result) == ErrorKind::timeout);
  CHECK_MESSAGE(contains(message_of(result), "the proxy 127.0.0.1:" + std::to_string(mute.port())),
                message_of(result));
  CHECK_MESSAGE(contains(message_of(result), "timeouts.connect, 100 ms"), message_of(result));
}

TEST_CASE_TEMPLATE("the deadline ends a connect that timeouts.connect would let go on", Backend,
                   WIRE_BACKENDS) {
  const MutePort mute;
  const purecloud::BasicTokensApi<Backend> client(configuration_for_port(mute.port()));
  check_ends_by_deadline([&](const auto& options) { return client.try_head_tokens_me(options); });
}

TEST_CASE_TEMPLATE("an IPv6 address stands in brackets in messages, the proxy's too", Backend,
                   WIRE_BACKENDS) {
  if (!has_ipv6()) {
    MESSAGE("this machine has no IPv6 loopback");
    return;
  }
  auto configuration = configuration_for_port(1);
  configuration.base_url = "http://[::1]:1";  // nobody listens there
  auto result = purecloud::BasicTokensApi<Backend>(configuration).try_get_tokens_me();
  CHECK(kind_of(result) == ErrorKind::connection);
  CHECK_MESSAGE(contains(message_of(result), "cannot connect to [::1]:1;"), message_of(result));

  configuration.allow_plain_http = true;
  configuration.proxy.host = "::1";
  configuration.proxy.port = 2;
  result = purecloud::BasicTokensApi<Backend>(configuration).try_get_tokens_me();
  CHECK(kind_of(result) == ErrorKind::connection);
  CHECK_MESSAGE(contains(message_of(result), "cannot connect to the proxy [::1]:2;"),
                message_of(result));
}

#if defined(__linux__) && !defined(WIRE_NO_THREADS_AFTER_FORK)

namespace {

/// What names stand for to one child process; to all others nothing changes.
class NameService {
 public:
  NameService(const std::string& hosts, const std::string& resolv_conf) {
    std::string name = (std::filesystem::temp_directory_path() / "purecloud-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error("no temporary folder can be made");
    folder_ = name;
    std::ofstream(folder_ / "hosts") << hosts;
    std::ofstream(folder_ / "resolv.conf") << resolv_conf;
    std::ofstream(folder_ / "nsswitch.conf") << "hosts: files dns\n";
  }
  ~NameService() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  NameService(const NameService&) = delete;
  NameService& operator=(const NameService&) = delete;

  /// For the child to call; `with_network` also gives it a loopback of its own. False where the
  /// machine does not allow it.
  bool use(bool with_network) const {
    if (::unshare(CLONE_NEWUSER | CLONE_NEWNS | (with_network ? CLONE_NEWNET : 0)) != 0)
      return false;
    for (const std::string file : {"hosts", "resolv.conf", "nsswitch.conf"})
      if (::mount((folder_ / file).c_str(), ("/etc/" + file).c_str(), nullptr, MS_BIND, nullptr) !=
          0)
        return false;
    return !with_network || start_loopback();
  }

 private:
  static bool start_loopback() {
    const int handle = ::socket(AF_INET, SOCK_DGRAM, 0);
    ifreq request = {};
    std::strcpy(request.ifr_name, "lo");
    request.ifr_flags = IFF_UP;
    const bool up = ::ioctl(handle, SIOCSIFFLAGS, &request) == 0;
    ::close(handle);
    return up;
  }

  std::filesystem::path folder_;
};

constexpr int not_allowed = 77;

void check_exit(int code) {
  if (code == not_allowed)
    MESSAGE("this machine allows no namespace of its own");
  else
    CHECK(code == 0);
}

}  // namespace

TEST_CASE_TEMPLATE("of a host's addresses, one that does not answer is passed over", Backend,
                   WIRE_BACKENDS) {
  if (!has_ipv6()) {
    MESSAGE("this machine has no IPv6 loopback");
    return;
  }
  const HostileServer server({always(answer(200, token_info("second")))});
  std::optional<MutePort> mute;
  try {
    mute.emplace(AF_INET6, server.port());  // getaddrinfo puts ::1 first (RFC 6724)
  } catch (const std::runtime_error&) {
    MESSAGE("the server's port is taken on ::1");
    return;
  }
  const NameService names("::1 two.test\n127.0.0.1 two.test\n", "");
  auto configuration = configuration_for(server);
  configuration.base_url = "http://two.test:" + std::to_string(server.port());
  configuration.allow_plain_http = true;
  configuration.timeouts.connect = std::chrono::seconds(1);
  check_exit(Child([&] {
               if (!names.use(/*with_network=*/false)) return not_allowed;
               const purecloud::BasicTokensApi<Backend> client(configuration);
               const auto result = client.try_get_tokens_me();
               return result && name_in(*result) == "second" ? 0 : 1;
             }).wait());
}

TEST_CASE_TEMPLATE("a name server that does not answer does not outlast the deadline", Backend,
                   WIRE_BACKENDS) {
  const NameService names("", "nameserver 127.0.0.1\n");
  purecloud::Configuration configuration;
  configuration.base_url = "https://somewhere.test";
  configuration.access_token = token;
  configuration.timeouts.total = milliseconds(300);
  check_exit(Child([&] {
               if (!names.use(/*with_network=*/true)) return not_allowed;
               const int mute = ::socket(AF_INET, SOCK_DGRAM, 0);
               Address address = loopback(AF_INET, 53);
               if (::bind(mute, address.generic(), address.size) != 0) return 1;
               const purecloud::BasicTokensApi<Backend> client(configuration);
               int code = 0;
               const auto time = shortest(milliseconds(550), [&] {
                 const Stopwatch stopwatch;
                 if (kind_of(client.try_get_tokens_me()) != ErrorKind::timeout) code = 2;
                 if (stopwatch.elapsed() < milliseconds(300)) code = 3;
                 return stopwatch.elapsed();
               });
               return time < milliseconds(550) ? code : 4;
             }).wait());
}

#endif
