# SPDX-License-Identifier: MIT
"""Uses the library as others do: small projects, each in a folder of its own, without
a network. usage: consumers_test.py SOURCE-ROOT BUILD-ROOT [FOLDER-OF-A-SINGLE-FILE-HTTPLIB.H]"""

import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCE, BUILD = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
WHOLE_HTTPLIB = pathlib.Path(sys.argv[3]).resolve() if len(sys.argv) > 3 else None
CONSUMERS = SOURCE / "tests/consumers"
README = (SOURCE / "README.md").read_text(encoding="utf-8")


def run(*command, cwd, **environment):
    """The output of a command, which must succeed."""
    done = subprocess.run([str(word) for word in command], cwd=cwd, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          env={**os.environ, **environment}, timeout=540)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, command))} exited {done.returncode}:\n{done.stdout}")
    return done.stdout


def has_curl():
    return subprocess.run(["pkg-config", "--exists", "libcurl >= 7.80"]).returncode == 0


class Project(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="purecloud-consumer-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def copy(self, source, name=None):
        target = self.folder / (name or source.name)
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
        else:
            shutil.copy(source, target)
        return target


class OneHeaderCopied(Project):
    def compile_line(self):
        """The README's own g++ line, word by word."""
        line = re.search(r"^g\+\+ .*main\.cpp.*$", README, re.MULTILINE)
        self.assertIsNotNone(line, "the README has no g++ line for a copied header")
        return line[0].split()

    def test_compiles_with_the_command_of_the_readme_and_runs(self):
        self.copy(CONSUMERS / "header_copied", ".")
        self.copy(SOURCE / "single_include/purecloud/tokens.hpp")
        line = self.compile_line()
        line.insert(line.index("main.cpp") + 1, "second.cpp")
        strict = "-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror".split()
        run(*line[:1], *strict, *line[1:], "-o", "consumer", cwd=self.folder)
        # nothing listens on port 1
        self.assertEqual(run("./consumer", "http://127.0.0.1:1", cwd=self.folder),
                         "connection eu_west_1\n")

    @unittest.skipUnless(WHOLE_HTTPLIB, "no single-file httplib.h is here")
    def test_compiles_with_a_single_file_httplib_and_without_its_library(self):
        self.copy(CONSUMERS / "header_copied", ".")
        self.copy(SOURCE / "single_include/purecloud/tokens.hpp")
        run("g++", "-std=c++17", "-isystem", WHOLE_HTTPLIB, "main.cpp", "second.cpp", "-o", "consumer",
            "-lssl", "-lcrypto", "-pthread", cwd=self.folder)
        self.assertEqual(run("./consumer", "http://127.0.0.1:1", cwd=self.folder),
                         "connection eu_west_1\n")

    @unittest.skipUnless(WHOLE_HTTPLIB, "no single-file httplib.h is here")
    def test_another_file_may_use_a_single_file_httplib_without_openssl(self):
        self.copy(CONSUMERS / "mixed_httplib", ".")
        self.copy(SOURCE / "single_include/purecloud/tokens.hpp")
        for file in ("main", "other"):
            run("g++", "-std=c++17", "-g", "-fsanitize=address", "-isystem", WHOLE_HTTPLIB, "-c",
                f"{file}.cpp", "-o", f"{file}.o", cwd=self.folder)
        for order in (["main.o", "other.o"], ["other.o", "main.o"]):  # which of two bodies is linked
            run("g++", "-fsanitize=address", *order, "-o", "consumer", "-lssl", "-lcrypto", "-pthread",
                cwd=self.folder)
            self.assertEqual(run("./consumer", cwd=self.folder), "Connection, connection\n")

    def test_a_plugin_may_be_unloaded_while_a_look_up_of_it_still_waits(self):
        self.copy(CONSUMERS / "plugin", ".")
        self.copy(SOURCE / "single_include/purecloud/tokens.hpp")
        # with unique symbols GNU's loader would never unload it
        run("g++", "-std=c++17", "-fno-gnu-unique", "-fPIC", "-shared", "plugin.cpp", "-o", "plugin.so",
            "-lcpp-httplib", "-lssl", "-lcrypto", "-pthread", cwd=self.folder)
        run("g++", "-std=c++17", "-rdynamic", "main.cpp", "-o", "main", "-ldl", "-pthread",
            cwd=self.folder)
        self.assertEqual(run("./main", cwd=self.folder), "unloaded in order\n")

    def test_says_what_is_missing_when_httplib_was_included_without_openssl(self):
        self.copy(SOURCE / "single_include/purecloud/tokens.hpp")
        (self.folder / "main.cpp").write_text(
            '#define CPPHTTPLIB_HTTPLIB_H\n#include "tokens.hpp"\nint main() {}\n')
        with self.assertRaisesRegex(AssertionError, "include <purecloud/tokens.hpp> first"):
            run("g++", "-std=c++17", "-fsyntax-only", "main.cpp", cwd=self.folder)

    def test_says_what_is_wrong_with_a_backend_that_does_not_fit(self):
        self.copy(SOURCE / "single_include/purecloud/tokens.hpp")
        program = ('#include "tokens.hpp"\nstruct Backend {{ {member} }};\n'
                   "purecloud::BasicTokensApi<Backend> tokens{{{{}}, std::make_shared<Backend>()}};\n")
        for member, sentence in [
            ("", "the backend lacks a member that can be called as send"),
            ("int send(const purecloud::HttpRequest&, purecloud::Deadline);", "must return a"),
        ]:
            (self.folder / "main.cpp").write_text(program.format(member=member))
            with self.assertRaisesRegex(AssertionError, sentence):
                run("g++", "-std=c++17", "-fsyntax-only", "main.cpp", cwd=self.folder)


class Bundle(Project):
    def make(self, *folders):
        (self.folder / "purecloud").mkdir()
        options = [word for folder in folders for word in ("-I", folder)]
        run(sys.executable, SOURCE / "single_include/amalgamate.py", "--bundle",
            self.folder / "purecloud/tokens.hpp", *options, cwd=self.folder)

    def test_debians_split_header_is_refused_with_the_fix(self):
        if "bool ClientImpl::send(Request" in pathlib.Path("/usr/include/httplib.h").read_text():
            self.skipTest("the installed httplib.h is a single file")
        with self.assertRaisesRegex(AssertionError, "requires upstream's single-file httplib.h"):
            self.make()

    @unittest.skipUnless(WHOLE_HTTPLIB, "no single-file httplib.h is here")
    def test_works_in_a_program_that_has_another_httplib(self):
        self.make(WHOLE_HTTPLIB)
        self.copy(CONSUMERS / "bundle/main.cpp")
        strict = "-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror".split()
        run("g++", "-std=c++17", *strict, "-I.", "main.cpp", "-o", "consumer", "-lcpp-httplib", "-lssl",
            "-lcrypto", "-pthread", cwd=self.folder)
        self.assertEqual(run("./consumer", cwd=self.folder), "Connection, connection\n")

    @unittest.skipUnless(WHOLE_HTTPLIB, "no single-file httplib.h is here")
    def test_is_all_that_a_program_needs_beside_openssl(self):
        self.make(WHOLE_HTTPLIB)
        (self.folder / "main.cpp").write_text("#include <purecloud/tokens.hpp>\nint main() { "
                                              "purecloud::TokensApi{purecloud::Configuration{}}; }\n")
        run("g++", "-std=c++17", "-I.", "main.cpp", "-lssl", "-lcrypto", "-pthread", cwd=self.folder)
        included = run("g++", "-std=c++17", "-I.", "-M", "main.cpp", cwd=self.folder)
        for dependency in ("httplib.h", "nlohmann"):
            self.assertNotIn(dependency, included)


class MesonWrap(Project):
    @unittest.skipUnless((SOURCE / ".git").exists(), "meson dist archives a git checkout: this is none")
    def test_dependency_finds_the_wrapped_archive(self):
        self.copy(CONSUMERS / "meson_wrap", ".")
        run("meson", "dist", "--no-tests", "--allow-dirty", "--formats", "gztar", cwd=BUILD)
        archive = next((BUILD / "meson-dist").glob("purecloud-tokens-*.tar.gz"))
        wrap = re.search(r"```ini\n(\[wrap-file\].*?)```",
                         (SOURCE / "docs/install.md").read_text(encoding="utf-8"), re.DOTALL)
        self.assertIsNotNone(wrap, "docs/install.md has no wrap to paste")
        text = re.sub(r"^source_url = .*$", f"source_url = {archive.as_uri()}", wrap[1], flags=re.MULTILINE)
        text = re.sub(r"^source_hash = .*$",
                      f"source_hash = {hashlib.sha256(archive.read_bytes()).hexdigest()}", text,
                      flags=re.MULTILINE)
        (self.folder / "subprojects").mkdir(exist_ok=True)
        (self.folder / "subprojects/purecloud-tokens.wrap").write_text(text)
        run("meson", "setup", "build", cwd=self.folder)
        run("meson", "test", "-C", "build", cwd=self.folder)


class ExampleCopied(Project):
    def test_an_example_out_of_the_tree_is_changed_and_run(self):
        example = self.copy(SOURCE / "examples/unit_test_with_fake.cpp", "main.cpp")
        for header in ("tokens.hpp", "testing.hpp"):
            self.copy(SOURCE / "single_include/purecloud" / header)
        text = example.read_text(encoding="utf-8")
        changed = re.sub(r"<purecloud/(tokens|testing)\.hpp>", r'"\1.hpp"', text)
        self.assertNotEqual(text, changed)
        example.write_text(changed, encoding="utf-8")
        run("g++", "-std=c++17", "main.cpp", "-o", "changed", "-lcpp-httplib", "-lssl", "-lcrypto",
            "-pthread", cwd=self.folder)
        run("./changed", cwd=self.folder)


class CMake(Project):
    def copy_consumer(self):
        self.copy(CONSUMERS / "cmake", ".")
        for name in ("main.cpp", "second.cpp"):
            text = (CONSUMERS / "header_copied" / name).read_text(encoding="utf-8")
            (self.folder / name).write_text(text.replace('"tokens.hpp"', "<purecloud/tokens.hpp>"))
        self.copy(CONSUMERS / "curl/main.cpp", "curl.cpp")

    def build_and_run(self, *options):
        run("cmake", "-G", "Ninja", "-S", ".", "-B", "build", *options, cwd=self.folder)
        run("cmake", "--build", "build", "--parallel", "2", cwd=self.folder)
        for kind in ("tokens", "tokens_separate"):
            self.assertEqual(run(f"build/consumer_{kind}", "http://127.0.0.1:1", cwd=self.folder),
                             "connection eu_west_1\n")
        for kind in ("tokens_curl", "tokens_curl_separate") if has_curl() else ():
            self.assertEqual(run(f"build/consumer_{kind}", "http://127.0.0.1:1", cwd=self.folder),
                             "connection\n")

    def test_find_package_finds_an_installed_copy(self):
        self.copy_consumer()
        prefix = self.folder / "prefix"
        run("cmake", "-G", "Ninja", "-S", SOURCE, "-B", "library", f"-DCMAKE_INSTALL_PREFIX={prefix}",
            cwd=self.folder)
        run("cmake", "--build", "library", cwd=self.folder)
        run("cmake", "--install", "library", cwd=self.folder)
        self.build_and_run(f"-DCMAKE_PREFIX_PATH={prefix}")

    def test_fetch_content_adds_the_source(self):
        self.copy_consumer()
        self.build_and_run(f"-DPURECLOUD_SOURCE={SOURCE}")

    def test_takes_the_targets_that_the_project_has_for_the_dependencies(self):
        self.copy_consumer()
        run("cmake", "-G", "Ninja", "-S", ".", "-B", "build", f"-DPURECLOUD_SOURCE={SOURCE}",
            "-DOWN_DEPENDENCIES=ON", cwd=self.folder)


class OtherLibraries(Project):
    def compile(self, example, *flags):
        self.copy(CONSUMERS / example / "main.cpp")
        run("g++", "-std=c++17", "-Wall", "-Wextra", "-Werror", f"-I{SOURCE / 'include'}", "main.cpp", "-o",
            "consumer", *flags, "-lssl", "-lcrypto", "-pthread", cwd=self.folder)

    def test_models_convert_to_documents_of_nlohmann_json_and_back(self):
        self.compile("nlohmann", "-lcpp-httplib")
        self.assertEqual(run("./consumer", cwd=self.folder).splitlines(), [
            '{"newer":[1],"organization":{"id":"1","name":"Acme"}}', "1", "2",
            "/name: not a string, kept"])

    def test_over_libcurl_cpp_httplib_is_neither_included_nor_linked(self):
        self.compile("curl", "-lcurl")
        self.assertEqual(run("./consumer", "http://127.0.0.1:1", cwd=self.folder), "connection\n")
        self.assertNotIn("httplib", run("ldd", "./consumer", cwd=self.folder))

    def test_curl_beside_a_single_header_is_refused_with_the_fix(self):
        (self.folder / "main.cpp").write_text("#include <purecloud/tokens.hpp>\n"
                                              "#include <purecloud/backend/curl.hpp>\nint main() {}\n")
        with self.assertRaisesRegex(AssertionError, "use tokens.hpp from include/, too"):
            run("g++", "-std=c++17", "-fsyntax-only", f"-I{SOURCE / 'single_include'}",
                f"-I{SOURCE / 'include'}", "main.cpp", cwd=self.folder)


class SeparateCompilation(Project):
    def test_only_the_implementation_file_compiles_the_dependencies(self):
        (self.folder / "main.cpp").write_text("#include <purecloud/tokens.hpp>\nint main() {}\n")
        separate = ["g++", "-std=c++17", "-DPURECLOUD_TOKENS_SEPARATE", f"-I{SOURCE / 'include'}"]
        included = run(*separate, "-M", "main.cpp", cwd=self.folder)
        self.assertNotRegex(included, r"/httplib\.h\b")
        self.assertNotIn("nlohmann", included)

    def test_static_libraries_are_found_through_pkg_config(self):
        """In a unity build, too, what does not use libcurl is linked without it."""
        self.copy(CONSUMERS / "header_copied", ".")
        self.copy(CONSUMERS / "curl/main.cpp", "curl.cpp")
        prefix = self.folder / "prefix"
        run("meson", "setup", "build", SOURCE, "-Dseparate=true", "-Dtests=disabled", "--unity=on",
            "-Dexamples=disabled", f"--prefix={prefix}", cwd=self.folder)
        run("meson", "install", "-C", "build", cwd=self.folder)
        for source in ("main.cpp", "second.cpp"):
            text = (self.folder / source).read_text(encoding="utf-8")
            (self.folder / source).write_text(text.replace('"tokens.hpp"', "<purecloud/tokens.hpp>"))
        paths = {"PKG_CONFIG_PATH": str(prefix / "share/pkgconfig")}
        programs = [("purecloud-tokens", ["main.cpp", "second.cpp"], "connection eu_west_1\n")]
        if has_curl():
            programs.append(("purecloud-tokens-curl", ["curl.cpp"], "connection\n"))
        for package, sources, output in programs:
            flags = run("pkg-config", "--cflags", "--libs", package, cwd=self.folder, **paths).split()
            self.assertEqual("-lcurl" in flags, package == "purecloud-tokens-curl")
            run("g++", "-std=c++17", *sources, *flags, "-o", "consumer", cwd=self.folder)
            self.assertEqual(run("./consumer", "http://127.0.0.1:1", cwd=self.folder), output)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
