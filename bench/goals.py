# SPDX-License-Identifier: MIT
"""The goals, each with a figure and a limit. To compare two contenders, the figure is the median of
their ratios in each round."""

import dataclasses
import statistics

from calls import THREADS
from compile_cost import BARE, COMPILERS, HEADER_ONLY, SEPARATE, key
from programs import BARE_CURL, BARE_HTTPLIB, SDK, THIS_CURL, THIS_HTTPLIB


@dataclasses.dataclass(frozen=True)
class Goal:
    text: str
    value: float | None  # None if it was not measured
    limit: float
    at_most: bool = True

    def holds(self):
        if self.value is None:
            return None
        return self.value <= self.limit if self.at_most else self.value >= self.limit

    def margin(self):
        """Returns the distance to the limit, as a share of it; negative if the goal is not met."""
        share = self.value / self.limit - 1
        return -share if self.at_most else share


def ratio(samples, measure, metric, contender, other):
    pairs = zip(samples.column(measure, contender, metric), samples.column(measure, other, metric))
    ratios = [a / b for a, b in pairs if b]
    return statistics.median(ratios) if ratios else None


def median(samples, measure, metric, contender):
    values = samples.column(measure, contender, metric)
    return statistics.median(values) if values else None


def goals(samples):
    def compare(text, measure, metric, contender, other, limit, at_most=True):
        return Goal(text, ratio(samples, measure, metric, contender, other), limit, at_most)

    yield compare("CPU per call, of bare httplib's", "http", "cpu_us", THIS_HTTPLIB, BARE_HTTPLIB, 1.05)
    yield compare("CPU per call, of the SDK's", "http", "cpu_us", THIS_HTTPLIB, SDK, 0.1)
    yield compare("calls/s, of bare httplib's", "http", "calls_per_second", THIS_HTTPLIB, BARE_HTTPLIB,
                  0.95, False)
    yield compare("calls/s over httplib, of the SDK's", "http", "calls_per_second", THIS_HTTPLIB, SDK,
                  4.3, False)
    yield compare("calls/s over libcurl, of the SDK's", "http", "calls_per_second", THIS_CURL, SDK, 6,
                  False)
    for threads in THREADS:
        for ours, bare in ((THIS_HTTPLIB, BARE_HTTPLIB), (THIS_CURL, BARE_CURL)):
            if f"threads_{threads}" in {each.key for each in samples.measures}:
                yield compare(f"calls/s of {threads} threads, {ours}, of {bare}",
                              f"threads_{threads}", "calls_per_second", ours, bare, 0.95, False)
    yield compare("CPU of a call with a new TLS connection, of bare httplib's", "https_new", "cpu_us",
                  THIS_HTTPLIB, BARE_HTTPLIB, 1)
    yield Goal("CA store read once", median(samples, "ca", "ca_read_once", THIS_HTTPLIB), 1, False)
    yield compare("process start to the first TokenInfo, of the SDK's", "start", "process_ms",
                  THIS_HTTPLIB, SDK, 1 / 35)
    yield compare("peak memory of the calls, of the SDK's", "http", "peak_mb", THIS_HTTPLIB, SDK, 1 / 15)
    yield compare("decode, of json::parse", "decode", "us", "this", "nlohmann::json", 1.15)
    cpu = median(samples, "http", "cpu_us", THIS_HTTPLIB)
    for part in ("detail::Exchange alone", "a call without its backend"):
        rules = median(samples, "rules", "ns", part)
        yield Goal(f"{part}, of a loopback call's CPU",
                   rules / (cpu * 1e3) if rules and cpu else None, 0.01)
    yield Goal("heap allocations of the rules of a call",
               median(samples, "rules", "allocations", "a call without its backend"), 12)
    for compiler in COMPILERS:
        for header, limit in (("installed", 1.25), ("whole", 1.10)):
            measure = key(compiler, "O2", header)
            if measure not in {each.key for each in samples.measures}:
                continue
            yield compare(f"{measure}: separate, of header-only", measure, "cpu_s", SEPARATE,
                          HEADER_ONLY, 0.15)
            yield compare(f"{measure}: header-only, of bare", measure, "cpu_s", HEADER_ONLY, BARE, limit)
