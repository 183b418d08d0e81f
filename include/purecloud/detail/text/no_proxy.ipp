// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include <purecloud/detail/text/no_proxy.hpp>
#include <purecloud/detail/text/text.hpp>
#include <purecloud/detail/text/url.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// Returns whether the first `bits` bits of an address are those of the block.
inline bool in_block(const std::string& address, const std::string& block, std::size_t bits) {
  if (address.size() != block.size()) return false;
  for (std::size_t bit = 0; bit < bits; ++bit) {
    const int differences = address[bit / 8] ^ block[bit / 8];
    if (differences >> (7 - bit % 8) & 1) return false;
  }
  return true;
}

/// Returns whether a name is the domain or in it; nothing if `domain` is not a valid domain.
inline std::optional<bool> in_domain(std::string_view name, std::string_view domain) {
  if (domain.substr(0, 2) == "*.")
    domain.remove_prefix(2);
  else if (!domain.empty() && domain.front() == '.')
    domain.remove_prefix(1);
  if (!domain.empty() && domain.back() == '.') domain.remove_suffix(1);
  const std::string_view last_label = domain.substr(domain.rfind('.') + 1);
  if (domain.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-._") != domain.npos ||
      last_label.find_first_not_of("0123456789") == last_label.npos)
    return std::nullopt;  // `192.168.` and `192.168.*` are not domains
  if (name == domain) return true;
  return name.size() > domain.size() && name[name.size() - domain.size() - 1] == '.' &&
         name.substr(name.size() - domain.size()) == domain;
}

/// Returns a text without the brackets around it, if there are any.
inline std::string without_brackets(const std::string& text) {
  const bool bracketed = text.size() >= 2 && text.front() == '[' && text.back() == ']';
  return bracketed ? text.substr(1, text.size() - 2) : text;
}

/// Returns whether an entry contains the host; nothing if the entry is not valid.
inline std::optional<bool> entry_names(std::string entry, const std::string& host, int port) {
  if (entry == "*") return true;
  const std::string address = ip_bytes(host);
  if (const auto slash = entry.find('/'); slash != entry.npos) {
    const std::string block = ip_bytes(without_brackets(entry.substr(0, slash)));
    const auto bits = entry.substr(slash + 1) == "0" ? 0 : parse_port(entry.substr(slash + 1));
    if (!bits || static_cast<std::size_t>(*bits) > block.size() * 8) return std::nullopt;
    return in_block(address, block, static_cast<std::size_t>(*bits));
  }

  std::optional<int> only_port;
  const auto colon = entry.rfind(':');
  const bool has_port = colon != entry.npos && colon > 0 && !is_ip_address(entry) &&
                        (entry.find(':') == colon || entry[colon - 1] == ']');
  if (has_port) {
    only_port = parse_port(entry.substr(colon + 1));
    if (!only_port) return std::nullopt;
    entry.resize(colon);
  }
  std::optional<bool> named;
  if (entry.front() == '[') {
    const std::string bytes = ip_bytes(without_brackets(entry));
    if (bytes.size() == 16) named = bytes == address;
  } else if (is_ip_address(entry)) {
    named = ip_bytes(entry) == address;
  } else {
    named = in_domain(host, entry);
  }
  if (named && only_port && *only_port != port) return false;
  return named;
}

PURECLOUD_TOKENS_INLINE bool excluded_from_proxy(const std::string& variable, std::string_view list,
                                                 const std::string& host, int port) {
  const bool dotted = !host.empty() && host.back() == '.';
  const std::string plain_host = lower_case(dotted ? host.substr(0, host.size() - 1) : host);
  bool excluded = false;
  while (!list.empty()) {
    const auto end = (std::min)(list.find_first_of(", \t\r\n"), list.size());
    const std::string entry = lower_case(list.substr(0, end));
    list.remove_prefix((std::min)(end + 1, list.size()));
    if (entry.empty() || entry == ".") continue;
    const auto named = entry_names(entry, plain_host, port);
    if (!named)
      refuse(variable, (entry.find('@') == entry.npos ? "holds `" + one_line(entry, 80) + "`"
                                                      : "holds an entry with '@'") +
                           std::string(", which is not understood; write a host, a domain, an IP "
                                       "address or a block like 10.0.0.0/8"));
    excluded = excluded || *named;
  }
  return excluded;
}

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
