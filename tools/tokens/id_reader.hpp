// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

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

  /// Whether the path leads to the file that is read here.
  bool is_file(const std::string& path) const;

  /// For messages.
  const std::string& name() const { return name_; }

 private:
  std::string name_;
  int descriptor_ = 0;
  long long start_ = -1;
};

/// An id and its place in the input.
struct NumberedId {
  std::uint64_t number = 0;  ///< the first id's is 1
  std::string id;
  /// a hash of this id and all before it: tells whether it is still the same input on --resume
  std::uint64_t check = 0;
};

/// Where in the input the ids are.
struct IdFormat {
  std::string column;  ///< of a CSV (RFC 4180), by name or by number from 1; else one id a line
  bool has_header = false;  ///< the CSV's first record holds names; so it does when one is given
};

/// Reads ids one at a time, so that an input may be of any length. Blank lines are skipped.
/// Byte-order marks of UTF-8 are skipped as well, before any line: where files were joined, there
/// is one inside. Throws Failure, with the line's number, for what it cannot make sense of.
class IdReader {
 public:
  IdReader(Input& input, IdFormat format);

  /// Empty at the end.
  std::optional<NumberedId> next();

 private:
  bool begin_record();
  bool read_line();
  bool read_record();
  void read_field(std::string& field);
  void find_column();
  std::string take_id();
  int peek(std::size_t ahead = 0);
  int get();
  bool at_line_end();
  void add(std::string& field, int c);
  [[noreturn]] void fail(const std::string& problem) const;

  Input& input_;
  IdFormat format_;
  std::optional<std::size_t> column_;
  std::array<char, 65536> buffer_;
  std::size_t position_ = 0;
  std::size_t filled_ = 0;
  bool ended_ = false;
  std::uint64_t line_ = 1;  ///< where the current record begins
  std::uint64_t next_line_ = 1;
  std::size_t record_size_ = 0;
  std::vector<std::string> fields_;
  NumberedId last_;
};
