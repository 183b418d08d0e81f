// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <utility>

#include <sys/stat.h>
#include <sys/types.h>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include <purecloud/configuration.hpp>
#include <purecloud/detail/base_url.hpp>
#include <purecloud/error.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Whom we trust and who we are: the CAs and the client certificate of a TlsOptions, read once and
/// used by every connection.
class TlsTrust {
 public:
  /// Throws ApiException (ErrorKind::tls) with the file that cannot be used.
  TlsTrust(const TlsOptions& options, std::string host)
      : host_(std::move(host)),
        context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free),
        minimum_(options.minimum_version == TlsVersion::v1_3 ? TLS1_3_VERSION : TLS1_2_VERSION) {
    ERR_clear_error();
    load_authorities(options);
    if (!options.client_certificate.empty()) load_client_certificate(options);
  }

  /// What a handshake found out about the server.
  struct Peer {
    const TlsTrust* trust = nullptr;
    int verify_result = X509_V_OK;  ///< X509_V_ERR_…: why its certificate was refused
    bool certificate_seen = false;
  };

  /// Makes a connection's context use it. `peer` and this object must outlive the context.
  void apply(SSL_CTX* context, Peer& peer) const {
    peer.trust = this;
    SSL_CTX_set_min_proto_version(context, minimum_);
    SSL_CTX_set_cert_verify_callback(context, &TlsTrust::verify, &peer);
    if (X509* certificate = SSL_CTX_get0_certificate(context_.get())) {
      STACK_OF(X509)* chain = nullptr;
      SSL_CTX_get0_chain_certs(context_.get(), &chain);
      SSL_CTX_use_cert_and_key(context, certificate, SSL_CTX_get0_privatekey(context_.get()), chain,
                               1);
    }
  }

  /// What to tell a person of a certificate that was refused.
  std::string explain(const Peer& peer) const {
    switch (peer.verify_result) {
      case X509_V_ERR_CERT_HAS_EXPIRED: return "the server's certificate has expired";
      case X509_V_ERR_CERT_NOT_YET_VALID:
        return "the server's certificate is not yet valid; check this machine's clock";
      case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        return "the server's certificate is self-signed; if you trust it, name it in tls.ca_file";
      case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
      case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
      case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
      case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        return "the server's certificate is from an unknown CA; install the system's CAs, or name "
               "the CA in tls.ca_file";
      case X509_V_ERR_IP_ADDRESS_MISMATCH:
        return "the server's certificate does not name the IP address " + host_;
      case X509_V_OK:  // the chain is good: what is left is the name
      case X509_V_ERR_HOSTNAME_MISMATCH:
        return "the server's certificate does not name the host " + host_;
      default:
        return std::string("the server's certificate was refused: ") +
               X509_verify_cert_error_string(peer.verify_result);
    }
  }

 private:
  [[noreturn]] static void refuse(const char* member, const std::string& file,
                                  const char* problem) {
    Error error;
    error.kind = ErrorKind::tls;
    error.message = std::string(member) + ": " + file + " " + problem;
    const unsigned long code = ERR_peek_last_error();
    if (const char* reason = code ? ERR_reason_error_string(code) : nullptr)
      error.message += std::string(" (") + reason + ")";
    ERR_clear_error();
    throw ApiException(std::move(error));
  }

  void load_authorities(const TlsOptions& options) {
    const char* const file = options.ca_file.empty() ? nullptr : options.ca_file.c_str();
    const char* const directory =
        options.ca_directory.empty() ? nullptr : options.ca_directory.c_str();
    if (!file && !directory) {
      SSL_CTX_set_default_verify_paths(context_.get());
      return;
    }
    if (file && SSL_CTX_load_verify_locations(context_.get(), file, nullptr) != 1)
      refuse("tls.ca_file", options.ca_file, "cannot be read as CA certificates in PEM");
    // OpenSSL takes any name for a directory, and finds nothing in it later
    struct stat status;
    if (directory && (stat(directory, &status) != 0 || (status.st_mode & S_IFMT) != S_IFDIR ||
                      SSL_CTX_load_verify_locations(context_.get(), nullptr, directory) != 1))
      refuse("tls.ca_directory", options.ca_directory, "is not a directory");
  }

  void load_client_certificate(const TlsOptions& options) {
    SSL_CTX* const context = context_.get();
    // without it OpenSSL would ask for a passphrase on the terminal, and wait
    SSL_CTX_set_default_passwd_cb(context, [](char*, int, int, void*) { return 0; });
    if (SSL_CTX_use_certificate_chain_file(context, options.client_certificate.c_str()) != 1)
      refuse("tls.client_certificate", options.client_certificate,
             "cannot be read as a certificate in PEM");
    if (SSL_CTX_use_PrivateKey_file(context, options.client_key.c_str(), SSL_FILETYPE_PEM) != 1)
      refuse("tls.client_key", options.client_key,
             "cannot be read as a private key in PEM, without a passphrase, that belongs to "
             "tls.client_certificate");
    if (SSL_CTX_check_private_key(context) != 1)
      refuse("tls.client_key", options.client_key, "does not belong to tls.client_certificate");
  }

  /// Verifies a chain against our CAs and our host's name. It stands in for OpenSSL's own check, so
  /// that what a connection's context has loaded or switched off is of no consequence.
  static int verify(X509_STORE_CTX* given, void* argument) {
    Peer& peer = *static_cast<Peer*>(argument);
    const TlsTrust& trust = *peer.trust;
    peer.certificate_seen = true;
    const std::unique_ptr<X509_STORE_CTX, decltype(&X509_STORE_CTX_free)> check(
        X509_STORE_CTX_new(), X509_STORE_CTX_free);
    bool good =
        check && X509_STORE_CTX_init(check.get(), SSL_CTX_get_cert_store(trust.context_.get()),
                                     X509_STORE_CTX_get0_cert(given),
                                     X509_STORE_CTX_get0_untrusted(given)) == 1;
    peer.verify_result = X509_V_ERR_UNSPECIFIED;
    if (good) {
      X509_STORE_CTX_set_default(check.get(), "ssl_server");
      X509_VERIFY_PARAM* const rules = X509_STORE_CTX_get0_param(check.get());
      X509_VERIFY_PARAM_set_auth_level(rules, SSL_CTX_get_security_level(trust.context_.get()));
      X509_VERIFY_PARAM_set_hostflags(rules, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
      good = is_ip_address(trust.host_)
                 ? X509_VERIFY_PARAM_set1_ip_asc(rules, trust.host_.c_str()) == 1
                 : X509_VERIFY_PARAM_set1_host(rules, trust.host_.c_str(), 0) == 1;
    }
    if (good) {
      good = X509_verify_cert(check.get()) == 1;
      peer.verify_result = X509_STORE_CTX_get_error(check.get());
    }
    X509_STORE_CTX_set_error(given, peer.verify_result);
    return good ? 1 : 0;
  }

  std::string host_;
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
  int minimum_;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
