// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <purecloud/http.hpp>
#include <purecloud/model/idle_token_timeout.hpp>
#include <purecloud/model/token_info.hpp>
#include <purecloud/timestamp.hpp>

namespace purecloud {
inline namespace v1 {
namespace testing {

/// What FakeTokensService::issue_token grants.
struct TokenGrant {
  /// whose token it is: deleteToken takes it
  std::string user_id = "11111111-aaaa-4bbb-8ccc-000000000001";
  /// `oauth:token:delete`, for deleteToken; `directory:organization:admin`, for putTokensTimeout
  std::vector<std::string> permissions;
  std::vector<std::string> scopes;                             ///< TokenInfo::authorized_scope
  AuthorizedGrantType grant_type = AuthorizedGrantType::code;  ///< of the OAuth client
};

/// One thing that goes wrong, once. Made by the functions below.
struct Fault {
  /// An error answer: in the API's own form, with the code and message that it has for the status.
  static Fault status(int status);
  /// 429 or 503 that asks for a wait: seconds or an HTTP-date.
  static Fault retry_after(int status, std::string value);
  /// Any answer: a captive portal's page, a truncated body.
  static Fault answer(HttpResponse response);
  /// No answer. With ErrorKind::timeout, FakeBackend's clock moves to the attempt's deadline. A
  /// mounted service breaks the connection off instead, whatever the kind; a HEAD, whose answer has
  /// no body to break off in, gets a 503.
  static Fault failure(ErrorKind kind);
  /// The request is carried out, but its answer is lost on the way.
  static Fault lost_answer();

  std::optional<HttpResponse> response;  ///< the answer; none for a failure
  std::optional<ErrorKind> kind;         ///< of a failure
  bool carry_out = false;                ///< whether the request takes effect all the same
};

/// A request that the service saw. The bearer is in no member of it.
struct RecordedRequest {
  std::string method;          ///< `GET`, `HEAD`, `PUT` or `DELETE`
  std::string target;          ///< path and query, as they came
  HttpHeaders headers;         ///< the value of `Authorization` is `Bearer <access token>`
  std::string body;            ///< as it came
  int status = 0;              ///< what was answered; 0 for no answer
  std::string correlation_id;  ///< what the answer carried, if there was one
};

/// The Tokens API of Genesys Cloud in memory, for tests: tokens with scopes and permissions, idle
/// timeouts on a clock that stands still until it is moved, revocation, the cloud's error bodies,
/// a correlation id on every answer, and faults on demand. Safe to use from many threads.
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

  /// The clock begins at 2026-01-01T00:00:00Z.
  Timestamp now() const;
  /// Moves the clock forward by a time: tokens idle meanwhile.
  void advance(std::chrono::milliseconds time);
  /// Moves the clock forward to a time; one in the past leaves it alone.
  void advance_to(Timestamp time);

  /// The organization's idle timeout: 8 hours until it is changed.
  IdleTokenTimeout idle_timeout() const;
  /// Changes it, as putTokensTimeout does, but unchecked.
  void set_idle_timeout(IdleTokenTimeout timeout);

  /// The next `count` requests fail; further calls queue behind.
  void fail_next(int count, const Fault& fault);

  /// What came, in order, those that failed included.
  std::vector<RecordedRequest> requests() const;
  /// Forgets what came so far.
  void clear_requests();

  /// Answers a request; what is before `/api/v2/` in its target is a gateway's and ignored. A fault
  /// may be an HttpFailure.
  HttpResult handle(const HttpRequest& request);

 private:
  class State;
  std::unique_ptr<State> state_;
};

/// Serves a service through a `httplib::Server`, at any path. `service` must outlive the server's
/// last request.
template <class HttplibServer>
void mount(FakeTokensService& service, HttplibServer& server) {
  const auto answer = [&service](const auto& request, auto& response) {
    HttpRequest copy;
    copy.method = request.method;
    copy.target = request.target;
    for (const auto& [name, value] : request.headers) copy.headers.emplace(name, value);
    copy.body = request.body;
    const HttpResult result = service.handle(copy);
    const auto* answered = std::get_if<HttpResponse>(&result);
    if (!answered && request.method == "HEAD") {
      response.status = 503;
      return;
    }
    if (!answered) {
      // promises a body and breaks off, which closes the connection
      response.set_content_provider(1, "application/json", [](auto, auto, auto&) { return false; });
      return;
    }
    response.status = answered->status;
    std::string type = "text/plain";
    for (const auto& [name, value] : answered->headers) {
      if (HttpHeaders({{"Content-Type", ""}}).count(name))
        type = value;
      else
        response.set_header(name, value);
    }
    if (!answered->body.empty()) response.set_content(answered->body, type.c_str());
  };
  server.Get(".*", answer);  // and HEAD
  server.Put(".*", answer);
  server.Delete(".*", answer);
}

}  // namespace testing
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_TESTING_BODIES
#include <purecloud/testing/fake_tokens_service.ipp>
#endif
