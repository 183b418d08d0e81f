// SPDX-License-Identifier: MIT
#pragma once

#include <curl/curl.h>

#include <algorithm>
#include <cstddef>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include <purecloud/access_token.hpp>
#include <purecloud/detail/net/chunked_body.hpp>
#include <purecloud/detail/text/text.hpp>
#include <purecloud/http.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// A request's header fields as libcurl takes them. The bearer is among them: they are wiped.
class CurlHeaderLines {
 public:
  explicit CurlHeaderLines(const HttpRequest& request) {
    std::vector<std::size_t> begins;
    const auto add = [&](std::string_view name, std::string_view separator,
                         std::string_view value) {
      begins.push_back(text_.size());
      text_.append(name).append(separator).append(value) += '\0';
    };
    std::size_t size = 64;
    for (const auto& [name, value] : request.headers) size += name.size() + value.size() + 3;
    text_.reserve(size);
    begins.reserve(request.headers.size() + 3);
    // to libcurl `Name:` means to leave the field out, and `Name;` to send it without a value
    for (const auto& [name, value] : request.headers) add(name, value.empty() ? ";" : ": ", value);
    for (const std::string_view ours : {"Accept", "Content-Type", "Expect"})
      if (request.headers.find(ours) == request.headers.end()) add(ours, ":", "");

    lines_.reserve(begins.size());
    for (const std::size_t begin : begins) lines_.push_back({text_.data() + begin, nullptr});
    for (std::size_t i = 1; i < lines_.size(); ++i) lines_[i - 1].next = &lines_[i];
  }
  CurlHeaderLines(const CurlHeaderLines&) = delete;
  CurlHeaderLines& operator=(const CurlHeaderLines&) = delete;

  curl_slist* get() { return lines_.data(); }

 private:
  /// Reserved before anything of it is written: a short string would not be the allocator's.
  std::basic_string<char, std::char_traits<char>, WipingAllocator<char>> text_;
  std::vector<curl_slist> lines_;
};

/// What libcurl hands us of one answer.
class CurlAnswer {
 public:
  CurlAnswer(CURL* easy, std::size_t max_body_bytes)
      : easy_(easy), max_body_bytes_(max_body_bytes) {}

  HttpResponse response;
  bool head_complete = false;
  bool head_too_large = false;
  bool more_followed = false;  ///< bytes that belong to no answer
  bool body_too_large = false;
  bool chunks_broken = false;
  std::exception_ptr exception;  ///< cannot pass through libcurl

  /// Why nobody can say where the body ends, which libcurl lets pass (RFC 9112, 6.3); null when all
  /// is well. `has_body` is false where the length is that of another answer's body.
  const char* framing_problem(bool has_body) const {
    const auto coding = response.headers.find("Transfer-Encoding");
    if (coding != response.headers.end())
      return !chunked_                         ? "its transfer coding is unknown"
             : has_body && !chunks_.complete() ? "its chunks are broken"
                                               : nullptr;
    const auto field = response.headers.find("Content-Length");
    if (field == response.headers.end()) return nullptr;
    std::string_view lengths = field->second;
    std::string_view length = lengths.substr(0, lengths.find(','));
    for (; lengths.size() > length.size(); lengths.remove_prefix(length.size() + 2)) {
      if (lengths.substr(length.size(), 2 + length.size()) != ", " + std::string(length))
        return "its lengths differ";
    }
    while (length.size() > 1 && length.front() == '0') length.remove_prefix(1);
    if (has_body && length != std::to_string(response.body.size()))
      return "its length is no length";
    return nullptr;
  }

  /// Whether the end of the body can be told from the body itself.
  bool has_length() const { return chunked_ || response.headers.count("Content-Length") > 0; }

  static std::size_t on_head(char* data, std::size_t, std::size_t size, void* self) {
    return static_cast<CurlAnswer*>(self)->take(&CurlAnswer::head_line, {data, size});
  }
  static std::size_t on_body(char* data, std::size_t, std::size_t size, void* self) {
    return static_cast<CurlAnswer*>(self)->take(&CurlAnswer::body_part, {data, size});
  }

  /// libcurl drops bytes after an answer, keeps the connection, and tells of it only in its log,
  /// which is switched on no sooner than needed: it costs more than all else here.
  static int on_log(CURL*, curl_infotype type, char* data, std::size_t size, void* self) {
    const std::string_view text(data, size);
    if (type == CURLINFO_TEXT &&
        (text.substr(0, 12) == "Excess found" || text.substr(0, 9) == "Leftovers"))
      static_cast<CurlAnswer*>(self)->more_followed = true;
    return 0;
  }

 private:
  // servers themselves refuse heads of more than 8 to 64 KiB
  static constexpr std::size_t max_head_bytes = 64 * 1024;

  /// Anything but the size makes libcurl give up.
  std::size_t take(bool (CurlAnswer::*part)(std::string_view), std::string_view data) {
    try {
      return (this->*part)(data) ? data.size() : data.size() + 1;
    } catch (...) {
      exception = std::current_exception();
      return data.size() + 1;
    }
  }

  bool body_part(std::string_view data) {
    const auto append = [this](std::string_view part) {
      body_too_large = part.size() > max_body_bytes_ - response.body.size();
      if (!body_too_large) response.body.append(part);
      return !body_too_large;
    };
    body_begun_ = true;
    if (!chunked_) return append(data);
    const bool taken = chunks_.take(data, append);
    chunks_broken = !taken && !body_too_large;
    more_followed = more_followed || chunks_.more_followed();
    return taken;
  }

  bool head_line(std::string_view line) {
    head_too_large = line.size() > max_head_bytes - head_bytes_;
    if (head_too_large) return false;
    head_bytes_ += line.size();

    constexpr std::string_view blanks = " \t\r\n";
    const bool folded = !line.empty() && (line.front() == ' ' || line.front() == '\t');
    line.remove_prefix((std::min)(line.find_first_not_of(blanks), line.size()));
    line = line.substr(0, line.find_last_not_of(blanks) + 1);
    if (head_complete) {
      // another answer follows an interim one; all else is a trailer
      if (body_begun_ || line.substr(0, 5) != "HTTP/") return true;
      head_complete = false;
      response.headers.clear();
      last_ = nullptr;
    } else if (line.empty()) {
      head_complete = true;
      curl_easy_setopt(easy_, CURLOPT_VERBOSE, 1L);  // see on_log()
      const auto coding = response.headers.find("Transfer-Encoding");
      chunked_ = coding != response.headers.end() && lower_case(coding->second) == "chunked";
    } else if (folded) {
      if (last_) last_->append(" ").append(line);
    } else if (const auto colon = line.find(':'); colon != std::string_view::npos) {
      std::string_view value = line.substr(colon + 1);
      value.remove_prefix((std::min)(value.find_first_not_of(blanks), value.size()));
      const auto [field, first] = response.headers.emplace(line.substr(0, colon), value);
      if (!first) field->second.append(", ").append(value);
      last_ = &field->second;
    }
    return true;
  }

  CURL* const easy_;
  const std::size_t max_body_bytes_;
  ChunkedBody chunks_;
  bool chunked_ = false;
  bool body_begun_ = false;
  std::size_t head_bytes_ = 0;   ///< interim answers and trailers included
  std::string* last_ = nullptr;  ///< the value that a folded line goes on with
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
