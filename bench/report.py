# SPDX-License-Identifier: MIT
"""Prints the results as text or JSON."""

import statistics


def spread(values):
    """Returns half the distance from the least to the greatest value, as a share of the median."""
    middle = statistics.median(values)
    return (max(values) - min(values)) / 2 / middle if middle else 0


def cell(values, digits):
    if not values:
        return "-"
    return f"{statistics.median(values):,.{digits}f} ±{spread(values):.0%}"


def table(rows):
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        yield "  " + "  ".join(text.ljust(width) if i == 0 else text.rjust(width)
                               for i, (text, width) in enumerate(zip(row, widths)))


def as_text(machine, samples):
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
    yield "goals"
    words = {True: "holds", False: "MISSED", None: "not measured"}
    rows = [["", "figure", "goal", "", ""]]
    for goal in goals:
        held = goal.holds()
        sign = "≤" if goal.at_most else "≥"
        rows.append([goal.text, "-" if held is None else f"{goal.value:.3f}", f"{sign} {goal.limit:.3f}",
                     words[held], "" if held is None else f"by {abs(goal.margin()):.1%}"])
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
                            "at_most": goal.at_most, "holds": goal.holds()} for goal in goals]
    return report
