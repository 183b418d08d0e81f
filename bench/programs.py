# SPDX-License-Identifier: MIT
"""Builds the benchmark programs."""

import concurrent.futures
import os
import pathlib
import shutil

import process

BENCH = pathlib.Path(__file__).resolve().parent
ROOT = BENCH.parent

THIS_HTTPLIB = "this over httplib"
THIS_CURL = "this over libcurl"
BARE_HTTPLIB = "bare httplib + parse"
BARE_CURL = "bare libcurl + parse"
THIS_MULTI = "this over curl_multi"
BARE_MULTI = "bare curl_multi + parse"
SDK = "JavaScript SDK"

CONTENDERS = {
    THIS_HTTPLIB: "this_over_httplib",
    BARE_HTTPLIB: "bare_httplib",
    THIS_CURL: "this_over_curl",
    BARE_CURL: "bare_curl",
}
MANY = {  # calls at once
    THIS_MULTI: "many_this_over_curl_multi",
    BARE_MULTI: "many_bare_curl_multi",
}


def flags(kind, *packages):
    """Returns the flags from pkg-config for those packages that are installed."""
    found = []
    for package in packages:
        try:
            found += process.run(["pkg-config", kind, package])[0].split()
        except (process.Failed, FileNotFoundError):
            continue
    return found


class Programs:
    """The programs' paths by name. For one that could not be built, raises process.Failed."""

    def __init__(self, folder, compiler="g++"):
        folder.mkdir()
        self.folder, self.compiler, self.problems = folder, compiler, {}
        if not shutil.which(compiler):
            raise process.Failed(f"{compiler} is not installed")
        jobs = {"launch": ("launch.cpp", ["-static"]), "json": ("json.cpp", []),
                "rules": ("rules.cpp", [])}
        for contender in (*CONTENDERS.values(), "this_over_curl_multi"):
            jobs[contender] = ("calls.cpp", [f'-DCONTENDER="contender/{contender}.hpp"'])
        for name in MANY.values():
            jobs[name] = ("calls_in_flight.cpp",
                          [f'-DCONTENDER="contender/{name.removeprefix("many_")}.hpp"'])
        with concurrent.futures.ThreadPoolExecutor(min(os.cpu_count() or 1, 4)) as pool:
            builds = [pool.submit(self.build, name, source, options)
                      for name, (source, options) in jobs.items()]
            try:
                concurrent.futures.wait(builds)
            except BaseException:
                for each in builds:
                    each.cancel()
                process.stop_all()
                raise

    def build(self, name, source, options):
        packages = ["cpp-httplib", "nlohmann_json", "openssl"]
        if "curl" in name:
            packages.append("libcurl")
        libraries = [] if name == "launch" else [*flags("--libs", *packages), "-pthread"]
        try:
            process.run([self.compiler, "-std=c++17", "-O2", f"-I{ROOT / 'include'}",
                         *flags("--cflags", *packages), *options, BENCH / source,
                         "-o", self.folder / name, *libraries], timeout=600)
        except process.Failed as failure:
            self.problems[name] = f"{source} does not build: {failure}"

    def __getitem__(self, name):
        if name in self.problems:
            raise process.Failed(self.problems[name])
        return self.folder / name
