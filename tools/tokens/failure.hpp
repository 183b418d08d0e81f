// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>
#include <string>

#include <purecloud/tokens.hpp>

/// What the program ends with; README.md explains each. After a signal it is 128 and its number.
enum class ExitCode {
  success = 0,
  some_not_revoked = 1,
  usage = 2,
  token_not_valid = 3,
  not_permitted = 4,
  api_failed = 5,
  not_confirmed = 6,
};

/// Ends the program with one line on standard error.
class Failure : public std::runtime_error {
 public:
  Failure(ExitCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
  ExitCode code() const { return code_; }

 private:
  ExitCode code_;
};

/// An error of the API as the end of the program: its message, and what to do about it.
inline Failure failure_of(const purecloud::Error& error) {
  if (error.status == 401)
    return {ExitCode::token_not_valid, error.message +
                                           " The access token is not valid or has expired: get a "
                                           "new one and set GENESYSCLOUD_ACCESS_TOKEN to it."};
  if (error.status == 403) return {ExitCode::not_permitted, error.message};
  if (error.status == 429 && error.retry_after)
    return {ExitCode::api_failed, error.message + " Try again in " +
                                      std::to_string(error.retry_after->count()) + " seconds."};
  if (error.kind == purecloud::ErrorKind::invalid_argument) return {ExitCode::usage, error.message};
  return {ExitCode::api_failed, error.message};
}
