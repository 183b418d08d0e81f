// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/testing.hpp>
#include <purecloud/tokens.hpp>

#if defined(PURECLOUD_TOKENS_SEPARATE)               // what otherwise comes with the bodies
#if __has_include(<purecloud/detail/text/text.hpp>)  // else a single header has them
#include <purecloud/detail/call/retry_after.hpp>
#include <purecloud/detail/text/text.hpp>
#endif
#endif

#include <doctest/doctest.h>

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace support {

/// A backend that responds as scripted, with 204 after that, and keeps what it was given. Its clock
/// moves only by waits.
struct ScriptedBackend {
  ScriptedBackend() = default;
  explicit ScriptedBackend(std::deque<purecloud::HttpResult> script)
      : responses(std::move(script)) {}

  purecloud::HttpResult send(const purecloud::HttpRequest& request, purecloud::Deadline deadline) {
    requests.push_back(request);
    deadlines.push_back(deadline);
    if (responses.empty()) return purecloud::HttpResponse{204, {}, {}};
    purecloud::HttpResult response = std::move(responses.front());
    responses.pop_front();
    return response;
  }

  purecloud::Moment now() const { return time; }
  void wait_until(purecloud::Deadline until) {
    time.utc +=
        std::chrono::duration_cast<std::chrono::system_clock::duration>(until - time.steady);
    time.steady = until;
  }

  std::deque<purecloud::HttpResult> responses;
  std::vector<purecloud::HttpRequest> requests;
  std::vector<purecloud::Deadline> deadlines;
  purecloud::Moment time{purecloud::Deadline(std::chrono::hours(1)),
                         *purecloud::parse_timestamp("2026-03-01T12:00:00Z")};
};

using ScriptedApi = purecloud::BasicTokensApi<ScriptedBackend>;

inline purecloud::Configuration with_token(std::string_view token) {
  purecloud::Configuration configuration;
  configuration.access_token = token;
  return configuration;
}

/// The error that a configuration is refused with.
inline purecloud::Error refusal(const purecloud::Configuration& configuration) {
  try {
    const ScriptedApi api(configuration, std::make_shared<ScriptedBackend>());
  } catch (const purecloud::ApiException& exception) {
    return exception.error();
  }
  purecloud::Error accepted;
  accepted.kind = purecloud::ErrorKind::http_status;
  accepted.message = "(accepted)";
  return accepted;
}

inline bool begins_with(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

inline bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

inline bool is_one_line(std::string_view text) {
  for (const char c : text)
    if (purecloud::detail::is_control(c)) return false;
  // U+0085, U+2028, U+2029 and the C1 controls break lines or steer terminals, too
  for (std::size_t i = 0; i + 1 < text.size(); ++i)
    if (text[i] == '\xc2' && static_cast<unsigned char>(text[i + 1]) < 0xa0) return false;
  return !contains(text, "\xe2\x80\xa8") && !contains(text, "\xe2\x80\xa9");
}

}  // namespace support
