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

/// Whether a request goes to the token endpoint, below whatever path.
bool is_token_request(const HttpRequest& request);

/// Whether a request goes to the page where a user agrees.
bool is_authorize_request(const HttpRequest& request);

/// Whether a body is said to be a form.
bool is_form_request(const HttpRequest& request);

/// The client that a request names with Basic authentication (RFC 6749, 2.3.1); its members are
/// empty when the value makes no sense.
std::optional<ClientCredentials> basic_credentials_of(const HttpRequest& request);

/// The login host of a FakeTokensService. One thread at a time.
class FakeLogin {
 public:
  /// Makes the access token of a client.
  using IssueToken = std::function<std::string(const testing::FakeClient&)>;

  void register_client(testing::FakeClient client);
  std::string issue_code(const std::string& client_id, std::string redirect_uri,
                         std::string code_challenge, Timestamp now);
  std::string issue_assertion(std::string org_name, Timestamp now);

  /// Responds to a request to the token endpoint.
  HttpResponse give_token(const HttpRequest& request, Timestamp now, const IssueToken& issue);
  /// Responds to a browser as if its user had agreed at once.
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
  /// Spends what a grant is based on. False when it is not good.
  bool redeem(const Grant& grant, Form& form, const testing::FakeClient& client, Timestamp now);
  /// Why a browser is sent back without a code; null when there is no reason.
  const char* refuse_authorization(Form& query) const;
  std::string new_secret(const char* kind);

  std::map<std::string, testing::FakeClient> clients_;
  std::map<std::string, Code> codes_;
  std::map<std::string, Assertion> assertions_;
  std::map<std::string, std::string> refresh_tokens_;  ///< and whose they are
  unsigned secrets_ = 0;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_TESTING_BODIES
#include <purecloud/testing/fake_login.ipp>
#endif
