// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <purecloud/detail/json/integer.hpp>
#include <purecloud/detail/json/limits.hpp>
#include <purecloud/detail/json/place.hpp>
#include <purecloud/detail/json/scanner.hpp>
#include <purecloud/detail/json/type.hpp>
#include <purecloud/detail/separate.hpp>
#include <purecloud/detail/text/text.hpp>
#include <purecloud/secret.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// What happens to a misfit: a value of another type than its member's, or an array with too many
/// elements.
enum class JsonMisfit {
  fails,  ///< decoding ends
  /// The value is kept as text in the additional properties of the innermost model around it. To do
  /// so the value is read again; once that has added up to the size of the text, values go to the
  /// additional properties of the root instead.
  is_kept,
};

/// Decodes one JSON text into the object of a slot.
class JsonDecoder {
 public:
  JsonDecoder(std::string_view text, JsonMisfit misfit)
      : scan_(text),
        misfit_(misfit),
        elements_left_(json_elements_limit(text.size())),
        reread_left_(text.size()) {
    string_.reserve(text.size());
  }
  /// Wipes the strings, which in a login host's response are secret.
  ~JsonDecoder() {
    string_.resize(string_.capacity());
    wipe(string_.data(), string_.size());
  }
  JsonDecoder(const JsonDecoder&) = delete;
  JsonDecoder& operator=(const JsonDecoder&) = delete;

  /// Returns false when the text is not JSON or does not fit: problem() says why.
  bool decode(const JsonSlot& root) { return value(root, {}) && (scan_.at_end() || not_json()); }

  const std::string& problem() const { return error_; }

 private:
  // The recursion is bounded by json_depth_limit. A level takes some 600 bytes of stack without
  // optimization.
  bool value(const JsonSlot& slot, const JsonPlace& place) {
    const JsonType& type = *slot.type;
    switch (scan_.peek()) {
      case '{': return object(slot, place);
      case '[': return array(slot, place);
      case '"': {
        std::string_view spelling;
        if (!scan_.string(spelling, string_)) return not_json();
        if (type.any) return keep(slot, spelling);
        return (type.string && type.string(object_of(slot), string_)) || mismatch(slot, place);
      }
      case 't': return boolean("true", true, slot, place);
      case 'f': return boolean("false", false, slot, place);
      case 'n':
        if (!scan_.take("null")) return not_json();
        if (type.any) return keep(slot, "null");
        return type.emplace || mismatch(slot, place);  // null is like an absent member
      default: return number(slot, place);
    }
  }

  bool boolean(std::string_view spelling, bool value, const JsonSlot& slot,
               const JsonPlace& place) {
    if (!scan_.take(spelling)) return not_json();
    if (slot.type->any) return keep(slot, spelling);
    if (!slot.type->boolean) return mismatch(slot, place);
    slot.type->boolean(object_of(slot), value);
    return true;
  }

  bool number(const JsonSlot& slot, const JsonPlace& place) {
    std::string_view spelling;
    if (!scan_.number(spelling)) return not_json();
    if (slot.type->any) return keep(slot, spelling);
    if (!slot.type->integer) return mismatch(slot, place);
    std::int64_t value = 0;
    const JsonInteger integer = json_integer(spelling, value);
    if (integer == JsonInteger::has_fraction) return mismatch(slot, place);
    return (integer == JsonInteger::fits && slot.type->integer(object_of(slot), value)) ||
           fail("an integer out of range", place);
  }

  bool array(const JsonSlot& slot, const JsonPlace& place) {
    if (!slot.type->any && !slot.type->element) return mismatch(slot, place);
    if (!begin("[", slot)) return false;
    void* const to = slot.type->any ? nullptr : object_of(slot);
    for (bool first = true; !scan_.take("]"); first = false) {
      if (!first && !separator(",", slot)) return false;
      if (!(to ? element(*slot.type, to, place) : value(slot, place))) return false;
    }
    return end("]", slot);
  }

  bool object(const JsonSlot& slot, const JsonPlace& place) {
    if (!slot.type->any && !slot.type->member) return mismatch(slot, place);
    if (!begin("{", slot)) return false;
    void* const to = slot.type->any ? nullptr : object_of(slot);
    for (bool first = true; !scan_.take("}"); first = false) {
      if (!first && !separator(",", slot)) return false;
      std::string_view spelling;
      if (!scan_.string(spelling, string_)) return not_json();
      keep(slot, spelling);
      if (!separator(":", slot)) return false;
      if (!(to ? member(*slot.type, to, place) : value(slot, place))) return false;
    }
    return end("}", slot);
  }

  bool element(const JsonType& type, void* to, const JsonPlace& place) {
    if (type.element_cost > elements_left_)
      return fail("an array of too many elements for a text of its size", place);
    elements_left_ -= type.element_cost;
    const JsonSlot slot = type.element(to);
    return value(slot, {&place, slot.step});
  }

  /// Reads the value of the member whose name was just read.
  bool member(const JsonType& type, void* to, const JsonPlace& place) {
    const JsonSlot slot = type.member(to, string_);
    const std::size_t begin = scan_.position(), depth = depth_;
    if (value(slot, {&place, slot.step})) return true;
    if (!is_misfit_ || misfit_ == JsonMisfit::fails || !type.misfit) return false;
    const std::size_t reread = scan_.position() - begin;
    if (depth > 1) {  // a member of the root is never read more than twice
      if (reread > reread_left_) return false;
      reread_left_ -= reread;
    }
    is_misfit_ = false;
    depth_ = depth;
    scan_.rewind(begin);
    return value(type.misfit(to, std::string(slot.step.name)), place);
  }

  bool begin(std::string_view token, const JsonSlot& slot) {
    if (depth_ == json_depth_limit) {
      error_ = json_too_deep;
      return false;
    }
    ++depth_;
    scan_.take(token);
    return keep(slot, token);
  }

  bool separator(std::string_view token, const JsonSlot& slot) {
    return scan_.take(token) ? keep(slot, token) : not_json();
  }

  bool end(std::string_view token, const JsonSlot& slot) {
    --depth_;
    return keep(slot, token);
  }

  static void* object_of(const JsonSlot& slot) {
    return slot.type->emplace ? slot.type->emplace(slot.to) : slot.to;
  }

  /// If the value is kept as text, appends a token to it.
  static bool keep(const JsonSlot& slot, std::string_view token) {
    if (slot.type->any) *static_cast<std::string*>(slot.to) += token;
    return true;
  }

  bool mismatch(const JsonSlot& slot, const JsonPlace& place) {
    return fail(slot.type->mismatch, place);
  }

  bool fail(const char* problem, const JsonPlace& place) {
    is_misfit_ = true;
    if (misfit_ == JsonMisfit::is_kept) return false;  // the message would not be read
    const std::string pointer = one_line(to_pointer(place), 200);
    error_ = pointer.empty() ? problem : pointer + ": " + problem;
    return false;
  }

  bool not_json() {
    error_ = "not JSON (at byte " + std::to_string(scan_.position() + 1) + ")";
    return false;
  }

  JsonScanner scan_;
  JsonMisfit misfit_;
  std::uint64_t elements_left_;  ///< memory for array elements, in bytes
  std::size_t reread_left_;      ///< how many bytes may be read again for misfits
  std::size_t depth_ = 0;        ///< how many arrays and objects are open
  bool is_misfit_ = false;       ///< decoding failed because of a misfit
  std::string string_;  ///< the string or name that was read last; reserved, so never moved
  std::string error_;
};

/// Decodes a text into `root`. Returns what is wrong with it; empty if nothing is.
PURECLOUD_TOKENS_INLINE std::string decode_json(std::string_view text, const JsonSlot& root) {
  JsonDecoder decoder(text, JsonMisfit::fails);
  decoder.decode(root);
  return decoder.problem();
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
