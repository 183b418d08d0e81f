// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Returns the message for a server's certificate that was refused with X509_V_ERR_….
/// `has_authorities`: whether any CA is trusted.
inline std::string explain_certificate(long result, const std::string& host,
                                       bool has_authorities = true) {
  switch (result) {
    case X509_V_ERR_CERT_HAS_EXPIRED: return "the server's certificate has expired";
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return "the server's certificate is not yet valid; check this machine's clock";
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
      return "the server's certificate is self-signed; if you trust it, name it in tls.ca_file";
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      return has_authorities
                 ? "the server's certificate is from an unknown CA; install the system's CAs, or "
                   "name the CA in tls.ca_file (behind a proxy that inspects TLS, its CA)"
                 : "no CA certificates on this machine: install ca-certificates, or set "
                   "tls.ca_file";
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return "the server's certificate does not name the IP address " + host;
    case X509_V_ERR_HOSTNAME_MISMATCH:
      return "the server's certificate does not name the host " + host;
    default:
      return std::string("the server's certificate was refused: ") +
             X509_verify_cert_error_string(result);
  }
}

/// Returns whether an error of OpenSSL is a failure of TLS. A closed connection is not.
inline bool is_tls_failure(unsigned long code) {
  if (ERR_GET_LIB(code) != ERR_LIB_SSL) return false;
#if defined(SSL_R_UNEXPECTED_EOF_WHILE_READING)
  if (ERR_GET_REASON(code) == SSL_R_UNEXPECTED_EOF_WHILE_READING) return false;
#endif
  return true;
}

/// Returns the message for a handshake that failed with an error of OpenSSL.
inline std::string explain_handshake(unsigned long code) {
  switch (ERR_GET_REASON(code)) {
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION:
      return "the server speaks no version of TLS from tls.minimum_version on";
    case SSL_R_WRONG_VERSION_NUMBER: return "the server does not speak TLS; check the port";
    case SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED:
    case SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE:
    case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
    case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
      return "the server refused the handshake; it may require a client certificate that it knows: "
             "check tls.client_certificate";
    default: {
      const char* const text = ERR_reason_error_string(code);
      return text ? text : "unknown reason";
    }
  }
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
