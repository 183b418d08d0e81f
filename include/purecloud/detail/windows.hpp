// SPDX-License-Identifier: MIT
#pragma once

#if defined(_WIN32)

// Otherwise <windows.h> defines the macros `min` and `max`.
#if !defined(NOMINMAX)
#define NOMINMAX
#endif

#include <winsock2.h>
#include <ws2tcpip.h>

#include <windows.h>

#include <wincrypt.h>

// Macros with the names of OpenSSL's types. OpenSSL's headers undefine them only if they are
// included later.
#undef OCSP_REQUEST
#undef OCSP_RESPONSE
#undef PKCS7_ISSUER_AND_SERIAL
#undef PKCS7_SIGNER_INFO
#undef X509_CERT_PAIR
#undef X509_EXTENSIONS
#undef X509_NAME

#endif
