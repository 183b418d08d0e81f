// SPDX-License-Identifier: MIT
#pragma once

#include <iostream>
#include <string_view>

#if !defined(_WIN32)  // which always knows the name localhost
#include <netdb.h>
#endif

namespace support {

/// Says why a test case cannot run on this machine, in a form that tests/summary.py counts.
inline void skipped_here(std::string_view reason) {
  std::cout << "skipped here: " << reason << std::endl;
}

/// For `doctest::skip()`: whether this machine does not know the name `localhost`.
inline bool no_localhost() {
#if defined(_WIN32)
  return false;
#else
  static const bool missing = [] {
    addrinfo* addresses = nullptr;
    if (getaddrinfo("localhost", nullptr, nullptr, &addresses) != 0) return true;
    freeaddrinfo(addresses);
    return false;
  }();
  if (missing) skipped_here("nothing knows the name localhost; see /etc/hosts");
  return missing;
#endif
}

}  // namespace support
