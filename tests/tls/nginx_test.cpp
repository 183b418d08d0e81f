// SPDX-License-Identifier: MIT
// A server that many have: nginx, where it is installed.
#include "../can_run.hpp"
#include "support.hpp"

#if defined(PURECLOUD_TOKENS_TEST_CURL) && !defined(_WIN32)

#include <set>
#include <vector>

#include <purecloud/backend/curl_multi.hpp>

namespace {

using namespace wire;
using tls::certificates;

/// An nginx of our own, whose every response names the connection that it goes through.
class Nginx {
 public:
  explicit Nginx(const std::string& folder)
      : stop_("PATH=\"$PATH:/usr/sbin:/usr/local/sbin\" nginx -p " + folder + " -c nginx.conf") {
    port_ = free_port();
    std::string configuration = "pid nginx.pid; error_log error.log; worker_processes 1;\n";
    configuration += "events { worker_connections 1024; }\nhttp { access_log off;\n";
    for (const std::string path : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"})
      configuration += path + "_temp_path " + folder + "/" + path + ";\n";
    configuration +=
        "server { listen 127.0.0.1:" + std::to_string(port_) + " ssl http2;\n" +
        "ssl_certificate good.pem; ssl_certificate_key good.key;\n"
        "keepalive_requests 100000; default_type application/json;\n"
        "location / { return 200 '{\"organization\":{\"name\":\"$connection\"}}'; } } }\n";
    certificates().write("nginx.conf", configuration);
    running_ = std::system((stop_ + " 2>/dev/null").c_str()) == 0;
  }
  ~Nginx() {
    if (running_ && std::system((stop_ + " -s stop 2>/dev/null").c_str()) != 0)
      MESSAGE("nginx does not stop");
  }
  Nginx(const Nginx&) = delete;
  Nginx& operator=(const Nginx&) = delete;

  bool running() const { return running_; }
  int port() const { return port_; }

 private:
  static int free_port() { return HostileServer({always("")}).port(); }

  const std::string stop_;
  int port_ = 0;
  bool running_ = false;
};

}  // namespace

TEST_CASE("ten thousand calls at once over nginx's HTTP/2 succeed, over few connections") {
  const Nginx nginx(certificates().path(""));
  if (!nginx.running()) {
    support::skipped_here("nginx with HTTP/2 is not installed, or does not start");
    return;
  }
  purecloud::Configuration configuration;
  configuration.base_url = "https://127.0.0.1:" + std::to_string(nginx.port());
  configuration.access_token = token;
  configuration.tls.ca_file = certificates().path("ca.pem");
  configuration.retry.max_attempts = 1;
  for (const std::size_t most : {std::size_t{1}, std::size_t{16}}) {
    CAPTURE(most);
    configuration.pool.max_connections = most;
    const purecloud::CurlAsyncTokensApi client(configuration);
    std::vector<purecloud::Future<purecloud::TokenInfo>> calls;
    for (int i = 0; i < 10'000; ++i) calls.push_back(client.get_tokens_me());
    std::set<std::string> connections;
    int succeeded = 0;
    for (auto& call : calls) {
      const auto result = call.result();
      if (!result) continue;
      ++succeeded;
      connections.insert(name_in(*result));
    }
    CHECK(succeeded == 10'000);
    CHECK(connections.size() <= most);
  }
}

#endif
