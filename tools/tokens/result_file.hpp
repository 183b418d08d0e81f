// SPDX-License-Identifier: MIT
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

#include "remaining_ids.hpp"
#include "revoke_run.hpp"

/// Of a file that is open; closes it.
struct Descriptor {
  int number = -1;

  explicit Descriptor(int n) : number(n) {}
  ~Descriptor();
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
};

/// What earlier runs left in a result file. Throws Failure when the file holds something else. One
/// that does not exist holds nothing.
EarlierIds read_results(const std::string& path);

/// One line for each id that was tried, written before anything else says that it was. A line is
/// appended by one write(2), so that what it says outlives a SIGKILL. README.md says what is in it.
class ResultFile {
 public:
  /// Opens the file and locks it against a second run. Throws Failure when it cannot, when there
  /// are results that are not to be resumed, and when it is no result file. What it holds is not
  /// changed before the first append.
  ResultFile(const std::string& path, bool resume);
  ~ResultFile();
  ResultFile(const ResultFile&) = delete;
  ResultFile& operator=(const ResultFile&) = delete;

  const EarlierIds& earlier() const { return earlier_; }

  /// Throws Failure when the line cannot be written; the file is then as before.
  void append(const Revocation& revocation);

 private:
  std::string path_;
  Descriptor file_;
  EarlierIds earlier_;
  std::optional<off_t> torn_at_;  ///< where a last line begins that a crash tore
};
