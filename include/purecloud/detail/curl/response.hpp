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

/// Parses one response, which libcurl passes on as head lines and then as the body with its chunks.
/// The framing is decided by framing_of(), as in every backend.
class CurlResponse {
 public:
  CurlResponse(std::string_view method, std::size_t max_body_bytes)
      : method_(method), max_body_bytes_(max_body_bytes) {}

  /// Parses a line of the head. Returns false if the response must not be read further.
  bool take_head_line(std::string_view line) {
    bytes_ += line.size();
    if (head_complete_) {  // a trailer
      trailer_bytes_ += line.size();
      return trailer_bytes_ <= HeadCollector::max_bytes || refuse("its trailers are too long");
    }
    const auto state = collector_.take_line(line);
    if (state == HeadCollector::State::broken) return refuse(collector_.problem());
    if (state == HeadCollector::State::incomplete) return true;
    head_complete_ = true;
    framing_ = framing_of(method_, collector_.head());
    if (framing_.problem) return refuse(framing_.problem);
    if (framing_.body_end == BodyEnd::length && framing_.length <= max_body_bytes_)
      body_.reserve((std::min)(static_cast<std::size_t>(framing_.length), std::size_t{16 * 1024}));
    return true;
  }

  /// Parses a part of the body. Returns false if the response must not be read further.
  bool take_body(std::string_view data) {
    bytes_ += data.size();
    const auto append = [this](std::string_view part) {
      too_large_ = part.size() > max_body_bytes_ - body_.size();
      if (!too_large_) append_and_wipe(body_, part);
      return !too_large_;
    };
    if (!head_complete_) return refuse(HeadCollector::no_status_line);
    switch (framing_.body_end) {
      case BodyEnd::at_once: more_followed_ = true; return true;
      case BodyEnd::length:
        if (data.size() > framing_.length - body_.size()) {
          more_followed_ = true;
          data = data.substr(0, static_cast<std::size_t>(framing_.length) - body_.size());
        }
        return append(data);
      case BodyEnd::close: return append(data);
      case BodyEnd::chunks: break;
    }
    const bool taken = chunks_.take(data, append);
    more_followed_ = more_followed_ || chunks_.more_followed();
    return taken || (!too_large_ && refuse("its chunks are broken"));
  }

  bool head_complete() const { return head_complete_; }
  /// Returns whether the response is complete. Of a body that ends with the connection, that is not
  /// known here: it returns false.
  bool complete() const {
    if (!head_complete_ || problem_ || too_large_) return false;
    switch (framing_.body_end) {
      case BodyEnd::at_once: return true;
      case BodyEnd::length: return body_.size() == framing_.length;
      case BodyEnd::chunks: return chunks_.complete();
      case BodyEnd::close: break;
    }
    return false;
  }

  const ResponseHead& head() const { return collector_.head(); }
  const Framing& framing() const { return framing_; }
  bool http2() const { return head_complete_ && head().version >= 20; }
  bool heard() const { return bytes_ > 0; }
  bool too_large() const { return too_large_; }
  /// Returns what is wrong with the response, for Destination::not_understood(); null if nothing
  /// is.
  const char* problem() const { return problem_; }
  /// Returns whether bytes followed after the end of the response.
  bool more_followed() const { return more_followed_; }
  /// Returns how many bytes were received, interim heads included.
  std::size_t bytes() const { return bytes_; }

  HttpResponse take() {
    HttpResponse response;
    response.status = head().status;
    response.headers = std::move(collector_.head().headers);
    response.body = std::move(body_);
    return response;
  }

 private:
  bool refuse(const char* problem) {
    problem_ = problem;
    return false;
  }

  const std::string_view method_;
  const std::size_t max_body_bytes_;
  HeadCollector collector_;
  Framing framing_;
  ChunkedBody chunks_;
  std::string body_;
  std::size_t bytes_ = 0;
  std::size_t trailer_bytes_ = 0;
  bool head_complete_ = false;
  bool too_large_ = false;
  bool more_followed_ = false;
  const char* problem_ = nullptr;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
