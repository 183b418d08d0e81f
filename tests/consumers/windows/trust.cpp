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
  if (done && count > 2) {
    BYTE code_signing[] = {0x30, 0x0a, 0x06, 0x08, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x03};
    CRYPT_DATA_BLOB usage = {sizeof code_signing, code_signing};
    done = CertSetCertificateContextProperty(certificate, CERT_ENHKEY_USAGE_PROP_ID, 0, &usage);
  }
  done = done && CertAddCertificateContextToStore(store, certificate,
                                                  CERT_STORE_ADD_REPLACE_EXISTING, nullptr);
  if (!done) std::cerr << "trust: error " << GetLastError() << '\n';
  if (certificate) CertFreeCertificateContext(certificate);
  if (store) CertCloseStore(store, 0);
  return done ? 0 : 1;
}
