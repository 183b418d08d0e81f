// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "input.hpp"

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

/// Reads ids one at a time, so that an input may be of any length. Blank lines are skipped, as is
/// a UTF-8 byte-order mark. Throws Failure, with the line's number, for what it cannot make sense
/// of.
class IdReader {
 public:
  IdReader(Input& input, IdFormat format);

  /// Empty at the end.
  std::optional<NumberedId> next();

 private:
  bool read_line();
  bool read_record();
  void read_field(std::string& field);
  void find_column();
  void skip_byte_order_mark();
  std::string take_id();
  int peek();
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
  std::uint64_t line_ = 0;  ///< where the current record begins
  std::uint64_t next_line_ = 1;
  std::size_t record_size_ = 0;
  std::vector<std::string> fields_;
  NumberedId last_;
};
