// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <climits>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>

#include <purecloud/detail/net/socket.hpp>
#include <purecloud/detail/net/time_limit.hpp>
#include <purecloud/detail/net/tls_failure.hpp>
#include <purecloud/detail/net/tls_trust.hpp>
#include <purecloud/detail/text/url.hpp>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// TLS over a Socket: the same operations, encrypted, with a server whose name was verified.
class TlsSession {
 public:
  /// `trust` and `socket` must outlive it, and `socket` must stay where it is.
  TlsSession(const TlsTrust& trust, Socket& socket, std::string host)
      : trust_(trust),
        socket_(socket),
        host_(std::move(host)),
        method_(BIO_meth_new(BIO_TYPE_SOURCE_SINK, "purecloud-tokens socket"), BIO_meth_free),
        ssl_(SSL_new(trust.context()), SSL_free) {
    // TLS has host names without the final dot of DNS (RFC 6066, 3)
    if (!host_.empty() && host_.back() == '.') host_.pop_back();
    prepared_ = method_ && ssl_ && attach() && expect_host();
  }
  TlsSession(const TlsSession&) = delete;
  TlsSession& operator=(const TlsSession&) = delete;

  ~TlsSession() {
    if (TlsTrust::openssl_has_ended()) {
      static_cast<void>(ssl_.release());
      static_cast<void>(method_.release());
      return;
    }
    begin(nullptr, 0);  // sends close_notify without waiting
    if (established_) SSL_shutdown(ssl_.get());
    ERR_clear_error();
  }

  IoStatus handshake(const TimeLimit& limit) {
    if (!prepared_) return fail("out of memory, or the host name is too long");
    begin(&limit, max_handshake);
    const int result = SSL_connect(ssl_.get());
    established_ = result == 1;
    if (!established_) return end(result);
    return proved_name() ? IoStatus::done : fail("the server did not prove its name");
  }

  IoStatus read(char* data, std::size_t size, const TimeLimit& limit, std::size_t& count) {
    if (ended_ != IoStatus::timed_out) return ended_;
    begin(&limit, no_bound);
    const int result = SSL_read(ssl_.get(), data, length(size));
    if (result <= 0) return end(result);
    count = static_cast<std::size_t>(result);
    return IoStatus::done;
  }

  IoStatus write(const char* data, std::size_t size, const TimeLimit& limit, std::size_t& count) {
    begin(&limit, no_bound);
    const int result = SSL_write(ssl_.get(), data, length(size));
    if (result <= 0) return end(result);
    count = static_cast<std::size_t>(result);
    return IoStatus::done;
  }

  /// Like Socket::has_input(). TLS's own messages, for example session tickets, do not count as
  /// input, unless there are too many. An incomplete record does.
  bool has_input() {
    if (SSL_has_pending(ssl_.get()) == 0 && !socket_.has_input()) return false;
    char byte;
    begin(nullptr, max_idle);
    const int result = SSL_peek(ssl_.get(), &byte, 1);
    if (result > 0) return true;
    ended_ = end(result);
    return ended_ != IoStatus::timed_out || SSL_has_pending(ssl_.get()) != 0;
  }

  /// Returns why an operation ended with `tls_failure`: a message for a person.
  const std::string& failure() const { return failure_; }

 private:
  // OpenSSL itself has no bound on records that carry no data.
  static constexpr std::size_t max_handshake = 256 * 1024;
  static constexpr std::size_t max_idle = 64 * 1024;
  static constexpr std::size_t no_bound = static_cast<std::size_t>(-1);
  static constexpr unsigned name_rules =
      X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT;

  static int length(std::size_t size) { return size < INT_MAX ? static_cast<int>(size) : INT_MAX; }

  /// Connects OpenSSL to the socket, whose operations have a time limit and raise no SIGPIPE.
  bool attach() {
    if (BIO_meth_set_read(method_.get(), &TlsSession::on_read) != 1 ||
        BIO_meth_set_write(method_.get(), &TlsSession::on_write) != 1 ||
        BIO_meth_set_ctrl(method_.get(), [](BIO*, int command, long, void*) -> long {
          return command == BIO_CTRL_FLUSH;
        }) != 1)
      return false;
    BIO* const bio = BIO_new(method_.get());
    if (!bio) return false;
    BIO_set_data(bio, this);
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl_.get(), bio, bio);
    return true;
  }

  bool expect_host() {
    X509_VERIFY_PARAM* const rules = SSL_get0_param(ssl_.get());
    X509_VERIFY_PARAM_set_hostflags(rules, name_rules);
    if (is_ip_address(host_)) return X509_VERIFY_PARAM_set1_ip_asc(rules, host_.c_str()) == 1;
    // SSL_ctrl() replaces the macro SSL_set_tlsext_host_name(), which has an old-style cast
    return X509_VERIFY_PARAM_set1_host(rules, host_.c_str(), host_.size()) == 1 &&
           SSL_ctrl(ssl_.get(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                    const_cast<char*>(host_.c_str())) == 1;
  }

  /// Verifies the name again after the handshake, in case OpenSSL did not do so.
  bool proved_name() const {
    const STACK_OF(X509)* const chain = SSL_get0_verified_chain(ssl_.get());
    if (SSL_get_verify_result(ssl_.get()) != X509_V_OK || !chain || sk_X509_num(chain) < 1)
      return false;
    X509* const server = sk_X509_value(chain, 0);
    return is_ip_address(host_)
               ? X509_check_ip_asc(server, host_.c_str(), name_rules) == 1
               : X509_check_host(server, host_.c_str(), host_.size(), name_rules, nullptr) == 1;
  }

  /// Begins an operation. Without a limit it does not wait. `bound`: how many bytes it may read
  /// from the socket.
  void begin(const TimeLimit* limit, std::size_t bound) {
    limit_ = limit;
    left_ = bound;
    ERR_clear_error();  // SSL_get_error() reads the thread's queue of errors, old ones included
  }

  IoStatus end(int result) {
    const int reason = SSL_get_error(ssl_.get(), result);
    const unsigned long code = ERR_peek_last_error();
    const long verified = SSL_get_verify_result(ssl_.get());
    ERR_clear_error();
    if (reason == SSL_ERROR_ZERO_RETURN) return IoStatus::closed;
    if (reason == SSL_ERROR_WANT_READ || reason == SSL_ERROR_WANT_WRITE) return IoStatus::timed_out;
    established_ = false;  // after any other error no close_notify is sent
    if (left_ == 0) return fail("the server sends records without end that carry no data");
    if (verified != X509_V_OK) {
      failure_ = explain_certificate(verified, host_, trust_.has_authorities());
      return IoStatus::tls_failure;
    }
    if (!is_tls_failure(code)) return IoStatus::broken;
    return fail(explain_handshake(code));
  }

  IoStatus fail(const std::string& problem) {
    established_ = false;
    failure_ = "TLS with " + host_ + " failed: " + problem;
    return IoStatus::tls_failure;
  }

  static int on_read(BIO* bio, char* data, int size) {
    TlsSession& self = *static_cast<TlsSession*>(BIO_get_data(bio));
    const auto most = (std::min)(static_cast<std::size_t>(size), self.left_);
    std::size_t count = 0;
    IoStatus status = IoStatus::broken;
    if (most > 0)
      status = self.limit_ ? self.socket_.read(data, most, *self.limit_, count)
                           : self.socket_.try_read(data, most, count);
    self.left_ -= count;
    return transferred(bio, status, count, BIO_FLAGS_READ);
  }

  static int on_write(BIO* bio, const char* data, int size) {
    TlsSession& self = *static_cast<TlsSession*>(BIO_get_data(bio));
    const auto most = static_cast<std::size_t>(size);
    std::size_t count = 0;
    const IoStatus status =
        self.limit_ ? self.socket_.write(data, most, *self.limit_, count, /*heed_input=*/false)
                    : self.socket_.try_write(data, most, count);
    return transferred(bio, status, count, BIO_FLAGS_WRITE);
  }

  static int transferred(BIO* bio, IoStatus status, std::size_t count, int direction) {
    BIO_clear_retry_flags(bio);
    if (status == IoStatus::done) return static_cast<int>(count);
    if (status == IoStatus::timed_out) BIO_set_flags(bio, direction | BIO_FLAGS_SHOULD_RETRY);
    return status == IoStatus::closed ? 0 : -1;
  }

  const TlsTrust& trust_;
  Socket& socket_;
  std::string host_;
  std::unique_ptr<BIO_METHOD, decltype(&BIO_meth_free)> method_;
  std::unique_ptr<SSL, decltype(&SSL_free)> ssl_;
  const TimeLimit* limit_ = nullptr;
  std::size_t left_ = 0;
  bool prepared_ = false;
  bool established_ = false;
  /// The end of the connection that has_input() found, kept for read(), because OpenSSL reports it
  /// only once. `timed_out` if there was none.
  IoStatus ended_ = IoStatus::timed_out;
  std::string failure_;
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
