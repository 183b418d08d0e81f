// SPDX-License-Identifier: MIT

// A backend of one's own: it wraps another and logs each exchange on the wire, retries included.

#include <iostream>
#include <memory>
#include <mutex>
#include <ostream>
#include <string>
#include <utility>
#include <variant>

#include <purecloud/testing.hpp>
#include <purecloud/tokens.hpp>

/// A user's id, or a token that somebody passed in its place, is nothing for a log; nor is a query.
std::string loggable(const std::string& target) {
  const std::string path = target.substr(0, target.find('?'));
  const auto last = path.rfind('/') + 1;
  const bool is_word =
      path.compare(last, path.npos, "me") == 0 || path.compare(last, path.npos, "timeout") == 0;
  return is_word ? path : path.substr(0, last) + "{userId}";
}

template <class Backend>
class LoggingBackend {
 public:
  LoggingBackend(std::shared_ptr<Backend> backend, std::ostream& log)
      : backend_(std::move(backend)), log_(log) {}

  purecloud::HttpResult send(const purecloud::HttpRequest& request, purecloud::Deadline deadline) {
    purecloud::HttpResult result = backend_->send(request, deadline);

    const std::lock_guard<std::mutex> lock(mutex_);  // many threads may send at once
    // never the headers, which hold the token, and never a body
    log_ << request.method << ' ' << loggable(request.target) << " -> ";
    if (const auto* response = std::get_if<purecloud::HttpResponse>(&result))
      log_ << response->status << '\n';
    else
      log_ << std::get<purecloud::HttpFailure>(result).kind << '\n';
    return result;
  }

 private:
  std::shared_ptr<Backend> backend_;
  std::ostream& log_;
  std::mutex mutex_;
};

int main() {
  purecloud::testing::FakeTokensServer cloud;
  purecloud::testing::TokenGrant grant;
  grant.permissions = {"oauth:token:delete"};

  purecloud::Configuration config;
  config.base_url = cloud.base_url();
  config.access_token = cloud.service().issue_token(grant);

  using Backend = LoggingBackend<purecloud::HttplibBackend>;
  auto httplib = std::make_shared<purecloud::HttplibBackend>(config);
  const purecloud::BasicTokensApi<Backend> tokens{config,
                                                  std::make_shared<Backend>(httplib, std::cout)};

  cloud.service().fail_next(1, purecloud::testing::Fault::retry_after(429, "0"));
  tokens.get_tokens_me();  // refused once, and tried again at once, as Retry-After says
  tokens.get_tokens_timeout();
  tokens.delete_token(grant.user_id);
}

/* Output:
GET /api/v2/tokens/me -> 429
GET /api/v2/tokens/me -> 200
GET /api/v2/tokens/timeout -> 200
DELETE /api/v2/tokens/{userId} -> 204
*/
