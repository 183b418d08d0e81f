// SPDX-License-Identifier: MIT
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string_view>

/// Ends the process with the promise that was broken, which libFuzzer takes for a finding.
inline void require(bool holds, const char* promise) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %s\n", promise);
  std::abort();
}

/// Whether no character of the text could break a line of a log.
inline bool is_one_line(std::string_view text) {
  for (const char c : text)
    if ((c >= 0 && c < ' ') || c == 0x7f) return false;
  return true;
}
