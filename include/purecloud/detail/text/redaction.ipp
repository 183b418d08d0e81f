// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstring>
#include <iterator>
#include <limits>
#include <utility>

#include <purecloud/detail/text/redaction.hpp>
#include <purecloud/detail/text/text.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

constexpr std::size_t shortest_secret = 6;
constexpr std::size_t widest_window = 16;
constexpr int most_encodings = 3;

/// Maps characters that encodings exchange to one: `+` to a space, base64url's to base64's.
constexpr char fold(char c) { return c == ' ' || c == '-' ? '+' : c == '_' ? '/' : c; }

/// Returns whether a character is a line break.
constexpr bool is_break(char c) { return c == '\r' || c == '\n' || c == '\t'; }

/// A character that is decoded from the beginning of a text, and the length of its encoding.
struct Unit {
  char character;
  std::uint8_t size;
};

inline Unit unit_at(const char* text, std::size_t size) {
  const auto hex_byte = [text](std::size_t at) {
    const int high = hex_digit(text[at]), low = hex_digit(text[at + 1]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  };
  if (text[0] == '%' && size >= 3) {
    if (const int byte = hex_byte(1); byte >= 0) return {static_cast<char>(byte), 3};
  } else if (text[0] == '\\' && size >= 2) {
    if (text[1] == 'u' && size >= 6 && hex_byte(2) == 0)
      if (const int byte = hex_byte(4); byte >= 0) return {static_cast<char>(byte), 6};
    const bool breaks = text[1] == 'n' || text[1] == 'r' || text[1] == 't';
    return {breaks ? '\n' : text[1], 2};
  }
  return {text[0], 1};
}

/// A text without line breaks and with folded characters. Each decode() removes one encoding.
class Redactor::View {
 public:
  explicit View(std::string_view text) : characters_(text.size()), begins_(text.size() + 1) {
    bool after_break = false;
    std::size_t size = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
      const char c = text[at];
      if (is_break(c)) after_break = true;
      if (is_break(c) || (after_break && c == ' ')) continue;
      after_break = false;
      characters_[size] = fold(c);
      begins_[size++] = static_cast<std::uint32_t>(at);
    }
    cut(size, static_cast<std::uint32_t>(text.size()));
  }

  /// Removes one more encoding. Returns false when the text has none.
  bool decode() {
    const std::size_t before = characters_.size();
    std::size_t size = 0;
    for (std::size_t at = 0; at < before;) {
      const Unit unit = unit_at(characters_.data() + at, before - at);
      if (!is_break(unit.character)) {
        begins_[size] = begins_[at];
        characters_[size++] = fold(unit.character);
      }
      at += unit.size;
    }
    cut(size, begins_[before]);
    return size < before;
  }

  const Text& characters() const { return characters_; }

  /// Returns the position in the original text where a character begins.
  std::size_t begin_of(std::size_t character) const { return begins_[character]; }

 private:
  void cut(std::size_t size, std::uint32_t end) {
    characters_.resize(size);
    begins_.resize(size + 1);
    begins_[size] = end;
  }

  Text characters_;
  std::vector<std::uint32_t> begins_;
};

/// Identifies a window among those of one width: its first and its last 8 bytes, which overlap.
struct WindowKey {
  std::uint64_t first = 0;
  std::uint64_t last = 0;

  WindowKey(const char* characters, std::size_t width) {
    if (width >= 8) {
      std::memcpy(&first, characters, 8);
      std::memcpy(&last, characters + width - 8, 8);
    } else {
      std::memcpy(&first, characters, 4);
      std::memcpy(&last, characters + width - 4, 4);
    }
  }

  std::size_t hash() const {
    const std::uint64_t mixed = (first * 0x9e3779b97f4a7c15) ^ (last * 0xc2b2ae3d27d4eb4f);
    return static_cast<std::size_t>(mixed >> 32 ^ mixed >> 15);
  }

  bool operator==(const WindowKey& other) const {
    return first == other.first && last == other.last;
  }
};

PURECLOUD_TOKENS_INLINE void Redactor::add(std::string_view secret, std::string_view mark) {
  if (secret.size() < shortest_secret) return;
  const auto known = std::find(marks_.begin(), marks_.end(), mark);
  const auto id = static_cast<std::uint8_t>(known - marks_.begin() + 1);
  if (known == marks_.end()) marks_.push_back(mark);

  View view(secret);
  add_form(view.characters(), id);
  // a secret that contains `%41` itself is also searched for in decoded form
  for (int i = 0; i < most_encodings && view.decode(); ++i) add_form(view.characters(), id);

  add_base64_forms(secret, id);
  // Basic authentication of a client encodes twice (RFC 6749, 2.3.1)
  Text encoded;
  for (const char& c : secret)
    for (const char part : percent_encode({&c, 1})) encoded.push_back(part);
  if (encoded.size() > secret.size()) add_base64_forms({encoded.data(), encoded.size()}, id);
}

PURECLOUD_TOKENS_INLINE void Redactor::add_base64_forms(std::string_view secret,
                                                        std::uint8_t mark) {
  static constexpr char digits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto byte = [&](std::size_t at) {
    return at < secret.size() ? static_cast<unsigned char>(secret[at]) : 0u;
  };
  for (const std::size_t skipped_bits : {0u, 4u, 2u}) {  // with 0, 1, 2 bytes before it, modulo 3
    Text form;
    for (std::size_t bit = skipped_bits; bit + 6 <= secret.size() * 8; bit += 6) {
      const unsigned two_bytes = byte(bit / 8) << 8 | byte(bit / 8 + 1);
      form.push_back(digits[two_bytes >> (10 - bit % 8) & 63]);
    }
    add_form(form, mark);
  }
}

PURECLOUD_TOKENS_INLINE void Redactor::add_form(const Text& form, std::uint8_t mark) {
  if (form.size() < shortest_secret) return;
  const std::size_t width = (std::min)(form.size(), widest_window);
  auto windows = std::find_if(windows_.begin(), windows_.end(),
                              [=](const Windows& each) { return each.width == width; });
  if (windows == windows_.end()) {
    windows_.push_back({width, 0, {}});
    windows = std::prev(windows_.end());
  }

  const std::size_t begin = forms_.size();
  forms_.resize(begin + form.size());
  std::copy(form.begin(), form.end(), forms_.data() + begin);
  const std::size_t count = form.size() - width + 1;
  reserve(*windows, windows->count + count);
  for (std::size_t at = begin; at < begin + count; ++at)
    if (Window& slot = windows->table[slot_of(*windows, forms_.data() + at)]; slot.mark == 0) {
      slot = {static_cast<std::uint32_t>(at), mark};
      ++windows->count;
    }
}

PURECLOUD_TOKENS_INLINE void Redactor::reserve(Windows& windows, std::size_t count) const {
  std::size_t size = (std::max)(windows.table.size(), std::size_t{16});
  while (size < 8 * count) size *= 2;
  if (size == windows.table.size()) return;
  const auto old = std::exchange(windows.table, std::vector<Window>(size));
  for (const Window& window : old)
    if (window.mark != 0) windows.table[slot_of(windows, forms_.data() + window.at)] = window;
}

PURECLOUD_TOKENS_INLINE std::size_t Redactor::slot_of(const Windows& windows,
                                                      const char* characters) const {
  const WindowKey key(characters, windows.width);
  const std::size_t last = windows.table.size() - 1;
  for (std::size_t at = key.hash() & last;; at = (at + 1) & last) {
    const Window& slot = windows.table[at];
    if (slot.mark == 0 || WindowKey(forms_.data() + slot.at, windows.width) == key) return at;
  }
}

PURECLOUD_TOKENS_INLINE void Redactor::cover(std::string_view text, const View& view,
                                             const Windows& windows, Cover& covered) const {
  const Text& characters = view.characters();
  std::size_t done = 0;
  for (std::size_t at = 0; at + windows.width <= characters.size(); ++at) {
    const std::uint8_t mark = windows.table[slot_of(windows, characters.data() + at)].mark;
    if (mark == 0) continue;
    covered.resize(text.size());
    std::size_t end = view.begin_of(at + windows.width);
    while (is_break(text[end - 1]) || text[end - 1] == ' ') --end;
    for (done = (std::max)(done, view.begin_of(at)); done < end; ++done)
      if (covered[done] == 0) covered[done] = mark;
  }
}

PURECLOUD_TOKENS_INLINE std::string Redactor::redact(std::string text) const {
  if (text.size() < shortest_secret || marks_.empty()) return text;
  constexpr std::size_t longest_text = (std::numeric_limits<std::uint32_t>::max)();
  if (text.size() > longest_text) text.resize(longest_text);

  Cover covered;
  View view(text);
  for (int encodings = 0;; ++encodings) {
    for (const Windows& windows : windows_) cover(text, view, windows, covered);
    if (encodings == most_encodings || !view.decode()) break;
  }
  if (covered.empty()) return text;

  for (std::size_t i = 0; i < marks_.size(); ++i)
    for (auto at = text.find(marks_[i]); at != text.npos; at = text.find(marks_[i], at + 1))
      std::fill_n(covered.begin() + static_cast<std::ptrdiff_t>(at), marks_[i].size(),
                  static_cast<std::uint8_t>(i + 1));

  std::string redacted;
  for (std::size_t at = 0; at < text.size();) {
    const std::uint8_t mark = covered[at];
    if (mark == 0) {
      redacted += text[at++];
    } else {
      redacted += marks_[mark - 1u];
      while (at < text.size() && covered[at] == mark) ++at;
    }
  }
  return redacted;
}

PURECLOUD_TOKENS_INLINE HttpResponse Redactor::redact(HttpResponse response) const {
  HttpHeaders headers;
  for (auto& [name, value] : response.headers)
    headers.emplace(redact(name), redact(std::move(value)));
  response.headers = std::move(headers);
  response.body = redact(std::move(response.body));
  return response;
}

PURECLOUD_TOKENS_INLINE std::string redact(std::string text, std::string_view access_token) {
  Redactor redactor;
  redactor.add(access_token, AccessTokenKind::mark);
  return redactor.redact(std::move(text));
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
