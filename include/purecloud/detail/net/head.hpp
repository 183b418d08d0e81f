// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>

#include <purecloud/detail/text/text.hpp>
#include <purecloud/http.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// What a response begins with: its status line and its header fields.
struct ResponseHead {
  int version = 0;  ///< of HTTP, major times ten plus minor: 10, 11, 20
  int status = 0;   ///< 100 to 599
  HttpHeaders headers;
};

/// Puts a response's head together, line by line (RFC 9112, 4 and 5). Interim responses are passed
/// over, a reason is dropped, a folded line is made one, a repeated field is joined.
class HeadCollector {
 public:
  enum class State { incomplete, complete, broken };

  /// What servers themselves take for a request's head is 8 to 64 KiB. Interim heads count, too.
  static constexpr std::size_t max_bytes = 64 * 1024;

  /// Takes the next line, its end included. Not to be called again once the head is complete.
  State take_line(std::string_view line) {
    if (line.size() > max_bytes - bytes_) return refuse(too_long);
    bytes_ += line.size();
    if (line.empty() || line.back() != '\n') return refuse("its head is cut off");
    line.remove_suffix(1);
    if (line.empty() || line.back() != '\r') return refuse("its lines end with LF alone");
    line.remove_suffix(1);
    if (head_.status == 0) return take_status_line(line);
    if (line.empty()) return end();
    return take_field(line);
  }

  /// For a caller that has no whole line yet: whether a line of so many bytes, or the beginning of
  /// one, can still become part of a head.
  bool has_room_for(std::size_t bytes) const { return bytes <= max_bytes - bytes_; }

  /// Whether bytes may be the beginning of a status line.
  static bool may_begin_with(std::string_view bytes) {
    constexpr std::string_view name = "HTTP/";
    return bytes.substr(0, name.size()) == name.substr(0, bytes.size());
  }

  const ResponseHead& head() const { return head_; }
  ResponseHead& head() { return head_; }

  /// Why a head is broken, as the end of a sentence about the response; null while it is not.
  const char* problem() const { return problem_; }

  static constexpr const char* too_long = "its head is longer than 64 KiB";
  static constexpr const char* no_status_line = "it does not begin with a status line of HTTP";

 private:
  State refuse(const char* problem) {
    problem_ = problem;
    return State::broken;
  }

  /// `HTTP/1.1 200` and a reason, or nothing; HTTP/2 has no minor version.
  State take_status_line(std::string_view line) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (line.size() < 6 || !may_begin_with(line) || !is_digit(line[5]))
      return refuse(no_status_line);
    head_.version = 10 * (line[5] - '0');
    line.remove_prefix(6);
    if (line.size() >= 2 && line[0] == '.' && is_digit(line[1])) {
      head_.version += line[1] - '0';
      line.remove_prefix(2);
    }
    if (line.size() < 4 || line[0] != ' ' || !std::all_of(&line[1], &line[1] + 3, is_digit) ||
        (line.size() > 4 && line[4] != ' '))
      return refuse("its status is not a number of three digits");
    const int status = 100 * (line[1] - '0') + 10 * (line[2] - '0') + (line[3] - '0');
    if (status < 100 || status > 599) return refuse("its status is not from 100 to 599");
    head_.status = status;
    return State::incomplete;
  }

  State take_field(std::string_view line) {
    if (line.front() == ' ' || line.front() == '\t') {
      if (!last_) return refuse("its first header field has no name");
      append(*last_, " ", line);
      return State::incomplete;
    }
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || !is_header_name(line.substr(0, colon)))
      return refuse("a line of its head is no header field");
    const auto [field, first] = head_.headers.try_emplace(std::string(line.substr(0, colon)));
    append(field->second, first ? "" : ", ", line.substr(colon + 1));
    last_ = &field->second;
    return State::incomplete;
  }

  State end() {
    if (head_.status == 101) return refuse("it switches to a protocol that nobody asked for");
    if (head_.status >= 200) return State::complete;
    head_ = ResponseHead();  // an interim response: the final one follows (RFC 9110, 15.2)
    last_ = nullptr;
    return State::incomplete;
  }

  /// What surrounds a value is no part of it, and a control within one is a space (RFC 9110, 5.5).
  static void append(std::string& value, std::string_view separator, std::string_view more) {
    constexpr std::string_view blanks = " \t";
    more.remove_prefix((std::min)(more.find_first_not_of(blanks), more.size()));
    more = more.substr(0, more.find_last_not_of(blanks) + 1);
    value += separator;
    std::replace_copy_if(more.begin(), more.end(), std::back_inserter(value), is_control, ' ');
  }

  ResponseHead head_;
  std::size_t bytes_ = 0;
  std::string* last_ = nullptr;  ///< the value that a folded line goes on with
  const char* problem_ = nullptr;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
