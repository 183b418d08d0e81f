// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

#include <purecloud/http.hpp>
#include <purecloud/model/error_body.hpp>

namespace purecloud {
inline namespace v1 {

/// Why a call did not succeed. No member holds the access token: where the response repeats it,
/// `<access token>` stands instead.
struct Error {
  ErrorKind kind = ErrorKind::invalid_argument;  ///< the kind of the error, for a program
  /// One line for a person: the call, what went wrong, and the correlation id if there is one.
  std::string message;
  int status = 0;                 ///< the HTTP status of the last response; 0 without a response
  std::optional<ErrorBody> body;  ///< the API's error body, if the response had one
  std::string correlation_id;     ///< `ININ-Correlation-Id`, which Genesys support asks for
  /// How long to wait before the next call: what `Retry-After` asked for, or the wait for which the
  /// call's deadline left no time.
  std::optional<std::chrono::seconds> retry_after;
  int attempts = 0;  ///< how many requests were sent
  /// whether the call failed because the login host gave it no token
  bool login_failed = false;
};

/// Writes Error::message.
inline std::ostream& operator<<(std::ostream& out, const Error& error) {
  return out << error.message;
}

/// An Error as an exception. `what()` returns Error::message.
class ApiException : public std::runtime_error {
 public:
  /// Makes an exception of an error.
  explicit ApiException(Error error)
      : std::runtime_error(error.message), error_(std::move(error)) {}

  /// Returns the error. Valid as long as the exception is.
  const Error&(error)() const noexcept { return error_; }

 private:
  Error error_;
};

namespace detail {

/// Throws an ApiException with this error.
[[noreturn]] void raise(const Error& error);

/// Calls `work`, and returns the error of the ApiException that it threw, if it did. `raise` and
/// this function are bodies, so that a file compiled without exceptions can include this library in
/// separate mode.
std::optional<Error> error_of(void (*work)(void*), void* context);

/// Like error_of() above, for any callable.
template <class Work>
std::optional<Error> error_of(Work&& work) {
  return error_of([](void* context) { (*static_cast<std::remove_reference_t<Work>*>(context))(); },
                  &work);
}

}  // namespace detail

}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/error.ipp>
#endif
