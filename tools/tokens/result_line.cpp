// SPDX-License-Identifier: MIT
#include "result_line.hpp"

#include <charconv>
#include <chrono>
#include <cstdio>

#include <nlohmann/json.hpp>
#include <purecloud/timestamp.hpp>

namespace {

using Json = nlohmann::ordered_json;

std::string to_hex(std::uint64_t number) {
  char text[17];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(number));
  return text;
}

std::optional<std::uint64_t> from_hex(const std::string& text) {
  std::uint64_t number = 0;
  const auto* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number, 16);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return number;
}

std::string now() {
  using std::chrono::milliseconds;
  const auto time = std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
  return purecloud::format_timestamp(time).value_or("");
}

}  // namespace

std::string to_line(const Revocation& revocation) {
  Json line;
  line["n"] = revocation.user.number;
  line["id"] = revocation.user.id;
  line["result"] = to_string(revocation.outcome);
  if (!revocation.message.empty()) line["message"] = revocation.message;
  line["time"] = now();
  line["check"] = to_hex(revocation.user.check);
  return line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::optional<ResultLine> parse_line(const std::string& text) {
  const Json line = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!line.is_object()) return std::nullopt;
  const auto number = line.find("n");
  const auto result = line.find("result");
  const auto check = line.find("check");
  if (number == line.end() || !number->is_number_unsigned() || result == line.end() ||
      !result->is_string() || check == line.end() || !check->is_string())
    return std::nullopt;
  const auto hash = from_hex(check->get<std::string>());
  if (!hash) return std::nullopt;
  return ResultLine{number->get<std::uint64_t>(), *hash, *result != to_string(Outcome::failed)};
}
