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

/// A client's own limit, of 100 MB where there is one, is not the user's.
template <class Client>
auto lift_payload_limit(Client& client, Prefer<1>)
    -> decltype(client.set_payload_max_length(std::size_t())) {
  client.set_payload_max_length((std::numeric_limits<std::size_t>::max)());  // from 0.31
}
template <class Client>
void lift_payload_limit(Client&, Prefer<0>) {}

}  // namespace httplib_compat
}  // namespace detail
}  // namespace v1
}  // namespace purecloud
