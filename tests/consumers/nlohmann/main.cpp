// SPDX-License-Identifier: MIT
// A program that has documents of nlohmann::json already.
#include <purecloud/tokens.hpp>

#include <iostream>
#include <nlohmann/json.hpp>
#include <vector>

int main() {
  purecloud::TokenInfo info;
  info.organization = purecloud::NamedEntity{"1", "Acme", {}};
  info.additional_properties["newer"] = "[1]";
  const nlohmann::json document = info;
  std::cout << document.dump() << '\n';
  std::cout << (document.get<purecloud::TokenInfo>() == info) << '\n';
  std::cout << nlohmann::json(std::vector<purecloud::TokenInfo>{info, info}).size() << '\n';

  purecloud::NamedEntity kept{"2", "kept", {}};
  try {
    nlohmann::json::parse(R"({"name": 1})").get_to(kept);
  } catch (const purecloud::ApiException& error) {
    std::cout << error.what() << ", " << *kept.name << '\n';
  }
}
