# SPDX-License-Identifier: MIT
"""Measures contenders by turns (A B C A B C …), so that a slow phase of the machine affects all."""

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
    contenders: dict  # name: a function that measures once and returns {Metric.key: figure}
    rounds: int
    seconds: float  # a round that would end later is not begun


class Samples:
    """The figures, and the reasons for missing ones."""

    def __init__(self):
        self.measures = []
        self.values = {}  # (measure, contender): [{Metric.key: figure}], one for each round
        self.missing = {}  # (measure, contender): the reason

    def rounds(self, measure, contender):
        return self.values.get((measure, contender), [])

    def column(self, measure, contender, metric):
        return [each[metric] for each in self.rounds(measure, contender) if metric in each]


def say(text):
    print(text, file=sys.stderr, flush=True)


def take(measure, samples, end):
    """Runs the rounds of a measure, at most until `end` (of time.monotonic())."""
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
