// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Reads a file, or standard input for `-`. Throws Failure if it cannot be read.
class Input {
 public:
  explicit Input(const std::string& path);
  ~Input();
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  /// Reads at most `size` bytes. Returns 0 at the end, or if a stop is requested while it waits.
  std::size_t read(char* to, std::size_t size);

  /// Returns whether it can be read twice: a file can, a pipe cannot.
  bool can_rewind() const { return start_ >= 0; }
  void rewind();

  /// Returns whether a path leads to the file that is read.
  bool is_file(const std::string& path) const;

  /// Returns the name for messages.
  const std::string& name() const { return name_; }

 private:
  std::string name_;
  int descriptor_ = 0;
  long long start_ = -1;
};

/// An id and its place in the input.
struct NumberedId {
  std::uint64_t number = 0;  ///< from 1
  std::string id;
  /// a hash of this id and all before it, by which --resume notices another input
  std::uint64_t check = 0;
};

/// Where in the input the ids are.
struct IdFormat {
  std::string
      column;  ///< the CSV's column (RFC 4180), a name or a number from 1; empty: one id a line
  bool has_header =
      false;  ///< the CSV's first record contains names (always if `column` is a name)
};

/// Reads ids one at a time, so that the input may have any length. Blank lines are skipped, and so
/// is a UTF-8 byte-order mark before any line, because files with byte-order marks may have been
/// joined. Throws Failure, with the line's number, for invalid input.
class IdReader {
 public:
  IdReader(Input& input, IdFormat format);

  /// Returns the next id; nothing at the end.
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
  std::uint64_t line_ = 1;  ///< the line where the current record begins
  std::uint64_t next_line_ = 1;
  std::size_t record_size_ = 0;
  std::vector<std::string> fields_;
  NumberedId last_;
};
