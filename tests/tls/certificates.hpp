// SPDX-License-Identifier: MIT
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>
#include <system_error>

#if !defined(_WIN32)
#include <unistd.h>
#endif

#include <openssl/ssl.h>

namespace tls {

/// The files that tests/tls/make_certificates makes, in a folder that goes with this. Where that
/// script cannot run, on Windows, the environment names a folder that it has filled.
class Certificates {
 public:
  Certificates() {
    if (const char* filled = std::getenv("PURECLOUD_TOKENS_TEST_CERTIFICATES")) {
      folder_ = filled;
      return;
    }
#if !defined(_WIN32)
    std::string name = (std::filesystem::temp_directory_path() / "purecloud-tls-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error("no temporary folder can be made");
    folder_ = name;
    maker_ = ::getpid();
#endif
    if (std::system(("sh '" MAKE_CERTIFICATES "' '" + folder_.string() + "'").c_str()) != 0)
      throw std::runtime_error("no certificates can be made");
  }
  ~Certificates() {
#if !defined(_WIN32)
    if (maker_ != ::getpid())
      return;  // a child that leaves by exit(), or a folder that is not ours
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
#endif
  }
  Certificates(const Certificates&) = delete;
  Certificates& operator=(const Certificates&) = delete;

  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
  }

 private:
  std::filesystem::path folder_;
#if !defined(_WIN32)
  pid_t maker_ = 0;
#endif
};

using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;

/// A server's side with one of the certificates.
inline Context server_context(const Certificates& certificates, const std::string& name) {
  Context context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  if (SSL_CTX_use_certificate_chain_file(context.get(), certificates.path(name + ".pem").c_str()) !=
          1 ||
      SSL_CTX_use_PrivateKey_file(context.get(), certificates.path(name + ".key").c_str(),
                                  SSL_FILETYPE_PEM) != 1)
    throw std::runtime_error("the server cannot use " + name);
  return context;
}

}  // namespace tls
