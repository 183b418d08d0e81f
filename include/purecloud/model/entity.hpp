// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include <purecloud/model/model.hpp>

namespace purecloud {
inline namespace v1 {

/// A reference to an object by its id.
struct Entity {
  std::optional<std::string> id;
  AdditionalProperties additional_properties;

  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("id", &Entity::id);
  }
};

/// An object's id and name.
struct NamedEntity {
  std::optional<std::string> id;
  std::optional<std::string> name;
  AdditionalProperties additional_properties;

  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("id", &NamedEntity::id);
    visit("name", &NamedEntity::name);
  }
};

/// A reference to an object of the organization's directory.
struct DomainEntityRef {
  std::optional<std::string> id;
  std::optional<std::string> name;
  std::optional<std::string> self_uri;  ///< its path in the API
  AdditionalProperties additional_properties;

  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("id", &DomainEntityRef::id);
    visit("name", &DomainEntityRef::name);
    visit("selfUri", &DomainEntityRef::self_uri);
  }
};

}  // namespace v1
}  // namespace purecloud
