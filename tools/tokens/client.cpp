// SPDX-License-Identifier: MIT
#include "client.hpp"

#include <cstddef>
#include <memory>
#include <variant>

#include <purecloud/testing.hpp>

#include "credentials.hpp"

Client open_cloud(const std::string& profile, int jobs) {
  auto [configuration, source] = load_credentials(profile);
  configuration.user_agent_suffix = "tokens-tool";
  configuration.pool.max_idle = static_cast<std::size_t>(jobs);
  const bool gets_its_token = configuration.access_token.empty();
  return {Tokens(std::move(configuration)), std::move(source), gets_its_token};
}

Client open_demo() {
  auto service = std::make_shared<purecloud::testing::FakeTokensService>();
  purecloud::testing::TokenGrant grant;
  grant.permissions = {"oauth:token:delete", "directory:organization:admin"};
  grant.scopes = {"users", "oauth"};

  purecloud::Configuration configuration;
  configuration.access_token = service->issue_token(grant);
  auto backend = std::make_shared<AnyBackend>(
      [service](const purecloud::HttpRequest& request, auto) -> purecloud::HttpResult {
        auto result = service->handle(request);
        service->clear_requests();  // a million records would fill the memory
        // The service only knows users who have a token: so the demo issues one for each user.
        const auto* response = std::get_if<purecloud::HttpResponse>(&result);
        const bool unknown_user = response && response->status == 404;
        if (unknown_user && request.target.find("/nobody") == std::string::npos)
          return purecloud::HttpResponse{204, {}, {}};
        return result;
      });
  return {Tokens(std::move(configuration), std::move(backend)), "the embedded service (--demo)"};
}

purecloud::TokenInfo token_info(const Tokens& tokens) {
  purecloud::GetTokensMeOptions options;
  options.preserve_idle_ttl = true;
  return tokens.get_tokens_me(options);
}
