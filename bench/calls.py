# SPDX-License-Identifier: MIT
"""The measures that make calls to the server."""

import functools
import re
import shutil

import process
from harness import Measure, Metric
from programs import BENCH, CONTENDERS, SDK, THIS_MULTI

CALLS = (Metric("calls_per_second", "calls/s"), Metric("cpu_us", "CPU µs/call", 1),
         Metric("opened", "connections"))
THREADS = (1, 2, 4, 8, 16, 64)


class Calls:
    def __init__(self, programs, server, sdk, quick):
        self.programs, self.server, self.sdk, self.quick = programs, server, sdk, quick

    def command(self, contender, url, count, *options):
        if contender == SDK:
            return ["node", BENCH / "sdk_calls.js", self.sdk.folder, url, count, *options]
        program = CONTENDERS.get(contender, "this_over_curl_multi")
        return [self.programs[program], url, count, *options]

    def once(self, contender, url, count, *options):
        """Runs one process that makes `count` calls."""
        if url.startswith("https:") and contender != SDK:
            options += ("--ca", self.server.certificate)
        command = [self.programs["launch"], *self.command(contender, url, count, *options)]
        cpus = process.THREADS_CPUS if "--threads" in options else process.CLIENT_CPUS
        found, opened = self.server.opened_while(lambda: process.figures(
            command, cpus=cpus, NODE_EXTRA_CA_CERTS=str(self.server.certificate)))
        return {"calls_per_second": found["calls"] / found["seconds"],
                "cpu_us": found["cpu_seconds"] * 1e6 / found["calls"],
                "peak_mb": found["peak_rss_kb"] / 1024,
                "process_ms": found["process_seconds"] * 1e3,
                "opened": opened}

    def cells(self, url, count, *options, names=(*CONTENDERS, SDK)):
        return {name: functools.partial(self.once, name, url, count, *options) for name in names}

    def measures(self, rounds):
        http, https = self.server.http, self.server.https
        less = 10 if self.quick else 1
        yield Measure("http", "GET over a kept-alive connection",
                      (*CALLS, Metric("peak_mb", f"peak MB of {10_000 // less:,} calls", 1)),
                      self.cells(http, 10_000 // less, names=(*CONTENDERS, THIS_MULTI, SDK)),
                      rounds, 150)
        yield Measure("https", "GET over HTTPS, connection reused", CALLS,
                      self.cells(https, 2_000 // less), rounds, 60)
        yield Measure("https_new", "GET over HTTPS, a new connection a call", CALLS,
                      self.cells(https, 400 // less, "--new-connections"), rounds, 80)
        yield Measure("start", "process start to the first TokenInfo, and its end",
                      (Metric("process_ms", "ms", 1), Metric("peak_mb", "peak MB", 1)),
                      self.cells(http, 1), rounds, 30)
        yield Measure("ca", "the CA file is read once: 1 when a second connection does without it",
                      (Metric("ca_read_once", "read once"),),
                      {name: functools.partial(self.ca_read_once, name) for name in CONTENDERS}, 1, 20)
        yield Measure("instructions", "instructions of a GET over a kept-alive connection",
                      (Metric("instructions", "instructions/call"),),
                      {name: functools.partial(self.instructions, name) for name in (*CONTENDERS, SDK)},
                      3 if rounds > 3 else 1, 60)
        for threads in (1, 8) if self.quick else THREADS:
            yield Measure(f"threads_{threads}",
                          f"{threads} threads: this shared by all, a bare client each", CALLS,
                          self.cells(http, 4_096 // less, "--threads", threads, names=CONTENDERS),
                          rounds, 30)

    def ca_read_once(self, contender):
        copy = self.server.folder / "removable.pem"
        shutil.copy(self.server.certificate, copy)
        command = self.command(contender, self.server.https, 1, "--new-connections", "--remove-ca",
                               "--ca", copy)
        return process.figures(command)

    def instructions(self, contender):
        """Returns the instructions of a call. Subtracts a run with few calls, to leave out the start."""
        few, many = 100, 300
        total = {count: self.counter(self.command(contender, self.server.http, count))
                 for count in (few, many)}
        made = {count: count + count // 20 for count in total}  # with those of the warm-up
        return {"instructions": (total[many] - total[few]) / (made[many] - made[few])}

    @functools.cached_property
    def counter(self):
        """Returns a function that counts the instructions of a command, by perf or else by valgrind."""
        def by_cpu(command):
            errors = process.run(["perf", "stat", "-x", ",", "-e", "instructions:u", *command])[1]
            found = re.search(r"^(\d+),[^,]*,instructions:u", errors, re.MULTILINE)
            if not found:
                raise process.Failed("perf stat counts no instructions here")
            return int(found[1])

        def by_valgrind(command):
            if command[0] == "node":
                raise process.Failed("perf stat counts no instructions here, and callgrind cannot "
                                     "follow Node's compiled code")
            if not shutil.which("valgrind"):
                raise process.Failed("perf stat counts no instructions here, and there is no valgrind")
            errors = process.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
                                  *command])[1]
            return int(re.search(r"Collected : (\d+)", errors)[1])

        try:
            by_cpu(["true"])
            return by_cpu
        except (process.Failed, FileNotFoundError):
            return by_valgrind
