// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include <purecloud/model/model.hpp>

namespace purecloud {
inline namespace v1 {

/// A reference to an object by its id.
struct Entity {
  std::optional<std::string> id;               ///< the id in the API's paths
  AdditionalProperties additional_properties;  ///< members unknown to this version

  /// Calls `visit` with each member's JSON name and a pointer to it.
  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("id", &Entity::id);
  }
};

/// An object's id and name.
struct NamedEntity {
  std::optional<std::string> id;               ///< the id in the API's paths
  std::optional<std::string> name;             ///< the name that people see
  AdditionalProperties additional_properties;  ///< members unknown to this version

  /// Calls `visit` with each member's JSON name and a pointer to it.
  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("id", &NamedEntity::id);
    visit("name", &NamedEntity::name);
  }
};

/// A reference to an object of the organization's directory.
struct DomainEntityRef {
  std::optional<std::string> id;               ///< the id in the API's paths
  std::optional<std::string> name;             ///< the name that people see
  std::optional<std::string> self_uri;         ///< its path in the API
  AdditionalProperties additional_properties;  ///< members unknown to this version

  /// Calls `visit` with each member's JSON name and a pointer to it.
  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("id", &DomainEntityRef::id);
    visit("name", &DomainEntityRef::name);
    visit("selfUri", &DomainEntityRef::self_uri);
  }
};

}  // namespace v1
}  // namespace purecloud
