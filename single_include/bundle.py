# SPDX-License-Identifier: MIT
"""tokens.hpp together with the headers that it needs, cpp-httplib and nlohmann/json: beside it a
program needs a compiler and OpenSSL. It is a build's output, and never committed."""

import os
import pathlib
import re
import subprocess
import sys

LICENCE = pathlib.Path(__file__).resolve().parent.parent / "LICENSE"
OWN_NAMESPACE = "purecloud_bundled_httplib"
OWN_GUARD = "PURECLOUD_BUNDLED_HTTPLIB_H"
JSON_INCLUDE = re.compile(r"\s*#\s*include\s*<(nlohmann/[^>]+)>")


def system_folders():
    """Where the compiler looks for <…>."""
    compiler = os.environ.get("CXX", "c++").split()
    said = subprocess.run(compiler + ["-E", "-x", "c++", "-v", os.devnull], text=True, check=True,
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE).stderr
    listed = said.split("#include <...> search starts here:")[1].split("End of search list.")[0]
    return [pathlib.Path(line.strip()) for line in listed.strip().splitlines()]


def find(name, folders):
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    sys.exit(f"{name} is not on the include path; name its folder with -I")


def json_lines(name, folders, emitted):
    """A header of nlohmann/json and those that it includes: Debian ships it in 44 files."""
    if name in emitted:
        return []
    text = find(name, folders).read_text(encoding="utf-8")
    if "_HPP_" in text or "#pragma once" in text:  # macro_unscope.hpp is meant to be repeated
        emitted.add(name)
    lines = []
    for line in text.splitlines():
        include = JSON_INCLUDE.match(line)
        if include:
            lines += json_lines(include[1], folders, emitted)
        elif line.strip() != "#pragma once":
            lines.append(line)
    return lines


def httplib_text(folders):
    path = find("httplib.h", folders)
    text = path.read_text(encoding="utf-8")
    if "CPPHTTPLIB_HTTPLIB_H" not in text:
        sys.exit(f"{path} lacks the include guard CPPHTTPLIB_HTTPLIB_H: this is no httplib.h we know")
    if "bool ClientImpl::send(Request &req, Response &res, Error &error) {" not in text:
        sys.exit(f"{path} is split: it has declarations only, their bodies are in a library (Debian's "
                 "package is made so). The bundle needs a whole httplib.h, as upstream releases it; "
                 "name its folder with -I DIR (Meson: -Dhttplib_dir=DIR)")
    return text.replace("CPPHTTPLIB_HTTPLIB_H", OWN_GUARD)


def without_warnings(lines):
    """What the user's compiler would say of a system header: nothing."""
    kinds = ["-Wpragmas", "-Wunknown-warning-option", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion",
             "-Wsign-conversion", "-Wshadow", "-Wold-style-cast", "-Wtype-limits"]
    off = [f'#pragma GCC diagnostic ignored "{kind}"' for kind in kinds]
    return ["#if defined(__GNUC__)", "#pragma GCC diagnostic push", *off, "#endif", *lines,
            "#if defined(__GNUC__)", "#pragma GCC diagnostic pop", "#endif"]


def bundle(tokens, folders):
    """The text of the bundle. `tokens` is that of tokens.hpp."""
    folders = [pathlib.Path(folder) for folder in folders] + system_folders()
    httplib = httplib_text(folders)
    json = json_lines("nlohmann/json.hpp", folders, set())
    json_owner = re.search(r"Copyright[^\n]*?(\d{4}[^\n]*Niels Lohmann)|(\d{4}[^\n]*Niels Lohmann)", "\n".join(json))
    httplib_owner = re.search(r"Copyright \(c\) ([^.\n]*)", httplib)
    owners = [f"cpp-httplib: Copyright (c) {httplib_owner[1]}",
              f"nlohmann/json: Copyright (c) {json_owner[1] or json_owner[2]}"]

    # Another httplib.h, and its settings, may stand before or behind the bundle: the namespace is
    # renamed, and every macro put aside and brought back.
    macros = sorted(set(re.findall(r"\bCPPHTTPLIB_\w+", httplib + tokens)))
    before = [line for macro in macros
              for line in (f'#pragma push_macro("{macro}")', f"#undef {macro}")]
    after = [line for macro in macros
             for line in (f"#undef {macro}", f'#pragma pop_macro("{macro}")')]

    lines = tokens.splitlines()
    head, body = lines[:1], []
    for line in lines[1:]:
        if line.strip() == "#include <httplib.h>":
            # the first; the others stand where there is no bundle
            body += without_warnings(httplib.splitlines()) if httplib else []
            httplib = ""
        elif JSON_INCLUDE.match(line):
            body += without_warnings(json)
        else:
            body.append(line)
    licences = ["", "// Three libraries in one file, all under the MIT licence. purecloud-tokens and, beside it,"]
    licences += ["//   " + owner for owner in owners]
    licences += ["//"] + [f"// {line}".rstrip() for line in LICENCE.read_text(encoding="utf-8").splitlines()]
    own = ["", "#define PURECLOUD_TOKENS_BUNDLE", f"#define httplib {OWN_NAMESPACE}"]
    return "\n".join(head + licences + own + before + body + after + ["#undef httplib", ""])
