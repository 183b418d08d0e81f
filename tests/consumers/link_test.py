# SPDX-License-Identifier: MIT
"""Each public header alone: it compiles without a warning and links, whether its bodies are in every
file or in one. usage: link_test.py SOURCE-ROOT"""

import concurrent.futures
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(sys.argv[1]).resolve()
INCLUDE = SOURCE / "include"
SINGLE = SOURCE / "single_include"
STRICT = "-std=c++17 -O0 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror".split()
SEPARATE = "-DPURECLOUD_TOKENS_SEPARATE"
LIBRARIES = "-lcpp-httplib -lssl -lcrypto -pthread".split()

FAKE_CLIENT = """
  purecloud::testing::FakeBackend backend;
  backend.service().fail_next(1, purecloud::testing::Fault::status(503));
  return backend.service().issue_token().empty();"""
CLIENT = """
  const purecloud::{name} tokens{{purecloud::Configuration::from_environment()}};
  const auto me = tokens.{call};
  return me.has_value() && purecloud::to_json(*me).empty() &&
         purecloud::from_json<purecloud::TokenInfo>("{{}}").has_value();"""
ASYNC_CLIENT = """
  const purecloud::{name} tokens{{purecloud::Configuration::from_environment()}};
  tokens.head_tokens_me().then([](const purecloud::Result<bool>&) {{}});
  return tokens.get_tokens_me().result().has_value();"""
OWN_BACKEND = """
  struct Backend {
    purecloud::HttpResult send(const purecloud::HttpRequest&, purecloud::Deadline) { return {}; }
  };"""

# What a program does with each public header, so that it needs the bodies: the end of a function
# that returns a bool, with what has to stand before it where that is not empty.
USES = {
    "access_token.hpp": 'return purecloud::AccessToken("a").empty();',
    "async_tokens.hpp": ASYNC_CLIENT.format(name="AsyncTokensApi"),
    "async_tokens_api.hpp": """
  struct Backend {
    void start(purecloud::HttpRequest, purecloud::Deadline, purecloud::StopToken,
               purecloud::Completion done) noexcept {
      done(purecloud::HttpResponse());
    }
    void call_at(purecloud::Deadline, purecloud::StopToken, purecloud::Timer due) noexcept { due(); }
  };
  const purecloud::BasicAsyncTokensApi<Backend> tokens{purecloud::Configuration(),
                                                       std::make_shared<Backend>()};
  return tokens.get_tokens_timeout().get().idle_token_timeout_seconds.has_value();""",
    "backend/async_policy.hpp": "purecloud::Timer due([] {}); due(); return true;",
    "backend/curl.hpp": CLIENT.format(name="CurlTokensApi", call="try_get_tokens_me()"),
    "backend/curl_multi.hpp": ASYNC_CLIENT.format(name="CurlAsyncTokensApi"),
    "backend/httplib.hpp": """
  purecloud::HttplibBackend backend{purecloud::Configuration::from_environment()};
  return backend.send({}, {}).index() == 0;""",
    "backend/policy.hpp": "return purecloud::Configuration::from_environment().base_url.empty();",
    "backend/threaded.hpp": OWN_BACKEND + """
  purecloud::ThreadedBackend<Backend> backend{purecloud::Configuration(), std::make_shared<Backend>()};
  backend.call_at({}, {}, purecloud::Timer([] {}));
  return true;""",
    "call_options.hpp": "return purecloud::CallOptions().stop.stop_possible();",
    "configuration.hpp": "return purecloud::Configuration::from_environment().base_url.empty();",
    "error.hpp": "throw purecloud::ApiException(purecloud::Error());",
    "future.hpp": "return purecloud::Future<purecloud::ErrorBody>().valid();",
    "http.hpp": 'return purecloud::HttpHeaders{{"A", "b"}}.empty();',
    "json.hpp": """
  return purecloud::from_json<purecloud::ErrorBody>("{}").has_value() &&
         purecloud::to_json(purecloud::ErrorBody()).empty();""",
    "model/entity.hpp": "return purecloud::Entity() == purecloud::Entity();",
    "model/error_body.hpp": "return purecloud::ErrorBody() == purecloud::ErrorBody();",
    "model/idle_token_timeout.hpp": "return purecloud::IdleTokenTimeout() == purecloud::IdleTokenTimeout();",
    "model/model.hpp": "return true;",
    "model/oauth_token.hpp": "return purecloud::OAuthToken().access_token.empty();",
    "model/open_enum.hpp": "return true;",
    "model/org_oauth_client.hpp": """
  return purecloud::format_timestamp(purecloud::OrgOAuthClient().date_created.value()).has_value();""",
    "model/token_info.hpp": "return purecloud::TokenInfo() == purecloud::TokenInfo();",
    "oauth_api.hpp": OWN_BACKEND + """
  const purecloud::BasicOAuthApi<Backend> login{purecloud::Configuration(),
                                                std::make_shared<Backend>()};
  return login.authorize_url({}).empty() || login.client_credentials().token_type.empty();""",
    "oauth_grants.hpp": "return purecloud::Pkce::generate().challenge.empty();",
    "region.hpp": 'return purecloud::parse_region("mypurecloud.ie").has_value();',
    "result.hpp": "return purecloud::Result<void>(purecloud::Error()).has_value();",
    "secret.hpp": 'return purecloud::Secret("a").empty();',
    "stop_token.hpp": "return purecloud::StopSource().get_token().stop_requested();",
    "testing.hpp": FAKE_CLIENT,
    "testing/fake_backend.hpp": FAKE_CLIENT,
    "testing/fake_client.hpp": "return purecloud::testing::FakeClient().refreshes;",
    "testing/fake_login.hpp": "return sizeof(purecloud::detail::FakeLogin) > 0;",
    "testing/fake_tokens_server.hpp": "return purecloud::testing::FakeTokensServer().base_url().empty();",
    "testing/fake_tokens_service.hpp": """
  purecloud::testing::FakeTokensService service;
  return service.issue_token().empty();""",
    "testing/fault.hpp": "return purecloud::testing::Fault::status(503).carry_out;",
    "testing/mount.hpp": """
  purecloud::testing::FakeTokensService service;
  return service.issue_token().empty();""",
    "testing/recorded_request.hpp": "return purecloud::testing::RecordedRequest().target.empty();",
    "timestamp.hpp": 'return purecloud::parse_timestamp("2026-01-01T00:00:00Z").has_value();',
    "tokens.hpp": CLIENT.format(name="TokensApi", call="try_get_tokens_me()"),
    "tokens_api.hpp": OWN_BACKEND + """
  const purecloud::BasicTokensApi<Backend> tokens{purecloud::Configuration(),
                                                  std::make_shared<Backend>()};
  return tokens.try_get_tokens_me().has_value() || tokens.head_tokens_me();""",
    "version.hpp": "return PURECLOUD_TOKENS_VERSION_MAJOR == 1;",
}

# The headers with which a file may have the bodies after it has included others of ours: the file
# with the bodies of a unity build, for example.
WITH_BODIES = ["tokens.hpp", "async_tokens.hpp", "testing.hpp", "backend/curl.hpp",
               "backend/curl_multi.hpp"]
SINGLE_HEADERS = ["tokens.hpp", "async_tokens.hpp", "testing.hpp"]
BOTH = [["async_tokens.hpp", "testing.hpp"], ["testing.hpp", "async_tokens.hpp"]]  # tokens.hpp is in each


def has_curl():
    return subprocess.run(["g++", "-E", "-x", "c++", "-"], input="#include <curl/curl.h>\n", text=True,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def available(headers):
    return [header for header in headers if "curl" not in header or has_curl()]


def included(*headers):
    return "".join(f"#include <purecloud/{header}>\n" for header in headers)


def used(header, function):
    """A file's text that needs the bodies of a header, which stands above it."""
    use = USES[header].strip()
    return f"bool {function}();\nbool {function}() {{\n  {use}\n}}\n"


def main_of(*functions):
    return "".join(f"bool {function}();\n" for function in functions) + (
        f"int main() {{ return {' || '.join(f'{function}()' for function in functions)}; }}\n")


IMPLEMENTATION = ("#define PURECLOUD_TOKENS_IMPLEMENTATION\n"
                  "#define PURECLOUD_TOKENS_TESTING_IMPLEMENTATION\n")


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="purecloud-link-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def run_one(self, command):
        return subprocess.run(["g++", *map(str, command)], cwd=self.folder, text=True, timeout=540,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def run_all(self, commands):
        """Two at a time; each must succeed without a word."""
        self.assertTrue(commands)
        with concurrent.futures.ThreadPoolExecutor(2) as pair:
            for command, done in zip(commands, pair.map(self.run_one, commands)):
                with self.subTest(" ".join(map(str, command))):
                    self.assertFalse(done.returncode or done.stdout, done.stdout)

    def build(self, root, programs, *flags):
        """Compiles and links `programs`: from a program's name to its files' texts. A text that stands
        in several of them is compiled once. That a program links of which one file has the bodies
        says the same of this file alone."""
        objects, links = {}, []
        for name, files in programs.items():
            for text in files:
                objects.setdefault(text, f"{len(objects)}.o")
            libraries = [*LIBRARIES, "-lcurl"] if any("curl" in text for text in files) else LIBRARIES
            links.append([*(objects[text] for text in files), "-o", name.replace("/", "-"), *libraries])
        for text, file in objects.items():
            (self.folder / file).with_suffix(".cpp").write_text(text, encoding="utf-8")
        self.run_all([[*STRICT, *flags, f"-I{root}", "-c", file[:-1] + "cpp", "-o", file]
                      for file in objects.values()])
        self.run_all(links)


class EachHeader(Folder):
    def headers(self):
        paths = (path.relative_to(INCLUDE / "purecloud") for path in INCLUDE.rglob("*.hpp"))
        found = sorted(str(path) for path in paths if path.parts[0] != "detail")
        self.assertEqual(found, sorted(USES), "say in USES what a program does with each")
        return available(found)

    def test_links_alone_and_with_all_others_when_each_has_the_bodies(self):
        uses = {header: f"use{number}" for number, header in enumerate(self.headers())}
        files = {header: included(header) + used(header, use) for header, use in uses.items()}
        programs = {header: [files[header], main_of(use)] for header, use in uses.items()}
        programs["all"] = [*files.values(), main_of(*uses.values())]
        self.build(INCLUDE, programs)

    def test_links_in_one_file_and_two_when_one_has_the_bodies(self):
        programs = {}
        for header in self.headers():
            one = IMPLEMENTATION + included(header) + used(header, "one")
            two = included(header) + used(header, "two")
            programs[header] = [one, two, main_of("one", "two")]
        self.build(INCLUDE, programs, SEPARATE)

    def test_links_in_a_unity_build(self):
        users = "".join(included(header) + used(header, f"use{number}")
                        for number, header in enumerate(self.headers()))
        bodies = IMPLEMENTATION + included(*available(WITH_BODIES))
        main = main_of(*(f"use{number}" for number in range(len(self.headers()))))
        self.build(INCLUDE, {"bodies last": [users + bodies + main],
                             "bodies first": [bodies + users + main]}, SEPARATE)
        self.build(INCLUDE, {"bodies in all": [users + main]})

    def test_brings_its_bodies_late_where_it_is_one_that_brings_all(self):
        programs = {}
        for header in available(WITH_BODIES):
            use = included(header) + used(header, "one")
            programs[header] = [use + IMPLEMENTATION + included(header), main_of("one")]
        self.build(INCLUDE, programs, SEPARATE)


class SingleHeaders(Folder):
    def file(self, headers, number):
        return included(*headers) + "".join(used(header, f"use{number}_{header[0]}") for header in headers)

    def main(self, headers, *numbers):
        return main_of(*(f"use{number}_{header[0]}" for number in numbers for header in headers))

    def test_link_in_one_file_and_two_when_each_has_the_bodies(self):
        """Each file has its own order."""
        programs = {"both": [self.file(headers, number) for number, headers in enumerate(BOTH)]}
        programs["both"].append(self.main(BOTH[0], 0, 1))
        self.build(SINGLE, programs)

    def test_link_in_one_file_and_two_when_one_has_the_bodies(self):
        programs = {}
        for headers in [[header] for header in SINGLE_HEADERS] + BOTH:
            one, two = IMPLEMENTATION + self.file(headers, 1), self.file(headers, 2)
            programs[" ".join(headers)] = [one, two, self.main(headers, 1, 2)]
        self.build(SINGLE, programs, SEPARATE)

    def test_link_in_a_unity_build(self):
        self.build(SINGLE, {" ".join(headers): [self.file(headers, 1) + IMPLEMENTATION +
                                                included(*headers) + self.main(headers, 1)]
                            for headers in BOTH}, SEPARATE)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[2:], verbosity=2)
