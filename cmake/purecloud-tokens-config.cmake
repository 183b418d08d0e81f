# SPDX-License-Identifier: MIT
include("${CMAKE_CURRENT_LIST_DIR}/purecloud-tokens-dependencies.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/purecloud-tokens-targets.cmake")
if(TARGET CURL::libcurl)
  include("${CMAKE_CURRENT_LIST_DIR}/purecloud-tokens-curl-targets.cmake" OPTIONAL)
endif()
