// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>

#include <purecloud/detail/text/text.hpp>
#include <purecloud/region.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

struct RegionFacts {
  std::string_view name;
  std::string_view domain;
};

// in the order of Region
inline constexpr RegionFacts regions[] = {
    {"us_east_1", "mypurecloud.com"},         {"eu_west_1", "mypurecloud.ie"},
    {"ap_southeast_2", "mypurecloud.com.au"}, {"ap_northeast_1", "mypurecloud.jp"},
    {"eu_central_1", "mypurecloud.de"},       {"us_west_2", "usw2.pure.cloud"},
    {"ca_central_1", "cac1.pure.cloud"},      {"ap_northeast_2", "apne2.pure.cloud"},
    {"eu_west_2", "euw2.pure.cloud"},         {"ap_south_1", "aps1.pure.cloud"},
    {"us_east_2", "use2.us-gov-pure.cloud"},  {"sa_east_1", "sae1.pure.cloud"},
    {"me_central_1", "mec1.pure.cloud"},      {"ap_northeast_3", "apne3.pure.cloud"},
    {"eu_central_2", "euc2.pure.cloud"},      {"mx_central_1", "mxc1.pure.cloud"},
    {"ap_southeast_1", "apse1.pure.cloud"},   {"eusc_de_east_1", "edee1.eusc-pure.cloud"},
};

PURECLOUD_TOKENS_INLINE std::string region_names() {
  std::string names;
  for (const RegionFacts& region : regions) {
    if (!names.empty()) names += ", ";
    names += region.name;
  }
  return names;
}

}  // namespace detail

PURECLOUD_TOKENS_INLINE std::string_view domain_of(Region region) {
  return detail::regions[static_cast<std::size_t>(region)].domain;
}

PURECLOUD_TOKENS_INLINE std::optional<Region> parse_region(std::string_view text) {
  std::string lower = detail::lower_case(detail::trimmed(text));
  if (!lower.empty() && lower.back() == '/') lower.pop_back();
  std::string name = lower;
  std::replace(name.begin(), name.end(), '-', '_');

  std::string_view host = lower;
  const auto strip_prefix = [&](std::string_view prefix) {
    const bool found = host.substr(0, prefix.size()) == prefix;
    if (found) host.remove_prefix(prefix.size());
    return found;
  };
  static_cast<void>(strip_prefix("https://") || strip_prefix("http://"));
  static_cast<void>(strip_prefix("api.") || strip_prefix("login.") || strip_prefix("apps."));

  for (std::size_t i = 0; i < std::size(detail::regions); ++i)
    if (detail::regions[i].name == name || detail::regions[i].domain == host)
      return static_cast<Region>(i);
  return std::nullopt;
}

}  // namespace v1
}  // namespace purecloud
