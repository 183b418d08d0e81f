// SPDX-License-Identifier: MIT
#include "support.hpp"

namespace {

using namespace purecloud;
using std::chrono::milliseconds;

bool decodes(const std::string& text) {
  const auto result = from_json<TokenInfo>(text);
  if (!result) {
    CHECK(result.error().kind == ErrorKind::decode);
    CHECK_FALSE(result.error().message.empty());
  }
  return bool(result);
}

template <class T>
std::string rewritten(const std::string& text) {
  const auto result = from_json<T>(text);
  return result ? to_json(*result) : result.error().message;
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

std::string nested(std::size_t levels) {
  return R"({"x":)" + std::string(levels - 1, '[') + std::string(levels - 1, ']') + "}";
}

std::optional<std::int64_t> since_epoch(std::string_view text) {
  const auto time = parse_timestamp(text);
  if (!time) return std::nullopt;
  return time->time_since_epoch().count();
}

}  // namespace

TEST_CASE("text that is not JSON is an error, whatever it is") {
  using namespace std::string_literals;
  for (const std::string& text : {""s,
                                  " "s,
                                  "{"s,
                                  "}"s,
                                  "{\"a\":1,}"s,
                                  "{'a':1}"s,
                                  "{\"a\":NaN}"s,
                                  "{\"a\":01}"s,
                                  "{} {}"s,
                                  "{}\0"s,
                                  "<html></html>"s,
                                  "{\"a\":\"\xff\"}"s,
                                  "{\"a\":\"\xc0\x80\"}"s,
                                  "{\"a\":\"\xed\xa0\x80\"}"s,
                                  "{\"a\":\"\\ud800\"}"s,
                                  "{\"a\":\"\n\"}"s,
                                  "{\"a\":\"\\udc00\"}"s,
                                  "{\"a\":\"\\ud800\\u0020\"}"s,
                                  "{\"a\":\"\\u12g4\"}"s,
                                  "{\"a\":\"\xf4\x90\x80\x80\"}"s,
                                  "{\"a\":\"\xf0\x8f\xbf\xbf\"}"s,
                                  "{\"a\":\"\xe2\x82\"}"s,
                                  "{\"a\":\"\0\"}"s,
                                  "{\"a\":\"open}"s,
                                  "{\"a\":-}"s,
                                  "{\"a\":+1}"s,
                                  "{\"a\":.5}"s,
                                  "{\"a\":1.}"s,
                                  "{\"a\":1e}"s,
                                  "{\"a\":1e+}"s,
                                  "{\"a\":-01}"s,
                                  "{\"a\":nul}"s,
                                  "{\"a\":truer}"s,
                                  "{\"a\":[1 2]}"s,
                                  "{\"a\":[,1]}"s,
                                  "{\"a\":[1,]}"s,
                                  "{\"a\":[1}"s,
                                  "{\"a\":1]"s,
                                  "{\"a\"}"s,
                                  "{\"a\":}"s,
                                  "{\"a\" 1}"s,
                                  "{\"a\":1 \"b\":2}"s,
                                  "{,\"a\":1}"s,
                                  "{1:2}"s,
                                  "{/**/}"s,
                                  "{\"a\":\"\\x\"}"s}) {
    CAPTURE(text);
    CHECK_FALSE(decodes(text));
  }
}

TEST_CASE("of members with the same name the last one counts") {
  const auto entity = from_json<Entity>(R"({"id":"first","id":"last"})");
  REQUIRE(entity);
  CHECK(entity->id == "last");
}

TEST_CASE("a later object or array replaces the earlier one whole, null makes it absent") {
  CHECK(rewritten<TokenInfo>(R"({"organization":{"id":"1","name":"a","x":1},"organization":{}})") ==
        R"({"organization":{}})");
  CHECK(rewritten<OrgOAuthClient>(R"({"scope":["a","b"],"scope":["c"]})") == R"({"scope":["c"]})");
  CHECK(rewritten<TokenInfo>(R"({"organization":{"id":"1"},"organization":null})") == "{}");
  CHECK(rewritten<IdleTokenTimeout>(
            R"({"idleTokenTimeoutSeconds":1,"idleTokenTimeoutSeconds":null,)"
            R"("inactivityTimeoutUnit":"a","inactivityTimeoutUnit":null})") == "{}");
  CHECK(rewritten<ErrorBody>(R"({"messageParams":{"a":"1","b":"2"},"messageParams":{"c":"3",)"
                             R"("c":"4"}})") == R"({"messageParams":{"c":"4"}})");
  CHECK(rewritten<Entity>(R"({"x":[1,2],"y":1,"x":{"a":[1]},"y":null})") ==
        R"({"x":{"a":[1]},"y":null})");
}

TEST_CASE("unknown members keep their text, without the spaces between tokens") {
  CHECK(rewritten<Entity>(
            "{ \"x\" : [ 1.50, 1E2, -0,\n\"\\u00e9\\/ \\n\",\t{ \"b\" : { }, \"a\" : [ ],\r\n"
            "\"a\" : false } ] }") ==
        R"({"x":[1.50,1E2,-0,"\u00e9\/ \n",{"b":{},"a":[],"a":false}]})");
}

TEST_CASE("numbers of unknown members keep their text, whatever a double would make of them") {
  for (const char* number :
       {"123456789012345678901234567890", "-123456789012345678901234567890", "1e400", "-1e400",
        "1e-400", "1.10", "0.1000000000000000055511151231257827", "1E+2", "-0", "-0.0", "0e0",
        "18446744073709551616", "9007199254740993.0", "1e99999999999999999999"}) {
    CAPTURE(number);
    const auto info = from_json<TokenInfo>(R"({"x":)" + std::string(number) +
                                           R"(,"organization":{"y":[{"z":)" + number + "}]}}");
    REQUIRE(info);
    CHECK(info->additional_properties.at("x") == number);
    CHECK(info->organization->additional_properties.at("y") ==
          R"([{"z":)" + std::string(number) + "}]");
    const auto again = from_json<TokenInfo>(to_json(*info));
    REQUIRE(again);
    CHECK(*again == *info);
  }
}

TEST_CASE("a byte order mark may stand before the text (RFC 8259, 8.1), and nowhere else") {
  CHECK(decodes("\xef\xbb\xbf{}"));
  CHECK_FALSE(decodes("\xef\xbb{}"));
  CHECK_FALSE(decodes("{}\xef\xbb\xbf"));
}

TEST_CASE("a document may nest 100 levels and not one more") {
  CHECK(decodes(nested(100)));
  CHECK_FALSE(decodes(nested(101)));
}

TEST_CASE("levels count the same in known and in unknown members") {
  const auto body = [](std::size_t known, const std::string& innermost) {
    return repeated(R"({"errors":[)", known) + innermost + repeated("]}", known);
  };
  const std::string too_deep = "nested deeper than 100 levels";
  CHECK(rewritten<ErrorBody>(body(50, "")) == body(50, ""));
  CHECK(rewritten<ErrorBody>(body(50, "{}")) == too_deep);
  const auto unknown = [](std::size_t levels) {
    return R"({"x":)" + repeated("[", levels) + repeated("]", levels) + "}";
  };
  CHECK(rewritten<ErrorBody>(body(30, unknown(39))) == body(30, unknown(39)));
  CHECK(rewritten<ErrorBody>(body(30, unknown(40))) == too_deep);
  CHECK(rewritten<ErrorBody>(body(30, R"({"x":)" + body(20, "") + "}")) == too_deep);
}

TEST_CASE("a document of 100,000 levels is an error, not a crash") {
  for (const char* opening : {"[", "{\"a\":", "{\"OAuthClient\":", "[{\"x\":["}) {
    std::string text = "{\"x\":";
    for (int i = 0; i < 100'000; ++i) text += opening;
    CHECK_FALSE(decodes(text));
  }
  std::string errors;
  for (int i = 0; i < 100'000; ++i) errors += R"({"errors":[)";
  CHECK_FALSE(from_json<ErrorBody>(errors));
}

TEST_CASE("brackets inside a string do not count as levels") {
  CHECK(decodes(R"({"x":")" + std::string(1'000, '[') + "\"}"));
  CHECK(decodes(R"({"x":"\"\\)" + std::string(1'000, '{') + "\"}"));
  CHECK_FALSE(decodes(R"({"x":"\\",)" + std::string("\"y\":") + std::string(200, '[')));
}

TEST_CASE("many levels one after the other are not deep") {
  std::string text = R"({"x":[0)";
  for (int i = 0; i < 1'000; ++i) text += ",[{}]";
  CHECK(decodes(text + "]}"));
}

TEST_CASE("strings come through whole: NUL, quotes, all of Unicode") {
  const auto entity = from_json<Entity>("{\"id\":\"a\\u0000\\\"\\ud83d\\ude00\xf0\x9f\x98\x80\"}");
  REQUIRE(entity);
  CHECK(*entity->id == std::string("a\0\"\xf0\x9f\x98\x80\xf0\x9f\x98\x80", 11));
  CHECK(*from_json<Entity>(to_json(*entity)) == *entity);
}

TEST_CASE("a date-time is read to the millisecond, further digits are cut") {
  CHECK(since_epoch("1970-01-01T00:00:00Z") == 0);
  CHECK(since_epoch("1970-01-01T00:00:00.001Z") == 1);
  CHECK(since_epoch("1969-12-31T23:59:59.999Z") == -1);
  CHECK(since_epoch("1970-01-01T00:00:00.1Z") == 100);
  CHECK(since_epoch("1970-01-01T00:00:00.12Z") == 120);
  CHECK(since_epoch("1970-01-01T00:00:00.1239999999999999999999Z") == 123);
  CHECK(since_epoch("0000-01-01T00:00:00Z") == -62'167'219'200'000);
  CHECK(since_epoch("9999-12-31T23:59:59.999Z") == 253'402'300'799'999);
}

TEST_CASE(
    "an offset from UTC, and letters in lower case, make the same date-time (RFC 3339, 5.6)") {
  for (const char* text :
       {"2026-01-01T00:00:00Z", "2026-01-01T00:00:00+00:00", "2026-01-01T00:00:00-00:00",
        "2026-01-01t00:00:00z", "2026-01-01T01:00:00+01:00", "2025-12-31T23:00:00-01:00",
        "2026-01-01T05:45:00+05:45", "2026-01-01T23:59:00+23:59", "2025-12-31T00:01:00-23:59"}) {
    CAPTURE(text);
    CHECK(since_epoch(text) == 1'767'225'600'000);
  }
  CHECK(since_epoch("2026-01-01T00:00:00.1239+00:00") == 1'767'225'600'123);
  CHECK(since_epoch("1969-12-31T19:00:00.001-05:00") == 1);
  CHECK(since_epoch("0000-01-01T00:00:00-00:01") == -62'167'219'140'000);
  CHECK(since_epoch("9999-12-31T23:59:59+00:01") == 253'402'300'739'000);
  CHECK(rewritten<TokenInfo>(R"({"dateTokenIdles":"2026-01-01T01:00:00+01:00"})") ==
        R"({"dateTokenIdles":"2026-01-01T00:00:00.000Z"})");
}

TEST_CASE("a leap second, in UTC or elsewhere, is the second after it (RFC 3339, 5.7)") {
  constexpr std::int64_t new_year = 1'483'228'800'000;  // 2017
  CHECK(since_epoch("2016-12-31T23:59:60Z") == new_year);
  CHECK(since_epoch("2016-12-31T15:59:60-08:00") == new_year);
  CHECK(since_epoch("2017-01-01T05:29:60.25+05:30") == new_year + 250);
}

TEST_CASE("February has 29 days only in leap years") {
  CHECK(since_epoch("2000-02-29T00:00:00Z") == 951'782'400'000);
  CHECK(since_epoch("2024-02-29T00:00:00Z") == 1'709'164'800'000);
  for (const char* text : {"1900-02-29T00:00:00Z", "2026-02-29T00:00:00Z", "2024-02-30T00:00:00Z",
                           "2100-02-29T00:00:00Z"})
    CHECK_FALSE(parse_timestamp(text));
}

TEST_CASE("a date-time of another form, or of a time that does not exist, is refused") {
  for (const char* text : {"",
                           "2026-01-01",
                           "2026-01-01T00:00:00",
                           "2026-01-01 00:00:00Z",
                           "2026-01-01T00:00:00.Z",
                           "2026-01-01T00:00:00,5Z",
                           "2026-01-01T00:00Z",
                           "2026-1-01T00:00:00Z",
                           "26-01-01T00:00:00Z",
                           "12026-01-01T00:00:00Z",
                           "-026-01-01T00:00:00Z",
                           "2026-00-01T00:00:00Z",
                           "2026-13-01T00:00:00Z",
                           "2026-01-00T00:00:00Z",
                           "2026-04-31T00:00:00Z",
                           "2026-01-32T00:00:00Z",
                           "2026-01-01T24:00:00Z",
                           "2026-01-01T00:60:00Z",
                           "2026-01-01T00:00:00Z ",
                           " 2026-01-01T00:00:00Z",
                           "2026-01-01T00:00:00ZZ",
                           "2026-01-01T00:00:00.+12Z",
                           "2026-01-01T00:00:00+0000",
                           "2026-01-01T00:00:00+00",
                           "2026-01-01T00:00:00+00:00Z",
                           "2026-01-01T00:00:00Z+00:00",
                           "2026-01-01T00:00:00+24:00",
                           "2026-01-01T00:00:00+00:60",
                           "2026-01-01T00:00:00+1:00",
                           "2026-01-01T00:00:00 01:00",
                           "2026-01-01T00:00:00.5",
                           "2016-12-31T22:59:60Z",
                           "2016-12-31T23:58:60Z",
                           "2016-12-31T23:59:61Z",
                           "2016-12-31T23:59:60+01:00",
                           "0000-01-01T00:00:00+00:01",
                           "9999-12-31T23:59:59-00:01",
                           "9999-12-31T23:59:60Z"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_timestamp(text));
  }
}

TEST_CASE("a date-time is written with three digits of a second, before 1970 as well") {
  CHECK(format_timestamp(Timestamp(milliseconds(0))) == "1970-01-01T00:00:00.000Z");
  CHECK(format_timestamp(Timestamp(milliseconds(-1))) == "1969-12-31T23:59:59.999Z");
  CHECK(format_timestamp(Timestamp(milliseconds(951'782'400'007))) == "2000-02-29T00:00:00.007Z");
  CHECK(format_timestamp(Timestamp(milliseconds(-62'167'219'200'000))) ==
        "0000-01-01T00:00:00.000Z");
  CHECK_FALSE(format_timestamp(Timestamp(milliseconds(-62'167'219'200'001))));
  CHECK_FALSE(format_timestamp((Timestamp::max)()));
}

TEST_CASE("every day of 800 years is one day after the last, and read as it is written") {
  auto day = *parse_timestamp("1600-01-01T12:34:56.789Z");
  const auto end = *parse_timestamp("2400-01-01T12:34:56.789Z");
  std::string last;
  int days = 0, mistakes = 0;
  for (; day < end; day += std::chrono::hours(24), ++days) {
    const auto text = format_timestamp(day);
    if (!text || *text <= last || parse_timestamp(*text) != day) ++mistakes;
    last = text.value_or(last);
  }
  CHECK(mistakes == 0);
  CHECK(days == 2 * 146'097);
}
