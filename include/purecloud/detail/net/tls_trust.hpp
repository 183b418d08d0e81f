// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <new>
#include <string>

#include <sys/stat.h>
#include <sys/types.h>

#include <purecloud/configuration.hpp>
#include <purecloud/detail/net/system_authorities.hpp>  // before OpenSSL's own
#include <purecloud/error.hpp>

#include <openssl/err.h>
#include <openssl/ssl.h>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// The CAs and the client certificate of a TlsOptions, read once and used by every connection.
class TlsTrust {
 public:
  /// Throws ApiException (ErrorKind::tls), which names the file that cannot be used.
  explicit TlsTrust(const TlsOptions& options)
      : context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free) {
    ERR_clear_error();
    if (!context_) throw std::bad_alloc();
    SSL_CTX_set_verify(context(), SSL_VERIFY_PEER, nullptr);
    // the system's configuration may have a higher minimum, which is not lowered
    const int minimum =
        options.minimum_version == TlsVersion::v1_3 ? TLS1_3_VERSION : TLS1_2_VERSION;
    if (SSL_CTX_get_min_proto_version(context()) < minimum &&
        SSL_CTX_set_min_proto_version(context(), minimum) != 1)
      throw std::bad_alloc();
    SSL_CTX_set_read_ahead(context(), 1);  // otherwise each record costs two reads
    load_authorities(options);
    if (!options.client_certificate.empty()) load_client_certificate(options);
  }
  TlsTrust(const TlsTrust&) = delete;
  TlsTrust& operator=(const TlsTrust&) = delete;

  ~TlsTrust() {
    if (openssl_has_ended()) static_cast<void>(context_.release());
  }

  SSL_CTX* context() const { return context_.get(); }

  /// Returns whether any CA is trusted.
  bool has_authorities() const { return !uses_system_ || has_system_authorities(context()); }

  /// Returns whether OpenSSL has cleaned up at the end of the program. A static object may outlive
  /// that, and then must not free its OpenSSL objects.
  static bool openssl_has_ended() { return OPENSSL_init_ssl(0, nullptr) != 1; }

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
    uses_system_ = !file && !directory;
    if (uses_system_ && !trust_system_authorities(context())) throw std::bad_alloc();
    if (file && SSL_CTX_load_verify_locations(context(), file, nullptr) != 1)
      refuse("tls.ca_file", options.ca_file, "cannot be read as CA certificates in PEM");
    // OpenSSL accepts any name here, and would find no CA later
    struct stat status;
    if (directory && (stat(directory, &status) != 0 || (status.st_mode & S_IFMT) != S_IFDIR ||
                      SSL_CTX_load_verify_locations(context(), nullptr, directory) != 1))
      refuse("tls.ca_directory", options.ca_directory, "is not a directory");
  }

  void load_client_certificate(const TlsOptions& options) {
    // without this, OpenSSL would ask for a passphrase on the terminal, and wait
    SSL_CTX_set_default_passwd_cb(context(), [](char*, int, int, void*) { return 0; });
    if (SSL_CTX_use_certificate_chain_file(context(), options.client_certificate.c_str()) != 1)
      refuse("tls.client_certificate", options.client_certificate,
             "cannot be read as a certificate in PEM");
    if (SSL_CTX_use_PrivateKey_file(context(), options.client_key.c_str(), SSL_FILETYPE_PEM) != 1)
      refuse("tls.client_key", options.client_key,
             "cannot be read as a private key in PEM, without a passphrase, that belongs to "
             "tls.client_certificate");
    if (SSL_CTX_check_private_key(context()) != 1)
      refuse("tls.client_key", options.client_key, "does not belong to tls.client_certificate");
  }

  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
  bool uses_system_ = false;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
