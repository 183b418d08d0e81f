// SPDX-License-Identifier: MIT
#pragma once

/// @file

/// @{
/// The version of this header, by the rules of <https://semver.org>. Everything lives in an inline
/// namespace that carries the major version (`purecloud::v1`), so that the linker keeps the types
/// of two major versions in one program apart.
#define PURECLOUD_TOKENS_VERSION_MAJOR 1
#define PURECLOUD_TOKENS_VERSION_MINOR 0
#define PURECLOUD_TOKENS_VERSION_PATCH 0
#define PURECLOUD_TOKENS_VERSION "1.0.0"
/// @}
