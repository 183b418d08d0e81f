// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <variant>

#include <purecloud/http.hpp>
#include <purecloud/testing/fake_tokens_service.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Marks a request's body as read, which it is when a handler is called. Otherwise cpp-httplib 0.40
/// to 0.44 waits for a body after a DELETE, and reads the next request as that body.
template <class Request>
auto body_is_read(const Request& request, int) -> decltype(void(request.body_consumed_)) {
  const_cast<Request&>(request).body_consumed_ = true;
}
template <class Request>
void body_is_read(const Request&, long) {}

/// Gives a service's response to one request of a `httplib::Server`.
template <class Request, class Response>
void fake_serve(testing::FakeTokensService& service, const Request& request, std::string body,
                Response& response) {
  HttpRequest copy;
  copy.method = request.method;
  copy.target = request.target;
  for (const auto& [name, value] : request.headers) copy.headers.emplace(name, value);
  copy.body = std::move(body);
  body_is_read(request, 0);
  const HttpResult result = service.handle(copy);
  const auto* given = std::get_if<HttpResponse>(&result);
  if (!given && request.method == "HEAD") {
    response.status = 503;
    return;
  }
  if (!given) {
    // announces a body but writes none: that closes the connection
    response.set_content_provider(1, "application/json", [](auto, auto, auto&) { return false; });
    return;
  }
  response.status = given->status;
  std::string type = "text/plain";
  for (const auto& [name, value] : given->headers) {
    if (HttpHeaders({{"Content-Type", ""}}).count(name))
      type = value;
    else
      response.set_header(name, value);
  }
  if (!given->body.empty()) response.set_content(given->body, type.c_str());
}

}  // namespace detail

namespace testing {

/// Serves a service through a `httplib::Server`, at any path. `service` must outlive the server's
/// last request.
template <class HttplibServer>
void mount(FakeTokensService& service, HttplibServer& server) {
  const auto handle = [&service](const auto& request, auto& response) {
    detail::fake_serve(service, request, request.body, response);
  };
  server.Get(".*", handle);  // also serves HEAD
  server.Put(".*", handle);
  server.Delete(".*", handle);
  // reads the body itself, because cpp-httplib refuses a form of more than 8 KiB
  server.Post(".*", [&service](const auto& request, auto& response, const auto& read) {
    std::string body;
    if (request.has_header("Content-Length") || request.has_header("Transfer-Encoding"))
      read([&body](const char* data, std::size_t size) {
        body.append(data, size);
        return true;
      });
    detail::fake_serve(service, request, std::move(body), response);
  });
}

}  // namespace testing
}  // namespace v1
}  // namespace purecloud
