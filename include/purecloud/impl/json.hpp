// SPDX-License-Identifier: MIT
#pragma once

#if defined(__has_include) && !defined(PURECLOUD_TOKENS_BUNDLE)
#if !__has_include(<nlohmann/json.hpp>)
#error \
    "purecloud-tokens needs nlohmann/json: install nlohmann-json3-dev (Debian), json-devel (Fedora) or nlohmann-json (Homebrew), or put its folder on the include path"
#endif
#endif
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <purecloud/detail/text.hpp>
#include <purecloud/json.hpp>
#include <purecloud/model/error_body.hpp>
#include <purecloud/model/idle_token_timeout.hpp>
#include <purecloud/model/open_enum.hpp>
#include <purecloud/model/token_info.hpp>
#include <purecloud/timestamp.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

constexpr std::size_t json_depth_limit = 100;

/// nlohmann::json takes a NUL for the end of the text, and would not read what follows.
inline bool holds_nul(std::string_view text) { return text.find('\0') != std::string_view::npos; }

/// Whether arrays and objects nest deeper than the limit. Asked before parsing, because copying or
/// destroying a very deep document overflows the stack.
PURECLOUD_TOKENS_INLINE bool json_too_deep(std::string_view text) {
  const auto opens = [](char c) { return c == '[' || c == '{'; };
  if (std::count_if(text.begin(), text.end(), opens) <= std::ptrdiff_t{json_depth_limit})
    return false;
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    switch (text[i]) {
      case '"': in_string = !in_string; break;
      case '\\': i += in_string ? 1 : 0; break;
      case '[':
      case '{':
        if (!in_string && ++depth > json_depth_limit) return true;
        break;
      case ']':
      case '}': depth -= !in_string && depth > 0 ? 1 : 0; break;
      default: break;
    }
  }
  return false;
}

/// A place in a JSON document: the steps from the root, as a list on the stack, so that it costs
/// nothing until an error spells it out.
struct JsonPlace {
  const JsonPlace* parent = nullptr;
  std::string_view name = {};
  std::size_t index = 0;  ///< used when the name is null
};

/// As a JSON pointer (RFC 6901).
PURECLOUD_TOKENS_INLINE std::string to_pointer(const JsonPlace& place) {
  if (!place.parent) return {};
  std::string pointer = to_pointer(*place.parent) + "/";
  if (!place.name.data()) return pointer + std::to_string(place.index);
  for (const char c : place.name) {
    if (c == '~')
      pointer += "~0";
    else if (c == '/')
      pointer += "~1";
    else
      pointer += c;
  }
  return pointer;
}

/// Takes values out of a parsed document, which it consumes. False, with error() set, at the first
/// one that does not fit.
class JsonDecoder {
 public:
  using Json = nlohmann::json;

  const std::string& error() const { return error_; }

  bool read(Json& from, std::string& to, const JsonPlace& place) {
    if (!from.is_string()) return fail(place, "not a string");
    to = std::move(from.get_ref<std::string&>());
    return true;
  }

  bool read(Json& from, bool& to, const JsonPlace& place) {
    if (!from.is_boolean()) return fail(place, "not a boolean");
    to = from.get<bool>();
    return true;
  }

  bool read(Json& from, int& to, const JsonPlace& place) {
    if (!from.is_number_integer()) return fail(place, "not an integer");
    const bool fits = from.is_number_unsigned()
                          ? from.get<std::uint64_t>() <= (std::numeric_limits<int>::max)()
                          : from.get<std::int64_t>() >= (std::numeric_limits<int>::min)();
    if (!fits) return fail(place, "an integer out of range");
    to = from.get<int>();
    return true;
  }

  bool read(Json& from, Timestamp& to, const JsonPlace& place) {
    const auto time =
        from.is_string() ? parse_timestamp(from.get_ref<std::string&>()) : std::nullopt;
    if (!time) return fail(place, "not a date-time");
    to = *time;
    return true;
  }

  template <class Values>
  bool read(Json& from, std::optional<OpenEnum<Values>>& to, const JsonPlace& place) {
    if (!from.is_string()) return fail(place, "not a string");
    to.emplace(std::string_view(from.get_ref<std::string&>()));
    return true;
  }

  template <class T>
  bool read(Json& from, std::optional<T>& to, const JsonPlace& place) {
    return read(from, to.emplace(), place);
  }

  template <class T>
  bool read(Json& from, std::vector<T>& to, const JsonPlace& place) {
    if (!from.is_array()) return fail(place, "not an array");
    to.reserve(from.size());
    for (Json& element : from) {
      const JsonPlace here{&place, {}, to.size()};
      if (!read(element, to.emplace_back(), here)) return false;
    }
    return true;
  }

  template <class T>
  bool read(Json& from, std::map<std::string, T>& to, const JsonPlace& place) {
    if (!from.is_object()) return fail(place, "not an object");
    for (auto& [name, value] : from.get_ref<Json::object_t&>())
      if (!read(value, to[name], JsonPlace{&place, name})) return false;
    return true;
  }

  template <class Model, std::enable_if_t<IsModel<Model>::value, int> = 0>
  bool read(Json& from, Model& to, const JsonPlace& place) {
    if (!from.is_object()) return fail(place, "not an object");
    auto& object = from.get_ref<Json::object_t&>();
    std::size_t known = 0;
    bool fits = true;
    Model::each_member([&](const char* name, auto member) {
      const auto found = fits ? object.find(name) : object.end();
      if (found == object.end()) return;
      ++known;
      if (!found->second.is_null()) fits = read(found->second, to.*member, JsonPlace{&place, name});
    });
    if (fits && known < object.size()) keep_unknown<Model>(object, to.additional_properties);
    return fits;
  }

 private:
  template <class Model>
  static void keep_unknown(Json::object_t& object, AdditionalProperties& unknown) {
    for (const auto& [key, value] : object) {
      bool known = false;
      const std::string_view name = key;
      Model::each_member([&](std::string_view member, auto) { known = known || member == name; });
      if (!known) unknown.emplace(key, value.dump());
    }
  }

  bool fail(const JsonPlace& place, const char* problem) {
    const std::string pointer = one_line(to_pointer(place), 200);
    error_ = pointer.empty() ? problem : pointer + ": " + problem;
    return false;
  }

  std::string error_;
};

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
      array.push_back(write(value, JsonPlace{&place, {}, array.size()}));
    return array;
  }

  template <class T>
  static Json write(const std::map<std::string, T>& values, const JsonPlace& place) {
    Json object = Json::object();
    for (const auto& [name, value] : values) object[name] = write(value, JsonPlace{&place, name});
    return object;
  }

  template <class Model, std::enable_if_t<IsModel<Model>::value, int> = 0>
  static Json write(const Model& model, const JsonPlace& place) {
    Json object = Json::object();
    for (const auto& [name, text] : model.additional_properties) {
      Json value = json_too_deep(text) || holds_nul(text)
                       ? Json(Json::value_t::discarded)
                       : Json::parse(text, nullptr, /*allow_exceptions=*/false);
      if (value.is_discarded())
        refuse(JsonPlace{&place, name}, "an additional property that is not JSON");
      object[name] = std::move(value);
    }
    Model::each_member([&](const char* name, auto member) {
      if (model.*member) object[name] = write(*(model.*member), JsonPlace{&place, name});
    });
    return object;
  }

  /// Throws for the text of a document that is not UTF-8, which dump() does not place.
  static void refuse_bad_text(const Json& from, const JsonPlace& place) {
    if (from.is_object()) {
      for (const auto& [name, value] : from.get_ref<const Json::object_t&>())
        refuse_bad_text(value, JsonPlace{&place, name});
    } else if (from.is_array()) {
      std::size_t index = 0;
      for (const Json& value : from) refuse_bad_text(value, JsonPlace{&place, {}, index++});
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

inline Error json_error(std::string message) {
  Error error;
  error.kind = ErrorKind::decode;
  error.message = std::move(message);
  return error;
}

}  // namespace detail

template <class T>
std::string to_json(const T& model) {
  const nlohmann::json document = detail::JsonEncoder::write(model, detail::JsonPlace{});
  try {
    return document.dump();
  } catch (const nlohmann::json::type_error&) {
    detail::JsonEncoder::refuse_bad_text(document, detail::JsonPlace{});
    detail::JsonEncoder::refuse({}, "a name that is not UTF-8");
  }
}

template <class T>
Result<T> from_json(std::string_view text) {
  if (detail::json_too_deep(text)) return detail::json_error("nested deeper than 100 levels");
  if (detail::holds_nul(text)) return detail::json_error("not JSON (it holds a NUL)");
  nlohmann::json document;
  try {
    document = nlohmann::json::parse(text);
  } catch (const nlohmann::json::parse_error& problem) {
    return detail::json_error("not JSON (at byte " + std::to_string(problem.byte) + ")");
  } catch (const nlohmann::json::out_of_range&) {
    return detail::json_error("a number out of range");
  }
  T model;
  detail::JsonDecoder decoder;
  if (!decoder.read(document, model, detail::JsonPlace{}))
    return detail::json_error(decoder.error());
  return model;
}

/// For nlohmann::json, which finds these by the model's namespace: `nlohmann::json j = info;` and
/// `j.get<purecloud::TokenInfo>()`. They throw ApiException as the functions above, and are there
/// where the bodies are.
template <class Model, std::enable_if_t<detail::IsModel<Model>::value, int> = 0>
void to_json(nlohmann::json& to, const Model& model) {
  to = detail::JsonEncoder::write(model, detail::JsonPlace{});
}

template <class Model, std::enable_if_t<detail::IsModel<Model>::value, int> = 0>
void from_json(const nlohmann::json& from, Model& model) {
  nlohmann::json consumed = from;
  detail::JsonDecoder decoder;
  Model decoded;
  try {
    if (!decoder.read(consumed, decoded, detail::JsonPlace{}))
      throw ApiException(detail::json_error(decoder.error()));
  } catch (const nlohmann::json::type_error&) {  // of an unknown member, as text
    throw ApiException(detail::json_error("text that is not UTF-8"));
  }
  model = std::move(decoded);
}

}  // namespace v1
}  // namespace purecloud
