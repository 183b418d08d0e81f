# SPDX-License-Identifier: MIT
"""Counts what the builds in a folder tested: `N passed, N failed` is the last line.

A doctest program counts as its test cases, a unittest program as its tests, all else as one."""

import json
import pathlib
import re
import sys

DOCTEST = re.compile(r"test cases:\s+\d+ \|\s+(\d+) passed \|\s+(\d+) failed")
UNITTEST = re.compile(r"^Ran (\d+) tests?", re.MULTILINE)
UNITTEST_FAILED = re.compile(r"(?:failures|errors)=(\d+)")


def count(test):
    """(passed, failed) of one entry of Meson's test log."""
    succeeded = test["result"] in ("OK", "EXPECTEDFAIL")
    output = test.get("stdout", "") + test.get("stderr", "")
    if doctest := DOCTEST.search(output):
        passed, failed = int(doctest[1]), int(doctest[2])
    elif unittest := UNITTEST.search(output):
        failed = sum(int(n) for n in UNITTEST_FAILED.findall(output))
        passed = int(unittest[1]) - failed
    else:
        passed, failed = 1, 0
    # a crash or a time-out is a failure whatever the program printed before
    return (passed, failed) if succeeded else (passed if failed else 0, failed or 1)


def main():
    builds = pathlib.Path(sys.argv[1])
    passed = failed = 0
    for log in sorted(builds.glob("*/meson-logs/testlog.json")):
        here = [0, 0]
        for line in log.read_text(encoding="utf-8").splitlines():
            test = json.loads(line)
            if test["result"] == "SKIP":
                print(f"left out in {log.parts[-3]}: {test['name']}")
                continue
            good, bad = count(test)
            here[0] += good
            here[1] += bad
            if bad:
                print(f"FAILED in {log.parts[-3]}: {test['name']}")
        print(f"{log.parts[-3]}: {here[0]} passed, {here[1]} failed")
        passed += here[0]
        failed += here[1]
    for broken in sorted(builds.glob("*.failed")):
        print("FAILED:", broken.read_text(encoding="utf-8").strip())
        failed += 1
    if passed + failed == 0:
        print("FAILED: nothing was tested")
        failed = 1
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
