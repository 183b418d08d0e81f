// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace purecloud {
inline namespace v1 {

namespace detail {

/// Overwrites memory. It calls memset through a volatile pointer, because a compiler may remove
/// writes to memory that is about to be freed.
inline void wipe(void* memory, std::size_t size) noexcept {
  using Fill = void* (*)(void*, int, std::size_t);
  static constexpr Fill fill_memory = &std::memset;
  const volatile Fill fill = fill_memory;
  if (size > 0) fill(memory, 0, size);
}

/// Appends to a text that may contain secrets. If it has to grow, its old memory is overwritten.
inline void append_and_wipe(std::string& text, std::string_view part) {
  if (part.size() > text.capacity() - text.size()) {
    std::string larger;
    larger.reserve((std::max)(2 * text.capacity(), text.size() + part.size()));
    larger.append(text);
    larger.swap(text);
    wipe(larger.data(), larger.size());
  }
  text.append(part);
}

/// Overwrites memory before it is freed. `Upstream` allocates; a test passes its own, to look at
/// what is freed.
template <class T, class Upstream = std::allocator<T>>
struct WipingAllocator {
  using value_type = T;
  template <class U>
  struct rebind {
    using other =
        WipingAllocator<U, typename std::allocator_traits<Upstream>::template rebind_alloc<U>>;
  };

  WipingAllocator() = default;
  template <class U, class V>
  WipingAllocator(const WipingAllocator<U, V>&) noexcept {}

  T* allocate(std::size_t count) { return Upstream{}.allocate(count); }

  void deallocate(T* memory, std::size_t count) noexcept {
    wipe(memory, count * sizeof(T));
    Upstream{}.deallocate(memory, count);
  }

  friend bool operator==(const WipingAllocator&, const WipingAllocator&) { return true; }
  friend bool operator!=(const WipingAllocator&, const WipingAllocator&) { return false; }
};

}  // namespace detail

/// Text that must not be seen. It never prints, and the memory that held it is wiped on
/// destruction, assignment and move. Copies that an HTTP library makes while it sends a request are
/// not wiped. `Kind` makes each kind of secret a type; `Kind::mark` is printed instead of the text.
template <class Kind, class Allocator = std::allocator<char>>
class BasicSecret {
 public:
  /// An empty text: no secret.
  BasicSecret() = default;
  /// Copies the text; the caller's copy is not wiped. Implicit, so that a string can be assigned.
  /// Accepts any text: an invalid one is refused by the call that uses it.
  BasicSecret(std::string_view text) : characters_(text.begin(), text.end()) {}
  /// Copies the text.
  BasicSecret(const std::string& text) : BasicSecret(std::string_view(text)) {}
  /// Copies the text; `text` must not be null.
  BasicSecret(const char* text) : BasicSecret(std::string_view(text)) {}

  /// Copies the text into new memory, which is wiped as well.
  BasicSecret(const BasicSecret&) = default;
  /// Leaves the other empty.
  BasicSecret(BasicSecret&&) noexcept = default;
  /// Wipes the text that it held before.
  // By value and swap: assigning into the old buffer would leave the tail of a longer secret.
  BasicSecret& operator=(BasicSecret other) noexcept {
    characters_.swap(other.characters_);
    return *this;
  }

  /// Returns whether the text is empty.
  bool empty() const noexcept { return characters_.empty(); }

  /// Returns the text itself, to be sent in a request and used nowhere else. Valid until this
  /// object is changed or destroyed.
  std::string_view reveal() const noexcept { return {characters_.data(), characters_.size()}; }

  /// Compares the texts. Not in constant time: it stops where they differ.
  friend bool operator==(const BasicSecret& a, const BasicSecret& b) {
    return a.characters_ == b.characters_;
  }
  /// Returns the opposite of `==`.
  friend bool operator!=(const BasicSecret& a, const BasicSecret& b) { return !(a == b); }

  /// Writes `Kind::mark`, whatever the text.
  friend std::ostream& operator<<(std::ostream& out, const BasicSecret&) {
    return out << Kind::mark;
  }

 private:
  // A vector, not a string: a short string would live inside the object, where a move leaves it.
  std::vector<char, detail::WipingAllocator<char, Allocator>> characters_;
};

namespace detail {

struct SecretKind {
  static constexpr std::string_view mark = "<secret>";
};

}  // namespace detail

/// A client secret, an authorization code, a code verifier, an assertion or a refresh token. Prints
/// `<secret>`.
using Secret = BasicSecret<detail::SecretKind>;

}  // namespace v1
}  // namespace purecloud
