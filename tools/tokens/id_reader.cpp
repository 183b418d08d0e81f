// SPDX-License-Identifier: MIT
#include "id_reader.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

#include "failure.hpp"
#include "stop.hpp"

namespace {

constexpr int end_of_input = -1;
constexpr std::size_t longest_record = 65536;
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

[[noreturn]] void fail_to_read(const std::string& name) {
  throw Failure(ExitCode::usage, "cannot read " + name + ": " + std::strerror(errno));
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// Returns a text without the blanks and byte-order marks around it.
std::string trim(std::string_view text) {
  const auto mark = byte_order_mark.size();
  for (;;) {
    if (!text.empty() && is_blank(text.front()))
      text.remove_prefix(1);
    else if (!text.empty() && is_blank(text.back()))
      text.remove_suffix(1);
    else if (text.substr(0, mark) == byte_order_mark)
      text.remove_prefix(mark);
    else if (text.size() >= mark && text.substr(text.size() - mark) == byte_order_mark)
      text.remove_suffix(mark);
    else
      return std::string(text);
  }
}

/// FNV-1a, 64 bits: <http://www.isthe.com/chongo/tech/comp/fnv/>.
std::uint64_t hash_on(std::uint64_t hash, const std::string& id) {
  const auto add = [&hash](unsigned char byte) { hash = (hash ^ byte) * 0x100000001b3U; };
  for (const char c : id) add(static_cast<unsigned char>(c));
  add('\n');
  return hash;
}

}  // namespace

Input::Input(const std::string& path) : name_(path == "-" ? "standard input" : path) {
  if (path != "-") descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor_ < 0) fail_to_read(name_);
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
    if (errno != EINTR && errno != EAGAIN) fail_to_read(name_);
  }
  return 0;
}

void Input::rewind() {
  if (::lseek(descriptor_, start_, SEEK_SET) < 0) fail_to_read(name_);
}

bool Input::is_file(const std::string& path) const {
  struct stat mine = {}, other = {};
  return ::fstat(descriptor_, &mine) == 0 && ::stat(path.c_str(), &other) == 0 &&
         mine.st_dev == other.st_dev && mine.st_ino == other.st_ino;
}

IdReader::IdReader(Input& input, IdFormat format) : input_(input), format_(std::move(format)) {
  last_.check = 0xcbf29ce484222325U;
  if (!format_.column.empty()) find_column();
}

std::optional<NumberedId> IdReader::next() {
  while (column_ ? read_record() : read_line()) {
    std::string id = take_id();
    if (id.empty()) continue;
    ++last_.number;
    last_.check = hash_on(last_.check, id);
    last_.id = std::move(id);
    return last_;
  }
  return std::nullopt;
}

std::string IdReader::take_id() {
  if (!column_ && fields_[0].find(',') != std::string::npos)
    fail("holds a comma; if the file is CSV, name the column of the ids with --column");
  const bool blank_line = fields_.size() == 1 && trim(fields_[0]).empty();
  if (blank_line) return {};
  const std::size_t column = column_.value_or(0);
  if (column >= fields_.size())
    fail("has no column " + std::to_string(column + 1) + ", only " +
         std::to_string(fields_.size()));
  for (auto& field : fields_) {
    field = trim(field);
    if (field.find(byte_order_mark) != std::string::npos)
      fail("holds a byte-order mark within its text; were files joined without a line break?");
  }
  return std::move(fields_[column]);
}

void IdReader::find_column() {
  const bool by_number = format_.column.size() <= 4 &&
                         format_.column.find_first_not_of("0123456789") == std::string::npos;
  if (by_number) {
    const int number = std::stoi(format_.column);
    if (number < 1) throw Failure(ExitCode::usage, "--column: columns are counted from 1");
    column_ = static_cast<std::size_t>(number) - 1;
    if (format_.has_header) read_record();
    return;
  }
  if (!read_record()) fail("has no header, because the input is empty");
  std::string names;
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    const std::string name = trim(fields_[i]);
    if (name == format_.column && !column_) column_ = i;
    names += (i ? ", " : "") + name;
  }
  if (!column_) fail("has no column \"" + format_.column + "\"; there are: " + names);
}

/// Skips byte-order marks before a record. Returns false at the end of the input.
bool IdReader::begin_record() {
  line_ = next_line_;
  record_size_ = 0;
  fields_.clear();
  const auto at_mark = [this] {
    for (std::size_t i = 0; i < byte_order_mark.size(); ++i)
      if (peek(i) != static_cast<unsigned char>(byte_order_mark[i])) return false;
    return true;
  };
  while (at_mark()) position_ += byte_order_mark.size();
  if (peek() == 0xff || peek() == 0xfe) fail("is not UTF-8 text; save it as UTF-8");
  return peek() != end_of_input;
}

bool IdReader::read_line() {
  if (!begin_record()) return false;
  auto& line = fields_.emplace_back();
  while (!at_line_end()) add(line, get());
  return true;
}

bool IdReader::read_record() {
  if (!begin_record()) return false;
  do {
    read_field(fields_.emplace_back());
  } while (peek() == ',' && get());
  if (!at_line_end()) fail("has text after a closing quote; is it CSV with commas?");
  return true;
}

void IdReader::read_field(std::string& field) {
  if (peek() != '"') {
    while (peek() != ',' && peek() != '\n' && peek() != end_of_input) add(field, get());
    // a line may end with CRLF
    if (peek() != ',' && !field.empty() && field.back() == '\r') field.pop_back();
    return;
  }
  get();
  for (;;) {
    const int c = get();
    if (c == end_of_input) fail("has a quote that is never closed");
    if (c == '"' && peek() != '"') return;
    add(field, c == '"' ? get() : c);
  }
}

/// Reads the end of a line, `\n` or `\r\n`, and returns true; so it does at the end of the input.
bool IdReader::at_line_end() {
  if (peek() == '\r') {
    get();
    if (peek() != '\n' && peek() != end_of_input) fail("holds a carriage return within the line");
  }
  if (peek() == end_of_input) return true;
  return peek() == '\n' && get();
}

int IdReader::peek(std::size_t ahead) {
  while (position_ + ahead >= filled_) {
    if (ended_) return end_of_input;
    std::copy(buffer_.data() + position_, buffer_.data() + filled_, buffer_.data());
    filled_ -= std::exchange(position_, 0);
    const std::size_t count = input_.read(buffer_.data() + filled_, buffer_.size() - filled_);
    ended_ = count == 0;  // remembered, because a terminal could be read again
    filled_ += count;
  }
  return static_cast<unsigned char>(buffer_[position_ + ahead]);
}

int IdReader::get() {
  const int c = peek();
  if (c != end_of_input) ++position_;
  if (c == '\n') ++next_line_;
  return c;
}

void IdReader::add(std::string& field, int c) {
  if (++record_size_ > longest_record) fail("is longer than 64 KiB; are these ids?");
  field += static_cast<char>(c);
}

void IdReader::fail(const std::string& problem) const {
  throw Failure(ExitCode::usage, input_.name() + ": line " + std::to_string(line_) + " " + problem);
}
