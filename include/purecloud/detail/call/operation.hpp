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

/// What a 401 means for an operation.
enum class Unauthorized {
  is_error,             ///< a client that renews its token gets a new one and repeats the call once
  is_result,            ///< headTokensMe: the token is not valid
  is_success_of_retry,  ///< deleteTokensMe: an earlier attempt deleted it; its response was lost
};

/// Whether the request of an operation may be sent again.
enum class Repeat {
  freely,    ///< by Exchange, and by a backend whose kept-alive connection was closed
  by_rules,  ///< only by Exchange, because the second response means something else
  never,     ///< not at all: the first response may have been lost, with the token in it
};

/// How a request is authenticated.
enum class Authentication {
  token,   ///< by an access token (RFC 6750)
  client,  ///< by the OAuth client's credentials (RFC 6749, 2.3), in a token request
};

/// An operation, without its arguments.
struct Operation {
  std::string_view method;
  std::string_view path;  ///< as in the API's documentation: `/api/v2/tokens/{userId}`
  Unauthorized unauthorized = Unauthorized::is_error;
  Repeat repeat = Repeat::freely;
  Authentication authentication = Authentication::token;
  std::string_view if_lost = {};  ///< added to the message if a response was lost
};

/// An operation with its arguments.
struct OperationCall {
  Operation operation;
  CallOptions options;
  std::string target = std::string(operation.path);  ///< path and query, with the arguments
  std::string body = {};
  std::string_view content_type = "application/json";  ///< of the body
  std::string refusal = {};          ///< what is wrong with the arguments; if set, nothing is sent
  Secret basic_credentials = {};     ///< for Authentication::client; empty: they are in the body
  std::vector<Secret> secrets = {};  ///< secrets in the body, for the Redactor
};

/// An OperationCall that returns a T: a model, bool (whether the response is 2xx) or void.
template <class T>
struct Call : OperationCall {};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
