// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <iterator>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <type_traits>

namespace purecloud {
inline namespace v1 {

/// An enum of the API. The cloud may add values at any time: a value that this version does not
/// know is kept as text.
///
/// `Values` has `enum Value {…}` and, in the same order, `texts`. The enumerators are members of
/// this class, for example `InactivityTimeoutUnit::hours`.
template <class Values>
class OpenEnum : public Values {
 public:
  using Value = typename Values::Value;  ///< the values that this version knows

  /// One of the known values; implicit, so that the enumerators can be assigned and compared.
  OpenEnum(Value value) : value_(value) {}

  /// Makes a value from the API's text, known or not.
  explicit OpenEnum(std::string_view text) {
    for (std::size_t i = 0; i < std::size(Values::texts); ++i) {
      if (text == Values::texts[i]) {
        value_ = static_cast<Value>(i);
        return;
      }
    }
    unknown_text_ = text;
  }

  /// Returns the enumerator, for a `switch`; nothing if this version does not know the value.
  std::optional<Value> value() const { return value_; }

  /// Returns the text in the API's JSON.
  std::string_view text() const {
    return value_ ? Values::texts[static_cast<std::size_t>(*value_)]
                  : std::string_view(unknown_text_);
  }

  /// Compares the texts.
  friend bool operator==(const OpenEnum& a, const OpenEnum& b) { return a.text() == b.text(); }
  /// Returns the opposite of `==`.
  friend bool operator!=(const OpenEnum& a, const OpenEnum& b) { return !(a == b); }
  /// Writes text().
  friend std::ostream& operator<<(std::ostream& out, const OpenEnum& e) { return out << e.text(); }

 private:
  std::optional<Value> value_;
  std::string unknown_text_;
};

namespace detail {
template <class T>
struct IsOpenEnum : std::false_type {};
template <class Values>
struct IsOpenEnum<OpenEnum<Values>> : std::true_type {};
}  // namespace detail

}  // namespace v1
}  // namespace purecloud
