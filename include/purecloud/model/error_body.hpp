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
  std::optional<std::string> field_name;       ///< the member of the request that is wrong
  std::optional<std::string> entity_id;        ///< the id of the object concerned
  std::optional<std::string> entity_name;      ///< that object's name
  AdditionalProperties additional_properties;  ///< members unknown to this version

  /// Calls `visit` with each member's JSON name and a pointer to it.
  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("errorCode", &Detail::error_code);
    visit("fieldName", &Detail::field_name);
    visit("entityId", &Detail::entity_id);
    visit("entityName", &Detail::entity_name);
  }
};

/// A limit that a request exceeded.
struct Limit {
  std::optional<std::string> key;              ///< the limit's name
  std::optional<std::string> namespace_;       ///< the service that sets it; `namespace` in JSON
  std::optional<int> value;                    ///< how much it allows
  AdditionalProperties additional_properties;  ///< members unknown to this version

  /// Calls `visit` with each member's JSON name and a pointer to it.
  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("key", &Limit::key);
    visit("namespace", &Limit::namespace_);
    visit("value", &Limit::value);
  }
};

/// The API's description of an error: the body of a response with a status other than 2xx. In
/// Error::body, a value whose type differs from its member's is put into `additional_properties`,
/// and the member is absent.
struct ErrorBody {
  std::optional<std::string> message;      ///< for a person
  std::optional<std::string> code;         ///< for a program, for example `credentials.expired`
  std::optional<int> status;               ///< the HTTP status
  std::optional<std::string> entity_id;    ///< the id of the object concerned
  std::optional<std::string> entity_name;  ///< that object's name
  /// the message, with `{name}` in place of each parameter
  std::optional<std::string> message_with_params;
  std::optional<std::map<std::string, std::string>> message_params;  ///< the values, by name
  std::optional<std::string> context_id;         ///< the correlation id, for Genesys support
  std::optional<std::vector<Detail>> details;    ///< the causes of the error
  std::optional<std::vector<ErrorBody>> errors;  ///< the errors that this one combines
  std::optional<Limit> limit;                    ///< the limit that was exceeded
  AdditionalProperties additional_properties;    ///< members unknown to this version

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
