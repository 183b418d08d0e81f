// SPDX-License-Identifier: MIT

// An HTTP service that checks access tokens with the cloud: it responds with 200 to a valid one,
// 401 to any other, and 503 if the cloud cannot be reached. One thread serves all callers and never
// blocks; the client has its own threads (CurlAsyncTokensApi: one). Reads region and gateway from
// the environment. usage: asio_server PORT
//
// Ctrl-C cancels the calls in flight, responds to their callers, and ends the service.

#define ASIO_STANDALONE
#include <algorithm>
#include <asio.hpp>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <exception>
#include <functional>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <purecloud/async_tokens.hpp>

namespace {

using asio::ip::tcp;

/// Returns the token in a request's head; empty if there is none.
std::string access_token_of(const std::string& head) {
  constexpr std::string_view name = "\r\nauthorization: bearer ";
  const auto same = [](char in_head, char in_name) {
    return in_name == (in_head >= 'A' && in_head <= 'Z' ? in_head + ('a' - 'A') : in_head);
  };
  const auto found = std::search(head.begin(), head.end(), name.begin(), name.end(), same);
  if (found == head.end()) return {};
  const auto token = found + static_cast<std::ptrdiff_t>(name.size());
  return {token, std::find(token, head.end(), '\r')};
}

/// One request and its response. It lives as long as one of its handlers waits. In production, also
/// limit the time for a head to arrive.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, purecloud::AsyncTokensApi tokens, const purecloud::StopToken& stop)
      : socket_(std::move(socket)),
        tokens_(std::move(tokens)),
        stop_(stop),
        when_stopped_(stop, [this] {
          std::error_code ignored;
          if (reads_) socket_.close(ignored);
        }) {}

  void read() {
    asio::async_read_until(socket_, asio::dynamic_buffer(text_, 16'384), "\r\n\r\n",
                           [self = shared_from_this()](std::error_code error, std::size_t size) {
                             self->reads_ = false;
                             self->text_.resize(size);  // removes what follows the head
                             if (!error) self->check();
                           });
  }

 private:
  void check() {
    const std::string token = access_token_of(text_);
    if (token.empty()) return respond("401 Unauthorized", "no token");
    purecloud::CallOptions options;
    options.deadline = std::chrono::seconds(10);
    options.stop = stop_;
    // The handler runs on a thread of the client, and passes the result to the service's thread.
    // The work guard keeps run() from returning before that.
    auto executor = socket_.get_executor();
    tokens_.with_access_token(token).head_tokens_me(options).then(
        [self = shared_from_this(), executor,
         guard = asio::make_work_guard(executor)](purecloud::Result<bool> valid) mutable {
          asio::post(executor, [self = std::move(self), valid = std::move(valid)] {
            self->respond_with(valid);
          });
        });
  }

  void respond_with(const purecloud::Result<bool>& valid) {
    if (valid.has_value())
      return *valid ? respond("200 OK", "welcome") : respond("401 Unauthorized", "wrong token");
    if (valid.error().kind == purecloud::ErrorKind::invalid_argument)  // the text cannot be a token
      return respond("401 Unauthorized", "wrong token");
    std::cerr << valid.error() << '\n';  // an error never contains the token
    respond("503 Service Unavailable", std::string(to_string(valid.error().kind)));
  }

  void respond(const std::string& status, const std::string& body) {
    text_ = "HTTP/1.1 " + status +
            "\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: " +
            std::to_string(body.size() + 1) + "\r\n" +
            (status[0] == '4' ? "WWW-Authenticate: Bearer\r\n" : "") + "\r\n" + body + "\n";
    asio::async_write(socket_, asio::buffer(text_),
                      [self = shared_from_this()](std::error_code, std::size_t) {});
  }

  tcp::socket socket_;
  purecloud::AsyncTokensApi tokens_;
  purecloud::StopToken stop_;
  std::string text_;  // the request, then the response
  bool reads_ = true;
  purecloud::StopCallback<std::function<void()>> when_stopped_;
};

void accept(tcp::acceptor& acceptor, const purecloud::AsyncTokensApi& tokens,
            const purecloud::StopToken& stop) {
  acceptor.async_accept([&acceptor, tokens, stop](std::error_code error, tcp::socket socket) {
    if (!acceptor.is_open()) return;
    if (!error) std::make_shared<Session>(std::move(socket), tokens, stop)->read();
    accept(acceptor, tokens, stop);
  });
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 2) throw std::runtime_error("usage: asio_server PORT");
  asio::io_context context;  // outlives the client, whose handlers post to it
  const purecloud::AsyncTokensApi tokens{purecloud::Configuration::from_environment()};

  purecloud::StopSource stop;
  const auto port = static_cast<asio::ip::port_type>(std::stoi(argv[1]));  // 0: any that is free
  tcp::acceptor acceptor(context, {asio::ip::address_v4::loopback(), port});
  accept(acceptor, tokens, stop.get_token());
  asio::signal_set signals(context, SIGINT, SIGTERM);
  signals.async_wait([&](std::error_code, int) {
    acceptor.close();
    stop.request_stop();
  });

  std::cout << "listening on http://127.0.0.1:" << acceptor.local_endpoint().port() << std::endl;
  context.run();
  std::cout << "stopped\n";
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}

/* Output:
listening on http://127.0.0.1:…
stopped
*/
