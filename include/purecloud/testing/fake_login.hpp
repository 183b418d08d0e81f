// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <purecloud/configuration.hpp>
#include <purecloud/http.hpp>
#include <purecloud/testing/fake_client.hpp>
#include <purecloud/timestamp.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Returns whether a request goes to the token endpoint, with any path before it.
bool is_token_request(const HttpRequest& request);

/// Returns whether a request goes to the page where a user logs in, with any path before it.
bool is_authorize_request(const HttpRequest& request);

/// Returns whether a request's `Content-Type` is that of a form.
bool is_form_request(const HttpRequest& request);

/// Returns the client of a request with Basic authentication (RFC 6749, 2.3.1); with empty members
/// if the header cannot be decoded; nothing if there is no such header.
std::optional<ClientCredentials> basic_credentials_of(const HttpRequest& request);

/// The login host of a FakeTokensService. Not thread-safe.
class FakeLogin {
 public:
  /// Makes an access token for a client.
  using IssueToken = std::function<std::string(const testing::FakeClient&)>;

  void register_client(testing::FakeClient client);
  std::string issue_code(const std::string& client_id, std::string redirect_uri,
                         std::string code_challenge, Timestamp now);
  std::string issue_assertion(std::string org_name, Timestamp now);

  /// Responds to a request to the token endpoint.
  HttpResponse give_token(const HttpRequest& request, Timestamp now, const IssueToken& issue);
  /// Responds to a browser as if its user had logged in at once.
  HttpResponse authorize(std::string_view query, Timestamp now);

 private:
  using Form = std::map<std::string, std::string>;

  struct Code {
    std::string client_id;
    std::string redirect_uri;
    std::string code_challenge;
    Timestamp expires;
  };
  struct Assertion {
    std::string org_name;
    Timestamp expires;
  };
  struct Grant;

  static std::optional<Form> read_form(std::string_view text);
  const testing::FakeClient* authenticate(const HttpRequest& request, Form& form) const;
  /// Uses up the code, assertion or refresh token of a request. Returns false if it is not valid.
  bool redeem(const Grant& grant, Form& form, const testing::FakeClient& client, Timestamp now);
  /// Returns the `error` for a browser that gets no code; null if it gets one.
  const char* refuse_authorization(Form& query) const;
  std::string new_secret(const char* kind);

  std::map<std::string, testing::FakeClient> clients_;
  std::map<std::string, Code> codes_;
  std::map<std::string, Assertion> assertions_;
  std::map<std::string, std::string> refresh_tokens_;  ///< each with the id of its client
  unsigned secrets_ = 0;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_TESTING_BODIES
#include <purecloud/testing/fake_login.ipp>
#endif
