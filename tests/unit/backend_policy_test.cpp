// SPDX-License-Identifier: MIT
#include "support.hpp"

#include <stdexcept>

namespace {

using namespace purecloud;
using namespace std::chrono_literals;

// The forms that a user's backend may have.
struct TakesByValue {
  explicit TakesByValue(const Configuration&) {}
  HttpResponse send(HttpRequest request, Deadline) const {
    return {200, {}, "{\"id\":\"" + request.method + "\"}"};
  }
};

struct AlwaysFails {
  HttpFailure send(const HttpRequest&, const Deadline&) {
    return {ErrorKind::protocol, "not HTTP"};
  }
};

struct Template {
  template <class Request, class Time>
  HttpResult send(Request&& request, Time) {
    static_assert(std::is_const_v<std::remove_reference_t<Request>>);
    return HttpResponse{200, {}, request.body};
  }
};

struct Base {
  virtual ~Base() = default;
  virtual HttpResult send(const HttpRequest& request, Deadline deadline) = 0;
};
struct Derived : Base {
  HttpResult send(const HttpRequest&, Deadline) override { return HttpResponse{204, {}, {}}; }
};

/// A decorator over another backend.
struct Counting {
  std::shared_ptr<support::ScriptedBackend> inner;
  int* count;
  HttpResult send(const HttpRequest& request, Deadline deadline) {
    ++*count;
    return inner->send(request, deadline);
  }
};

struct CannotBeCopied {
  CannotBeCopied() = default;
  CannotBeCopied(const CannotBeCopied&) = delete;
  CannotBeCopied& operator=(const CannotBeCopied&) = delete;
  HttpResult send(const HttpRequest&, Deadline) { return HttpResponse{200, {}, {}}; }
};

template <class Backend>
BasicTokensApi<Backend> api_over(std::shared_ptr<Backend> backend) {
  return BasicTokensApi<Backend>(support::with_token("cwRto9ScT"), std::move(backend));
}

}  // namespace

TEST_CASE("a backend may take the request by value, be const, and return a response") {
  const BasicTokensApi<TakesByValue> api(support::with_token("cwRto9ScT"));
  CHECK(api.get_tokens_timeout().additional_properties.at("id") == "\"GET\"");
}

TEST_CASE("a backend may return just an HttpFailure") {
  const auto result = api_over(std::make_shared<AlwaysFails>()).try_get_tokens_me();
  CHECK(result.error().kind == ErrorKind::protocol);
}

TEST_CASE("a backend may be a template, and sees the request's body") {
  IdleTokenTimeout timeout;
  timeout.idle_token_timeout_seconds = 300;
  CHECK(api_over(std::make_shared<Template>()).put_tokens_timeout(timeout) == timeout);
}

TEST_CASE("a backend may be an interface, chosen when the program runs") {
  CHECK(api_over(std::shared_ptr<Base>(std::make_shared<Derived>())).head_tokens_me());
}

TEST_CASE("a backend may decorate another, and be impossible to copy") {
  int count = 0;
  const auto inner = std::make_shared<support::ScriptedBackend>();
  const auto api = api_over(std::make_shared<Counting>(Counting{inner, &count}));
  api.delete_tokens_me();
  CHECK(count == 1);
  CHECK(inner->requests.size() == 1);
  CHECK(api_over(std::make_shared<CannotBeCopied>()).head_tokens_me());
}

TEST_CASE("the observer is told of each attempt, and of nothing that could be secret") {
  std::vector<AttemptEvent> events;
  Configuration configuration = support::with_token("cwRto9ScT");
  configuration.observer = [&](const AttemptEvent& event) { events.push_back(event); };
  const auto backend = std::make_shared<support::ScriptedBackend>(
      std::deque<HttpResult>{HttpFailure{ErrorKind::connection, "reset"},
                             HttpResponse{503, {{"ININ-Correlation-Id", "id-1"}}, "12345"},
                             HttpResponse{200, {{"inin-correlation-id", "id-2"}}, "{}"}});
  const support::ScriptedApi api(configuration, backend);
  GetTokensMeOptions options;
  options.preserve_idle_ttl = true;
  CHECK(api.try_get_tokens_me(options));

  REQUIRE(events.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(events[i].method == "GET");
    CHECK(events[i].path == "/api/v2/tokens/me");
    CHECK(events[i].attempt == static_cast<int>(i) + 1);
    CHECK(events[i].duration == 0ns);
  }
  CHECK(events[0].status == 0);
  CHECK(events[0].error == ErrorKind::connection);
  CHECK(events[0].bytes == 0);
  CHECK(events[1].status == 503);
  CHECK_FALSE(events[1].error);
  CHECK(events[1].correlation_id == "id-1");
  CHECK(events[1].bytes == 5);
  CHECK(events[2].status == 200);
  CHECK(events[2].correlation_id == "id-2");
  CHECK(events[2].bytes == 2);
}

TEST_CASE("an observer that throws does not change what a call returns") {
  Configuration configuration = support::with_token("cwRto9ScT");
  configuration.observer = [](const AttemptEvent&) { throw std::runtime_error("oops"); };
  const support::ScriptedApi api(configuration, std::make_shared<support::ScriptedBackend>());
  CHECK(api.try_delete_tokens_me());
}

TEST_CASE("a refused call is no attempt, and the observer does not hear of it") {
  int events = 0;
  Configuration configuration = support::with_token("cwRto9ScT");
  configuration.observer = [&](const AttemptEvent&) { ++events; };
  const support::ScriptedApi api(configuration, std::make_shared<support::ScriptedBackend>());
  CHECK_FALSE(api.try_delete_token("me"));
  CHECK(events == 0);
}
