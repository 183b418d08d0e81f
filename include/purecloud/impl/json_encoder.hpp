// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <purecloud/detail/text.hpp>
#include <purecloud/impl/json_decoder.hpp>
#include <purecloud/impl/json_type.hpp>
#include <purecloud/model/model.hpp>
#include <purecloud/model/open_enum.hpp>
#include <purecloud/timestamp.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// A place in a document: the steps from the root, as a list on the stack, so that it costs nothing
/// until an error spells it out.
struct JsonPlace {
  const JsonPlace* parent = nullptr;
  JsonStep step = {};
};

/// As a JSON pointer (RFC 6901).
PURECLOUD_TOKENS_INLINE std::string to_pointer(const JsonPlace& place) {
  if (!place.parent) return {};
  std::string pointer = to_pointer(*place.parent);
  append_step(pointer, place.step);
  return pointer;
}

/// Builds a document from values. Throws ApiException where one has no place in JSON.
class JsonEncoder {
 public:
  using Json = nlohmann::json;

  static Json write(const std::string& value, const JsonPlace&) { return value; }
  static Json write(bool value, const JsonPlace&) { return value; }
  static Json write(int value, const JsonPlace&) { return value; }

  static Json write(Timestamp value, const JsonPlace& place) {
    auto text = format_timestamp(value);
    if (!text) refuse(place, "a year outside 0 to 9999, which a date-time cannot hold");
    return *std::move(text);
  }

  template <class Values>
  static Json write(const OpenEnum<Values>& value, const JsonPlace&) {
    return std::string(value.text());
  }

  template <class T>
  static Json write(const std::vector<T>& values, const JsonPlace& place) {
    Json array = Json::array();
    for (const T& value : values)
      array.push_back(write(value, JsonPlace{&place, {{}, array.size()}}));
    return array;
  }

  template <class T>
  static Json write(const std::map<std::string, T>& values, const JsonPlace& place) {
    Json object = Json::object();
    for (const auto& [name, value] : values)
      object[name] = write(value, JsonPlace{&place, {name, 0}});
    return object;
  }

  template <class Model, std::enable_if_t<IsModel<Model>::value, int> = 0>
  static Json write(const Model& model, const JsonPlace& place) {
    Json object = Json::object();
    for (const auto& [name, text] : model.additional_properties) {
      if (!decode_json(text, {&object[name], &json_type<Json>, {}}).empty())
        refuse(JsonPlace{&place, {name, 0}}, "an additional property that is not JSON");
    }
    Model::each_member([&](const char* name, auto member) {
      if (model.*member) object[name] = write(*(model.*member), JsonPlace{&place, {name, 0}});
    });
    return object;
  }

  /// Throws for the text of a document that is not UTF-8, which dump() does not place.
  static void refuse_bad_text(const Json& from, const JsonPlace& place) {
    if (from.is_object()) {
      for (const auto& [name, value] : from.get_ref<const Json::object_t&>())
        refuse_bad_text(value, JsonPlace{&place, {name, 0}});
    } else if (from.is_array()) {
      std::size_t index = 0;
      for (const Json& value : from) refuse_bad_text(value, JsonPlace{&place, {{}, index++}});
    } else {
      try {
        from.dump();
      } catch (const Json::type_error&) {
        refuse(place, "text that is not UTF-8; convert it first");
      }
    }
  }

  [[noreturn]] static void refuse(const JsonPlace& place, const char* problem) {
    Error error;
    error.message = one_line(to_pointer(place), 200) + ": " + problem;
    throw ApiException(std::move(error));
  }
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
