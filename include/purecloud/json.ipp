// SPDX-License-Identifier: MIT
#pragma once

#if defined(__has_include) && !defined(PURECLOUD_TOKENS_BUNDLE)
#if !__has_include(<nlohmann/json.hpp>)
#error \
    "purecloud-tokens needs nlohmann/json: install nlohmann-json3-dev (Debian), json-devel (Fedora) or nlohmann-json (Homebrew), or put its folder on the include path"
#endif
#endif
#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <purecloud/detail/instantiations.hpp>
#include <purecloud/detail/json/decoder.hpp>
#include <purecloud/detail/json/encoder.hpp>
#include <purecloud/detail/json/error_body.hpp>
#include <purecloud/detail/json/type.hpp>
#include <purecloud/json.hpp>
#include <purecloud/model/error_body.hpp>
#include <purecloud/model/idle_token_timeout.hpp>
#include <purecloud/model/token_info.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

inline Error json_error(std::string message) {
  Error error;
  error.kind = ErrorKind::decode;
  error.message = std::move(message);
  return error;
}

PURECLOUD_TOKENS_INLINE std::string json_problem(std::string_view text) {
  std::string ignored;
  return decode_json(text, {&ignored, &json_type<JsonText>, {}});
}

/// Writes a document of nlohmann::json as text, with no more levels than are decoded: its dump()
/// recurses as deep as the document goes, which a peer may have written.
template <class Json>
void write_document(const Json& value, std::string& text, std::size_t depth = 0) {
  if (!value.is_structured()) {
    text += value.dump();
    return;
  }
  if (depth == json_depth_limit) throw ApiException(json_error(json_too_deep));
  const char* before = value.is_array() ? "[" : "{";
  if (value.empty()) text += before;
  for (const auto& item : value.items()) {
    text += before;
    before = ",";
    if (value.is_object()) (text += Json(item.key()).dump()) += ':';
    write_document(item.value(), text, depth + 1);
  }
  text += value.is_array() ? ']' : '}';
}

}  // namespace detail

template <class T>
std::string to_json(const T& model) {
  detail::JsonEncoder encoder;
  encoder.write(model, detail::JsonPlace{});
  return std::move(encoder.text());
}

template <class T>
Result<T> from_json(std::string_view text) {
  T model;
  std::string problem = detail::decode_json(text, {&model, &detail::json_type<T>, {}});
  if (!problem.empty()) return detail::json_error(std::move(problem));
  return model;
}

/// For nlohmann::json, which finds these by the model's namespace: `nlohmann::json j = info;` and
/// `j.get<purecloud::TokenInfo>()`. They throw ApiException as the functions above, and are there
/// where the bodies are. A number that such a document would round is rounded.
template <class Model, std::enable_if_t<detail::IsModel<Model>::value, int> = 0>
void to_json(nlohmann::json& to, const Model& model) {
  const std::string text = to_json(model);
  try {
    to = nlohmann::json::parse(text);
  } catch (const nlohmann::json::out_of_range&) {
    Error error;
    error.message = "an additional property with a number that nlohmann::json cannot hold";
    throw ApiException(std::move(error));
  }
}

template <class Model, std::enable_if_t<detail::IsModel<Model>::value, int> = 0>
void from_json(const nlohmann::json& from, Model& model) {
  std::string text;
  try {
    detail::write_document(from, text);
  } catch (const nlohmann::json::type_error&) {
    throw ApiException(detail::json_error("text that is not UTF-8"));
  }
  model = from_json<Model>(text).value();
}

#if defined(PURECLOUD_TOKENS_SEPARATE)
#define PURECLOUD_TOKENS_INSTANTIATE(Model)                \
  template std::string to_json<Model>(const Model& model); \
  template Result<Model> from_json<Model>(std::string_view text);
PURECLOUD_TOKENS_EACH_MODEL(PURECLOUD_TOKENS_INSTANTIATE)
#undef PURECLOUD_TOKENS_INSTANTIATE
#endif

}  // namespace v1
}  // namespace purecloud
