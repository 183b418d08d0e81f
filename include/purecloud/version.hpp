// SPDX-License-Identifier: MIT
#pragma once

/// @file

/// @{
/// The version of this header, as <https://semver.org> counts. Everything lives in an inline
/// namespace that carries the major version (`purecloud::v1`), so that two majors in one program
/// are different types to the linker.
#define PURECLOUD_TOKENS_VERSION_MAJOR 1
#define PURECLOUD_TOKENS_VERSION_MINOR 0
#define PURECLOUD_TOKENS_VERSION_PATCH 0
#define PURECLOUD_TOKENS_VERSION "1.0.0"
/// @}
