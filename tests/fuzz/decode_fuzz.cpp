// SPDX-License-Identifier: MIT

// Any bytes as the JSON of every model, which the first byte chooses.

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

#include <purecloud/tokens.hpp>

#include "require.hpp"

using namespace purecloud;

namespace {

template <class Model>
void decode(std::string_view json) {
  const Result<Model> model = from_json<Model>(json);
  if (!model) {
    require(model.error().kind == ErrorKind::decode, "bad JSON is a decode error");
    require(!model.error().message.empty() && is_one_line(model.error().message),
            "a decode error is one line");
    return;
  }
  const Result<Model> again = from_json<Model>(to_json(*model));
  require(again && *again == *model, "from_json(to_json(x)) == x");
}

constexpr void (*decoders[])(std::string_view) = {decode<Entity>,
                                                  decode<NamedEntity>,
                                                  decode<DomainEntityRef>,
                                                  decode<RoleDivision>,
                                                  decode<OrgOAuthClient>,
                                                  decode<TokenInfoClonedUser>,
                                                  decode<TokenInfo>,
                                                  decode<InactivityTimeoutGroupBundle>,
                                                  decode<IdleTokenTimeout>,
                                                  decode<Detail>,
                                                  decode<Limit>,
                                                  decode<ErrorBody>};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto model = static_cast<unsigned char>(*data - 'a');  // so that seeds can be read
  decoders[model % std::size(decoders)]({reinterpret_cast<const char*>(data) + 1, size - 1});
  return 0;
}
