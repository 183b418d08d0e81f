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

/// Why a call did not succeed. No member holds the access token: where a response repeats it, it
/// is replaced by `<access token>`.
struct Error {
  ErrorKind kind = ErrorKind::invalid_argument;  ///< what to branch on
  /// One line for a person: the call, what went wrong, and the correlation id if there is one.
  std::string message;
  int status = 0;                 ///< the HTTP status of the last response; 0 without a response
  std::optional<ErrorBody> body;  ///< what the API said, where it said it in its own form
  std::string correlation_id;     ///< `ININ-Correlation-Id`, which Genesys support asks for
  /// How long to wait before another try: what `Retry-After` asked for, or the wait that the
  /// call's deadline did not leave time for.
  std::optional<std::chrono::seconds> retry_after;
  int attempts = 0;  ///< requests that were sent
  /// Whether it is the login's, and not the call's own: the call got no token to send.
  bool of_login = false;
};

/// Writes Error::message.
inline std::ostream& operator<<(std::ostream& out, const Error& error) {
  return out << error.message;
}

/// An Error, thrown. `what()` is Error::message.
class ApiException : public std::runtime_error {
 public:
  /// Takes the error that is thrown.
  explicit ApiException(Error error)
      : std::runtime_error(error.message), error_(std::move(error)) {}

  /// What went wrong. Valid as long as the exception is.
  const Error&(error)() const noexcept { return error_; }

 private:
  Error error_;
};

namespace detail {

/// Throws it as an ApiException.
[[noreturn]] void raise(const Error& error);

/// Runs `work`; the error of the ApiException that it threw. What throws or catches is a body: so
/// files without exceptions can include this library where it is compiled separately.
std::optional<Error> error_of(void (*work)(void*), void* context);

/// The same for any callable.
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
