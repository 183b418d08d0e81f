// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/detail/httplib/compat.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include <purecloud/detail/text/text.hpp>
#include <purecloud/http.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// How long an answer's body is (RFC 9112, 6.3). cpp-httplib reads it, but believes some heads that
/// must not be believed.
struct ResponseFraming {
  bool sound = true;
  bool chunked = false;
  bool bodiless = false;  ///< 304, of which some versions read a body
};

/// Judges a head before its body is read.
inline ResponseFraming response_framing(const httplib::Response& head) {
  ResponseFraming framing;
  const auto encodings = head.headers.equal_range("Transfer-Encoding");
  framing.chunked = encodings.first != encodings.second;
  for (auto each = encodings.first; each != encodings.second; ++each)
    if (each != encodings.first || lower_case(each->second) != "chunked") framing.sound = false;

  const auto lengths = head.headers.equal_range("Content-Length");
  for (auto each = lengths.first; each != lengths.second; ++each) {
    const std::string& length = each->second;
    const bool number = !length.empty() && length.size() <= 18 &&
                        length.find_first_not_of("0123456789") == std::string::npos;
    if (!number || length != lengths.first->second) framing.sound = false;
  }
  framing.bodiless = framing.sound && head.status == 304;
  return framing;
}

/// Whether the connection stays open after an answer, by its head.
inline bool keeps_alive(const httplib::Response& answer) {
  if (answer.version != "HTTP/1.1") return false;
  // both: legal, but the mark of an answer that was put together wrongly (RFC 9112, 6.3)
  if (answer.has_header("Transfer-Encoding") && answer.has_header("Content-Length")) return false;
  const auto options = answer.headers.equal_range("Connection");
  return std::none_of(options.first, options.second, [](const auto& option) {
    return lower_case(option.second).find("close") != std::string::npos;
  });
}

inline HttpResponse to_http_response(httplib::Response&& answer, std::string body) {
  HttpResponse response;
  response.status = answer.status;
  response.body = std::move(body);
  for (auto& [name, value] : answer.headers) {
    const auto [field, first] = response.headers.try_emplace(name, std::move(value));
    if (!first) field->second += ", " + value;
  }
  return response;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
