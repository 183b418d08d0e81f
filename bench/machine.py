# SPDX-License-Identifier: MIT
"""The machine and the versions that were measured."""

import os
import pathlib
import platform
import re

import process
import server
from programs import ROOT


def first_line(*command):
    """Returns the first line of a command's output; None if it cannot be run."""
    try:
        output, errors = process.run(command)
    except (process.Failed, FileNotFoundError):
        return None
    return ((output.strip() or errors.strip()).splitlines() or [None])[0]


def matched(pattern, path):
    try:
        found = re.search(pattern, pathlib.Path(path).read_text(encoding="utf-8"), re.MULTILINE)
    except OSError:
        return None
    return found[1] if found else None


def nginx():
    try:
        return first_line(server.program(), "-v")
    except process.Failed:
        return None


def describe(sdk):
    system = matched(r'^PRETTY_NAME="?([^"\n]*)', "/etc/os-release") or platform.system()
    processor = matched(r"^model name\s*: (.*)", "/proc/cpuinfo") or platform.processor()
    memory = matched(r"^MemTotal:\s+(\d+) kB", "/proc/meminfo")
    versions = {
        "purecloud-tokens": matched(r'define PURECLOUD_TOKENS_VERSION "(.*)"',
                                    ROOT / "include/purecloud/version.hpp"),
        "g++": first_line("g++", "-dumpfullversion"),
        "clang++": first_line("clang++", "-dumpversion"),
        "cpp-httplib": first_line("pkg-config", "--modversion", "cpp-httplib"),
        "nlohmann/json": first_line("pkg-config", "--modversion", "nlohmann_json"),
        "libcurl": first_line("pkg-config", "--modversion", "libcurl"),
        "OpenSSL": first_line("pkg-config", "--modversion", "openssl"),
        "Node": first_line("node", "--version"),
        "purecloud-platform-client-v2": sdk.version(),
        "nginx": (nginx() or "").rpartition("/")[2] or None,
        "valgrind": (first_line("valgrind", "--version") or "").rpartition("-")[2] or None,
    }
    return {
        "machine": f"{processor}, {os.cpu_count()} CPUs"
                   + (f", {int(memory) / 2**20:.1f} GiB" if memory else ""),
        "system": f"{system}, {platform.system()} {platform.release()}",
        "CPUs": (f"clients on {process.CLIENT_CPUS[0]}, servers on {process.SERVER_CPUS[0]}"
                 if process.PINS else "not pinned"),
        "load before": f"{os.getloadavg()[0]:.1f} in the last minute",
        "versions": ", ".join(f"{name} {version or 'none'}" for name, version in versions.items()),
    }
