// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <type_traits>

#include <purecloud/detail/json/document.hpp>
#include <purecloud/model/model.hpp>
#include <purecloud/result.hpp>

namespace purecloud {
inline namespace v1 {

/// A model as JSON text, without the members that are absent. Throws ApiException
/// (ErrorKind::invalid_argument), with the place as a JSON pointer, for what JSON or the API's
/// date-time cannot hold: text that is not UTF-8, a year beyond 9999, an additional property that
/// is not JSON.
template <class T>
std::string to_json(const T& model);

/// A model from JSON text. Members may be absent or `null`; one of the wrong type, a bad
/// date-time, text that is not JSON or nests deeper than 100 levels is ErrorKind::decode, its
/// message beginning with the place as a JSON pointer (RFC 6901): `/OAuthClient/dateCreated: not a
/// date-time`. A whole number is an integer in any spelling: `1800`, `1800.0`, `1.8e3`. Unknown
/// members go to `additional_properties` as they are spelled, without the spaces between tokens.
///
/// Time and memory are in proportion to the text: decoding takes at most 32 bytes of memory for
/// each byte of text, and 256 KiB. What would take more (`[{},{},…]`, which no API sends) is
/// ErrorKind::decode too. Throws nothing but std::bad_alloc.
template <class T>
Result<T> from_json(std::string_view text);

namespace detail {
/// Why a text is not JSON; empty when it is.
std::string json_problem(std::string_view text);
}  // namespace detail

/// For documents of nlohmann::json, of any of its types, which find these by the model's namespace:
/// `nlohmann::json j = info;` and `j.get<purecloud::TokenInfo>()`. This library includes no header
/// of it. They throw ApiException as the functions above. A number that such a document would round
/// is rounded. A file that is compiled without exceptions lacks them.
#if defined(__cpp_exceptions)
template <class Json, class Model, class OutOfRange = typename Json::out_of_range,
          std::enable_if_t<detail::IsModel<Model>::value, int> = 0>
void to_json(Json& to, const Model& model) {
  const std::string text = to_json(model);
  try {
    to = Json::parse(text);
  } catch (const OutOfRange&) {
    throw ApiException(
        detail::json_error(ErrorKind::invalid_argument,
                           "an additional property with a number that nlohmann::json cannot hold"));
  }
}

/// The opposite. When it throws, the model is as before.
template <class Json, class Model, class TypeError = typename Json::type_error,
          std::enable_if_t<detail::IsModel<Model>::value, int> = 0>
void from_json(const Json& from, Model& model) {
  std::string text;
  try {
    detail::write_document(from, text);
  } catch (const TypeError&) {
    throw ApiException(detail::json_error(ErrorKind::decode, "text that is not UTF-8"));
  }
  model = from_json<Model>(text).value();
}
#endif

}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/json.ipp>
#endif
