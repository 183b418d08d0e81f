// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/detail/curl/handle.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <purecloud/access_token.hpp>
#include <purecloud/http.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// A request's header fields in libcurl's form. They contain the token, and are wiped.
class CurlHeaderLines {
 public:
  CurlHeaderLines() = default;
  CurlHeaderLines(const CurlHeaderLines&) = delete;
  CurlHeaderLines& operator=(const CurlHeaderLines&) = delete;

  /// Returns the lines of a request. Valid until the next call.
  curl_slist* fill(const HttpRequest& request) {
    clear();
    std::size_t size = 64;
    for (const auto& [name, value] : request.headers) size += name.size() + value.size() + 3;
    text_.reserve(size);
    lines_.reserve(request.headers.size() + 3);
    // in libcurl `Name:` means that the field is left out, and `Name;` that it has an empty value
    for (const auto& [name, value] : request.headers) add(name, value.empty() ? ";" : ": ", value);
    for (const std::string_view ours : {"Accept", "Content-Type", "Expect"})
      if (request.headers.find(ours) == request.headers.end()) add(ours, ":", "");
    for (std::size_t i = 1; i < lines_.size(); ++i) lines_[i - 1].next = &lines_[i];
    return lines_.data();
  }

  void clear() {
    text_ = Text();
    lines_.clear();
  }

 private:
  using Text = std::basic_string<char, std::char_traits<char>, WipingAllocator<char>>;

  void add(std::string_view name, std::string_view separator, std::string_view value) {
    char* const begin = text_.data() + text_.size();
    text_.append(name).append(separator).append(value) += '\0';
    lines_.push_back({begin, nullptr});
  }

  /// Reserved before it is written: a short string would not be stored in wiped memory, and a
  /// string that grows would move.
  Text text_;
  std::vector<curl_slist> lines_;
};

/// Sets the options of an easy handle for a request. `lines` and the request must live until the
/// exchange ends. Throws what CurlEasy::set() throws.
inline void set_request(CurlEasy& easy, const std::string& prefix, const HttpRequest& request,
                        CurlHeaderLines& lines) {
  easy.set(CURLOPT_URL, (prefix + request.target).c_str());
  easy.set(CURLOPT_HTTPGET, 1L);  // undoes the last request's NOBODY and POSTFIELDS
  if (request.method == "HEAD") easy.set(CURLOPT_NOBODY, 1L);
  if (!request.body.empty() || request.method == "PUT") {
    easy.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    easy.set(CURLOPT_POSTFIELDS, request.body.c_str());
  }
  easy.set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
  easy.set(CURLOPT_HTTPHEADER, lines.fill(request));
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
