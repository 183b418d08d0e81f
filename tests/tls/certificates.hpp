// SPDX-License-Identifier: MIT
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>

#include <unistd.h>

#include <openssl/ssl.h>

namespace tls {

/// Certificates made by the `openssl` command in a folder of their own, which goes with this.
class Certificates {
 public:
  Certificates() {
    std::string name = (std::filesystem::temp_directory_path() / "purecloud-tls-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error("no temporary folder can be made");
    folder_ = name;
    std::filesystem::create_directory(folder_ / "hashed");
    write("ca.cnf",
          "[ca]\ndefault_ca=d\n"
          "[d]\ndatabase=index\nserial=serial\nnew_certs_dir=.\ndefault_md=sha256\npolicy=p\n"
          "copy_extensions=copy\nunique_subject=no\n[p]\ncommonName=supplied\n");
    write("index", "");
    write("serial", "01\n");
    for (const std::string ca : {"ca", "other-ca"})
      run("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "
          "'/CN=" +
          ca + "' -keyout " + ca + ".key -out " + ca + ".pem");
    run("cp ca.pem hashed/$(openssl x509 -hash -noout -in ca.pem).0");

    issue("good", "DNS:localhost,IP:127.0.0.1", "ca");
    issue("name-only", "DNS:localhost", "ca");
    issue("other-name", "DNS:api.example,DNS:*.example,IP:127.0.0.2", "ca");
    issue("unknown-ca", "DNS:localhost,IP:127.0.0.1", "other-ca");
    issue("expired", "DNS:localhost,IP:127.0.0.1", "ca", "20200101000000Z", "20210101000000Z");
    issue("not-yet", "DNS:localhost,IP:127.0.0.1", "ca", "20990101000000Z", "20991231000000Z");
    issue("client", "DNS:client", "ca");
    issue("for-clients", "DNS:localhost -addext extendedKeyUsage=clientAuth", "ca");
    run("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 "
        "-subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 "
        "-keyout self-signed.key -out self-signed.pem");
    run("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 "
        "-subj /CN=127.0.0.1 -keyout name-is-ip.key -out name-is-ip.pem");
    run("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 "
        "-subj /CN=localhost -keyout name-only-subject.key -out name-only-subject.pem");
    run("openssl genpkey -algorithm RSA -out rsa.key");
    run("openssl ec -aes128 -passout pass:secret -in client.key -out client-encrypted.key");
  }
  ~Certificates() {
    if (maker_ != ::getpid()) return;  // a child that leaves by exit()
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  Certificates(const Certificates&) = delete;
  Certificates& operator=(const Certificates&) = delete;

  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
  }

 private:
  void run(const std::string& command) const {
    const std::string log = path("log");
    const std::string line = "cd '" + folder_.string() + "' && (" + command + ") >" + log + " 2>&1";
    if (std::system(line.c_str()) == 0) return;
    std::ifstream text(log);
    throw std::runtime_error(command + ": " +
                             std::string(std::istreambuf_iterator<char>(text), {}));
  }

  void issue(const std::string& name, const std::string& alt_names, const std::string& ca,
             const std::string& from = "20200101000000Z",
             const std::string& until = "20991231000000Z") const {
    run("openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=" + name +
        " -addext subjectAltName=" + alt_names + " -keyout " + name + ".key -out " + name + ".csr");
    run("openssl ca -batch -notext -config ca.cnf -startdate " + from + " -enddate " + until +
        " -cert " + ca + ".pem -keyfile " + ca + ".key -in " + name + ".csr -out " + name + ".pem");
  }

  const pid_t maker_ = ::getpid();
  std::filesystem::path folder_;
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
