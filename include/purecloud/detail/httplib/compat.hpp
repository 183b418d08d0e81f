// SPDX-License-Identifier: MIT
#pragma once

// Everything that differs from one cpp-httplib to the next, 0.11.4 to 0.53.1. Members are detected,
// not versions: CPPHTTPLIB_VERSION_NUM is a string.

#if !defined(PURECLOUD_TOKENS_BUNDLE)  // which holds a httplib.h of its own
#if defined(CPPHTTPLIB_HTTPLIB_H) && !defined(CPPHTTPLIB_OPENSSL_SUPPORT)
#error \
    "purecloud-tokens speaks HTTPS, but httplib.h was included before it without OpenSSL: include <purecloud/tokens.hpp> first, or compile everything with -DCPPHTTPLIB_OPENSSL_SUPPORT"
#endif
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
#endif

#if !defined(CPPHTTPLIB_OPENSSL_SUPPORT)
#define CPPHTTPLIB_OPENSSL_SUPPORT
#endif
#if !defined(CPPHTTPLIB_EXPECT_100_THRESHOLD)
// or a body of 1 KiB waits a second for a server that ignores `Expect: 100-continue`
#define CPPHTTPLIB_EXPECT_100_THRESHOLD ((std::numeric_limits<std::size_t>::max)())
#endif
#include <exception>  // 0.11.4 uses it, and leaves including it to the standard library

#include <httplib.h>

#include <cstddef>
#include <limits>
#include <type_traits>
#include <utility>

namespace purecloud {
inline namespace v1 {
namespace detail {
namespace httplib_compat {

template <int Rank>
struct Prefer : Prefer<Rank - 1> {};
template <>
struct Prefer<0> {};

/// Sends the target as it is: it is encoded already.
template <class Client>
auto disable_path_encoding(Client& client, Prefer<1>) -> decltype(client.set_path_encode(false)) {
  client.set_path_encode(false);  // from 0.23
}
template <class Client>
auto disable_path_encoding(Client& client, Prefer<0>) -> decltype(client.set_url_encode(false)) {
  client.set_url_encode(false);
}

/// Whether ClientImpl::process_request() is there, and is what we take it for.
struct ProcessRequest : httplib::ClientImpl {
  template <class Client, class = void>
  struct Fits : std::false_type {};
  template <class Client>
  struct Fits<Client,
              std::void_t<decltype(std::declval<Client&>().process_request(
                  std::declval<httplib::Stream&>(), std::declval<httplib::Request&>(),
                  std::declval<httplib::Response&>(), false, std::declval<httplib::Error&>()))>>
      : std::true_type {};
};
static_assert(ProcessRequest::Fits<ProcessRequest>::value,
              "purecloud-tokens writes its requests with ClientImpl::process_request(Stream&, "
              "Request&, Response&, bool, Error&), which this cpp-httplib does not have: use one "
              "from 0.11.4 to 0.53.1");

}  // namespace httplib_compat
}  // namespace detail
}  // namespace v1
}  // namespace purecloud
