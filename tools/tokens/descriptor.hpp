// SPDX-License-Identifier: MIT
#pragma once

#include <unistd.h>

/// Of a file that is open; closes it.
struct Descriptor {
  int number = -1;

  explicit Descriptor(int n) : number(n) {}
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
};
