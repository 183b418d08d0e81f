// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/detail/httplib/compat.hpp>

#include <cstddef>
#include <string>
#include <string_view>

#include <purecloud/access_token.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// A string that is wiped on destruction, unless it is so short that it needs no allocation.
using WipedString = std::basic_string<char, std::char_traits<char>, WipingAllocator<char>>;

#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsuggest-override"
#endif

/// A stream into which cpp-httplib writes a request. Reading from it fails.
class HeadSink : public httplib::Stream {
 public:
  // Without `override`, because no version of cpp-httplib declares all of these.
  ssize_t read(char*, std::size_t) { return -1; }
  ssize_t write(const char* data, std::size_t size) {
    text.append(data, size);
    return static_cast<ssize_t>(size);
  }
  bool is_readable() const { return false; }
  bool is_writable() const { return true; }
  bool wait_readable() const { return false; }
  bool wait_writable() const { return true; }
  bool is_peer_alive() const { return true; }
  socket_t socket() const { return INVALID_SOCKET; }
  time_t duration() const { return 0; }
  void get_remote_ip_and_port(std::string&, int&) const {}
  void get_local_ip_and_port(std::string&, int&) const {}

  WipedString text;
};

#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

/// Lets cpp-httplib write the heads of requests.
class RequestWriter : public httplib::ClientImpl {
 public:
  RequestWriter(const std::string& host, int port) : ClientImpl(host, port) {
    httplib_compat::disable_path_encoding(*this, httplib_compat::Prefer<1>{});
  }

  /// Returns the head of `request` for a body of `body_size` bytes; empty if cpp-httplib refuses
  /// the request. `request.body` must be empty.
  ///
  /// cpp-httplib gets a body of one byte: for more than a kilobyte some versions send
  /// `Expect: 100-continue`, whatever CPPHTTPLIB_EXPECT_100_THRESHOLD is, and wait a second for a
  /// response.
  WipedString head(httplib::Request request, std::size_t body_size) {
    constexpr std::string_view end = "\r\n\r\n";
    const std::string_view stand_in = body_size > 0 ? "x" : "";
    if (body_size > 0) {
      request.body = stand_in;
      request.headers.emplace("Content-Length", std::to_string(body_size));
    }
    // otherwise some versions ask for compression
    request.content_receiver = [](const char*, std::size_t, auto, auto) { return false; };
    HeadSink sink;
    sink.text.reserve(1024);
    httplib::Response none;
    auto error = httplib::Error();
    // a protected function: the public ones write to cpp-httplib's socket, which has no deadline
    process_request(sink, request, none, /*close_connection=*/false, error);
    const std::size_t size = sink.text.size() - (std::min)(sink.text.size(), stand_in.size());
    const bool whole =
        size > end.size() && sink.text.compare(size - end.size(), end.size(), end) == 0;
    sink.text.resize(whole ? size : 0);
    return std::move(sink.text);
  }
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
