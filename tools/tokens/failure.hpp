// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>
#include <string>

#include <purecloud/tokens.hpp>

/// The program's exit codes, which README.md explains. After a signal, the exit code is 128 plus
/// the signal's number.
enum class ExitCode {
  success = 0,
  some_not_revoked = 1,
  usage = 2,
  token_not_valid = 3,
  not_permitted = 4,
  api_failed = 5,
  not_confirmed = 6,
};

/// An error that ends the program, with one line on standard error.
class Failure : public std::runtime_error {
 public:
  Failure(ExitCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
  ExitCode code() const { return code_; }

 private:
  ExitCode code_;
};

/// Returns whether the login host refused the client credentials, by the codes of RFC 6749, 5.2.
inline bool is_refused_login(const purecloud::Error& error) {
  if (!error.login_failed || !error.body || !error.body->code) return false;
  for (const char* code : {"invalid_client", "invalid_grant", "invalid_request", "invalid_scope",
                           "unauthorized_client", "unsupported_grant_type"})
    if (*error.body->code == code) return true;
  return false;
}

/// Converts an error to a Failure, and adds what to do about it. `credentials` says where the
/// credentials came from.
inline Failure failure_of(const purecloud::Error& error, const std::string& credentials) {
  if (is_refused_login(error))
    return {ExitCode::token_not_valid,
            error.message + " The credentials came from " + credentials + "."};
  if (error.status == 401 && !error.login_failed)
    return {ExitCode::token_not_valid,
            error.message +
                " The access token is not valid or has expired: get a new one. This one came "
                "from " +
                credentials + "."};
  if (error.status == 403 && !error.login_failed) return {ExitCode::not_permitted, error.message};
  if (error.status == 429 && error.retry_after)
    return {ExitCode::api_failed, error.message + " Try again in " +
                                      std::to_string(error.retry_after->count()) + " seconds."};
  if (error.kind == purecloud::ErrorKind::invalid_argument) return {ExitCode::usage, error.message};
  return {ExitCode::api_failed, error.message};
}
