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

/// The target of a value: an object and its type; and the step to the value in the document.
struct JsonSlot {
  void* to;
  const JsonType* type;
  JsonStep step;
};

/// How JSON values are stored in objects of one C++ type. With such tables the decoder is compiled
/// once, not for each type. `to` points to the object. A function is null if the type does not
/// accept that kind of value.
struct JsonType {
  const char* mismatch;                                             ///< message for other values
  bool (*string)(void* to, const std::string& value) = nullptr;     ///< false: a mismatch
  bool (*integer)(void* to, std::int64_t value) = nullptr;          ///< false: out of range
  void (*boolean)(void* to, bool value) = nullptr;                  ///< never fails
  JsonSlot (*element)(void* to) = nullptr;                          ///< appends one to an array
  std::size_t element_cost = 0;                                     ///< memory, in bytes
  JsonSlot (*member)(void* to, const std::string& name) = nullptr;  ///< resets and returns it
  /// Returns the additional property that keeps a misfit (JsonMisfit::is_kept).
  JsonSlot (*misfit)(void* to, const std::string& name) = nullptr;
  /// If `to` is a std::optional: gives it a new value, and returns that. The other functions then
  /// apply to the value.
  void* (*emplace)(void* to) = nullptr;
  bool any = false;  ///< accepts any value, and keeps its text: `to` is a std::string
};

template <class T>
struct JsonTag {};

/// The table of a type: what its overload of json_type_of returns.
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
  // a vector that grows holds its elements twice, and has room for as many more
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

/// Stands for a std::string that holds the JSON text of any value.
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
    model.additional_properties.erase(name);  // from an earlier misfit of the same name
    return slot;
  };
  type.misfit = [](void* to, const std::string& name) {
    json_type<Model>.member(to, name);  // resets the member
    return unknown_member(static_cast<Model*>(to)->additional_properties, name);
  };
  return type;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
