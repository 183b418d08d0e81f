# SPDX-License-Identifier: MIT
"""The results: on one page, in full, and as JSON."""

import statistics

from compile_cost import BARE, HEADER_ONLY, SEPARATE, key
from goals import interval, ratios
from programs import BARE_CURL, BARE_HTTPLIB, BARE_MULTI, SDK, THIS_CURL, THIS_HTTPLIB, THIS_MULTI

NOTE = ("Each figure is the median of its rounds; ± is half the range. Behind this library's stands the\n"
        "ratio to the bare column next to it, or ≈ where the rounds' spread explains the difference.")

# title, columns with what each is compared to, rows of (label, measure, metric)
PAGE = (
    ("getTokensMe, one client", {THIS_HTTPLIB: BARE_HTTPLIB, BARE_HTTPLIB: None, THIS_CURL: BARE_CURL,
                                 BARE_CURL: None, SDK: None},
     [("calls a second, kept alive", "http", "calls_per_second"),
      ("CPU a call, µs", "http", "cpu_us"),
      ("the same over HTTPS, µs", "https", "cpu_us"),
      ("a new HTTPS connection each, µs", "https_new", "cpu_us"),
      *((f"calls a second, {n} threads", f"threads_{n}", "calls_per_second") for n in (1, 8, 64)),
      ("instructions of a call", "instructions", "instructions"),
      ("a process with one call, ms", "start", "process_ms"),
      ("peak memory, MB", "http", "peak_mb")]),
    ("many calls at once, one thread", {THIS_MULTI: BARE_MULTI, BARE_MULTI: None, SDK: None},
     [("one at a time: CPU a call, µs", "http", "cpu_us"),
      *((f"{n:,} in flight: calls a second", f"in_flight_{n}", "calls_per_second")
        for n in (1, 64, 1_000, 10_000)),
      ("64 in flight: CPU a call, µs", "in_flight_64", "cpu_us"),
      ("10,000 in flight: peak memory, MB", "in_flight_10000", "peak_mb"),
      ("10,000 in flight, 500 ms: seconds", "slow", "seconds"),
      ("the same: CPU a call, µs", "slow", "cpu_us"),
      ("the same: peak memory, MB", "slow", "peak_mb")]),
    ("a file with one call, CPU seconds to compile", {HEADER_ONLY: BARE, SEPARATE: BARE, BARE: None},
     [(f"{compiler} -O2, {name} httplib.h", key(compiler, "O2", header), "cpu_s")
      for header, name in (("installed", "installed"), ("whole", "single-file"))
      for compiler in ("g++", "clang++")]),
    ("a TokenInfo of 868 bytes, CPU µs", {"this": "nlohmann::json", "nlohmann::json": None,
                                          "JSON on Node": None},
     [("decode", "decode", "us"), ("encode", "encode", "us")]),
)


def spread(values):
    """Half the distance from the least to the greatest, as a part of the median."""
    middle = statistics.median(values)
    return (max(values) - min(values)) / 2 / middle if middle else 0


def cell(values, digits):
    if not values:
        return "-"
    return f"{statistics.median(values):,.{digits}f} ±{spread(values):.0%}"


def compared(values):
    """Ratios, as text: only a difference that the rounds agree on is one."""
    if not values:
        return ""
    least, greatest = interval(values)
    return " ≈" if len(values) < 3 or least <= 1 <= greatest else f" {statistics.median(values):.2f}×"


def table(rows):
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        yield "  " + "  ".join(text.ljust(width) if i == 0 else text.rjust(width)
                               for i, (text, width) in enumerate(zip(row, widths)))


def digits_of(samples, measure, metric):
    return next((each.digits for taken in samples.measures if taken.key == measure
                 for each in taken.metrics if each.key == metric), 0)


def page(machine, samples):
    for name, value in machine.items():
        yield f"{name}: {value}"
    yield NOTE
    for title, columns, rows in PAGE:
        cells = []
        for label, measure, metric in rows:
            row = [label]
            for name, other in columns.items():
                text = cell(samples.column(measure, name, metric), digits_of(samples, measure, metric))
                row.append(text + compared(ratios(samples, measure, metric, name, other) if other else []))
            if set(row[1:]) != {"-"}:
                cells.append(row)
        if cells:
            yield ""
            yield from table([[title, *columns], *cells])
    reasons = {}
    for (_, contender), reason in samples.missing.items():
        reasons.setdefault(f"{contender}: {reason}", None)
    yield from ("", *(f"not measured: {each}" for each in reasons)) if reasons else ()


def in_full(machine, samples):
    for name, value in machine.items():
        yield f"{name}: {value}"
    yield "Each figure is the median of its rounds; ± is half the range."
    for measure in samples.measures:
        yield ""
        yield measure.title
        rows = [["", *(metric.label for metric in measure.metrics), "rounds"]]
        for contender in measure.contenders:
            if (measure.key, contender) in samples.missing:
                continue
            columns = [samples.column(measure.key, contender, metric.key) for metric in measure.metrics]
            cells = [cell(column, metric.digits) for column, metric in zip(columns, measure.metrics)]
            rows.append([contender, *cells, str(len(samples.rounds(measure.key, contender)))])
        if len(rows) > 1:
            yield from table(rows)
        for contender in measure.contenders:
            if reason := samples.missing.get((measure.key, contender)):
                yield f"  {contender}: not measured: {reason}"


def goals_as_text(goals):
    yield ""
    yield "goals; one that lies within the rounds' spread is neither held nor missed"
    rows = [["", "figure", "rounds", "goal", ""]]
    for goal in goals:
        sign = "≤" if goal.at_most else "≥"
        low, high = interval(goal.values) if goal.values else (None, None)
        rows.append([goal.text, "-" if goal.value is None else f"{goal.value:.3f}",
                     "" if low is None else f"{low:.3f}…{high:.3f}", f"{sign} {goal.limit:.3f}",
                     goal.verdict()])
    yield from table(rows)


def as_json(machine, samples, goals):
    measures = []
    for measure in samples.measures:
        results = {}
        for contender in measure.contenders:
            if reason := samples.missing.get((measure.key, contender)):
                results[contender] = {"not_measured": reason}
                continue
            results[contender] = {"rounds": len(samples.rounds(measure.key, contender))}
            for metric in measure.metrics:
                values = samples.column(measure.key, contender, metric.key)
                if values:
                    results[contender][metric.key] = {
                        "median": statistics.median(values), "min": min(values), "max": max(values)}
        measures.append({"key": measure.key, "title": measure.title, "results": results,
                         "units": {metric.key: metric.label for metric in measure.metrics}})
    report = {"machine": machine, "measures": measures}
    if goals is not None:
        report["goals"] = [{"goal": goal.text, "figure": goal.value, "limit": goal.limit,
                            "at_most": goal.at_most, "verdict": goal.verdict()} for goal in goals]
    return report
