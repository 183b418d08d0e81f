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
/// date-time`. A whole number is an integer in any spelling: `1800`, `1800.0`, `1.8e3`. Unknown
/// members go to `additional_properties` as they are spelled, without the spaces between tokens.
///
/// Time and memory are in proportion to the text: decoding takes at most 32 bytes of memory for
/// each byte of text, and 256 KiB. What would take more (`[{},{},…]`, which no API sends) is
/// ErrorKind::decode too. Throws nothing but std::bad_alloc.
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
