// SPDX-License-Identifier: MIT
#include "encodings.hpp"
#include "support.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <random>

#if __has_include(<purecloud/detail/text/text.hpp>)  // else a single header has them
#include <purecloud/detail/text/redaction.hpp>
#endif

namespace {

using namespace purecloud;
using detail::Redactor;
using support::base64;
using support::contains;
using support::escaped;

// Every character of a token that an encoding changes (RFC 6750, 2.1).
const std::string token =
    "cwRto9ScT/k+Z0mQp7x~AbC_D-1/2+34.EfGhIjKl0987654321zyxwvutsrqponmLKJIHG==";

std::string json_escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '/' || c == '\\' || c == '"') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string wrapped(std::string_view text, std::size_t width, const std::string& line_break) {
  std::string lines;
  for (std::size_t at = 0; at < text.size(); at += width)
    lines += (at > 0 ? line_break : "") + std::string(text.substr(at, width));
  return lines;
}

constexpr const char* upper = "0123456789ABCDEF";
constexpr const char* lower = "0123456789abcdef";
constexpr const char* reserved = "%/+=~\\\" ";

using Encoding = std::function<std::string(const std::string&)>;

std::string percent(const std::string& text) { return escaped(text, "%", upper, reserved); }

const std::vector<std::pair<const char*, Encoding>> encodings = {
    {"as it is", [](const std::string& s) { return s; }},
    {"percent", percent},
    {"percent, lower case", [](const std::string& s) { return escaped(s, "%", lower, reserved); }},
    {"percent, all", [](const std::string& s) { return escaped(s, "%", upper); }},
    {"percent twice", [](const std::string& s) { return percent(percent(s)); }},
    {"percent three times", [](const std::string& s) { return percent(percent(percent(s))); }},
    {"all of it percent twice",
     [](const std::string& s) { return percent(escaped(s, "%", lower)); }},
    {"JSON", json_escaped},
    {"JSON in JSON", [](const std::string& s) { return json_escaped(json_escaped(s)); }},
    {"JSON, \\u", [](const std::string& s) { return escaped(s, "\\u00", lower); }},
    {"JSON, \\u in JSON",
     [](const std::string& s) { return json_escaped(escaped(s, "\\u00", upper)); }},
    {"percent in JSON",
     [](const std::string& s) { return escaped(percent(s), "\\u00", lower, "%"); }},
    {"base64", [](const std::string& s) { return base64(s); }},
    {"base64 after one", [](const std::string& s) { return base64("x" + s); }},
    {"base64 after two", [](const std::string& s) { return base64("Bearer: " + s + "&more"); }},
    {"base64url", [](const std::string& s) { return base64("x" + s, "-_"); }},
    {"base64 in a query", [](const std::string& s) { return percent(base64(s)); }},
    {"base64, wrapped at 76",
     [](const std::string& s) { return wrapped(base64(std::string(40, 'x') + s), 76, "\r\n"); }},
    {"base64 in JSON, wrapped at 76",
     [](const std::string& s) { return wrapped(base64(std::string(60, 'x') + s), 76, "\\r\\n"); }},
    {"over two lines", [](const std::string& s) { return wrapped(s, 15, "\n"); }},
    {"over lines that are indented",
     [](const std::string& s) { return wrapped(s, 7, "\r\n  \t"); }},
    {"over lines in JSON", [](const std::string& s) { return wrapped(s, 9, "\\n"); }},
    {"over lines in a query",
     [](const std::string& s) { return wrapped(percent(s), 11, "%0D%0A"); }},
};

std::string redact(const std::string& text) { return detail::redact(text, token); }

/// Replaces runs of the secrets as Redactor promises, as slowly and as plainly as possible.
class Oracle {
 public:
  void add(const std::string& secret, const std::string& mark) {
    marks_.push_back(mark);
    if (secret.size() < 6) return;
    Characters characters = without_breaks(secret);
    std::vector<std::string> forms = {text_of(characters)};
    for (int i = 0; i < 3; ++i) {
      characters = decoded(characters);
      forms.push_back(text_of(characters));
    }
    for (const std::string& text : {secret, detail::percent_encode(secret)})
      for (std::size_t before = 0; before < 3; ++before) {
        // the digits all of whose bits are the secret's
        const std::size_t begin = (before * 8 + 5) / 6, end = (before + text.size()) * 8 / 6;
        forms.push_back(folded(base64(std::string(before, 'x') + text).substr(begin, end - begin)));
      }
    for (const std::string& form : forms)
      if (form.size() >= 6) forms_.push_back({form, mark});
  }

  std::string redact(const std::string& text) const {
    std::vector<std::string> covered(text.size());
    Characters characters = without_breaks(text);
    for (int removed = 0; removed <= 3; ++removed) {
      for (const auto& [form, mark] : forms_) cover(text, characters, form, mark, covered);
      characters = decoded(characters);
    }
    const auto none = [](const std::string& mark) { return mark.empty(); };
    if (std::all_of(covered.begin(), covered.end(), none)) return text;
    for (const std::string& mark : marks_)
      for (auto at = text.find(mark); at != text.npos; at = text.find(mark, at + 1))
        std::fill_n(covered.begin() + static_cast<std::ptrdiff_t>(at), mark.size(), mark);
    std::string redacted;
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (covered[at].empty())
        redacted += text[at];
      else if (at == 0 || covered[at] != covered[at - 1])
        redacted += covered[at];
    }
    return redacted;
  }

 private:
  struct Character {
    char character;
    std::size_t begin, end;
  };
  using Characters = std::vector<Character>;

  static std::string folded(std::string text) {
    for (char& c : text) c = c == ' ' || c == '-' ? '+' : c == '_' ? '/' : c;
    return text;
  }

  static std::string text_of(const Characters& characters) {
    std::string text;
    for (const Character& each : characters) text += each.character;
    return folded(text);
  }

  static bool is_break(char c) { return c == '\r' || c == '\n' || c == '\t'; }

  static Characters without_breaks(const std::string& text) {
    Characters characters;
    bool line_begins = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (is_break(text[at])) line_begins = true;
      if (is_break(text[at]) || (line_begins && text[at] == ' ')) continue;
      line_begins = false;
      characters.push_back({text[at], at, at + 1});
    }
    return characters;
  }

  static Characters decoded(const Characters& encoded) {
    const std::string text = [&] {
      std::string all;
      for (const Character& each : encoded) all += each.character;
      return all;
    }();
    Characters characters;
    for (std::size_t at = 0; at < text.size();) {
      std::size_t size = 1;
      char c = text[at];
      const auto is_hex = [&](std::size_t begin, std::size_t count) {
        const std::string part = text.substr((std::min)(begin, text.size()), count);
        return part.size() == count &&
               part.find_first_not_of("0123456789abcdefABCDEF") == part.npos;
      };
      if (c == '%' && is_hex(at + 1, 2)) {
        c = static_cast<char>(std::stoi(text.substr(at + 1, 2), nullptr, 16));
        size = 3;
      } else if (text.compare(at, 4, "\\u00") == 0 && is_hex(at + 4, 2)) {
        c = static_cast<char>(std::stoi(text.substr(at + 4, 2), nullptr, 16));
        size = 6;
      } else if (c == '\\' && at + 1 < text.size()) {
        c = text[at + 1] == 'n' || text[at + 1] == 'r' || text[at + 1] == 't' ? '\n' : text[at + 1];
        size = 2;
      }
      const std::size_t end = encoded[at + size - 1].end;
      if (!is_break(c))
        characters.push_back({c, encoded[at].begin, end});
      else if (!characters.empty())
        characters.back().end = end;
      at += size;
    }
    return characters;
  }

  static void cover(const std::string& text, const Characters& characters, const std::string& form,
                    const std::string& mark, std::vector<std::string>& covered) {
    const std::string all = text_of(characters);
    const std::size_t width = (std::min)(form.size(), std::size_t{16});
    for (std::size_t at = 0; at + width <= all.size(); ++at) {
      if (!contains(form, all.substr(at, width))) continue;
      std::size_t end = characters[at + width - 1].end;
      while (text[end - 1] == ' ' || is_break(text[end - 1])) --end;
      for (std::size_t i = characters[at].begin; i < end; ++i)
        if (covered[i].empty()) covered[i] = mark;
    }
  }

  std::vector<std::pair<std::string, std::string>> forms_;
  std::vector<std::string> marks_;
};

/// Random texts that hold pieces of secrets in random encodings.
class Texts {
 public:
  explicit Texts(std::uint32_t seed) : random_(seed) {}

  std::size_t below(std::size_t bound) { return random_() % bound; }

  std::string secret() {
    static constexpr std::size_t sizes[] = {5, 6, 7, 8, 12, 15, 16, 17, 20, 31, 60};
    static constexpr const char* alphabets[] = {
        "ab", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", "abcABC012+/=~.",
        "%41\\nu0/ +", "secret<>access token"};
    const std::string_view alphabet = alphabets[below(std::size(alphabets))];
    std::string secret;
    for (std::size_t size = sizes[below(std::size(sizes))]; secret.size() < size;)
      secret += alphabet[below(alphabet.size())];
    return secret;
  }

  std::string text(const std::vector<std::string>& secrets) {
    static constexpr const char* others[] = {
        "\n",       "\r\n  ",         "%0A", "\\n", "\\", "%", "%2", "\\u00", "%25", " ", "=",
        "<secret>", "<access token>", "x, y"};
    std::string text;
    for (std::size_t parts = 1 + below(8); parts > 0; --parts)
      text += below(3) > 0 ? piece(secrets[below(secrets.size())])
                           : std::string(others[below(std::size(others))]);
    return text;
  }

 private:
  std::string piece(const std::string& secret) {
    const std::size_t begin = below(2) * below(secret.size());
    std::string piece = secret.substr(begin, below(2) ? secret.npos : below(secret.size() + 1));
    for (std::size_t i = below(3); i > 0; --i)
      piece = encodings[below(encodings.size())].second(piece);
    if (below(4) == 0) piece.insert(below(piece.size() + 1), "\n");
    return piece;
  }

  std::mt19937 random_;
};

}  // namespace

TEST_CASE("a token is redacted in every encoding, whole or cut to 16 characters") {
  for (const auto& each : encodings) {
    CAPTURE(std::string(each.first));
    const Encoding& encode = each.second;
    for (const std::size_t size :
         {token.size(), token.size() - 1, std::size_t{40}, std::size_t{16}})
      for (std::size_t begin = 0; begin + size <= token.size(); ++begin) {
        const std::string piece = token.substr(begin, size);
        const std::string text = "!" + encode(piece) + "!";
        CAPTURE(text);
        const std::string redacted = redact(text);
        CHECK(contains(redacted, "<access token>"));
        // in base64, a digit at either end may remain, and what stood around the token
        CHECK_FALSE(contains(
            redacted, text.substr(text.size() - (std::min)(text.size(), std::size_t{20}), 9)));
      }
  }
}

TEST_CASE("nothing but the run is redacted") {
  CHECK(redact("a " + token + " b") == "a <access token> b");
  CHECK(redact(token + "\n" + token.substr(3, 20) + "\r\nnext") ==
        "<access token>\n<access token>\r\nnext");
  CHECK(redact("\"" + token.substr(0, 16) + "\n\"") == "\"<access token>\n\"");
  CHECK(redact("?t=" + percent(percent(token)) + "&u=1") == "?t=<access token>&u=1");
  CHECK(redact(token.substr(20, 15) + "|" + token.substr(0, 15)) ==
        token.substr(20, 15) + "|" + token.substr(0, 15));
}

TEST_CASE("a space of a secret is found as a plus") {
  Redactor redactor;
  redactor.add(Secret("correct horse battery staple"));
  CHECK(redactor.redact("p=correct+horse+battery+staple&") == "p=<secret>&");
  CHECK(redactor.redact("p=correct%20horse%20battery%20staple&") == "p=<secret>&");
  CHECK(redactor.redact("p=correct%2Bhorse battery&") == "p=<secret>&");
}

TEST_CASE("each secret has its own mark, and marks that are there stay") {
  Redactor redactor;
  redactor.add(AccessToken(token));
  redactor.add(Secret("a-client-secret_of-43.characters-or-so_1234"));
  redactor.add(Secret("secret"));
  redactor.add(Secret("short"));
  CHECK(redactor.redact(token + " a-client-secret_of-43.cheese") == "<access token> <secret>eese");
  CHECK(redactor.redact("secret <secret> <access token> secretsecret short") ==
        "<secret> <secret> <access token> <secret> short");
  CHECK(redactor.redact(redactor.redact("{secret}")) == "{<secret>}");
  CHECK(Redactor().redact("secret") == "secret");
}

TEST_CASE("the secret of Basic credentials is redacted") {
  const std::string secret = "kX9~wQ2!kX9/wQ2:p%ss";
  Redactor redactor;
  redactor.add(Secret(secret));
  for (const char* id : {"a", "an", "ano", "6f3e0a1c-1111-2222-3333-444455556666"})
    for (const std::string& credentials :
         {id + (":" + secret), id + (":" + detail::percent_encode(secret))}) {
      const std::string encoded = base64(credentials);
      const std::string redacted = redactor.redact("Basic " + encoded);
      CAPTURE(redacted);
      CHECK(contains(redacted, "<secret>"));
      for (std::size_t at = encoded.size() - 24; at + 6 < encoded.size(); ++at)
        CHECK_FALSE(contains(redacted, encoded.substr(at, 6)));
    }
}

TEST_CASE("a whole response is redacted, names of headers included") {
  Redactor redactor;
  redactor.add(AccessToken(token));
  const HttpResponse redacted = redactor.redact(
      {401, {{"X-" + token, "a"}, {"Location", "/?" + percent(token)}, {"A", "b"}}, "b" + token});
  CHECK(redacted.status == 401);
  CHECK(redacted.headers ==
        HttpHeaders{{"A", "b"}, {"Location", "/?<access token>"}, {"X-<access token>", "a"}});
  CHECK(redacted.body == "b<access token>");
}

TEST_CASE("ordinary text is left alone") {
  Redactor redactor;
  redactor.add(AccessToken(token));
  redactor.add(Secret("a-client-secret_of-43.characters-or-so_1234"));
  redactor.add(Secret("%41%42%43\\n\\n"));
  std::string digits;
  for (int i = 0; i < 4000; ++i) digits += base64(std::to_string(i * 7919));
  for (const std::string& text :
       {std::string(), std::string("a"), digits, std::string(70'000, 'a'), std::string(1000, '%'),
        std::string(1000, '\\'), std::string("\r\n\r\n"), std::string("\0\0\0\0\0\0\0\0", 8),
        std::string(R"({"message":"Invalid login credentials.","code":"bad.credentials","status":)"
                    R"(401,"contextId":"6f3e0a1c-1111-2222-3333-444455556666","details":[]})"),
        std::string("a client secret of 44 characters or more"), std::string("cwRto9ScT/k+Z0m")})
    CHECK(redactor.redact(text) == text);
}

TEST_CASE("redaction does as its slow and plain oracle") {
  const std::uint32_t seed = std::random_device{}();
  CAPTURE(seed);
  MESSAGE("seed: ", seed);
  Texts texts(seed);
  int changed = 0;
  for (int round = 0; round < 4000; ++round) {
    Redactor redactor;
    Oracle oracle;
    std::vector<std::string> secrets;
    const char* mark = texts.below(2) ? "<secret>" : "<access token>";
    for (std::size_t count = 1 + texts.below(3); secrets.size() < count;) {
      secrets.push_back(texts.secret());
      redactor.add(secrets.back(), mark);
      oracle.add(secrets.back(), mark);
    }
    const std::string text = texts.text(secrets);
    const std::string redacted = redactor.redact(text);
    CAPTURE(secrets.front());
    CAPTURE(text);
    REQUIRE(redacted == oracle.redact(text));
    changed += redacted != text;
  }
  CHECK(changed > 1000);
}

TEST_CASE("no text makes redaction slow") {
  Redactor redactor;
  redactor.add(AccessToken(token));
  redactor.add(Secret(std::string(10'000, 'a')));
  redactor.add(Secret("aaaaaaa"));
  for (const std::string& piece :
       {std::string("a"), std::string("aaaaaa\n"), std::string("%25252561"), token,
        token.substr(3, 15), std::string("\\u005cu0061"), std::string("<access token>")}) {
    std::string text;
    while (text.size() < 1'000'000) text += piece;
    const auto begin = std::chrono::steady_clock::now();
    CHECK(redactor.redact(text).size() <= text.size());
    // 20 ms when optimized; a quadratic search would take minutes
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(5));
  }
}
