# SPDX-License-Identifier: MIT
"""Builds the benchmarks, takes the measures, prints what came out. See `run`."""

import argparse
import contextlib
import json
import pathlib
import re
import resource
import signal
import sys
import tempfile
import time

import goals
import machine
import plot
import process
import report
from calls import Calls
from compile_cost import CompileCost
from harness import Measure, Metric, Samples, say, take
from in_flight import InFlight, SlowServer
from programs import BENCH, Programs
from sdk import Sdk
from server import Server


def arguments():
    parser = argparse.ArgumentParser(prog="sh bench/run")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--plot", type=pathlib.Path)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--no-install", action="store_true")
    parser.add_argument("--httplib", type=pathlib.Path)
    parser.add_argument("--sdk", type=pathlib.Path)
    parser.add_argument("--only", default="")
    return parser.parse_args()


def split_up(figures, names, metrics):
    """One program's figures as those of several contenders: `decode_this` is `us` of `this`."""
    return {name: {metric: figures[key] for metric, key in zip(metrics, keys)}
            for name, keys in names.items()}


class OneProgram:
    """Contenders that one program measures: it runs when the first of a round is asked for."""

    def __init__(self, command, names, metrics):
        self.command, self.names, self.metrics = command, names, metrics
        self.left = {}

    def once(self, name):
        if name not in self.left:
            self.left = split_up(process.figures(self.command()), self.names, self.metrics)
        return self.left.pop(name)

    def cells(self):
        return {name: lambda name=name: self.once(name) for name in self.names}


def without_server(programs, sdk, rounds, quick):
    """JSON, and the rules of a call."""
    iterations = 2_000 if quick else 20_000
    text = BENCH / "token_info.json"
    for work in ("decode", "encode"):
        here = OneProgram(lambda: [programs["json"], text, iterations],
                          {"this": [work + "_this"], "nlohmann::json": [work + "_bare"]}, ["us"])
        node = OneProgram(lambda: ["node", BENCH / "node_json.js", text, iterations],
                          {"JSON on Node": [work + "_node"]}, ["us"])
        yield Measure(work, f"{work} a TokenInfo of 868 bytes", [Metric("us", "CPU µs", 2)],
                      {**here.cells(), **node.cells()}, rounds, 40)
    rules = OneProgram(lambda: [programs["rules"], 100 if quick else 2_000],
                       {"a call without its backend": ["call_ns", "call_allocations"],
                        "detail::Exchange alone": ["exchange_ns", "exchange_allocations"]},
                       ["ns", "allocations"])
    yield Measure("rules", "the rules of a call, no I/O",
                  [Metric("ns", "CPU ns"), Metric("allocations", "allocations", 1)], rules.cells(),
                  rounds, 20)


def measures(options, programs, server, slow, sdk, folder, end):
    rounds = 2 if options.quick else 7
    yield from Calls(programs, server, sdk, options.quick).measures(rounds)
    yield from InFlight(programs, server, slow, sdk, options.quick).measures(rounds)
    yield from without_server(programs, sdk, rounds, options.quick)
    yield from CompileCost(folder / "compile", programs, options.httplib).measures(
        1 if options.quick else rounds, end, options.quick)


def main():
    options = arguments()
    if options.httplib and not (options.httplib / "httplib.h").is_file():
        sys.exit(f"no httplib.h in {options.httplib}")
    # a signal ends the `with` blocks, and so the server
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    # a thousand connections
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    started = time.monotonic()
    samples = Samples()
    with contextlib.ExitStack() as stack:
        folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="purecloud-bench-")))
        sdk = Sdk(folder / "sdk", options.sdk, not options.no_install)
        about = machine.describe(sdk)
        say("building")
        programs = Programs(folder / "programs")
        server = stack.enter_context(Server(folder / "nginx"))
        slow = stack.enter_context(SlowServer())
        # a machine so busy that building took all the time still gives some figures
        end = max(started + (150 if options.quick else 1_500), time.monotonic() + 45)
        for measure in measures(options, programs, server, slow, sdk, folder, end):
            if re.search(options.only, measure.key):
                take(measure, samples, end)
    found = list(goals.goals(samples)) if options.check else None
    if options.plot:
        options.plot.write_text(plot.svg(samples), encoding="utf-8")
    if options.json:
        print(json.dumps(report.as_json(about, samples, found), indent=1, ensure_ascii=False))
        return
    print("\n".join((report.in_full if options.full else report.page)(about, samples)))
    if found:
        print("\n".join(report.goals_as_text(found)))


if __name__ == "__main__":
    try:
        main()
    except process.Failed as failure:
        sys.exit(f"nothing could be measured: {failure}")
    except KeyboardInterrupt:
        sys.exit(130)
