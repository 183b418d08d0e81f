// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include <purecloud/error.hpp>
#include <purecloud/http.hpp>
#include <purecloud/secret.hpp>

namespace purecloud {
inline namespace v1 {

namespace detail {

/// The last response to a call, and how many requests were sent.
struct CallRecord {
  std::optional<HttpResponse> response;
  int attempts = 0;
};

/// The common part of Result<T> and Result<void>.
class ResultBase {
 public:
  /// Returns the error. Throws std::bad_optional_access when there is none.
  const Error&(error)() const { return error_.value(); }

  /// Returns the last response, of any status, if there was one. Its body may hold secrets.
  const std::optional<HttpResponse>& response() const noexcept { return record_.response; }

  /// Returns the number of requests that were sent; 0 when the call was refused before that.
  int attempts() const noexcept { return record_.attempts; }

  /// Returns the last response's `ININ-Correlation-Id`, which Genesys support asks for; empty if
  /// there is none.
  const std::string& correlation_id() const noexcept {
    static const std::string none;
    if (!record_.response) return none;
    const auto found = record_.response->headers.find("ININ-Correlation-Id");
    return found == record_.response->headers.end() ? none : found->second;
  }

 protected:
  ResultBase() = default;
  /// For a call that was sent or refused.
  explicit ResultBase(CallRecord record) : record_(std::move(record)) {}
  /// For one that failed.
  ResultBase(Error error, CallRecord record)
      : error_(std::move(error)), record_(std::move(record)) {}

  bool has_error() const noexcept { return error_.has_value(); }

 private:
  friend void forget_body(ResultBase& result);

  std::optional<Error> error_;
  CallRecord record_;
};

/// Wipes the body of the response.
inline void forget_body(ResultBase& result) {
  if (!result.record_.response) return;
  std::string& body = result.record_.response->body;
  wipe(body.data(), body.size());
  body.clear();
}

}  // namespace detail

/// The value that a call returned, or its Error. Converts to bool as has_value(). Result<bool> does
/// not convert, because `if (tokens.try_head_tokens_me())` would test the wrong thing.
template <class T>
class [[nodiscard]] Result : public detail::ResultBase {
 public:
  /// A success.
  Result(T value, detail::CallRecord record = {})
      : ResultBase(std::move(record)), value_(std::move(value)) {}
  /// A failure.
  Result(Error error, detail::CallRecord record = {})
      : ResultBase(std::move(error), std::move(record)) {}

  /// Returns whether there is a value.
  bool has_value() const noexcept { return value_.has_value(); }

  /// @{
  /// Returns has_value(). Does not compile for a Result<bool>.
  template <class U = T, std::enable_if_t<!std::is_same_v<U, bool>, int> = 0>
  explicit operator bool() const noexcept {
    return has_value();
  }
  // clang-format off
  template <class U = T, std::enable_if_t<std::is_same_v<U, bool>, int> = 0>
  explicit operator bool() const = delete;  // of a Result<bool>: write has_value() or *result
  // clang-format on
  /// @}

  /// @{
  /// Returns the value. Throws ApiException with the error when there is none.
  T& value() & { return require_value(), *value_; }
  const T& value() const& { return require_value(), *value_; }
  T&& value() && { return require_value(), *std::move(value_); }
  /// @}

  /// @{
  /// Like value().
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  /// @}

 private:
  void require_value() const {
    if (!value_) detail::raise((error)());
  }

  std::optional<T> value_;
};

/// The outcome of a call that returns no value: success, or its Error.
template <>
class [[nodiscard]] Result<void> : public detail::ResultBase {
 public:
  /// A success.
  explicit Result(detail::CallRecord record = {}) : ResultBase(std::move(record)) {}
  /// A failure.
  Result(Error error, detail::CallRecord record = {})
      : ResultBase(std::move(error), std::move(record)) {}

  /// Returns whether the call succeeded.
  bool has_value() const noexcept { return !has_error(); }
  /// Returns has_value().
  explicit operator bool() const noexcept { return has_value(); }

  /// Throws ApiException with the error when the call failed.
  void value() const {
    if (has_error()) detail::raise((error)());
  }
  /// Like value().
  void operator*() const { value(); }
};

}  // namespace v1
}  // namespace purecloud
