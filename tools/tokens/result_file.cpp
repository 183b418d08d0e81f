// SPDX-License-Identifier: MIT
#include "result_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string_view>

#include <nlohmann/json.hpp>
#include <purecloud/tokens.hpp>

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t longest_line = 1 << 24;  // an id of 64 KiB and a message, escaped

[[noreturn]] void fail(const std::string& path, const std::string& problem) {
  throw Failure(ExitCode::usage, "the result file " + path + " " + problem);
}

[[noreturn]] void fail_with_errno(const std::string& path, const char* problem) {
  fail(path, std::string(problem) + ": " + std::strerror(errno));
}

std::string to_hex(std::uint64_t number) {
  char text[17];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(number));
  return text;
}

std::optional<std::uint64_t> from_hex(const std::string& text) {
  std::uint64_t number = 0;
  const auto* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number, 16);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return number;
}

std::string now() {
  using std::chrono::milliseconds;
  const auto time = std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
  return purecloud::format_timestamp(time).value_or("");
}

std::string to_line(const Revocation& revocation) {
  Json line;
  line["n"] = revocation.user.number;
  line["id"] = revocation.user.id;
  line["result"] = to_string(revocation.outcome);
  if (!revocation.message.empty()) line["message"] = revocation.message;
  line["time"] = now();
  line["check"] = to_hex(revocation.user.check);
  return line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

/// Adds the result in a line. Returns false if the line is not a result.
bool add_line(EarlierIds& earlier, const Json& line) {
  if (!line.is_object()) return false;
  const auto number = line.find("n");
  const auto result = line.find("result");
  const auto check = line.find("check");
  if (number == line.end() || !number->is_number_unsigned() || result == line.end() ||
      !result->is_string() || check == line.end() || !check->is_string())
    return false;
  const auto hash = from_hex(check->get<std::string>());
  const auto place = number->get<std::uint64_t>();
  if (!hash || place == 0) return false;
  earlier.add(place, *hash, *result != to_string(Outcome::failed));
  return true;
}

/// Returns whether a text is the beginning of a line that to_line() writes.
bool begins_like_a_line(std::string_view text) {
  const auto skip = [&text](std::string_view expected) {
    const auto size = (std::min)(expected.size(), text.size());
    if (text.substr(0, size) != expected.substr(0, size)) return false;
    text.remove_prefix(size);
    return true;
  };
  if (!skip("{\"n\":")) return false;
  text.remove_prefix((std::min)(text.find_first_not_of("0123456789"), text.size()));
  return skip(",\"id\":\"");
}

/// Throws Failure for a device or a pipe.
off_t size_of(const Descriptor& file, const std::string& path) {
  struct stat status = {};
  if (::fstat(file.number, &status) != 0) fail_with_errno(path, "cannot be read");
  if (!S_ISREG(status.st_mode)) fail(path, "is not a regular file, and would not keep the results");
  return status.st_size;
}

/// Reads the file's lines. Returns the size of the complete ones.
off_t read_lines(const Descriptor& file, const std::string& path, EarlierIds& earlier) {
  const auto is_none = [&path](std::uint64_t line) {
    fail(path, "is not one: line " + std::to_string(line) +
                   " is not a result; name another file with --results");
  };
  std::uint64_t line_number = 1;
  off_t whole = 0;
  std::string text;
  char buffer[65536];
  for (off_t at = 0;;) {
    const auto count = ::pread(file.number, buffer, sizeof buffer, at);
    if (count < 0) fail_with_errno(path, "cannot be read");
    if (count == 0) break;
    at += count;
    std::string_view rest(buffer, static_cast<std::size_t>(count));
    for (auto end = rest.find('\n'); end != rest.npos; end = rest.find('\n')) {
      text += rest.substr(0, end);
      rest.remove_prefix(end + 1);
      if (!add_line(earlier, Json::parse(text, nullptr, /*allow_exceptions=*/false)))
        is_none(line_number);
      ++line_number;
      whole += static_cast<off_t>(text.size() + 1);
      text.clear();
    }
    text += rest;
    if (text.size() > longest_line) is_none(line_number);
  }
  // A last line without a line break is incomplete because of a crash, or is not a result.
  if (!begins_like_a_line(text)) is_none(line_number);
  EarlierIds ignored;
  const Json last = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!last.is_discarded() && !add_line(ignored, last)) is_none(line_number);
  return whole;
}

}  // namespace

EarlierIds read_results(const std::string& path) {
  EarlierIds earlier;
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
  if (file.number < 0 && errno == ENOENT) return earlier;
  if (file.number < 0) fail_with_errno(path, "cannot be opened");
  size_of(file, path);
  read_lines(file, path, earlier);
  return earlier;
}

ResultFile::ResultFile(const std::string& path, bool resume)
    : path_(path),
      file_{::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0666)} {
  if (file_.number < 0) fail_with_errno(path, "cannot be opened");
  const auto size = size_of(file_, path);
  if (::flock(file_.number, LOCK_EX | LOCK_NB) != 0)
    fail(path, "is in use by another run; wait for its end");
  if (!resume && size > 0)
    fail(path, "exists: go on with that run with --resume, or name another file with --results");
  const auto whole = read_lines(file_, path, earlier_);
  if (whole < size_of(file_, path)) torn_at_ = whole;
}

// Does not sync: a run that succeeds calls sync(), and a run that failed has reported an error.
ResultFile::~ResultFile() { ::fsync(file_.number); }

void ResultFile::append(const Revocation& revocation) {
  if (torn_at_ && ::ftruncate(file_.number, *torn_at_) != 0)
    fail_with_errno(path_, "cannot be repaired");
  torn_at_.reset();
  const std::string line = to_line(revocation);
  const auto before = size_of(file_, path_);
  errno = 0;
  const auto written = ::write(file_.number, line.data(), line.size());
  if (written == static_cast<ssize_t>(line.size())) return;
  const std::string problem = errno ? std::strerror(errno) : "no space for a whole line";
  if (written > 0 && ::ftruncate(file_.number, before) != 0) {
    // The incomplete line is the last, because nothing is written after a failure: a resume removes
    // it.
  }
  fail(path_, "cannot be written (" + problem + "); when that is fixed, go on with --resume");
}

void ResultFile::sync() {
  if (::fsync(file_.number) != 0)
    fail_with_errno(path_, "may lose lines, whose users --resume would revoke once more");
}
