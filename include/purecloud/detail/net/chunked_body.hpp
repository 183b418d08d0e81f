// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Decodes a chunked body (RFC 9112, 7.1). The size of the framing between its parts is bounded.
class ChunkedBody {
 public:
  /// Decodes the next bytes, and passes the body in them to `sink`. Returns false if they are not
  /// valid chunks, if there is too much framing without body, or if `sink` returns false.
  template <class Sink>
  bool take(std::string_view bytes, Sink sink) {
    while (!bytes.empty()) {
      if (complete()) {
        more_followed_ = true;
        return true;
      }
      if (left_ > 0) {
        const std::string_view part = bytes.substr(
            0, static_cast<std::size_t>((std::min<std::uint64_t>)(left_, bytes.size())));
        if (!sink(part)) return false;
        left_ -= part.size();
        bytes.remove_prefix(part.size());
        framing_bytes_ = 0;
        continue;
      }
      const std::size_t size = bytes.find('\n') + 1;  // 0 without an end of the line
      const std::string_view part = size == 0 ? bytes : bytes.substr(0, size);
      framing_bytes_ += part.size();
      if (framing_bytes_ > max_framing_bytes) return false;
      line_.append(part);
      bytes.remove_prefix(part.size());
      if (size > 0 ? !take_line() : !may_go_on()) return false;
    }
    return true;
  }

  bool complete() const { return next_ == Line::none; }
  /// Returns whether bytes followed after the end of the body.
  bool more_followed() const { return more_followed_; }

 private:
  static constexpr std::string_view digits = "0123456789abcdefABCDEF";
  static constexpr std::size_t max_digits = 15;

  enum class Line { size, end_of_chunk, trailer, none };
  static constexpr std::size_t max_framing_bytes = 64 * 1024;

  /// Returns whether the beginning of a line may still become a valid line. A size has a bound on
  /// its digits; other lines only have the bound on the framing.
  bool may_go_on() const {
    return next_ != Line::size ||
           (std::min)(line_.find_first_not_of(digits), line_.size()) <= max_digits;
  }

  bool take_line() {
    const std::string line = std::move(line_);
    line_.clear();
    if (line.size() < 2 || line[line.size() - 2] != '\r') return false;
    const std::string_view text = std::string_view(line).substr(0, line.size() - 2);
    switch (next_) {
      case Line::size: {
        const std::string_view number = text.substr(0, text.find_first_of("; \t"));
        if (number.empty() || number.size() > max_digits ||
            number.find_first_not_of(digits) != std::string_view::npos)
          return false;
        left_ = std::strtoull(line.c_str(), nullptr, 16);
        next_ = left_ > 0 ? Line::end_of_chunk : Line::trailer;
        return true;
      }
      case Line::end_of_chunk: next_ = Line::size; return text.empty();
      case Line::trailer:
      case Line::none: break;
    }
    if (text.empty()) next_ = Line::none;
    return true;
  }

  Line next_ = Line::size;  ///< the line that follows after the rest of the chunk
  std::uint64_t left_ = 0;
  std::string line_;
  std::size_t framing_bytes_ = 0;  ///< since the last byte of the body
  bool more_followed_ = false;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
