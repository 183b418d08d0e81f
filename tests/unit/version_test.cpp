// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <purecloud/tokens.hpp>

#include <string>

TEST_CASE("the header and the build have one version") {
  CHECK(std::string(PURECLOUD_TOKENS_VERSION) == PURECLOUD_TOKENS_MESON_VERSION);
  const std::string parts = std::to_string(PURECLOUD_TOKENS_VERSION_MAJOR) + "." +
                            std::to_string(PURECLOUD_TOKENS_VERSION_MINOR) + "." +
                            std::to_string(PURECLOUD_TOKENS_VERSION_PATCH);
  CHECK(parts == PURECLOUD_TOKENS_VERSION);
}
