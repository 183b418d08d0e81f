// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <purecloud/call_options.hpp>
#include <purecloud/secret.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// What a 401 means to an operation.
enum class Unauthorized {
  is_error,             ///< a client that renews its token gets a new one and repeats the call once
  is_result,            ///< headTokensMe: the token is not valid
  is_success_of_retry,  ///< deleteTokensMe: an earlier attempt did delete it, its response was lost
};

/// Who may send the request of an operation a second time.
enum class Repeat {
  freely,    ///< the rules of a call, and a backend whose connection turns out to be closed
  by_rules,  ///< only the rules of a call, because the second response means something else
  never,     ///< nobody: its first response may have been lost together with what it granted
};

/// How a request says who sends it.
enum class Authentication {
  token,   ///< by an access token (RFC 6750)
  client,  ///< by the client's own credentials (RFC 6749, 2.3): it asks for a token
};

/// What an operation is, whatever its arguments.
struct Operation {
  std::string_view method;
  std::string_view path;  ///< as the API's documentation has it: `/api/v2/tokens/{userId}`
  Unauthorized unauthorized = Unauthorized::is_error;
  Repeat repeat = Repeat::freely;
  Authentication authentication = Authentication::token;
  std::string_view if_lost = {};  ///< what to tell when the response to a request got lost
};

/// An operation with its arguments.
struct OperationCall {
  Operation operation;
  CallOptions options;
  std::string target = std::string(operation.path);  ///< path and query, the arguments filled in
  std::string body = {};
  std::string_view content_type = "application/json";  ///< of a body
  std::string refusal = {};          ///< what is wrong with the arguments; nothing is sent then
  Secret basic_credentials = {};     ///< for Authentication::client; empty: they are in the body
  std::vector<Secret> secrets = {};  ///< in the body: not to be shown
};

/// The same, with the type of what it returns: a model, bool (whether the response is 2xx) or void.
template <class T>
struct Call : OperationCall {};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
