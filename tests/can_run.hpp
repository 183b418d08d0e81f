// SPDX-License-Identifier: MIT
#pragma once

#include <iostream>

#include <netdb.h>

namespace support {

/// For `doctest::skip()`: whether this machine does not know the name `localhost`. Says so, in a
/// form that tests/summary.py counts.
inline bool no_localhost() {
  static const bool missing = [] {
    addrinfo* addresses = nullptr;
    if (getaddrinfo("localhost", nullptr, nullptr, &addresses) != 0) return true;
    freeaddrinfo(addresses);
    return false;
  }();
  if (missing) std::cout << "skipped here: nothing knows the name localhost; see /etc/hosts\n";
  return missing;
}

}  // namespace support
