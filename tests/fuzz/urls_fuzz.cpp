// SPDX-License-Identifier: MIT

// Any bytes as a base URL, a region, a variable of the environment, a path segment, and text for a
// message.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include <fuzzer/FuzzedDataProvider.h>
#include <purecloud/tokens.hpp>

#include "require.hpp"

using namespace purecloud;

namespace {

bool has_user_info(const std::string& url) {
  const auto begin = url.find("://");
  if (begin == std::string::npos) return false;
  const auto authority = std::string_view(url).substr(begin + 3);
  return authority.substr(0, authority.find_first_of("/?#")).find('@') != std::string_view::npos;
}

std::string write(const detail::BaseUrl& url) {
  const bool ipv6 = url.host.find(':') != std::string::npos;
  return (url.https ? "https://" : "http://") + (ipv6 ? "[" + url.host + "]" : url.host) + ":" +
         std::to_string(url.port) + url.path;
}

void check_base_url(const std::string& text) {
  try {
    const detail::BaseUrl url = detail::parse_base_url("base_url", text);
    require(!has_user_info(text), "a URL with user info is refused");
    require(url.port >= 1 && url.port <= 65535, "a port is a port");
    require(url.path.empty() || (url.path.front() == '/' && url.path.back() != '/'),
            "a path begins with a slash and does not end with one");
    for (const char c : url.path)
      require(c > ' ' && c < 0x7f && c != '?' && c != '#', "a path can go into a request line");
    const detail::BaseUrl again = detail::parse_base_url("base_url", write(url));
    require(again.https == url.https && again.host == url.host && again.port == url.port &&
                again.path == url.path,
            "a URL survives a round trip");
  } catch (const ApiException& refusal) {
    require(refusal.error().kind == ErrorKind::invalid_argument, "a bad URL is invalid_argument");
    require(
        is_one_line(refusal.what()) && std::string_view(refusal.what()).substr(0, 9) == "base_url:",
        "a refusal is one line that names the member");
  }
}

void check_password_stays_unseen(const std::string& text) {
  static constexpr char password[] = "kX9~wQ2!";
  try {
    detail::parse_base_url("base_url", "https://user:" + (password + text) + "@example.com");
  } catch (const ApiException& refusal) {
    require(std::string_view(refusal.what()).find(password) == std::string_view::npos,
            "a refusal does not repeat the password");
    return;
  }
  // the text may have ended the authority before the '@'
  require(text.find('/') != std::string::npos, "a URL with user info is refused");
}

void check_settings(const std::string& text) {
  Configuration configuration;
  configuration.base_url = text;
  try {
    detail::make_settings(configuration);
  } catch (const ApiException&) {
    return;
  }
  require(!has_user_info(text), "no client is built for a URL with user info");
  const detail::BaseUrl url = detail::parse_base_url("base_url", text);
  require(url.https || detail::is_loopback(url.host), "plain http is for loopback");
  configuration.proxy = {"proxy", 1, {}, {}};
  try {
    detail::make_settings(configuration);
    require(url.https, "plain http does not go through a proxy");
  } catch (const ApiException&) {
    require(!url.https, "https goes through a proxy");
  }
  const std::string login = detail::login_url_of(configuration);
  require(login.empty() || detail::parse_base_url("login_url", login).https,
          "a derived login URL is one of https");
}

/// What the environment accepts a client accepts; what it refuses has the variable's name.
void check_environment(const std::string& text) {
  static constexpr char password[] = "kX9~wQ2!";
  for (const char* variable :
       {"GENESYSCLOUD_GATEWAY_HOST", "GENESYSCLOUD_PROXY_HOST", "HTTPS_PROXY", "NO_PROXY"})
    for (const std::string& value : {text, "http://user:" + (password + ("@" + text))}) {
      const bool is_list = std::string_view(variable) == "NO_PROXY";
      setenv("HTTPS_PROXY", is_list ? "http://proxy:1" : "", 1);
      setenv(variable, value.c_str(), 1);
      try {
        Configuration configuration = Configuration::from_environment();
        configuration.allow_plain_http = true;
        detail::make_settings(configuration);
      } catch (const ApiException& refusal) {
        const std::string_view message = refusal.what();
        require(message.find(password) == message.npos, "a refusal does not repeat the password");
        require(is_one_line(message), "a refusal is one line");
        require(message.substr(0, std::string_view(variable).size()) == variable ||
                    message.substr(0, 24) == "GENESYSCLOUD_PROXY_PORT:",
                "a refusal names the variable");
      }
      unsetenv(variable);
    }
}

void check_region(const std::string& text) {
  const auto region = parse_region(text);
  if (!region) return;
  const std::string domain(domain_of(*region));
  require(parse_region(domain) == region && parse_region("https://api." + domain + "/") == region,
          "a region is found by its domain and its URL");
  for (const char c : detail::lower_case(detail::trimmed(text)))
    require((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_' ||
                c == ':' || c == '/',
            "nothing but letters, digits and the marks of a URL names a region");
  detail::make_settings(Configuration::for_region(*region));
}

std::string percent_decode(std::string_view segment) {
  std::string decoded;
  for (std::size_t i = 0; i < segment.size(); ++i) {
    if (segment[i] != '%') {
      decoded += segment[i];
      continue;
    }
    decoded += static_cast<char>(std::stoi(std::string(segment.substr(i + 1, 2)), nullptr, 16));
    i += 2;
  }
  return decoded;
}

void check_segment(const std::string& text) {
  const std::string segment = detail::percent_encode(text);
  require(segment.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                    "0123456789-._~%") == std::string::npos,
          "a segment has none of the characters that end one");
  require(percent_decode(segment) == text, "a segment decodes to what it was");
}

void check_text(const std::string& text, std::size_t limit) {
  const std::string line = detail::one_line(text, limit);
  require(is_one_line(line), "one_line is one line");
  require(line.size() <= limit + 3, "one_line keeps its limit");
}

/// The secret, or a run of at least 16 of its characters, amid other text.
void check_redaction(const std::string& secret, std::size_t cut, const std::string& before,
                     const std::string& after) {
  const std::string_view mark = "<access token>";
  const auto is_odd = [](unsigned char c) { return c <= ' ' || c >= 0x7f; };
  // what could not be a token; and the mark itself may look like a very odd secret
  if (secret.size() < 6 || std::any_of(secret.begin(), secret.end(), is_odd) ||
      mark.find(secret) != mark.npos || secret.find_first_of("<>") != secret.npos)
    return;
  const std::string run = secret.size() < 17 ? secret : secret.substr(cut % (secret.size() - 15));
  for (const std::string& form :
       {run, detail::percent_encode(run), detail::percent_encode(detail::percent_encode(run))}) {
    const std::string redacted = detail::redact(before + "\1" + form + "\1" + after, secret);
    require(redacted.find("\1" + form + "\1") == redacted.npos, "a secret is redacted");
    require(redacted.find(mark) != redacted.npos, "a redaction shows");
    require(detail::redact(redacted, secret) == redacted, "what is redacted stays as it is");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FuzzedDataProvider input(data, size);
  const auto limit = input.ConsumeIntegral<std::uint8_t>();
  const std::string text = input.ConsumeRandomLengthString(size);
  const std::string secret = input.ConsumeRandomLengthString(size);
  const std::string rest = input.ConsumeRemainingBytesAsString();
  check_base_url(text);
  check_password_stays_unseen(text);
  check_settings(text);
  check_environment(text);
  check_region(text);
  check_segment(text);
  check_text(text, limit);
  check_redaction(secret, limit, text, rest);
  return 0;
}
