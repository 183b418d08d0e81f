// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <purecloud/model/model.hpp>
#include <purecloud/model/open_enum.hpp>

namespace purecloud {
inline namespace v1 {

/// The values of InactivityTimeoutUnit.
struct InactivityTimeoutUnitValues {
  /// The constants, in the order of `texts`.
  enum Value {
    minutes,  ///< `Minutes`
    hours,    ///< `Hours`
  };
  /// The texts in the API's JSON.
  static constexpr std::string_view texts[] = {"Minutes", "Hours"};
};
/// The unit in which administrators see a timeout.
using InactivityTimeoutUnit = OpenEnum<InactivityTimeoutUnitValues>;

/// An idle timeout for the members of some groups.
struct InactivityTimeoutGroupBundle {
  std::optional<int> priority;         ///< 1 to 5
  std::optional<int> timeout_seconds;  ///< 300 to 28800
  /// the unit that administrators see
  std::optional<InactivityTimeoutUnit> inactivity_timeout_unit;
  std::optional<std::vector<std::string>> groups;  ///< ids of groups
  AdditionalProperties additional_properties;      ///< members unknown to this version

  /// Calls `visit` with each member's JSON name and a pointer to it.
  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("priority", &InactivityTimeoutGroupBundle::priority);
    visit("timeoutSeconds", &InactivityTimeoutGroupBundle::timeout_seconds);
    visit("inactivityTimeoutUnit", &InactivityTimeoutGroupBundle::inactivity_timeout_unit);
    visit("groups", &InactivityTimeoutGroupBundle::groups);
  }
};

/// An organization's idle timeout for tokens (getTokensTimeout, putTokensTimeout).
struct IdleTokenTimeout {
  /// 300 to 28800; at most 900 where HIPAA is enabled
  std::optional<int> idle_token_timeout_seconds;
  std::optional<bool> enable_idle_token_timeout;  ///< whether idle tokens expire
  /// the unit that administrators see
  std::optional<InactivityTimeoutUnit> inactivity_timeout_unit;
  /// whether `inactivity_timeout_group_bundles` are applied
  std::optional<bool> inactivity_timeout_groups_enabled;
  /// other timeouts for the members of some groups
  std::optional<std::vector<InactivityTimeoutGroupBundle>> inactivity_timeout_group_bundles;
  AdditionalProperties additional_properties;  ///< members unknown to this version

  /// Calls `visit` with each member's JSON name and a pointer to it.
  template <class Visit>
  static void each_member(Visit&& visit) {
    visit("idleTokenTimeoutSeconds", &IdleTokenTimeout::idle_token_timeout_seconds);
    visit("enableIdleTokenTimeout", &IdleTokenTimeout::enable_idle_token_timeout);
    visit("inactivityTimeoutUnit", &IdleTokenTimeout::inactivity_timeout_unit);
    visit("inactivityTimeoutGroupsEnabled", &IdleTokenTimeout::inactivity_timeout_groups_enabled);
    visit("inactivityTimeoutGroupBundles", &IdleTokenTimeout::inactivity_timeout_group_bundles);
  }
};

}  // namespace v1
}  // namespace purecloud
