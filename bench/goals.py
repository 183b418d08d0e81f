# SPDX-License-Identifier: MIT
"""The goals, each as a figure and its limit. Contenders are compared round by round: the figure is
the median of the rounds' ratios, with the range that the rounds leave open."""

import dataclasses
import statistics

from calls import THREADS
from compile_cost import BARE, COMPILERS, HEADER_ONLY, SEPARATE, key
from programs import (BARE_CURL, BARE_HTTPLIB, BARE_MULTI, SDK, THIS_CURL, THIS_HTTPLIB, THIS_MULTI)


def interval(values):
    """Where the median may lie: all values, without the least and the greatest of six or more."""
    ordered = sorted(values)
    return (ordered[1], ordered[-2]) if len(ordered) >= 6 else (ordered[0], ordered[-1])


@dataclasses.dataclass(frozen=True)
class Goal:
    text: str
    values: list  # one a round; none when it was not measured
    limit: float
    at_most: bool = True

    @property
    def value(self):
        return statistics.median(self.values) if self.values else None

    def holds(self):
        """None when the limit lies within the spread, or nothing was measured."""
        if not self.values:
            return None
        least, greatest = interval(self.values)
        if least <= self.limit <= greatest and least != greatest:
            return None
        return self.value <= self.limit if self.at_most else self.value >= self.limit

    def verdict(self):
        if not self.values:
            return "not measured"
        return {True: "holds", False: "MISSED", None: "within the spread"}[self.holds()]


def ratios(samples, measure, metric, contender, other):
    pairs = zip(samples.column(measure, contender, metric), samples.column(measure, other, metric))
    return [a / b for a, b in pairs if b]


def goals(samples):
    measured = {each.key for each in samples.measures}

    def compare(text, measure, metric, contender, other, limit, at_most=True):
        return Goal(text, ratios(samples, measure, metric, contender, other), limit, at_most)

    def column(measure, contender, metric):
        return samples.column(measure, contender, metric)

    yield compare("httplib: CPU per call, of bare", "http", "cpu_us", THIS_HTTPLIB, BARE_HTTPLIB, 1.05)
    yield compare("libcurl: CPU per call, of bare", "http", "cpu_us", THIS_CURL, BARE_CURL, 1.08)
    for threads in THREADS:
        if f"threads_{threads}" not in measured:
            continue
        for name, ours, bare in (("httplib", THIS_HTTPLIB, BARE_HTTPLIB), ("libcurl", THIS_CURL, BARE_CURL)):
            yield compare(f"{name}: calls/s of {threads} threads, of bare", f"threads_{threads}",
                          "calls_per_second", ours, bare, 0.95, False)
    yield compare("httplib: CPU of a call with a new TLS connection, of bare", "https_new", "cpu_us",
                  THIS_HTTPLIB, BARE_HTTPLIB, 1)
    yield Goal("httplib: the CA file is read once", column("ca", THIS_HTTPLIB, "ca_read_once"), 1, False)

    yield compare("curl_multi: CPU of one call at a time, of libcurl's", "http", "cpu_us", THIS_MULTI,
                  THIS_CURL, 1.25)
    yield compare("64 in flight: calls/s, of bare curl_multi", "in_flight_64", "calls_per_second",
                  THIS_MULTI, BARE_MULTI, 0.9, False)
    yield compare("64 in flight: calls/s, of the SDK", "in_flight_64", "calls_per_second", THIS_MULTI,
                  SDK, 6, False)
    ours, bare = (column("slow", name, "seconds") for name in (THIS_MULTI, BARE_MULTI))
    yield Goal("10,000 in flight, 500 ms: seconds more than bare", [a - b for a, b in zip(ours, bare)], 2)
    yield compare("10,000 in flight, 500 ms: peak memory, of bare", "slow", "peak_mb", THIS_MULTI,
                  BARE_MULTI, 1.2)
    yield compare("10,000 in flight, 500 ms: peak memory, of the SDK", "slow", "peak_mb", THIS_MULTI, SDK, 1)
    yield compare("10,000 in flight, 500 ms: CPU, of the SDK", "slow", "cpu_us", THIS_MULTI, SDK, 1)

    yield compare("process start to the first TokenInfo, of the SDK", "start", "process_ms",
                  THIS_HTTPLIB, SDK, 1 / 25)
    yield compare("peak memory of the calls, of the SDK", "http", "peak_mb", THIS_HTTPLIB, SDK, 1 / 12)
    yield compare("decode, of json::parse", "decode", "us", "this", "nlohmann::json", 1.15)
    calls = column("http", THIS_HTTPLIB, "cpu_us")
    cpu_ns = statistics.median(calls) * 1e3 if calls else None
    rules = column("rules", "a call without its backend", "ns")
    yield Goal("the rules of a call, of a loopback call's CPU",
               [ns / cpu_ns for ns in rules] if cpu_ns else [], 0.02)
    yield Goal("allocations of the rules of a call",
               column("rules", "a call without its backend", "allocations"), 12)
    for compiler in COMPILERS:
        for header, limit in (("installed", 1.6), ("whole", 1.10)):
            measure = key(compiler, "O2", header)
            if measure not in measured:
                continue
            yield compare(f"{measure}: header-only, of bare", measure, "cpu_s", HEADER_ONLY, BARE, limit)
            yield compare(f"{measure}: separate, of header-only", measure, "cpu_s", SEPARATE,
                          HEADER_ONLY, 0.12)
