// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <purecloud/configuration.hpp>
#include <purecloud/http.hpp>
#include <purecloud/model/idle_token_timeout.hpp>
#include <purecloud/testing/fake_client.hpp>
#include <purecloud/testing/fault.hpp>
#include <purecloud/testing/recorded_request.hpp>
#include <purecloud/timestamp.hpp>

namespace purecloud {
inline namespace v1 {
namespace testing {

/// The Tokens API of Genesys Cloud and its login host in memory, for tests: tokens with scopes and
/// permissions, idle timeouts and lifetimes by a clock that only the test moves, OAuth clients,
/// revocation, the cloud's error bodies, a correlation id on every response, and faults on demand.
/// Thread-safe.
class FakeTokensService {
 public:
  FakeTokensService();
  ~FakeTokensService();
  FakeTokensService(const FakeTokensService&) = delete;
  FakeTokensService& operator=(const FakeTokensService&) = delete;

  /// Returns a new token. A user's eleventh token ends the first one, as in the cloud.
  std::string issue_token(const TokenGrant& grant = {});
  /// Ends a token. Does nothing if the token is unknown or has ended already.
  void revoke_token(std::string_view token);
  /// Returns whether a request with the token would be accepted now. Does not reset its idle timer.
  bool is_valid(std::string_view token) const;

  /// Adds an OAuth client, or replaces the one with the same id. Returns its id and secret, for
  /// Configuration::client_credentials.
  ClientCredentials register_client(FakeClient client = {});
  /// Returns an authorization code, as if a user had logged in with a browser. It is valid for 10
  /// minutes, once. Throws std::invalid_argument when no client has this id.
  std::string issue_code(const std::string& client_id, std::string redirect_uri,
                         std::string code_challenge = {});
  /// Returns a SAML2 assertion, as from an identity provider. It is valid for 10 minutes, once,
  /// with this `org_name`.
  std::string issue_assertion(std::string org_name);

  /// Returns the time of the service's clock. It starts at 2026-01-01T00:00:00Z, and cannot be
  /// moved past 2260-01-01T00:00:00Z, because clocks that count nanoseconds end soon after.
  Timestamp now() const;
  /// Moves the clock forward. Does nothing if `time` is negative.
  void advance(std::chrono::milliseconds time);
  /// Moves the clock forward to `time`. Does nothing if `time` is in the past.
  void advance_to(Timestamp time);

  /// Returns the organization's idle timeout; by default 8 hours.
  IdleTokenTimeout idle_timeout() const;
  /// Changes the organization's idle timeout. Accepts any value, unlike put_tokens_timeout().
  void set_idle_timeout(IdleTokenTimeout timeout);

  /// Makes the next `count` requests to any endpoint fail. Further faults follow after these.
  void fail_next(int count, const Fault& fault);
  /// Makes the next `count` requests to the token endpoint fail. These faults come
  /// before those of fail_next().
  void fail_next_login(int count, const Fault& fault);

  /// Returns the requests that were received, in order, with those that failed.
  std::vector<RecordedRequest> requests() const;
  /// Forgets the requests that were received so far.
  void clear_requests();

  /// Returns the response to a request, or the HttpFailure of a fault. A path before `/api/v2/`,
  /// `/oauth/token` or `/oauth/authorize` in the target is ignored, because a gateway may add one.
  HttpResult handle(const HttpRequest& request);

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace testing
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_TESTING_BODIES
#include <purecloud/testing/fake_tokens_service.ipp>
#endif

#include <purecloud/testing/mount.hpp>
