// SPDX-License-Identifier: MIT
#include "support.hpp"

#include <sstream>
#include <type_traits>

namespace {

/// What the memory held when it was freed.
struct Memory {
  int given = 0;
  int returned = 0;
  int returned_with_content = 0;
};
Memory memory;

/// Looks at memory when it is freed.
template <class T>
struct WatchingAllocator {
  using value_type = T;

  T* allocate(std::size_t count) {
    ++memory.given;
    return std::allocator<T>().allocate(count);
  }
  void deallocate(T* items, std::size_t count) {
    ++memory.returned;
    bool content = false;
    for (std::size_t i = 0; i < count; ++i) content = content || items[i] != T{};
    memory.returned_with_content += content;
    std::allocator<T>().deallocate(items, count);
  }
};

using Token = purecloud::BasicSecret<purecloud::detail::AccessTokenKind, WatchingAllocator<char>>;

constexpr const char* secret = "cwRto9ScTfKZ0mQp7xAbC";

void check_wiped() {
  CHECK(memory.given > 0);
  CHECK(memory.returned == memory.given);
  CHECK(memory.returned_with_content == 0);
}

}  // namespace

TEST_CASE("a token's memory is wiped when it is destroyed") {
  memory = {};
  { const Token token(secret); }
  check_wiped();
}

TEST_CASE("a token's memory is wiped when another is copied over it, longer or shorter") {
  memory = {};
  {
    Token token(secret);
    const Token longer(std::string(secret) + secret);
    token = longer;
    const Token shorter("short");
    token = shorter;
    CHECK(token.reveal() == "short");
    CHECK(memory.returned == 2);
    token = Token();
    CHECK(memory.returned == 3);
  }
  check_wiped();
}

TEST_CASE("a token's memory is wiped when another is moved over it") {
  memory = {};
  {
    Token token(secret);
    token = Token("another-token");
    CHECK(token.reveal() == "another-token");
    CHECK(memory.returned == 1);
  }
  check_wiped();
}

TEST_CASE("a move leaves nothing of a token behind, not even of a short one") {
  for (const char* text : {secret, "short"}) {
    memory = {};
    {
      Token from(text);
      const Token to(std::move(from));
      CHECK(memory.given == 1);
      CHECK(to.reveal() == text);
      CHECK(from.empty());
      // the object itself, byte by byte: no buffer of its own that kept the characters
      const std::string object(reinterpret_cast<const char*>(&from), sizeof from);
      CHECK_FALSE(support::contains(object, text));
    }
    check_wiped();
  }
}

TEST_CASE("a token assigned to itself keeps its value") {
  memory = {};
  {
    Token token(secret);
    const Token& same = token;
    token = same;
    CHECK(token.reveal() == secret);
  }
  check_wiped();
}

TEST_CASE("a token never prints, nor does a secret") {
  std::ostringstream out;
  out << purecloud::AccessToken(secret) << ' ' << purecloud::AccessToken() << ' '
      << purecloud::Secret(secret) << ' ' << purecloud::Secret();
  CHECK(out.str() == "<access token> <access token> <secret> <secret>");
}

TEST_CASE("a secret behaves as a token does, and neither converts to the other") {
  using purecloud::AccessToken, purecloud::Secret;
  CHECK(Secret(secret).reveal() == secret);
  CHECK(Secret() == Secret(""));
  CHECK_FALSE(std::is_convertible_v<Secret, AccessToken>);
  CHECK_FALSE(std::is_convertible_v<AccessToken, Secret>);
  CHECK_FALSE(std::is_convertible_v<Secret, std::string>);
  CHECK_FALSE(std::is_convertible_v<Secret, std::string_view>);
}

TEST_CASE("a token converts from every kind of string, NUL and all") {
  using namespace std::string_literals;
  using namespace std::string_view_literals;
  const purecloud::AccessToken from_string = "a\0b"s;
  const purecloud::AccessToken from_view = "a\0b"sv;
  const purecloud::AccessToken from_literal = "ab";
  CHECK(from_string.reveal() == "a\0b"sv);
  CHECK(from_string == from_view);
  CHECK(from_string != from_literal);
  CHECK(purecloud::AccessToken().empty());
  CHECK_FALSE(from_literal.empty());
  purecloud::Configuration configuration;
  configuration.access_token = "text";
  CHECK(configuration.access_token.reveal() == "text");
}
