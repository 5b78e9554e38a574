"""One measured thing beside its limit: printed as it comes, and kept for the table of all of them."""

from __future__ import annotations

import json
import math
import os
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

KEPT = "SOURCELINE_FIGURES"
"""The variable that names the file to which figures are added, a JSON object a line."""
WIDTH = 46


@dataclass(frozen=True)
class Figure:
    """`values` are single measurements in `unit`, in their order. `limit` says what the work cannot be done
    without, and `limits` are its measurements in the same unit, of the same run. `goal` is what is asked of
    the median, as a number of the unit: at most so much, or at least so much where `more_is_better`;
    `goal_p95` is asked of the 95th percentile, and `within` of it as a multiple of the limit's median."""

    section: str
    what: str
    unit: str
    values: Sequence[float]
    limit: str = ""
    limits: Sequence[float] = field(default_factory=list)
    goal: float | None = None
    goal_p95: float | None = None
    within: float | None = None
    more_is_better: bool = False
    note: str = ""
    size: int | None = None
    """So many claims were there, where the same is measured on several sizes."""

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def p95(self) -> float:
        """The value that 95 of 100 do not exceed (nearest rank)."""
        ranked = sorted(self.values)
        return ranked[max(0, math.ceil(0.95 * len(ranked)) - 1)]

    @property
    def ratio(self) -> float | None:
        """To the limit's median; how often the limit is that of it where more is better."""
        if not self.limits or not (least := statistics.median(self.limits)) or not self.median:
            return None
        return least / self.median if self.more_is_better else self.median / least

    @property
    def asked(self) -> str:
        """What is asked for, in words; empty where nothing is."""
        said = []
        if self.goal is not None:
            said.append(f"{'≥' if self.more_is_better else '≤'} {shown(self.goal)}")
        if self.goal_p95 is not None:
            said.append(f"p95 ≤ {shown(self.goal_p95)}")
        if self.within is not None:
            said.append(f"p95 ≤ {shown(self.within)} × limit")
        return ", ".join(said)

    @property
    def reached(self) -> bool:
        """Whether all that is asked for holds."""
        goal = self.goal
        held = goal is None or (self.median >= goal if self.more_is_better else self.median <= goal)
        held = held and (self.goal_p95 is None or self.p95 <= self.goal_p95)
        if self.within is None or not self.limits:
            return held
        return held and self.p95 <= self.within * statistics.median(self.limits)


def shown(value: float) -> str:
    """With three digits, or as a whole number."""
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def heading() -> str:
    return f"{'':<{WIDTH}}{'median':>10}{'p95':>10}{'limit':>10}{'ratio':>8}"


def tell(figure: Figure) -> Figure:
    """Prints a row, and adds the figure to the file that KEPT names, if there is one."""
    row = f"{figure.what:<{WIDTH}}{shown(figure.median):>10}{shown(figure.p95):>10}"
    if figure.limits:
        row += f"{shown(statistics.median(figure.limits)):>10}"
        row += f"{figure.ratio:>8.1f}" if figure.ratio else ""
    missed = "" if figure.reached else f"  not {figure.asked}"
    print(f"{row} {figure.unit} {figure.note}".rstrip() + missed, flush=True)
    if path := os.environ.get(KEPT):
        with open(path, "a", encoding="utf-8") as kept:
            kept.write(json.dumps(asdict(figure)) + "\n")
    return figure


def read(path: str) -> list[Figure]:
    """The figures of a file that `tell` wrote."""
    with open(path, encoding="utf-8") as kept:
        return [Figure(**json.loads(line)) for line in kept]
