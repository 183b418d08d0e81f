// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <purecloud/detail/text/text.hpp>
#include <purecloud/error.hpp>
#include <purecloud/detail/json/decoder.hpp>
#include <purecloud/detail/json/type.hpp>
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

/// Writes values as JSON text. Throws ApiException where one has no place in JSON.
class JsonEncoder {
 public:
  /// What was written.
  std::string& text() { return text_; }

  void write(const std::string& value, const JsonPlace& place) {
    if (!quote(value)) refuse(place, "text that is not UTF-8; convert it first");
  }

  void write(bool value, const JsonPlace&) { text_ += value ? "true" : "false"; }
  void write(int value, const JsonPlace&) { text_ += std::to_string(value); }

  void write(Timestamp value, const JsonPlace& place) {
    const auto text = format_timestamp(value);
    if (!text) refuse(place, "a year outside 0 to 9999, which a date-time cannot hold");
    quote(*text);
  }

  template <class Values>
  void write(const OpenEnum<Values>& value, const JsonPlace& place) {
    write(std::string(value.text()), place);
  }

  template <class T>
  void write(const std::vector<T>& values, const JsonPlace& place) {
    text_ += '[';
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (i > 0) text_ += ',';
      write(values[i], JsonPlace{&place, {{}, i}});
    }
    text_ += ']';
  }

  template <class T>
  void write(const std::map<std::string, T>& values, const JsonPlace& place) {
    Members members;
    for (const auto& [name, value] : values) members.emplace(name, Member{&value, write_member<T>});
    write_object(members, place);
  }

  template <class Model, std::enable_if_t<IsModel<Model>::value, int> = 0>
  void write(const Model& model, const JsonPlace& place) {
    Members members;
    Model::each_member([&](const char* name, auto member) {
      const auto& value = model.*member;
      using T = std::decay_t<decltype(*value)>;
      if (value) members.emplace(name, Member{&*value, write_member<T>});
    });
    for (const auto& [name, text] : model.additional_properties)
      members.emplace(name, Member{&text, write_unknown});
    write_object(members, place);
  }

 private:
  /// A value whose type only `write` knows, so that objects need not be compiled for each.
  struct Member {
    const void* value;
    void (*write)(JsonEncoder& to, const void* value, const JsonPlace& place);
  };
  using Members = std::map<std::string_view, Member>;

  template <class T>
  static void write_member(JsonEncoder& to, const void* value, const JsonPlace& place) {
    to.write(*static_cast<const T*>(value), place);
  }

  static void write_unknown(JsonEncoder& to, const void* value, const JsonPlace& place) {
    std::string text;
    if (!decode_json(*static_cast<const std::string*>(value), {&text, &json_type<JsonText>, {}})
             .empty())
      refuse(place, "an additional property that is not JSON");
    to.text_ += text;
  }

  void write_object(const Members& members, const JsonPlace& place) {
    char before = '{';
    for (const auto& [name, member] : members) {
      text_ += before;
      before = ',';
      if (!quote(name)) refuse(place, "a name that is not UTF-8");
      text_ += ':';
      member.write(*this, member.value, JsonPlace{&place, {name, 0}});
    }
    text_ += members.empty() ? "{}" : "}";
  }

  /// False when the text is not UTF-8.
  bool quote(std::string_view text) {
    const auto is_plain = [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; };
    if (std::all_of(text.begin(), text.end(), is_plain)) {
      text_ += '"';
      text_ += text;
      text_ += '"';
      return true;
    }
    try {
      text_ += nlohmann::json(text).dump();
    } catch (const nlohmann::json::type_error&) {
      return false;
    }
    return true;
  }

  [[noreturn]] static void refuse(const JsonPlace& place, const char* problem) {
    const std::string pointer = one_line(to_pointer(place), 200);
    Error error;
    error.message = pointer.empty() ? problem : pointer + ": " + problem;
    throw ApiException(std::move(error));
  }

  std::string text_;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
