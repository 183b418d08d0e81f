// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <purecloud/detail/net/head.hpp>
#include <purecloud/detail/text/text.hpp>
#include <purecloud/http.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Where a response's body ends.
enum class BodyEnd {
  at_once,  ///< after the head: there is no body, whatever the head says
  length,   ///< after Framing::length bytes
  chunks,   ///< after the last chunk
  close,    ///< at the end of the connection, or of the stream in HTTP/2
};

/// What the head of a response says about its body and its connection (RFC 9112, 6.3 and 9.3).
struct Framing {
  BodyEnd body_end = BodyEnd::at_once;
  std::uint64_t length = 0;       ///< for BodyEnd::length
  bool keeps_alive = false;       ///< whether another request may follow on the connection
  const char* problem = nullptr;  ///< why the head is invalid; null if it is valid
};

/// Calls `use` with each member of a list field (RFC 9110, 5.6.1).
template <class Use>
void for_each_member(std::string_view list, Use use) {
  constexpr std::string_view blanks = " \t";
  for (bool more = true; more;) {
    const auto comma = list.find(',');
    more = comma != std::string_view::npos;
    std::string_view member = list.substr(0, comma);
    if (more) list.remove_prefix(comma + 1);
    member.remove_prefix((std::min)(member.find_first_not_of(blanks), member.size()));
    use(member.substr(0, member.find_last_not_of(blanks) + 1));
  }
}

/// Reads `Content-Length`. The same length may be repeated in it. Returns false if it is not valid.
inline bool parse_content_length(std::string_view field, std::uint64_t& length) {
  std::string_view first;
  bool sound = true;
  for_each_member(field, [&](std::string_view member) {
    if (first.empty()) first = member;
    sound = sound && member == first && !member.empty() && member.size() <= 18 &&
            member.find_first_not_of("0123456789") == std::string_view::npos;
  });
  length = 0;
  if (sound)
    for (const char digit : first) length = 10 * length + static_cast<std::uint64_t>(digit - '0');
  return sound;
}

/// Returns the framing of a response to a request with this method.
inline Framing framing_of(std::string_view method, const ResponseHead& head) {
  Framing framing;
  const auto field = [&](std::string_view name) {
    const auto found = head.headers.find(name);
    return found == head.headers.end() ? nullptr : &found->second;
  };
  const std::string* const coding = field("Transfer-Encoding");
  const std::string* const length = field("Content-Length");
  if (coding && (lower_case(*coding) != "chunked" || head.version >= 20))
    framing.problem = "its transfer coding is not understood";
  else if (length && !parse_content_length(*length, framing.length))
    framing.problem = "its Content-Length is not one length";
  if (framing.problem) return framing;

  const bool bodiless = method == "HEAD" || head.status / 100 == 1 || head.status == 204 ||
                        head.status == 304 || (method == "CONNECT" && head.status / 100 == 2);
  framing.body_end = bodiless ? BodyEnd::at_once
                     : coding ? BodyEnd::chunks
                     : length ? BodyEnd::length
                              : BodyEnd::close;
  if (head.version >= 20) {
    framing.keeps_alive = true;
    return framing;
  }
  // chunks and a Content-Length: allowed, but the sign of a wrong response (RFC 9112, 6.3)
  framing.keeps_alive =
      head.version >= 11 && framing.body_end != BodyEnd::close && !(coding && length);
  if (const std::string* const options = field("Connection"))
    for_each_member(*options, [&](std::string_view option) {
      if (lower_case(option) == "close") framing.keeps_alive = false;
    });
  return framing;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
