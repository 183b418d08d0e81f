// SPDX-License-Identifier: MIT
#pragma once

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <stdexcept>

#include <purecloud/detail/oauth/digest.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

// OpenSSL requires unsigned char, which may alias char.
inline const unsigned char* octets(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
inline unsigned char* octets(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

PURECLOUD_TOKENS_INLINE std::string base64(std::string_view bytes) {
  const std::size_t size = (bytes.size() + 2) / 3 * 4;
  std::string text(size + 1, '\0');  // EVP_EncodeBlock ends it with a zero
  EVP_EncodeBlock(octets(text), octets(bytes), static_cast<int>(bytes.size()));
  text.resize(size);
  return text;
}

PURECLOUD_TOKENS_INLINE std::string base64url(std::string_view bytes) {
  std::string text = base64(bytes);
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  text.resize((std::min)(text.find('='), text.size()));
  return text;
}

PURECLOUD_TOKENS_INLINE std::optional<std::string> base64_decode(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::string bytes(text.size() / 4 * 3, '\0');
  if (EVP_DecodeBlock(octets(bytes), octets(text), static_cast<int>(text.size())) < 0)
    return std::nullopt;
  // EVP_DecodeBlock counts the padding as bytes, and accepts spaces and misplaced padding
  const std::size_t padding = text.size() - (text.find_last_not_of('=') + 1);
  bytes.resize(bytes.size() - (std::min)(padding, bytes.size()));
  if (base64(bytes) != text) return std::nullopt;
  return bytes;
}

PURECLOUD_TOKENS_INLINE std::string sha256(std::string_view bytes) {
  std::string digest(32, '\0');
  if (EVP_Digest(bytes.data(), bytes.size(), octets(digest), nullptr, EVP_sha256(), nullptr) != 1)
    throw std::runtime_error("OpenSSL offers no SHA-256");
  return digest;
}

PURECLOUD_TOKENS_INLINE std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  if (RAND_bytes(octets(bytes), static_cast<int>(count)) != 1)
    throw std::runtime_error("OpenSSL has no random bytes");
  return bytes;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
