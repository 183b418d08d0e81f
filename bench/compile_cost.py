# SPDX-License-Identifier: MIT
"""Measures how long a user's file takes to compile: a file with one call, for each way to include this
library, and the same call over the bare libraries."""

import functools
import shutil
import time

import process
from harness import Measure, Metric
from programs import ROOT

COMPILERS = ("g++", "clang++")
METRICS = (Metric("cpu_s", "CPU s", 2), Metric("wall_s", "s", 2), Metric("peak_mb", "peak MB"),
           Metric("object_kb", "object KB"))

HEADER_ONLY, SINGLE, SEPARATE, BARE = "header-only", "single header", "separate", "bare httplib.h + json.hpp"

USE = """\
#include <purecloud/tokens.hpp>
std::string name(purecloud::TokensApi& tokens) { return *tokens.get_tokens_me().organization->name; }
"""
BARE_USE = """\
#include <httplib.h>
#include <nlohmann/json.hpp>
std::string name(httplib::Client& client) { return nlohmann::json::parse(client.Get("/api/v2/tokens/me")->body)["organization"]["name"]; }
"""
WAYS = {
    HEADER_ONLY: (USE, [f"-I{ROOT / 'include'}"]),
    SINGLE: (USE, [f"-I{ROOT / 'single_include'}"]),
    SEPARATE: (USE, [f"-I{ROOT / 'include'}", "-DPURECLOUD_TOKENS_SEPARATE"]),
    BARE: (BARE_USE, ["-DCPPHTTPLIB_OPENSSL_SUPPORT"]),
}


def key(compiler, level, header):
    return f"compile {compiler} {level} {header}"


class CompileCost:
    def __init__(self, folder, programs, httplib):
        """`httplib` is a folder with a single-file httplib.h, or None."""
        folder.mkdir()
        self.folder, self.programs, self.httplib = folder, programs, httplib

    def once(self, way, compiler, level, header):
        text, options = WAYS[way]
        if not shutil.which(compiler):
            raise process.Failed(f"{compiler} is not installed")
        if header == "whole":
            options = [*options, "-isystem", self.httplib]
        source, result = self.folder / "user.cpp", self.folder / "user.o"
        source.write_text(text)
        found = process.figures([self.programs["launch"], compiler, "-std=c++17", f"-{level}", *options,
                                 "-c", source, "-o", result], timeout=120, cpus=process.CLIENT_CPUS)
        return {"cpu_s": found["process_cpu_seconds"], "wall_s": found["process_seconds"],
                "peak_mb": found["peak_rss_kb"] / 1024, "object_kb": result.stat().st_size / 1024}

    def measures(self, rounds, end, quick):
        """Yields the measures. Each may use its share of the time that is left when it begins."""
        headers = ["installed"] + (["whole"] if self.httplib else [])
        plan = [(compiler, level, header) for level in ("O2", "O0") for header in headers
                for compiler in COMPILERS if not quick or (compiler, level) == ("g++", "O2")]
        # weights: a single-file httplib.h takes longer, and so does -O2
        weights = [(2 if level == "O2" else 1) * (2 if header == "whole" else 1)
                   for _, level, header in plan]
        for i, (compiler, level, header) in enumerate(plan):
            cells = {way: functools.partial(self.once, way, compiler, level, header) for way in WAYS}
            yield Measure(key(compiler, level, header),
                          f"compile one file: {compiler} -{level}, {header} httplib.h", METRICS, cells,
                          rounds, (end - time.monotonic()) * weights[i] / sum(weights[i:]))
