// SPDX-License-Identifier: MIT
#include "support.hpp"

#include <sstream>

namespace {

using namespace purecloud;
using namespace std::chrono_literals;
using support::begins_with;
using support::contains;
using support::ScriptedApi;
using support::ScriptedBackend;

/// The result of getTokensMe when the backend returns this.
Result<TokenInfo> responded(std::vector<HttpResult> responses) {
  auto backend = std::make_shared<ScriptedBackend>();
  for (auto& response : responses) backend->responses.push_back(std::move(response));
  return ScriptedApi(support::with_token("cwRto9ScT"), backend).try_get_tokens_me();
}

Error error_of(int status, std::string body, HttpHeaders headers = {}) {
  const auto result = responded({HttpResponse{status, std::move(headers), std::move(body)}});
  REQUIRE_FALSE(result);
  CHECK(support::is_one_line(result.error().message));
  return result.error();
}

const HttpHeaders json_type = {{"Content-Type", "application/json"}};

}  // namespace

TEST_CASE("an error reads like the call, the status, the code, the message and the id") {
  const auto error =
      error_of(401, R"({"message":"Invalid login credentials.","code":"bad.credentials"})",
               {{"ININ-Correlation-Id", "6f3e-1"}, {"Content-Type", "application/json"}});
  CHECK(error.message ==
        "GET /api/v2/tokens/me: 401 bad.credentials: Invalid login credentials. "
        "(correlation id 6f3e-1)");
  CHECK(error.kind == ErrorKind::http_status);
  CHECK(error.status == 401);
  CHECK(error.correlation_id == "6f3e-1");
  CHECK(error.body->code == "bad.credentials");
  CHECK(error.attempts == 1);
}

TEST_CASE("what() is the message, and printing an error writes it") {
  const auto result = responded({HttpResponse{404, {}, R"({"code":"not.found"})"}});
  std::ostringstream out;
  out << result.error();
  CHECK(out.str() == "GET /api/v2/tokens/me: 404 not.found");
  try {
    static_cast<void>(result.value());
    FAIL("must throw");
  } catch (const std::runtime_error& error) {
    CHECK(std::string(error.what()) == "GET /api/v2/tokens/me: 404 not.found");
    CHECK(dynamic_cast<const ApiException&>(error).error().status == 404);
  }
}

TEST_CASE("each kind of error has its name") {
  std::ostringstream out;
  out << ErrorKind::invalid_argument << ' ' << ErrorKind::connection << ' ' << ErrorKind::timeout
      << ' ' << ErrorKind::tls << ' ' << ErrorKind::protocol << ' ' << ErrorKind::too_large << ' '
      << ErrorKind::http_status << ' ' << ErrorKind::decode;
  CHECK(out.str() ==
        "invalid_argument connection timeout tls protocol too_large http_status decode");
  CHECK(to_string(static_cast<ErrorKind>(99)) == "unknown");
}

TEST_CASE("the correlation id comes from the header, or else from the body") {
  const HttpHeaders header = {{"inin-correlation-id", "from-header"}};
  const char* body = R"({"code":"x","contextId":"from-body"})";
  CHECK(error_of(400, body, header).correlation_id == "from-header");
  const Error error = error_of(400, body);
  CHECK(error.correlation_id == "from-body");
  CHECK(contains(error.message, "(correlation id from-body)"));
  CHECK(error_of(400, "{}").correlation_id.empty());
  CHECK_FALSE(contains(error_of(400, "{}").message, "correlation"));
}

TEST_CASE("an error page of a gateway is described, not decoded") {
  const auto result = responded(std::vector<HttpResult>(
      4, HttpResponse{
             502, {{"Content-Type", "text/html"}}, "<html><body>Bad\r\nGateway</body></html>"}));
  REQUIRE_FALSE(result);
  const Error& error = result.error();
  CHECK(error.kind == ErrorKind::http_status);
  CHECK(error.status == 502);
  CHECK_FALSE(error.body);
  CHECK(error.attempts == 4);
  CHECK(result.attempts() == 4);
  CHECK(contains(error.message, "502"));
  CHECK(contains(error.message, "text/html"));
  CHECK(contains(error.message, "<html><body>Bad  Gateway</body></html>"));
  CHECK(contains(error.message, "4 attempts"));
  CHECK(result.response()->body == "<html><body>Bad\r\nGateway</body></html>");
}

TEST_CASE("a member of an error body that has another type costs only itself") {
  const Error error = error_of(
      400,
      R"({"code":"bad.request","message":"No","status":"400","messageParams":{"retry":42},)"
      R"("details":{},"contextId":"6f3e","errors":["x"]})",
      json_type);
  REQUIRE(error.body);
  CHECK(error.body->code == "bad.request");
  CHECK(error.body->message == "No");
  CHECK(error.correlation_id == "6f3e");
  CHECK(error.body->additional_properties.at("messageParams") == R"({"retry":42})");
  CHECK(error.message == "GET /api/v2/tokens/me: 400 bad.request: No (correlation id 6f3e)");
}

TEST_CASE("a body that is not a JSON object leaves the status, and no ErrorBody") {
  for (const char* text : {"", "null", "[]", "\"text\"", "5", "{", "\xff\xfe"}) {
    CAPTURE(text);
    const Error error = error_of(400, text, json_type);
    CHECK(error.kind == ErrorKind::http_status);
    CHECK(error.status == 400);
    CHECK_FALSE(error.body);
    CHECK(begins_with(error.message, "GET /api/v2/tokens/me: 400"));
  }
}

TEST_CASE("a redirect is not followed, and the error says where to and what to check") {
  for (const int status : {301, 302, 303, 307, 308}) {
    const Error error = error_of(
        status, "", {{"Location", "https://other.example/login/a?next=%2Fsecret&t=1#fragment"}});
    CHECK(error.kind == ErrorKind::http_status);
    CHECK(error.status == status);
    CHECK(error.attempts == 1);
    CHECK(contains(error.message, "https://other.example/login/a"));
    CHECK(contains(error.message, "base_url"));
    CHECK_FALSE(contains(error.message, "next"));
    CHECK_FALSE(contains(error.message, "fragment"));
  }
  CHECK(contains(error_of(302, "").message, "base_url"));
}

TEST_CASE("a 2xx that is not the model is a decode error that says what came") {
  const auto page = error_of(200, "<!DOCTYPE html>\n<title>Sign in</title>",
                             {{"Content-Type", "text/html; charset=utf-8"}});
  CHECK(page.kind == ErrorKind::decode);
  CHECK(page.status == 200);
  CHECK(contains(page.message, "text/html; charset=utf-8"));
  CHECK(contains(page.message, "<!DOCTYPE html> <title>Sign in</title>"));

  const auto empty = error_of(200, "", json_type);
  CHECK(empty.kind == ErrorKind::decode);
  CHECK(contains(empty.message, "empty"));
  CHECK(error_of(204, "").kind == ErrorKind::decode);

  const auto shape = error_of(200, R"({"OAuthClient":{"dateCreated":"x"}})", json_type);
  CHECK(shape.kind == ErrorKind::decode);
  CHECK(contains(shape.message, "/OAuthClient/dateCreated: not a date-time"));

  for (const char* text : {"null", "[]", "\"x\"", "{\"organization\":", "\xef\xbb\xbf[]"})
    CHECK(error_of(200, text, json_type).kind == ErrorKind::decode);
}

TEST_CASE("the first bytes of a body are made printable, and end in an ellipsis when cut") {
  const auto gzip = error_of(200, std::string("\x1f\x8b\x08\x00\xff", 5) + std::string(500, 'z'),
                             {{"Content-Encoding", "gzip"}});
  CHECK(contains(gzip.message, "gzip"));
  CHECK(contains(gzip.message, "zzz…\""));
  CHECK_FALSE(contains(gzip.message, "\xff"));
  CHECK(gzip.message.size() < 400);
}

TEST_CASE("a message stays one line, whatever the response holds") {
  const char* evil = "a\\r\\nERROR fake\\u0000\\u001b[2J\\u0085\\u009b1m\\u2028\\u2029b";
  const auto error =
      error_of(400, std::string(R"({"code":")") + evil + R"(","message":")" + evil + "\"}",
               {{"ININ-Correlation-Id", "id\r\nFAKE"}});
  CHECK(contains(error.message, "[2J"));
  CHECK(support::is_one_line(error.correlation_id));
  error_of(302, "", {{"Location", "https://x/\r\nFAKE\x7f\xc2\x9b"}});
  error_of(200, "line\nbreak", {{"Content-Type", "text/\r\nhtml"}});
  const auto failure = responded({HttpFailure{ErrorKind::protocol, "one\ntwo\xe2\x80\xa8three"}});
  CHECK(support::is_one_line(failure.error().message));
}

TEST_CASE("a message is bounded, and does not cut a character in two") {
  std::string letters;
  for (int i = 0; i < 100'000; ++i) letters += "ü";
  for (const char* before : {"", "x"}) {
    const auto error = error_of(
        400, std::string(R"({"code":"c","message":")") + before + letters + R"("})", json_type);
    CHECK(error.message.size() < 1'000);
    CHECK(contains(error.message, "ü…"));
    CHECK(error.body->message->size() >= 200'000);
  }
  CHECK(error_of(400, "x", {{"ININ-Correlation-Id", std::string(10'000, 'i')}}).message.size() <
        1'000);
}

TEST_CASE("text of Unicode in the API's message is kept") {
  CHECK(contains(error_of(400, R"({"message":"Größe 大きさ 🙂"})").message,
                 "Größe 大きさ 🙂"));
}

TEST_CASE("a failure without a response has no status and no body") {
  const auto result = responded({HttpFailure{ErrorKind::tls, "certificate has expired"}});
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::tls);
  CHECK(result.error().message == "GET /api/v2/tokens/me: certificate has expired");
  CHECK(result.error().status == 0);
  CHECK_FALSE(result.error().body);
  CHECK_FALSE(result.response());
  CHECK(result.correlation_id().empty());
}

TEST_CASE("a result has its value or its error, and says so when asked for the other") {
  const auto good = responded({HttpResponse{200, {{"ININ-Correlation-Id", "7"}}, "{}"}});
  CHECK(good);
  CHECK(good.correlation_id() == "7");
  CHECK(good.response()->body == "{}");
  CHECK_THROWS(static_cast<void>(good.error()));
  const Result<void> nothing;
  CHECK(nothing);
  CHECK_NOTHROW(nothing.value());
  CHECK_THROWS(static_cast<void>(nothing.error()));
}
