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
/// permissions, idle timeouts and lifetimes on a clock that stands still until it is moved, OAuth
/// clients, revocation, the cloud's error bodies, a correlation id on every response, and faults on
/// demand. Safe to use from many threads.
class FakeTokensService {
 public:
  FakeTokensService();
  ~FakeTokensService();
  FakeTokensService(const FakeTokensService&) = delete;
  FakeTokensService& operator=(const FakeTokensService&) = delete;

  /// A new token. A user's eleventh ends the first, as in the cloud.
  std::string issue_token(const TokenGrant& grant = {});
  /// Ends a token; one that is unknown, or ended already, is left alone.
  void revoke_token(std::string_view token);
  /// Whether a request with the token would be let in now. Does not count as use of it.
  bool is_valid(std::string_view token) const;

  /// Makes an OAuth client known, or changes the one with its id. Returns what a Configuration
  /// takes.
  ClientCredentials register_client(FakeClient client = {});
  /// What a browser brings back to `redirect_uri` when its user has agreed: good for 10 minutes,
  /// and once. Throws std::invalid_argument when no client has this id.
  std::string issue_code(const std::string& client_id, std::string redirect_uri,
                         std::string code_challenge = {});
  /// What an identity provider says of a user: good for 10 minutes, once, and with `org_name`.
  std::string issue_assertion(std::string org_name);

  /// The clock begins at 2026-01-01T00:00:00Z, and stops at 2260-01-01T00:00:00Z: clocks of
  /// nanoseconds end soon after.
  Timestamp now() const;
  /// Moves the clock forward by a time: tokens idle meanwhile. A negative one leaves it alone.
  void advance(std::chrono::milliseconds time);
  /// Moves the clock forward to a time; one in the past leaves it alone.
  void advance_to(Timestamp time);

  /// The organization's idle timeout: 8 hours until it is changed.
  IdleTokenTimeout idle_timeout() const;
  /// Changes it, as putTokensTimeout does, but unchecked.
  void set_idle_timeout(IdleTokenTimeout timeout);

  /// The next `count` requests fail, to whichever endpoint; further calls queue behind.
  void fail_next(int count, const Fault& fault);
  /// The next `count` requests to the token endpoint fail; before those of fail_next.
  void fail_next_login(int count, const Fault& fault);

  /// What came, in order, those that failed included.
  std::vector<RecordedRequest> requests() const;
  /// Forgets what came so far.
  void clear_requests();

  /// Responds to a request; what is before `/api/v2/`, `/oauth/token` and `/oauth/authorize` in its
  /// target is a gateway's and ignored. A fault may be an HttpFailure.
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
