# SPDX-License-Identifier: MIT
"""Compares what an example prints with the comment at its source's end.

usage: check_output.py SOURCE EXECUTABLE [ARGUMENT]...
The exit code is 0 when they are equal and the example ended with 0.
"""
import difflib
import os
import re
import subprocess
import sys


def main(source, *command):
    with open(source, encoding="utf-8") as file:
        comment = re.search(r"^/\* Output:\n(.*)^\*/\n\Z", file.read(), re.MULTILINE | re.DOTALL)
    if not comment:
        return f"{source}: does not end with a comment '/* Output:'"

    # an account of the user's is none of a test's business
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GENESYS")}
    run = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")
    if run.returncode != 0:
        return f"{run.stdout}{command[0]}: ended with {run.returncode}"
    difference = difflib.unified_diff(comment[1].splitlines(), run.stdout.splitlines(),
                                      f"the comment in {source}", "what it prints", lineterm="")
    return "\n".join(difference) or None


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
