// SPDX-License-Identifier: MIT
#pragma once

#include <purecloud/detail/curl/settings.hpp>

#include <chrono>
#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <utility>

#if !defined(_WIN32)
#include <netdb.h>
#endif

#include <purecloud/detail/net/connect.hpp>
#include <purecloud/detail/net/destination.hpp>
#include <purecloud/http.hpp>

namespace purecloud {
inline namespace v1 {
namespace detail {

/// The addresses of a host, in the form of CURLOPT_RESOLVE. Without it, libcurl would look the name
/// up for each connection, on threads of its own, which nothing bounds. libcurl keeps them, but
/// only requests that begin soon after the look-up may open connections to them.
class CurlAddresses {
 public:
  /// Replaces `current` by the addresses that were found. Returns a failure, and replaces nothing,
  /// if libcurl accepts none of them. Throws std::bad_alloc.
  static std::optional<HttpFailure> replace(std::shared_ptr<const CurlAddresses>& current,
                                            const CurlSettings& settings,
                                            const SocketAddresses& found) {
    auto usable = of(settings.looked_up_host(), settings.looked_up_port(), found);
    if (!usable) return Destination::no_address(settings.looked_up_host());
    current = std::move(usable);
    return std::nullopt;
  }

  CurlAddresses() = default;
  ~CurlAddresses() { curl_slist_free_all(lines_); }
  CurlAddresses(const CurlAddresses&) = delete;
  CurlAddresses& operator=(const CurlAddresses&) = delete;

  curl_slist* lines() const { return lines_; }

  bool are_new() const { return std::chrono::steady_clock::now() < new_until_; }

 private:
  /// Returns null if libcurl accepts none of the addresses.
  static std::shared_ptr<const CurlAddresses> of(const std::string& host, int port,
                                                 const SocketAddresses& addresses) {
    std::string line = ":" + std::to_string(port) + ":";
    const std::size_t empty = line.size();
    for (const SocketAddress& each : addresses) {
      char text[NI_MAXHOST];
      const auto* const generic = reinterpret_cast<const sockaddr*>(&each.storage);
      if (getnameinfo(generic, each.size, text, sizeof text, nullptr, 0, NI_NUMERICHOST) != 0)
        continue;
      // a link-local address with its zone is not accepted
      if (std::strchr(text, '%') == nullptr)
        line.append(line.size() > empty ? "," : "").append(text);
    }
    if (line.size() == empty) return nullptr;
    // with and without a final dot, which libcurl removes or does not
    const std::string name = host.substr(0, host.size() - (host.back() == '.' ? 1 : 0));
    auto result = std::make_shared<CurlAddresses>();
    result->append(name + line);
    result->append(name + "." + line);
    return result;
  }

  void append(const std::string& line) {
    curl_slist* const longer = curl_slist_append(lines_, line.c_str());
    if (!longer) throw std::bad_alloc();
    lines_ = longer;
  }

  curl_slist* lines_ = nullptr;
  const Deadline new_until_ = std::chrono::steady_clock::now() + std::chrono::seconds(1);
};

}  // namespace detail
}  // namespace v1
}  // namespace purecloud
