"""How long a claim takes to be saved, by one person and by several at once, beside a bare INSERT.

    script/bench saving [--keep FOLDER] [--articles 1000] [--saves 300] [--seconds 10]

Each save is a request of its own to the running server, as the reading room sends it, and makes an annotation
with its sentence and its claim. The bare INSERT is what the save's three rows cost in one transaction on one
connection, with all constraints, guards and history: the statements that the ORM makes of them, sent again.
"""

import argparse
import itertools
import threading
import time
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from results.figures import Figure, heading, tell
from room.served import served, store

SECTION = "Saving"


def inserted(by: Any, project: Any, spans: list[Any]) -> list[float]:
    """Milliseconds that each bare transaction took."""
    from django.db import connection, transaction

    from annotator.models import Annotation, AnnotationSentence, Claim, Code
    from sources.models import Snapshot, acting
    from sources.text.offsets import Extent

    code = Code.objects.filter(project=project, facet="claim_type").order_by("pk").first()
    taken = []
    for span in spans:
        text = Snapshot.objects.get(uuid=span.text)
        sentence = text.current_segmentation.sentences.filter(start__lte=span.start).order_by("number").last()
        sent: list[tuple[str, Any]] = []

        def note(execute: Any, sql: str, params: Any, many: bool, context: Any, sent: Any = sent) -> Any:
            sent.append((sql, params))
            return execute(sql, params, many, context)

        row = Annotation(
            project=project,
            snapshot=text,
            snapshot_length=text.length,
            kind="claim",
            extent=Extent.of((span.start, span.end)),
            quotes=[span.quote],
            sentence=sentence,
            author=by,
        )
        with transaction.atomic():
            with acting(by), connection.execute_wrapper(note):
                Annotation.objects.bulk_create([row])
                AnnotationSentence.objects.bulk_create(
                    [AnnotationSentence(annotation=row, sentence=sentence, project=project, snapshot=text)]
                )
                Claim.objects.bulk_create(
                    [
                        Claim(
                            annotation=row,
                            project=project,
                            type=code,
                            quotation_type="indirect",
                            voice="unknown",
                            codebook_version=1,
                        )
                    ]
                )
            transaction.set_rollback(True)
        taken.append(_again(by, row, [one for one in sent if one[0].startswith("INSERT")]))
    return taken


def _again(by: Any, row: Any, sent: list[tuple[str, Any]]) -> float:
    """The same rows once more, under another UUID."""
    from django.db import connection, transaction

    from sources.models import acting

    start = time.perf_counter()
    with transaction.atomic(), acting(by), connection.cursor() as cursor:
        before, now, key = row.uuid, uuid4(), None
        for sql, params in sent:
            known = {before: now} | ({row.pk: key} if key else {})
            given = [known.get(one, one) if _hashable(one) else one for one in params]
            cursor.execute(sql, given)
            if key is None:
                key = cursor.fetchone()[0]
    return (time.perf_counter() - start) * 1000


def _hashable(value: Any) -> bool:
    return value.__class__.__hash__ is not None


def by_one(person: Any, spans: list[Any]) -> list[float]:
    return [person.save(span) * 1000 for span in spans]


def by_several(persons: list[Any], spans: list[Any], seconds: float) -> tuple[float, list[float]]:
    """Saves a second by all together, and the milliseconds of each."""
    taken: list[list[float]] = [[] for _ in persons]
    failed: list[Exception] = []
    shares = [itertools.cycle(spans[n :: len(persons)]) for n in range(len(persons))]
    end = time.perf_counter() + seconds

    def work(number: int) -> None:
        try:
            while time.perf_counter() < end:
                taken[number].append(persons[number].save(next(shares[number])) * 1000)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(len(persons))]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise SystemExit(f"A save failed: {failed[0]}")
    every = [one for mine in taken for one in mine]
    return len(every) / (time.perf_counter() - start), every


def main() -> None:
    reads = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reads.add_argument("--keep", default="", help="a data folder to use and keep")
    reads.add_argument("--articles", type=int, default=1_000)
    reads.add_argument("--saves", type=int, default=300)
    reads.add_argument("--seconds", type=float, default=10.0)
    asked = reads.parse_args()
    with served(asked.keep) as link, store() as by:
        from room.clients import people
        from room.crowd import load_w, spans_to_mark

        from sources.models import Role

        project = load_w(by, asked.articles)
        persons = people(by, project, urlsplit(link).netloc, [Role.ANNOTATOR] * 8)
        spans = [span for _, span in itertools.islice(spans_to_mark(project, 1), 2 * asked.saves)]
        print(heading())
        by_one(persons[0], spans[:20])
        bare = inserted(by, project, spans[: asked.saves])
        limit = ("a bare INSERT", bare)
        alone = by_one(persons[0], spans[asked.saves :])
        tell(Figure(SECTION, "a claim, one person", "ms", alone, *limit, goal=6))
        rates, every = [], []
        for _ in range(3):
            rate, taken = by_several(persons, spans, asked.seconds)
            rates.append(rate)
            every += taken
        tell(Figure(SECTION, "a claim, 8 at once", "ms", every, *limit))
        tell(Figure(SECTION, "claims a second, 8 at once", "1/s", rates, goal=300, more_is_better=True))


if __name__ == "__main__":
    main()
