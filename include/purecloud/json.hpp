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

/// Returns a model as JSON text. Absent members are left out. Throws ApiException
/// (ErrorKind::invalid_argument) for what JSON cannot express: text that is not UTF-8, a date-time
/// after the year 9999, an additional property that is not JSON. The message gives the place as a
/// JSON pointer (RFC 6901).
template <class T>
std::string to_json(const T& model);

/// Reads a model from JSON text. Members may be absent or `null`. ErrorKind::decode is returned for
/// text that is not JSON or nests deeper than 100 levels, a member of the wrong type or an invalid
/// date-time; the message begins with the place as a JSON pointer (RFC 6901):
/// `/OAuthClient/dateCreated: not a date-time`. An integer may have any form: `1800`, `1800.0`,
/// `1.8e3`. Unknown members go to `additional_properties` as spelled, without white space
/// between tokens.
///
/// Time and memory are proportional to the text: decoding takes at most 256 KiB and 32 bytes for
/// each byte of text. Text that would take more (`[{},{},…]`, which no API sends) is
/// ErrorKind::decode, too. Throws nothing but std::bad_alloc.
template <class T>
Result<T> from_json(std::string_view text);

namespace detail {
/// Returns why a text is not JSON; an empty string when it is JSON.
std::string json_problem(std::string_view text);
}  // namespace detail

/// Converts a model to a document of nlohmann/json (any nlohmann::basic_json), which finds this
/// function by itself: `nlohmann::json j = info;`. No header of nlohmann/json is included. Throws
/// ApiException as to_json(model) does. A number that the document cannot hold exactly is rounded.
/// Not available in a file that is compiled without exceptions.
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

/// Converts a document of nlohmann/json to a model: `j.get<purecloud::TokenInfo>()`. Throws
/// ApiException (ErrorKind::decode), and then leaves the model unchanged.
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
