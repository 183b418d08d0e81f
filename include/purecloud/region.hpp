// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace purecloud {
inline namespace v1 {

/// A Genesys Cloud region, named after the AWS region that it runs in.
enum class Region {
  us_east_1,       ///< `mypurecloud.com`
  eu_west_1,       ///< `mypurecloud.ie`
  ap_southeast_2,  ///< `mypurecloud.com.au`
  ap_northeast_1,  ///< `mypurecloud.jp`
  eu_central_1,    ///< `mypurecloud.de`
  us_west_2,       ///< `usw2.pure.cloud`
  ca_central_1,    ///< `cac1.pure.cloud`
  ap_northeast_2,  ///< `apne2.pure.cloud`
  eu_west_2,       ///< `euw2.pure.cloud`
  ap_south_1,      ///< `aps1.pure.cloud`
  us_east_2,       ///< `use2.us-gov-pure.cloud`
  sa_east_1,       ///< `sae1.pure.cloud`
  me_central_1,    ///< `mec1.pure.cloud`
  ap_northeast_3,  ///< `apne3.pure.cloud`
  eu_central_2,    ///< `euc2.pure.cloud`
  mx_central_1,    ///< `mxc1.pure.cloud`
  ap_southeast_1,  ///< `apse1.pure.cloud`
  eusc_de_east_1,  ///< `edee1.eusc-pure.cloud`
};

/// Returns the region's domain, for example `mypurecloud.ie`: the API is at
/// `https://api.mypurecloud.ie`, the login host is `https://login.mypurecloud.ie`.
std::string_view domain_of(Region region);

/// Reads a region's name or address: `eu_west_1`, `eu-west-1`, `mypurecloud.ie`,
/// `api.mypurecloud.ie` or `https://login.mypurecloud.ie/`, in upper or lower case, with space
/// around it, with or without the last slash, also with `http://`. Returns nothing for any other
/// text.
std::optional<Region> parse_region(std::string_view text);

namespace detail {
/// Returns the names of all regions, for error messages: `us_east_1, eu_west_1, …`.
std::string region_names();
}  // namespace detail

}  // namespace v1
}  // namespace purecloud

#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/region.ipp>
#endif
