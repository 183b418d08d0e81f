// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include <purecloud/result.hpp>

namespace purecloud {
inline namespace v1 {

/// A model as JSON text, without the members that are absent. Throws ApiException
/// (ErrorKind::invalid_argument), with the place as a JSON pointer, for what JSON or the API's
/// date-time cannot hold: text that is not UTF-8, a year beyond 9999, an additional property that
/// is not JSON.
template <class T>
std::string to_json(const T& model);

/// A model from JSON text. Members may be absent or `null`; one of the wrong type, a bad
/// date-time, text that is not JSON or nests deeper than 100 levels is ErrorKind::decode, its
/// message beginning with the place as a JSON pointer (RFC 6901): `/OAuthClient/dateCreated: not a
/// date-time`. Unknown members go to `additional_properties`.
template <class T>
Result<T> from_json(std::string_view text);

namespace detail {
/// Why a text is not JSON; empty when it is.
std::string json_problem(std::string_view text);
}  // namespace detail

}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/json.ipp>
#endif
