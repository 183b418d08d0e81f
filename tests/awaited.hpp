// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/async_tokens.hpp>
#include <purecloud/tokens.hpp>

#include <future>
#include <memory>
#include <string_view>
#include <utility>

namespace support {

/// An asynchronous backend, for a client whose every call waits for its future.
template <class AsyncBackend>
struct Awaited : AsyncBackend {
  using AsyncBackend::AsyncBackend;

  purecloud::HttpResult send(const purecloud::HttpRequest& request, purecloud::Deadline deadline,
                             const purecloud::StopToken& stop = {}) {
    std::promise<purecloud::HttpResult> result;
    this->start(request, deadline, stop,
                [&](purecloud::HttpResult ended) { result.set_value(std::move(ended)); });
    return result.get_future().get();
  }
};

}  // namespace support

namespace purecloud {
inline namespace v1 {

template <class AsyncBackend>
class BasicTokensApi<support::Awaited<AsyncBackend>> {
 public:
  using Backend = support::Awaited<AsyncBackend>;

  explicit BasicTokensApi(Configuration configuration) : async_(std::move(configuration)) {}
  BasicTokensApi(Configuration configuration, std::shared_ptr<Backend> backend)
      : async_(std::move(configuration), std::move(backend)) {}
  BasicTokensApi with_access_token(AccessToken token) const {
    return BasicTokensApi(async_.with_access_token(std::move(token)));
  }

  Result<TokenInfo> try_get_tokens_me(const GetTokensMeOptions& options = {}) const {
    return async_.get_tokens_me(options).result();
  }
  Result<bool> try_head_tokens_me(const CallOptions& options = {}) const {
    return async_.head_tokens_me(options).result();
  }
  Result<void> try_delete_tokens_me(const CallOptions& options = {}) const {
    return async_.delete_tokens_me(options).result();
  }
  Result<void> try_delete_token(std::string_view id, const CallOptions& options = {}) const {
    return async_.delete_token(id, options).result();
  }
  Result<IdleTokenTimeout> try_get_tokens_timeout(const CallOptions& options = {}) const {
    return async_.get_tokens_timeout(options).result();
  }
  Result<IdleTokenTimeout> try_put_tokens_timeout(const IdleTokenTimeout& timeout,
                                                  const CallOptions& options = {}) const {
    return async_.put_tokens_timeout(timeout, options).result();
  }

  TokenInfo get_tokens_me(const GetTokensMeOptions& options = {}) const {
    return async_.get_tokens_me(options).get();
  }
  bool head_tokens_me(const CallOptions& options = {}) const {
    return async_.head_tokens_me(options).get();
  }
  void delete_tokens_me(const CallOptions& options = {}) const {
    async_.delete_tokens_me(options).get();
  }
  void delete_token(std::string_view id, const CallOptions& options = {}) const {
    async_.delete_token(id, options).get();
  }
  IdleTokenTimeout get_tokens_timeout(const CallOptions& options = {}) const {
    return async_.get_tokens_timeout(options).get();
  }
  IdleTokenTimeout put_tokens_timeout(const IdleTokenTimeout& timeout,
                                      const CallOptions& options = {}) const {
    return async_.put_tokens_timeout(timeout, options).get();
  }

 private:
  explicit BasicTokensApi(BasicAsyncTokensApi<Backend> async) : async_(std::move(async)) {}

  BasicAsyncTokensApi<Backend> async_;
};

}  // namespace v1
}  // namespace purecloud
