"""How figures grow with the number of claims: one table, and one plot with both axes logarithmic (SVG)."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from html import escape

from .figures import Figure, shown

WIDTH, HEIGHT, LEFT, RIGHT, BELOW = 900, 560, 90, 40, 50
COLOURS = ("#0b6e4f", "#9b2226", "#005f99", "#b15c00", "#5a3e85", "#3d3d3d")
Curve = tuple[str, str, list[tuple[int, float]]]
"""What was measured, its unit, and (claims, median) by size."""


def curves(figures: Sequence[Figure]) -> list[Curve]:
    """What was measured at several sizes, in the order it came."""
    found: dict[tuple[str, str], dict[int, float]] = defaultdict(dict)
    for one in figures:
        if one.size is not None:
            found[one.what, one.unit][one.size] = one.median
    return [(what, unit, sorted(sizes.items())) for (what, unit), sizes in found.items() if len(sizes) > 1]


def above(curve: Curve) -> float:
    """The last value as a multiple of what n log n makes of the first one; 1 or less is within it. What takes
    less than a millisecond is taken for one, since below that no size is told apart from chance."""
    _, unit, points = curve
    (few, before), (many, after) = points[0], points[-1]
    least = 1.0 if unit == "ms" else 1e-3
    return max(after, least) / (max(before, least) * many * math.log(many) / (few * math.log(few)))


def table(found: Sequence[Curve]) -> str:
    """Markdown; a row that grows by more than n log n ends in ✗."""
    if not found:
        return ""
    sizes = sorted({size for _, _, points in found for size, _ in points})
    head = "| median | unit | " + " | ".join(f"{size:,} claims" for size in sizes) + " | of n log n |\n"
    rows = []
    for curve in found:
        what, unit, points = curve
        known = dict(points)
        cells = [shown(known[size]) if size in known else "" for size in sizes]
        much = above(curve)
        rows.append(f"| {what} | {unit} | {' | '.join(cells)} | {shown(much)}{' ✗' if much > 1 else ''} |\n")
    lines = "|---|---|" + "--:|" * (len(sizes) + 1) + "\n"
    return f"\n## Growth\n\n![Growth](growth.svg)\n\n{head}{lines}{''.join(rows)}"


def plot(found: Sequence[Curve]) -> str:
    """The curves in milliseconds (seconds are told as 1,000 of them), with n log n as a dashed line."""
    timed = [
        (what, [(n, v * (1000 if unit == "s" else 1)) for n, v in points])
        for what, unit, points in found
        if unit in ("ms", "s")
    ]
    values = [max(value, 0.01) for _, points in timed for _, value in points]
    sizes = [size for _, points in timed for size, _ in points]
    if not values:
        return ""
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    first, last = math.log10(min(sizes)), math.log10(max(sizes))

    def place(size: float, value: float) -> str:
        x = LEFT + (math.log10(size) - first) / (last - first) * (WIDTH - LEFT - RIGHT)
        y = 20 + (high - math.log10(max(value, 0.01))) / (high - low) * (HEIGHT - BELOW - 20)
        return f"{x:.1f},{y:.1f}"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        'font-size="12"><rect width="100%" height="100%" fill="#fff"/>'
        "<title>Milliseconds by number of claims, both axes logarithmic</title>"
    ]
    for power in range(low, high + 1):
        x, y = place(10**first, 10**power).split(",")
        parts.append(
            f'<line x1="{x}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}" stroke="#ddd"/>'
            f'<text x="{LEFT - 8}" y="{y}" text-anchor="end">{10**power:,g} ms</text>'
        )
    for size in sorted(set(sizes)):
        x = place(size, 1).split(",")[0]
        parts.append(f'<text x="{x}" y="{HEIGHT - 20}" text-anchor="middle">{size:,}</text>')
    for number, (what, points) in enumerate(timed):
        drawn = " ".join(place(size, value) for size, value in points)
        parts.append(
            f'<polyline points="{drawn}" fill="none" stroke="{COLOURS[number % len(COLOURS)]}" '
            f'stroke-opacity="0.55"><title>{escape(what)}</title></polyline>'
        )
    few, many = min(sizes), max(sizes)
    start = 10.0**low
    grown = start * many * math.log(many) / (few * math.log(few))
    parts.append(
        f'<polyline points="{place(few, start)} {place(many, grown)}" fill="none" stroke="#000" '
        'stroke-dasharray="6 4"><title>n log n</title></polyline>'
    )
    return "".join(parts) + "</svg>\n"
