// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <purecloud/access_token.hpp>
#include <purecloud/http.hpp>
#include <purecloud/secret.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Replaces secrets in text from elsewhere, each by its mark.
///
/// In a secret of 16 or more characters, every run of 16 is found, so a secret that was cut at
/// either end is found, too. A shorter secret is found only as a unit; one of less than 6
/// characters is not searched for. A run is found literally, with `+` for a space, with JSON's
/// escapes, percent-encoded and in base64. Up to three of these encodings may be nested (base64
/// only as the innermost). Line breaks within a run do not matter.
///
/// Not found: parts of 15 characters or less that stand alone; in base64, up to one character at
/// each end of a run, because it also depends on the bytes beside it; any other encoding. If a
/// secret contains escapes itself, for example `%41`, the length of a run is counted after
/// decoding.
///
/// The time depends on the size of the text only, about 20 ms for 1 MiB. The memory is seven times
/// the size of the text.
class Redactor {
 public:
  /// A redactor without secrets.
  Redactor() = default;

  /// Adds a secret, which is replaced by `Kind::mark`.
  template <class Kind, class Allocator>
  void add(const BasicSecret<Kind, Allocator>& secret) {
    add(secret.reveal(), Kind::mark);
  }

  /// Adds a secret, which is replaced by `mark`. Copies the secret into memory that is wiped; does
  /// not copy `mark`.
  void add(std::string_view secret, std::string_view mark);

  /// Returns the text without the secrets. Marks that it contains already stay as they are.
  std::string redact(std::string text) const;

  /// Returns the response without the secrets in its headers' names and values and in its body.
  HttpResponse redact(HttpResponse response) const;

 private:
  using Text = std::vector<char, WipingAllocator<char>>;
  using Cover =
      std::vector<std::uint8_t>;  ///< for each byte of a text, the number of its mark, or 0
  class View;

  /// A run of characters of a form.
  struct Window {
    std::uint32_t at = 0;   ///< its position in forms_
    std::uint8_t mark = 0;  ///< 1 for the first of marks_; 0 for an empty slot
  };

  /// The windows of one width, in a hash table.
  struct Windows {
    std::size_t width;
    std::size_t count = 0;
    std::vector<Window> table;  ///< a power of two, most of them empty
  };

  void add_base64_forms(std::string_view secret, std::uint8_t mark);
  void add_form(const Text& form, std::uint8_t mark);
  void reserve(Windows& windows, std::size_t count) const;
  /// Returns the slot with these characters, or the empty slot for them.
  std::size_t slot_of(const Windows& windows, const char* characters) const;
  void cover(std::string_view text, const View& view, const Windows& windows, Cover& covered) const;

  Text forms_;  ///< the texts to search for, in all encodings, one after another
  std::vector<Windows> windows_;
  std::vector<std::string_view> marks_;
};

/// Returns `text` without the access token.
std::string redact(std::string text, std::string_view access_token);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/text/redaction.ipp>
#endif
