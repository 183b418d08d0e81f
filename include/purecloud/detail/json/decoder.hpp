// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <purecloud/detail/text/text.hpp>
#include <purecloud/detail/json/type.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

constexpr std::size_t json_depth_limit = 100;

/// Builds a document from the events of a parser.
class JsonBuilder {
 public:
  using Json = nlohmann::json;

  /// The arrays and objects that have not ended.
  std::size_t depth() const { return open_.size(); }
  /// What was built, once the depth is 0 again.
  Json& document() { return document_; }

  void key(const std::string& name) { key_ = name; }
  void begin(Json::value_t kind) { open_.push_back(&add(kind)); }
  void end() { open_.pop_back(); }

  Json& add(Json value) {
    if (open_.empty()) return document_ = std::move(value);
    Json& parent = *open_.back();
    if (!parent.is_array()) return parent[key_] = std::move(value);
    parent.push_back(std::move(value));
    return parent.back();
  }

 private:
  Json document_;
  std::vector<Json*> open_;
  std::string key_;
};

/// Takes the events of nlohmann::json's SAX parser (the functions have the names that it asks for),
/// and fills what `root` points to. They return false, with error() set, at the first value that
/// does not fit.
class JsonDecoder {
 public:
  using Json = nlohmann::json;

  explicit JsonDecoder(JsonSlot root) : next_(root) {}

  const std::string& error() const { return error_; }

  bool null() {
    const JsonType& type = next_type();
    if (type.any) return keep(nullptr);
    return type.emplace || mismatch();  // the same as absent
  }

  bool boolean(bool value) {
    const JsonType& type = next_type();
    if (type.any) return keep(value);
    if (!type.boolean) return mismatch();
    type.boolean(next_object(), value);
    return true;
  }

  bool number_integer(Json::number_integer_t value) {
    const JsonType& type = next_type();
    if (type.any) return keep(value);
    if (!type.integer) return mismatch();
    return type.integer(next_object(), value) || fail("an integer out of range");
  }

  bool number_unsigned(Json::number_unsigned_t value) {
    const JsonType& type = next_type();
    if (type.any) return keep(value);
    if (!type.integer) return mismatch();
    constexpr auto greatest = (std::numeric_limits<std::int64_t>::max)();
    return (value <= std::uint64_t{greatest} &&
            type.integer(next_object(), static_cast<std::int64_t>(value))) ||
           fail("an integer out of range");
  }

  bool number_float(Json::number_float_t value, const std::string&) {
    return next_type().any ? keep(value) : mismatch();
  }

  bool string(const std::string& value) {
    const JsonType& type = next_type();
    if (type.any) return keep(value);
    return (type.string && type.string(next_object(), value)) || mismatch();
  }

  /// Not in a text, but in a document.
  bool binary(const Json::binary_t& value) { return next_type().any ? keep(value) : mismatch(); }

  bool start_object(std::size_t) {
    const JsonType& type = next_type();
    return begin(Json::value_t::object, type.member != nullptr);
  }
  bool start_array(std::size_t) {
    const JsonType& type = next_type();
    return begin(Json::value_t::array, type.element != nullptr);
  }
  bool end_object() { return end(); }
  bool end_array() { return end(); }

  bool key(const std::string& name) {
    if (kept_.depth() > 0)
      kept_.key(name);
    else
      next_ = open_[depth_ - 1].type->member(open_[depth_ - 1].to, name);
    return true;
  }

  bool parse_error(std::size_t byte, const std::string&, const Json::exception& problem) {
    constexpr int number_overflow = 406;
    error_ = problem.id == number_overflow ? "a number out of range"
                                           : "not JSON (at byte " + std::to_string(byte) + ")";
    return false;
  }

 private:
  /// Of the value that begins.
  const JsonType& next_type() {
    if (depth_ > 0 && open_[depth_ - 1].type->element)
      next_ = open_[depth_ - 1].type->element(open_[depth_ - 1].to);
    return *next_.type;
  }

  void* next_object() { return next_.type->emplace ? next_.type->emplace(next_.to) : next_.to; }

  bool begin(Json::value_t kind, bool fits) {
    if (!next_.type->any && !fits) return mismatch();
    if (depth_ + kept_.depth() == json_depth_limit) {
      error_ = "nested deeper than 100 levels";
      return false;
    }
    if (next_.type->any)
      kept_.begin(kind);
    else
      open_[depth_++] = {next_object(), next_.type, next_.step};
    return true;
  }

  bool end() {
    if (kept_.depth() == 0) {
      --depth_;
    } else {
      kept_.end();
      write_kept();
    }
    return true;
  }

  bool keep(Json value) {
    kept_.add(std::move(value));
    write_kept();
    return true;
  }

  void write_kept() {
    if (kept_.depth() == 0) *static_cast<std::string*>(next_.to) = kept_.document().dump();
  }

  bool mismatch() { return fail(next_.type->mismatch); }

  bool fail(const char* problem) {
    std::string pointer;
    for (std::size_t i = 1; i < depth_; ++i) append_step(pointer, open_[i].step);
    if (depth_ > 0) append_step(pointer, next_.step);
    error_ = pointer.empty() ? problem : one_line(pointer, 200) + ": " + problem;
    return false;
  }

  JsonSlot next_;                    ///< of the value that comes, or has just come
  JsonSlot open_[json_depth_limit];  ///< the arrays and objects that have not ended, root first
  std::size_t depth_ = 0;            ///< how many they are
  JsonBuilder kept_;                 ///< an unknown member
  std::string error_;
};

/// Fills `root` from a text. Returns what is wrong with it, or nothing.
PURECLOUD_TOKENS_INLINE std::string decode_json(std::string_view text, JsonSlot root) {
  // nlohmann::json takes a NUL for the end of the text, and would not read what follows
  if (text.find('\0') != std::string_view::npos) return "not JSON (it holds a NUL)";
  JsonDecoder decoder(root);
  // As nlohmann::json::sax_parse, which would instantiate the readers of five binary formats too.
  auto input = nlohmann::detail::input_adapter(text);
  nlohmann::detail::parser<nlohmann::json, decltype(input)>(std::move(input)).sax_parse(&decoder);
  return decoder.error();
}

/// The events of a document.
template <class Json>
bool replay(const Json& value, JsonDecoder& to) {
  switch (value.type()) {
    case Json::value_t::boolean: return to.boolean(value.template get<bool>());
    case Json::value_t::number_integer:
      return to.number_integer(value.template get<std::int64_t>());
    case Json::value_t::number_unsigned:
      return to.number_unsigned(value.template get<std::uint64_t>());
    case Json::value_t::number_float: return to.number_float(value.template get<double>(), {});
    case Json::value_t::string: return to.string(value.template get_ref<const std::string&>());
    case Json::value_t::binary: return to.binary(value.get_binary());
    case Json::value_t::array:
      if (!to.start_array(value.size())) return false;
      for (const Json& element : value)
        if (!replay(element, to)) return false;
      return to.end_array();
    case Json::value_t::object:
      if (!to.start_object(value.size())) return false;
      for (const auto& [name, member] : value.template get_ref<const typename Json::object_t&>())
        if (!to.key(name) || !replay(member, to)) return false;
      return to.end_object();
    default: return to.null();
  }
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
