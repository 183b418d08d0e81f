// SPDX-License-Identifier: MIT
#include "support.hpp"

#include <cctype>
#include <cstdlib>
#include <map>
#include <optional>

namespace {

using namespace purecloud;
using support::contains;

void assign(const char* name, const std::optional<std::string>& value) {
#if defined(_WIN32)
  _putenv_s(name, value.value_or("").c_str());
#else
  if (value)
    setenv(name, value->c_str(), 1);
  else
    unsetenv(name);
#endif
}

/// The variables that the library reads, all unset except the given ones, until destruction.
class Environment {
 public:
  explicit Environment(const std::map<std::string, std::string>& variables = {}) {
    for (const char* name : names) {
      const char* value = std::getenv(name);
      before_.emplace_back(value ? std::optional<std::string>(value) : std::nullopt);
      assign(name, std::nullopt);
    }
    for (const auto& [name, value] : variables) assign(name.c_str(), value);
  }
  ~Environment() {
    for (std::size_t i = 0; i < before_.size(); ++i) assign(names[i], before_[i]);
  }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  static constexpr const char* names[] = {"GENESYSCLOUD_GATEWAY_PATH_NAME",
                                          "GENESYSCLOUD_GATEWAY_PATH_VALUE",
                                          "GENESYSCLOUD_GATEWAY_AUTH_USERNAME",
                                          "GENESYSCLOUD_GATEWAY_AUTH_PASSWORD",
                                          "GENESYSCLOUD_ACCESS_TOKEN",
                                          "GENESYSCLOUD_REGION",
                                          "GENESYS_CLOUD_REGION",
                                          "GENESYSCLOUD_OAUTHCLIENT_ID",
                                          "GENESYSCLOUD_OAUTHCLIENT_SECRET",
                                          "GENESYSCLOUD_PROXY_HOST",
                                          "GENESYSCLOUD_PROXY_PORT",
                                          "GENESYSCLOUD_PROXY_PROTOCOL",
                                          "GENESYSCLOUD_PROXY_AUTH_USERNAME",
                                          "GENESYSCLOUD_PROXY_AUTH_PASSWORD",
                                          "GENESYSCLOUD_GATEWAY_HOST",
                                          "GENESYSCLOUD_GATEWAY_PORT",
                                          "GENESYSCLOUD_GATEWAY_PROTOCOL",
                                          "HTTPS_PROXY",
                                          "https_proxy",
                                          "NO_PROXY",
                                          "no_proxy"};
  std::vector<std::optional<std::string>> before_;
};

/// Whether a problem is told of a variable, whose name has no case on Windows.
bool is_of(std::string problem, std::string variable) {
#if defined(_WIN32)
  const auto to_upper = [](std::string& text) {
    for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  };
  to_upper(problem);
  to_upper(variable);
#endif
  return support::begins_with(problem, variable + ": ");
}

Configuration from(const std::map<std::string, std::string>& variables) {
  const Environment environment(variables);
  return Configuration::from_environment();
}

std::string problem(const std::map<std::string, std::string>& variables) {
  try {
    from(variables);
  } catch (const ApiException& exception) {
    CHECK(exception.error().kind == ErrorKind::invalid_argument);
    CHECK(support::is_one_line(exception.what()));
    CHECK_FALSE(contains(exception.what(), "hunter2"));
    return exception.what();
  }
  return "(accepted)";
}

}  // namespace

TEST_CASE("an empty environment is the defaults") {
  const Configuration c = from({});
  CHECK(c.base_url == "https://api.mypurecloud.com");
  CHECK(c.access_token.empty());
  CHECK(c.proxy.host.empty());
  CHECK(from({{"GENESYSCLOUD_REGION", ""}, {"HTTPS_PROXY", ""}, {"GENESYSCLOUD_GATEWAY_HOST", ""}})
            .base_url == "https://api.mypurecloud.com");
}

TEST_CASE("the token and the region come from their variables") {
  const Configuration c =
      from({{"GENESYSCLOUD_ACCESS_TOKEN", "cwRto9ScT"}, {"GENESYSCLOUD_REGION", "eu-west-1"}});
  CHECK(c.access_token.reveal() == "cwRto9ScT");
  CHECK(c.base_url == "https://api.mypurecloud.ie");
  CHECK(from({{"GENESYS_CLOUD_REGION", "mypurecloud.de"}}).base_url ==
        "https://api.mypurecloud.de");
}

TEST_CASE("the region's first name comes before its second, which then does not count") {
  CHECK(from({{"GENESYSCLOUD_REGION", "us_west_2"}, {"GENESYS_CLOUD_REGION", "eu_west_1"}})
            .base_url == "https://api.usw2.pure.cloud");
  CHECK(
      from({{"GENESYSCLOUD_REGION", "us_west_2"}, {"GENESYS_CLOUD_REGION", "nonsense"}}).base_url ==
      "https://api.usw2.pure.cloud");
}

TEST_CASE("an unknown region is refused with the variable and all regions") {
  for (const char* variable : {"GENESYSCLOUD_REGION", "GENESYS_CLOUD_REGION"}) {
    const std::string text = problem({{variable, "mars"}});
    CHECK(is_of(text, variable));
    for (const char* name :
         {"us_east_1", "eu_west_1", "ap_southeast_2", "ap_northeast_1", "eu_central_1", "us_west_2",
          "ca_central_1", "ap_northeast_2", "eu_west_2", "ap_south_1", "us_east_2", "sa_east_1",
          "me_central_1", "ap_northeast_3", "eu_central_2", "mx_central_1", "ap_southeast_1",
          "eusc_de_east_1"})
      CHECK(contains(text, name));
  }
}

TEST_CASE("a gateway replaces scheme, host and port") {
  CHECK(from({{"GENESYSCLOUD_GATEWAY_HOST", "gw.example"}}).base_url == "https://gw.example");
  CHECK(from({{"GENESYSCLOUD_GATEWAY_HOST", "gw.example"},
              {"GENESYSCLOUD_GATEWAY_PORT", "8443"},
              {"GENESYSCLOUD_GATEWAY_PROTOCOL", "https"},
              {"GENESYSCLOUD_REGION", "eu_west_1"}})
            .base_url == "https://gw.example:8443");
  CHECK(from({{"GENESYSCLOUD_GATEWAY_HOST", "localhost"},
              {"GENESYSCLOUD_GATEWAY_PORT", "8080"},
              {"GENESYSCLOUD_GATEWAY_PROTOCOL", "http"}})
            .base_url == "http://localhost:8080");
  for (const char* port : {"0", "65536", "eighty", "-1", "8 0", "999999999999"})
    CHECK(contains(
        problem({{"GENESYSCLOUD_GATEWAY_HOST", "gw"}, {"GENESYSCLOUD_GATEWAY_PORT", port}}),
        "GENESYSCLOUD_GATEWAY_PORT"));
  CHECK(contains(
      problem({{"GENESYSCLOUD_GATEWAY_HOST", "gw"}, {"GENESYSCLOUD_GATEWAY_PROTOCOL", "ftp"}}),
      "GENESYSCLOUD_GATEWAY"));
  CHECK(contains(problem({{"GENESYSCLOUD_GATEWAY_HOST", "user:hunter2@gw"}}),
                 "GENESYSCLOUD_GATEWAY"));
}

TEST_CASE("the cloud's own proxy variables are all read") {
  const Configuration c = from({{"GENESYSCLOUD_PROXY_HOST", "proxy.example"},
                                {"GENESYSCLOUD_PROXY_PORT", "3128"},
                                {"GENESYSCLOUD_PROXY_PROTOCOL", "HTTP"},
                                {"GENESYSCLOUD_PROXY_AUTH_USERNAME", "user"},
                                {"GENESYSCLOUD_PROXY_AUTH_PASSWORD", "pass%20word"},
                                {"HTTPS_PROXY", "http://other:1"}});
  CHECK(c.proxy.host == "proxy.example");
  CHECK(c.proxy.port == 3128);
  CHECK(c.proxy.username == "user");
  CHECK(c.proxy.password == "pass%20word");
  CHECK(contains(problem({{"GENESYSCLOUD_PROXY_HOST", "p"}}), "GENESYSCLOUD_PROXY_PORT"));
  CHECK(
      contains(problem({{"GENESYSCLOUD_PROXY_HOST", "p"}, {"GENESYSCLOUD_PROXY_PORT", "hunter2"}}),
               "GENESYSCLOUD_PROXY_PORT"));
  for (const char* protocol : {"https", "socks4", "ftp", "hunter2"})
    CHECK(is_of(problem({{"GENESYSCLOUD_PROXY_HOST", "p"},
                         {"GENESYSCLOUD_PROXY_PORT", "1"},
                         {"GENESYSCLOUD_PROXY_PROTOCOL", protocol}}),
                "GENESYSCLOUD_PROXY_PROTOCOL"));
}

TEST_CASE("HTTPS_PROXY is read with user, percent-encoded password, and port") {
  const Configuration c =
      from({{"HTTPS_PROXY", "http://us%40er:p%3Aw%2F%zz%4@Proxy.Example:3128/"}});
  CHECK(c.proxy.host == "proxy.example");
  CHECK(c.proxy.port == 3128);
  CHECK(c.proxy.username == "us@er");
  CHECK(c.proxy.password == "p:w/%zz%4");
  CHECK(from({{"https_proxy", "proxy:8080"}}).proxy.host == "proxy");
  CHECK(from({{"https_proxy", "http://proxy"}}).proxy.port == 80);
  CHECK(from({{"HTTPS_PROXY", "http://[::1]:3128"}}).proxy.host == "::1");
}

TEST_CASE("a proxy variable that cannot be used is refused by its name, without its password") {
  for (const char* value :
       {"socks4://user:hunter2@proxy:1080", "http://user:hunter2@", "https://user:hunter2@proxy",
        "http://user:hunter2@proxy:port", "http://user:hunter2@pro xy:1", "http://user:hunter2"})
    for (const char* variable : {"HTTPS_PROXY", "https_proxy"}) {
      CAPTURE(value);
      CHECK(is_of(problem({{variable, value}}), variable));
    }
}

TEST_CASE("NO_PROXY names hosts, domains, or all") {
  const auto proxied = [](const char* variable, const char* list) {
    return !from({{"HTTPS_PROXY", "http://proxy:1"}, {variable, list}}).proxy.host.empty();
  };
  for (const char* variable : {"NO_PROXY", "no_proxy"}) {
    for (const char* list : {"api.mypurecloud.com", "mypurecloud.com", ".mypurecloud.com",
                             "*.mypurecloud.com", "*", "a, .MyPureCloud.com ,b", "com", "x,,*"})
      CHECK_FALSE(proxied(variable, list));
    for (const char* list : {"", ",", " ", "purecloud.com", "i.mypurecloud.com", "other.com",
                             "api.mypurecloud.com.evil", "."})
      CHECK(proxied(variable, list));
  }
}

TEST_CASE("HTTPS_PROXY is not for a gateway over plain http") {
  CHECK(from({{"HTTPS_PROXY", "http://proxy:1"},
              {"GENESYSCLOUD_GATEWAY_HOST", "localhost"},
              {"GENESYSCLOUD_GATEWAY_PROTOCOL", "http"}})
            .proxy.host.empty());
}

TEST_CASE("client credentials are read when there is no access token, and only both") {
  const Configuration c = from(
      {{"GENESYSCLOUD_OAUTHCLIENT_ID", "an-id"}, {"GENESYSCLOUD_OAUTHCLIENT_SECRET", "hunter2\n"}});
  CHECK(c.client_credentials.client_id == "an-id");
  CHECK(c.client_credentials.client_secret.reveal() == "hunter2");
  CHECK(c.login_url.empty());
  CHECK(is_of(problem({{"GENESYSCLOUD_OAUTHCLIENT_ID", "an-id"}}),
              "GENESYSCLOUD_OAUTHCLIENT_SECRET"));
  CHECK(is_of(problem({{"GENESYSCLOUD_OAUTHCLIENT_SECRET", "hunter2"}}),
              "GENESYSCLOUD_OAUTHCLIENT_ID"));
  const Configuration with_token =
      from({{"GENESYSCLOUD_ACCESS_TOKEN", "token"}, {"GENESYSCLOUD_OAUTHCLIENT_ID", "an-id"}});
  CHECK(with_token.access_token.reveal() == "token");
  CHECK(with_token.client_credentials.client_id.empty());
}

TEST_CASE("a control character within a value is refused by the variable's name") {
  for (const char* variable :
       {"GENESYSCLOUD_ACCESS_TOKEN", "GENESYSCLOUD_OAUTHCLIENT_ID",
        "GENESYSCLOUD_OAUTHCLIENT_SECRET", "GENESYSCLOUD_PROXY_AUTH_USERNAME",
        "GENESYSCLOUD_PROXY_AUTH_PASSWORD"}) {
    std::map<std::string, std::string> variables = {{"GENESYSCLOUD_PROXY_HOST", "proxy:1"}};
    variables[variable] = "hunter2\nX: y";
    CHECK(is_of(problem(variables), variable));
  }
  for (const char* proxy : {"http://a%0d:b@proxy:1", "http://a:hunter2%0A@proxy:1"})
    CHECK(is_of(problem({{"HTTPS_PROXY", proxy}}), "HTTPS_PROXY"));
}

TEST_CASE("space around a variable does not count, but for passwords") {
  const Configuration c = from({{"GENESYSCLOUD_ACCESS_TOKEN", " token\r\n"},
                                {"GENESYSCLOUD_REGION", "eu-west-1\n"},
                                {"GENESYSCLOUD_PROXY_HOST", "proxy "},
                                {"GENESYSCLOUD_PROXY_PORT", " 3128"},
                                {"GENESYSCLOUD_PROXY_AUTH_USERNAME", "user"},
                                {"GENESYSCLOUD_PROXY_AUTH_PASSWORD", " pass "}});
  CHECK(c.access_token.reveal() == "token");
  CHECK(c.base_url == "https://api.mypurecloud.ie");
  CHECK(c.proxy.host == "proxy");
  CHECK(c.proxy.port == 3128);
  CHECK(c.proxy.password == " pass ");
}

TEST_CASE("a gateway has a path and a port in any of the places that users write them in") {
  const auto url = [](const char* host, const char* port, const char* protocol) {
    const Configuration c = from({{"GENESYSCLOUD_GATEWAY_HOST", host},
                                  {"GENESYSCLOUD_GATEWAY_PORT", port},
                                  {"GENESYSCLOUD_GATEWAY_PROTOCOL", protocol}});
    CHECK(c.login_url == c.base_url);
    return c.base_url;
  };
  CHECK(url("gw/genesys", "8443", "") == "https://gw:8443/genesys");
  CHECK(url("gw/genesys/", "", "https") == "https://gw/genesys");
  CHECK(url("gw:8443/genesys", "", "") == "https://gw:8443/genesys");
  CHECK(url("gw:8443/a/b", "8443", "HTTPS") == "https://gw:8443/a/b");
  CHECK(url("https://gw.example/genesys", "8443", "https") == "https://gw.example:8443/genesys");
  CHECK(url("http://localhost:8080", "", "") == "http://localhost:8080");
  CHECK(url("gw", "443", "https://") == "https://gw:443");
  CHECK(url("::1", "8443", "") == "https://[::1]:8443");
  CHECK(url("[::1]:8443/a", "", "") == "https://[::1]:8443/a");
}

TEST_CASE("a gateway's variable that cannot be honoured is refused by its name") {
  const auto names = [](const char* variable, const char* value, const char* host,
                        const char* named) {
    CAPTURE(variable);
    const std::string text = problem({{"GENESYSCLOUD_GATEWAY_HOST", host}, {variable, value}});
    CAPTURE(text);
    CHECK(is_of(text, named));
    CHECK_FALSE(contains(text, "api.mypurecloud.com"));
  };
  for (const char* host : {"", "gw"})
    for (const char* variable :
         {"GENESYSCLOUD_GATEWAY_PATH_NAME", "GENESYSCLOUD_GATEWAY_PATH_VALUE",
          "GENESYSCLOUD_GATEWAY_AUTH_USERNAME", "GENESYSCLOUD_GATEWAY_AUTH_PASSWORD"})
      names(variable, "hunter2", host, variable);
  names("GENESYSCLOUD_GATEWAY_PORT", "8443", "", "GENESYSCLOUD_GATEWAY_PORT");
  names("GENESYSCLOUD_GATEWAY_PROTOCOL", "https", "", "GENESYSCLOUD_GATEWAY_PROTOCOL");
  names("GENESYSCLOUD_GATEWAY_PORT", "8443", "gw:443", "GENESYSCLOUD_GATEWAY_PORT");
  names("GENESYSCLOUD_GATEWAY_PROTOCOL", "https", "http://gw", "GENESYSCLOUD_GATEWAY_PROTOCOL");
  names("GENESYSCLOUD_GATEWAY_PROTOCOL", "ftp", "gw", "GENESYSCLOUD_GATEWAY_PROTOCOL");
  for (const char* host : {"user:hunter2@gw", "ftp://gw", "gw?a=hunter2", "gw/a#b", "g w",
                           "gw:", "gw:port", "https://", "/genesys", "[::1", "gw:0/a"})
    names("GENESYSCLOUD_REGION", "eu_west_1", host, "GENESYSCLOUD_GATEWAY_HOST");
}

TEST_CASE("the proxy's host is read in every form that users paste") {
  const auto proxy = [](const char* host, const char* port, const char* protocol) {
    return from({{"GENESYSCLOUD_PROXY_HOST", host},
                 {"GENESYSCLOUD_PROXY_PORT", port},
                 {"GENESYSCLOUD_PROXY_PROTOCOL", protocol}})
        .proxy;
  };
  for (const auto& p : {proxy("proxy:8080", "", ""), proxy("http://proxy:8080/", "", "http"),
                        proxy("http://Proxy", "8080", ""), proxy("proxy:8080", "8080", "")}) {
    CHECK(p.host == "proxy");
    CHECK(p.port == 8080);
    CHECK(p.scheme == ProxyScheme::http);
  }
  CHECK(proxy("::1", "8080", "").host == "::1");
  CHECK(proxy("[::1]:8080", "", "").host == "::1");
  CHECK(proxy("proxy", "1080", "socks5").scheme == ProxyScheme::socks5);
  CHECK(proxy("socks5h://proxy:1080", "", "").scheme == ProxyScheme::socks5);

  const auto names = [](const char* host, const char* variable, const char* value,
                        const char* named) {
    const std::string text = problem({{"GENESYSCLOUD_PROXY_HOST", host}, {variable, value}});
    CAPTURE(text);
    CHECK(is_of(text, named));
    CHECK_FALSE(contains(text, "api.mypurecloud.com"));
  };
  for (const char* host : {"user:hunter2@proxy:1", "proxy:1/path", "https://proxy:1", "pro xy:1",
                           "proxy:0", "proxy:port", "http://", "proxy:1?a"})
    names(host, "GENESYSCLOUD_REGION", "eu_west_1", "GENESYSCLOUD_PROXY_HOST");
  names("proxy:8080", "GENESYSCLOUD_PROXY_PORT", "3128", "GENESYSCLOUD_PROXY_PORT");
  names("http://proxy:1", "GENESYSCLOUD_PROXY_PROTOCOL", "socks5", "GENESYSCLOUD_PROXY_PROTOCOL");
  names("proxy:1", "GENESYSCLOUD_PROXY_AUTH_PASSWORD", "hunter2",
        "GENESYSCLOUD_PROXY_AUTH_PASSWORD");
  for (const char* variable :
       {"GENESYSCLOUD_PROXY_PORT", "GENESYSCLOUD_PROXY_PROTOCOL",
        "GENESYSCLOUD_PROXY_AUTH_USERNAME", "GENESYSCLOUD_PROXY_AUTH_PASSWORD"})
    names("", variable, "hunter2", variable);
}

TEST_CASE("HTTPS_PROXY may be a SOCKS proxy") {
  for (const char* scheme : {"socks5", "SOCKS5H"}) {
    const ProxyOptions proxy =
        from({{"HTTPS_PROXY", std::string(scheme) + "://user:hunter2@Proxy.Example:9050"}}).proxy;
    CHECK(proxy.scheme == ProxyScheme::socks5);
    CHECK(proxy.host == "proxy.example");
    CHECK(proxy.port == 9050);
    CHECK(proxy.username == "user");
    CHECK(proxy.password == "hunter2");
  }
  CHECK(from({{"HTTPS_PROXY", "socks5h://proxy"}}).proxy.port == 1080);
  CHECK(from({{"HTTPS_PROXY", "socks5h://proxy:80"}}).proxy.port == 80);
  for (const char* other : {"https://proxy:1", "socks4://proxy:1", "socks://proxy:1"}) {
    const std::string text = problem({{"HTTPS_PROXY", other}});
    CAPTURE(text);
    CHECK(contains(text, "http"));
    CHECK_FALSE(contains(text, "api.mypurecloud.com"));
  }
  CHECK(from({{"HTTPS_PROXY", "socks4://x"}, {"https_proxy", "proxy:1"}}).proxy.host == "proxy");
}

TEST_CASE("NO_PROXY takes curl's and Go's forms") {
  const auto proxied = [](const std::string& gateway, const std::string& list) {
    return !from({{"HTTPS_PROXY", "http://proxy:1"},
                  {"GENESYSCLOUD_GATEWAY_HOST", gateway},
                  {"NO_PROXY", list}})
                .proxy.host.empty();
  };
  const std::pair<const char*, const char*> named[] = {{"gw.example", "other gw.example"},
                                                       {"gw.example", " other ,\tgw.example\n"},
                                                       {"gw.example", "gw.example."},
                                                       {"gw.example", ".example."},
                                                       {"gw.example.", "gw.example"},
                                                       {"gw.example", "GW.Example:443"},
                                                       {"gw.example:8443", "example:8443"},
                                                       {"gw.example", "*.example:443"},
                                                       {"10.1.2.3", "10.0.0.0/8"},
                                                       {"10.1.2.3", "10.1.2.0/23"},
                                                       {"10.1.2.3", "10.1.2.3/32"},
                                                       {"10.1.2.3", "0.0.0.0/0"},
                                                       {"10.1.2.3", "10.1.2.3:443"},
                                                       {"[::1]", "[::1]"},
                                                       {"[::1]", "::1"},
                                                       {"[::1]", "0:0:0:0:0:0:0:1"},
                                                       {"[::1]:8443", "[::1]:8443"},
                                                       {"[2001:db8::1]", "2001:db8::/32"},
                                                       {"[2001:db8::1]", "[2001:db8::]/32"},
                                                       {"gw", "a, *"}};
  for (const auto& each : named) {
    const std::string gateway = each.first, list = each.second;
    CAPTURE(gateway);
    CAPTURE(list);
    CHECK_FALSE(proxied(gateway, list));
  }
  const std::pair<const char*, const char*> others[] = {
      {"gw.example", "gw.example:8443"}, {"gw.example:8443", "gw.example:443"},
      {"10.1.2.3", "10.1.0.0/23"},       {"10.1.2.3", "2001:db8::/0"},
      {"10.1.2.3", "10.1.2.3:80"},       {"[::1]", "[::1]:8443"},
      {"[::1]", "::2, 0.0.0.0/0"},       {"gw.example", "w.example,ample"},
      {"gw.example", "10.0.0.0/8 ::1"}};
  for (const auto& each : others) {
    const std::string gateway = each.first, list = each.second;
    CAPTURE(gateway);
    CAPTURE(list);
    CHECK(proxied(gateway, list));
  }
}

TEST_CASE("an entry of NO_PROXY that is not understood is refused with the variable's name") {
  for (const char* variable : {"NO_PROXY", "no_proxy"})
    for (const char* entry : {"192.168.*",
                              "192.168.",
                              "10.0.0.0/33",
                              "10.0.0.0/",
                              "10.0.0.0/8/8",
                              "10.0.0.0/-1",
                              "gw.example/8",
                              "2001:db8::/129",
                              "/8",
                              "gw:port",
                              "gw:0",
                              "gw:",
                              "[::1",
                              "[gw]",
                              "[10.0.0.1]",
                              "http://gw.example",
                              "gw;other",
                              "*gw",
                              "*.",
                              "<local>",
                              ":443",
                              "1.2.3",
                              "g\xc3\xb6.example",
                              "::1%eth0"}) {
      CAPTURE(entry);
      const std::string text =
          problem({{"HTTPS_PROXY", "http://proxy:1"},
                   {variable, std::string("api.mypurecloud.com, ") + entry + ",other"}});
      CAPTURE(text);
      CHECK(is_of(text, variable));
      CHECK(contains(text, entry));
    }
  const std::string text =
      problem({{"HTTPS_PROXY", "http://proxy:1"}, {"NO_PROXY", "user:hunter2@gw"}});
  CHECK(is_of(text, "NO_PROXY"));
  // not read when there is no proxy to leave out
  CHECK(problem({{"NO_PROXY", "192.168.*"}}) == "(accepted)");
}

TEST_CASE("NO_PROXY must name the API's host and the login host, or neither") {
  const auto with_list = [](const char* list) {
    return problem({{"HTTPS_PROXY", "http://proxy:1"},
                    {"GENESYSCLOUD_OAUTHCLIENT_ID", "an-id"},
                    {"GENESYSCLOUD_OAUTHCLIENT_SECRET", "hunter2"},
                    {"NO_PROXY", list}});
  };
  CHECK(is_of(with_list("login.mypurecloud.com"), "NO_PROXY"));
  CHECK(is_of(with_list("api.mypurecloud.com"), "NO_PROXY"));
  CHECK(with_list("mypurecloud.com") == "(accepted)");
  CHECK(with_list("example.com") == "(accepted)");
}
