// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/detail/curl/settings.hpp>

#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <openssl/ssl.h>

#include <purecloud/detail/curl/addresses.hpp>
#include <purecloud/detail/curl/connections.hpp>
#include <purecloud/detail/curl/request.hpp>
#include <purecloud/detail/curl/response.hpp>
#include <purecloud/detail/curl/tls.hpp>
#include <purecloud/http.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// An easy handle with its callbacks and the data that they use. It carries out one exchange after
/// the other. Its owner adds easy() to a multi handle after begin() or again(), and removes it
/// before finish() or interrupted().
class CurlTransfer {
 public:
  /// Both arguments must outlive it. Throws what CurlEasy::set() throws.
  CurlTransfer(const CurlSettings& settings, CurlConnections& connections)
      : settings_(settings), connections_(connections) {
    settings.apply(easy_);
    easy_.set(CURLOPT_ERRORBUFFER, error_text_);
    easy_.set(CURLOPT_OPENSOCKETFUNCTION, &CurlTransfer::on_open);
    easy_.set(CURLOPT_OPENSOCKETDATA, this);
    easy_.set(CURLOPT_CLOSESOCKETFUNCTION, &CurlConnections::on_close);
    easy_.set(CURLOPT_CLOSESOCKETDATA, &connections);
    easy_.set(CURLOPT_PREREQFUNCTION, &CurlTransfer::on_request);
    easy_.set(CURLOPT_PREREQDATA, this);
    easy_.set(CURLOPT_HEADERFUNCTION, &CurlTransfer::on_head);
    easy_.set(CURLOPT_HEADERDATA, this);
    easy_.set(CURLOPT_WRITEFUNCTION, &CurlTransfer::on_body);
    easy_.set(CURLOPT_WRITEDATA, this);
    if (!settings.url.https || !settings.shares_openssl) return;
    easy_.set(CURLOPT_SSL_CTX_FUNCTION, &CurlTransfer::on_tls_context);
    easy_.set(CURLOPT_SSL_CTX_DATA, this);
  }
  CurlTransfer(const CurlTransfer&) = delete;
  CurlTransfer& operator=(const CurlTransfer&) = delete;

  CurlEasy& easy() { return easy_; }
  const CurlEasy& easy() const { return easy_; }

  /// Prepares an exchange. `request` must live until its end. Returns a failure if libcurl refuses
  /// the request.
  std::optional<HttpFailure> begin(const HttpRequest& request) {
    request_ = &request;
    resent_ = false;
    avoids_old_connections_ = false;
    again();
    try {
      set_request(easy_, settings_.prefix, request, lines_);
      return std::nullopt;
    } catch (const ApiException& refused) {
      return HttpFailure{ErrorKind::protocol, (refused.error)().message};
    }
  }

  /// Sets the addresses of the host, and the time for a new connection, for the exchange that
  /// begins next.
  void set_addresses(const std::shared_ptr<const CurlAddresses>& addresses,
                     std::chrono::milliseconds connect_timeout) {
    easy_.set(CURLOPT_CONNECTTIMEOUT_MS, curl_count(connect_timeout));
    if (addresses_ != addresses) easy_.set(CURLOPT_RESOLVE, addresses->lines());
    addresses_ = addresses;
    may_connect_ = addresses->are_new();
  }

  /// Prepares the same request again.
  void again() {
    leave_connection();
    curl_easy_setopt(easy_.get(), CURLOPT_FRESH_CONNECT, avoids_old_connections_ ? 1L : 0L);
    response_.emplace(request_->method, settings_.max_response_bytes);
    error_text_[0] = '\0';
    sent_ = stale_ = reused_ = kept_ = tls_begun_ = needs_addresses_ = false;
    failed_ = nullptr;
  }

  /// Prepares the same request again, for a new connection.
  void on_new_connection() {
    avoids_old_connections_ = true;
    again();
  }

  /// Returns the result. Returns nothing if again() has to be called, because a kept-alive
  /// connection had broken, or could not be used.
  std::optional<HttpResult> finish(CURLcode code) {
    HttpResult result = conclude(code);
    if (!sent_) connections_.release(this);
    if (stale_ && !failed_) return std::nullopt;
    const bool failed = std::holds_alternative<HttpFailure>(result);
    if (failed && connection_ && connection_->http2) connection_->retire();
    if (failed && lost_in_transit(code) && !std::exchange(resent_, true)) {
      // libcurl might choose the same one, for example after GOAWAY
      avoids_old_connections_ = true;
      return std::nullopt;
    }
    settle(failed);
    end();
    return result;
  }

  /// Returns the failure of an exchange that was ended early. To be called instead of finish().
  HttpFailure interrupted(bool stopped) noexcept {
    give_up();
    if (stopped) return Destination::cancelled(sent_);
    return failure_without_throw(ErrorKind::timeout,
                                 [this] { return settings_.destination.no_response_in_time(); });
  }

  /// Ends an exchange without a result. To be called instead of again() or interrupted().
  void give_up() noexcept {
    connections_.release(this);
    end();
  }

  /// Returns whether the last exchange left its connection open for another one.
  bool connection_kept() const { return kept_; }
  /// Returns whether the last response came over HTTP/2.
  bool over_http2() const { return response_ && response_->http2(); }
  /// Returns whether the request may have reached the server.
  bool sent() const { return sent_; }
  /// Returns whether the last exchange needed a new connection, and had old addresses only.
  bool needs_addresses() const { return needs_addresses_; }

 private:
  // ---- callbacks of libcurl ----

  static curl_socket_t on_open(void* to, curlsocktype, curl_sockaddr* address) {
    CurlTransfer& self = *static_cast<CurlTransfer*>(to);
    if (!self.may_connect_) {
      self.stale_ = self.needs_addresses_ = !self.sent_ || self.request_->may_be_resent;
      return CURL_SOCKET_BAD;
    }
    return self.connections_.open(*address, to);
  }

  /// Called when there is a connection, before the request is sent.
  static int on_request(void* to, char*, char*, int, int local_port) {
    CurlTransfer& self = *static_cast<CurlTransfer*>(to);
    return self.guarded([&] { return self.may_send(local_port); }) ? CURL_PREREQFUNC_OK
                                                                   : CURL_PREREQFUNC_ABORT;
  }

  // a return value other than `size` makes libcurl end the transfer
  static std::size_t on_head(char* data, std::size_t, std::size_t size, void* to) {
    CurlTransfer& self = *static_cast<CurlTransfer*>(to);
    self.note_response();
    return self.guarded([&] { return self.take_head_line({data, size}); }) ? size : size + 1;
  }
  static std::size_t on_body(char* data, std::size_t, std::size_t size, void* to) {
    CurlTransfer& self = *static_cast<CurlTransfer*>(to);
    self.note_response();
    return self.guarded([&] { return self.response_->take_body({data, size}); }) ? size : size + 1;
  }

  static CURLcode on_tls_context(CURL*, void* context, void* to) {
    CurlTransfer& self = *static_cast<CurlTransfer*>(to);
    const bool prepared = self.guarded([&] {
      self.connection_ = self.connections_.opened_for(to);
      self.tls_begun_ = true;
      return self.connection_ &&
             curl_tls::prepare(static_cast<SSL_CTX*>(context), *self.settings_.trust,
                               self.settings_.verified_name, *self.connection_);
    });
    return prepared ? CURLE_OK : CURLE_ABORTED_BY_CALLBACK;
  }

  /// Catches exceptions, which must not pass through libcurl.
  template <class Work>
  bool guarded(Work work) {
    try {
      return work();
    } catch (...) {
      failed_ = "out of memory";
      return false;
    }
  }

  // ---- the request ----

  /// Decides whether the request may be sent on the connection that libcurl has chosen. libcurl
  /// itself repeats a request when a kept-alive connection breaks; that is refused for a request
  /// that must not be sent twice.
  bool may_send(int local_port) {
    if (sent_ && !request_->may_be_resent) return false;
    leave_connection();
    connection_ = connections_.at_port(local_port);
    if (connection_) {
      connection_->opened_for = nullptr;
      connection_->note_http2();
      if (connection_->retired || (connection_->used && connection_->has_input())) {
        connection_->retire();
        // libcurl closes it now, or else would choose it again and again
        if (std::exchange(connection_->passed_over, true)) avoids_old_connections_ = true;
        stale_ = true;
        return false;
      }
      reused_ = std::exchange(connection_->used, true);
      ++connection_->users;
      // what a proxy sends while connecting is no response
      if (settings_.hides_bytes_after_empty_body && !reused_)
        connection_->accounted_for = settings_.url.https || !settings_.proxy.host.empty()
                                         ? connection_->received(settings_.url.https)
                                         : 0;
    }
    forbid_reuse(!connection_ || !connection_->http2);  // until a response allows it
    sent_ = joined_ = true;
    return true;
  }

  void note_response() noexcept {
    if (connection_) connection_->tls.bytes_without_response = connection_->tls.idle_bytes = 0;
  }

  bool take_head_line(std::string_view line) {
    const bool complete_before = response_->head_complete();
    const bool taken = response_->take_head_line(line);
    if (taken && !complete_before && response_->head_complete())
      forbid_reuse(!response_->framing().keeps_alive);
    return taken;
  }

  void forbid_reuse(bool forbidden) {
    curl_easy_setopt(easy_.get(), CURLOPT_FORBID_REUSE, forbidden ? 1L : 0L);
  }

  /// Leaves the connection, and wipes the request's headers, which contain the token.
  void end() {
    leave_connection();
    curl_easy_setopt(easy_.get(), CURLOPT_HTTPHEADER, nullptr);
    lines_.clear();
  }

  void leave_connection() {
    if (std::exchange(joined_, false) && connection_)
      connection_->leave(std::chrono::steady_clock::now());
    connection_.reset();
  }

  // ---- the end ----

  HttpResult conclude(CURLcode code) {
    const Destination& destination = settings_.destination;
    CurlResponse& response = *response_;
    if (failed_) return HttpFailure{ErrorKind::connection, failed_};
    if (response.too_large()) return destination.too_large(settings_.max_response_bytes);
    if (response.problem()) return destination.not_understood(response.problem());
    // a body that ends with the connection is complete only after close_notify, if that can be seen
    const bool whole =
        response.complete() || (code == CURLE_OK && response.head_complete() &&
                                response.framing().body_end == BodyEnd::close && ended_properly());
    if (!whole) return code == CURLE_OK ? destination.broken() : explain(code);
    if (response.head().status == 407 && settings_.through_http_proxy() && !settings_.url.https)
      return destination.refused_by_proxy(407);
    return response.take();
  }

  bool ended_properly() const {
    return !settings_.url.https || !settings_.shares_openssl || response_->http2() ||
           (connection_ && connection_->tls.alert == SSL_AD_CLOSE_NOTIFY);
  }

  /// Returns whether a kept-alive connection broke before any byte of the response came, or an
  /// HTTP/2 stream was refused.
  bool lost_in_transit(CURLcode code) const {
    if (response_->heard() || !request_->may_be_resent || failed_) return false;
    switch (code) {
      case CURLE_HTTP2:
      case CURLE_HTTP2_STREAM: return true;
      case CURLE_GOT_NOTHING:
      case CURLE_PARTIAL_FILE:
      case CURLE_RECV_ERROR:
      case CURLE_SEND_ERROR: return reused_;
      default: return false;
    }
  }

  /// Decides whether the connection may be used for another request.
  void settle(bool failed) {
    if (!connection_) return;
    connection_->http2 = connection_->http2 || response_->http2();
    if (!connection_->http2 && (failed || !response_->framing().keeps_alive ||
                                response_->more_followed() || hidden_bytes_followed()))
      connection_->end();
    if (connection_->accounted_for) *connection_->accounted_for += response_->bytes();
    kept_ = connection_->open() && !connection_->retired;
  }

  /// Returns whether bytes followed that libcurl dropped: see hides_bytes_after_empty_body().
  bool hidden_bytes_followed() const {
    if (!settings_.hides_bytes_after_empty_body ||
        response_->framing().body_end != BodyEnd::at_once)
      return false;
    const auto received = connection_->received(settings_.url.https);
    const auto& before = connection_->accounted_for;
    return !received || !before || *received - *before != response_->bytes();
  }

  HttpFailure explain(CURLcode code) const {
    const Destination& destination = settings_.destination;
    const bool connected = sent_;
    if (connected && code == CURLE_ABORTED_BY_CALLBACK) return destination.broken();
    if (!connected && settings_.through_http_proxy() && settings_.url.https) {
      const long status = easy_.info<long>(CURLINFO_HTTP_CONNECTCODE);
      if (status > 0 && status / 100 != 2) return destination.refused_by_proxy(status);
    }
    if (connection_ && connection_->tls.too_much_without_response)
      return destination.not_understood("the server sends what belongs to none");
    if (connection_ && settings_.trust) {
      std::string problem =
          curl_tls::explain(connection_->tls, *settings_.trust, settings_.verified_name);
      if (!problem.empty()) return {ErrorKind::tls, std::move(problem)};
    }
    if (curl_compat::is_line_too_long(code) && connected && !response_->head_complete())
      return destination.not_understood(HeadCollector::too_long);
    switch (code) {
      case CURLE_OUT_OF_MEMORY: return {ErrorKind::connection, "out of memory"};
      case CURLE_OPERATION_TIMEDOUT:
        return destination.not_connected_in_time(settings_.connect_timeout);
      case CURLE_COULDNT_RESOLVE_HOST:
      case CURLE_COULDNT_RESOLVE_PROXY: return Destination::no_address(settings_.looked_up_host());
      case CURLE_COULDNT_CONNECT:
        if (connected) break;  // the request may have been carried out
        return destination.not_connected();
      case CURLE_PEER_FAILED_VERIFICATION:
        return {ErrorKind::tls,
                settings_.shares_openssl
                    ? explain_certificate(X509_V_ERR_HOSTNAME_MISMATCH, settings_.verified_name)
                    : "the server's certificate was refused: " + text_of(code)};
      case CURLE_SSL_CONNECT_ERROR:
        if (settings_.shares_openssl) break;  // OpenSSL would have given the reason
        [[fallthrough]];
      case CURLE_SSL_CACERT_BADFILE:
      case CURLE_SSL_CERTPROBLEM:
      case CURLE_SSL_CIPHER:
      case CURLE_SSL_CLIENTCERT:
        return {ErrorKind::tls,
                "TLS with " + settings_.verified_name + " failed: " + text_of(code)};
      case CURLE_BAD_FUNCTION_ARGUMENT:  // for an invalid header field, before 8.0
      case CURLE_UNSUPPORTED_PROTOCOL:
      case CURLE_WEIRD_SERVER_REPLY:
        if (connected)
          return destination.not_understood(!response_->heard() ? HeadCollector::no_status_line
                                            : response_->head_complete()
                                                ? curl_easy_strerror(code)
                                                : "libcurl does not accept a line of its head");
        break;
      case CURLE_HTTP2:
        if (response_->heard()) return destination.not_understood(curl_easy_strerror(code));
        break;
      default: break;
    }
    if (!connected && !tls_begun_ && !settings_.proxy.host.empty())
      return destination.refused_by_proxy(0);  // without a valid response
    return destination.broken();
  }

  std::string text_of(CURLcode code) const {
    return error_text_[0] ? error_text_ : curl_easy_strerror(code);
  }

  const CurlSettings& settings_;
  CurlConnections& connections_;
  char error_text_[CURL_ERROR_SIZE] = {};
  CurlHeaderLines lines_;
  const HttpRequest* request_ = nullptr;
  std::optional<CurlResponse> response_;
  std::shared_ptr<CurlConnection> connection_;
  bool tls_begun_ = false;
  bool sent_ = false;
  bool joined_ = false;  ///< whether it counts in the connection's `users`
  bool reused_ = false;
  bool stale_ = false;       ///< the connection that libcurl chose could not be used
  bool may_connect_ = true;  ///< whether the host's addresses are new
  bool needs_addresses_ = false;
  bool avoids_old_connections_ = false;  ///< the next attempt opens a new one
  bool resent_ = false;                  ///< again() was called for this request
  bool kept_ = false;
  const char* failed_ = nullptr;                    ///< why a callback failed
  std::shared_ptr<const CurlAddresses> addresses_;  ///< null if the host is an address
  CurlEasy easy_;                                   // last, because its destruction may call back
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
