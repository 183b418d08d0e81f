// SPDX-License-Identifier: MIT
#include <nlohmann/json.hpp>
#include <sstream>

#include "support.hpp"

#if defined(PURECLOUD_TOKENS_SEPARATE)               // what otherwise comes with the bodies
#if __has_include(<purecloud/detail/text/text.hpp>)  // else a single header has them
#include <purecloud/detail/json/error_body.hpp>
#endif
#endif

namespace {

using namespace purecloud;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

template <class T>
T decode(std::string_view json) {
  auto result = from_json<T>(json);
  if (!result) FAIL("not decoded: " << result.error());
  return *std::move(result);
}

/// Decodes text that holds every member, and sees it survive.
template <class T>
T decode_and_return(std::string_view json) {
  const T model = decode<T>(json);
  CHECK(to_json(model) == json);
  CHECK(decode<T>(to_json(model)) == model);
  CHECK(model != T{});
  return model;
}

template <class T>
std::string problem(std::string_view json) {
  const auto result = from_json<T>(json);
  if (result) return "(decoded)";
  CHECK(result.error().kind == ErrorKind::decode);
  CHECK(support::is_one_line(result.error().message));
  return result.error().message;
}

Timestamp since_epoch(std::int64_t count) { return Timestamp(milliseconds(count)); }

}  // namespace

// The texts below are as to_json writes them: names in order, no spaces.

TEST_CASE("a TokenInfo decodes member by member, and is written back") {
  const auto info = decode_and_return<TokenInfo>(
      R"({"OAuthClient":{"id":"c1"},"authorizedScope":["users","tokens:readonly"],)"
      R"("clonedUser":{"id":"u1","organization":{"id":"o3"}},)"
      R"("dateTokenIdles":"2026-02-28T23:59:59.123Z","homeOrganization":{"id":"o2","name":"Home"},)"
      R"("organization":{"id":"o1","name":"Örg"}})");
  CHECK(info.organization->id == "o1");
  CHECK(info.organization->name == "Örg");
  CHECK(info.home_organization->id == "o2");
  CHECK(info.home_organization->name == "Home");
  CHECK(*info.authorized_scope == std::vector<std::string>{"users", "tokens:readonly"});
  CHECK(info.cloned_user->id == "u1");
  CHECK(info.cloned_user->organization->id == "o3");
  CHECK(info.date_token_idles == since_epoch(1'772'323'199'123));
  CHECK(info.oauth_client->id == "c1");
  CHECK(info.additional_properties.empty());
}

TEST_CASE("an OrgOAuthClient decodes member by member, and is written back") {
  const auto client = decode_and_return<OrgOAuthClient>(
      R"({"authorizedGrantType":"SAML2-BEARER","createdBy":{"id":"p1","name":"A","selfUri":"/a"},)"
      R"("dateCreated":"1970-01-01T00:00:00.000Z","dateModified":"2000-02-29T00:00:00.000Z",)"
      R"("dateToDelete":"9999-12-31T23:59:59.999Z","id":"c1",)"
      R"("modifiedBy":{"id":"p2","name":"B","selfUri":"/b"},"name":"Client",)"
      R"("organization":{"id":"purecloud-builtin"},)"
      R"("roleDivisions":[{"divisionId":"d1","roleId":"r1"},{"roleId":"r2"}],)"
      R"("scope":["a"],"state":"inactive"})");
  CHECK(client.id == "c1");
  CHECK(client.name == "Client");
  CHECK(client.date_created == since_epoch(0));
  CHECK(client.date_modified == since_epoch(951'782'400'000));
  CHECK(client.date_to_delete == since_epoch(253'402'300'799'999));
  CHECK(client.created_by->id == "p1");
  CHECK(client.created_by->name == "A");
  CHECK(client.created_by->self_uri == "/a");
  CHECK(client.modified_by->self_uri == "/b");
  CHECK(client.authorized_grant_type == AuthorizedGrantType::saml2_bearer);
  CHECK(*client.scope == std::vector<std::string>{"a"});
  REQUIRE(client.role_divisions->size() == 2);
  CHECK(client.role_divisions->at(0).role_id == "r1");
  CHECK(client.role_divisions->at(0).division_id == "d1");
  CHECK_FALSE(client.role_divisions->at(1).division_id);
  CHECK(client.state == OAuthClientState::inactive);
  CHECK(client.organization->id == "purecloud-builtin");
}

TEST_CASE("an IdleTokenTimeout decodes member by member, and is written back") {
  const auto timeout = decode_and_return<IdleTokenTimeout>(
      R"({"enableIdleTokenTimeout":true,"idleTokenTimeoutSeconds":28800,)"
      R"("inactivityTimeoutGroupBundles":[{"groups":["g1","g2"],"inactivityTimeoutUnit":"Minutes",)"
      R"("priority":5,"timeoutSeconds":300}],"inactivityTimeoutGroupsEnabled":false,)"
      R"("inactivityTimeoutUnit":"Hours"})");
  CHECK(timeout.idle_token_timeout_seconds == 28'800);
  CHECK(timeout.enable_idle_token_timeout == true);
  CHECK(timeout.inactivity_timeout_unit == InactivityTimeoutUnit::hours);
  CHECK(timeout.inactivity_timeout_groups_enabled == false);
  REQUIRE(timeout.inactivity_timeout_group_bundles->size() == 1);
  const auto& bundle = timeout.inactivity_timeout_group_bundles->front();
  CHECK(bundle.priority == 5);
  CHECK(bundle.timeout_seconds == 300);
  CHECK(bundle.inactivity_timeout_unit == InactivityTimeoutUnit::minutes);
  CHECK(*bundle.groups == std::vector<std::string>{"g1", "g2"});
}

TEST_CASE("an ErrorBody decodes member by member, and is written back") {
  const auto body = decode_and_return<ErrorBody>(
      R"({"code":"invalid.value","contextId":"ctx","details":[{"entityId":"e","entityName":"n",)"
      R"("errorCode":"x","fieldName":"f"}],"entityId":"e1","entityName":"n1",)"
      R"("errors":[{"code":"inner"}],"limit":{"key":"k","namespace":"ns","value":-1},)"
      R"("message":"m","messageParams":{"a":"1"},"messageWithParams":"m {a}","status":400})");
  CHECK(body.message == "m");
  CHECK(body.code == "invalid.value");
  CHECK(body.status == 400);
  CHECK(body.entity_id == "e1");
  CHECK(body.entity_name == "n1");
  CHECK(body.message_with_params == "m {a}");
  CHECK(body.message_params->at("a") == "1");
  CHECK(body.context_id == "ctx");
  REQUIRE(body.details->size() == 1);
  CHECK(body.details->front().error_code == "x");
  CHECK(body.details->front().field_name == "f");
  CHECK(body.details->front().entity_id == "e");
  CHECK(body.details->front().entity_name == "n");
  CHECK(body.errors->at(0).code == "inner");
  CHECK(body.limit->key == "k");
  CHECK(body.limit->namespace_ == "ns");
  CHECK(body.limit->value == -1);
}

TEST_CASE("the small models decode member by member, and are written back") {
  CHECK(decode_and_return<Entity>(R"({"id":"a"})").id == "a");
  CHECK(decode_and_return<NamedEntity>(R"({"id":"a","name":"b"})").name == "b");
  CHECK(decode_and_return<DomainEntityRef>(R"({"selfUri":"/x"})").self_uri == "/x");
  CHECK(decode_and_return<RoleDivision>(R"({"divisionId":"d"})").division_id == "d");
  CHECK(decode_and_return<TokenInfoClonedUser>(R"({"id":"u"})").id == "u");
  CHECK(decode_and_return<Limit>(R"({"namespace":"n"})").namespace_ == "n");
  CHECK(decode_and_return<Detail>(R"({"fieldName":"f"})").field_name == "f");
}

TEST_CASE("null and absent are the same, and neither is written") {
  CHECK(decode<TokenInfo>("{}") == TokenInfo{});
  CHECK(decode<TokenInfo>(R"({"organization":null,"OAuthClient":null,"dateTokenIdles":null,)"
                          R"("authorizedScope":null,"clonedUser":null,"homeOrganization":null})") ==
        TokenInfo{});
  CHECK(to_json(TokenInfo{}) == "{}");
  CHECK(
      decode<IdleTokenTimeout>(R"({"idleTokenTimeoutSeconds":null,)"
                               R"("enableIdleTokenTimeout":null,"inactivityTimeoutUnit":null})") ==
      IdleTokenTimeout{});
}

TEST_CASE("the key of the OAuth client has a capital O, and no other spelling is it") {
  const auto info = decode<TokenInfo>(R"({"oauthClient":{"id":"c"},"oAuthClient":1})");
  CHECK_FALSE(info.oauth_client);
  CHECK(info.additional_properties.size() == 2);
}

TEST_CASE("unknown members survive a get, change, put, at every depth") {
  auto timeout = decode<IdleTokenTimeout>(
      R"({"idleTokenTimeoutSeconds":900,"new":{"deep":[1,2.5,"x",null,true]},"text":"t",)"
      R"("big":18446744073709551615,"none":null,)"
      R"("inactivityTimeoutGroupBundles":[{"newer":[{}]}]})");
  CHECK(timeout.additional_properties ==
        AdditionalProperties{{"new", R"({"deep":[1,2.5,"x",null,true]})"},
                             {"text", "\"t\""},
                             {"big", "18446744073709551615"},
                             {"none", "null"}});
  timeout.idle_token_timeout_seconds = 600;
  CHECK(to_json(timeout) == R"({"big":18446744073709551615,"idleTokenTimeoutSeconds":600,)"
                            R"("inactivityTimeoutGroupBundles":[{"newer":[{}]}],)"
                            R"("new":{"deep":[1,2.5,"x",null,true]},"none":null,"text":"t"})");
}

TEST_CASE("a value of an enum that is not known keeps its text") {
  const auto client =
      decode_and_return<OrgOAuthClient>(R"({"authorizedGrantType":"MAGIC","state":""})");
  CHECK(client.authorized_grant_type->text() == "MAGIC");
  CHECK_FALSE(client.authorized_grant_type->value());
  CHECK(client.state->text().empty());
  CHECK(*client.authorized_grant_type == AuthorizedGrantType("MAGIC"));
  CHECK(*client.authorized_grant_type != AuthorizedGrantType("magic"));
  CHECK(OAuthClientState("Active") != OAuthClientState::active);
}

TEST_CASE("every value of every enum has the API's text") {
  using Grant = AuthorizedGrantType;
  CHECK(Grant(Grant::code).text() == "CODE");
  CHECK(Grant(Grant::token).text() == "TOKEN");
  CHECK(Grant(Grant::saml2_bearer).text() == "SAML2-BEARER");
  CHECK(Grant(Grant::password).text() == "PASSWORD");
  CHECK(Grant(Grant::client_credentials).text() == "CLIENT-CREDENTIALS");
  CHECK(OAuthClientState(OAuthClientState::active).text() == "active");
  CHECK(OAuthClientState(OAuthClientState::disabled).text() == "disabled");
  CHECK(OAuthClientState(OAuthClientState::inactive).text() == "inactive");
  CHECK(InactivityTimeoutUnit("Minutes").value() == InactivityTimeoutUnit::minutes);
  CHECK(InactivityTimeoutUnit("Hours").value() == InactivityTimeoutUnit::hours);
  std::ostringstream out;
  out << Grant(Grant::password) << ' ' << Grant("DEVICE-CODE");
  CHECK(out.str() == "PASSWORD DEVICE-CODE");
}

TEST_CASE("models compare by every member, the unknown ones included") {
  const char* const documents[] = {R"({})",
                                   R"({"code":"a"})",
                                   R"({"code":"b"})",
                                   R"({"errors":[]})",
                                   R"({"errors":[{}]})",
                                   R"({"x":1})",
                                   R"({"x":2})",
                                   R"({"limit":{}})",
                                   R"({"limit":{"value":0}})"};
  for (const char* left : documents)
    for (const char* right : documents) {
      CAPTURE(left);
      CAPTURE(right);
      CHECK((decode<ErrorBody>(left) == decode<ErrorBody>(right)) == (left == right));
      CHECK((decode<ErrorBody>(left) != decode<ErrorBody>(right)) == (left != right));
    }
}

TEST_CASE("an error names the place as a JSON pointer") {
  CHECK(problem<TokenInfo>(R"({"OAuthClient":{"dateCreated":"yesterday"}})") ==
        "/OAuthClient/dateCreated: not a date-time");
  CHECK(problem<TokenInfo>(R"({"dateTokenIdles":1772323199})") ==
        "/dateTokenIdles: not a date-time");
  CHECK(problem<TokenInfo>(R"({"organization":"Org"})") == "/organization: not an object");
  CHECK(problem<TokenInfo>(R"({"organization":{"name":5}})") == "/organization/name: not a string");
  CHECK(problem<TokenInfo>(R"({"authorizedScope":"a b"})") == "/authorizedScope: not an array");
  CHECK(problem<TokenInfo>(R"({"authorizedScope":["a","b",null]})") ==
        "/authorizedScope/2: not a string");
  CHECK(problem<OrgOAuthClient>(R"({"roleDivisions":[{},{},{"roleId":true}]})") ==
        "/roleDivisions/2/roleId: not a string");
  CHECK(problem<OrgOAuthClient>(R"({"state":1})") == "/state: not a string");
  CHECK(problem<IdleTokenTimeout>(R"({"enableIdleTokenTimeout":"true"})") ==
        "/enableIdleTokenTimeout: not a boolean");
  CHECK(problem<IdleTokenTimeout>(R"({"idleTokenTimeoutSeconds":"900"})") ==
        "/idleTokenTimeoutSeconds: not an integer");
  CHECK(problem<IdleTokenTimeout>(R"({"inactivityTimeoutGroupBundles":[{"priority":1.5}]})") ==
        "/inactivityTimeoutGroupBundles/0/priority: not an integer");
  CHECK(problem<ErrorBody>(R"({"messageParams":[]})") == "/messageParams: not an object");
  CHECK(problem<ErrorBody>(R"({"errors":[{"errors":[{"limit":{"value":[]}}]}]})") ==
        "/errors/0/errors/0/limit/value: not an integer");
  for (const char* other : {"[]", "null", "\"x\"", "1", "true"})
    CHECK(problem<TokenInfo>(other) == "not an object");
}

TEST_CASE("the place of an error is right after other arrays and objects have ended") {
  CHECK(problem<TokenInfo>(R"({"organization":{"id":"a"},"dateTokenIdles":1})") ==
        "/dateTokenIdles: not a date-time");
  CHECK(problem<OrgOAuthClient>(R"({"x":[[{"id":1}]],"id":1})") == "/id: not a string");
  CHECK(problem<OrgOAuthClient>(R"({"roleDivisions":[{"x":[{}],"roleId":"r"},{},[]]})") ==
        "/roleDivisions/2: not an object");
  CHECK(problem<OrgOAuthClient>(R"({"roleDivisions":[{"x":[{}]},{"y":{},"roleId":{}}]})") ==
        "/roleDivisions/1/roleId: not a string");
  CHECK(problem<IdleTokenTimeout>(R"({"inactivityTimeoutGroupBundles":[{"groups":["a"]},)"
                                  R"({"groups":["a",["b"]]}]})") ==
        "/inactivityTimeoutGroupBundles/1/groups/1: not a string");
  CHECK(problem<ErrorBody>(R"({"errors":[{"messageParams":{"a":"b","c":{}}}]})") ==
        "/errors/0/messageParams/c: not a string");
}

TEST_CASE("a JSON pointer escapes what it must (RFC 6901), and stays on one line") {
  CHECK(problem<ErrorBody>(R"({"messageParams":{"a/b~c":1}})") ==
        "/messageParams/a~1b~0c: not a string");
  CHECK(problem<ErrorBody>(R"({"messageParams":{"":1}})") == "/messageParams/: not a string");
  CHECK(support::begins_with(problem<ErrorBody>(R"({"messageParams":{"a\r\nb\u0085\u2028":1}})"),
                             "/messageParams/a"));
}

TEST_CASE("integers keep their range") {
  const auto seconds = [](const std::string& number) {
    return from_json<IdleTokenTimeout>(R"({"idleTokenTimeoutSeconds":)" + number + "}");
  };
  CHECK(seconds("2147483647")->idle_token_timeout_seconds == 2'147'483'647);
  CHECK(seconds("-2147483648")->idle_token_timeout_seconds == -2'147'483'647 - 1);
  for (const char* number :
       {"2147483648", "-2147483649", "4294967297", "18446744073709551615", "-9223372036854775808",
        "9223372036854775807", "9223372036854775808", "-9223372036854775809",
        "99999999999999999999", "2147483648.0", "1e10", "1e400", "-1e400", "1.5e400",
        "1e99999999999999999999", "18446744073709551616e0"}) {
    CAPTURE(number);
    CHECK(problem<IdleTokenTimeout>(std::string(R"({"idleTokenTimeoutSeconds":)") + number + "}") ==
          "/idleTokenTimeoutSeconds: an integer out of range");
  }
  for (const char* number : {"300.5", "1800.000000000000000000000000001", "1e-1", "-0.5", "15e-1",
                             "1e-400", "1e-99999999999999999999", "2147483647.5"}) {
    CAPTURE(number);
    CHECK(problem<IdleTokenTimeout>(std::string(R"({"idleTokenTimeoutSeconds":)") + number + "}") ==
          "/idleTokenTimeoutSeconds: not an integer");
  }
}

TEST_CASE("a whole number is an integer in any spelling of JSON") {
  const auto seconds = [](const std::string& number) {
    return decode<IdleTokenTimeout>(R"({"idleTokenTimeoutSeconds":)" + number + "}")
        .idle_token_timeout_seconds.value();
  };
  for (const char* number :
       {"1800", "1800.0", "1.8e3", "1.8E+3", "18e2", "1800.000000", "180000e-2", "0.18e4",
        "0.000000000000000000000018e26", "180000000000000000000000000e-23"})
    CHECK(seconds(number) == 1'800);
  for (const char* number : {"0", "-0", "0.0", "-0.0e5", "0e99999999999999999999",
                             "0e-99999999999999999999", "0.000000000000000000000"})
    CHECK(seconds(number) == 0);
  CHECK(seconds("-2147483648.0") == -2'147'483'647 - 1);
  CHECK(seconds("2.147483647e9") == 2'147'483'647);
  CHECK(seconds("2147483647" + std::string(1'000, '0') + "e-1000") == 2'147'483'647);
}

TEST_CASE("an error body's value of another type does not hide the others") {
  const auto kept = [](const std::string& name, const std::string& value) {
    const auto body = detail::decode_error_body(R"({"code":"c",")" + name + "\":" + value +
                                                R"(,"message":"m","contextId":"x"})");
    REQUIRE(body);
    CHECK(body->code == "c");
    CHECK(body->message == "m");
    CHECK(body->context_id == "x");
    REQUIRE(body->additional_properties.size() == 1);
    CHECK(body->additional_properties.begin()->first == name);
    return body->additional_properties.begin()->second;
  };
  CHECK(kept("messageParams", R"({"a":"b", "retry":42})") == R"({"a":"b","retry":42})");
  CHECK(kept("status", R"("401")") == R"("401")");
  CHECK(kept("status", "401.5") == "401.5");
  CHECK(kept("status", "1e400") == "1e400");
  CHECK(kept("details", "{}") == "{}");
  CHECK(kept("details", R"([{}, "x"])") == R"([{},"x"])");
  CHECK(kept("errors", R"(["x"])") == R"(["x"])");
  CHECK(kept("errors", R"([{"code":"y"},null])") == R"([{"code":"y"},null])");
  CHECK(kept("limit", "[]") == "[]");
  CHECK(kept("entityId", "7") == "7");
  CHECK(kept("error", R"("invalid_client")") == R"("invalid_client")");
}

TEST_CASE("what does not fit in an error body is kept in the innermost model that it is in") {
  const auto body = detail::decode_error_body(
      R"({"errors":[{"status":"401","code":"inner"}],"details":[{"errorCode":5,"fieldName":"f"}],)"
      R"("limit":{"value":"x","key":"k"},"message":["no","text"]})");
  REQUIRE(body);
  CHECK(body->errors->at(0).code == "inner");
  CHECK(body->errors->at(0).additional_properties == AdditionalProperties{{"status", "\"401\""}});
  CHECK(body->details->at(0).field_name == "f");
  CHECK(body->details->at(0).additional_properties == AdditionalProperties{{"errorCode", "5"}});
  CHECK(body->limit->key == "k");
  CHECK(body->limit->additional_properties == AdditionalProperties{{"value", "\"x\""}});
  CHECK(body->additional_properties == AdditionalProperties{{"message", R"(["no","text"])"}});
}

TEST_CASE(
    "of an error body's members with the same name the last one counts, whether it fits or not") {
  const auto first = detail::decode_error_body(R"({"status":"x","status":401})");
  CHECK(first->status == 401);
  CHECK(first->additional_properties.empty());
  const auto last = detail::decode_error_body(R"({"status":401,"status":"x","status":"y"})");
  CHECK_FALSE(last->status);
  CHECK(last->additional_properties == AdditionalProperties{{"status", "\"y\""}});
}

TEST_CASE("an error body without a message has that of its first error") {
  const auto message = [](std::string_view json) {
    return detail::decode_error_body(json)->message.value_or("(none)");
  };
  CHECK(message(R"({"errors":[{"message":"first"},{"message":"second"}]})") == "first");
  CHECK(message(R"({"errors":["first","second"]})") == "first");
  CHECK(message(R"({"message":5,"errors":[{"message":"first"}]})") == "first");
  CHECK(message(R"({"message":"own","errors":["first"]})") == "own");
  CHECK(message(R"({"errors":[{"code":"x"}]})") == "(none)");
  CHECK(message(R"({"errors":[]})") == "(none)");
  CHECK(message(R"({"errors":["first",2]})") == "(none)");
  CHECK(message(R"({"errors":"first"})") == "(none)");
  CHECK(message("{}") == "(none)");
}

TEST_CASE("what is not a JSON object is not an error body") {
  for (const char* text : {"", "<html>", "[]", "null", "\"x\"", "1", R"({"code":"c")",
                           R"({"code":"c","status":"\x"})", R"({"code":"c"} {})"})
    CHECK_FALSE(detail::decode_error_body(text));
}

TEST_CASE("from_json of an ErrorBody remains strict") {
  CHECK(problem<ErrorBody>(R"({"code":"c","status":"401"})") == "/status: not an integer");
}

TEST_CASE("to_json says where the value is that JSON cannot hold") {
  const auto refused = [](const auto& model) -> std::string {
    try {
      return "accepted: " + to_json(model);
    } catch (const ApiException& exception) {
      CHECK(exception.error().kind == ErrorKind::invalid_argument);
      return exception.what();
    }
  };
  NamedEntity entity;
  entity.name = "\xc3";
  CHECK(support::begins_with(refused(entity), "/name: "));
  ErrorBody body;
  body.errors.emplace(2).back().message_params.emplace()["p"] = "\xed\xa0\x80";
  CHECK(support::begins_with(refused(body), "/errors/1/messageParams/p: "));
  OrgOAuthClient client;
  client.state = OAuthClientState("\xff");
  CHECK(support::begins_with(refused(client), "/state: "));
  client = {};
  client.date_created = since_epoch(253'402'300'800'000);  // the year 10000
  CHECK(support::begins_with(refused(client), "/dateCreated: "));
  client.date_created = (Timestamp::min)();
  CHECK(support::begins_with(refused(client), "/dateCreated: "));
  for (const std::string& text :
       {std::string(), std::string("{"), std::string("nul"), std::string("1e"),
        std::string("\"\xff\""), std::string("1 2"), std::string(100'000, '[')}) {
    TokenInfo info;
    info.organization.emplace().additional_properties["x"] = text;
    CHECK(support::begins_with(refused(info), "/organization/x: "));
  }
}

TEST_CASE("to_json says which object has a name that is not UTF-8") {
  const auto refused = [](const auto& model) -> std::string {
    try {
      return to_json(model);
    } catch (const ApiException& exception) {
      return exception.what();
    }
  };
  Entity entity;
  entity.additional_properties["\xff"] = "1";
  CHECK(refused(entity) == "a name that is not UTF-8");
  ErrorBody body;
  body.errors.emplace(1).back().message_params.emplace()["\xff"] = "1";
  CHECK(refused(body) == "/errors/0/messageParams: a name that is not UTF-8");
}

TEST_CASE("a member counts, and not an additional property of its name") {
  NamedEntity entity{"1", std::nullopt, {{"id", "2"}, {"name", "3"}, {"z", "[]"}, {"a", "{ }"}}};
  CHECK(to_json(entity) == R"({"a":{},"id":"1","name":3,"z":[]})");
}

TEST_CASE("a document of nlohmann::json is decoded as its text is") {
  const nlohmann::json text = nlohmann::json::parse(
      R"({"code":null,"details":[{}],"errors":[{"status":-1,"x":[18446744073709551615,-2,2.5,)"
      R"(true,null,"s",{"y":{}}]}],"limit":{"value":7},"message":"m","messageParams":{"a":"1"}})");
  const auto body = text.get<ErrorBody>();
  CHECK(body == decode<ErrorBody>(text.dump()));
  CHECK(body.errors->at(0).additional_properties.at("x") ==
        R"([18446744073709551615,-2,2.5,true,null,"s",{"y":{}}])");
  CHECK(nlohmann::json(body).dump() == to_json(body));
  CHECK(nlohmann::json(IdleTokenTimeout{}).dump() == "{}");
}

TEST_CASE("a document of nlohmann::json that cannot hold a number is an ApiException") {
  Entity entity;
  entity.additional_properties["x"] = "1e400";
  try {
    nlohmann::json document = entity;
    FAIL("converted to " << document.dump());
  } catch (const ApiException& exception) {
    CHECK(exception.error().kind == ErrorKind::invalid_argument);
  }
}

TEST_CASE(
    "a document of nlohmann::json that does not fit is an ApiException, and changes nothing") {
  const auto thrown = [](const nlohmann::json& document) -> std::string {
    OrgOAuthClient client;
    client.id = "kept";
    try {
      document.get_to(client);
    } catch (const ApiException& exception) {
      CHECK(exception.error().kind == ErrorKind::decode);
      CHECK(client.id == "kept");
      return exception.what();
    }
    return "(decoded)";
  };
  const std::string bytes = "\xff";
  CHECK(thrown({{"id", "new"}, {"roleDivisions", {{{"roleId", 5}}}}}) ==
        "/roleDivisions/0/roleId: not a string");
  CHECK(thrown({{"id", "new"}, {"state", nlohmann::json::binary({1, 2})}}) ==
        "/state: not a string");
  CHECK(thrown({{"id", "new"}, {"x", {bytes}}}) == "text that is not UTF-8");
  CHECK(thrown({{"id", bytes}}) == "text that is not UTF-8");
  CHECK(thrown({{bytes, 1}}) == "text that is not UTF-8");
  CHECK(thrown(nlohmann::json::array()) == "not an object");
  nlohmann::json deep;
  for (int level = 0; level < 100; ++level) deep = nlohmann::json::array({std::move(deep)});
  CHECK(thrown({{"x", deep}}) == "nested deeper than 100 levels");
  CHECK(thrown({{"x", deep[0]}}) == "(decoded)");
}

TEST_CASE("an ordered document of nlohmann::json is decoded, too") {
  nlohmann::ordered_json document = Entity{"1", {{"x", "[1]"}}};
  CHECK(document.dump() == R"({"id":"1","x":[1]})");
  document["y"] = nullptr;
  CHECK(to_json(document.get<Entity>()) == R"({"id":"1","x":[1],"y":null})");
}

#if !defined(PURECLOUD_TOKENS_SEPARATE)  // which has to_json and from_json of models alone

TEST_CASE("in a map the last object of a name replaces the earlier ones whole") {
  using Entities = std::map<std::string, NamedEntity>;
  const auto entities = decode<Entities>(R"({"a":{"id":"1"},"b":{},"a":{"name":"2"}})");
  CHECK(entities == Entities{{"a", {std::nullopt, "2", {}}}, {"b", {}}});
  CHECK(to_json(entities) == R"({"a":{"name":"2"},"b":{}})");
}

#endif
