// SPDX-License-Identifier: MIT
// The bytes that go out.
#include <algorithm>
#include <sstream>

#include "../can_run.hpp"
#include "support.hpp"

namespace {

using namespace wire;

struct Request {
  std::string line;
  std::vector<std::string> headers;  ///< sorted by name in lower case
  std::string body;
};

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

/// The names of headers have no case and no order; all else must be as expected byte for byte.
Request parse(const std::string& bytes) {
  const auto head = bytes.find("\r\n\r\n");
  REQUIRE(head != std::string::npos);
  Request request;
  request.body = bytes.substr(head + 4);
  std::istringstream lines(bytes.substr(0, head));
  std::string line;
  while (std::getline(lines, line)) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    const auto colon = line.find(": ");
    if (request.line.empty())
      request.line = line;
    else
      request.headers.push_back(lower(line.substr(0, colon)) + line.substr(colon));
  }
  std::sort(request.headers.begin(), request.headers.end());
  return request;
}

std::vector<std::string> common_headers(const HostileServer& server) {
  return {"accept: application/json", "authorization: Bearer " + std::string(token),
          "host: 127.0.0.1:" + std::to_string(server.port()),
          "user-agent: purecloud-tokens/" PURECLOUD_TOKENS_VERSION};
}

template <class Backend, class Call>
Request sent_by(Call call) {
  const HostileServer server({always(response(200, "{}"))});
  call(client_of<Backend>(server));
  REQUIRE(server.requests().size() == 1);
  Request request = parse(server.requests().front());
  for (const std::string& header : common_headers(server)) {
    CAPTURE(header);
    const auto found = std::find(request.headers.begin(), request.headers.end(), header);
    REQUIRE(found != request.headers.end());
    request.headers.erase(found);
  }
  return request;
}

const std::vector<std::string> no_headers;

}  // namespace

TEST_CASE_TEMPLATE("each operation without a body sends its line, four headers and no more",
                   Backend, WIRE_BACKENDS) {
  using Client = purecloud::BasicTokensApi<Backend>;
  struct Operation {
    std::string line;
    void (*call)(const Client&);
  };
  const Operation operations[] = {
      {"GET /api/v2/tokens/me HTTP/1.1", [](const Client& c) { c.get_tokens_me(); }},
      {"GET /api/v2/tokens/me?preserveIdleTTL=true HTTP/1.1",
       [](const Client& c) {
         c.get_tokens_me({true, {}});
       }},
      {"GET /api/v2/tokens/me?preserveIdleTTL=false HTTP/1.1",
       [](const Client& c) {
         c.get_tokens_me({false, {}});
       }},
      {"HEAD /api/v2/tokens/me HTTP/1.1", [](const Client& c) { c.head_tokens_me(); }},
      {"DELETE /api/v2/tokens/me HTTP/1.1", [](const Client& c) { c.delete_tokens_me(); }},
      {"DELETE /api/v2/tokens/4f1c HTTP/1.1", [](const Client& c) { c.delete_token("4f1c"); }},
      {"GET /api/v2/tokens/timeout HTTP/1.1", [](const Client& c) { c.get_tokens_timeout(); }},
  };
  for (const Operation& operation : operations) {
    const Request request = sent_by<Backend>(operation.call);
    CHECK(request.line == operation.line);
    CHECK(request.headers == no_headers);
    CHECK(request.body.empty());
  }
}

TEST_CASE_TEMPLATE("a PUT sends its JSON with type and length", Backend, WIRE_BACKENDS) {
  const Request request = sent_by<Backend>([](const auto& client) {
    purecloud::IdleTokenTimeout timeout;
    timeout.idle_token_timeout_seconds = 900;
    client.put_tokens_timeout(timeout);
  });
  CHECK(request.line == "PUT /api/v2/tokens/timeout HTTP/1.1");
  CHECK(request.body == R"({"idleTokenTimeoutSeconds":900})");
  CHECK(request.headers ==
        std::vector<std::string>{"content-length: 31", "content-type: application/json"});
}

TEST_CASE_TEMPLATE("a large body goes out whole, without asking whether it may", Backend,
                   WIRE_BACKENDS) {
  const std::string group(1024 * 1024, 'g');
  const Stopwatch stopwatch;
  const Request request = sent_by<Backend>([&](const auto& client) {
    purecloud::IdleTokenTimeout timeout;
    purecloud::InactivityTimeoutGroupBundle bundle;
    bundle.groups = {group};
    timeout.inactivity_timeout_group_bundles = {bundle};
    client.put_tokens_timeout(timeout);
  });
  CHECK(request.body == R"({"inactivityTimeoutGroupBundles":[{"groups":[")" + group + R"("]}]})");
  CHECK(request.headers ==
        std::vector<std::string>{"content-length: " + std::to_string(request.body.size()),
                                 "content-type: application/json"});
  // a server that ignores `Expect: 100-continue` costs a second
  CHECK(stopwatch.elapsed() < milliseconds(900));
}

TEST_CASE_TEMPLATE("a user id goes out as one segment, encoded once", Backend, WIRE_BACKENDS) {
  const struct {
    std::string id, segment;
  } ids[] = {
      {"a/b", "a%2Fb"},         {"a b", "a%20b"},     {"\xc3\xbc", "%C3%BC"},
      {"%2e%2e", "%252e%252e"}, {"?x=1", "%3Fx%3D1"}, {"a+b&c;d#e", "a%2Bb%26c%3Bd%23e"},
      {"...", "..."},           {"~-._", "~-._"},
  };
  for (const auto& each : ids) {
    const auto& id = each.id;
    const auto& segment = each.segment;
    const Request request = sent_by<Backend>([&](const auto& client) { client.delete_token(id); });
    CHECK(request.line == "DELETE /api/v2/tokens/" + segment + " HTTP/1.1");
  }
}

TEST_CASE_TEMPLATE("headers of the configuration and of the call go out once each", Backend,
                   WIRE_BACKENDS) {
  const HostileServer server({always(response(200, "{}"))});
  auto configuration = configuration_for(server);
  configuration.default_headers = {{"X-Both", "default"}, {"X-Default", "1"}};
  configuration.user_agent_suffix = "my-service/2.1";
  const purecloud::BasicTokensApi<Backend> client(configuration);
  purecloud::CallOptions options;
  options.headers = {{"x-both", "call"}, {"X-Call", "a: b, c"}};
  CHECK(client.head_tokens_me(options));
  const Request request = parse(server.requests().at(0));
  CHECK(request.headers ==
        std::vector<std::string>{
            "accept: application/json", "authorization: Bearer " + std::string(token),
            "host: 127.0.0.1:" + std::to_string(server.port()),
            "user-agent: purecloud-tokens/" PURECLOUD_TOKENS_VERSION " my-service/2.1",
            "x-both: call", "x-call: a: b, c", "x-default: 1"});
}

TEST_CASE_TEMPLATE("a base URL's path comes before the API's", Backend, WIRE_BACKENDS) {
  const HostileServer server({always(response(200, "{}"))});
  auto configuration = configuration_for(server);
  configuration.base_url += "/genesys%20cloud/";
  const purecloud::BasicTokensApi<Backend> client(configuration);
  client.delete_token("a b");
  CHECK(parse(server.requests().at(0)).line ==
        "DELETE /genesys%20cloud/api/v2/tokens/a%20b HTTP/1.1");
}

TEST_CASE_TEMPLATE("each token of one backend goes out with its own calls", Backend,
                   WIRE_BACKENDS) {
  const HostileServer server({always(response(200, "{}"))});
  const auto first = client_of<Backend>(server);
  const auto second = first.with_access_token("another-bearer");
  CHECK(first.try_get_tokens_me());
  CHECK(second.try_get_tokens_me());
  CHECK(contains(server.requests().at(0), "Bearer " + std::string(token) + "\r\n"));
  CHECK(contains(server.requests().at(1), "Bearer another-bearer\r\n"));
  CHECK(server.connections() == 1);
}

TEST_CASE_TEMPLATE("a host name is looked up, whatever family its server listens on" *
                       doctest::skip(support::no_localhost()),
                   Backend, WIRE_BACKENDS) {
  const HostileServer server({always(response(200, "{}"))});
  auto configuration = configuration_for(server);
  configuration.base_url = "http://localhost:" + std::to_string(server.port());
  const purecloud::BasicTokensApi<Backend> client(configuration);
  CHECK(client.head_tokens_me());
  CHECK(contains(server.requests().at(0),
                 "\r\nHost: localhost:" + std::to_string(server.port()) + "\r\n"));
}

TEST_CASE_TEMPLATE("a request may have all the time there is" *
                       doctest::skip(support::no_localhost()),
                   Backend, WIRE_BACKENDS) {
  const HostileServer server({always(response(200, "{}"))});
  auto configuration = configuration_for(server);
  configuration.base_url = "http://localhost:" + std::to_string(server.port());
  Backend backend(configuration);
  const auto result = backend.send({"GET", "/", {}, {}}, (purecloud::Deadline::max)());
  CHECK(std::holds_alternative<purecloud::HttpResponse>(result));
}

TEST_CASE_TEMPLATE("an IPv6 address works, and stands in brackets in Host", Backend,
                   WIRE_BACKENDS) {
  std::optional<HostileServer> server;
  try {
    server.emplace(std::vector<Script>{always(response(200, "{}"))}, nullptr, AF_INET6);
  } catch (const std::runtime_error&) {
    support::skipped_here("this machine has no IPv6 loopback");
    return;
  }
  auto configuration = configuration_for(*server);
  configuration.base_url = "http://[::1]:" + std::to_string(server->port());
  const purecloud::BasicTokensApi<Backend> client(configuration);
  CHECK(client.head_tokens_me());
  CHECK(contains(server->requests().at(0),
                 "\r\nHost: [::1]:" + std::to_string(server->port()) + "\r\n"));
}
