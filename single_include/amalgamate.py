#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the single headers from include/.

    python3 single_include/amalgamate.py             writes single_include/purecloud/*.hpp
    python3 single_include/amalgamate.py --check     compares, and says how to fix a difference
    python3 single_include/amalgamate.py --bundle FILE [-I DIR]...
                                                     writes one with the dependencies in it
"""

import argparse
import difflib
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
INCLUDE = HERE.parent / "include"
OUTPUTS = ["purecloud/tokens.hpp", "purecloud/testing.hpp", "purecloud/async_tokens.hpp"]
FIX = "python3 single_include/amalgamate.py"

SPDX = "// SPDX-License-Identifier: MIT"
PRAGMA_ONCE = "#pragma once"
OWN_INCLUDE = re.compile(r"#\s*include\s*<(purecloud/[^>]+)>")
ANY_INCLUDE = re.compile(r"#\s*include\s*([<\"][^>\"]+[>\"])")


class Amalgamation:
    """One output. What `base`, an output that it includes, holds is left out, unless it holds it
    under an #if: that may have been false there and be true here.

    A header with #pragma once is emitted once, under a guard of its own. One without it (see
    detail/separate.hpp) is emitted where it is included first, and read again with the output.
    Bodies (.ipp) come last: where a header without #pragma once includes them."""

    def __init__(self, root, base=None):
        self.root = root
        self.base = base
        self.lines = []
        self.emitted = {}  # name of an own header, or an include, to the #if it stands under
        if base:
            self.emitted.update({name: [] for name, under in base.emitted.items() if not under})
        self.conditions = []
        self.inline(root)

    def seen(self, name):
        """Whether the name has been emitted where this line can see it."""
        return name in self.emitted and self.conditions[: len(self.emitted[name])] == self.emitted[name]

    def inline(self, name):
        if name in self.emitted and not self.seen(name):
            sys.exit(f"{name} is included under `{self.emitted[name][-1]}` first and without it later; "
                     "include it where both can see it")
        self.emitted[name] = list(self.conditions)
        body = (INCLUDE / name).read_text(encoding="utf-8").split("\n")
        if body[0] != SPDX:
            sys.exit(f"{name} does not begin with: {SPDX}")
        once = PRAGMA_ONCE in body
        self.lines += ["", f"// ---- {name} " + "-" * (92 - len(name))]
        if once:
            guard = "PURECLOUD_TOKENS_" + re.sub(r"\W", "_", name.removeprefix("purecloud/")).upper()
            self.lines += [f"#if !defined({guard})", f"#define {guard}"]
        for line in body[1:]:
            self.add(line, bodies=not once or name.endswith(".ipp"))
        if once:
            self.lines.append("#endif")

    def add(self, line, bodies):
        code = line.strip()
        own, include = OWN_INCLUDE.match(code), ANY_INCLUDE.match(code)
        if code == PRAGMA_ONCE:
            return
        if own:
            if self.base and own[1] == self.base.root:
                self.lines.append(f'#include "{pathlib.PurePosixPath(own[1]).name}"')
            elif not self.seen(own[1]) and (bodies or not own[1].endswith(".ipp")):
                self.inline(own[1])
            return
        if include:
            if self.seen(include[1]):
                return
            self.emitted[include[1]] = list(self.conditions)
        elif re.match(r"#\s*if", code):
            self.conditions.append(code)
        elif re.match(r"#\s*(else|elif)", code):
            self.conditions[-1] = code + f" of line {len(self.lines)}"
        elif re.match(r"#\s*endif", code):
            self.conditions.pop()
            if self.lines[-1].startswith("#if"):  # what it held is emitted elsewhere
                self.lines.pop()
                return
        self.lines.append(line)

    def text(self):
        version = re.search(r'define PURECLOUD_TOKENS_VERSION "(.+)"',
                            (INCLUDE / "purecloud/version.hpp").read_text(encoding="utf-8"))[1]
        head = [SPDX, "",
                f"// {self.root} of purecloud-tokens {version}, in one file: a client for the Genesys Cloud Tokens",
                "// API. Generated from include/ by single_include/amalgamate.py: change it there.",
                "#undef PURECLOUD_TOKENS_SINGLE_HEADER",
                "#define PURECLOUD_TOKENS_SINGLE_HEADER"]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(head + self.lines).rstrip() + "\n")


def outputs():
    """The name and the text of each output."""
    tokens = Amalgamation(OUTPUTS[0])
    return [(output.root, output.text())
            for output in [tokens] + [Amalgamation(root, base=tokens) for root in OUTPUTS[1:]]]


def main():
    parser = argparse.ArgumentParser(description="Writes the single headers from include/.")
    parser.add_argument("--check", action="store_true", help="compare only; exit 1 on a difference")
    parser.add_argument("--bundle", metavar="FILE", type=pathlib.Path,
                        help="write tokens.hpp with cpp-httplib in it to FILE")
    parser.add_argument("-I", metavar="DIR", dest="folders", action="append", default=[],
                        help="look for httplib.h here first")
    arguments = parser.parse_args()
    if arguments.bundle:
        import bundle
        text = bundle.bundle(Amalgamation(OUTPUTS[0]).text(), arguments.folders)
        arguments.bundle.write_text(text, encoding="utf-8")
        return
    stale = False
    for name, text in outputs():
        path = HERE / name
        if not arguments.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            continue
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        if old != text:
            stale = True
            difference = difflib.unified_diff(old.splitlines(), text.splitlines(),
                                              f"{name} as committed", f"{name} from include/", n=1,
                                              lineterm="")
            print("\n".join(list(difference)[:40]))
    if stale:
        sys.exit(f"single_include/ is stale. Fix it with: {FIX}")


if __name__ == "__main__":
    main()
