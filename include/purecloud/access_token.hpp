// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace purecloud {
inline namespace v1 {

namespace detail {

/// Overwrites memory. volatile, or the compiler drops writes to what is about to be freed.
inline void wipe(void* memory, std::size_t size) noexcept {
  volatile unsigned char* bytes = static_cast<unsigned char*>(memory);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = 0;
}

/// Overwrites memory before it is given back. `Upstream` does the allocating; a test passes its own
/// to look at the bytes that come back.
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

/// An OAuth 2.0 access token (RFC 6750). It never prints, and the memory that held it is wiped on
/// destruction, assignment and move. The copies that an HTTP library makes while it sends a
/// request are beyond its reach.
template <class Allocator = std::allocator<char>>
class BasicAccessToken {
 public:
  /// Empty: a call with it is refused.
  BasicAccessToken() = default;
  /// Copies the token, and leaves the caller's copy to the caller. Implicit, so that a string can
  /// be assigned; what cannot be a token is refused by the call, not here.
  BasicAccessToken(std::string_view token) : characters_(token.begin(), token.end()) {}
  /// As above.
  BasicAccessToken(const std::string& token) : BasicAccessToken(std::string_view(token)) {}
  /// As above; `token` must not be null.
  BasicAccessToken(const char* token) : BasicAccessToken(std::string_view(token)) {}

  /// A copy in memory of its own, which is wiped as well.
  BasicAccessToken(const BasicAccessToken&) = default;
  /// Leaves nothing behind in the other.
  BasicAccessToken(BasicAccessToken&&) noexcept = default;
  /// Wipes what it held before.
  // By value and swap: assigning into the old buffer would leave the tail of a longer token.
  BasicAccessToken& operator=(BasicAccessToken other) noexcept {
    characters_.swap(other.characters_);
    return *this;
  }

  /// Whether there is no token.
  bool empty() const noexcept { return characters_.empty(); }

  /// The token itself, for the `Authorization` header and nothing else. Valid until this object is
  /// changed or destroyed.
  std::string_view reveal() const noexcept { return {characters_.data(), characters_.size()}; }

  /// Compares the tokens, in time that depends on where they differ.
  friend bool operator==(const BasicAccessToken& a, const BasicAccessToken& b) {
    return a.characters_ == b.characters_;
  }
  /// The opposite.
  friend bool operator!=(const BasicAccessToken& a, const BasicAccessToken& b) { return !(a == b); }

  /// Writes `<access token>`, whatever it holds.
  friend std::ostream& operator<<(std::ostream& out, const BasicAccessToken&) {
    return out << "<access token>";
  }

 private:
  // A vector, not a string: a short string would live inside the object, where a move leaves it.
  std::vector<char, detail::WipingAllocator<char, Allocator>> characters_;
};

/// The access token that clients take.
using AccessToken = BasicAccessToken<>;

}  // namespace v1
}  // namespace purecloud
