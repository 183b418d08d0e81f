// SPDX-License-Identifier: MIT

// Any bytes as the JSON of every model, which the first byte chooses, checked against the parser of
// nlohmann/json.

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>
#include <purecloud/tokens.hpp>

#include "require.hpp"

using namespace purecloud;

namespace {

template <class Model>
void decode(std::string_view json) {
  const Result<Model> model = from_json<Model>(json);
  if (!model) {
    require(model.error().kind == ErrorKind::decode, "bad JSON is a decode error");
    require(!model.error().message.empty() && is_one_line(model.error().message),
            "a decode error is one line");
    return;
  }
  const Result<Model> again = from_json<Model>(to_json(*model));
  require(again && *again == *model, "from_json(to_json(x)) == x");
}

void check_integer(std::string_view json, const nlohmann::json& document) {
  const auto limit = from_json<Limit>(json);
  if (!limit || !limit->value) return;
  const auto& value = document.at("value");
  require(value.is_number() && value.get<double>() == *limit->value,
          "an integer is what its number says");
}

/// The text without its spaces. Empty when it is not JSON, or nests too deep.
std::optional<std::string> as_text(std::string_view json) {
  std::string text;
  const std::string problem =
      detail::decode_json(json, {&text, &detail::json_type<detail::JsonText>, {}});
  return problem.empty() ? std::optional(text) : std::nullopt;
}

void check_syntax(std::string_view json) {
  // nlohmann::json takes a NUL for the end, and a number beyond `double` for an error
  if (json.find('\0') != std::string_view::npos) return;
  const auto text = as_text(json);
  try {
    const auto document = nlohmann::json::parse(json);
    require(text || from_json<Entity>(json).error().message == detail::json_too_deep ||
                !document.is_object(),
            "JSON is taken for JSON");
    if (!text) return;
    require(nlohmann::json::parse(*text) == document, "spaces are all that unknown members lose");
    require(as_text(*text) == text, "text without spaces has none to lose");
    check_integer(json, document);
  } catch (const nlohmann::json::parse_error&) {
    require(!text, "what is not JSON is not taken for it");
  } catch (const nlohmann::json::out_of_range&) {
  }
}

void check_error_body(std::string_view json) {
  const auto text = as_text(json);
  const auto body = detail::decode_error_body(json);
  require(body.has_value() == (text && text->front() == '{'), "an object is an error body");
  if (!body) return;
  require(as_text(to_json(*body)).has_value(), "what did not fit is JSON");
  if (auto strict = from_json<ErrorBody>(json)) {
    if (!strict->message && body->message) strict->message = body->message;
    require(*strict == *body, "what fits is decoded alike, leniently and strictly");
  }
}

constexpr void (*decoders[])(std::string_view) = {decode<Entity>,
                                                  decode<NamedEntity>,
                                                  decode<DomainEntityRef>,
                                                  decode<RoleDivision>,
                                                  decode<OrgOAuthClient>,
                                                  decode<TokenInfoClonedUser>,
                                                  decode<TokenInfo>,
                                                  decode<InactivityTimeoutGroupBundle>,
                                                  decode<IdleTokenTimeout>,
                                                  decode<Detail>,
                                                  decode<Limit>,
                                                  decode<ErrorBody>};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto model = static_cast<unsigned char>(*data - 'a');  // so that seeds can be read
  const std::string_view json(reinterpret_cast<const char*>(data) + 1, size - 1);
  decoders[model % std::size(decoders)](json);
  check_syntax(json);
  check_error_body(json);
  return 0;
}
