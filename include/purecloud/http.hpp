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

/// A time on the steady clock by which something must have ended.
using Deadline = std::chrono::steady_clock::time_point;

/// The current time on two clocks.
struct Moment {
  std::chrono::steady_clock::time_point steady;  ///< for deadlines and durations
  std::chrono::system_clock::time_point utc;     ///< for the date in `Retry-After`
};

/// The kinds of errors, which a caller can tell apart without reading the message.
enum class ErrorKind {
  invalid_argument,  ///< nothing was sent: the message names the invalid argument
  connection,        ///< no connection, or it broke before the response was complete
  timeout,           ///< the deadline, or the time for one attempt, ran out
  tls,               ///< the TLS handshake failed or the server's certificate was not accepted
  protocol,          ///< the response is not valid HTTP
  too_large,         ///< the response exceeds Configuration::max_response_bytes
  http_status,       ///< a status other than 2xx: see Error::status and Error::body
  decode,            ///< the status is 2xx, but the body is not what the operation returns
  cancelled,         ///< stopped by CallOptions::stop, Future::cancel() or the end of the backend
};

/// Returns the enumerator's name, for example `too_large`.
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
  using is_transparent = void;  ///< allows a lookup by std::string_view, without a copy
  /// Returns whether `a` comes before `b`. ASCII letters compare as lower case.
  bool operator()(std::string_view a, std::string_view b) const {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                        [](char x, char y) { return lower(x) < lower(y); });
  }

 private:
  static char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
};

/// Header fields by name. The values of fields with one name are joined by `, ` (RFC 9110, 5.3).
using HttpHeaders = std::map<std::string, std::string, HeaderNameLess>;

/// A request, as it is sent.
struct HttpRequest {
  std::string method;   ///< `GET`, `HEAD`, `PUT`, `DELETE` or `POST`
  std::string target;   ///< path and query, percent-encoded, beginning with `/` (RFC 9112, 3.2.1)
  HttpHeaders headers;  ///< contain the access token: a backend must not log them
  std::string body;     ///< empty, JSON in UTF-8, or a form, which may hold secrets
  /// Whether a backend may send the request again, when it was sent over a kept-alive connection
  /// that the server closed before any byte of a response came.
  bool may_be_resent = true;
};

/// A response, as it was received.
struct HttpResponse {
  int status = 0;       ///< 100 to 599
  HttpHeaders headers;  ///< by name; the case of a name does not matter
  std::string body;     ///< of any media type; empty for HEAD
};

/// Why there is no response.
struct HttpFailure {
  /// connection, timeout, tls, protocol, too_large or cancelled
  ErrorKind kind = ErrorKind::connection;
  std::string message;   ///< one line for a person; contains no header value and no body
  int proxy_status = 0;  ///< the status of a proxy that refused the connection; else 0
};

/// The outcome of one exchange: a response of any status, or the reason why there is none.
using HttpResult = std::variant<HttpResponse, HttpFailure>;

}  // namespace v1
}  // namespace purecloud
