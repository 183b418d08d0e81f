// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace purecloud {
inline namespace v1 {

/// A Genesys Cloud region, named after the AWS region that it runs in.
enum class Region {
  us_east_1,
  eu_west_1,
  ap_southeast_2,
  ap_northeast_1,
  eu_central_1,
  us_west_2,
  ca_central_1,
  ap_northeast_2,
  eu_west_2,
  ap_south_1,
  us_east_2,
  sa_east_1,
  me_central_1,
  ap_northeast_3,
  eu_central_2,
  mx_central_1,
  ap_southeast_1,
  eusc_de_east_1,
};

/// The region's domain, `mypurecloud.ie` say: its API answers at `https://api.` + domain, its
/// login at `https://login.` + domain.
std::string_view domain_of(Region region);

/// Reads a region as users paste it: `eu_west_1`, `eu-west-1`, `mypurecloud.ie`,
/// `api.mypurecloud.ie`, `https://login.mypurecloud.ie/`, in any case. Empty when it is none of
/// the regions above.
std::optional<Region> parse_region(std::string_view text);

namespace detail {
/// `us_east_1, eu_west_1, …`: every name that parse_region takes, for error messages.
std::string region_names();
}  // namespace detail

}  // namespace v1
}  // namespace purecloud
