# SPDX-License-Identifier: MIT
# Finds what the library links, for its own build and for those that find it installed. A target that
# the project has already, by FetchContent for example, is taken as it is.
if(NOT TARGET Threads::Threads)
  find_package(Threads REQUIRED)
endif()
if(NOT TARGET OpenSSL::SSL)
  find_package(OpenSSL REQUIRED)
endif()
if(NOT TARGET CURL::libcurl)
  find_package(CURL 7.80 QUIET)  # for purecloud::tokens_curl, which there is with it alone
endif()

# Upstream's cpp-httplib has a CMake package, Debian's a pkg-config file, a copied one neither.
if(NOT TARGET purecloud::cpp-httplib)
  add_library(purecloud::cpp-httplib INTERFACE IMPORTED)
  if(NOT TARGET httplib::httplib)
    find_package(httplib QUIET)
  endif()
  if(NOT TARGET httplib::httplib)
    find_package(PkgConfig QUIET)
    if(PKG_CONFIG_FOUND)
      pkg_check_modules(PURECLOUD_HTTPLIB QUIET IMPORTED_TARGET cpp-httplib)
    endif()
  endif()
  if(TARGET httplib::httplib)
    target_link_libraries(purecloud::cpp-httplib INTERFACE httplib::httplib)
  elseif(TARGET PkgConfig::PURECLOUD_HTTPLIB)
    target_link_libraries(purecloud::cpp-httplib INTERFACE PkgConfig::PURECLOUD_HTTPLIB)
  else()
    find_path(PURECLOUD_HTTPLIB_INCLUDE_DIR httplib.h)
    if(NOT PURECLOUD_HTTPLIB_INCLUDE_DIR)
      message(FATAL_ERROR "purecloud-tokens requires cpp-httplib: install it, or set "
                          "PURECLOUD_HTTPLIB_INCLUDE_DIR to a folder with httplib.h")
    endif()
    target_include_directories(purecloud::cpp-httplib INTERFACE ${PURECLOUD_HTTPLIB_INCLUDE_DIR})
  endif()
endif()
