// SPDX-License-Identifier: MIT
// The header in a second file of the same program: both must link.
#include "tokens.hpp"

const char* region_of_second_file() {
  return purecloud::parse_region("mypurecloud.ie") == purecloud::Region::eu_west_1 ? "eu_west_1"
                                                                                   : "?";
}
