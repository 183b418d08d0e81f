// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <purecloud/detail/net/chunked_body.hpp>
#include <purecloud/detail/net/framing.hpp>
#include <purecloud/detail/net/head.hpp>
#include <purecloud/http.hpp>
#include <purecloud/secret.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Parses one HTTP/1.1 response from parts of any size. The memory that it takes is bounded.
class ResponseParser {
 public:
  enum class State { head, body, complete, broken, too_large };

  /// `method` is the method of the request.
  ResponseParser(std::string method, std::size_t max_body_bytes)
      : method_(std::move(method)), max_body_bytes_(max_body_bytes) {}

  /// Parses the next bytes. To be called while the state is `head` or `body`.
  State take(std::string_view bytes) {
    heard_ = heard_ || !bytes.empty();
    while (state_ == State::head && !bytes.empty()) take_of_head(bytes);
    if (state_ == State::body && !bytes.empty()) take_of_body(bytes);
    more_followed_ = more_followed_ || (state_ == State::complete && !bytes.empty());
    return state_;
  }

  /// To be called when the server has closed the connection properly.
  State end() {
    if (state_ == State::body && framing_.body_end == BodyEnd::close) state_ = State::complete;
    return state_;
  }

  State state() const { return state_; }
  /// Returns whether the server sent any byte.
  bool heard() const { return heard_; }
  bool has_head() const { return head_.head().status > 0 && state_ != State::head; }
  int status() const { return head_.head().status; }
  /// Returns why the response is broken, for Destination::not_understood().
  const char* problem() const { return problem_; }
  /// Returns whether the response allows another request on the connection.
  bool keeps_alive() const {
    return state_ == State::complete && framing_.keeps_alive && !more_followed_;
  }
  /// Returns whether bytes followed after the end of the response.
  bool more_followed() const { return more_followed_; }

  HttpResponse take_response() && {
    return {head_.head().status, std::move(head_.head().headers), std::move(body_)};
  }

 private:
  void refuse(const char* problem) {
    state_ = State::broken;
    problem_ = problem;
  }

  void take_of_head(std::string_view& bytes) {
    const std::size_t size = bytes.find('\n') + 1;  // 0 without an end of the line
    const std::string_view part = size == 0 ? bytes : bytes.substr(0, size);
    bytes.remove_prefix(part.size());
    if (!head_.has_room_for(line_.size() + part.size())) return refuse(HeadCollector::too_long);
    const bool whole = line_.empty() && size > 0;  // the usual case
    if (!whole) line_.append(part);
    const std::string_view line = whole ? part : std::string_view(line_);
    if (head_.head().status == 0 && !HeadCollector::may_begin_with(line))
      return refuse(HeadCollector::no_status_line);  // at once, because its line may never end
    if (size == 0) return;
    const auto state = head_.take_line(line);
    line_.clear();
    if (state == HeadCollector::State::broken) return refuse(head_.problem());
    if (head_.head().status > 0 && head_.head().version / 10 != 1)
      return refuse("its version is not HTTP/1.1");
    if (state == HeadCollector::State::complete) begin_body();
  }

  void begin_body() {
    framing_ = framing_of(method_, head_.head());
    state_ = State::body;
    if (framing_.problem) return refuse(framing_.problem);
    if (framing_.body_end == BodyEnd::length) {
      if (framing_.length > max_body_bytes_) {
        state_ = State::too_large;
        return;
      }
      body_.reserve(static_cast<std::size_t>(framing_.length));
    }
    complete_if_whole();
  }

  void take_of_body(std::string_view& bytes) {
    switch (framing_.body_end) {
      case BodyEnd::at_once: break;
      case BodyEnd::length: {
        const std::size_t left = static_cast<std::size_t>(framing_.length) - body_.size();
        const std::string_view part = bytes.substr(0, left);
        append_and_wipe(body_, part);
        bytes.remove_prefix(part.size());
        break;
      }
      case BodyEnd::chunks:
        if (!chunks_.take(bytes, [this](std::string_view part) { return append(part); })) {
          if (state_ != State::too_large) refuse("its chunks are broken");
          return;
        }
        more_followed_ = chunks_.more_followed();
        bytes = {};
        break;
      case BodyEnd::close:
        append(bytes);
        bytes = {};
        break;
    }
    if (state_ == State::body) complete_if_whole();
  }

  bool append(std::string_view part) {
    if (part.size() > max_body_bytes_ - body_.size()) {
      state_ = State::too_large;
      return false;
    }
    append_and_wipe(body_, part);
    return true;
  }

  void complete_if_whole() {
    const bool whole = framing_.body_end == BodyEnd::at_once ||
                       (framing_.body_end == BodyEnd::length && body_.size() == framing_.length) ||
                       (framing_.body_end == BodyEnd::chunks && chunks_.complete());
    if (whole) state_ = State::complete;
  }

  const std::string method_;
  const std::size_t max_body_bytes_;
  HeadCollector head_;
  std::string line_;  ///< the beginning of an incomplete line
  Framing framing_;
  ChunkedBody chunks_;
  std::string body_;
  State state_ = State::head;
  bool heard_ = false;
  bool more_followed_ = false;
  const char* problem_ = nullptr;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
