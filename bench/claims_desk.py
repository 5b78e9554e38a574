"""How long the claims desk's queries take on many claims, and by which index each is answered.

    bench/claims_desk.py [--claims 100000] [--plans] [--keep FOLDER]

Times in milliseconds: the median of five, after one that warms up. Making the claims takes minutes; a data
folder that is kept has them the next time.
"""

import argparse
import re
import statistics
import time
from collections.abc import Callable
from typing import Any

from room.served import served, store

RUNS = 5


def measured(act: Callable[[], Any]) -> float:
    act()
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        act()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def indexes(queryset: Any) -> str:
    """The indexes that the plan of a queryset names."""
    plan = queryset.explain()
    return ", ".join(dict.fromkeys(re.findall(r"(?:using|Index Scan on|Seq Scan on) (\w+)", plan)))


def main() -> None:
    reads = argparse.ArgumentParser(description=__doc__)
    reads.add_argument("--claims", type=int, default=100_000)
    reads.add_argument("--plans", action="store_true", help="print each plan in full")
    reads.add_argument("--keep", default="", help="a data folder to use and keep")
    asked = reads.parse_args()
    with served(asked.keep), store() as by:
        from desk import questions, workload

        from sources.models import Project

        project = Project.objects.filter(slug="desk-bench").first() or workload.load(by, asked.claims)
        for name, queryset, act in questions.of(project):
            print(f"{name:<46}{measured(act):>9.1f}  {indexes(queryset) if queryset is not None else ''}")
            if asked.plans and queryset is not None:
                print(queryset.explain(analyze=True, buffers=True))


if __name__ == "__main__":
    main()
