// SPDX-License-Identifier: MIT
// usage: trust FILE [for-programs]
// Puts a certificate (DER) into the store of the roots that Windows trusts: for all purposes, or
// only for signing programs.
#include <windows.h>

#include <wincrypt.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

int main(int count, char** arguments) {
  std::ifstream file(arguments[1], std::ios::binary);
  const std::string der{std::istreambuf_iterator<char>(file), {}};
  const HCERTSTORE store = CertOpenSystemStoreA(0, "ROOT");
  const CERT_CONTEXT* const certificate = CertCreateCertificateContext(
      X509_ASN_ENCODING, reinterpret_cast<const BYTE*>(der.data()), static_cast<DWORD>(der.size()));
  bool done = store && certificate;
  const bool for_programs = count > 2;
  if (done && for_programs) {
    BYTE code_signing[] = {0x30, 0x0a, 0x06, 0x08, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x03};
    CRYPT_DATA_BLOB usage = {sizeof code_signing, code_signing};
    done = CertSetCertificateContextProperty(certificate, CERT_ENHKEY_USAGE_PROP_ID, 0, &usage);
  }
  done = done && CertAddCertificateContextToStore(store, certificate,
                                                  CERT_STORE_ADD_REPLACE_EXISTING, nullptr);
  if (!done) std::cerr << "trust: error " << GetLastError() << '\n';
  if (store) CertCloseStore(store, 0);
  if (!done) return 1;

  // what the next program finds there
  const HCERTSTORE kept = CertOpenSystemStoreA(0, "ROOT");
  const CERT_CONTEXT* const found = CertFindCertificateInStore(
      kept, X509_ASN_ENCODING, 0, CERT_FIND_EXISTING, certificate, nullptr);
  DWORD size = 0;
  const bool restricted =
      found && CertGetCertificateContextProperty(found, CERT_ENHKEY_USAGE_PROP_ID, nullptr, &size);
  if (found && restricted == for_programs) return 0;
  std::cerr << "trust: the store does not keep that\n";
  return 1;
}
