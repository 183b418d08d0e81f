// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <purecloud/model/model.hpp>

namespace purecloud {
inline namespace v1 {

/// One cause of an error.
struct Detail {
  std::optional<std::string> error_code;       ///< for a program
  std::optional<std::string> field_name;       ///< the member of the request that is at fault
  std::optional<std::string> entity_id;        ///< the object that it is about
  std::optional<std::string> entity_name;      ///< that object's name
  AdditionalProperties additional_properties;  ///< what this version does not know

  /// Calls `visit` with each member's JSON name and a pointer to it.
  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("errorCode", &Detail::error_code);
    visit("fieldName", &Detail::field_name);
    visit("entityId", &Detail::entity_id);
    visit("entityName", &Detail::entity_name);
  }
};

/// The limit that a request ran into.
struct Limit {
  std::optional<std::string> key;              ///< the limit's name
  std::optional<std::string> namespace_;       ///< whose limit it is; `namespace` in JSON
  std::optional<int> value;                    ///< how much it allows
  AdditionalProperties additional_properties;  ///< what this version does not know

  /// Calls `visit` with each member's JSON name and a pointer to it.
  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("key", &Limit::key);
    visit("namespace", &Limit::namespace_);
    visit("value", &Limit::value);
  }
};

/// What the API says of an error, in the body of a response that is not 2xx. In Error::body a value
/// of another type than its member's does not hide the others: it is in `additional_properties`, by
/// its name.
struct ErrorBody {
  std::optional<std::string> message;      ///< for a person
  std::optional<std::string> code;         ///< for a program: `credentials.expired`
  std::optional<int> status;               ///< the HTTP status
  std::optional<std::string> entity_id;    ///< the object that it is about
  std::optional<std::string> entity_name;  ///< that object's name
  /// the message, with `{name}` for each of its parameters
  std::optional<std::string> message_with_params;
  std::optional<std::map<std::string, std::string>> message_params;  ///< name to value
  std::optional<std::string> context_id;         ///< the correlation id, for Genesys support
  std::optional<std::vector<Detail>> details;    ///< its causes, one by one
  std::optional<std::vector<ErrorBody>> errors;  ///< those that this one is made of
  std::optional<Limit> limit;                    ///< where one was exceeded
  AdditionalProperties additional_properties;    ///< what this version does not know

  /// Calls `visit` with each member's JSON name and a pointer to it.
  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("message", &ErrorBody::message);
    visit("code", &ErrorBody::code);
    visit("status", &ErrorBody::status);
    visit("entityId", &ErrorBody::entity_id);
    visit("entityName", &ErrorBody::entity_name);
    visit("messageWithParams", &ErrorBody::message_with_params);
    visit("messageParams", &ErrorBody::message_params);
    visit("contextId", &ErrorBody::context_id);
    visit("details", &ErrorBody::details);
    visit("errors", &ErrorBody::errors);
    visit("limit", &ErrorBody::limit);
  }
};

}  // namespace v1
}  // namespace purecloud
