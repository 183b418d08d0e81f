// SPDX-License-Identifier: MIT

// A user logs in with a browser (authorization code with PKCE). The program prints the page's
// address, and receives the code on a port of this machine.
// usage: authorization_code CLIENT_ID REDIRECT_URI
//
// REDIRECT_URI is registered for the OAuth client, and has the form http://localhost:PORT/PATH.
// Reads the region and the gateway from the environment.

#include <httplib.h>

#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>

#include <purecloud/tokens.hpp>

namespace {

/// Waits for the redirect with this `state`, and returns its `code`. Throws if the login was
/// refused.
std::string wait_for_code(const std::string& host, int port, const std::string& state) {
  std::string code, problem;
  httplib::Server server;
  server.Get(".*", [&](const httplib::Request& request, httplib::Response& response) {
    if (request.get_param_value("state") != state) return;  // not the response to this request
    code = request.get_param_value("code");
    problem = request.get_param_value("error");
    response.set_content("You may close this window.", "text/plain");
    server.stop();
  });
  if (!server.listen(host.c_str(), port)) throw std::runtime_error("the port is not available");
  if (code.empty()) throw std::runtime_error("the login was refused: " + problem);
  return code;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 3) throw std::runtime_error("usage: authorization_code CLIENT_ID REDIRECT_URI");
  const std::string redirect_uri = argv[2];
  auto config = purecloud::Configuration::from_environment();
  config.client_credentials.client_id = argv[1];
  const purecloud::OAuthApi oauth{config};

  const auto pkce = purecloud::Pkce::generate();
  purecloud::AuthorizeRequest request;
  request.redirect_uri = redirect_uri;
  request.code_challenge = pkce.challenge;
  request.state = purecloud::Pkce::generate().challenge;  // any random text will do
  std::cout << "log in at: " << oauth.authorize_url(request) << std::endl;

  const auto port = redirect_uri.find(':', redirect_uri.find("//"));
  const std::string code =
      wait_for_code("127.0.0.1", std::stoi(redirect_uri.substr(port + 1)), request.state);
  const auto granted = oauth.authorization_code({code, redirect_uri, pkce.verifier});

  config.client_credentials = {};
  config.access_token = granted.access_token;
  const auto info = purecloud::TokensApi{config}.get_tokens_me();
  std::cout << "logged in to " << (info.organization ? info.organization->name.value_or("?") : "?")
            << '\n';
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}

/* Output:
log in at: …
logged in to Fake Org
*/
