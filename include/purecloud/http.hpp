// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <chrono>
#include <map>
#include <ostream>
#include <string>
#include <string_view>
#include <variant>

namespace purecloud {
inline namespace v1 {

/// A point on the steady clock by which something must have ended.
using Deadline = std::chrono::steady_clock::time_point;

/// One instant on both clocks: the steady one measures, the other reads an HTTP-date.
struct Moment {
  std::chrono::steady_clock::time_point steady;  ///< for deadlines and durations
  std::chrono::system_clock::time_point utc;     ///< for `Retry-After`
};

/// What went wrong: what a caller decides by.
enum class ErrorKind {
  invalid_argument,  ///< refused before anything was sent: the message names the argument
  connection,        ///< no connection, or it broke before the response was complete
  timeout,           ///< the deadline, or the time for one attempt, ran out
  tls,               ///< the TLS handshake failed or the server's certificate was not accepted
  protocol,          ///< what came back is not HTTP
  too_large,         ///< the response exceeds Configuration::max_response_bytes
  http_status,       ///< a response that is neither 2xx nor expected: see Error::status and body
  decode,            ///< 2xx, but the body is not what the operation returns
  cancelled,         ///< stopped by CallOptions::stop, Future::cancel() or the end of the backend
};

/// The enumerator's own name, for example `too_large`.
inline std::string_view to_string(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::invalid_argument: return "invalid_argument";
    case ErrorKind::connection: return "connection";
    case ErrorKind::timeout: return "timeout";
    case ErrorKind::tls: return "tls";
    case ErrorKind::protocol: return "protocol";
    case ErrorKind::too_large: return "too_large";
    case ErrorKind::http_status: return "http_status";
    case ErrorKind::decode: return "decode";
    case ErrorKind::cancelled: return "cancelled";
  }
  return "unknown";
}

/// Writes to_string(kind).
inline std::ostream& operator<<(std::ostream& out, ErrorKind kind) {
  return out << to_string(kind);
}

/// Orders header names without regard to case (RFC 9110, 5.1).
struct HeaderNameLess {
  using is_transparent = void;  ///< lookup by std::string_view makes no copy
  /// Whether `a` comes before `b`, ASCII letters taken as lower case.
  bool operator()(std::string_view a, std::string_view b) const {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                        [](char x, char y) { return lower(x) < lower(y); });
  }

 private:
  static char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
};

/// Header fields by name. A field that came in several lines is one value here, its parts joined
/// by `, ` (RFC 9110, 5.3).
using HttpHeaders = std::map<std::string, std::string, HeaderNameLess>;

/// One request as it goes on the wire.
struct HttpRequest {
  std::string method;   ///< `GET`, `HEAD`, `PUT`, `DELETE` or `POST`
  std::string target;   ///< path and query, percent-encoded, beginning with `/` (RFC 9112, 3.2.1)
  HttpHeaders headers;  ///< holds the access token: a backend must not log them
  std::string body;     ///< empty, UTF-8 JSON or a form; that may hold secrets
  /// Whether a backend may send it a second time by itself, when a connection that was kept alive
  /// turns out to be closed before anything of a response came.
  bool may_be_resent = true;
};

/// One response as it came from the wire.
struct HttpResponse {
  int status = 0;       ///< 100 to 599
  HttpHeaders headers;  ///< as they came, whatever their case
  std::string body;     ///< as it came, of any media type; empty for HEAD
};

/// Why there is no response. `message` is one line for a person, without any header value or body.
struct HttpFailure {
  /// connection, timeout, tls, protocol, too_large or cancelled
  ErrorKind kind = ErrorKind::connection;
  std::string message;   ///< for a person
  int proxy_status = 0;  ///< what a proxy refused the connection with; 0 without a refusal
};

/// How one exchange ended: with a response of any status, or without one.
using HttpResult = std::variant<HttpResponse, HttpFailure>;

}  // namespace v1
}  // namespace purecloud
