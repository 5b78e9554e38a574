"""All figures as one page of tables (Markdown), and as JSON."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from itertools import groupby

from .figures import Figure, shown

_HEAD = (
    "| | unit | median | p95 | lowest–highest | limit | its median | ratio | goal |\n"
    "|---|---|--:|--:|--:|---|--:|--:|--:|\n"
)
_ABOUT = """# What was measured

Written by `script/bench`; the single measurements are in `results.json`. A limit is what the work cannot be
done without, measured in the same run: the bare SQL of a page, a bare `INSERT` under the same constraints, a
`COPY` of the same rows, a bare page of the same text. What counts is the ratio: times are those of this
machine as it was. A goal that was missed is marked with ✗.

"""


def page(facts: dict[str, str], figures: Sequence[Figure]) -> str:
    """The whole of RESULTS.md."""
    said = "".join(f"- {name}: {value}\n" for name, value in facts.items())
    return _ABOUT + said + "".join(_section(name, rows) for name, rows in _sections(figures))


def as_json(facts: dict[str, str], figures: Sequence[Figure]) -> str:
    told = [
        asdict(one) | {"median": one.median, "p95": one.p95, "ratio": one.ratio, "reached": one.reached}
        for one in figures
    ]
    return json.dumps({"measured_on": facts, "figures": told}, indent=1, ensure_ascii=False) + "\n"


def _sections(figures: Iterable[Figure]) -> list[tuple[str, list[Figure]]]:
    return [(name, list(rows)) for name, rows in groupby(figures, key=lambda one: one.section)]


def _section(name: str, rows: Sequence[Figure]) -> str:
    return f"\n## {name}\n\n{_HEAD}" + "".join(map(_row, rows))


def _row(one: Figure) -> str:
    ratio = f"{one.ratio:.1f}" if one.ratio else ""
    goal = one.asked + ("" if one.reached else " ✗")
    limit = shown(statistics.median(one.limits)) if one.limits else ""
    spread = f"{shown(min(one.values))}–{shown(max(one.values))}"
    what = f"{one.what} ({one.note})" if one.note else one.what
    cells = (what, one.unit, shown(one.median), shown(one.p95), spread, one.limit, limit, ratio, goal)
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |\n"
