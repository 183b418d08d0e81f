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
PROGRAMS = re.findall(r"```cpp\n(.*?)```", README, re.DOTALL)


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
