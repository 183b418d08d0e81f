// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/detail/curl/connections.hpp>

#include <algorithm>
#include <cstddef>
#include <string>

#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <purecloud/detail/net/tls_failure.hpp>
#include <purecloud/detail/net/tls_trust.hpp>
#include <purecloud/detail/text/url.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Used if libcurl uses the program's OpenSSL: makes it trust the CAs of a TlsTrust, and records
/// what happens in TLS in a CurlConnection.
namespace curl_tls {

/// How many bytes a server may send in a row without data for HTTP, certificates included. OpenSSL
/// would read such records without end, in one call that cannot be interrupted.
constexpr std::size_t max_idle_bytes = 256 * 1024;
/// As how many bytes the smallest records count, because each costs two reads.
constexpr std::size_t least_record = 100;

/// How many bytes a server may send in a row, for each request under way, without a byte for any
/// response: HTTP/2 has frames that carry no data. libcurl would read them without end, in one
/// call. The bytes of other responses count until libcurl has processed them.
constexpr std::size_t max_bytes_without_response = 128 * 1024;

inline int slot() {
  static const int index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
  return index;
}

/// Returns how many bytes of a record are not data; 0 if that is not known.
inline std::size_t overhead(const SSL* session) {
  const SSL_CIPHER* const cipher = SSL_get_current_cipher(session);
  if (!cipher) return 0;
  const bool short_tag = SSL_CIPHER_get_protocol_id(cipher) == 0x1305;  // TLS_AES_128_CCM_8_SHA256
  if (SSL_version(session) >= TLS1_3_VERSION) return short_tag ? 0 : 16 + 1;  // tag, inner type
  switch (SSL_CIPHER_get_cipher_nid(cipher)) {
    case NID_aes_128_gcm:
    case NID_aes_256_gcm: return 8 + 16;  // nonce, tag
    case NID_chacha20_poly1305: return 16;
    default: return 0;
  }
}

inline void on_carrying_record(CurlConnection::Tls& tls, const SSL* session) {
  tls.bytes_without_response += tls.record_size;
  const std::size_t around = overhead(session);
  if (around == 0 || tls.record_size < around) {
    tls.countable = tls.countable && around != 0;
    return;
  }
  tls.carried += tls.record_size - around;
  if (tls.record_size > around) tls.idle_bytes = 0;
}

/// A callback for each record of TLS, and for each message in it.
inline void on_message(int is_sent, int, int type, const void* data, std::size_t size, SSL* session,
                       void* to) {
  constexpr unsigned char application_data = SSL3_RT_APPLICATION_DATA;
  CurlConnection& connection = *static_cast<CurlConnection*>(to);
  CurlConnection::Tls& tls = connection.tls;
  tls.session = session;
  if (is_sent) return;
  const auto* const bytes = static_cast<const unsigned char*>(data);
  if (type == SSL3_RT_HEADER && size >= 5) {
    tls.record_size = static_cast<std::size_t>(bytes[3] << 8 | bytes[4]);
    tls.idle_bytes += (std::max)(size + tls.record_size, least_record);
    if (SSL_version(session) < TLS1_3_VERSION && bytes[0] == application_data)
      on_carrying_record(tls, session);
  } else if (type == SSL3_RT_INNER_CONTENT_TYPE && size >= 1 && bytes[0] == application_data) {
    on_carrying_record(tls, session);
  }
  tls.flooded = tls.flooded || tls.idle_bytes > max_idle_bytes;
  tls.too_much_without_response =
      tls.bytes_without_response > max_bytes_without_response * (connection.users + 1);
  if (tls.flooded || tls.too_much_without_response) connection.end();
}

/// A callback for each alert, and for the end of each step, when OpenSSL still has its errors.
inline void on_event(const SSL* session, int what, int value) {
  auto* const connection =
      static_cast<CurlConnection*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(session), slot()));
  if (!connection) return;
  CurlConnection::Tls& tls = connection->tls;
  const int alert = value & 0xff;
  if (what == SSL_CB_READ_ALERT) tls.alert = alert;
  const bool failed = ((what & SSL_CB_EXIT) != 0 && value <= 0) ||
                      (what == SSL_CB_WRITE_ALERT && alert != SSL_AD_CLOSE_NOTIFY);
  if (!failed) return;
  const unsigned long error = ERR_peek_last_error();
  if (is_tls_failure(error)) tls.error = error;
  tls.verified = SSL_get_verify_result(session);
}

/// Prepares libcurl's SSL_CTX for a connection to `host`. Returns false if a step fails.
inline bool prepare(SSL_CTX* theirs, const TlsTrust& trust, const std::string& host,
                    CurlConnection& connection) {
  SSL_CTX* const ours = trust.context();
  connection.tls = CurlConnection::Tls();
  if (SSL_CTX_set_ex_data(theirs, slot(), &connection) != 1) return false;
  SSL_CTX_set_info_callback(theirs, &on_event);
  SSL_CTX_set_msg_callback(theirs, &on_message);
  SSL_CTX_set_msg_callback_arg(theirs, &connection);

  SSL_CTX_set1_cert_store(theirs, SSL_CTX_get_cert_store(ours));
  SSL_CTX_set_verify(theirs, SSL_VERIFY_PEER, nullptr);
  // because libcurl has lowered the minimum of the system's configuration
  if (SSL_CTX_set_min_proto_version(theirs,
                                    static_cast<int>(SSL_CTX_get_min_proto_version(ours))) != 1)
    return false;

  X509_VERIFY_PARAM* const rules = SSL_CTX_get0_param(theirs);
  X509_VERIFY_PARAM_set_hostflags(
      rules, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
  if ((is_ip_address(host) ? X509_VERIFY_PARAM_set1_ip_asc(rules, host.c_str())
                           : X509_VERIFY_PARAM_set1_host(rules, host.c_str(), host.size())) != 1)
    return false;

  X509* const certificate = SSL_CTX_get0_certificate(ours);
  if (!certificate) return true;
  STACK_OF(X509)* chain = nullptr;
  SSL_CTX_get0_chain_certs(ours, &chain);
  return SSL_CTX_use_cert_and_key(theirs, certificate, SSL_CTX_get0_privatekey(ours), chain, 1) ==
         1;
}

/// Returns why TLS failed, for a message; empty if it did not fail.
inline std::string explain(const CurlConnection::Tls& tls, const TlsTrust& trust,
                           const std::string& host) {
  if (tls.flooded) return "TLS with " + host + " failed: the server sends records without end";
  if (tls.verified != X509_V_OK)
    return explain_certificate(tls.verified, host, trust.has_authorities());
  unsigned long error = tls.error;
  if (error == 0 && tls.alert > SSL_AD_CLOSE_NOTIFY && tls.alert != SSL_AD_USER_CANCELLED)
    error = ERR_PACK(ERR_LIB_SSL, 0, static_cast<unsigned long>(SSL_AD_REASON_OFFSET + tls.alert));
  return error == 0 ? std::string() : "TLS with " + host + " failed: " + explain_handshake(error);
}

}  // namespace curl_tls
}  // namespace detail
}  // namespace v1
}  // namespace purecloud
