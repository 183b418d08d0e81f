// SPDX-License-Identifier: MIT
#include "encodings.hpp"
#include "support.hpp"

#include <sstream>

namespace {

using namespace purecloud;
using support::base64;
using support::escaped;
using support::ScriptedApi;
using support::ScriptedBackend;

// Every character of a token that an encoding changes (RFC 6750, 2.1).
const std::string token = "cwRto9ScT/k+Z0mQp7x~AbC_D-1/2+34.EfGhIjKl==";

/// The token as a response may repeat it.
std::vector<std::string> spellings() {
  constexpr const char* upper = "0123456789ABCDEF";
  constexpr const char* lower = "0123456789abcdef";
  std::string slashes;
  for (const char c : token) slashes += c == '/' ? std::string("\\/") : std::string(1, c);
  return {token,
          token.substr(1),
          token.substr(0, token.size() - 1),
          escaped(token, "%", upper, "/+=~"),
          escaped(token, "%", lower, "/+=~"),
          escaped(token, "%", upper),
          escaped(escaped(token, "%", upper, "/+=~"), "%", upper, "%"),
          slashes,
          escaped(token, "\\u00", lower),
          base64(token),
          base64("Bearer " + token),
          base64("x:" + token),
          base64("xy:" + token + "&more"),
          base64(token, "-_"),
          base64("a" + token, "-_")};
}

/// A piece of the token that is in the text; one that was cut short is found as well.
std::string leak_in(const std::string& text) {
  std::vector<std::string> forms = spellings();
  forms.push_back(base64("x" + token));
  for (const std::string& form : forms)
    for (std::size_t at = 4; at + 12 <= form.size() - 4; ++at)
      if (support::contains(text, form.substr(at, 12))) return form.substr(at, 12);
  return {};
}

/// Everything that the library can print of one call.
template <class T>
std::string everything_printed(const Result<T>& result, const std::string& events) {
  std::ostringstream out;
  out << events << '\n' << result.correlation_id() << '\n';
  if (result.has_value()) return out.str();
  const Error& error = result.error();
  out << error << '\n' << error.correlation_id << '\n';
  out << ApiException(error).what() << '\n';
  if (error.body) out << to_json(*error.body) << '\n';
  return out.str();
}

/// Makes each kind of call, gets this response, and checks what can be printed.
void check_response(const HttpResult& response) {
  std::ostringstream events;
  Configuration configuration;
  configuration.access_token = token;
  configuration.observer = [&events](const AttemptEvent& event) {
    events << event.method << ' ' << event.path << ' ' << event.correlation_id << '\n';
  };
  const auto backend =
      std::make_shared<ScriptedBackend>(std::deque<HttpResult>(32, HttpResult(response)));
  const ScriptedApi api(configuration, backend);
  CHECK(leak_in(everything_printed(api.try_get_tokens_me(), events.str())) == "");
  CHECK(leak_in(everything_printed(api.try_head_tokens_me(), events.str())) == "");
  CHECK(leak_in(everything_printed(api.try_delete_tokens_me(), events.str())) == "");
  CHECK(leak_in(everything_printed(api.try_delete_token(token), events.str())) == "");
  CHECK(leak_in(everything_printed(api.try_put_tokens_timeout({}), events.str())) == "");
  CHECK_FALSE(backend->requests.empty());
}

constexpr std::size_t around_every_limit[] = {0, 30, 70, 90, 120, 190, 480, 490};

}  // namespace

TEST_CASE("the search for leaks finds what it looks for") {
  for (const std::string& spelling : spellings()) {
    CAPTURE(spelling);
    CHECK(leak_in("a " + spelling + " b") != "");
    CHECK(leak_in("a " + spelling.substr(0, 20)) != "");
  }
  CHECK(leak_in("<access token>") == "");
  CHECK(base64("light work") == "bGlnaHQgd29yaw==");
}

TEST_CASE("a token in a JSON response is not in what the library prints") {
  for (const std::string& spelling : spellings())
    for (const int status : {200, 400, 401, 403, 503}) {
      CAPTURE(spelling);
      const std::string text = "\"x " + spelling + " y\"";
      for (const char* key :
           {"message", "code", "contextId", "entityId", "messageWithParams", "new"})
        check_response(HttpResponse{status, {}, std::string("{\"") + key + "\":" + text + "}"});
    }
}

TEST_CASE("a token deep inside an error body is not in what the library prints") {
  for (const std::string& spelling : spellings()) {
    const std::string text = "\"x " + spelling + " y\"";
    check_response(HttpResponse{400, {}, R"({"messageParams":{"a":)" + text + "}}"});
    check_response(HttpResponse{400, {}, R"({"messageParams":{)" + text + R"(:"a"}})"});
    check_response(HttpResponse{400, {}, R"({"errors":[{"message":)" + text + "}]}"});
    check_response(HttpResponse{400, {}, R"({"details":[{"fieldName":)" + text + "}]}"});
    check_response(HttpResponse{400, {}, R"({"unknown":{)" + text + R"(:[)" + text + "]}}"});
  }
}

TEST_CASE("a token that the limit of an excerpt cuts in two is not printed in part") {
  for (const std::size_t offset : around_every_limit) {
    CAPTURE(offset);
    const std::string padding(offset, '.');
    for (const std::string& spelling : spellings()) {
      const std::string text = padding + spelling;
      check_response(HttpResponse{200, {{"Content-Type", "text/html"}}, text});
      check_response(HttpResponse{404, {}, text});
      check_response(HttpResponse{400, {}, R"({"code":")" + text + R"("})"});
      check_response(HttpResponse{400, {}, R"({"message":")" + text + R"("})"});
      check_response(HttpResponse{302, {{"Location", "https://x/" + text}}, {}});
      check_response(HttpResponse{400, {{"Content-Type", text}}, "x"});
      check_response(HttpResponse{400, {{"Content-Type", "a"}, {"Content-Encoding", text}}, "x"});
      check_response(HttpResponse{200, {{"ININ-Correlation-Id", text}}, "x"});
      check_response(HttpResponse{429, {{"Retry-After", text}}, "x"});
      check_response(HttpFailure{ErrorKind::protocol, text});
      check_response(HttpFailure{ErrorKind::connection, text});
    }
  }
}

TEST_CASE("a correlation id is shown, but not if it shares 16 characters with the token") {
  const std::string id = "6f3e8a52-91c4-4d7b-a0e6-3b5c9d28f417";
  const auto shown = [&id](const std::string& secret) {
    const auto backend = std::make_shared<ScriptedBackend>(
        std::deque<HttpResult>{HttpResponse{204, {{"ININ-Correlation-Id", id}}, ""}});
    return ScriptedApi(support::with_token(secret), backend)
        .try_delete_tokens_me()
        .correlation_id();
  };
  CHECK(shown("A-token_with-dashes--and-none-of-it") == id);
  for (std::size_t at = 0; at + 16 <= id.size(); ++at) {
    CAPTURE(at);
    const std::string run = id.substr(at, 16);
    for (const std::string& secret : {run, "x-" + run, run + "-y", "-x" + run + "y-"})
      CHECK_FALSE(support::contains(shown(secret), run));
    // as a form has spaces, of which a Redactor makes dashes
    std::string with_plus = run;
    std::replace(with_plus.begin(), with_plus.end(), '-', '+');
    CHECK_FALSE(support::contains(shown(with_plus), run));
    // a run of 15 stays
    CHECK(shown("z-z" + run.substr(1) + "z-z") == id);
    CHECK(shown("z-z" + run.substr(0, 15) + "z-z") == id);
  }
}

TEST_CASE("a token that ends up as the name of a header is not in the refusal") {
  for (const std::string& name :
       {token, "Authorization: Bearer " + token, token + "\r\n", "X-" + token}) {
    Configuration configuration = support::with_token(token);
    const ScriptedApi api(configuration, std::make_shared<ScriptedBackend>());
    CallOptions options;
    options.headers[name] = "line\nbreak";
    CHECK(leak_in(api.try_get_tokens_me({std::nullopt, options}).error().message) == "");
    configuration.default_headers[name] = "line\nbreak";
    CHECK(leak_in(support::refusal(configuration).message) == "");
  }
}

TEST_CASE("no secret is in the refusal of a configuration") {
  const auto check_refused = [](Configuration configuration, auto change) {
    change(configuration);
    const Error error = support::refusal(configuration);
    CHECK(error.kind == ErrorKind::invalid_argument);
    CHECK(leak_in(error.message) == "");
  };
  const Configuration good;
  check_refused(good, [](auto& c) { c.access_token = token + "\n"; });
  check_refused(good, [](auto& c) { c.access_token = "Bearer " + token; });
  check_refused(good, [](auto& c) { c.base_url = "https://user:" + token + "@host"; });
  check_refused(good, [](auto& c) { c.base_url = "https://host/?access_token=" + token; });
  check_refused(good, [](auto& c) { c.base_url = token; });
  check_refused(good, [](auto& c) { c.base_url = "https://a b/" + token; });
  check_refused(good, [](auto& c) { c.default_headers["X-Secret"] = token + "\n"; });
  check_refused(good, [](auto& c) { c.user_agent_suffix = token + "\n"; });
  check_refused(good, [](auto& c) { c.proxy.host = "user:" + token + "@proxy"; });
  check_refused(good, [](auto& c) { c.proxy = {"proxy", 8080, "user", token + "\n"}; });
}

TEST_CASE("the fake's record holds no token, wherever a request carried it") {
  testing::FakeTokensService service;
  for (const char* scheme : {"Bearer ", "bearer ", "Basic ", ""}) {
    service.handle(
        {"GET",
         "/api/v2/tokens/" + token + "?t=" + escaped(token, "%", "0123456789ABCDEF", "/+=~"),
         {{"authorization", scheme + token}, {"X-Copy", token}},
         "{\"t\":\"" + token + "\"}"});
    const auto seen = service.requests().back();
    CHECK(seen.headers.at("Authorization") ==
          (std::string(scheme) == "Basic " ? "Basic <secret>" : "Bearer <access token>"));
    if (std::string(scheme) != "Bearer ") continue;
    std::string all = seen.method + seen.target + seen.body + seen.correlation_id;
    for (const auto& [name, value] : seen.headers) all += name + value;
    CHECK(leak_in(all) == "");
  }
}

TEST_CASE("a token that is part of its own replacement is redacted once") {
  const ScriptedApi api(support::with_token("access"),
                        std::make_shared<ScriptedBackend>(std::deque<HttpResult>{
                            HttpResponse{400, {}, R"({"message":"no access to access"})"}}));
  CHECK(api.try_get_tokens_me().error().message ==
        "GET /api/v2/tokens/me: 400 no <access token> to <access token>");
}
