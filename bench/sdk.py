# SPDX-License-Identifier: MIT
"""Installs the official JavaScript SDK from npm, into a temporary folder."""

import json
import pathlib
import shutil

import process

PACKAGE = "purecloud-platform-client-v2"


class Sdk:
    """`folder` raises process.Failed if there is no SDK. `given` is a folder with node_modules, or None."""

    def __init__(self, scratch, given, install):
        self.problem = None
        self.root = pathlib.Path(given or scratch).resolve()
        if not shutil.which("node"):
            self.problem = "node is not installed"
        elif not given and not install:
            self.problem = "--no-install: the SDK comes from npm (or give its folder with --sdk)"
        elif not given:
            self.install()
        if not self.problem and not self.package().is_file():
            self.problem = f"no {PACKAGE} in {self.root}/node_modules"

    def install(self):
        try:
            process.run(["npm", "install", "--no-audit", "--no-fund", "--loglevel=error",
                         "--ignore-scripts", "--prefix", self.root, PACKAGE], timeout=120)
        except (process.Failed, FileNotFoundError) as failure:
            self.problem = f"npm install {PACKAGE}: {failure}"

    def package(self):
        return self.root / "node_modules" / PACKAGE / "package.json"

    @property
    def folder(self):
        if self.problem:
            raise process.Failed(self.problem)
        return self.package().parent

    def version(self):
        if self.problem:
            return None
        return json.loads(self.package().read_text(encoding="utf-8"))["version"]
