# SPDX-License-Identifier: MIT
"""Measures contenders in turns (A B C A B C …), so that what slows the machine slows them all."""

import dataclasses
import sys
import time
import typing

import process


@dataclasses.dataclass(frozen=True)
class Metric:
    key: str
    label: str  # with its unit
    digits: int = 0


@dataclasses.dataclass(frozen=True)
class Measure:
    key: str
    title: str
    metrics: typing.Sequence[Metric]
    contenders: dict  # name to a function that measures once, as a dict by Metric.key
    rounds: int
    seconds: float  # no new round begins that would not end in this time


class Samples:
    """What was measured, and why what was not."""

    def __init__(self):
        self.measures = []
        self.values = {}  # (measure, contender) to [dict by Metric.key], one a round
        self.missing = {}  # (measure, contender) to a reason

    def rounds(self, measure, contender):
        return self.values.get((measure, contender), [])

    def column(self, measure, contender, metric):
        return [each[metric] for each in self.rounds(measure, contender) if metric in each]


def say(text):
    print(text, file=sys.stderr, flush=True)


def take(measure, samples, end):
    """Runs a measure's rounds, until `end` of time.monotonic() at most."""
    samples.measures.append(measure)
    started = time.monotonic()
    end = min(end, started + measure.seconds)
    running = dict(measure.contenders)
    longest = 0
    done = 0
    while running and done < measure.rounds:
        begun = time.monotonic()
        if begun + (longest if done else 0) > end:
            break
        for contender, once in list(running.items()):
            try:
                figures = once()
            except process.Failed as failure:
                del running[contender]
                samples.values.pop((measure.key, contender), None)
                samples.missing[measure.key, contender] = str(failure)
                continue
            samples.values.setdefault((measure.key, contender), []).append(figures)
        longest = max(longest, time.monotonic() - begun)
        done += 1
    for contender in running:
        if done == 0:
            samples.missing[measure.key, contender] = "no time was left"
    say(f"{measure.title}: {done} rounds, {time.monotonic() - started:.0f} s")
