// SPDX-License-Identifier: MIT
#include "input.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "exit_code.hpp"
#include "stop.hpp"

namespace {

[[noreturn]] void fail(const std::string& name) {
  throw Failure(ExitCode::usage, "cannot read " + name + ": " + std::strerror(errno));
}

}  // namespace

Input::Input(const std::string& path) : name_(path == "-" ? "standard input" : path) {
  if (path != "-") descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor_ < 0) fail(name_);
  struct stat status = {};
  if (::fstat(descriptor_, &status) == 0 && S_ISREG(status.st_mode))
    start_ = ::lseek(descriptor_, 0, SEEK_CUR);
}

Input::~Input() {
  if (descriptor_ > 0) ::close(descriptor_);
}

std::size_t Input::read(char* to, std::size_t size) {
  constexpr int look_for_stop_ms = 100;
  pollfd readable = {descriptor_, POLLIN, 0};
  while (!stop::requested()) {
    if (::poll(&readable, 1, look_for_stop_ms) <= 0) continue;
    const auto count = ::read(descriptor_, to, size);
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR && errno != EAGAIN) fail(name_);
  }
  return 0;
}

void Input::rewind() {
  if (::lseek(descriptor_, start_, SEEK_SET) < 0) fail(name_);
}
