// SPDX-License-Identifier: MIT
#include "client.hpp"

#include <cstddef>
#include <memory>
#include <variant>

#include <purecloud/testing.hpp>

#include "credentials.hpp"

Tokens open_cloud(int jobs) {
  auto configuration = load_credentials();
  configuration.user_agent_suffix = "tokens-tool";
  configuration.pool.max_idle = static_cast<std::size_t>(jobs);
  auto without_token = configuration;
  without_token.access_token = {};
  auto cloud = std::make_shared<purecloud::HttplibBackend>(without_token);
  auto backend = std::make_shared<AnyBackend>(
      [cloud](const auto& request, auto deadline) { return cloud->send(request, deadline); });
  return Tokens(std::move(configuration), std::move(backend));
}

Tokens open_demo() {
  auto service = std::make_shared<purecloud::testing::FakeTokensService>();
  purecloud::testing::TokenGrant grant;
  grant.permissions = {"oauth:token:delete", "directory:organization:admin"};
  grant.scopes = {"users", "oauth"};

  purecloud::Configuration configuration;
  configuration.access_token = service->issue_token(grant);
  auto backend = std::make_shared<AnyBackend>(
      [service](const purecloud::HttpRequest& request, auto) -> purecloud::HttpResult {
        auto result = service->handle(request);
        service->clear_requests();  // a million of them would fill the memory
        // The service knows only users to whom it issued a token; the demo's are all signed in.
        const auto* response = std::get_if<purecloud::HttpResponse>(&result);
        const bool unknown_user = response && response->status == 404;
        if (unknown_user && request.target.find("/nobody") == std::string::npos)
          return purecloud::HttpResponse{204, {}, {}};
        return result;
      });
  return Tokens(std::move(configuration), std::move(backend));
}

purecloud::TokenInfo token_info(const Tokens& tokens) {
  purecloud::GetTokensMeOptions options;
  options.preserve_idle_ttl = true;
  return tokens.get_tokens_me(options);
}
