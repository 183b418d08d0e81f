// SPDX-License-Identifier: MIT
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

#include "descriptor.hpp"
#include "remaining_ids.hpp"
#include "revoke_run.hpp"

/// Reads the results of earlier runs. A file that does not exist counts as empty. Throws Failure if
/// the file contains anything but results.
EarlierIds read_results(const std::string& path);

/// A file with one line for each id that was tried; README.md describes the lines. A line is
/// appended by one write(2), so that it is not lost by a SIGKILL.
class ResultFile {
 public:
  /// Opens the file, and locks it against a second run. Throws Failure if that fails, if there are
  /// results without `resume`, and if it is not a result file. The content is not changed before
  /// the first append().
  ResultFile(const std::string& path, bool resume);
  ~ResultFile();
  ResultFile(const ResultFile&) = delete;
  ResultFile& operator=(const ResultFile&) = delete;

  const EarlierIds& earlier() const { return earlier_; }

  /// Appends a line. If it cannot be written, throws Failure, and the file stays as before.
  void append(const Revocation& revocation);

  /// Makes sure that all lines are on the disk. Throws Failure if that fails.
  void sync();

 private:
  std::string path_;
  Descriptor file_;
  EarlierIds earlier_;
  std::optional<off_t> torn_at_;  ///< the beginning of an incomplete last line
};
