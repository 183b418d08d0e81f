// SPDX-License-Identifier: MIT

// What decoding takes: this file counts, and may refuse, whatever the program allocates.

#include <cstddef>
#include <cstdlib>
#include <new>

#include "support.hpp"

#if defined(PURECLOUD_TOKENS_SEPARATE)               // what otherwise comes with the bodies
#if __has_include(<purecloud/detail/text/text.hpp>)  // else a single header has them
#include <purecloud/detail/json/error_body.hpp>
#endif
#endif

namespace {

/// Of this thread only.
thread_local std::size_t allocated = 0, most_allocated = 0;
/// Allocations until one fails; never, while it is negative.
thread_local long until_failure = -1;

constexpr std::size_t header = alignof(std::max_align_t);

}  // namespace

void* operator new(std::size_t size) {
  if (until_failure == 0) throw std::bad_alloc();
  if (until_failure > 0) --until_failure;
  void* const block = std::malloc(header + size);
  if (!block) throw std::bad_alloc();
  *static_cast<std::size_t*>(block) = size;
  allocated += size;
  if (allocated > most_allocated) most_allocated = allocated;
  return static_cast<char*>(block) + header;
}

void operator delete(void* pointer) noexcept {
  if (!pointer) return;
  void* const block = static_cast<char*>(pointer) - header;
  allocated -= *static_cast<std::size_t*>(block);
  std::free(block);
}

void operator delete(void* pointer, std::size_t) noexcept { operator delete(pointer); }

namespace {

using namespace purecloud;

constexpr std::size_t megabyte = 1024 * 1024;

/// `before`, then as many items as a text of that size can hold, each with a name where they are
/// members, then `after`.
std::string filled(const std::string& before, std::string_view item, std::string_view after,
                   std::size_t size = megabyte) {
  std::string text = before;
  for (std::size_t i = 0; text.size() + item.size() + after.size() + 12 < size; ++i) {
    if (i > 0) text += ',';
    for (const char c : item)
      if (c == '#')
        text += std::to_string(i);
      else
        text += c;
  }
  return text.append(after);
}

template <class T>
bool decodes(std::string_view text) {
  return bool(from_json<T>(text));
}

bool decodes_as_error(std::string_view text) { return detail::decode_error_body(text).has_value(); }

/// The most that decoding the text had allocated at one time.
std::size_t memory_of(bool (*decode)(std::string_view), std::string_view text) {
  const std::size_t before = most_allocated = allocated;
  decode(text);
  return most_allocated - before;
}

}  // namespace

TEST_CASE("decoding takes at most 32 bytes of memory for each byte of text, and 256 KiB") {
  const std::string deep = R"({"errors":[{"errors":[{"errors":[)";
  const struct {
    bool (*decode)(std::string_view);
    std::string text;
  } cases[] = {
      {decodes<ErrorBody>, filled(R"({"errors":[)", "{}", "]}")},
      {decodes<ErrorBody>, filled(R"({"errors":[)", "{}", "]}", megabyte / 100)},
      {decodes<ErrorBody>, filled(deep, "{}", "]}]}]}")},
      {decodes<ErrorBody>, filled(R"({"errors":[)", R"({"errors":[{}]})", "]}")},
      {decodes<ErrorBody>, filled(R"({"errors":[)", R"({"details":[{},{}],"limit":{}})", "]}")},
      {decodes<ErrorBody>, filled(R"({"details":[)", "{}", "]}")},
      {decodes<ErrorBody>, filled(R"({"messageParams":{)", R"("#":"")", "}}")},
      {decodes<ErrorBody>, filled(R"({"errors":[{},{},{}],)", R"("#":0)", "}")},
      {decodes<ErrorBody>, filled("{", R"("errors":[{},{},{}])", "}")},
      {decodes_as_error, filled(R"({"errors":[)", "{}", R"(],"code":"c"})")},
      {decodes_as_error, filled(R"({"errors":[)", "null", "]}")},
      {decodes_as_error, filled("{", R"("errors":[{},{},1])", "}")},
      {decodes<TokenInfo>, filled(R"({"authorizedScope":[)", R"("")", "]}")},
      {decodes<TokenInfo>, filled(R"({"authorizedScope":[)", R"("0123456789abcdef")", "]}")},
      {decodes<TokenInfo>, filled(R"({"OAuthClient":{"roleDivisions":[)", "{}", "]}}")},
      {decodes<TokenInfo>, filled("{", R"("#":0)", "}")},
      {decodes<IdleTokenTimeout>, filled(R"({"inactivityTimeoutGroupBundles":[)", "{}", "]}")},
      {decodes<IdleTokenTimeout>,
       filled(R"({"inactivityTimeoutGroupBundles":[)", R"({"groups":["",""]})", "]}")},
      {decodes<Entity>, filled(R"({"x":[)", "[]", "]}")},
      {decodes<Entity>, filled(R"({"x":[)", "null", "]}")},
      {decodes<Entity>, R"({"x":)" + std::string(megabyte, ' ') + "[]}"},
      {decodes<Entity>, R"({"x":)" + std::string(megabyte, '9') + "}"},
      {decodes<Entity>, R"({"x":")" + std::string(megabyte, 'a') + "\"}"},
      {decodes<Entity>, R"({"id":")" + std::string(megabyte, 'a') + "\"}"},
      {decodes<Entity>, std::string(megabyte, '\n')},
      {decodes<Limit>, R"({"value":1)" + std::string(megabyte, '0') + "}"},
  };
  for (const auto& each : cases) {
    CAPTURE(each.text.substr(0, 60));
    CHECK(memory_of(each.decode, each.text) <= 32 * each.text.size() + 256 * 1024);
  }
}

TEST_CASE("an array of too many empty elements is an error that says where it is") {
  const auto body = from_json<ErrorBody>(filled(R"({"errors":[{"errors":[)", "{}", "]}]}"));
  REQUIRE_FALSE(body);
  CHECK(body.error().kind == ErrorKind::decode);
  CHECK(body.error().message ==
        "/errors/0/errors: an array of too many elements for a text of its size");
}

TEST_CASE("an error body with an array of too many elements keeps it as text") {
  const std::string errors = filled("[", "{}", "]");
  const auto body =
      detail::decode_error_body(R"({"code":"c","errors":)" + errors + R"(,"contextId":"x"})");
  REQUIRE(body);
  CHECK(body->code == "c");
  CHECK(body->context_id == "x");
  CHECK_FALSE(body->errors);
  CHECK(body->additional_properties.at("errors") == errors);
}

TEST_CASE("an error body in which each of many levels has a misfit is read in linear time") {
  // each of 40 arrays ends in an element that is not an object, and would be read again as text;
  // the outermost has none, and is what is kept in the end
  std::string text = filled(R"({"x":[)", "1", "]}");
  for (int level = 0; level < 40; ++level) text = R"({"errors":[)" + text + ",1]}";
  const auto body = detail::decode_error_body(R"({"code":"c","errors":[)" + text + "]}");
  REQUIRE(body);
  CHECK(body->code == "c");
  CHECK_FALSE(body->errors);
  CHECK(body->additional_properties.at("errors") == "[" + text + "]");
}

TEST_CASE("arrays of the size that people have are not too many") {
  const std::string id = R"("01234567-89ab-cdef-0123-456789abcdef")";
  CHECK(decodes<TokenInfo>(filled(R"({"authorizedScope":[)", R"("users")", "]}")));
  CHECK(decodes<IdleTokenTimeout>(
      filled(R"({"inactivityTimeoutGroupBundles":[{"groups":[)", id, "]}]}")));
  CHECK(decodes<OrgOAuthClient>(filled(
      R"({"roleDivisions":[)", R"({"roleId":)" + id + R"(,"divisionId":)" + id + "}", "]}")));
  CHECK(decodes<ErrorBody>(
      filled(R"({"errors":[)",
             R"({"code":"bad.request","message":"The request could not be understood by the )"
             R"(server due to malformed syntax.","status":400,"contextId":)" +
                 id + "}",
             "]}")));
  CHECK(decodes<ErrorBody>(filled(R"({"errors":[)", "{}", "]}", 300)));
}

TEST_CASE("a failed allocation leaves decoding as std::bad_alloc, and nothing behind") {
  constexpr std::string_view text =
      R"({"code":"a code that needs memory","errors":[{"x":["more than fits in a string"]},)"
      R"({"details":[{}]}],"messageParams":{"a":"0123456789abcdef"},"limit":{"x":{}}})";
  for (bool (*const decode)(std::string_view) : {decodes<ErrorBody>, decodes_as_error}) {
    const std::size_t before = allocated;
    long failures = 0;
    for (bool decoded = false; !decoded; ++failures) {
      until_failure = failures;
      try {
        decoded = decode(text);
        until_failure = -1;
        CHECK(decoded);
      } catch (const std::bad_alloc&) {
        until_failure = -1;
      }
      CHECK(allocated == before);
    }
    CHECK(failures >= 10);
  }
}
