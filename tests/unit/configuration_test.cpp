// SPDX-License-Identifier: MIT
#include "support.hpp"

#include <functional>

namespace {

using namespace purecloud;
using namespace std::chrono_literals;
using support::contains;
using support::refusal;

using Change = std::function<void(Configuration&)>;

std::string problem(const Change& change) {
  Configuration configuration;
  change(configuration);
  const Error error = refusal(configuration);
  if (error.message == "(accepted)") return error.message;
  CHECK(error.kind == ErrorKind::invalid_argument);
  CHECK(error.attempts == 0);
  CHECK(support::is_one_line(error.message));
  return error.message;
}

std::string problem_of_url(const std::string& url) {
  return problem([&](Configuration& c) { c.base_url = url; });
}

/// The problem begins with the member's name.
void check_names(const std::string& member, const Change& change) {
  CAPTURE(member);
  const std::string text = problem(change);
  CAPTURE(text);
  CHECK(support::begins_with(text, member + ": "));
}

}  // namespace

TEST_CASE("the defaults are the documented ones, and accepted") {
  const Configuration c;
  CHECK(c.base_url == "https://api.mypurecloud.com");
  CHECK(c.access_token.empty());
  CHECK(c.timeouts.connect == 5s);
  CHECK(c.timeouts.attempt == 16s);
  CHECK(c.timeouts.total == 60s);
  CHECK(c.retry.max_attempts == 4);
  CHECK(c.retry.base_delay == 250ms);
  CHECK(c.retry.max_delay == 8s);
  CHECK(c.tls.minimum_version == TlsVersion::v1_2);
  CHECK(c.max_response_bytes == 1'048'576);
  CHECK(c.pool.max_idle == 8);
  CHECK(c.pool.idle_for == 60s);
  CHECK_FALSE(c.allow_plain_http);
  CHECK_FALSE(c.observer);
  CHECK(c.client_credentials.client_id.empty());
  CHECK(c.client_credentials.client_secret.empty());
  CHECK(c.login_url.empty());
  CHECK(c.pool.max_connections == 16);
  CHECK(problem([](Configuration&) {}) == "(accepted)");
}

TEST_CASE("a member out of range is refused by its name") {
  check_names("timeouts.connect", [](auto& c) { c.timeouts.connect = 0ms; });
  check_names("timeouts.attempt", [](auto& c) { c.timeouts.attempt = -1ms; });
  check_names("timeouts.total", [](auto& c) { c.timeouts.total = 0ms; });
  check_names("retry.max_attempts", [](auto& c) { c.retry.max_attempts = 0; });
  check_names("retry.base_delay", [](auto& c) { c.retry.base_delay = -1ms; });
  check_names("retry.max_delay", [](auto& c) { c.retry.max_delay = -1ms; });
  check_names("max_response_bytes", [](auto& c) { c.max_response_bytes = 0; });
  check_names("pool.idle_for", [](auto& c) { c.pool.idle_for = 0ms; });
  check_names("pool.max_connections", [](auto& c) { c.pool.max_connections = 0; });
  check_names("tls.client_key", [](auto& c) { c.tls.client_certificate = "a.pem"; });
  check_names("tls.client_certificate", [](auto& c) { c.tls.client_key = "a.key"; });
  check_names("proxy.port", [](auto& c) { c.proxy.host = "proxy"; });
  check_names("proxy.port", [](auto& c) { c.proxy = {"proxy", 65'536, {}, {}}; });
  check_names("proxy.host", [](auto& c) { c.proxy = {"http://proxy", 1, {}, {}}; });
  check_names("proxy.host", [](auto& c) { c.proxy = {"pro\r\nxy", 1, {}, {}}; });
  check_names("proxy.host", [](auto& c) { c.proxy = {"proxy:8080", 1, {}, {}}; });
  check_names("proxy.host", [](auto& c) { c.proxy = {"[::1]", 1, {}, {}}; });
  check_names("proxy.host", [](auto& c) { c.proxy = {"-proxy", 1, {}, {}}; });
  check_names("proxy.host", [](auto& c) { c.proxy = {"pr%41oxy", 1, {}, {}}; });
  check_names("base_url", [](auto& c) { c.base_url = "https://-api.mypurecloud.com"; });
  check_names("user_agent_suffix", [](auto& c) { c.user_agent_suffix = "a\r\nX: y"; });
  CHECK(contains(problem([](auto& c) { c.proxy = {"proxy", 1, "a\n", {}}; }), "proxy.username"));
  CHECK(contains(problem([](auto& c) { c.proxy = {"proxy", 1, "a", "b\n"}; }), "proxy.password"));
}

TEST_CASE("members at the edge of their range are accepted") {
  CHECK(problem([](auto& c) {
          c.timeouts = {1ms, 1ms, 1ms};
          c.retry = {1, 0ms, 0ms};
          c.max_response_bytes = 1;
          c.pool = {0, 1ms, 1};
          c.proxy = {"proxy.example", 65'535, "user", "pass word"};
          c.tls.client_certificate = "a.pem";
          c.tls.client_key = "a.key";
        }) == "(accepted)");
}

TEST_CASE("a token that cannot be one is refused at construction, an empty one at the call") {
  using namespace std::string_literals;
  for (const std::string& token : {"a\rb"s, "a\nb"s, "a\0b"s, "a b"s, "a\x7f"s, "\xc3\xbc"s})
    check_names("access_token", [&](auto& c) { c.access_token = token; });
  CHECK(problem([](auto& c) { c.access_token = ""; }) == "(accepted)");
}

TEST_CASE("default headers that would break the request are refused") {
  using namespace std::string_literals;
  for (const std::string& value : {"a\rb"s, "a\nb"s, "a\0b"s, "\x1b"s, "\x7f"s})
    check_names("default_headers", [&](auto& c) { c.default_headers["X-A"] = value; });
  for (const std::string& name : {""s, "a b"s, "a:"s, "a\r\n"s, "a\0"s, "(a)"s, "\xc3\xbc"s})
    check_names("default_headers", [&](auto& c) { c.default_headers[name] = "x"; });
  for (const char* name :
       {"authorization", "HOST", "content-length", "Transfer-Encoding", "Connection", "expect"})
    check_names("default_headers", [&](auto& c) { c.default_headers[name] = "x"; });
  CHECK(problem([](auto& c) {
          c.default_headers = {{"X-A", "tab\t\xc3\xbc"}, {"X-B", ""}};
        }) == "(accepted)");
}

TEST_CASE("what is not a base URL is refused, and the message shows how to write one") {
  for (const char* url : {"",
                          "api.mypurecloud.com",
                          "//api.mypurecloud.com",
                          "ftp://api.mypurecloud.com",
                          "https:/api.mypurecloud.com",
                          "https://",
                          "https:///path",
                          "https://:443",
                          "https://user@host",
                          "https://user:pw@host/",
                          "https://host/?a=b",
                          "https://host?",
                          "https://host#f",
                          "https://host/a#",
                          "https://host:",
                          "https://host:0",
                          "https://host:65536",
                          "https://host:99999999999",
                          "https://host:+1",
                          "https://host:8o",
                          "https://host:-1",
                          "https://ho st",
                          "https://host/a b",
                          "https://host\r\nX: y",
                          "https://host\\path",
                          "https://h\xc3\xb6st",
                          "https://host/\xc3\xbc",
                          "https://[::1",
                          "https://[::1]x",
                          "https://[nonsense]",
                          "https://ho%73t",
                          "https://host,other",
                          " https://host",
                          "https://host "}) {
    CAPTURE(url);
    const std::string text = problem_of_url(url);
    CAPTURE(text);
    CHECK(support::begins_with(text, "base_url: "));
    CHECK(contains(text, "https://api.mypurecloud.com"));
    CHECK_FALSE(contains(text, "pw"));
  }
}

TEST_CASE("a base URL may be in any case and have a port and a path") {
  for (const char* url : {"https://host", "HTTPS://HOST:8443/", "https://host/a/b//",
                          "https://[2001:db8::1]:8443", "https://192.0.2.1", "https://host:65535"})
    CHECK(problem_of_url(url) == "(accepted)");
}

TEST_CASE("plain http is for loopback, unless it is allowed") {
  for (const char* url : {"http://localhost", "http://LOCALHOST:8080", "http://127.0.0.1:1",
                          "http://127.9.9.9", "http://[::1]:8080"})
    CHECK(problem_of_url(url) == "(accepted)");
  for (const char* url :
       {"http://api.mypurecloud.com", "http://127.0.0.1.evil.example", "http://127.evil.example",
        "http://localhost.evil.example", "http://10.0.0.1", "http://[::2]", "http://0.0.0.0",
        "http://127.1", "http://notlocalhost"}) {
    CAPTURE(url);
    const std::string text = problem_of_url(url);
    CHECK(support::begins_with(text, "base_url: "));
    CHECK(contains(text, "https://"));
    CHECK(contains(text, "allow_plain_http"));
    CHECK(problem([&](Configuration& c) {
            c.base_url = url;
            c.allow_plain_http = true;
          }) == "(accepted)");
  }
}

TEST_CASE("plain http to loopback is for loopback, not for a proxy") {
  const auto with_proxy = [](Configuration& c) { c.proxy = {"127.0.0.1", 3128, {}, {}}; };
  for (const char* url : {"http://localhost:8080", "http://127.0.0.1", "http://[::1]"}) {
    CAPTURE(url);
    for (const bool login : {false, true}) {
      std::string text = problem([&](Configuration& c) {
        with_proxy(c);
        (login ? c.login_url : c.base_url) = url;
      });
      CHECK(support::begins_with(text, login ? "login_url: " : "base_url: "));
      CHECK(contains(text, "proxy"));
      CHECK(contains(text, "allow_plain_http"));
    }
    CHECK(problem([&](Configuration& c) {
            with_proxy(c);
            c.base_url = c.login_url = url;
            c.allow_plain_http = true;
          }) == "(accepted)");
  }
}

TEST_CASE("client credentials come in pairs, on one line each") {
  check_names("client_credentials.client_secret", [](auto& c) {
    c.client_credentials = {"id", {}};
  });
  check_names("client_credentials.client_id", [](auto& c) {
    c.client_credentials = {"", "hunter2"};
  });
  for (const std::string odd : {"a\n", "a\rb", "\x7f", "\x1b"}) {
    check_names("client_credentials.client_id", [&](auto& c) {
      c.client_credentials = {odd, "hunter2"};
    });
    check_names("client_credentials.client_secret", [&](auto& c) {
      c.client_credentials = {"id", "hunter2" + odd};
    });
  }
  CHECK(problem([](auto& c) {
          c.client_credentials = {"id:1", "any text: \xc3\xbc"};
        }) == "(accepted)");
}

TEST_CASE("a client of the login host requires an id, and no secret") {
  Configuration c = Configuration::for_region(Region::eu_west_1);
  CHECK_THROWS_AS(detail::make_settings(c, detail::Service::login), ApiException);
  c.client_credentials.client_id = "id";
  const auto settings = detail::make_settings(c, detail::Service::login);
  CHECK(settings.configuration.base_url == "https://login.mypurecloud.ie");
  c.login_url = "https://gw.example/genesys/";
  CHECK(detail::make_settings(c, detail::Service::login).base_path == "/genesys");
  CHECK_THROWS_AS(detail::make_settings(c), ApiException);
}

TEST_CASE("settings hold no secret") {
  Configuration c = support::with_token("token");
  c.client_credentials = {"id", "hunter2"};
  const auto settings = detail::make_settings(c);
  CHECK(settings.configuration.access_token.empty());
  CHECK(settings.configuration.client_credentials.client_secret.empty());
}

TEST_CASE("the login URL is checked as the base URL is") {
  for (const char* url : {"login.mypurecloud.com", "https://", "https://user:pw@host",
                          "http://login.mypurecloud.com", "https://host?a"}) {
    CAPTURE(url);
    const std::string text = problem([&](auto& c) { c.login_url = url; });
    CHECK(support::begins_with(text, "login_url: "));
    CHECK_FALSE(contains(text, "pw"));
  }
  CHECK(problem([](auto& c) { c.login_url = "http://localhost:8080/a"; }) == "(accepted)");
}

TEST_CASE("the login URL is derived from the API's host, and from no other") {
  const auto login_url = [](const std::string& base_url) {
    Configuration c;
    c.base_url = base_url;
    return detail::login_url_of(c);
  };
  CHECK(login_url("https://api.mypurecloud.ie") == "https://login.mypurecloud.ie");
  CHECK(login_url("HTTPS://API.Usw2.pure.cloud/") == "https://login.usw2.pure.cloud");
  for (const char* url : {"https://api.mypurecloud.ie:8443", "https://api.mypurecloud.ie/path",
                          "http://api.mypurecloud.ie", "https://gw.example", "https://api.",
                          "https://apimypurecloud.ie", "https://127.0.0.1"}) {
    CAPTURE(url);
    CHECK(login_url(url).empty());
    const auto change = [&](Configuration& c) {
      c.base_url = url;
      c.allow_plain_http = true;
      c.client_credentials = {"id", "hunter2"};
    };
    check_names("login_url", change);
    CHECK(problem([&](Configuration& c) {
            change(c);
            c.login_url = "https://login.example";
          }) == "(accepted)");
    CHECK(problem([&](Configuration& c) {
            change(c);
            c.access_token = "token";
          }) == "(accepted)");
  }
  Configuration c;
  c.login_url = "https://gw.example";
  CHECK(detail::login_url_of(c) == "https://gw.example");
}

TEST_CASE("a base URL is taken apart") {
  const auto url = detail::parse_base_url("base_url", "HTTPS://GW.Example:8443/Genesys/");
  CHECK(url.https);
  CHECK(url.host == "gw.example");
  CHECK(url.port == 8443);
  CHECK(url.path == "/Genesys");
  const auto plain = detail::parse_base_url("base_url", "http://[::1]");
  CHECK_FALSE(plain.https);
  CHECK(plain.host == "::1");
  CHECK(plain.port == 80);
  CHECK(plain.path.empty());
  CHECK(detail::parse_base_url("base_url", "https://a/").port == 443);
}

TEST_CASE("each region has its API host, and is read in every form that users paste") {
  const std::pair<const char*, const char*> regions[] = {
      {"us_east_1", "mypurecloud.com"},         {"eu_west_1", "mypurecloud.ie"},
      {"ap_southeast_2", "mypurecloud.com.au"}, {"ap_northeast_1", "mypurecloud.jp"},
      {"eu_central_1", "mypurecloud.de"},       {"us_west_2", "usw2.pure.cloud"},
      {"ca_central_1", "cac1.pure.cloud"},      {"ap_northeast_2", "apne2.pure.cloud"},
      {"eu_west_2", "euw2.pure.cloud"},         {"ap_south_1", "aps1.pure.cloud"},
      {"us_east_2", "use2.us-gov-pure.cloud"},  {"sa_east_1", "sae1.pure.cloud"},
      {"me_central_1", "mec1.pure.cloud"},      {"ap_northeast_3", "apne3.pure.cloud"},
      {"eu_central_2", "euc2.pure.cloud"},      {"mx_central_1", "mxc1.pure.cloud"},
      {"ap_southeast_1", "apse1.pure.cloud"},   {"eusc_de_east_1", "edee1.eusc-pure.cloud"}};
  CHECK(std::size(regions) == 18);
  for (const auto& each : regions) {
    const std::string name = each.first, domain = each.second;
    CAPTURE(name);
    std::string dashes = name, capitals = name;
    for (char& c : dashes)
      if (c == '_') c = '-';
    for (char& c : capitals) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    const auto region = parse_region(name);
    REQUIRE(region);
    CHECK(domain_of(*region) == domain);
    CHECK(Configuration::for_region(*region).base_url == "https://api." + domain);
    for (const std::string& text :
         {dashes, capitals, domain, "api." + domain, "https://api." + domain,
          "https://api." + domain + "/", "https://login." + domain, "HTTPS://apps." + domain + "/",
          domain + "/", "api." + domain + "/", "http://api." + domain, name + "/"})
      for (const std::string& padded : {text, text + "\n", " " + text + "\r\n", "\t" + text + " "})
        CHECK(parse_region(padded) == region);
    CHECK(problem_of_url(Configuration::for_region(*region).base_url) == "(accepted)");
  }
  CHECK(Configuration::for_region(Region::eu_west_1).base_url == "https://api.mypurecloud.ie");
  CHECK(Configuration::for_region(Region::eusc_de_east_1).base_url ==
        "https://api.edee1.eusc-pure.cloud");
}

TEST_CASE("what is not a region is not parsed as one") {
  for (const char* text : {"",
                           " ",
                           "mars_north_1",
                           "us_east",
                           "us_east_11",
                           "pure.cloud",
                           "api.",
                           "https://",
                           "https://us_east_1",
                           "api.us-east-1",
                           "api.login.mypurecloud.com",
                           "evil-mypurecloud.com",
                           "mypurecloud.com.evil",
                           "https://api.mypurecloud.com@evil.example",
                           "https://api.mypurecloud.com//",
                           "us_east_1//",
                           "us east 1",
                           "http://http://mypurecloud.ie",
                           "ftp://mypurecloud.ie",
                           "/"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_region(text));
  }
}
