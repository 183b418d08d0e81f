// SPDX-License-Identifier: MIT

// Any bytes as a form, as members of one, and as base64.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fuzzer/FuzzedDataProvider.h>
#include <purecloud/tokens.hpp>

#include "require.hpp"

using namespace purecloud;

namespace {

using Members = std::vector<std::pair<std::string, std::string>>;

std::string write(const Members& members) {
  return detail::form_encode({members.begin(), members.end()});
}

void check_members(const Members& members) {
  const std::string form = write(members);
  require(form.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "0123456789*-._+%=&") == form.npos,
          "a form has no character that a form cannot have");
  require(detail::parse_form(form) == members, "a form is read as it was written");
}

void check_form(std::string_view text) {
  if (const auto members = detail::parse_form(text)) check_members(*members);
}

void check_base64(const std::string& text) {
  require(detail::base64_decode(detail::base64(text)) == text, "base64 survives a round trip");
  const auto bytes = detail::base64_decode(text);
  require(!bytes || detail::base64(*bytes) == text, "bytes have one form in base64");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FuzzedDataProvider input(data, size);
  const std::string text = input.ConsumeRandomLengthString(size);
  check_form(text);
  check_base64(text);
  Members members;
  while (input.remaining_bytes() > 0) {
    std::string name = input.ConsumeRandomLengthString(size);
    members.emplace_back(std::move(name), input.ConsumeRandomLengthString(size));
  }
  check_members(members);
  return 0;
}
