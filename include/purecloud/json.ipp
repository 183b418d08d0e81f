// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
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

PURECLOUD_TOKENS_INLINE std::string detail::json_problem(std::string_view text) {
  std::string ignored;
  return decode_json(text, {&ignored, &json_type<JsonText>, {}});
}

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
  if (!problem.empty()) return detail::json_error(ErrorKind::decode, std::move(problem));
  return model;
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
