// SPDX-License-Identifier: MIT
// The headers once more in one program.
#include <purecloud/testing.hpp>
#include <purecloud/tokens.hpp>

const char* region_of_second_file() {
  return purecloud::parse_region("mypurecloud.ie") == purecloud::Region::eu_west_1 ? "eu_west_1"
                                                                                   : "?";
}

bool second_file_knows_a_fake() {
  purecloud::testing::FakeBackend backend;
  return backend.service().requests().empty();
}
