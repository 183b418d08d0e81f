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

#include <purecloud/detail/json/decoder.hpp>
#include <purecloud/detail/json/place.hpp>
#include <purecloud/detail/json/scanner.hpp>
#include <purecloud/detail/json/type.hpp>
#include <purecloud/detail/text/text.hpp>
#include <purecloud/error.hpp>
#include <purecloud/model/model.hpp>
#include <purecloud/model/open_enum.hpp>
#include <purecloud/timestamp.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Writes values as JSON text. Throws ApiException for a value that JSON cannot express.
class JsonEncoder {
 public:
  /// Returns the text that was written.
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
  /// A value without its type, so that write_object is not compiled for each type.
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

  /// Writes a string with quotes and escapes. Returns false when it is not UTF-8.
  bool quote(std::string_view text) {
    constexpr std::string_view values = "\"\\\b\f\n\r\t", letters = "\"\\bfnrt";
    constexpr std::string_view hex = "0123456789abcdef";
    text_ += '"';
    std::size_t begin = 0;  // of the characters without escapes
    for (std::size_t at = 0; at < text.size();) {
      const auto c = static_cast<unsigned char>(text[at]);
      const std::size_t size = c < 0x80 ? 1 : utf8_size(text.substr(at, 4));
      if (size == 0) return false;
      at += size;
      if (c >= ' ' && c != '"' && c != '\\') continue;
      text_ += text.substr(begin, at - 1 - begin);
      begin = at;
      const std::size_t letter = values.find(text[at - 1]);
      if (letter != std::string_view::npos)
        (text_ += '\\') += letters[letter];
      else
        ((text_ += "\\u00") += hex[c >> 4]) += hex[c & 15];
    }
    text_ += text.substr(begin);
    text_ += '"';
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
