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

/// Whether the login host refused the client's credentials: the codes of RFC 6749, 5.2.
inline bool is_refused_login(const purecloud::Error& error) {
  if (!error.of_login || !error.body || !error.body->code) return false;
  for (const char* code : {"invalid_client", "invalid_grant", "invalid_request", "invalid_scope",
                           "unauthorized_client", "unsupported_grant_type"})
    if (*error.body->code == code) return true;
  return false;
}

/// An error as the end of the program: its message, and what to do about it. `credentials` says
/// where they came from.
inline Failure failure_of(const purecloud::Error& error, const std::string& credentials) {
  if (is_refused_login(error))
    return {ExitCode::token_not_valid,
            error.message + " The credentials came from " + credentials + "."};
  if (error.status == 401 && !error.of_login)
    return {ExitCode::token_not_valid,
            error.message +
                " The access token is not valid or has expired: get a new one. This one came "
                "from " +
                credentials + "."};
  if (error.status == 403 && !error.of_login) return {ExitCode::not_permitted, error.message};
  if (error.status == 429 && error.retry_after)
    return {ExitCode::api_failed, error.message + " Try again in " +
                                      std::to_string(error.retry_after->count()) + " seconds."};
  if (error.kind == purecloud::ErrorKind::invalid_argument) return {ExitCode::usage, error.message};
  return {ExitCode::api_failed, error.message};
}
