// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <type_traits>

namespace purecloud {
inline namespace v1 {

/// The members of a JSON object that this version does not know: JSON text as received, by name.
/// to_json writes them, so that a model that is got, changed and put loses nothing.
using AdditionalProperties = std::map<std::string, std::string>;

namespace detail {

// A model is an aggregate of optional members that lists them once:
//     template <class Visit> static void each_member(Visit&& visit) { visit("id", &Entity::id); }
// Decoding, encoding, comparison and the JSON pointer of an error all come from that list.
struct AnyMember {
  template <class Member>
  void operator()(const char*, Member) const {}
};

template <class T, class = void>
struct IsModel : std::false_type {};
template <class T>
struct IsModel<T, decltype(T::each_member(AnyMember{}))> : std::true_type {};

}  // namespace detail

/// Compares all members, `additional_properties` included.
template <class T, std::enable_if_t<detail::IsModel<T>::value, int> = 0>
bool operator==(const T& a, const T& b) {
  bool equal = a.additional_properties == b.additional_properties;
  T::each_member([&](const char*, auto member) { equal = equal && a.*member == b.*member; });
  return equal;
}

/// Returns the opposite of `==`.
template <class T, std::enable_if_t<detail::IsModel<T>::value, int> = 0>
bool operator!=(const T& a, const T& b) {
  return !(a == b);
}

}  // namespace v1
}  // namespace purecloud
