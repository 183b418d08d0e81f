# SPDX-License-Identifier: MIT
"""Calls a second, CPU and memory against the calls in flight, as an SVG that follows the reader's
light or dark theme."""

import math
import statistics

from in_flight import CONTENDERS, IN_FLIGHT

COLORS = ("#2f7ed8", "#8a8a8a", "#d8742f")
WIDTH, HEIGHT, LEFT, TOP, GAP = 250, 180, 52, 40, 72
STYLE = """\
<style>
  text { font: 11px sans-serif; fill: #24292f; }
  .title { font-weight: bold; }
  .grid { stroke: #d0d7de; stroke-width: 1; }
  .line { fill: none; stroke-width: 2; }
  @media (prefers-color-scheme: dark) { text { fill: #c9d1d9; } .grid { stroke: #30363d; } }
</style>"""


def median(samples, in_flight, contender, metric):
    values = samples.column(f"in_flight_{in_flight}", contender, metric)
    return statistics.median(values) if values else None


def memory_each(samples, in_flight, contender):
    """KB for each call in flight, of what a process with one call takes more."""
    one, many = (median(samples, each, contender, "peak_mb") for each in (1, in_flight))
    if one is None or many is None or in_flight < 100:
        return None
    return max(many - one, 0) * 1024 / in_flight


def short(value):
    return f"{value / 1000:g}k" if value >= 1000 else f"{value:g}"


def decades(values):
    return range(math.floor(math.log10(min(values))), math.ceil(math.log10(max(values))) + 1)


def panel(title, left, curves):
    """Both axes are logarithmic."""
    xs = [x for curve in curves.values() for x, _ in curve]
    ys = [y for curve in curves.values() for _, y in curve]
    yield f'<text class="title" x="{left}" y="{TOP - 12}">{title}</text>'
    if not ys:
        return
    columns, rows = decades(xs), decades(ys)

    def at(x, y):
        across = (math.log10(x) - columns[0]) / max(len(columns) - 1, 1)
        up = (math.log10(y) - rows[0]) / max(len(rows) - 1, 1)
        return left + across * WIDTH, TOP + (1 - up) * HEIGHT

    for power in rows:
        y = at(10**columns[0], 10**power)[1]
        yield f'<path class="grid" d="M{left} {y:.1f}h{WIDTH}"/>'
        yield f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{short(10**power)}</text>'
    for power in columns:
        x = at(10**power, 10**rows[0])[0]
        yield f'<path class="grid" d="M{x:.1f} {TOP}v{HEIGHT}"/>'
        yield f'<text x="{x:.1f}" y="{TOP + HEIGHT + 16}" text-anchor="middle">{short(10**power)}</text>'
    for (name, curve), color in zip(curves.items(), COLORS):
        points = " ".join("{:.1f},{:.1f}".format(*at(*point)) for point in curve)
        yield f'<polyline class="line" stroke="{color}" points="{points}"><title>{name}</title></polyline>'


def svg(samples):
    figures = (
        ("calls a second", lambda n, name: median(samples, n, name, "calls_per_second")),
        ("CPU a call, µs", lambda n, name: median(samples, n, name, "cpu_us")),
        ("memory a call in flight, KB", lambda n, name: memory_each(samples, n, name)),
    )
    width = LEFT + len(figures) * (WIDTH + GAP)
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{TOP + HEIGHT + 60}">',
             "<!-- SPDX-License-Identifier: MIT; written by bench/run -->", STYLE]
    for i, (title, figure) in enumerate(figures):
        curves = {name: [(n, figure(n, name)) for n in IN_FLIGHT if figure(n, name)] for name in CONTENDERS}
        lines += panel(title, LEFT + i * (WIDTH + GAP), curves)
    for i, (name, color) in enumerate(zip(CONTENDERS, COLORS)):
        x, y = LEFT + i * 190, TOP + HEIGHT + 44
        lines.append(f'<path class="line" stroke="{color}" d="M{x} {y - 4}h24"/>'
                     f'<text x="{x + 30}" y="{y}">{name}</text>')
    lines.append(f'<text x="{width - GAP}" y="{TOP + HEIGHT + 44}" text-anchor="end">calls in flight →</text>')
    return "\n".join([*lines, "</svg>", ""])
