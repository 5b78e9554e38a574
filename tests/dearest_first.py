"""The order of a run: what takes long comes first, and what has to load much stays in one process."""

from itertools import groupby, islice
from pathlib import Path

import pytest


def dearest_first(items: list[pytest.Item], processes: int = 1) -> None:
    """Whole files with slow tests, then those with a browser: what the processes end with is short.

    Each process begins with a stretch of the list, so the dear files are dealt out among the stretches. All
    that look at the demo project come in the first one, so that one process alone has to load it.
    """
    dear: dict[Path, tuple[int, bool]] = {}
    for item in items:
        marks = {mark.name for mark in item.iter_markers()}
        slow = "slow" in marks and "lengthy" not in marks
        demo = "demo_database" in getattr(item, "fixturenames", ())
        rank, any_demo = dear.get(item.path, (3, False))
        rank = min(rank, 0 if slow else 1 if "browser" in marks else 2 if demo else 3)
        dear[item.path] = (rank, demo or any_demo)
    items.sort(key=lambda item: dear[item.path][0])
    files = [list(of_file) for _, of_file in groupby(items, key=lambda item: item.path)]
    dearest = [of_file for of_file in files if dear[of_file[0].path][0] < 2]
    with_demo = [of_file for of_file in dearest if dear[of_file[0].path][1]]
    without = [of_file for of_file in dearest if not dear[of_file[0].path][1]]
    stretches: list[list[pytest.Item]] = [[] for _ in range(processes)]
    left = len(items)
    for number, stretch in enumerate(stretches):
        room = left // (processes - number)  # as pytest-xdist's worksteal parts the list
        dealt = (with_demo if number == 0 else []) + without[number::processes]
        stretch.extend([item for of_file in dealt for item in of_file][:room])
        left -= room
    taken = {item for stretch in stretches for item in stretch}
    others = iter([item for item in items if item not in taken])
    left = len(items)
    for number, stretch in enumerate(stretches):
        room = left // (processes - number)
        stretch.extend(islice(others, room - len(stretch)))
        left -= room
    items[:] = [item for stretch in stretches for item in stretch]
