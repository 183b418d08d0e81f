// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>

#include <purecloud/detail/oauth/form.hpp>
#include <purecloud/detail/text/text.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

PURECLOUD_TOKENS_INLINE void append_form_component(std::string& form, std::string_view text) {
  static constexpr char hex[] = "0123456789ABCDEF";
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '*' || c == '-' || c == '.' || c == '_';
    const auto byte = static_cast<unsigned char>(c);
    if (plain)
      form += c;
    else if (c == ' ')
      form += '+';
    else
      form += {'%', hex[byte >> 4], hex[byte & 15]};
  }
}

PURECLOUD_TOKENS_INLINE std::optional<std::string> parse_form_component(
    std::string_view component) {
  for (auto at = component.find('%'); at != component.npos; at = component.find('%', at + 1))
    if (component.size() - at < 3 || hex_digit(component[at + 1]) < 0 ||
        hex_digit(component[at + 2]) < 0)
      return std::nullopt;
  std::string spaced(component);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  return percent_decode(spaced);
}

PURECLOUD_TOKENS_INLINE std::string form_encode(
    const std::vector<std::pair<std::string_view, std::string_view>>& members) {
  std::size_t size = 0;
  for (const auto& [name, value] : members) size += 3 * (name.size() + value.size()) + 2;
  std::string form;
  form.reserve(size);
  for (const auto& [name, value] : members) {
    if (!form.empty()) form += '&';
    append_form_component(form, name);
    form += '=';
    append_form_component(form, value);
  }
  return form;
}

PURECLOUD_TOKENS_INLINE std::optional<std::vector<std::pair<std::string, std::string>>> parse_form(
    std::string_view text) {
  std::vector<std::pair<std::string, std::string>> members;
  while (!text.empty()) {
    const std::string_view member = text.substr(0, text.find('&'));
    text.remove_prefix((std::min)(member.size() + 1, text.size()));
    if (member.empty()) continue;
    const auto equals = (std::min)(member.find('='), member.size());
    auto name = parse_form_component(member.substr(0, equals));
    auto value = parse_form_component(member.substr((std::min)(equals + 1, member.size())));
    if (!name || !value) return std::nullopt;
    members.emplace_back(*std::move(name), *std::move(value));
  }
  return members;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
