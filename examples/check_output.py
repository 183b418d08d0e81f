# SPDX-License-Identifier: MIT
"""Compares the output of an example with the comment at the end of its source.

usage: check_output.py SOURCE EXECUTABLE [ARGUMENT]...
The exit code is 0 when they are equal and the example ended with 0.
"""
import difflib
import os
import re
import subprocess
import sys


# a test must not use the user's account
ENVIRONMENT = {k: v for k, v in os.environ.items() if not k.startswith("GENESYS")}


def compare(source, printed):
    """Returns None when they are equal. `…` in the comment matches what differs from run to run."""
    with open(source, encoding="utf-8") as file:
        comment = re.search(r"^/\* Output:\n(.*)^\*/\n\Z", file.read(), re.MULTILINE | re.DOTALL)
    if not comment:
        return f"{source}: does not end with a comment '/* Output:'"
    if re.fullmatch("[^\n]+".join(map(re.escape, comment[1].split("…"))), printed):
        return None
    return "\n".join(difflib.unified_diff(comment[1].splitlines(), printed.splitlines(),
                                          f"the comment in {source}", "what it prints", lineterm=""))


def main(source, *command):
    run = subprocess.run(command, env=ENVIRONMENT, stdin=subprocess.DEVNULL,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")
    if run.returncode != 0:
        return f"{run.stdout}{command[0]}: ended with {run.returncode}"
    return compare(source, run.stdout)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
