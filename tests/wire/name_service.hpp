// SPDX-License-Identifier: MIT
#pragma once

#if defined(__linux__)

#include <doctest/doctest.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <system_error>

#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../can_run.hpp"
#include "child.hpp"

namespace wire {

/// What names stand for to one child process; to all others nothing changes.
class NameService {
 public:
  NameService(const std::string& hosts, const std::string& resolv_conf) {
    std::string name = (std::filesystem::temp_directory_path() / "purecloud-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error("no temporary folder can be made");
    folder_ = name;
    set_hosts(hosts);
    std::ofstream(folder_ / "resolv.conf") << resolv_conf;
    std::ofstream(folder_ / "nsswitch.conf") << "hosts: files dns\n";
  }
  ~NameService() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  NameService(const NameService&) = delete;
  NameService& operator=(const NameService&) = delete;

  void set_hosts(const std::string& hosts) const { std::ofstream(folder_ / "hosts") << hosts; }

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

inline constexpr int not_allowed = 77;

inline void check_exit(int code) {
  if (code == not_allowed)
    support::skipped_here("this machine allows no namespace of its own");
  else
    CHECK(code == 0);
}

}  // namespace wire

#endif
