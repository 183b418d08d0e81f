// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>

/// The bytes of a file, or of standard input for `-`. Throws Failure for what cannot be read.
class Input {
 public:
  explicit Input(const std::string& path);
  ~Input();
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  /// At most `size` bytes; 0 at the end, or when a stop is requested while nothing comes.
  std::size_t read(char* to, std::size_t size);

  /// Whether it can be read twice: a file can, a pipe cannot.
  bool can_rewind() const { return start_ >= 0; }
  void rewind();

  /// For messages.
  const std::string& name() const { return name_; }

 private:
  std::string name_;
  int descriptor_ = 0;
  long long start_ = -1;
};
