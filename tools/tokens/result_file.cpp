// SPDX-License-Identifier: MIT
#include "result_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

#include "exit_code.hpp"
#include "result_line.hpp"

namespace {

[[noreturn]] void fail(const std::string& path, const std::string& problem) {
  throw Failure(ExitCode::usage, "the result file " + path + " " + problem);
}

off_t size_of(int descriptor) {
  struct stat status = {};
  return ::fstat(descriptor, &status) == 0 ? status.st_size : 0;
}

}  // namespace

EarlierResults read_results(const std::string& path) {
  EarlierResults earlier;
  std::ifstream file(path, std::ios::binary);
  std::string text;
  std::uint64_t line_number = 0;
  // getline meets the end of the file only in a line that lacks its line break
  while (std::getline(file, text) && !file.eof()) {
    ++line_number;
    const auto line = parse_line(text);
    if (!line)
      fail(path, "is none: line " + std::to_string(line_number) +
                     " is not a result; name another file with --results");
    if (line->is_final) earlier.done.add(line->number, line->check);
    earlier.whole_bytes += text.size() + 1;
  }
  return earlier;
}

ResultFile::ResultFile(const std::string& path, bool resume) : path_(path) {
  descriptor_ = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor_ < 0) fail(path, std::string("cannot be opened: ") + std::strerror(errno));
  try {
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0)
      fail(path, "is in use by another run; wait for its end");
    if (!resume && size_of(descriptor_) > 0)
      fail(path, "exists: go on with that run with --resume, or name another file with --results");
    EarlierResults earlier = read_results(path);
    const auto whole_bytes = static_cast<off_t>(earlier.whole_bytes);
    if (whole_bytes < size_of(descriptor_) && ::ftruncate(descriptor_, whole_bytes) != 0)
      fail(path, std::string("cannot be mended: ") + std::strerror(errno));
    done_ = std::move(earlier.done);
  } catch (...) {
    ::close(descriptor_);
    throw;
  }
}

ResultFile::~ResultFile() {
  ::fsync(descriptor_);
  ::close(descriptor_);
}

void ResultFile::append(const Revocation& revocation) {
  const std::string line = to_line(revocation);
  const off_t before = size_of(descriptor_);
  errno = 0;
  const auto written = ::write(descriptor_, line.data(), line.size());
  if (written == static_cast<ssize_t>(line.size())) return;
  const std::string problem = errno ? std::strerror(errno) : "no space for a whole line";
  if (written > 0 && ::ftruncate(descriptor_, before) != 0) {
    // The torn line is the last, for nothing is written after a failure: a resume cuts it off.
  }
  fail(path_, "cannot be written (" + problem + "); mend that, then go on with --resume");
}
