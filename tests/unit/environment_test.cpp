// SPDX-License-Identifier: MIT
#include "support.hpp"

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

/// The variables that the library reads, all unset but for the given ones, until destruction.
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
  static constexpr const char* names[] = {"GENESYSCLOUD_ACCESS_TOKEN",
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
    CHECK(support::begins_with(text, std::string(variable) + ": "));
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
  for (const char* port : {"0", "65536", "eighty", "-1", "80 ", "999999999999"})
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
  CHECK(contains(problem({{"GENESYSCLOUD_PROXY_HOST", "p"},
                          {"GENESYSCLOUD_PROXY_PORT", "1"},
                          {"GENESYSCLOUD_PROXY_PROTOCOL", "socks5"}}),
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
       {"socks5://user:hunter2@proxy:1080", "http://user:hunter2@", "https://user:hunter2@proxy",
        "http://user:hunter2@proxy:port", "http://user:hunter2@pro xy:1", "http://user:hunter2"})
    for (const char* variable : {"HTTPS_PROXY", "https_proxy"}) {
      CAPTURE(value);
      CHECK(support::begins_with(problem({{variable, value}}), std::string(variable) + ": "));
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
