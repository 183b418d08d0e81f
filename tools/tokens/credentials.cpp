// SPDX-License-Identifier: MIT
#include "credentials.hpp"

#include <cstddef>
#include <cstdlib>
#include <optional>
#include <utility>
#include <vector>

#include "failure.hpp"
#include "profile.hpp"

namespace {

constexpr const char* token_variable = "GENESYSCLOUD_ACCESS_TOKEN";
constexpr const char* id_variable = "GENESYSCLOUD_OAUTHCLIENT_ID";
constexpr const char* secret_variable = "GENESYSCLOUD_OAUTHCLIENT_SECRET";
constexpr const char* region_variable = "GENESYSCLOUD_REGION";
constexpr const char* other_region_variable = "GENESYS_CLOUD_REGION";
constexpr const char* gateway_variable = "GENESYSCLOUD_GATEWAY_HOST";
constexpr const char* proxy_variable = "GENESYSCLOUD_PROXY_HOST";

/// A profile's key, and the variable that takes precedence over it.
struct Setting {
  const char* key;
  const char* variable;
  /// If this variable is set, the environment names another host, and the key is ignored.
  const char* host_variable = nullptr;
};

constexpr Setting settings[] = {
    {"access_token", token_variable},
    {"client_credentials", id_variable},
    {"client_secret", secret_variable},
    {"environment", region_variable},
    {"gateway_host", gateway_variable, gateway_variable},
    {"gateway_port", "GENESYSCLOUD_GATEWAY_PORT", gateway_variable},
    {"gateway_protocol", "GENESYSCLOUD_GATEWAY_PROTOCOL", gateway_variable},
    {"gateway_username", "GENESYSCLOUD_GATEWAY_AUTH_USERNAME", gateway_variable},
    {"gateway_password", "GENESYSCLOUD_GATEWAY_AUTH_PASSWORD", gateway_variable},
    {"gateway_pathparams", "GENESYSCLOUD_GATEWAY_PATH_NAME", gateway_variable},
    {"proxy_pathparams", "GENESYSCLOUD_GATEWAY_PATH_VALUE",
     gateway_variable},  // gc stores the gateway's values here
    {"proxy_host", proxy_variable, proxy_variable},
    {"proxy_port", "GENESYSCLOUD_PROXY_PORT", proxy_variable},
    {"proxy_protocol", "GENESYSCLOUD_PROXY_PROTOCOL", proxy_variable},
    {"proxy_username", "GENESYSCLOUD_PROXY_AUTH_USERNAME", proxy_variable},
    {"proxy_password", "GENESYSCLOUD_PROXY_AUTH_PASSWORD", proxy_variable},
};

/// Returns whether a variable counts as set, as in Configuration::from_environment().
bool is_set(const char* variable) {
  const char* const value = std::getenv(variable);
  return value && std::string(value).find_first_not_of(" \t\r\n") != std::string::npos;
}

/// During its lifetime, sets the variables that are not set to the values of a profile. So
/// Configuration::from_environment() reads both, by the same rules.
class StandIns {
 public:
  explicit StandIns(const Profile& profile) : profile_(profile) {
    std::vector<std::string> values;
    for (const auto& setting : settings) {
      const bool other_host = setting.host_variable && is_set(setting.host_variable);
      const bool other_region =
          setting.variable == region_variable && is_set(other_region_variable);
      if (is_set(setting.variable) || other_host || other_region) continue;
      std::string value = profile.text(setting.key);
      if (value.empty() || value == "{}") continue;  // gc writes an absent value like this
      used_.push_back(&setting);
      values.push_back(std::move(value));
    }
    for (std::size_t i = 0; i < used_.size(); ++i)
      ::setenv(used_[i]->variable, values[i].c_str(), /*overwrite=*/1);
  }

  ~StandIns() {
    for (const auto* setting : used_) ::unsetenv(setting->variable);
  }
  StandIns(const StandIns&) = delete;
  StandIns& operator=(const StandIns&) = delete;

  bool include(const char* variable) const {
    for (const auto* setting : used_)
      if (setting->variable == variable) return true;
    return false;
  }

  /// Replaces the names of variables in a message by the profile's keys, if the values are from the
  /// profile.
  std::optional<std::string> translated(std::string message) const {
    bool is_ours = false;
    for (const auto& setting : settings) {
      const std::string variable = setting.variable;
      if (!include(setting.variable) && is_set(setting.variable)) continue;
      const bool ours =
          include(setting.variable) || (setting.host_variable && include(setting.host_variable));
      for (auto at = message.find(variable); at != message.npos; at = message.find(variable, at)) {
        message.replace(at, variable.size(), setting.key);
        is_ours = is_ours || ours;
      }
    }
    if (!is_ours) return std::nullopt;
    return profile_.description() + ": " + message;
  }

 private:
  const Profile& profile_;
  std::vector<const Setting*> used_;
};

[[noreturn]] void refuse(const Profile& profile, const std::string& problem) {
  throw Failure(ExitCode::usage, profile.description() + " " + problem);
}

/// Refuses a profile that gc itself would refuse, or that requires what this tool cannot do.
void check(const Profile& profile, const StandIns& stand_ins) {
  if (!is_set(region_variable) && !is_set(other_region_variable) && !is_set(gateway_variable))
    refuse(profile, std::string("has no environment; add one, like environment = "
                                "\"mypurecloud.ie\", or set ") +
                        region_variable);
  if (is_set(token_variable)) return;
  const bool needs_profile = stand_ins.include(id_variable) || stand_ins.include(secret_variable) ||
                             !is_set(id_variable) || !is_set(secret_variable);
  const std::string grant_type = profile.text("grant_type");
  // 0: none; 1: client credentials; 2 and 3: login with a browser
  if (needs_profile && !grant_type.empty() && grant_type != "0" && grant_type != "1")
    refuse(profile, std::string("has a grant_type other than \"1\" (client credentials), which "
                                "this tool cannot do; name another profile, or set ") +
                        token_variable);
  if (!is_set(id_variable) && !is_set(secret_variable))
    refuse(
        profile,
        "has neither an access_token nor client_credentials (the client's id) and client_secret");
  for (const auto& setting : settings)
    if ((setting.variable == id_variable || setting.variable == secret_variable) &&
        !is_set(setting.variable))
      refuse(profile,
             std::string("has no ") + setting.key + "; add it, or set " + setting.variable);
}

std::string source_of(const purecloud::Configuration& configuration,
                      const std::optional<Profile>& profile,
                      const std::optional<StandIns>& stand_ins) {
  const bool has_token = !configuration.access_token.empty();
  const std::vector<const char*> used =
      has_token ? std::vector{token_variable} : std::vector{id_variable, secret_variable};
  std::string variables;
  bool from_profile = false;
  for (const char* variable : used) {
    if (stand_ins && stand_ins->include(variable))
      from_profile = true;
    else
      variables += (variables.empty() ? "environment variable " : " and ") + std::string(variable);
  }
  std::string source = variables;
  if (from_profile)
    source += (variables.empty() ? "" : " and ") + profile->description();
  else if (profile)
    source += ", with " + profile->description();
  return source + (has_token ? "" : " (client credentials)");
}

}  // namespace

Credentials load_credentials(const std::string& profile_name) {
  const auto profile = read_profile(profile_name);
  std::optional<StandIns> stand_ins;
  if (profile) {
    stand_ins.emplace(*profile);
    check(*profile, *stand_ins);
  }
  try {
    auto configuration = purecloud::Configuration::from_environment();
    if (configuration.access_token.empty() && configuration.client_credentials.client_id.empty())
      throw Failure(ExitCode::token_not_valid,
                    std::string("there are no credentials: set ") + token_variable + ", or " +
                        id_variable + " and " + secret_variable +
                        ", or name a profile of gc with --profile, or look around with --demo");
    auto source = source_of(configuration, profile, stand_ins);
    return {std::move(configuration), std::move(source)};
  } catch (const purecloud::ApiException& exception) {
    const auto message = stand_ins ? stand_ins->translated(exception.what()) : std::nullopt;
    if (!message) throw;
    throw Failure(ExitCode::usage, *message);
  }
}
