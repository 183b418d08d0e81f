// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <purecloud/detail/json/place.hpp>
#include <purecloud/model/model.hpp>
#include <purecloud/model/open_enum.hpp>
#include <purecloud/secret.hpp>
#include <purecloud/timestamp.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

struct JsonType;

/// Where a value of a document goes, and the step that leads to it.
struct JsonSlot {
  void* to;
  const JsonType* type;
  JsonStep step;
};

/// How values become objects of one C++ type, so that the decoder need not be compiled for each:
/// `to` points to such an object, and what the type does not take is null.
struct JsonType {
  const char* mismatch;                                             ///< said of all other values
  bool (*string)(void* to, const std::string& value) = nullptr;     ///< false: a mismatch
  bool (*integer)(void* to, std::int64_t value) = nullptr;          ///< false: out of range
  void (*boolean)(void* to, bool value) = nullptr;                  ///< never fails
  JsonSlot (*element)(void* to) = nullptr;                          ///< a new one of an array
  std::size_t element_cost = 0;                                     ///< in bytes of memory
  JsonSlot (*member)(void* to, const std::string& name) = nullptr;  ///< of an object, made absent
  /// The additional property of a model that keeps a value of another type than its member's.
  JsonSlot (*misfit)(void* to, const std::string& name) = nullptr;
  /// Where `to` is a std::optional: gives it a new value, for which the rest of the table is.
  void* (*emplace)(void* to) = nullptr;
  bool any = false;  ///< takes every value, as its text without spaces: `to` is a std::string
};

template <class T>
struct JsonTag {};

/// Every type has an overload of json_type_of; this is what it returns.
template <class T>
inline constexpr JsonType json_type = json_type_of(JsonTag<T>{});

constexpr JsonType json_type_of(JsonTag<std::string>) {
  JsonType type{"not a string"};
  type.string = [](void* to, const std::string& value) {
    *static_cast<std::string*>(to) = value;
    return true;
  };
  return type;
}

template <class Kind>
constexpr JsonType json_type_of(JsonTag<BasicSecret<Kind>>) {
  JsonType type{"not a string"};
  type.string = [](void* to, const std::string& value) {
    *static_cast<BasicSecret<Kind>*>(to) = value;
    return true;
  };
  return type;
}

constexpr JsonType json_type_of(JsonTag<bool>) {
  JsonType type{"not a boolean"};
  type.boolean = [](void* to, bool value) { *static_cast<bool*>(to) = value; };
  return type;
}

constexpr JsonType json_type_of(JsonTag<int>) {
  JsonType type{"not an integer"};
  type.integer = [](void* to, std::int64_t value) {
    using Limits = std::numeric_limits<int>;
    if (value < (Limits::min)() || value > (Limits::max)()) return false;
    *static_cast<int*>(to) = static_cast<int>(value);
    return true;
  };
  return type;
}

constexpr JsonType json_type_of(JsonTag<Timestamp>) {
  JsonType type{"not a date-time"};
  type.string = [](void* to, const std::string& value) {
    const auto time = parse_timestamp(value);
    if (time) *static_cast<Timestamp*>(to) = *time;
    return time.has_value();
  };
  return type;
}

template <class Values>
constexpr JsonType json_type_of(JsonTag<OpenEnum<Values>>) {
  JsonType type{"not a string"};
  type.string = [](void* to, const std::string& value) {
    *static_cast<OpenEnum<Values>*>(to) = OpenEnum<Values>(value);
    return true;
  };
  return type;
}

template <class T>
constexpr JsonType json_type_of(JsonTag<std::optional<T>>) {
  JsonType type = json_type<T>;
  type.emplace = [](void* to) -> void* {
    auto& optional = *static_cast<std::optional<T>*>(to);
    if constexpr (IsOpenEnum<T>::value)
      return &optional.emplace(std::string_view());  // it has no default
    else
      return &optional.emplace();
  };
  return type;
}

template <class T>
constexpr JsonType json_type_of(JsonTag<std::vector<T>>) {
  JsonType type{"not an array"};
  type.element = [](void* to) {
    auto& array = *static_cast<std::vector<T>*>(to);
    return JsonSlot{&array.emplace_back(), &json_type<T>, {{}, array.size() - 1}};
  };
  // a vector that grows has its elements twice, and as much room again
  type.element_cost = 3 * sizeof(T);
  return type;
}

template <class T>
constexpr JsonType json_type_of(JsonTag<std::map<std::string, T>>) {
  JsonType type{"not an object"};
  type.member = [](void* to, const std::string& name) {
    auto& map = *static_cast<std::map<std::string, T>*>(to);
    auto& [key, value] = *map.insert_or_assign(name, T()).first;
    return JsonSlot{&value, &json_type<T>, {key, 0}};
  };
  return type;
}

/// JSON itself, as text in a std::string.
struct JsonText {};

constexpr JsonType json_type_of(JsonTag<JsonText>) {
  JsonType type{""};
  type.any = true;
  return type;
}

inline JsonSlot unknown_member(AdditionalProperties& properties, const std::string& name) {
  auto& [key, text] = *properties.insert_or_assign(name, std::string()).first;
  return {&text, &json_type<JsonText>, {key, 0}};
}

template <class Model, std::enable_if_t<IsModel<Model>::value, int> = 0>
constexpr JsonType json_type_of(JsonTag<Model>) {
  JsonType type{"not an object"};
  type.member = [](void* to, const std::string& name) {
    auto& model = *static_cast<Model*>(to);
    JsonSlot slot{};
    Model::each_member([&](std::string_view known, auto member) {
      if (known != name) return;
      auto& value = model.*member;
      value.reset();
      slot = {&value, &json_type<std::decay_t<decltype(value)>>, {known, 0}};
    });
    if (!slot.to) return unknown_member(model.additional_properties, name);
    model.additional_properties.erase(name);  // where an earlier value was a misfit
    return slot;
  };
  type.misfit = [](void* to, const std::string& name) {
    json_type<Model>.member(to, name);  // absent again
    return unknown_member(static_cast<Model*>(to)->additional_properties, name);
  };
  return type;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
