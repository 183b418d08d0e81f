// SPDX-License-Identifier: MIT
#include "id_reader.hpp"

#include <algorithm>
#include <utility>

#include "exit_code.hpp"

namespace {

constexpr int end_of_input = -1;
constexpr std::size_t longest_record = 65536;

std::string trim(const std::string& text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// FNV-1a, 64 bits: <http://www.isthe.com/chongo/tech/comp/fnv/>.
std::uint64_t hash_on(std::uint64_t hash, const std::string& id) {
  const auto add = [&hash](unsigned char byte) { hash = (hash ^ byte) * 0x100000001b3U; };
  for (const char c : id) add(static_cast<unsigned char>(c));
  add('\n');
  return hash;
}

}  // namespace

IdReader::IdReader(Input& input, IdFormat format) : input_(input), format_(std::move(format)) {
  last_.check = 0xcbf29ce484222325U;
  skip_byte_order_mark();
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
  if (!column_) {
    if (fields_[0].find(',') != std::string::npos)
      fail("holds a comma: of a CSV, name the column of the ids with --column");
    return trim(fields_[0]);
  }
  if (fields_.size() == 1 && trim(fields_[0]).empty()) return {};  // a blank line
  if (*column_ >= fields_.size())
    fail("has no column " + std::to_string(*column_ + 1) + ", only " +
         std::to_string(fields_.size()));
  return trim(fields_[*column_]);
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
  if (!read_record()) fail("has no header, for the input is empty");
  std::string names;
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    const std::string name = trim(fields_[i]);
    if (name == format_.column && !column_) column_ = i;
    names += (i ? ", " : "") + name;
  }
  if (!column_) fail("has no column \"" + format_.column + "\"; there are: " + names);
}

bool IdReader::read_line() {
  if (peek() == end_of_input) return false;
  line_ = next_line_;
  record_size_ = 0;
  fields_.assign(1, {});
  while (!at_line_end()) add(fields_[0], get());
  return true;
}

bool IdReader::read_record() {
  if (peek() == end_of_input) return false;
  line_ = next_line_;
  record_size_ = 0;
  fields_.clear();
  do {
    read_field(fields_.emplace_back());
  } while (peek() == ',' && get());
  if (!at_line_end()) fail("has text after a closing quote; is it CSV with commas?");
  return true;
}

void IdReader::read_field(std::string& field) {
  if (peek() != '"') {
    while (peek() != ',' && peek() != '\n' && peek() != end_of_input) add(field, get());
    // of a line that ends with CRLF
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

/// Consumes the end of a line, `\n` or `\r\n`; true as well at the end of the input.
bool IdReader::at_line_end() {
  if (peek() == '\r') {
    get();
    if (peek() != '\n' && peek() != end_of_input) fail("holds a carriage return within the line");
  }
  if (peek() == end_of_input) return true;
  return peek() == '\n' && get();
}

void IdReader::skip_byte_order_mark() {
  const int first = peek();
  if (first == 0xff || first == 0xfe)
    throw Failure(ExitCode::usage, input_.name() + " is not UTF-8 text; save it as UTF-8");
  if (first != 0xef) return;
  for (const int byte : {0xef, 0xbb, 0xbf})
    if (get() != byte)
      throw Failure(ExitCode::usage, input_.name() + " is not UTF-8 text; save it as UTF-8");
}

int IdReader::peek() {
  if (position_ == filled_) {
    if (ended_) return end_of_input;
    position_ = 0;
    filled_ = input_.read(buffer_.data(), buffer_.size());
    ended_ = filled_ == 0;  // a terminal would be asked again
    if (ended_) return end_of_input;
  }
  return static_cast<unsigned char>(buffer_[position_]);
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
  const auto line = (std::max)(line_, std::uint64_t{1});
  throw Failure(ExitCode::usage, input_.name() + ": line " + std::to_string(line) + " " + problem);
}
