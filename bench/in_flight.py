# SPDX-License-Identifier: MIT
"""Many calls at once over one thread."""

import functools
import socket
import subprocess
import sys
import time

import process
import server
from harness import Measure, Metric
from programs import BARE_MULTI, BENCH, MANY, SDK, THIS_MULTI

MANY_CALLS = (Metric("calls_per_second", "calls/s"), Metric("cpu_us", "CPU µs/call", 1),
              Metric("peak_mb", "peak MB", 1))
IN_FLIGHT = (1, 10, 64, 100, 1_000, 10_000)
MOST_CONNECTIONS = 1_000
CONTENDERS = (THIS_MULTI, BARE_MULTI, SDK)


class SlowServer:
    """Started by `with`: responds after half a second."""

    def __enter__(self):
        port, = server.free_ports(1)
        self.url = f"http://127.0.0.1:{port}"
        self.process = process.start([sys.executable, BENCH / "slow_server.py", port, 0.5],
                                     cpus=process.SERVER_CPUS, with_parent=True,
                                     stdin=subprocess.DEVNULL)
        end = time.monotonic() + 10
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 5).close()
                return self
            except OSError:
                if time.monotonic() > end:
                    self.__exit__()
                    raise process.Failed("the slow server does not start") from None
                time.sleep(0.02)

    def __exit__(self, *_):
        process.stop(self.process)


class InFlight:
    def __init__(self, programs, fast, slow, sdk, quick):
        self.programs, self.fast, self.slow, self.sdk, self.quick = programs, fast, slow, sdk, quick

    def once(self, contender, url, count, in_flight):
        connections = min(in_flight, MOST_CONNECTIONS)
        command = (["node", BENCH / "sdk_calls.js", self.sdk.folder, url, count, "--in-flight",
                    in_flight, connections] if contender == SDK else
                   [self.programs[MANY[contender]], url, count, in_flight, connections])
        found = process.figures([self.programs["launch"], *command], cpus=process.CLIENT_CPUS)
        return {"calls_per_second": found["calls"] / found["seconds"],
                "seconds": found["seconds"],
                "cpu_us": found["cpu_seconds"] * 1e6 / found["calls"],
                "peak_mb": found["peak_rss_kb"] / 1024}

    def count(self, contender, in_flight):
        """The SDK's calls take longer."""
        few, many = (400, 2_000) if self.quick else (4_000, 20_000)
        return max(few if contender == SDK else many, 2 * in_flight)

    def measures(self, rounds):
        for in_flight in (1, 64, 1_000) if self.quick else IN_FLIGHT:
            yield Measure(f"in_flight_{in_flight}", f"{in_flight:,} calls in flight", MANY_CALLS,
                          {name: functools.partial(self.once, name, self.fast.http,
                                                   self.count(name, in_flight), in_flight)
                           for name in CONTENDERS}, rounds, 60)
        yield Measure("slow", "10,000 calls at once, each responded to after 500 ms",
                      (Metric("seconds", "s", 1), *MANY_CALLS[1:]),
                      {name: functools.partial(self.once, name, self.slow.url, 10_000, 10_000)
                       for name in CONTENDERS}, min(rounds, 5), 120)
