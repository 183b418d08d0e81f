// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Follows a chunked body (RFC 9112, 7.1) that cpp-httplib decodes: of its versions, some take `-1`
/// and `2x` for sizes, some a body for whole that is not, and some keep an endless line.
class ChunkScanner {
 public:
  /// The bytes that come next. False once they are no chunked body, or for too long no data.
  bool scan(std::string_view bytes) {
    while (!bytes.empty()) {
      if (data_left_ > 0) {
        const std::size_t count = (std::min)(data_left_, bytes.size());
        bytes.remove_prefix(count);
        data_left_ -= count;
        if (data_left_ == 0) expected_ = Line::end_of_data;
        framing_ = 0;
        continue;
      }
      if (++framing_ > max_framing || !take(bytes.front())) return false;
      bytes.remove_prefix(1);
    }
    return true;
  }

  /// Whether the body is whole.
  bool ended() const { return expected_ == Line::none; }

 private:
  enum class Line { size, end_of_data, trailer, none };

  static constexpr std::size_t max_framing = 64 * 1024;

  bool take(char c) {
    line_ += c;
    if (expected_ == Line::end_of_data && line_[0] != '\r') return false;
    if (c != '\n') return expected_ != Line::none;
    if (line_.size() < 2 || line_[line_.size() - 2] != '\r') return false;
    const std::string line = line_.substr(0, line_.size() - 2);
    line_.clear();
    switch (expected_) {
      case Line::size: return take_size(line);
      case Line::end_of_data: expected_ = Line::size; return line.empty();
      case Line::trailer: expected_ = line.empty() ? Line::none : Line::trailer; return true;
      case Line::none: break;
    }
    return false;
  }

  bool take_size(const std::string& line) {
    const auto digits = (std::min)(line.find_first_not_of("0123456789abcdefABCDEF"), line.size());
    if (digits == 0 || digits > 15) return false;  // of 16, a size may not hold all
    if (digits < line.size() && std::string_view("; \t").find(line[digits]) == std::string::npos)
      return false;
    data_left_ = static_cast<std::size_t>(std::stoull(line.substr(0, digits), nullptr, 16));
    if (data_left_ == 0) expected_ = Line::trailer;
    return true;
  }

  Line expected_ = Line::size;
  std::size_t data_left_ = 0;
  std::size_t framing_ = 0;  ///< bytes since the last of the data
  std::string line_;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
