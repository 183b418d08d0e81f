// SPDX-License-Identifier: MIT
#pragma once

// Everything that differs from one cpp-httplib to the next, 0.11.4 to 0.53.1. Members are detected,
// not versions: CPPHTTPLIB_VERSION_NUM is a string.

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

#if !defined(CPPHTTPLIB_OPENSSL_SUPPORT)
#define CPPHTTPLIB_OPENSSL_SUPPORT
#endif
#if !defined(CPPHTTPLIB_EXPECT_100_THRESHOLD)
// or a body of 1 KiB waits a second for a server that ignores `Expect: 100-continue`
#define CPPHTTPLIB_EXPECT_100_THRESHOLD 0
#endif
#include <httplib.h>

#include <openssl/ssl.h>

#include <type_traits>

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

template <class Client>
auto tls_context(Client& client, Prefer<1>)
    -> decltype(static_cast<SSL_CTX*>(client.tls_context())) {
  return static_cast<SSL_CTX*>(client.tls_context());  // from 0.31, where ssl_context is deprecated
}
template <class Client>
auto tls_context(Client& client, Prefer<0>) -> decltype(client.ssl_context()) {
  return client.ssl_context();
}

// Values of httplib::Error that came later; where there is none, nothing equals it.
template <class E>
auto is_proxy_error(E error, Prefer<1>) -> decltype(E::ProxyConnection, bool()) {
  return error == E::ProxyConnection;
}
template <class E>
bool is_proxy_error(E, Prefer<0>) {
  return false;
}

template <class E>
auto is_host_name_error(E error, Prefer<1>) -> decltype(E::SSLServerHostnameVerification, bool()) {
  return error == E::SSLServerHostnameVerification;
}
template <class E>
bool is_host_name_error(E, Prefer<0>) {
  return false;
}

}  // namespace httplib_compat
}  // namespace detail
}  // namespace v1
}  // namespace purecloud
