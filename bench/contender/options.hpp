// SPDX-License-Identifier: MIT
#pragma once

#include <string>

/// The options of a contender. Each contender is a class `Contender`, which is constructed from
/// these. Its `std::string organization()` makes one call and returns a name from the response; its
/// `shareable` tells whether several threads may use one object.
struct Options {
  std::string url;  ///< scheme, host and port
  std::string ca_file;
  bool reuse_connections = true;
  int connections = 0;  ///< open at once, of a contender that makes many calls at once
};

/// As long as a real token; the server does not check it.
inline const std::string access_token = std::string(86, 'x');

inline const std::string target = "/api/v2/tokens/me";
