// SPDX-License-Identifier: MIT

// A custom backend: it wraps another one, and logs each exchange, retries included.

#include <iostream>
#include <memory>
#include <mutex>
#include <ostream>
#include <string>
#include <utility>
#include <variant>

#include <purecloud/testing.hpp>
#include <purecloud/tokens.hpp>

/// Returns the target without the query and without the user's id, which must not be logged (it
/// might even be a token that was passed by mistake).
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

    const std::lock_guard<std::mutex> lock(
        mutex_);  // send() may be called on several threads at once
    // never logs the headers, which contain the token, nor a body
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
  tokens.get_tokens_me();  // fails once with Retry-After: 0, and is repeated at once
  tokens.get_tokens_timeout();
  tokens.delete_token(grant.user_id);
}

/* Output:
GET /api/v2/tokens/me -> 429
GET /api/v2/tokens/me -> 200
GET /api/v2/tokens/timeout -> 200
DELETE /api/v2/tokens/{userId} -> 204
*/
