// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <utility>

#include <purecloud/tokens.hpp>

/// The cloud or the demo: one type, so that no command needs to know which.
class AnyBackend {
 public:
  using Send =
      std::function<purecloud::HttpResult(const purecloud::HttpRequest&, purecloud::Deadline)>;

  explicit AnyBackend(Send send) : send_(std::move(send)) {}

  purecloud::HttpResult send(const purecloud::HttpRequest& request, purecloud::Deadline deadline) {
    return send_(request, deadline);
  }

 private:
  Send send_;
};

using Tokens = purecloud::BasicTokensApi<AnyBackend>;

/// A client of the cloud that the credentials are for, for this many calls at once. Throws what
/// load_credentials throws.
Tokens open_cloud(int jobs);

/// A client of the embedded service. All users have sessions there, except those whose id begins
/// with `nobody`.
Tokens open_demo();

/// What the cloud knows about the token. Does not reset its idle timer.
purecloud::TokenInfo token_info(const Tokens& tokens);
