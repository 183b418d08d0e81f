# SPDX-License-Identifier: MIT
"""Compiles and runs what the README shows. usage: readme_test.py SOURCE-ROOT"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(sys.argv[1]).resolve()
README = (SOURCE / "README.md").read_text(encoding="utf-8")
EXCERPTS = re.findall(r"```cpp\n(.*?)```", README, re.DOTALL)
PROGRAMS = [excerpt for excerpt in EXCERPTS if "int main()" in excerpt]
FRAGMENTS = [excerpt for excerpt in EXCERPTS if "int main()" not in excerpt]
COROUTINE = """#include <purecloud/async_tokens.hpp>
#include <coroutine>
#include <exception>
#include <iostream>
struct Task {
  struct promise_type {
    Task get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};
Task fragment(purecloud::Configuration config) {
  { %s }
  co_return;
}
"""


def run(*command, cwd, environment=None):
    return subprocess.run(command, cwd=cwd, env=environment, text=True, timeout=540,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


class Readme(unittest.TestCase):
    def program(self, beginning):
        """Builds and runs the program that holds a text, with the single headers beside it."""
        [source] = [program for program in PROGRAMS if beginning in program]
        folder = pathlib.Path(tempfile.mkdtemp(prefix="purecloud-readme-"))
        self.addCleanup(shutil.rmtree, folder)
        shutil.copytree(SOURCE / "single_include/purecloud", folder / "purecloud")
        (folder / "main.cpp").write_text(source, encoding="utf-8")
        line = re.search(r"^g\+\+ .*main\.cpp.*$", README, re.MULTILINE)[0].split()
        built = run(*line, "-I.", "-Wall", "-Wextra", "-Werror", cwd=folder)
        self.assertEqual(built.returncode, 0, built.stdout)
        clean = {name: value for name, value in os.environ.items() if "GENESYS" not in name}
        return run("./a.out", cwd=folder, environment=clean)

    def test_every_program_is_run_below(self):
        self.assertEqual(len(PROGRAMS), 2)

    def test_what_is_no_whole_program_compiles_in_a_coroutine(self):
        self.assertEqual(len(FRAGMENTS), 2)
        with tempfile.TemporaryDirectory() as folder:
            for number, fragment in enumerate(FRAGMENTS):
                (pathlib.Path(folder) / f"{number}.cpp").write_text(COROUTINE % fragment,
                                                                    encoding="utf-8")
            built = run("g++", "-std=c++20", "-fsyntax-only", f"-I{SOURCE / 'single_include'}",
                        *(f"{number}.cpp" for number in range(len(FRAGMENTS))), cwd=folder)
            self.assertEqual(built.returncode, 0, built.stdout)

    def test_each_test_that_shows_a_promise_is_there(self):
        table = README.partition("| promise | shown by the test |\n|---|---|\n")[2].partition("\n\n")[0]
        named = [name for row in table.splitlines()
                 for name in re.findall(r"`([^`]+)`", row.split(" | ")[-1])]
        self.assertGreater(len(named), 15)
        tests = "".join(path.read_text(encoding="utf-8")
                        for path in (SOURCE / "tests").glob("*/*_test.cpp"))
        tests = re.sub(r'"\s*"', "", tests)  # a name may be written in two pieces
        for name in named:
            self.assertRegex(tests, rf'TEST_CASE[A-Z_]*\(\s*"{re.escape(name)}"')

    def test_every_file_that_is_linked_is_there(self):
        for page in [SOURCE / "README.md", SOURCE / "CONTRIBUTING.md", *(SOURCE / "docs").glob("*.md"),
                     SOURCE / "tools/tokens/README.md"]:
            for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
                if not target.endswith(".html"):  # a page of the API reference
                    self.assertTrue((page.parent / target).exists(), f"{page}: {target}")

    def test_the_first_program_says_what_it_needs(self):
        done = self.program("from_environment")
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn("access_token: is empty", done.stdout)

    def test_the_backend_logs_four_attempts(self):
        done = self.program("class LoggingBackend")
        self.assertEqual(done.stdout.count("HEAD /api/v2/tokens/me\n"), 4, done.stdout)
        self.assertIn("(after 4 attempts)", done.stdout)

    def test_the_quickstart_command_runs(self):
        self.assertIn("sh examples/run ", README)
        done = run("sh", str(SOURCE / "examples/run"), "--no-install", cwd="/")
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn("renewed", done.stdout)

    def test_the_test_command_explains_itself(self):
        self.assertIn("sh tests/run ", README)
        done = run("sh", str(SOURCE / "tests/run"), "--help", cwd="/")
        self.assertIn("N passed, N failed", done.stdout)

    def test_the_benchmark_command_explains_itself(self):
        self.assertIn("sh bench/run --check", README)
        done = run("sh", str(SOURCE / "bench/run"), "--help", cwd="/")
        self.assertIn("--check", done.stdout)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
