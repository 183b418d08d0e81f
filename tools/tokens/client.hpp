// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include <purecloud/tokens.hpp>

/// The backend of the cloud or of the demo, in one type for all commands.
class AnyBackend {
 public:
  using Send =
      std::function<purecloud::HttpResult(const purecloud::HttpRequest&, purecloud::Deadline)>;

  explicit AnyBackend(Send send) : send_(std::move(send)) {}

  /// A backend of the cloud: for the API or for the login host.
  explicit AnyBackend(const purecloud::Configuration& configuration)
      : AnyBackend(
            [cloud = std::make_shared<purecloud::HttplibBackend>(configuration)](
                const auto& request, auto deadline) { return cloud->send(request, deadline); }) {}

  purecloud::HttpResult send(const purecloud::HttpRequest& request, purecloud::Deadline deadline) {
    return send_(request, deadline);
  }

 private:
  Send send_;
};

using Tokens = purecloud::BasicTokensApi<AnyBackend>;

/// A client, and where its credentials came from.
struct Client {
  Tokens tokens;
  std::string credentials;      ///< a description for messages
  bool gets_its_token = false;  ///< has client credentials, and no token yet
};

/// Returns a client of the cloud, for `jobs` calls at once. Throws what load_credentials() throws.
Client open_cloud(const std::string& profile, int jobs);

/// Returns a client of the embedded service. All users have sessions there, except those whose id
/// begins with `nobody`.
Client open_demo();

/// Returns what the cloud knows about the token. Does not reset its idle timer.
purecloud::TokenInfo token_info(const Tokens& tokens);
