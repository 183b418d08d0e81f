// SPDX-License-Identifier: MIT
#pragma once

#if !defined(_WIN32)
#include <dirent.h>
#endif

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include <purecloud/detail/environment_variable.hpp>
#include <purecloud/detail/windows.hpp>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Returns whether a folder, or one of a list separated by `:`, contains a file.
inline bool holds_files(const std::string& folders) {
#if defined(_WIN32)
  return static_cast<void>(folders), false;
#else
  for (std::size_t begin = 0; begin <= folders.size();) {
    const std::size_t end = (std::min)(folders.find(':', begin), folders.size());
    const std::unique_ptr<DIR, int (*)(DIR*)> folder(
        ::opendir(folders.substr(begin, end - begin).c_str()), ::closedir);
    while (const dirent* const entry = folder ? ::readdir(folder.get()) : nullptr)
      if (entry->d_name[0] != '.') return true;
    begin = end + 1;
  }
  return false;
#endif
}

/// Returns whether OpenSSL has any CA to verify with: one that it has read, or one in the folder
/// that it reads when it needs a CA.
inline bool has_system_authorities(SSL_CTX* context) {
  X509_STORE* const store = SSL_CTX_get_cert_store(context);
#if OPENSSL_VERSION_NUMBER >= 0x30300000L  // OpenSSL 4 deprecates the other way
  STACK_OF(X509_OBJECT)* const read = X509_STORE_get1_objects(store);
  const int count = sk_X509_OBJECT_num(read);
  sk_X509_OBJECT_pop_free(read, X509_OBJECT_free);
#else
  const int count = sk_X509_OBJECT_num(X509_STORE_get0_objects(store));
#endif
  if (count > 0) return true;
  const char* const set = environment_variable(X509_get_default_cert_dir_env());
  return holds_files(set ? set : X509_get_default_cert_dir());
}

#if defined(_WIN32)

/// Returns whether Windows trusts a CA for servers, and not only, for example, for programs.
inline bool is_for_servers(const CERT_CONTEXT* authority) {
  DWORD size = 0;
  if (!::CertGetEnhancedKeyUsage(authority, 0, nullptr, &size)) return false;
  std::vector<CERT_ENHKEY_USAGE> usage(size / sizeof(CERT_ENHKEY_USAGE) + 1);
  if (!::CertGetEnhancedKeyUsage(authority, 0, usage.data(), &size)) return false;
  const DWORD count = usage[0].cUsageIdentifier;
  if (count == 0) return ::GetLastError() == static_cast<DWORD>(CRYPT_E_NOT_FOUND);  // is for all
  char** const each = usage[0].rgpszUsageIdentifier;
  return std::any_of(each, each + count, [](const char* identifier) {
    return std::strcmp(identifier, szOID_PKIX_KP_SERVER_AUTH) == 0 ||
           std::strcmp(identifier, szOID_ANY_ENHANCED_KEY_USAGE) == 0;
  });
}

#endif

/// Trusts the system's CAs: those in OpenSSL's default places, which SSL_CERT_FILE and SSL_CERT_DIR
/// change, and those of Windows. Returns false if memory runs out.
inline bool trust_system_authorities(SSL_CTX* context) {
  const bool set = SSL_CTX_set_default_verify_paths(context) == 1;
#if defined(_WIN32)
  const auto close = [](void* store) { ::CertCloseStore(store, CERT_CLOSE_STORE_FORCE_FLAG); };
  const std::unique_ptr<void, decltype(close)> store(::CertOpenSystemStoreA(0, "ROOT"), close);
  const CERT_CONTEXT* each = nullptr;
  while (store && (each = ::CertEnumCertificatesInStore(store.get(), each)) != nullptr) {
    if (!is_for_servers(each)) continue;
    const unsigned char* bytes = each->pbCertEncoded;
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(
        d2i_X509(nullptr, &bytes, static_cast<long>(each->cbCertEncoded)), X509_free);
    if (certificate) X509_STORE_add_cert(SSL_CTX_get_cert_store(context), certificate.get());
  }
#elif defined(__APPLE__)
  // Not tested. macOS has its root CAs in this file, too, for programs that do not use the
  // keychain.
  if (!has_system_authorities(context))
    SSL_CTX_load_verify_locations(context, "/etc/ssl/cert.pem", nullptr);
#endif
  ERR_clear_error();
  return set;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
