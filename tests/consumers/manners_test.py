# SPDX-License-Identifier: MIT
"""What the headers do to a program that has habits of its own: macros, flags, warnings, several
files. usage: manners_test.py SOURCE-ROOT"""

import concurrent.futures
import itertools
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(sys.argv[1]).resolve()
MANNERS = SOURCE / "tests/consumers/manners"
HEADERS = SOURCE / "include/purecloud"
ROOTS = ["include", "single_include"]
COMPILERS = [compiler for compiler in ("g++", "clang++") if shutil.which(compiler)]
STANDARDS = ["c++17", "c++20", "c++2b"]
STRICT = ("-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wsign-conversion -Wold-style-cast "
          "-Werror").split()
LIBRARIES = "-lcpp-httplib -lssl -lcrypto -pthread".split()
# the user's choice for cpp-httplib, and so not ours to undefine
HTTPLIB_SETTINGS = {"CPPHTTPLIB_OPENSSL_SUPPORT", "CPPHTTPLIB_EXPECT_100_THRESHOLD"}
VERSION_MACROS = {"PURECLOUD_TOKENS_VERSION" + part for part in ("", "_MAJOR", "_MINOR", "_PATCH")}
# By which a header knows where the bodies are, also when it is included again.
INTERNAL = {"PURECLOUD_TOKENS_" + name for name in (
    "INLINE", "BODIES", "TESTING_BODIES", "EACH_MODEL", "EACH_RESULT",
    "SINGLE_HEADER", "BACKEND_CURL", "BACKEND_CURL_MULTI")}
GUARD = re.compile(r"PURECLOUD_TOKENS_[A-Z0-9_]+_[HI]PP$")  # of a part of a single header


def run(*command):
    return subprocess.run([str(word) for word in command], text=True, timeout=540,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def has_curl():
    return subprocess.run(["g++", "-E", "-x", "c++", "-"], input="#include <curl/curl.h>\n", text=True,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def users_include():
    headers = ["purecloud/tokens.hpp", "purecloud/testing.hpp", "purecloud/async_tokens.hpp"]
    return headers + ["purecloud/backend/curl.hpp"] if has_curl() else headers


def everything(root):
    return "".join(f"#include <{header}>\n" for header in users_include()
                   if (SOURCE / root / header).exists())


def included_by_ours():
    """The headers of others that any of ours includes."""
    names = set()
    for header in HEADERS.rglob("*.?pp"):
        text = header.read_text(encoding="utf-8")
        names.update(re.findall(r"^\s*#\s*include <(?!purecloud/)(.+)>", text, re.MULTILINE))
    return sorted(names - {"coroutine", "stop_token"})  # of C++20


def macros_left_by_ours(preprocessed):
    """Names that are defined at the end of a `-dD -E` output by a file of ours."""
    ours, left = False, set()
    for line in preprocessed.splitlines():
        if marker := re.match(r'# \d+ "(.*?)"', line):
            ours = marker[1].startswith(str(SOURCE))
        elif define := re.match(r"#define (\w+)", line):
            (left.add if ours else left.discard)(define[1])
        elif undefine := re.match(r"#undef (\w+)", line):
            left.discard(undefine[1])
    return left


class Manners(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="purecloud-manners-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")
        return self.folder / name

    def all_succeed(self, commands):
        """Two at a time."""
        self.assertTrue(commands)
        with concurrent.futures.ThreadPoolExecutor(2) as pair:
            for command, done in zip(commands, pair.map(lambda command: run(*command), commands)):
                with self.subTest(" ".join(map(str, command))):
                    self.assertFalse(done.returncode or done.stdout, done.stdout)

    def build_and_run(self, compiler, root, *flags):
        objects = [self.folder / name for name in ("main.o", "second.o")]
        self.all_succeed([[compiler, *flags, f"-I{SOURCE / root}", "-c",
                           MANNERS / file.with_suffix(".cpp").name, "-o", file] for file in objects])
        self.all_succeed([[compiler, *flags, *objects, *LIBRARIES, "-o", self.folder / "program"]])
        self.assertEqual(run(self.folder / "program").stdout, "2 11 401 eu_west_1 1\n")


class Macros(Manners):
    def compiles_everywhere(self, before, after=""):
        self.all_succeed([[compiler, "-std=c++17", "-fsyntax-only", f"-I{SOURCE / root}",
                           self.write(f"{root}.cpp", before + everything(root) + after)]
                          for root in ROOTS for compiler in COMPILERS])

    def test_those_of_windows_before_everything_do_no_harm(self):
        self.compiles_everywhere(f'#include "{MANNERS}/windows_macros.hpp"\n')

    def test_those_of_others_just_before_ours_do_no_harm_and_stay(self):
        """The headers that ours include come first: they have to cope with these macros themselves,
        the standard library undefines min and max, and cannot help us here."""
        others = "".join(f"#if __has_include(<{name}>)\n#include <{name}>\n#endif\n"
                         for name in included_by_ours())
        macros = "".join((MANNERS / name).read_text(encoding="utf-8")
                         for name in ("windows_macros.hpp", "other_macros.hpp"))
        checks = "".join(f'#if !defined({name})\n#error "{name} is gone"\n#endif\n'
                         for name in re.findall(r"#define (\w+)", macros))
        self.compiles_everywhere(f"#define CPPHTTPLIB_OPENSSL_SUPPORT\n{others}{macros}", checks)

    def test_of_ours_only_the_version_is_left_and_what_is_internal(self):
        """After each header by itself: the next would undefine what one forgot."""
        modes = [[], ["-DPURECLOUD_TOKENS_SEPARATE"],
                 ["-DPURECLOUD_TOKENS_SEPARATE", "-DPURECLOUD_TOKENS_IMPLEMENTATION",
                  "-DPURECLOUD_TOKENS_TESTING_IMPLEMENTATION"]]
        for root, header, mode in itertools.product(ROOTS, users_include(), modes):
            if not (SOURCE / root / header).exists():
                continue  # not among the single headers
            with self.subTest(f"{root}/{header} {mode}"):
                source = self.write("one.cpp", f"#include <{header}>\n")
                done = run("g++", "-std=c++17", "-dD", "-E", *mode, f"-I{SOURCE / root}", source)
                self.assertEqual(done.returncode, 0, done.stdout)
                left = {name for name in macros_left_by_ours(done.stdout) - HTTPLIB_SETTINGS
                        if root == "include" or not GUARD.match(name)}
                self.assertEqual(left - INTERNAL, VERSION_MACROS)


class Flags(Manners):
    def test_no_compiler_and_no_standard_warns(self):
        """Our folder is no system header here, so nothing is silenced."""
        self.all_succeed([[compiler, f"-std={standard}", "-fsyntax-only", *STRICT, f"-I{SOURCE / root}",
                           MANNERS / "main.cpp"]
                          for compiler in COMPILERS for root in ROOTS for standard in STANDARDS])

    def test_no_compiler_warns_where_char_is_unsigned(self):
        """As on ARM."""
        self.all_succeed([[compiler, "-std=c++17", "-fsyntax-only", "-funsigned-char", *STRICT,
                           f"-I{SOURCE / 'include'}", MANNERS / "main.cpp"] for compiler in COMPILERS])

    def test_two_files_without_rtti_and_with_assertions_link_and_run(self):
        self.build_and_run("g++", "include", "-std=c++17", "-fno-rtti", "-D_GLIBCXX_ASSERTIONS", *STRICT)

    def test_a_file_without_exceptions_uses_bodies_that_have_them(self):
        user = self.write("user.cpp", """
#include <purecloud/async_tokens.hpp>
#include <cstdio>
int main() {
  purecloud::Configuration configuration;
  configuration.base_url = "http://127.0.0.1:1";
  configuration.access_token = "token";
  configuration.retry.max_attempts = 1;
  const auto refused = purecloud::TokensApi(configuration).try_get_tokens_me();
  const auto later = purecloud::AsyncTokensApi(configuration).get_tokens_me().result();
  std::printf("%d %d\\n", refused.error().kind == purecloud::ErrorKind::connection,
              later.error().kind == purecloud::ErrorKind::connection);
}
""")
        bodies = self.write("bodies.cpp", """
#define PURECLOUD_TOKENS_IMPLEMENTATION
#include <purecloud/async_tokens.hpp>
""")
        flags = ["-std=c++17", *STRICT, "-DPURECLOUD_TOKENS_SEPARATE", f"-I{SOURCE / 'include'}"]
        objects = [self.folder / "user.o", self.folder / "bodies.o"]
        self.all_succeed([["g++", *flags, "-fno-exceptions", "-c", user, "-o", objects[0]],
                          ["g++", *flags, "-c", bodies, "-o", objects[1]]])
        self.all_succeed([["g++", *objects, *LIBRARIES, "-o", self.folder / "program"]])
        self.assertEqual(run(self.folder / "program").stdout, "1 1\n")

    @unittest.skipUnless("clang++" in COMPILERS, "no clang++ is here")
    def test_two_files_with_the_single_headers_link_and_run(self):
        self.build_and_run("clang++", "single_include", "-std=c++2b", "-fno-rtti", *STRICT)


class EachHeader(Manners):
    def test_compiles_alone_and_twice(self):
        headers = [header.relative_to(HEADERS.parent) for header in sorted(HEADERS.rglob("*.hpp"))
                   ]
        if not has_curl():
            headers = [header for header in headers if "curl" not in str(header)]
        self.all_succeed([["g++", "-std=c++17", "-fsyntax-only", *STRICT, f"-I{HEADERS.parent}",
                           self.write(f"{number}.cpp", f"#include <{header}>\n#include <{header}>\n")]
                          for number, header in enumerate(headers)])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[2:], verbosity=2)
