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

/// Replaces secrets in text that others wrote, each by its own mark.
///
/// Of a secret of 16 characters or more, every run of 16 is found, and so is a secret of which the
/// text was cut at either end; of a shorter one, only the whole; one of less than 6 is not looked
/// for. A run is found as it is, with `+` for a space, with JSON's escapes, percent-encoded and in
/// base64, with up to three of these around one another (but base64 innermost), amid other text and
/// over line breaks.
///
/// What remains: pieces of 15 characters or less that stand alone; of a secret in base64, up to one
/// character at each end of a run, which its neighbours decide as well; any other encoding. Of a
/// secret that holds escapes itself, `%41` for example, the characters of a run in another encoding
/// are counted decoded.
///
/// The time depends on the text's size and not on what it holds, 1 MiB taking some 20 ms; the
/// memory is seven times the text's size.
class Redactor {
 public:
  /// Knows no secret.
  Redactor() = default;

  /// Adds a secret, with its own mark.
  template <class Kind, class Allocator>
  void add(const BasicSecret<Kind, Allocator>& secret) {
    add(secret.reveal(), Kind::mark);
  }

  /// Adds a secret. It is copied, into memory that is wiped; `mark` must live on.
  void add(std::string_view secret, std::string_view mark);

  /// The text without the secrets. Marks that stand in it already are left alone.
  std::string redact(std::string text) const;

  /// The same for a response's headers, names included, and its body.
  HttpResponse redact(HttpResponse response) const;

 private:
  using Text = std::vector<char, WipingAllocator<char>>;
  using Cover = std::vector<std::uint8_t>;  ///< for each byte of a text, its mark or 0
  class View;

  /// A run of a form's characters.
  struct Window {
    std::uint32_t at = 0;   ///< in forms_
    std::uint8_t mark = 0;  ///< 1 for the first of marks_; 0 for an empty slot
  };

  /// The windows of one width, in a hash table.
  struct Windows {
    std::size_t width;
    std::size_t count = 0;
    std::vector<Window> slots;  ///< as many as a power of two, most of them empty
  };

  void add_base64_forms(std::string_view secret, std::uint8_t mark);
  void add_form(const Text& form, std::uint8_t mark);
  void reserve(Windows& windows, std::size_t count) const;
  /// The slot of such a window, or the empty one where it would stand.
  std::size_t slot_of(const Windows& windows, const char* characters) const;
  void cover(std::string_view text, const View& view, const Windows& windows, Cover& covered) const;

  Text forms_;  ///< what to look for, one form after another
  std::vector<Windows> windows_;
  std::vector<std::string_view> marks_;
};

/// `text` without the access token.
std::string redact(std::string text, std::string_view access_token);

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/detail/text/redaction.ipp>
#endif
