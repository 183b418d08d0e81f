// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

#include <purecloud/detail/call/request.hpp>
#include <purecloud/detail/call/settings.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

PURECLOUD_TOKENS_INLINE std::string call_problem(const OperationCall& call,
                                                 std::string_view secret) {
  if (auto problem = headers_problem("headers", call.options.headers, secret); !problem.empty())
    return problem;
  if (call.options.deadline && call.options.deadline->count() <= 0)
    return "deadline: must be greater than zero";
  return call.refusal;
}

PURECLOUD_TOKENS_INLINE HttpRequest make_request(const ClientSettings& settings,
                                                 OperationCall& call) {
  HttpRequest request;
  request.method = call.operation.method;
  request.target =
      settings.base_path.empty() ? std::move(call.target) : settings.base_path + call.target;
  request.headers = settings.headers;
  if (!call.body.empty()) request.headers["Content-Type"] = call.content_type;
  for (const auto& [name, value] : call.options.headers) request.headers[name] = value;
  request.body = std::move(call.body);
  request.may_be_resent = call.operation.repeat == Repeat::freely;
  return request;
}

PURECLOUD_TOKENS_INLINE void authorize(HttpRequest& request, std::string_view scheme,
                                       std::string_view credentials) {
  wipe_authorization(request);
  std::string& value = request.headers["Authorization"];
  value.clear();
  value.reserve(scheme.size() + 1 + credentials.size());
  value.append(scheme).append(" ").append(credentials);
}

PURECLOUD_TOKENS_INLINE void wipe_secrets(HttpRequest& request) {
  wipe_authorization(request);
  wipe(request.body.data(), request.body.size());
}

PURECLOUD_TOKENS_INLINE void wipe_authorization(HttpRequest& request) {
  const auto found = request.headers.find("Authorization");
  if (found != request.headers.end()) wipe(found->second.data(), found->second.size());
}

PURECLOUD_TOKENS_INLINE std::string_view bearer_token_of(const HttpRequest& request) {
  const auto found = request.headers.find("Authorization");
  if (found == request.headers.end()) return {};
  constexpr std::string_view scheme = "Bearer ";
  const std::string_view value = found->second;
  return value.substr(0, scheme.size()) == scheme ? value.substr(scheme.size())
                                                  : std::string_view();
}

PURECLOUD_TOKENS_INLINE std::string name_of(const HttpRequest& request) {
  return request.method + " " + request.target.substr(0, request.target.find('?'));
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
