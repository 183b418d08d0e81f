// SPDX-License-Identifier: MIT
#pragma once

#include <climits>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include <purecloud/detail/net/socket.hpp>
#include <purecloud/detail/net/tls_failure.hpp>
#include <purecloud/detail/text/url.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// TLS over a Socket: the same operations, encrypted, with a server that proved its name.
class TlsSession {
 public:
  /// `socket` must outlive it and stay where it is.
  TlsSession(SSL_CTX* context, Socket& socket, std::string host)
      : socket_(socket), host_(std::move(host)), ssl_(SSL_new(context), SSL_free) {
    BIO* const bio = BIO_new(method());
    BIO_set_data(bio, this);
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl_.get(), bio, bio);
    X509_VERIFY_PARAM* const rules = SSL_get0_param(ssl_.get());
    X509_VERIFY_PARAM_set_hostflags(rules, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    if (is_ip_address(host_)) {
      X509_VERIFY_PARAM_set1_ip_asc(rules, host_.c_str());
    } else {
      X509_VERIFY_PARAM_set1_host(rules, host_.c_str(), host_.size());
      // SSL_set_tlsext_host_name() without its old-style cast
      SSL_ctrl(ssl_.get(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
               const_cast<char*>(host_.c_str()));
    }
  }
  TlsSession(const TlsSession&) = delete;
  TlsSession& operator=(const TlsSession&) = delete;

  ~TlsSession() {
    deadline_ = Deadline();  // say goodbye, but do not wait for it
    if (established_) SSL_shutdown(ssl_.get());
    ERR_clear_error();
  }

  IoStatus handshake(Deadline deadline) {
    begin(deadline);
    const int result = SSL_connect(ssl_.get());
    established_ = result == 1;
    return established_ ? IoStatus::done : end(result);
  }

  IoStatus read(char* data, std::size_t size, Deadline deadline, std::size_t& count) {
    if (ended_ != IoStatus::timed_out) return ended_;
    begin(deadline);
    const int result = SSL_read(ssl_.get(), data, length(size));
    if (result <= 0) return end(result);
    count = static_cast<std::size_t>(result);
    return IoStatus::done;
  }

  IoStatus write(const char* data, std::size_t size, Deadline deadline, std::size_t& count) {
    begin(deadline);
    const int result = SSL_write(ssl_.get(), data, length(size));
    if (result <= 0) return end(result);
    count = static_cast<std::size_t>(result);
    return IoStatus::done;
  }

  /// As Socket::has_input(); what TLS sends for itself, session tickets say, is none.
  bool has_input() {
    if (SSL_has_pending(ssl_.get()) == 0 && !socket_.has_input()) return false;
    char byte;
    begin(Deadline());
    const int result = SSL_peek(ssl_.get(), &byte, 1);
    if (result > 0) return true;
    ended_ = end(result);
    return ended_ != IoStatus::timed_out;
  }

  /// Why an operation ended with `tls_failure`, to a person.
  const std::string& failure() const { return failure_; }

 private:
  static int length(std::size_t size) { return size < INT_MAX ? static_cast<int>(size) : INT_MAX; }

  void begin(Deadline deadline) {
    deadline_ = deadline;
    ERR_clear_error();  // SSL_get_error looks at the thread's whole queue
  }

  IoStatus end(int result) {
    const int reason = SSL_get_error(ssl_.get(), result);
    const unsigned long code = ERR_peek_last_error();
    const long verified = SSL_get_verify_result(ssl_.get());
    ERR_clear_error();
    if (reason == SSL_ERROR_ZERO_RETURN) return IoStatus::closed;
    if (reason == SSL_ERROR_WANT_READ || reason == SSL_ERROR_WANT_WRITE) return IoStatus::timed_out;
    established_ = false;  // after any other error there is no goodbye
    if (verified != X509_V_OK) {
      failure_ = explain_certificate(verified, host_);
      return IoStatus::tls_failure;
    }
    if (!is_tls_failure(code)) return IoStatus::broken;
    failure_ = "TLS with " + host_ + " failed: " + explain_handshake(code);
    return IoStatus::tls_failure;
  }

  // OpenSSL's way to the socket. By our deadline, without a SIGPIPE.
  static BIO_METHOD* method() {
    static const std::unique_ptr<BIO_METHOD, decltype(&BIO_meth_free)> ours = [] {
      BIO_METHOD* const made =
          BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "purecloud-tokens socket");
      BIO_meth_set_read(made, [](BIO* bio, char* data, int size) {
        TlsSession& self = *static_cast<TlsSession*>(BIO_get_data(bio));
        std::size_t count = 0;
        const IoStatus status =
            self.socket_.read(data, static_cast<std::size_t>(size), self.deadline_, count);
        return transferred(bio, status, count, BIO_FLAGS_READ);
      });
      BIO_meth_set_write(made, [](BIO* bio, const char* data, int size) {
        TlsSession& self = *static_cast<TlsSession*>(BIO_get_data(bio));
        std::size_t count = 0;
        const IoStatus status =
            self.socket_.write(data, static_cast<std::size_t>(size), self.deadline_, count, false);
        return transferred(bio, status, count, BIO_FLAGS_WRITE);
      });
      BIO_meth_set_ctrl(
          made, [](BIO*, int command, long, void*) -> long { return command == BIO_CTRL_FLUSH; });
      return std::unique_ptr<BIO_METHOD, decltype(&BIO_meth_free)>(made, BIO_meth_free);
    }();
    return ours.get();
  }

  static int transferred(BIO* bio, IoStatus status, std::size_t count, int direction) {
    BIO_clear_retry_flags(bio);
    if (status == IoStatus::done) return static_cast<int>(count);
    if (status == IoStatus::timed_out) BIO_set_flags(bio, direction | BIO_FLAGS_SHOULD_RETRY);
    return status == IoStatus::closed ? 0 : -1;
  }

  Socket& socket_;
  const std::string host_;
  std::unique_ptr<SSL, decltype(&SSL_free)> ssl_;
  Deadline deadline_;
  bool established_ = false;
  /// What has_input() found instead of bytes, for read() to tell: OpenSSL says it once. `timed_out`
  /// when it found nothing yet.
  IoStatus ended_ = IoStatus::timed_out;
  std::string failure_;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
