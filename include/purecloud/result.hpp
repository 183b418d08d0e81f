// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

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

 private:
  friend void forget_body(ResultBase& result);

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
      : ResultBase(std::move(record)), outcome_(std::in_place_index<0>, std::move(value)) {}
  /// A failure.
  Result(Error error, detail::CallRecord record = {})
      : ResultBase(std::move(record)), outcome_(std::in_place_index<1>, std::move(error)) {}

  /// Returns whether there is a value.
  bool has_value() const noexcept { return outcome_.index() == 0; }

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
  T& value() & { return require_value(), std::get<0>(outcome_); }
  const T& value() const& { return require_value(), std::get<0>(outcome_); }
  T&& value() && { return require_value(), std::get<0>(std::move(outcome_)); }
  /// @}

  /// @{
  /// Like value().
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  /// @}

  /// Returns the error. Throws std::bad_variant_access when there is a value instead.
  const Error&(error)() const { return std::get<1>(outcome_); }

 private:
  void require_value() const {
    if (!has_value()) detail::raise((error)());
  }

  std::variant<T, Error> outcome_;
};

/// The outcome of a call that returns no value: success, or its Error.
template <>
class [[nodiscard]] Result<void> : public detail::ResultBase {
 public:
  /// A success.
  explicit Result(detail::CallRecord record = {}) : ResultBase(std::move(record)) {}
  /// A failure.
  Result(Error error, detail::CallRecord record = {})
      : ResultBase(std::move(record)), error_(std::move(error)) {}

  /// Returns whether the call succeeded.
  bool has_value() const noexcept { return !error_; }
  /// Returns has_value().
  explicit operator bool() const noexcept { return has_value(); }

  /// Throws ApiException with the error when the call failed.
  void value() const {
    if (error_) detail::raise(*error_);
  }
  /// Like value().
  void operator*() const { value(); }

  /// Returns the error. Throws std::bad_optional_access when the call succeeded.
  const Error&(error)() const { return error_.value(); }

 private:
  std::optional<Error> error_;
};

}  // namespace v1
}  // namespace purecloud
