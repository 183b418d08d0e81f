// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include <purecloud/access_token.hpp>
#include <purecloud/detail/call/request.hpp>
#include <purecloud/detail/oauth/form.hpp>
#include <purecloud/detail/text/redaction.hpp>
#include <purecloud/secret.hpp>
#include <purecloud/testing/fake_login.hpp>
#include <purecloud/testing/recorded_request.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Returns a form with `<secret>` as the value of each secret member. Adds those values to
/// `redactor`.
inline std::string form_without_secrets(std::string_view form, Redactor& redactor) {
  static constexpr std::string_view secrets[] = {"code", "code_verifier", "refresh_token",
                                                 "assertion", "client_secret"};
  std::string recorded;
  for (std::size_t at = 0; at <= form.size();) {
    const std::string_view member = form.substr(at, form.find('&', at) - at);
    if (at > 0) recorded += '&';
    at += member.size() + 1;
    const auto equals = (std::min)(member.find('='), member.size());
    const auto name = parse_form_component(member.substr(0, equals));
    if (equals == member.size() ||
        (name && std::find(std::begin(secrets), std::end(secrets), *name) == std::end(secrets))) {
      recorded += member;
      continue;
    }
    if (const auto value = parse_form_component(member.substr(equals + 1)))
      redactor.add(*value, SecretKind::mark);
    recorded.append(member.substr(0, equals + 1)).append(SecretKind::mark);
  }
  return recorded;
}

PURECLOUD_TOKENS_INLINE testing::RecordedRequest fake_record(const HttpRequest& request, int status,
                                                             std::string correlation_id) {
  testing::RecordedRequest seen{request.method, request.target, request.headers,
                                request.body,   status,         std::move(correlation_id)};
  Redactor redactor;
  redactor.add(bearer_token_of(request), AccessTokenKind::mark);
  if (const auto found = seen.headers.find("Authorization"); found != seen.headers.end()) {
    const auto basic = basic_credentials_of(request);
    if (basic) redactor.add(basic->client_secret);
    found->second = basic ? "Basic <secret>" : "Bearer <access token>";
  }
  if (is_token_request(request)) {
    const auto query_at = (std::min)(seen.target.find('?'), seen.target.size() - 1) + 1;
    seen.target.replace(
        query_at, seen.target.npos,
        form_without_secrets(std::string_view(request.target).substr(query_at), redactor));
    seen.body = is_form_request(request) || request.body.empty()
                    ? form_without_secrets(request.body, redactor)
                    : std::string(SecretKind::mark);
  }
  for (auto& [name, value] : seen.headers) value = redactor.redact(std::move(value));
  seen.target = redactor.redact(std::move(seen.target));
  seen.body = redactor.redact(std::move(seen.body));
  return seen;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
