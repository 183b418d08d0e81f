// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include "done_set.hpp"
#include "revocation.hpp"

/// What earlier runs left in a result file.
struct EarlierResults {
  DoneSet done;
  std::uint64_t whole_bytes = 0;  ///< less than the file's size when a crash tore its last line
};

/// Throws Failure when the file holds something else. One that does not exist holds nothing.
EarlierResults read_results(const std::string& path);

/// One line for each id that was tried, written before anything else says that it was. A line is
/// appended by one write(2), so that what it says outlives a SIGKILL.
class ResultFile {
 public:
  /// Opens the file and locks it against a second run. Throws Failure when it cannot, and when
  /// there are results that are not to be resumed.
  ResultFile(const std::string& path, bool resume);
  ~ResultFile();
  ResultFile(const ResultFile&) = delete;
  ResultFile& operator=(const ResultFile&) = delete;

  /// The ids that earlier runs were done with.
  const DoneSet& done() const { return done_; }

  /// Throws Failure when the line cannot be written; the file is then as before.
  void append(const Revocation& revocation);

 private:
  std::string path_;
  int descriptor_ = -1;
  DoneSet done_;
};
