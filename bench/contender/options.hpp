// SPDX-License-Identifier: MIT
#pragma once

#include <string>

/// How a contender is to call. Each is a class `Contender` that is built from this, has
/// `std::string organization()`, which makes one call and takes a name out of the answer, and says
/// with `shareable` whether many threads may use one object at once.
struct Options {
  std::string url;  ///< scheme, host and port
  std::string ca_file;
  bool reuse_connections = true;
  int connections = 0;  ///< open at once, of a contender that makes many calls at once
};

/// As long as a real one; the server does not look at it.
inline const std::string access_token = std::string(86, 'x');

inline const std::string target = "/api/v2/tokens/me";
