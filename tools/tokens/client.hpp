// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include <purecloud/tokens.hpp>

/// The cloud or the demo: one type, so that no command needs to know which.
class AnyBackend {
 public:
  using Send =
      std::function<purecloud::HttpResult(const purecloud::HttpRequest&, purecloud::Deadline)>;

  explicit AnyBackend(Send send) : send_(std::move(send)) {}

  /// Of the cloud: of the API, or of the host that gives out tokens.
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
  std::string credentials;      ///< for people
  bool gets_its_token = false;  ///< with client credentials, and has none to begin with
};

/// A client of the cloud, for this many calls at once. Throws what load_credentials throws.
Client open_cloud(const std::string& profile, int jobs);

/// A client of the embedded service. All users have sessions there, except those whose id begins
/// with `nobody`.
Client open_demo();

/// What the cloud knows about the token. Does not reset its idle timer.
purecloud::TokenInfo token_info(const Tokens& tokens);
