// SPDX-License-Identifier: MIT
#pragma once

#include <unistd.h>

/// The descriptor of an open file. Closes it on destruction.
struct Descriptor {
  int number = -1;

  explicit Descriptor(int n) : number(n) {}
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
};
