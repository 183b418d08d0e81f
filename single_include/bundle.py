# SPDX-License-Identifier: MIT
"""tokens.hpp together with cpp-httplib, which it needs: beside it a program requires a compiler and
OpenSSL. It is a build's output, and never committed."""

import os
import pathlib
import re
import subprocess
import sys

LICENCE = pathlib.Path(__file__).resolve().parent.parent / "LICENSE"
OWN_NAMESPACE = "purecloud_bundled_httplib"
OWN_GUARD = "PURECLOUD_BUNDLED_HTTPLIB_H"


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


def httplib_text(folders):
    path = find("httplib.h", folders)
    text = path.read_text(encoding="utf-8")
    if "CPPHTTPLIB_HTTPLIB_H" not in text:
        sys.exit(f"{path} lacks the include guard CPPHTTPLIB_HTTPLIB_H: this is not an httplib.h that we know")
    if "bool ClientImpl::send(Request &req, Response &res, Error &error) {" not in text:
        sys.exit(f"{path} is split: it has declarations only, their bodies are in a library (Debian's "
                 "package is made so). The bundle requires upstream's single-file httplib.h; "
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
    httplib_owner = re.search(r"Copyright \(c\) ([^.\n]*)", httplib)

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
        else:
            body.append(line)
    licences = ["", "// Two libraries in one file, both under the MIT licence: purecloud-tokens, and",
                f"//   cpp-httplib: Copyright (c) {httplib_owner[1]}", "//"]
    licences += [f"// {line}".rstrip() for line in LICENCE.read_text(encoding="utf-8").splitlines()]
    own = ["", "#define PURECLOUD_TOKENS_BUNDLE", f"#define httplib {OWN_NAMESPACE}"]
    return "\n".join(head + licences + own + before + body + after + ["#undef httplib", ""])
