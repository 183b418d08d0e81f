// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Encodes in base64 (RFC 4648, 4), with padding and without line breaks.
std::string base64(std::string_view bytes);

/// Encodes in base64url (RFC 4648, 5), without padding, as RFC 7636 requires.
std::string base64url(std::string_view bytes);

/// Decodes what base64() returns. Returns nothing for any other text.
std::optional<std::string> base64_decode(std::string_view text);

/// Returns the 32 bytes of the SHA-256 digest.
std::string sha256(std::string_view bytes);

/// Returns random bytes that are fit for secrets. Throws std::runtime_error when OpenSSL has none.
std::string random_bytes(std::size_t count);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/oauth/digest.ipp>
#endif
