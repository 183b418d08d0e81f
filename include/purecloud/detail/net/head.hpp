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

/// The head of a response: its status and its header fields.
struct ResponseHead {
  int version = 0;  ///< the version of HTTP, major times ten plus minor: 10, 11, 20
  int status = 0;   ///< 100 to 599
  HttpHeaders headers;
};

/// Parses the head of a response, line by line (RFC 9112, 4 and 5). It skips interim responses and
/// the reason in the status line, unfolds folded lines, and joins repeated fields.
class HeadCollector {
 public:
  enum class State { incomplete, complete, broken };

  /// The bound on the heads of a response, interim ones included. Servers accept 8 to 64 KiB for
  /// the head of a request.
  static constexpr std::size_t max_bytes = 64 * 1024;

  /// Parses the next line, which includes its CRLF. Must not be called after the head is complete.
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

  /// Returns whether a line of so many bytes still fits. For a caller that has only the beginning
  /// of the line.
  bool has_room_for(std::size_t bytes) const { return bytes <= max_bytes - bytes_; }

  /// Returns whether these bytes may be the beginning of a status line.
  static bool may_begin_with(std::string_view bytes) {
    constexpr std::string_view name = "HTTP/";
    return bytes.substr(0, name.size()) == name.substr(0, bytes.size());
  }

  const ResponseHead& head() const { return head_; }
  ResponseHead& head() { return head_; }

  /// Returns why the head is broken, for Destination::not_understood(); null if it is not broken.
  const char* problem() const { return problem_; }

  static constexpr const char* too_long = "its head is longer than 64 KiB";
  static constexpr const char* no_status_line = "it does not begin with a status line of HTTP";

 private:
  State refuse(const char* problem) {
    problem_ = problem;
    return State::broken;
  }

  /// Parses `HTTP/1.1 200`, with or without a reason; HTTP/2 has no minor version.
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
      return refuse("a line of its head is not a header field");
    const auto [field, first] = head_.headers.try_emplace(std::string(line.substr(0, colon)));
    append(field->second, first ? "" : ", ", line.substr(colon + 1));
    last_ = &field->second;
    return State::incomplete;
  }

  State end() {
    if (head_.status == 101) return refuse("it switches protocols, which was not requested");
    if (head_.status >= 200) return State::complete;
    head_ = ResponseHead();  // an interim response: the final one follows (RFC 9110, 15.2)
    last_ = nullptr;
    return State::incomplete;
  }

  /// Appends a value without the blanks around it, and with spaces for its controls (RFC
  /// 9110, 5.5).
  static void append(std::string& value, std::string_view separator, std::string_view more) {
    constexpr std::string_view blanks = " \t";
    more.remove_prefix((std::min)(more.find_first_not_of(blanks), more.size()));
    more = more.substr(0, more.find_last_not_of(blanks) + 1);
    value += separator;
    std::replace_copy_if(more.begin(), more.end(), std::back_inserter(value), is_control, ' ');
  }

  ResponseHead head_;
  std::size_t bytes_ = 0;
  std::string* last_ = nullptr;  ///< the value that a folded line continues
  const char* problem_ = nullptr;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
