// SPDX-License-Identifier: MIT
#pragma once

// Everything that depends on the version of cpp-httplib, 0.11.4 to 0.53.1. It detects members, not
// versions, because CPPHTTPLIB_VERSION_NUM is a string, which the preprocessor cannot compare.

// Macros of X11's headers and others, with names that httplib.h uses.
#pragma push_macro("None")
#pragma push_macro("Success")
#pragma push_macro("error")
#undef None
#undef Success
#undef error

#include <exception>  // because 0.11.4 uses it without including it

#if defined(PURECLOUD_TOKENS_BUNDLE)  // which contains a httplib.h, in its own namespace
#include <httplib.h>
#else
#if defined(__has_include)
#if !__has_include(<openssl/ssl.h>)
#error \
    "purecloud-tokens speaks HTTPS and needs OpenSSL's headers: install libssl-dev (Debian), openssl-devel (Fedora) or openssl@3 (Homebrew)"
#endif
#if !__has_include(<httplib.h>)
#error \
    "purecloud-tokens needs cpp-httplib: install libcpp-httplib-dev (Debian), cpp-httplib-devel (Fedora) or cpp-httplib (Homebrew), or put a httplib.h on the include path"
#endif
#endif

// CPPHTTPLIB_OPENSSL_SUPPORT changes the layout of the classes in upstream's single-file httplib.h.
// If one file of a program defines it and another does not, the program corrupts its memory, and no
// tool reports that. So this library includes its own copy, in the namespace purecloud_httplib and
// without TLS, which it does not need from cpp-httplib. The program's own copy is not affected.
// With a split httplib.h, for example Debian's, that is not possible: its functions are in a
// library, compiled in the namespace httplib and with OpenSSL. The single-file header is recognized
// by USE_IF2IP, which its bodies define (except on Windows).
#pragma push_macro("CPPHTTPLIB_HTTPLIB_H")
#pragma push_macro("CPPHTTPLIB_OPENSSL_SUPPORT")
#pragma push_macro("CPPHTTPLIB_MBEDTLS_SUPPORT")
#pragma push_macro("CPPHTTPLIB_WOLFSSL_SUPPORT")
#pragma push_macro("CPPHTTPLIB_SSL_ENABLED")
#pragma push_macro("CPPHTTPLIB_ZLIB_SUPPORT")
#pragma push_macro("CPPHTTPLIB_BROTLI_SUPPORT")
#pragma push_macro("CPPHTTPLIB_ZSTD_SUPPORT")
#pragma push_macro("USE_IF2IP")
#undef CPPHTTPLIB_HTTPLIB_H
#undef CPPHTTPLIB_OPENSSL_SUPPORT
#undef CPPHTTPLIB_MBEDTLS_SUPPORT
#undef CPPHTTPLIB_WOLFSSL_SUPPORT
#undef CPPHTTPLIB_SSL_ENABLED
#undef CPPHTTPLIB_ZLIB_SUPPORT
#undef CPPHTTPLIB_BROTLI_SUPPORT
#undef CPPHTTPLIB_ZSTD_SUPPORT
#undef USE_IF2IP
#if !defined(_WIN32)
#define httplib purecloud_httplib
#include <httplib.h>
#undef httplib
#endif
#if defined(USE_IF2IP)
#define PURECLOUD_TOKENS_OWN_HTTPLIB
#endif
#undef CPPHTTPLIB_HTTPLIB_H
#undef CPPHTTPLIB_SSL_ENABLED
#undef USE_IF2IP
#pragma pop_macro("CPPHTTPLIB_HTTPLIB_H")
#pragma pop_macro("CPPHTTPLIB_OPENSSL_SUPPORT")
#pragma pop_macro("CPPHTTPLIB_MBEDTLS_SUPPORT")
#pragma pop_macro("CPPHTTPLIB_WOLFSSL_SUPPORT")
#pragma pop_macro("CPPHTTPLIB_SSL_ENABLED")
#pragma pop_macro("CPPHTTPLIB_ZLIB_SUPPORT")
#pragma pop_macro("CPPHTTPLIB_BROTLI_SUPPORT")
#pragma pop_macro("CPPHTTPLIB_ZSTD_SUPPORT")
#pragma pop_macro("USE_IF2IP")
#if !defined(PURECLOUD_TOKENS_OWN_HTTPLIB)
#if defined(CPPHTTPLIB_HTTPLIB_H) && !defined(CPPHTTPLIB_OPENSSL_SUPPORT) && defined(_WIN32)
#error \
    "<httplib.h> was included before purecloud-tokens without OpenSSL: compile every file of the program that includes it with -DCPPHTTPLIB_OPENSSL_SUPPORT"
#elif defined(CPPHTTPLIB_HTTPLIB_H) && !defined(CPPHTTPLIB_OPENSSL_SUPPORT)
#error \
    "this httplib.h has its functions in a library, built with OpenSSL, but was included before purecloud-tokens without it: include <purecloud/tokens.hpp> first, or compile everything with -DCPPHTTPLIB_OPENSSL_SUPPORT"
#endif
#if !defined(CPPHTTPLIB_OPENSSL_SUPPORT)
#define CPPHTTPLIB_OPENSSL_SUPPORT
#endif
#include <httplib.h>
#endif
#endif

#pragma pop_macro("None")
#pragma pop_macro("Success")
#pragma pop_macro("error")

#include <cstddef>
#include <limits>
#include <type_traits>
#include <utility>

namespace purecloud {
inline namespace v1 {

#if defined(PURECLOUD_TOKENS_OWN_HTTPLIB)
namespace httplib = ::purecloud_httplib;
#undef PURECLOUD_TOKENS_OWN_HTTPLIB
#endif

namespace detail {
namespace httplib_compat {

template <int Rank>
struct Prefer : Prefer<Rank - 1> {};
template <>
struct Prefer<0> {};

/// Makes cpp-httplib send the target unchanged, because it is encoded already.
template <class Client>
auto disable_path_encoding(Client& client, Prefer<1>) -> decltype(client.set_path_encode(false)) {
  client.set_path_encode(false);  // since 0.23
}
template <class Client>
auto disable_path_encoding(Client& client, Prefer<0>) -> decltype(client.set_url_encode(false)) {
  client.set_url_encode(false);
}

/// Checks that ClientImpl::process_request() exists, and accepts these arguments.
struct ProcessRequest : httplib::ClientImpl {
  template <class Client>
  static auto fits(Client* client)
      -> decltype(client->process_request(std::declval<httplib::Stream&>(),
                                          std::declval<httplib::Request&>(),
                                          std::declval<httplib::Response&>(), false,
                                          std::declval<httplib::Error&>()),
                  std::true_type{});
  static std::false_type fits(void*);
};
static_assert(decltype(ProcessRequest::fits(static_cast<ProcessRequest*>(nullptr)))::value,
              "purecloud-tokens writes its requests with ClientImpl::process_request(Stream&, "
              "Request&, Response&, bool, Error&), which this cpp-httplib does not have: use one "
              "from 0.11.4 to 0.53.1");

}  // namespace httplib_compat
}  // namespace detail
}  // namespace v1
}  // namespace purecloud
