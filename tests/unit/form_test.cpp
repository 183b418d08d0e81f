// SPDX-License-Identifier: MIT
#include "support.hpp"

#include <set>

#if defined(PURECLOUD_TOKENS_SEPARATE)               // what otherwise comes with the bodies
#if __has_include(<purecloud/detail/text/text.hpp>)  // else a single header has them
#include <purecloud/detail/oauth/digest.hpp>
#include <purecloud/detail/oauth/form.hpp>
#endif
#endif

namespace {

using namespace purecloud;
using Members = std::vector<std::pair<std::string, std::string>>;

std::string every_byte() {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
  return bytes;
}

std::string bytes_of_hex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2)
    bytes += static_cast<char>(detail::hex_digit(hex[i]) * 16 + detail::hex_digit(hex[i + 1]));
  return bytes;
}

}  // namespace

TEST_CASE("a form keeps letters, digits and *-._, and encodes all else") {
  CHECK(detail::form_encode({}).empty());
  CHECK(detail::form_encode({{"grant_type", "client_credentials"}}) ==
        "grant_type=client_credentials");
  CHECK(detail::form_encode({{"a b", "1+1=2&3"}, {"empty", ""}, {"", "ü"}}) ==
        "a+b=1%2B1%3D2%263&empty=&=%C3%BC");
  CHECK(detail::form_encode({{"AZaz09*-._", "~!'()/:\r\n\x7f%"}, {"", {"\0", 1}}}) ==
        "AZaz09*-._=%7E%21%27%28%29%2F%3A%0D%0A%7F%25&=%00");
}

TEST_CASE("a form is read as it was written, whatever is in it") {
  const std::string bytes = every_byte();
  const auto read = detail::parse_form(detail::form_encode({{bytes, bytes}, {"", ""}, {"a", ""}}));
  REQUIRE(read);
  CHECK(*read == Members{{bytes, bytes}, {"", ""}, {"a", ""}});
}

TEST_CASE("a form is read as the URL standard says") {
  CHECK(*detail::parse_form("") == Members{});
  CHECK(*detail::parse_form("&&a=1&&b=2&") == Members{{"a", "1"}, {"b", "2"}});
  CHECK(*detail::parse_form("a") == Members{{"a", ""}});
  CHECK(*detail::parse_form("a=b=c") == Members{{"a", "b=c"}});
  CHECK(*detail::parse_form("=") == Members{{"", ""}});
  CHECK(*detail::parse_form("a+b=%2b+%2B") == Members{{"a b", "+ +"}});
  CHECK(*detail::parse_form("a=1&a=2") == Members{{"a", "1"}, {"a", "2"}});
  CHECK(*detail::parse_form("a=%2541") == Members{{"a", "%41"}});
}

TEST_CASE("a form with a percent sign that encodes nothing is refused") {
  for (const char* form : {"a=%", "a=%4", "a=%G1", "a=%1G", "%=1", "a=%%41", "a=1&b=%zz"})
    CHECK_FALSE(detail::parse_form(form));
}

TEST_CASE("base64 is RFC 4648's") {
  const std::pair<const char*, const char*> examples[] = {{"", ""},
                                                          {"f", "Zg=="},
                                                          {"fo", "Zm8="},
                                                          {"foo", "Zm9v"},
                                                          {"foob", "Zm9vYg=="},
                                                          {"fooba", "Zm9vYmE="},
                                                          {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : examples) {
    CHECK(detail::base64(bytes) == text);
    CHECK(detail::base64_decode(text) == bytes);
  }
  CHECK(detail::base64("\xfb\xff") == "+/8=");
  CHECK(detail::base64url("\xfb\xff") == "-_8");
  CHECK(detail::base64url("") == "");
  CHECK(detail::base64_decode(detail::base64(every_byte())) == every_byte());
}

TEST_CASE("base64 in any other form is refused") {
  for (const char* text : {"Zg", "Zg=", "Z", "=", "====", "Zg=a", "Z===", "Zm9v====", " Zg=",
                           "Zg==\n\n\n\n", "Zm9v\nZg=", "-_8=", "Zh==", "Zm=v", "Zm9v Zm9"})
    CHECK_FALSE(detail::base64_decode(text));
}

TEST_CASE("SHA-256 is FIPS 180-4's") {
  CHECK(detail::sha256("abc") ==
        bytes_of_hex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
  CHECK(detail::sha256("") ==
        bytes_of_hex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
  // RFC 7636, appendix B
  CHECK(detail::base64url(detail::sha256("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")) ==
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

TEST_CASE("random bytes are as many as asked for, and never the same") {
  CHECK(detail::random_bytes(0).empty());
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    seen.insert(detail::random_bytes(16));
    CHECK(seen.rbegin()->size() == 16);
  }
  CHECK(seen.size() == 100);
}
