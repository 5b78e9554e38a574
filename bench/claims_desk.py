"""How long the claims desk's queries take on many claims, and by which index each is answered.

    bench/claims_desk.py [--claims 100000] [--copies 0] [--plans] [--only WORDS] [--runs 9] [--keep FOLDER]

Times in milliseconds: of so many runs after one that warms up the median and the 95th percentile, and the
median of the bare statements that it sent to the database. Making the claims takes minutes; a data folder
that is kept has them the next time. `--copies 9` makes a million of a hundred thousand.
"""

import argparse
import itertools
import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from results.figures import Figure, heading, tell
from room.served import served, store


@dataclass(frozen=True)
class Taken:
    """Milliseconds of each run, and of the bare statements that one of them sent."""

    whole: list[float]
    bare: list[float]


def measured(act: Callable[[], Any], runs: int) -> Taken:
    with CaptureQueriesContext(connection) as sent:
        act()
    # A page's request begins by forgetting those before. Of a few short ones that every page asks, whose
    # values go apart, the log knows no text.
    statements = [one["sql"] for one in sent if one["sql"]]
    taken = [_timed(act) for _ in range(runs)]
    bare = [sum(_timed(lambda said=said: _bare(said)) for said in statements) for _ in range(3)]
    return Taken(taken, bare)


def _timed(act: Callable[[], Any]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def _bare(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        if cursor.description:
            cursor.fetchall()


def indexes(queryset: Any) -> str:
    """The indexes that the plan of a queryset names."""
    plan = queryset.explain()
    return ", ".join(dict.fromkeys(re.findall(r"(?:using|Index Scan on|Seq Scan on) (\w+)", plan)))


def main() -> None:
    reads = argparse.ArgumentParser(description=__doc__)
    reads.add_argument("--claims", type=int, default=100_000)
    reads.add_argument("--copies", type=int, default=0, help="of all claims, where they are made")
    reads.add_argument("--only", default="", help="what is asked has to begin so, or so|or so")
    reads.add_argument("--runs", type=int, default=9)
    reads.add_argument("--plans", action="store_true", help="print each plan in full")
    reads.add_argument("--keep", default="", help="a data folder to use and keep")
    asked = reads.parse_args()
    with served(asked.keep), store() as by:
        from desk import copies, pages, questions, workload

        from sources.models import Project

        project = Project.objects.filter(slug="desk-bench").first()
        if project is None:
            project = workload.load(by, asked.claims, asked.copies)
            if asked.copies:
                copies.copy(asked.copies, os.environ["DATABASE_OWNER_URL"])
        claims = project.claims.count()
        section = f"The desk with {claims:,} claims"
        print(f"{section}\n{heading()}")
        for name, queryset, act in itertools.chain(questions.of(project), pages.of_pages(project, by)):
            if not name.startswith(tuple(asked.only.split("|"))):
                continue
            took = measured(act, asked.runs)
            within = 3.0 if name.startswith("page: ") else None
            used = indexes(queryset) if queryset is not None else ""
            limit = ("the bare SQL", took.bare)
            tell(Figure(section, name, "ms", took.whole, *limit, within=within, note=used, size=claims))
            if asked.plans and queryset is not None:
                print(queryset.explain(analyze=True, buffers=True))


if __name__ == "__main__":
    main()
