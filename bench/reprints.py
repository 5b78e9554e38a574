"""How alike reprints and other texts are, and how long it takes to find the alike among many.

    bench/reprints.py [--sizes 1000 10000 100000] [--texts FOLDER] [--runs 50]

First the likeness of each of the texts of tests/reprinted.py to the story there, and with --texts of each
pair of the text files in a folder. Then, for so many texts in a project, milliseconds (median, 95th
percentile) to store the wording of one more, to look for those like it, and to take in an article whole.
"""

import argparse
import itertools
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from results.figures import Figure, heading, tell
from room.served import ROOT, served, settled, store

FILL = """
WITH more AS (SELECT n FROM generate_series(%(from)s + 1, %(to)s) AS n),
article AS (
    INSERT INTO sources_article (uuid, project_id, title, subtitle, authors, published, modified, url,
        archive_url, section, language, version)
    SELECT gen_random_uuid(), %(project)s, 'Text ' || n, '', '{}', '', '', '', '', '', 'en', 1 FROM more
    RETURNING id, title)
INSERT INTO sources_snapshot (uuid, project_id, article_id, number, text, sha256, method, cleaning, extractor,
    extractor_version)
SELECT gen_random_uuid(), %(project)s, id, 1, title, encode(sha256(convert_to(title, 'UTF8')), 'hex'),
    'bench', '{}', 'bench', '1' FROM article
"""


def likenesses(folder: str) -> None:
    sys.path.insert(0, str(ROOT))
    from sources.intake.registry import read
    from sources.text.wording import likeness, wording_of
    from tests.reprinted import AGENCY, REPRINTS, UNLIKE

    story = wording_of([AGENCY])
    print(f"{'against a story of ' + str(story.shingles) + ' runs':<70}{'runs':>6}{'likeness':>10}")
    for name, text in itertools.chain(REPRINTS.items(), UNLIKE.items()):
        other = wording_of([text])
        told = f"{likeness(story.signature, other.signature):.2f}" if other.comparable else "too short"
        print(f"{name:<70}{other.shingles:>6}{told:>10}")
    found = {}
    for path in sorted(Path(folder).glob("*.txt")) if folder else []:
        article = read(path.read_bytes(), path.name)
        found[path.name] = wording_of(article.text[b.start : b.end] for b in article.blocks if not b.masked)
    for (one, first), (other, second) in itertools.combinations(found.items(), 2):
        if first.comparable and second.comparable:
            print(f"{one[:32]:<35}{other[:32]:<41}{likeness(first.signature, second.signature):>10.2f}")


def fill(project: Any, since: int, until: int) -> None:
    """Texts with a wording of their own each, which is like nobody's."""
    from django.db import connection

    from sources.models import Fingerprint, Snapshot
    from sources.text.wording import RECIPE, SLOTS, bands

    chance = random.Random(until)
    with connection.cursor() as cursor:
        cursor.execute(FILL, {"project": project.pk, "from": since, "to": until})
    bare = Snapshot.objects.filter(project=project, method="bench", fingerprints=None)
    keys = list(bare.values_list("pk", flat=True))
    for first in range(0, len(keys), 2000):
        rows = []
        for key in keys[first : first + 2000]:
            signature = chance.randbytes(4 * SLOTS)
            found = bands(signature, project.pk)
            rows.append(
                Fingerprint(
                    project=project,
                    snapshot_id=key,
                    recipe=RECIPE,
                    shingles=400,
                    signature=signature,
                    bands=found,
                )
            )
        Fingerprint.objects.bulk_create(rows)
    settled()


def timed(act: Callable[[int], Any], runs: int) -> list[float]:
    taken = []
    for number in range(runs):
        start = time.perf_counter()
        act(number)
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def measure(by: Any, project: Any, runs: int) -> dict[str, list[float]]:
    """Milliseconds of each of so many runs."""
    from sources.actions import RawFile, import_article
    from sources.actions.fingerprints import alike, store_fingerprint
    from sources.intake.plain import read_plain
    from tests.reprinted import AGENCY

    words = AGENCY.split()

    def another(number: int) -> str:
        chance = random.Random(f"{number} {project.pk} {time.perf_counter()}")
        return " ".join(f"{word}{chance.randrange(99)}" for word in words)

    def take(number: int) -> Any:
        raw = f"Outlet: Nordpost\n\n{another(number)}".encode()
        return import_article(by=by, project=project, read=read_plain(raw), raw=RawFile(raw)).snapshot

    stored = [take(number) for number in range(3)]
    prints = [store_fingerprint(one, [another(number)]) for number, one in enumerate(stored)]
    return {
        "a fingerprint stored": timed(lambda n: store_fingerprint(stored[n % 3], [another(n)]), runs),
        "texts alike looked up": timed(lambda n: alike(prints[n % 3]), runs),
        "an article taken in": timed(take, runs),
    }


def main() -> None:
    reads = argparse.ArgumentParser(description=__doc__)
    reads.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    reads.add_argument("--texts", default="", help="a folder of text files to compare with each other")
    reads.add_argument("--runs", type=int, default=50)
    asked = reads.parse_args()
    likenesses(asked.texts)
    with served(), store() as by:
        from django.db import connection

        from sources.actions import create_project
        from sources.models import Fingerprint

        project = create_project(by=by, name="Reprints", slug=f"reprints-{os.getpid()}")
        print(heading())
        filled = 0
        for size in sorted(asked.sizes):
            fill(project, filled, size)
            filled = size
            for what, taken in measure(by, project, asked.runs).items():
                tell(Figure("Reprints", f"{what}, among {Fingerprint.objects.count():,}", "ms", taken))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_size_pretty(pg_total_relation_size('sources_fingerprint')),"
                " pg_size_pretty(pg_relation_size('fingerprints_alike'))"
            )
            print("table with indexes {}, of which the index of bands {}".format(*cursor.fetchone()))


if __name__ == "__main__":
    main()
