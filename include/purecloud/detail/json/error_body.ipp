// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <purecloud/detail/json/decoder.hpp>
#include <purecloud/detail/json/error_body.hpp>
#include <purecloud/detail/json/type.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

PURECLOUD_TOKENS_INLINE std::optional<ErrorBody> decode_error_body(std::string_view text) {
  std::optional<ErrorBody> body(std::in_place);
  JsonDecoder decoder(text, JsonMisfit::is_kept);
  if (!decoder.decode({&*body, &json_type<ErrorBody>, {}})) return std::nullopt;
  if (body->message) return body;
  if (body->errors && !body->errors->empty()) body->message = body->errors->front().message;

  // `errors` may also be an array of strings
  const auto misfit = body->additional_properties.find("errors");
  std::vector<std::string> texts;
  if (misfit != body->additional_properties.end() &&
      decode_json(misfit->second, {&texts, &json_type<std::vector<std::string>>, {}}).empty() &&
      !texts.empty())
    body->message = std::move(texts.front());
  return body;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
