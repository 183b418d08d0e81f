# SPDX-License-Identifier: MIT
"""Counts what the builds in a folder tested: `N passed, N failed, N skipped` is the last line.

A doctest program counts as its test cases, a unittest program as its tests, all else as one. What
cannot run on this machine is skipped and says why: a unittest by its own means, a test case of
doctest by a line (tests/can_run.hpp), all else by the exit code 77."""

import json
import pathlib
import re
import sys

DOCTEST = re.compile(r"test cases:\s+\d+ \|\s+(\d+) passed \|\s+(\d+) failed")
UNITTEST = re.compile(r"^Ran (\d+) tests?", re.MULTILINE)
UNITTEST_FAILED = re.compile(r"(?:failures|errors)=(\d+)")
UNITTEST_SKIPPED = re.compile(r"^(?:OK|FAILED) \(.*?skipped=(\d+)", re.MULTILINE)
REASON = re.compile(r"^skipped here: .+|\.\.\. skipped (.+)$", re.MULTILINE)


def count(test):
    """(passed, failed, skipped) of one entry of Meson's test log."""
    if test["result"] == "SKIP":
        return 0, 0, 1
    succeeded = test["result"] in ("OK", "EXPECTEDFAIL")
    output = test.get("stdout", "") + test.get("stderr", "")
    skipped = 0
    if doctest := DOCTEST.search(output):
        skipped = len(re.findall(r"^skipped here: ", output, re.MULTILINE))
        passed, failed = int(doctest[1]) - skipped, int(doctest[2])  # for doctest they have passed
    elif unittest := UNITTEST.search(output):
        failed = sum(int(n) for n in UNITTEST_FAILED.findall(output))
        skipped = sum(int(n) for n in UNITTEST_SKIPPED.findall(output))
        passed = int(unittest[1]) - failed - skipped
    else:
        passed, failed = 1, 0
    # a crash or a time-out is a failure whatever the program printed before
    return (passed, failed, skipped) if succeeded else (passed if failed else 0, failed or 1, skipped)


def text_of(counts):
    return f"{counts[0]} passed, {counts[1]} failed, {counts[2]} skipped"


def main():
    builds = pathlib.Path(sys.argv[1])
    total = [0, 0, 0]
    for log in sorted(builds.glob("*/meson-logs/testlog.json")):
        here = [0, 0, 0]
        for line in log.read_text(encoding="utf-8").splitlines():
            test = json.loads(line)
            counts = count(test)
            here = [sum(pair) for pair in zip(here, counts)]
            if counts[1]:
                print(f"FAILED in {log.parts[-3]}: {test['name']}")
            if counts[2]:
                output = test.get("stdout", "") + test.get("stderr", "")
                reasons = dict.fromkeys(found[0].strip(". ") for found in REASON.finditer(output))
                print(f"skipped in {log.parts[-3]}: {test['name']}", *reasons, sep="\n  ")
        print(f"{log.parts[-3]}: {text_of(here)}")
        total = [sum(pair) for pair in zip(total, here)]
    for broken in sorted(builds.glob("*.failed")):
        print("FAILED:", broken.read_text(encoding="utf-8").strip())
        total[1] += 1
    if total[0] + total[1] == 0:
        print("FAILED: nothing was tested")
        total[1] = 1
    print(text_of(total))
    sys.exit(1 if total[1] else 0)


if __name__ == "__main__":
    main()
